using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Run;

namespace SmsCampaign.Storage;

/// <summary>
/// The one way to a run's ledger: which kind of ledger it is, is known here alone. What is given speaks in the words of
/// <c>Storage/Run</c>.
/// </summary>
static class RunLedgers
{
    /// <summary>Opens the ledger of a run that may be sent, where it is all that is known of the run, and keeps that up.</summary>
    /// <exception cref="LedgerException">It is not there, or not a run's ledger.</exception>
    /// <exception cref="Marks.RunFileException">It is another's, or older than what is known of the run.</exception>
    /// <exception cref="UnbalancedException">Rule 7 does not hold.</exception>
    public static IRunLedger Open(string place, ProcessClock clock, RunKey key, DataFolder data) => RunLedger.Open(place, clock, key, data);

    /// <summary>The last moment a ledger speaks of, microseconds; 0 where nothing has happened yet.</summary>
    /// <exception cref="LedgerException">It is not there, or not a run's ledger.</exception>
    public static long ReadLastMoment(string place) => RunLedger.ReadLastMoment(place);

    /// <summary>Brought up to date before, where it is of an older version.</summary>
    /// <exception cref="LedgerException">It cannot be read.</exception>
    public static IReportReader ReadForReport(string place) => new ReportReader(place);

    /// <summary>As it stands; what the file lacks is not added.</summary>
    /// <exception cref="LedgerException">It cannot be read, or is of a newer version.</exception>
    public static IPlanReader ReadPlan(string place) => new PlanReader(SqliteDb.Open(place, readOnly: true));

    /// <summary>Brought up to date before, where it is of an older version.</summary>
    /// <exception cref="LedgerException">It cannot be read.</exception>
    public static IPlanReader ReadPlanUpToDate(string place) => new PlanReader(Migrations.OpenToRead(place, "Run"));

    /// <summary>Brought up to date before, where it is of an older version.</summary>
    /// <exception cref="LedgerException">It cannot be read.</exception>
    public static IHandOverReader ReadHandOvers(string place) => new HandOvers(place);

    /// <summary>Puts the moments of several ledgers in a row together: a process that wrote in two has one clock in both.</summary>
    public static void Straighten(IReadOnlyList<IHandOverReader> ledgers) => HandOvers.Straighten([.. ledgers.Cast<HandOvers>()]);
}
