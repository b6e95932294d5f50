using SmsCampaign.Storage.Rows;
using SQLitePCL;

namespace SmsCampaign.Storage.Sqlite;

/// <summary>
/// One connection to a SQLite file on the C API, for the paths that touch every message. Statements prepared once here
/// ran about twice as fast as Microsoft.Data.Sqlite (the benchmarks' README, "Tried: sending").
/// Used by one thread at a time.
/// </summary>
public sealed class SqliteDb : Db
{
    /// <summary>SQLITE_CONFIG_MEMSTATUS (sqlite.org/c3ref/c_config_covering_index_scan.html).</summary>
    const int MemoryStatus = 9;

    readonly sqlite3 _handle;
    readonly string _path;

    /// <summary>Set where the disk is full, and the file is only looked at: called as it is closed.</summary>
    Action? _whenFull;
    bool _isDisposed;
    TimeSpan _waits;

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

    internal override bool IsOrdinary => Source == _path && _whenFull is null;

    internal override Database At => new SqliteFile(_path);

    /// <summary>Opens a file, made where it is not there.</summary>
    /// <param name="readOnly">A file that is not there is then an error. The folder it lies in need
    /// not be written to.</param>
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    public static SqliteDb Open(string path, bool readOnly = false)
    {
        return readOnly
            ? LookOnly.Open(path)
            : Open(path, path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
    }

    /// <summary>Opens a file to write to it or, where its disk is full, to look at it.</summary>
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    public static SqliteDb OpenAsFarAsDiskAllows(string path)
    {
        if (LookOnly.HasAlone(path))
            return LookOnly.Open(path);

        var db = Open(path);
        if (db.FindUnwritable() is not { IsOfFullDisk: true })
            return db;

        db.Dispose();
        return LookOnly.Open(path);
    }

    /// <summary>What SQLite is to be given to read a file that lies alone in a folder that may not be written to: it
    /// takes the file to stay as it is, and makes nothing beside it.</summary>
    /// <exception cref="LedgerException">A -wal lies beside it, without which it would be an older state, and which
    /// cannot be read so.</exception>
    internal static string AloneOf(string path)
    {
        if (HasWal(path))
        {
            throw new LedgerException(new Wording(
                "phần mới nhất nằm trong tệp -wal, phải ghi được vào thư mục mới đọc được",
                "its newest part lies in -wal, which can be read only where the folder may be written to"))
            { File = path, Fault = StorageFault.Closed };
        }

        return UriOf(path, "immutable=1");
    }

    /// <summary>A file as sqlite.org/uri.html has it.</summary>
    internal static string UriOf(string path, string option) =>
        $"file:{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}?{option}";

    /// <summary>Whether something lies in -wal that may not be in the file yet.</summary>
    internal static bool HasWal(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };

    /// <param name="name">What SQLite is given for it.</param>
    internal static SqliteDb Open(string path, string name, int flags)
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

    internal override void WaitFor(TimeSpan patience)
    {
        _waits = patience;
        raw.sqlite3_busy_timeout(_handle, (int)patience.TotalMilliseconds);
    }

    internal override TimeSpan Waits => _waits;

    internal override void Flush(bool each) => Execute($"pragma synchronous = {(each ? "full" : "off")}");

    internal override void MakeReadyToSend() => Execute("pragma journal_mode = wal; pragma cache_size = -32768");

    internal override void MakeReadyToLookUp() => Execute("pragma cache_size = -16384"); // KiB

    internal override void Upgrade(TableSet tables) => Migrations.Upgrade(this, tables);

    internal override void RefuseNewer(TableSet tables) => Migrations.RefuseNewer(this, tables);

    internal override void Begin() => Execute("begin immediate");

    internal override void BeginReading() => Execute("begin");

    internal override void Commit() => Execute("commit");

    internal override void TakeBack()
    {
        ResetStatements();
        TryExecute("rollback"); // SQLite may have done so itself
    }

    internal override bool Has(string table, string? column = null)
    {
        using var found = Prepare(column is null
            ? "select 1 from sqlite_schema where type in ('table', 'view') and name = ?1"
            : "select 1 from pragma_table_info(?1) where name = ?2");
        found.Bind(1, table);
        return (column is null ? found : found.Bind(2, column)).Step();
    }

    internal override IReadOnlyList<string> FindDisguises(IReadOnlySet<string> tables)
    {
        var found = new List<string>();
        var there = 0;
        using var objects = Prepare(
            "select type, name from sqlite_schema where type in ('trigger', 'view', 'table') order by name");
        while (objects.Step())
        {
            var (type, name) = (objects.Text(0)!, objects.Text(1)!);
            if (type == "trigger" || (type == "view" && tables.Contains(name)))
                found.Add($"{type} {name}");
            else if (type == "table" && tables.Contains(name))
                there++;
        }

        if (there != tables.Count)
            found.Add("table");
        return found;
    }

    /// <summary>Leaves one file behind, not three, where nobody else reads.</summary>
    internal override void Tidy() => TryExecute("pragma wal_checkpoint(truncate)");

    /// <summary>In WAL mode even who reads writes beside the file, where no other process has done so yet.</summary>
    /// <returns>What keeps it from being written; null where it is as it should be, or nothing is there.</returns>
    internal LedgerException? FindUnwritable()
    {
        const string look = "select 1 from sqlite_master limit 1";
        if (!System.IO.File.Exists(_path) || raw.sqlite3_exec(_handle, look) == raw.SQLITE_OK)
            return null;

        var failure = Failure(look);
        return failure.IsOfFullDisk || failure.Code is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY ? failure : null;
    }

    /// <summary>Says of whatever is to be written that the disk is full: it is only looked at for that.</summary>
    internal SqliteDb OnFullDisk(Action disposed)
    {
        _whenFull = disposed;
        return this;
    }

    /// <summary>Sets one of the settings of sqlite.org/c3ref/c_dbconfig_defensive.html.</summary>
    internal void Configure(int setting) => _ = raw.sqlite3_db_config(_handle, setting, 1, out _);

    internal override long LastRowId => raw.sqlite3_last_insert_rowid(_handle);

    public override int Changes => raw.sqlite3_changes(_handle);

    public override void Execute(string sql)
    {
        if (raw.sqlite3_exec(_handle, sql) != raw.SQLITE_OK)
            throw Failure(sql);
    }

    /// <summary>As <see cref="Execute"/>, where a failure is no news, such as a rollback after SQLite
    /// rolled back itself.</summary>
    public void TryExecute(string sql) => _ = raw.sqlite3_exec(_handle, sql);

    /// <summary>Ends what statements were in the middle of: one that was left so by an exception
    /// would go on there.</summary>
    void ResetStatements()
    {
        for (var statement = raw.sqlite3_next_stmt(_handle, null);
             statement is not null;
             statement = raw.sqlite3_next_stmt(_handle, statement))
            raw.sqlite3_reset(statement);
    }

    public override Statement Prepare(string sql) =>
        raw.sqlite3_prepare_v2(_handle, sql, out var statement) == raw.SQLITE_OK
            ? new SqliteStatement(this, statement, sql)
            : throw Failure(sql);

    /// <summary>Gives statements of this connection a function of a number.</summary>
    /// <param name="of">Must not throw.</param>
    internal void AddFunction(string name, Func<long, long> of) => raw.sqlite3_create_function(
        _handle,
        name,
        1,
        raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC,
        null,
        (context, _, values) => raw.sqlite3_result_int64(context, of(raw.sqlite3_value_int64(values[0]))));

    /// <summary>Likewise, of a text.</summary>
    internal void AddFunction(string name, Func<string, string> of) => raw.sqlite3_create_function(
        _handle,
        name,
        1,
        raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC,
        null,
        (context, _, values) => raw.sqlite3_result_text(
            context, of(raw.sqlite3_value_text(values[0]).utf8_to_string() ?? "")));

    public override void Interrupt() => raw.sqlite3_interrupt(_handle);

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

    protected override void Dispose(bool disposing)
    {
        if (_isDisposed)
            return;

        _isDisposed = true;
        _handle.Dispose();
        _whenFull?.Invoke();
    }

    internal LedgerException Failure(string doing)
    {
        var code = raw.sqlite3_extended_errcode(_handle);
        if (ResultCodes.IsFull(code, _path) || (_whenFull is not null && (code & 0xFF) == raw.SQLITE_READONLY))
            code = raw.SQLITE_FULL;
        var words = new Wording(
            FaultWords.OfSqlite(code),
            $"SQLite {code}: {raw.sqlite3_errmsg(_handle).utf8_to_string()} ({Shorten(doing)})");
        return new LedgerException(words, code & 0xFF) { File = _path };
    }

    static string Shorten(string sql) => sql.Length <= 120 ? sql : sql[..120] + "…";
}
