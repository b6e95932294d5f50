using SQLitePCL;

namespace SmsCampaign.Storage.Sqlite;

/// <summary>
/// One connection to a SQLite file on the C API, for the paths that touch every message. Statements prepared once here
/// ran about twice as fast as Microsoft.Data.Sqlite (the benchmarks' README, "Tried: sending").
/// Used by one thread at a time.
/// </summary>
public sealed class SqliteDb : IDisposable
{
    /// <summary>SQLITE_CONFIG_MEMSTATUS (sqlite.org/c3ref/c_config_covering_index_scan.html).</summary>
    const int MemoryStatus = 9;

    /// <summary>How long what another process (status, resolve, a backup) holds is waited for.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly sqlite3 _handle;
    readonly string _path;

    static SqliteDb()
    {
        Batteries_V2.Init();

        // Counting what is allocated takes a lock around every allocation: a tenth of what a row costs. Refused, and no
        // harm done, where SQLite is in use already.
        _ = raw.sqlite3_config(MemoryStatus, 0);
    }

    SqliteDb(sqlite3 handle, string path, string source) => (_handle, _path, Source) = (handle, path, source);

    /// <summary>What it was opened by: the file's name, or that of <see cref="AloneOf"/>.</summary>
    internal string Source { get; }

    /// <summary>The file, as it was opened.</summary>
    internal string File => _path;

    /// <summary>Opens a file, made where it is not there.</summary>
    /// <param name="readOnly">A file that is not there is then an error. The folder it lies in need
    /// not be written to.</param>
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    public static SqliteDb Open(string path, bool readOnly = false)
    {
        if (!readOnly)
            return Open(path, path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);

        var db = Open(path, path, raw.SQLITE_OPEN_READONLY);
        if (!db.WantsToWriteBeside())
            return db;

        db.Dispose();
        return Open(path, AloneOf(path), raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI);
    }

    /// <summary>What SQLite is to be given to read a file that lies alone in a folder that may not be written to: it
    /// takes the file to stay as it is, and makes nothing beside it.</summary>
    /// <exception cref="LedgerException">A -wal lies beside it, without which it would be an older state, and which
    /// cannot be read so.</exception>
    internal static string AloneOf(string path)
    {
        if (System.IO.File.Exists(path + "-wal") && new FileInfo(path + "-wal").Length > 0)
        {
            throw new LedgerException(new Wording(
                "phần mới nhất nằm trong tệp -wal, phải ghi được vào thư mục mới đọc được",
                "its newest part lies in -wal, which can be read only where the folder may be written to"))
            { File = path, Fault = StorageFault.Closed };
        }

        return $"file:{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1";
    }

    static SqliteDb Open(string path, string name, int flags)
    {
        var code = raw.sqlite3_open_v2(name, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        handle.enable_sqlite3_next_stmt(true); // for ResetStatements
        var db = new SqliteDb(handle, path, name);

        if (code != raw.SQLITE_OK)
        {
            var failure = db.Failure($"open {path}");
            db.Dispose();
            throw failure;
        }

        db.WaitFor(Patience);
        return db;
    }

    /// <summary>Waits so long for another process that holds the file, instead of <see cref="Patience"/>.</summary>
    internal void WaitFor(TimeSpan patience) =>
        raw.sqlite3_busy_timeout(_handle, (int)patience.TotalMilliseconds);

    /// <summary>In WAL mode even who reads writes beside the file, where no other process has done so yet.</summary>
    bool WantsToWriteBeside() => System.IO.File.Exists(_path)
        && raw.sqlite3_exec(_handle, "select 1 from sqlite_master limit 1") is raw.SQLITE_CANTOPEN
            or raw.SQLITE_READONLY;

    public long LastRowId => raw.sqlite3_last_insert_rowid(_handle);

    /// <summary>Rows the last insert, update or delete changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Rows all statements of the connection have changed.</summary>
    public int TotalChanges => raw.sqlite3_total_changes(_handle);

    public void Execute(string sql)
    {
        if (raw.sqlite3_exec(_handle, sql) != raw.SQLITE_OK)
            throw Failure(sql);
    }

    /// <summary>As <see cref="Execute"/>, where a failure is no news, such as a rollback after SQLite
    /// rolled back itself.</summary>
    public void TryExecute(string sql) => _ = raw.sqlite3_exec(_handle, sql);

    /// <summary>Ends what statements were in the middle of: one that was left so by an exception
    /// would go on there.</summary>
    public void ResetStatements()
    {
        for (var statement = raw.sqlite3_next_stmt(_handle, null);
             statement is not null;
             statement = raw.sqlite3_next_stmt(_handle, statement))
            raw.sqlite3_reset(statement);
    }

    public Statement Prepare(string sql) =>
        raw.sqlite3_prepare_v2(_handle, sql, out var statement) == raw.SQLITE_OK
            ? new Statement(this, statement, sql)
            : throw Failure(sql);

    /// <summary>The first column of the first row; null where there is none or it is null.</summary>
    public long? ReadNumber(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() && !statement.IsNull(0) ? statement.Number(0) : null;
    }

    public string? ReadText(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : null;
    }

    /// <summary>Ends the statement another thread is running, which then throws. The only thing
    /// another thread may do.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(_handle);

    /// <summary>Copies the database to a file that is not there, as this connection sees it: within a transaction, as
    /// it was when that began, whoever writes meanwhile.</summary>
    public void CopyTo(string path)
    {
        using var to = Open(path);
        using var backup = raw.sqlite3_backup_init(to._handle, "main", _handle, "main");
        if (backup.IsInvalid)
            throw to.Failure($"copy to {path}");

        // All in one step: between steps another's write would make it begin anew, for ever.
        if (raw.sqlite3_backup_step(backup, -1) != raw.SQLITE_DONE)
            throw to.Failure($"copy to {path}");
    }

    public void Dispose() => _handle.Dispose();

    internal LedgerException Failure(string doing)
    {
        var code = raw.sqlite3_extended_errcode(_handle);
        var words = new Wording(
            FaultWords.OfSqlite(code),
            $"SQLite {code}: {raw.sqlite3_errmsg(_handle).utf8_to_string()} ({Shorten(doing)})");
        return new LedgerException(words, raw.sqlite3_errcode(_handle)) { File = _path };
    }

    static string Shorten(string sql) => sql.Length <= 120 ? sql : sql[..120] + "…";
}
