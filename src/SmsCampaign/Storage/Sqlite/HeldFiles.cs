
namespace SmsCampaign.Storage.Sqlite;

/// <summary>Readers of several databases, all of one moment, while others write.</summary>
sealed class HeldFiles : IDisposable
{
    /// <summary>A writer that never rests may keep one from being held; all are let go then
    /// and asked for anew.</summary>
    const int MostTries = 5;

    readonly List<(string Name, SqliteDb Db)> _readers;

    HeldFiles(List<(string Name, SqliteDb Db)> readers, DateTimeOffset at) => (_readers, At) = (readers, at);

    /// <summary>The one moment.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Relative to their folder.</summary>
    public IReadOnlyList<string> Names => [.. _readers.Select(reader => reader.Name)];

    /// <param name="root">The folder they are in.</param>
    /// <param name="namesOf">Their names, asked for anew at each try.</param>
    /// <param name="look">Called before one is opened; throws where it is not to be.</param>
    /// <param name="reached">Called with the name of each step that is done.</param>
    /// <exception cref="LedgerException">One cannot be read, or is not let go by who writes to it.</exception>
    public static HeldFiles Hold(
        string root,
        Func<IReadOnlyList<string>> namesOf,
        Action<string> look,
        TimeProvider time,
        Action<string>? reached)
    {
        for (var tries = 1; ; tries++)
        {
            var writers = new List<SqliteDb>();
            var readers = new List<(string Name, SqliteDb Db)>();
            var names = namesOf();
            try
            {
                foreach (var name in names)
                {
                    look(name);
                    var db = SqliteDb.Open(Path.Combine(root, name));
                    writers.Add(db);

                    // Only then can it be written to while it is read.
                    if (db.ReadText("pragma journal_mode = wal") != "wal")
                        throw new LedgerException(LedgerPlace.InUse(name), ResultCodes.Busy);
                    db.Execute("begin immediate");
                }

                foreach (var name in names)
                {
                    var db = SqliteDb.Open(Path.Combine(root, name), readOnly: true);
                    readers.Add((name, db));
                    db.Execute("begin");
                    db.ReadNumber("select count(*) from sqlite_master");
                    reached?.Invoke("reading " + name);
                }

                return new HeldFiles(readers, time.GetUtcNow());
            }
            catch (LedgerException busy) when (busy.Code == ResultCodes.Busy && tries < MostTries)
            {
                foreach (var (_, db) in readers)
                    db.Dispose();
            }
            catch
            {
                foreach (var (_, db) in readers)
                    db.Dispose();
                throw;
            }
            finally
            {
                foreach (var writer in writers)
                    writer.Dispose();
            }
        }
    }

    /// <summary>Copies each as it was at that moment, and lets it go.</summary>
    public void CopyTo(string folder)
    {
        foreach (var (name, db) in _readers)
        {
            db.CopyTo(Path.Combine(folder, name));
            db.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var (_, db) in _readers)
            db.Dispose();
    }
}
