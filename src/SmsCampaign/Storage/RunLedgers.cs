using System.Globalization;
using SmsCampaign.Audience;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;
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
    /// <summary>Opens the ledger of a run that may be sent, where it is all that is known of the run,
    /// and keeps that up.</summary>
    /// <exception cref="LedgerException">It is not there, or not a run's ledger.</exception>
    /// <exception cref="Marks.RunFileException">It is another's, or older than what is known of the run.</exception>
    /// <exception cref="UnbalancedException">Rule 7 does not hold.</exception>
    public static IRunLedger Open(string place, ProcessClock clock, RunKey key, DataFolder data) =>
        RunLedger.Open(place, clock, key, data);

    /// <summary>The last moment a ledger speaks of, microseconds; 0 where nothing has happened yet.</summary>
    /// <exception cref="LedgerException">It is not there, or not a run's ledger.</exception>
    public static long ReadLastMoment(string place) => RunLedger.ReadLastMoment(place);

    /// <summary>Brought up to date before, where it is of an older version.</summary>
    /// <exception cref="LedgerException">It cannot be read.</exception>
    public static IReportReader ReadForReport(string place) => new ReportReader(place);

    /// <summary>As it stands; what the file lacks is not added.</summary>
    /// <exception cref="LedgerException">It cannot be read, or is of a newer version.</exception>
    public static IPlanReader ReadPlan(string place) => PlanReader.Open(place);

    /// <summary>Brought up to date before, where it is of an older version.</summary>
    /// <exception cref="LedgerException">It cannot be read.</exception>
    public static IPlanReader ReadPlanUpToDate(string place) => PlanReader.OpenUpToDate(place);

    /// <summary>Brought up to date before, where it is of an older version.</summary>
    /// <exception cref="LedgerException">It cannot be read.</exception>
    public static IHandOverReader ReadHandOvers(string place) => new HandOvers(place);

    /// <summary>Puts the moments of several ledgers in a row together: a process that wrote in two has
    /// one clock in both.</summary>
    public static void Straighten(IReadOnlyList<IHandOverReader> ledgers) =>
        HandOvers.Straighten([.. ledgers.Cast<HandOvers>()]);

    /// <summary>The ledger of a new run.</summary>
    /// <exception cref="LedgerException">It cannot be written.</exception>
    public static IRunBuilder Build(string place) => new RunBuilder(place);

    /// <summary>What a ledger must say once it is written.</summary>
    public static RunSeal SealOf(ImportedAudience audience, Plan plan, RunDescription description) =>
        RunBuilder.SealOf(audience, plan, description);

    /// <inheritdoc cref="SealRows.Read"/>
    public static RunSeal ReadSeal(string place, CancellationToken cancellationToken, int atOnce = -1) =>
        SealRows.Read(place, cancellationToken, atOnce);

    /// <inheritdoc cref="SealRows.ReadReferences(string)"/>
    public static RunSeal ReadSealReferences(string place) => SealRows.ReadReferences(place);

    /// <inheritdoc cref="CounterRows.CountPlanned"/>
    public static long CountPlanned(string place) => CounterRows.CountPlanned(place);

    /// <inheritdoc cref="HandOverStretch.Read"/>
    public static (long From, long Through)? ReadStretch(string place) => HandOverStretch.Read(place);

    /// <inheritdoc cref="AttemptReach.Read"/>
    public static (string Code, long Attempts) ReadReach(string place) => AttemptReach.Read(place);

    /// <inheritdoc cref="AttemptReach.ReadFrontier(string)"/>
    public static long[] ReadFrontier(string place) => AttemptReach.ReadFrontier(place);

    /// <inheritdoc cref="ReceiptMarks.ReadLast"/>
    public static long ReadLastReceipt(string place) => ReceiptMarks.ReadLast(place);

    /// <inheritdoc cref="RunGap.Declare"/>
    public static long DeclareGap(string place, RunMark to, ProcessClock clock) => RunGap.Declare(place, to, clock);

    /// <inheritdoc cref="RunGap.CountDeclared"/>
    public static long CountDeclared(string place) => RunGap.CountDeclared(place);

    /// <summary>Where persons settle what is uncertain.</summary>
    /// <exception cref="LedgerException">It is not there, or not a run's ledger.</exception>
    public static IResolutions Resolve(string place) => new RunResolutions(place);

    /// <summary>As <see cref="Resolve"/>, only to be read, by an account that may not write.</summary>
    /// <exception cref="LedgerException">It is not there, or not a run's ledger.</exception>
    public static IResolutions ListUncertain(string place) => RunResolutions.ToList(place);

    /// <inheritdoc cref="RunResolutions.ReadPersons"/>
    public static IReadOnlyList<PersonsResolution> ReadPersons(string place) => RunResolutions.ReadPersons(place);

    /// <inheritdoc cref="LaneHistory.ReadLatest"/>
    public static IReadOnlyDictionary<string, IReadOnlyList<LaneChange>> ReadLatestChanges(string place, int most) =>
        LaneHistory.ReadLatest(place, most);

    /// <inheritdoc cref="LaneHistory.ReadOutages"/>
    public static IReadOnlyList<LaneOutage> ReadOutages(string place) => LaneHistory.ReadOutages(place);

    /// <summary>Gives another, broken or old ledger another name, under which it is kept.</summary>
    public static void SetAside(string place, TimeProvider time)
    {
        foreach (var suffix in LedgerPlace.Beside.Append(""))
        {
            if (!File.Exists(place + suffix))
                continue;

            var aside = string.Create(
                CultureInfo.InvariantCulture,
                $"{place}.set-aside-{time.GetUtcNow().UtcDateTime:yyyyMMdd-HHmmss}{suffix}");
            File.Move(place + suffix, aside, overwrite: true);
        }
    }
}
