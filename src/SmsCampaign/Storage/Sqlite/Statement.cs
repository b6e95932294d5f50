using System.Text;
using SQLitePCL;

namespace SmsCampaign.Storage.Sqlite;

/// <summary>
/// A prepared statement. Parameters count from 1, columns from 0, as in SQLite's C API.
/// </summary>
public sealed class Statement : IDisposable
{
    /// <summary>Characters of a text that is bound from the stack: every id of a message has fewer.</summary>
    const int ShortText = 64;

    readonly SqliteDb _db;
    readonly sqlite3_stmt _handle;
    readonly string _sql;

    /// <summary>The handle's pointer, for as long as that is good; 0 afterwards, which SQLite refuses.</summary>
    nint _bare;

    internal Statement(SqliteDb db, sqlite3_stmt handle, string sql)
    {
        _db = db;
        _handle = handle;
        _bare = handle.DangerousGetHandle();
        _sql = sql;
    }

    public Statement Bind(int parameter, long value)
    {
        _ = RowCalls.Bind(_bare, parameter, value);
        GC.KeepAlive(_handle);
        return this;
    }

    public Statement Bind(int parameter, long? value)
    {
        if (value is { } there)
            return Bind(parameter, there);

        raw.sqlite3_bind_null(_handle, parameter);
        return this;
    }

    public Statement Bind(int parameter, string? value)
    {
        if (value is null)
        {
            raw.sqlite3_bind_null(_handle, parameter);
        }
        else if (value.Length <= ShortText)
        {
            // SQLite copies it; nothing is allocated on the way.
            Span<byte> utf8 = stackalloc byte[ShortText * 3];
            raw.sqlite3_bind_text(_handle, parameter, utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
        }
        else
        {
            raw.sqlite3_bind_text(_handle, parameter, value);
        }

        return this;
    }

    public Statement BindBlob(int parameter, ReadOnlySpan<byte> value)
    {
        raw.sqlite3_bind_blob(_handle, parameter, value);
        return this;
    }

    /// <returns>Whether there is a row to read.</returns>
    public bool Step() => StepOnce() switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        _ => throw Failure(),
    };

    /// <summary>Runs a statement that gives no rows and makes it ready for the next.</summary>
    public void Run()
    {
        if (StepOnce() is raw.SQLITE_DONE or raw.SQLITE_ROW && raw.sqlite3_reset(_handle) == raw.SQLITE_OK)
            return;

        throw Failure();
    }

    public void Reset() => raw.sqlite3_reset(_handle);

    public bool IsNull(int column)
    {
        var type = RowCalls.Type(_bare, column);
        GC.KeepAlive(_handle);
        return type == raw.SQLITE_NULL;
    }

    public long Number(int column)
    {
        var number = RowCalls.Number(_bare, column);
        GC.KeepAlive(_handle);
        return number;
    }

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public string? Text(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(Utf8(column));

    /// <summary>The column's text; <paramref name="likely"/> itself where it says that.</summary>
    public string Text(int column, string likely)
    {
        var written = Utf8(column);
        return written.Length == likely.Length && Ascii.Equals(written, likely)
            ? likely
            : Encoding.UTF8.GetString(written);
    }

    /// <summary>The column as UTF-8, good until the next step.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(_handle, column);

    public void Dispose()
    {
        _bare = 0;
        _handle.Dispose();
    }

    int StepOnce()
    {
        var code = RowCalls.Step(_bare);
        GC.KeepAlive(_handle);
        return code;
    }

    LedgerException Failure()
    {
        var failure = _db.Failure(_sql);
        raw.sqlite3_reset(_handle);
        return failure;
    }
}
