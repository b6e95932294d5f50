using SQLitePCL;

namespace SmsCampaign.Storage.Sqlite;

/// <summary>
/// How a file is opened by who only looks, where nothing can be written beside it: in WAL mode SQLite keeps two files
/// there even to read. What is read is always the newest state, or nothing is.
/// </summary>
/// <remarks>
/// Where nothing lies in -wal the file itself is all there is, and is read as it stands. Where something does, and the
/// disk has no room for the index to it, that is kept in memory, which SQLite does for whoever has the file for
/// himself: no other process writes meanwhile. Readers of one process share it, as they share what they read.
/// </remarks>
static class LookOnly
{
    /// <summary>SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE (sqlite.org/c3ref/c_dbconfig_defensive.html).</summary>
    const int NoCheckpointOnClose = 1006;

    /// <summary>Files this process has for itself, and how many of its readers have each.</summary>
    static readonly Dictionary<string, int> Alone = [];

    /// <summary>Opens a file to be read only.</summary>
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    public static SqliteDb Open(string path)
    {
        lock (Alone)
        {
            if (Alone.ContainsKey(path))
                return Share(path);
        }

        var db = SqliteDb.Open(path, path, raw.SQLITE_OPEN_READONLY);
        if (db.FindUnwritable() is not { } unwritable)
            return db;

        db.Dispose();
        if (!unwritable.IsOfFullDisk)
            return SqliteDb.Open(path, SqliteDb.AloneOf(path), raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI);

        try
        {
            return OpenOnFullDisk(path);
        }
        catch (LedgerException) // another process has it, or this account may only read it
        {
            throw unwritable;
        }
    }

    /// <summary>Whether this process has a file for itself: whoever opens it otherwise would wait for that.</summary>
    public static bool HasAlone(string path)
    {
        lock (Alone)
            return Alone.ContainsKey(path);
    }

    static SqliteDb OpenOnFullDisk(string path)
    {
        if (SqliteDb.HasWal(path))
        {
            lock (Alone)
                return Share(path);
        }

        return SqliteDb
            .Open(path, SqliteDb.AloneOf(path), raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI)
            .OnFullDisk(() => { });
    }

    static SqliteDb Share(string path)
    {
        var db = SqliteDb.Open(
            path, SqliteDb.UriOf(path, "cache=shared"), raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_URI);
        Alone[path] = Alone.GetValueOrDefault(path) + 1;
        db.OnFullDisk(() => LetGo(path));
        try
        {
            db.Configure(NoCheckpointOnClose);
            db.Execute("pragma locking_mode = exclusive; pragma query_only = 1; select 1 from sqlite_master limit 1");
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    static void LetGo(string path)
    {
        lock (Alone)
        {
            if (--Alone[path] == 0)
                Alone.Remove(path);
        }
    }
}
