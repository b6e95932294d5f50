using System.Globalization;
using SmsCampaign.Audience;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Sqlite.Run;

/// <summary>What a SQLite file keeps of a run.</summary>
/// <param name="path">Of the file, which may not be there.</param>
sealed class SqliteKeptRun(string path) : IKeptRun
{
    const string Ending = ".db";

    const string SimulatedEnding = ".simulated" + Ending;

    public bool Exists => File.Exists(path);

    public IRunLedger Open(ProcessClock clock, RunKey key, DataFolder data) => RunLedger.Open(path, clock, key, data);

    public IRunBuilder Build() => new RunBuilder(path);

    public IReportReader ReadForReport() => new ReportReader(path);

    public IPlanReader ReadPlan() => PlanReader.Open(path);

    public IPlanReader ReadPlanUpToDate() => PlanReader.OpenUpToDate(path);

    public IHandOverReader ReadHandOvers() => new HandOvers(path);

    public RunSeal ReadSeal(CancellationToken cancellationToken, int atOnce = -1) =>
        SealRows.Read(path, cancellationToken, atOnce);

    public RunSeal ReadSealReferences() => SealRows.ReadReferences(path);

    public long ReadLastMoment() => RunLedger.ReadLastMoment(path);

    public (long From, long Through)? ReadStretch() => HandOverStretch.Read(path);

    public (string Code, long Attempts) ReadReach() => AttemptReach.Read(path);

    public long[] ReadFrontier() => AttemptReach.ReadFrontier(path);

    public long ReadLastReceipt() => ReceiptMarks.ReadLast(path);

    public long CountPlanned() => CounterRows.CountPlanned(path);

    public long DeclareGap(RunMark to, ProcessClock clock) => RunGap.Declare(path, to, clock);

    public long CountDeclared() => RunGap.CountDeclared(path);

    public IResolutions Resolve() => new RunResolutions(path);

    public IResolutions ListUncertain() => RunResolutions.ToList(path);

    public IReadOnlyList<PersonsResolution> ReadPersons() => RunResolutions.ReadPersons(path);

    public IReadOnlyDictionary<string, IReadOnlyList<LaneChange>> ReadLatestChanges(int most) =>
        LaneHistory.ReadLatest(path, most);

    public IReadOnlyList<LaneOutage> ReadOutages() => LaneHistory.ReadOutages(path);

    public IReadOnlyDictionary<string, LaneTrial> ReadTrials() => TrialRows.ReadLatest(path);

    public bool Release(LaneTrial trial, ProcessClock clock, TrialRelease release) =>
        TrialRows.Release(path, trial, clock, release);

    public NumberErasure? ReadErasure() => NumberRows.ReadErasure(path);

    public Wording? FindNoRoom(Func<string, long?>? room) => NumberRows.FindNoRoom(path, room ?? DiskFloor.FreeAt);

    public long CountUnsettled() => NumberRows.CountUnsettled(path);

    public NumberSet ReadAllNumbers(NumberKey? key) => NumberRows.ReadAll(path, key);

    public IReadOnlyList<SubjectRow> FindSubject(long number, NumberKey? key) =>
        NumberRows.FindSubject(path, number, key);

    public (long Messages, long Exclusions) EraseNumbers(NumberKey key, DateTimeOffset now) =>
        NumberRows.Erase(path, key, now);

    public (long Rows, Wording? Stale) EraseNumbers(NumberKey key, Func<long, bool> are, DateTimeOffset now) =>
        NumberRows.Erase(path, key, are, now);

    public LedgerException? FindBroken() => LedgerFile.FindBroken(path);

    public UnbalancedException? FindImbalance() => BalanceRows.Find(path);

    /// <summary>Full paths of the files of a folder that keep a run.</summary>
    /// <param name="simulated">As of <see cref="Ledgers.FindRuns"/>.</param>
    public static IEnumerable<string> FindAll(string folder, bool? simulated) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, "*" + Ending).Where(file =>
            simulated is null || file.EndsWith(SimulatedEnding, StringComparison.Ordinal) == simulated);

    public void SetAside(TimeProvider time)
    {
        foreach (var suffix in LedgerPlace.Beside.Append(""))
        {
            if (!File.Exists(path + suffix))
                continue;

            var aside = string.Create(
                CultureInfo.InvariantCulture,
                $"{path}.set-aside-{time.GetUtcNow().UtcDateTime:yyyyMMdd-HHmmss}{suffix}");
            File.Move(path + suffix, aside, overwrite: true);
        }
    }
}
