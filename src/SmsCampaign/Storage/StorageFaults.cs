using System.Data.Common;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Storage;

/// <summary>What keeps a file of the data folder from being read or written.</summary>
public enum StorageFault
{
    DiskFull,

    /// <summary>Another process has held it for longer than is waited.</summary>
    Busy,

    /// <summary>Its content is no database, or one with broken pages.</summary>
    Damaged,

    /// <summary>A database without the tables it must have.</summary>
    Foreign,

    /// <summary>A newer program has changed its tables.</summary>
    Newer,

    /// <summary>Its rows do not add up (rule 7).</summary>
    Unbalanced,

    /// <summary>It may be read and not written.</summary>
    ReadOnly,

    /// <summary>It may not be opened, or something else stands in its place.</summary>
    Closed,

    Missing,

    /// <summary>The disk failed to read or write it.</summary>
    Disk,

    /// <summary>The server that keeps it cannot be reached, or is being started or shut down.</summary>
    Unreachable,

    /// <summary>Another server goes on in the place of the one it was opened on.</summary>
    Replaced,
}

/// <summary>
/// Tells what is wrong with the data folder where it could not be read or written: which file, why, and the way out. No
/// fault of the program, and a person can do something about it.
/// </summary>
public static class StorageFaults
{
    // ENOSPC of errno(3), and ERROR_DISK_FULL as an HRESULT: what IOException tells.
    const int NoSpaceUnix = 28;
    const int NoSpaceWindows = unchecked((int)0x80070070);

    /// <returns>Null where it is something else.</returns>
    public static StorageFault? KindOf(Exception thrown) => Find(thrown)?.Kind;

    /// <summary>Whether one file cannot be read by its own fault, and others can: not that a process holds it, nor that
    /// the disk is full.</summary>
    internal static bool IsOfFile(Exception thrown) =>
        KindOf(thrown) is not (null or StorageFault.Busy or StorageFault.DiskFull);

    /// <summary>Whether the disk of the data folder has no room.</summary>
    public static bool IsOfFullDisk(Exception thrown, DataFolder data) =>
        Find(thrown) is { } found && KindIn(found, data) == StorageFault.DiskFull;

    /// <returns>Null where it is something else.</returns>
    public static Wording? Describe(Exception thrown, DataFolder data)
    {
        // A run's file that is not what is known of the run says so itself, with the ways out; so does
        // a row that cannot be read, and a lane that another process sends.
        if (Chain(thrown)
            .OfType<LedgerException>()
            .FirstOrDefault(each =>
                each is RunFileException or LedgerRowException or LaneTakenException) is { } refused)
            return refused.Words;

        if (Find(thrown) is not { } found)
        {
            return Chain(thrown)
                .FirstOrDefault(each => each is IOException or UnauthorizedAccessException
                    && each.Message.Contains(data.Root, StringComparison.Ordinal)) is { } closed
                ? StorageFaultWords.OfFolder(data.Root, FaultWords.Of(closed))
                : null;
        }

        var (kind, file) = (KindIn(found, data), found.File);
        var isOfPeople = kind is StorageFault.Damaged or StorageFault.Foreign && file == data.PeopleName;
        if (found.IsInPostgres)
        {
            var place = file ?? ServerOf(data);
            return isOfPeople
                ? ServerFaultWords.OfPeople(kind, place, found.Detail)
                : ServerFaultWords.Of(kind, place, found.Detail);
        }

        return isOfPeople
            ? StorageFaultWords.OfPeople(kind, file!, found.Detail)
            : StorageFaultWords.Of(kind, file ?? (found.IsOfSome ? Path.Combine(data.Root, "*.db") : data.Root),
                found.Detail);
    }

    /// <summary>Names the file of which a package speaks that keeps one of its own, as the scheduler and the list of
    /// who may sign in do: its exceptions name none.</summary>
    /// <param name="file">Or the schema of PostgreSQL, by its place.</param>
    /// <returns>Null where it is another's, or no fault of a file.</returns>
    public static LedgerException? Name(Exception thrown, string file) =>
        Chain(thrown).OfType<LedgerException>().Any() ? null
        : Chain(thrown).FirstOrDefault(each => ResultCodes.KindOfPackages(each) is not null) is { } own
            ? new LedgerException(FaultWords.Of(own), ResultCodes.CodeOf(own), thrown) { File = file }
        : Chain(thrown).OfType<DbException>().FirstOrDefault() is { } asked
            && PostgresFaults.KindOfPackages(asked) is { } kind
            ? new LedgerException(PostgresFaults.WordsOf(asked), cause: thrown)
            {
                File = file,
                Fault = kind,
                IsInPostgres = true,
            }
        : null;

    /// <summary>Where the disk is full its shared memory could not grow, or nothing be made beside it.</summary>
    static StorageFault KindIn(Found found, DataFolder data) =>
        found is { Kind: StorageFault.Disk, IsInPostgres: false } && DiskFloor.IsFull(data.Root)
            ? StorageFault.DiskFull
            : found.Kind;

    /// <summary>Of a run's ledger that another program still holds as it is closed.</summary>
    /// <param name="messages">Whose answers could not be written.</param>
    /// <param name="fault">The program's own, by which it is; null: none.</param>
    public static Wording OfUnwritten(IRunView run, int messages, string? fault = null)
    {
        var (key, file) = (run.Info.Key.ToString(), run.Address.ToString());
        return fault is null
            ? StorageFaultWords.OfUnwritten(key, file, messages)
            : StorageFaultWords.OfDropped(key, file, messages, fault);
    }

    static Found? Find(Exception thrown) => Chain(thrown).Select(FindOne).FirstOrDefault(found => found is not null);

    static Found? FindOne(Exception thrown) => thrown switch
    {
        UnbalancedException unbalanced =>
            new Found(StorageFault.Unbalanced, unbalanced.Ledger.ToString(), unbalanced.Numbers),
        LedgerException { Fault: { } fault } known =>
            new Found(fault, known.File, known.Words) { IsInPostgres = known.IsInPostgres },
        LedgerException ledger when ResultCodes.KindOf(ledger.Code, ledger.File) is { } kind =>
            new Found(kind, ledger.File, ledger.Words),
        IOException { HResult: NoSpaceUnix or NoSpaceWindows } full =>
            new Found(StorageFault.DiskFull, null, FaultWords.Of(full)),
        _ when ResultCodes.KindOfPackages(thrown) is { } kind =>
            new Found(kind, null, FaultWords.Of(thrown), IsOfSome: true),
        DbException asked when PostgresFaults.KindOfPackages(asked) is { } kind =>
            new Found(kind, null, PostgresFaults.WordsOf(asked), IsOfSome: true) { IsInPostgres = true },
        _ => null,
    };

    static string ServerOf(DataFolder data) =>
        data.Postgres is { } postgres ? PostgresPlace.Of(postgres).Name : "PostgreSQL";

    static IEnumerable<Exception> Chain(Exception thrown)
    {
        for (var each = thrown; each is not null; each = each.InnerException)
            yield return each;
    }

    /// <param name="IsOfSome">Whether it is of a file that nobody has named.</param>
    sealed record Found(StorageFault Kind, string? File, Wording Detail, bool IsOfSome = false)
    {
        /// <inheritdoc cref="LedgerException.IsInPostgres"/>
        public bool IsInPostgres { get; init; }
    }
}
