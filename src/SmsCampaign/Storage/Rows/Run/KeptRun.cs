using SmsCampaign.Audience;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>What a database keeps of a run.</summary>
/// <param name="at">Where nothing may be yet.</param>
abstract class KeptRun(Database at) : IKeptRun
{
    public bool Exists => at.Exists;

    public IRunLedger Open(ProcessClock clock, RunKey key, DataFolder data) => RunLedger.Open(at, clock, key, data);

    public IReportReader ReadForReport() => new ReportReader(at);

    public IPlanReader ReadPlan() => PlanReader.Open(at);

    public IPlanReader ReadPlanUpToDate() => PlanReader.OpenUpToDate(at);

    public IHandOverReader ReadHandOvers() => new HandOvers(at);

    public RunSeal ReadSeal(CancellationToken cancellationToken, int atOnce = -1) =>
        SealRows.Read(at, cancellationToken, atOnce);

    public RunSeal ReadSealReferences() => SealRows.ReadReferences(at);

    public long ReadLastMoment() => RunLedger.ReadLastMoment(at);

    public (long From, long Through)? ReadStretch() => HandOverStretch.Read(at);

    public (string Code, long Attempts) ReadReach() => AttemptReach.Read(at);

    public long[] ReadFrontier() => AttemptReach.ReadFrontier(at);

    public long ReadLastReceipt() => ReceiptMarks.ReadLast(at);

    public long CountPlanned() => CounterRows.CountPlanned(at);

    public long DeclareGap(RunMark to, ProcessClock clock) => RunGap.Declare(at, to, clock);

    public long CountDeclared() => RunGap.CountDeclared(at);

    public IResolutions Resolve() => new RunResolutions(at);

    public IResolutions ListUncertain() => RunResolutions.ToList(at);

    public IReadOnlyList<PersonsResolution> ReadPersons() => RunResolutions.ReadPersons(at);

    public IReadOnlyDictionary<string, IReadOnlyList<LaneChange>> ReadLatestChanges(int most) =>
        LaneHistory.ReadLatest(at, most);

    public IReadOnlyList<LaneOutage> ReadOutages() => LaneHistory.ReadOutages(at);

    public IReadOnlyDictionary<string, LaneTrial> ReadTrials() => TrialRows.ReadLatest(at);

    public bool Release(LaneTrial trial, ProcessClock clock, TrialRelease release) =>
        TrialRows.Release(at, trial, clock, release);

    public NumberErasure? ReadErasure() => NumberRows.ReadErasure(at);

    public long CountUnsettled() => NumberRows.CountUnsettled(at);

    public NumberSet ReadAllNumbers(NumberKey? key) => NumberRows.ReadAll(at, key);

    public IReadOnlyList<SubjectRow> FindSubject(long number, NumberKey? key) =>
        NumberRows.FindSubject(at, number, key);

    public UnbalancedException? FindImbalance() => BalanceRows.Find(at);

    public abstract IRunBuilder Build();

    public abstract Wording? FindNoRoom(Func<string, long?>? room);

    public abstract (long Messages, long Exclusions) EraseNumbers(NumberKey key, DateTimeOffset now);

    public abstract (long Rows, Wording? Stale) EraseNumbers(NumberKey key, Func<long, bool> are, DateTimeOffset now);

    public abstract LedgerException? FindBroken();

    public abstract void SetAside(TimeProvider time);
}
