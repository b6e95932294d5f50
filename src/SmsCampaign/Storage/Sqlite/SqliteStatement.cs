using System.Text;
using SmsCampaign.Storage.Rows;
using SQLitePCL;

namespace SmsCampaign.Storage.Sqlite;

/// <summary>A statement on SQLite's C API.</summary>
sealed class SqliteStatement : Statement
{
    /// <summary>Characters of a text that is bound from the stack: every id of a message has fewer.</summary>
    const int ShortText = 64;

    readonly SqliteDb _db;
    readonly sqlite3_stmt _handle;
    readonly string _sql;

    /// <summary>The handle's pointer, for as long as that is good; 0 afterwards, which SQLite refuses.</summary>
    nint _bare;

    internal SqliteStatement(SqliteDb db, sqlite3_stmt handle, string sql)
    {
        _db = db;
        _handle = handle;
        _bare = handle.DangerousGetHandle();
        _sql = sql;
    }

    public override Statement Bind(int parameter, long value)
    {
        _ = RowCalls.Bind(_bare, parameter, value);
        GC.KeepAlive(_handle);
        return this;
    }

    public override Statement Bind(int parameter, long? value)
    {
        if (value is { } there)
            return Bind(parameter, there);

        raw.sqlite3_bind_null(_handle, parameter);
        return this;
    }

    public override Statement Bind(int parameter, string? value)
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

    public override Statement BindBlob(int parameter, ReadOnlySpan<byte> value)
    {
        raw.sqlite3_bind_blob(_handle, parameter, value);
        return this;
    }

    private protected override bool Advance() => StepOnce() switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        _ => throw Failure(),
    };

    public override void Run()
    {
        if (StepOnce() is raw.SQLITE_DONE or raw.SQLITE_ROW && raw.sqlite3_reset(_handle) == raw.SQLITE_OK)
            return;

        throw Failure();
    }

    public override void Reset() => raw.sqlite3_reset(_handle);

    public override bool IsNull(int column)
    {
        var type = RowCalls.Type(_bare, column);
        GC.KeepAlive(_handle);
        return type == raw.SQLITE_NULL;
    }

    public override long Number(int column)
    {
        var number = RowCalls.Number(_bare, column);
        GC.KeepAlive(_handle);
        return number;
    }

    public override string? Text(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(Utf8(column));

    public override string Text(int column, string likely)
    {
        var written = Utf8(column);
        return written.Length == likely.Length && Ascii.Equals(written, likely)
            ? likely
            : Encoding.UTF8.GetString(written);
    }

    public override ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(_handle, column);

    protected override void Dispose(bool disposing)
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
