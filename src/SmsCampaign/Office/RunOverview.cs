using SmsCampaign.Campaigns;
using SmsCampaign.Installations;
using SmsCampaign.Orders;
using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Office;

/// <summary>All there is to say of a run.</summary>
/// <param name="Status">Null where the ledger is not there (any more), or damaged.</param>
/// <param name="Damage">Why its ledger cannot be read; null where it can.</param>
/// <param name="History">The latest changes of the lanes' pace by lane name, the latest first.</param>
/// <param name="Approvals">Those about its date, the newest first, voided ones included.</param>
public sealed record RunOverview(
    RunRecord Run,
    SendWindow Window,
    RunStatus? Status,
    IReadOnlyDictionary<string, IReadOnlyList<LaneChange>> History,
    IReadOnlyList<Approval> Approvals,
    IReadOnlyList<Decision> Decisions,
    Wording? Damage)
{
    /// <summary>Which row about it in ledger.db cannot be read; its approvals and decisions are left out then.
    /// Null where all can.</summary>
    public Wording? Unreadable { get; init; }

    /// <summary>What of the files is other than it was planned and approved on.</summary>
    public IReadOnlyList<Wording> FileChanges { get; init; } = [];

    /// <summary>Whether <see cref="FileChanges"/> is only what cannot be read, and nothing that differs.</summary>
    public bool AreFilesUnread { get; init; }

    /// <summary>What is said of <see cref="FileChanges"/>; null where there are none.</summary>
    public Wording? FileChangesWords =>
        FileChanges.Count == 0 ? null : ApprovedFiles.Describe(Run, FileChanges, AreFilesUnread);

    /// <summary>What the ledger says other than what was approved, the audience's rows left out.</summary>
    public IReadOnlyList<Wording> Differences { get; init; } = [];

    /// <summary>What is said of <see cref="Differences"/>; null where there are none.</summary>
    public Wording? DifferencesWords => Differences.Count == 0 ? null : RunVerification.Describe(Differences);

    /// <summary>What persons have settled of uncertain messages, by command.</summary>
    public IReadOnlyList<PersonsResolution> Resolutions { get; init; } = [];

    /// <summary>Whether this account may not read the key by which approvals are verified.</summary>
    public bool IsUnverified { get; init; }

    /// <summary>What was submitted of it, the newest first.</summary>
    public IReadOnlyList<Submission> Submissions { get; init; } = [];

    /// <summary>Whether nothing of it is sent that one person alone has approved.</summary>
    public bool TakesTwoPersons { get; init; }

    /// <summary>The approval it goes by, of those that stand the newest: one for its date alone takes the place of one
    /// for every year as long as it stands. Null where none does.</summary>
    public Approval? Counting => Approvals.FirstOrDefault(Stands);

    /// <summary>Stands beside the one that counts, and does not for this date; null where there is none.</summary>
    public Approval? Beside => Approvals.Where(Stands).Skip(1).FirstOrDefault();

    /// <summary>Whether the approval it goes by is by one person alone where it takes two.</summary>
    public bool IsByOneAlone => TakesTwoPersons && !IsUnverified && Counting is { IsByTwo: false };

    /// <summary>What was submitted last of what is planned now; null where nothing was.</summary>
    public Submission? Submission => Submissions is [var last, ..] && last.Hash == Run.ApprovedHash ? last : null;

    /// <summary>Whether a person has paused it as a whole.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Where it stands for an officer.</summary>
    public OfficerState State => Facts.ToState();

    /// <summary>Where it would stand if nobody had paused it.</summary>
    public OfficerState StateUnlessPaused => (Facts with { IsPaused = false }).ToState();

    RunFacts Facts => new(
        Run.State,
        !Run.Simulated,
        Counting is { } approval && approval.Hash == Run.ApprovedHash && !IsByOneAlone,
        IsPaused,
        Submission);

    /// <summary>An account that cannot verify takes an approval for what it says.</summary>
    bool Stands(Approval approval) => approval.Stands || (IsUnverified && approval.VoidedAt is null);

    /// <summary>The gateways of its lanes that take nothing while messages wait for them.</summary>
    public IReadOnlyList<LaneOutage> Outages { get; init; } = [];

    /// <summary>Its lanes on which messages wait and that are held, send their first batch, or were let go on by a
    /// person otherwise than the campaign says; by name.</summary>
    public IReadOnlyDictionary<string, LaneTrial> Trials { get; init; } = NoTrials;

    /// <summary>What carriers are asked for it.</summary>
    public RunLetters Letters { get; init; } = RunLetters.None;

    /// <summary>The reports that are owed on it, by date.</summary>
    public IReadOnlyList<DueReport> Reports { get; init; } = [];

    /// <summary>Whether what was approved is still what would be sent, as far as it was looked; null where that is no
    /// question (any more): a rehearsal, a run that is over, one that nobody has approved yet. Null too where it does
    /// as far as can be read.</summary>
    public bool? Fits => IsReplanned ? false
        : Unreadable is not null
            || IsUnverified
            || Run.Simulated
            || Run.State == RunState.Planned
            || Run.State.IsOver()
            || Approvals.Count == 0
        ? null
        : Differences.Count > 0 || !Approvals.Any(approval => approval.Stands && approval.Hash == Run.ApprovedHash)
        ? false
        : AreFilesUnread ? null
        : FileChanges.Count == 0;

    /// <summary>Whether it was planned otherwise since it was approved: no approval is of
    /// what is planned now.</summary>
    public bool IsReplanned =>
        Unreadable is null && !IsUnverified && Run is { Simulated: false, State: RunState.Planned }
            && Approvals.Any(approval => approval.VoidedAt is null)
            && !Approvals.Any(approval => approval.Stands && approval.Hash == Run.ApprovedHash);

    /// <summary>Whether it is planned to be sent, or is half sent, and by no approval that stands: nothing
    /// more of it leaves.</summary>
    public bool IsUnapproved =>
        Unreadable is null
        && !IsUnverified
        && Run is { Simulated: false, State: RunState.Approved or RunState.Sending }
        && (IsByOneAlone || !Approvals.Any(approval => approval.Stands));

    /// <summary>Whether its ledger can be read and, as far as it was looked, neither it nor an approval that stands was
    /// written past the program.</summary>
    public bool IsSound =>
        Damage is null
        && Unreadable is null
        && Differences.Count == 0
        && Letters.Unreadable.Count == 0
        && Approvals.All(approval => approval.IsWitnessed || approval.VoidedAt is not null);

    /// <summary>Changes of a lane's pace that <c>--json</c> shows.</summary>
    const int MostChanges = 100;

    static readonly Dictionary<string, IReadOnlyList<LaneChange>> NoHistory = [];

    static readonly Dictionary<string, LaneTrial> NoTrials = [];

    /// <param name="files">Whether its files are compared with what was approved.</param>
    public static RunOverview Read(
        DataFolder data, IRegistry registry, RunRecord run, string installation, TimeProvider time, bool files = true)
    {
        var read = ReadLedger(data, run);
        try
        {
            return Read(data, registry, run, installation, time, files, read);
        }
        catch (Exception broken)
            when (read.Status is not null && broken is not OutOfMemoryException) // beyond what its counts are read from
        {
            return Read(data, registry, run, installation, time, files, new LedgerRead(
                null, NoHistory, DamageOf(broken, data, run.AddressIn(data))));
        }
    }

    static RunOverview Read(
        DataFolder data,
        IRegistry registry,
        RunRecord run,
        string installation,
        TimeProvider time,
        bool files,
        LedgerRead read)
    {
        var (status, history, damage) = read;
        var (approvals, submissions, decisions, unreadable) = ReadRows(registry, run);
        var (window, windowless) = ReadWindow(run);
        var unread = false;
        var changes = files && status is not null && windowless is null && ApprovedFiles.Concern(data, run)
            ? ApprovedFiles.FindChanges(data, run, installation, time.GetUtcNow(), out unread)
            : [];
        var kept = status is null ? null : Ledgers.RunAt(run.AddressIn(data));
        return new RunOverview(
            run,
            window,
            status,
            history,
            approvals,
            decisions,
            damage)
        {
            Unreadable = run.Unreadable ?? windowless ?? unreadable,
            IsUnverified = !run.Simulated && registry.Audit.IsKeyClosed,
            Submissions = submissions,
            IsPaused = run.FindKey() is { } known && registry.Orders.Read().Any(order =>
                order is { Kind: OrderKind.Pause, Lane: null } && (order.Run is null || order.IsAbout(known))),
            TakesTwoPersons = !run.Simulated
                && !run.State.IsOver()
                && Installation.ReadTwoPersons(installation) == true,
            FileChanges = changes,
            AreFilesUnread = unread,
            Differences = status is not null ? RunVerification.FindOf(data, registry, run, rows: false) : [],
            Outages = kept is not null && run.State == RunState.Sending ? ReadOutages(kept, status!) : [],
            Trials = kept is not null ? StandingTrials.Read(kept, run.State, status!) : NoTrials,
            Resolutions = kept is not null ? kept.ReadPersons() : [],
            Letters = RunLetters.Read(registry, run),
            Reports = DueReport.Read(registry, run),
        };
    }

    /// <summary>Its moments are shown as of Vietnam where its own zone cannot be read.</summary>
    static (SendWindow Window, Wording? Unreadable) ReadWindow(RunRecord run)
    {
        try
        {
            return (run.ReadSchedule().Window, null);
        }
        catch (LedgerRowException unreadable)
        {
            return (new SendWindow(default, default, VietnamTime.Zone), unreadable.Words);
        }
    }

    /// <summary>Of a lane on which nothing waits nobody asks.</summary>
    static IReadOnlyList<LaneOutage> ReadOutages(IKeptRun kept, RunStatus status) =>
        [.. kept.ReadOutages().Where(outage => StandingTrials.CountWaiting(status, outage.Lane) > 0)];

    static (IReadOnlyList<Approval>, IReadOnlyList<Submission>, IReadOnlyList<Decision>, Wording? Unreadable)
        ReadRows(IRegistry registry, RunRecord run)
    {
        if (run.Simulated)
            return ([], [], [], null);

        try
        {
            List<Approval> approvals = [.. registry
                .ReadApprovals(run.Campaign)
                .Where(run.IsMeantBy)];
            foreach (var approval in approvals)
                _ = (approval.ApprovedAt, approval.VoidedSince);
            var submissions = run.FindKey() is { } key ? registry.Submissions.Read(key) : [];
            foreach (var submission in submissions)
                _ = (submission.SubmittedAt, submission.Rejected?.RejectedAt);
            return (
                approvals,
                submissions,
                [.. registry.ReadDecisions(run.Campaign).Where(decision => decision.Run.DateText == run.Date)],
                null);
        }
        catch (LedgerRowException unreadable)
        {
            return ([], [], [], unreadable.Words);
        }
    }

    static LedgerRead ReadLedger(DataFolder data, RunRecord run)
    {
        if ((run.FindKey() is null ? run.Unreadable : run.FindElsewhere(data)) is { } row)
            return new(null, NoHistory, row);

        var ledger = run.AddressIn(data);
        var kept = Ledgers.RunAt(ledger);
        if (!kept.Exists) // archived, once it is over
        {
            return new(null, NoHistory, run.State is RunState.Sending or RunState.Held
                ? DescribeMissing(data, run.ToKey(), ledger)
                : null);
        }

        try
        {
            return new(RunStatus.Read(ledger), kept.ReadLatestChanges(MostChanges), null);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // a damaged file can break whatever reads it; the others are shown
            return new(null, NoHistory, DamageOf(broken, data, ledger));
        }
    }

    /// <summary>What is known of it may stand in a row that cannot be read.</summary>
    internal static Wording DescribeMissing(DataFolder data, RunKey key, RunAddress ledger)
    {
        try
        {
            return MarkWords.Missing(RunFile.Judge(data, key, ledger));
        }
        catch (LedgerRowException unreadable)
        {
            return unreadable.Words;
        }
    }

    internal static Wording DamageOf(Exception broken, DataFolder data, RunAddress ledger) =>
        StorageFaults.Describe(broken, data) ?? new Wording(
            $"Không đọc được sổ gửi tin {ledger} ({broken.GetType().Name}). Hãy báo kỹ sư phụ trách khôi "
                + $"phục tệp từ bản sao lưu.",
            $"The ledger {ledger} cannot be read ({broken.GetType().Name}). "
                + $"Tell your engineer to restore the file from a backup.");

    /// <summary>What of a run is read from its ledger first.</summary>
    sealed record LedgerRead(
        RunStatus? Status, IReadOnlyDictionary<string, IReadOnlyList<LaneChange>> History, Wording? Damage);
}
