using SmsCampaign.Audience;
using SmsCampaign.Files;
using SmsCampaign.Storage.Backups;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Storage.Postgres.Receipts;
using SmsCampaign.Storage.Rows.Registry;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Receipts;
using SmsCampaign.Storage.Sqlite.Registry;
using SmsCampaign.Storage.Sqlite.Run;

namespace SmsCampaign.Storage;

/// <summary>
/// The one way to what is kept in a data folder: which kind of ledger that is, is known here alone. What is given
/// speaks in the words of <c>Storage/Run</c>, <c>Storage/Registry</c> and <c>Storage/Receipts</c>.
/// </summary>
public static class Ledgers
{
    /// <summary>Made where it is not there.</summary>
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    public static IRegistry OpenRegistry(DataFolder data) => OpenRows(data);

    /// <inheritdoc cref="OpenRegistry"/>
    internal static RegistryRows OpenRows(DataFolder data)
    {
        Restore.RefuseHalf(data);
        PrivateFiles.KeepFolder(data.Root);
        return new RegistryRows(data, data.Postgres is { } postgres
            ? new PostgresRegistryDb(PostgresPlace.Of(postgres))
            : RegistryFile.Of(data));
    }

    /// <summary>As <see cref="OpenRegistry"/>, for who only looks: that must not make an empty installation.</summary>
    /// <returns>Null where nothing was ever kept.</returns>
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    public static IRegistry? FindRegistry(DataFolder data) => HasRegistry(data) ? OpenRegistry(data) : null;

    /// <remarks>In PostgreSQL one is made before anything is asked of it.</remarks>
    public static bool HasRegistry(DataFolder data) => data.Postgres is not null || File.Exists(data.Ledger);

    /// <summary>Whether nothing stands in the registry's place, not even what cannot be opened.</summary>
    internal static bool LacksRegistry(DataFolder data) => data.Postgres is null && !Path.Exists(data.Ledger);

    /// <summary>Whether anything may be known of any run, by the registry or by the marks outside the data
    /// folder.</summary>
    internal static bool HasRegistryOrMarks(DataFolder data) => HasRegistry(data) || Directory.Exists(data.Marks);

    /// <summary>By the one process that takes receipts; in PostgreSQL by any that does.</summary>
    /// <param name="simulated">Whether it keeps what stand-ins send: a rehearsal never settles, or spoils, what a
    /// real gateway sent.</param>
    /// <exception cref="LedgerException">It cannot be opened, and not by one file's own fault.</exception>
    public static IReceiptLog OpenReceipts(DataFolder data, ProcessClock clock, bool simulated = false) =>
        data.Postgres is { } postgres
            ? new PostgresReceiptLog(PostgresPlace.Of(postgres), data, clock, simulated)
            : new SqliteReceiptLog(data, clock, simulated);

    public static IKeptReceipts ReceiptsOf(DataFolder data) => data.Postgres is { } postgres
        ? new PostgresKeptReceipts(PostgresPlace.Of(postgres))
        : new SqliteKeptReceipts(data);

    /// <summary>Reads every page of a run's ledger where one is there, or of the registry.</summary>
    /// <returns>What is broken, and what to do; null where all is whole.</returns>
    /// <param name="run">Null: the registry.</param>
    /// <exception cref="LedgerException">It cannot be looked at, by no fault of its content.</exception>
    public static Wording? FindBroken(DataFolder data, RunAddress? run = null)
    {
        try
        {
            var broken = run is null
                ? (data.Postgres is { } postgres
                    ? PostgresCatalog.FindBroken(PostgresPlace.Of(postgres).Ledger)
                    : LedgerFile.FindBroken(data.Ledger))
                : RunAt(run) is { Exists: true } kept ? kept.FindBroken() : null;
            return broken is null ? null : StorageFaults.Describe(broken, data);
        }
        catch (LedgerException broken) when (
            StorageFaults.KindOf(broken) is StorageFault.Damaged or StorageFault.Foreign or StorageFault.Disk)
        {
            return StorageFaults.Describe(broken, data);
        }
    }

    internal static IKeptMarks MarksOf(DataFolder data) => data.Postgres is { } postgres
        ? new KeptMarks(PostgresPlace.Of(postgres).Ledger, () => PostgresPlace.Of(postgres).Ledger.Open())
        : new KeptMarks(new SqliteFile(data.Ledger), () => RegistryFile.OpenToWrite(data));

    /// <summary>What is kept at a run's address, where nothing may be yet.</summary>
    internal static IKeptRun RunAt(RunAddress address) => address.KeptIn switch
    {
        SqliteFile file => new SqliteKeptRun(file.Path),
        PostgresTables tables => new PostgresKeptRun(tables),
        var other => throw new ArgumentOutOfRangeException(nameof(address), other, null),
    };

    /// <summary>Addresses of the ledgers that are there, whether the registry knows their runs or not.</summary>
    /// <param name="simulated">Of rehearsals, or of the others; null: of both.</param>
    internal static IEnumerable<RunAddress> FindRuns(DataFolder data, bool? simulated = null) =>
        data.Postgres is { } postgres
            ? PostgresKeptRun.FindAll(PostgresPlace.Of(postgres), simulated)
            : SqliteKeptRun.FindAll(data.RunsFolder, simulated).Select(RunAddress.OfFile);

    /// <summary>What a run's ledger must say once it is written.</summary>
    internal static RunSeal SealOf(ImportedAudience audience, Plan plan, RunDescription description) =>
        RunBuilder.SealOf(audience, plan, description);

    /// <summary>Puts the moments of several ledgers in a row together: a process that wrote in two has
    /// one clock in both.</summary>
    internal static void Straighten(IReadOnlyList<IHandOverReader> ledgers) =>
        HandOvers.Straighten([.. ledgers.Cast<HandOvers>()]);
}
