using SmsCampaign.Files;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Registry;

namespace SmsCampaign.Storage.Sqlite.Registry;

/// <summary>ledger.db, opened anew for each thing that is asked or done: several processes use it,
/// each for a moment. What looks at it again and again keeps it open meanwhile (<see cref="Watch"/>).</summary>
/// <param name="readOnly">Whether this account may look at it and no more.</param>
/// <param name="patience">As of <see cref="DataFolder.Patience"/>.</param>
sealed class RegistryFile(string path, bool readOnly, TimeSpan patience) : IRegistryDb
{
    /// <summary>How often it is looked whether another process has made it, and how many times: 10 s, as long as
    /// SQLite waits for one.</summary>
    const int MostTries = 500;
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    readonly Lock _keeping = new();
    int _watches;
    Stamped? _kept;

    /// <summary>Made, or brought to the newest schema, where it may be written to.</summary>
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    public static RegistryFile Of(DataFolder data)
    {
        try
        {
            OpenToWrite(data).Dispose();
            return new RegistryFile(data.Ledger, readOnly: false, data.Patience);
        }
        catch (LedgerException full) when (full.IsOfFullDisk && File.Exists(data.Ledger))
        {
            // Likewise; and once there is room it is written to again.
            using var db = Migrations.OpenToRead(data.Ledger, TableSet.Ledger);
            return new RegistryFile(data.Ledger, readOnly: false, data.Patience);
        }
        catch (LedgerException closed) when (ResultCodes.IsNotToBeWritten(closed) && File.Exists(data.Ledger))
        {
            // To look at it is enough to read it; whatever is to be written fails by itself.
            using var db = Migrations.OpenToRead(data.Ledger, TableSet.Ledger);
            return new RegistryFile(data.Ledger, readOnly: true, data.Patience);
        }
    }

    /// <summary>ledger.db of the newest schema, every commit of which is on disk.</summary>
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    public static SqliteDb OpenToWrite(DataFolder data)
    {
        if (!Path.Exists(data.Ledger) && !LedgerPlace.Beside.Any(suffix => File.Exists(data.Ledger + suffix)))
            Make(data);

        var db = SqliteDb.Open(data.Ledger);
        try
        {
            db.Execute("pragma journal_mode = wal; pragma synchronous = full");
            Migrations.Apply(db, TableSet.Ledger);
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    /// <summary>Made under another name and put in its place whole: whoever else looks meanwhile, such as `approve`
    /// while the worker starts for the first time, finds none or all of it. One process at a time makes it.</summary>
    /// <remarks>Where a -wal of a lost one lies there SQLite makes the file itself: it drops the -wal of a file that is
    /// empty, and would take it for that of one that is not.</remarks>
    /// <exception cref="LedgerException">Another has been making it for too long.</exception>
    static void Make(DataFolder data)
    {
        for (var tries = 0; !Path.Exists(data.Ledger); tries++)
        {
            try
            {
                using var alone = new FileStream(
                    data.Ledger + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                MakeAlone(data);
                return;
            }
            catch (IOException) when (File.Exists(data.Ledger + ".lock") && tries < MostTries)
            {
                Thread.Sleep(Glance);
            }
            catch (IOException) when (tries >= MostTries)
            {
                throw new LedgerException(LedgerPlace.InUse(data.Ledger), ResultCodes.Busy) { File = data.Ledger };
            }
            catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
            {
                return; // SQLite says of the file itself what is wrong with its folder
            }
        }
    }

    static void MakeAlone(DataFolder data)
    {
        if (Path.Exists(data.Ledger))
            return;

        var unfinished = data.Ledger + ".new";
        foreach (var left in (string[])["", .. LedgerPlace.Beside]) // by one that was killed here
            File.Delete(unfinished + left);
        try
        {
            using (var db = SqliteDb.Open(unfinished))
            {
                db.Execute("pragma journal_mode = wal");
                Migrations.Apply(db, TableSet.Ledger);
            }

            LedgerPlace.PutFirst(unfinished, data.Ledger);
        }
        catch (LedgerException closed)
        {
            throw new LedgerException(closed.Words, closed.Code) { File = data.Ledger, Fault = closed.Fault };
        }
    }

    /// <summary>Keeps the file open for <see cref="Look"/> until what is returned is disposed of: a watch that looks
    /// seven times a second would read its schema as often.</summary>
    public IDisposable Watch()
    {
        lock (_keeping)
            _watches++;
        return new Watching(this);
    }

    /// <remarks>While it is watched it is opened anew only where it has been changed but through SQLite, or is another
    /// by now.</remarks>
    public T Look<T>(Func<Db, T> look)
    {
        var used = Take() ?? OpenStamped();
        var isSound = false;
        try
        {
            var found = look(used.Db);
            isSound = true;
            return found;
        }
        finally
        {
            if (!isSound || !TryKeep(used))
                used.Db.Dispose();
        }
    }

    Stamped OpenStamped()
    {
        var before = UnixFile.StampOf(path);
        var db = Open(); // from here on there is a -wal
        var isSame = before is not null && UnixFile.StampOf(path) == before;
        return new Stamped(db, isSame ? before : null, BesideOf());
    }

    /// <summary>Which -wal and -shm there are: both change with every commit, and stay the same files.</summary>
    (ulong Wal, ulong Index)? BesideOf() =>
        UnixFile.StampOf(path + "-wal") is { } wal && UnixFile.StampOf(path + "-shm") is { } index
            ? (wal.Inode, index.Inode)
            : null;

    /// <returns>Null where none is kept, or the file is not what it was.</returns>
    Stamped? Take()
    {
        Stamped? kept;
        lock (_keeping)
            (kept, _kept) = (_kept, null);
        if (kept is null || (kept.Of == UnixFile.StampOf(path) && kept.Beside == BesideOf()))
            return kept;

        kept.Db.Dispose();
        return null;
    }

    bool TryKeep(Stamped used)
    {
        if (used is not { Of: not null, Beside: not null, Db.IsOrdinary: true })
            return false;

        used.Db.TakeBack();
        lock (_keeping)
        {
            if (_watches == 0 || _kept is not null)
                return false;

            _kept = used;
            return true;
        }
    }

    void EndWatch()
    {
        Stamped? kept = null;
        lock (_keeping)
        {
            if (--_watches == 0)
                (kept, _kept) = (_kept, null);
        }

        kept?.Db.Dispose();
    }

    Db IRegistryDb.Open() => Open();

    public Db OpenToErase()
    {
        var db = Open();
        db.Execute(Erasing.Pragma);
        return db;
    }

    public Wording? Rewrite(bool mayWait)
    {
        using var db = Open();
        db.Execute(Erasing.Pragma);
        return Erasing.Rewrite(db, mayWait);
    }

    SqliteDb Open()
    {
        var db = readOnly ? SqliteDb.Open(path, readOnly) : SqliteDb.OpenAsFarAsDiskAllows(path);
        db.WaitFor(patience);
        return db;
    }

    /// <param name="Of">The file when it was opened; null: the system does not say, or it was changed
    /// meanwhile.</param>
    /// <param name="Beside">Which -wal and -shm it had then.</param>
    sealed record Stamped(SqliteDb Db, FileStamp? Of, (ulong Wal, ulong Index)? Beside);

    sealed class Watching(RegistryFile file) : IDisposable
    {
        bool _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, true))
                return;

            file.EndWatch();
        }
    }
}
