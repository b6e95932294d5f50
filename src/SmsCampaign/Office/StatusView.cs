using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Orders;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Office;

/// <summary>Something that must be said beside the runs.</summary>
/// <param name="Campaign">Id of the campaign that it is about; empty where nobody can tell of which; null: the
/// installation, or every run.</param>
public sealed record StatusProblem(Wording What, string? Campaign)
{
    /// <param name="run">Key of the run that it is about, as it is written; null: of none.</param>
    public static StatusProblem Of(Wording what, string? run) =>
        new(what, run is null ? null : RunKey.FindCampaign(run) ?? "");
}

/// <summary>All that <c>status</c> has found in a data folder at one moment.</summary>
/// <param name="Runs">The newest first.</param>
/// <param name="Openings">The next first.</param>
/// <param name="Problems">What must be said beside the runs, in its order.</param>
/// <param name="IsWhole">False where something cannot be read, or is known to be missing.</param>
public sealed record StatusView(
    WorkerSight Worker,
    IReadOnlyList<RunOpening> Openings,
    IReadOnlyList<LaneStop> Stopped,
    IReadOnlyList<RunOverview> Runs,
    IReadOnlyList<OddReceipts> Strays,
    IReadOnlyList<MissingReceipts> Missing,
    IReadOnlyList<RunKey> Unlisted,
    IReadOnlyList<StatusProblem> Problems,
    bool IsWhole)
{
    /// <summary>Those that the audit chain bears witness to and that are gone.</summary>
    public IReadOnlyList<MissingApproval> MissingApprovals { get; init; } = [];

    /// <summary>What was asked of the process that sends past the program: of late, or not refused yet.</summary>
    public IReadOnlyList<AskedCommand> Forged { get; init; } = [];

    /// <summary>What persons have ordered and stands, the first given first.</summary>
    public IReadOnlyList<StandingOrder> Orders { get; init; } = [];

    /// <summary>What persons are told of: what is so, and what somebody was not told yet.</summary>
    public IReadOnlyList<AlertView> Alerts { get; init; } = [];

    /// <summary>What the worker last found before each opening to come, the next opening first.</summary>
    public IReadOnlyList<ReadyLook> Ready { get; init; } = [];

    /// <summary>Why the installation file cannot be read, with file and line; empty where it can.</summary>
    public IReadOnlyList<Wording> UnreadInstallation { get; init; } = [];

    /// <summary>The disk, where it has less room than must be; else null.</summary>
    public DiskRoom? Disk { get; init; }

    /// <summary>What cannot be read is never "all is well", nor is a process that stands still, or one that is missing,
    /// or receipts that are not taken, or a run that is held or under way and waits for a person, or a lane of one.
    /// </summary>
    public bool IsSound =>
        IsWhole
        && Disk is null
        && Worker.State != WorkerState.IsStuck
        && !MissesWorker
        && !MissesLane
        && !IsPaused
        && !IsHeld
        && Runs.All(run => run.IsSound);

    /// <summary>Of each lane whose gateway takes nothing, whatever runs wait for it, since when first. A run that was
    /// not sending as the gateway answered again does not know: another does.</summary>
    public IReadOnlyList<LaneOutage> Outages => [.. Runs
        .Where(run => !run.Run.Simulated)
        .SelectMany(run => run.Outages)
        .Where(outage => !Runs.Any(run => !run.Run.Simulated && HasAnsweredSince(run, outage)))
        .GroupBy(outage => outage.Lane)
        .Select(lane => lane.MaxBy(outage => outage.LastAt)! with { Since = lane.Min(outage => outage.Since) })
        .Where(outage => Stopped.All(stop => stop.Lane != outage.Lane))];

    /// <summary>When it was looked.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How long it is said that a command was written past the program, and was refused. The audit chain says
    /// it for good.</summary>
    static readonly TimeSpan ForgedFor = TimeSpan.FromDays(7);

    /// <summary>Shortest hold that is said before the runs: shorter ones are how a lane finds its pace.</summary>
    static readonly TimeSpan LongHold = TimeSpan.FromSeconds(10);

    /// <summary>Lanes of runs under way that stand still for a while as their gateway says that they are too
    /// fast, and until when.</summary>
    public IReadOnlyList<(string Lane, DateTimeOffset Until)> Throttled => [.. Runs
        .Where(run => run is { Run: { Simulated: false, State: RunState.Sending }, Status: not null })
        .SelectMany(run => run.History.Where(
            lane => run.Status!.Lanes.Any(each => each.Name == lane.Key && each.Count(MessageStatus.Planned) > 0)))
        .SelectMany(lane => lane.Value
            .Where(IsLongThrottle)
            .Select(change => (Lane: lane.Key, Until: ProcessClock.FromMicros(change.Until!.Value))))
        .Where(hold => hold.Until > At && Stopped.All(stop => stop.Lane != hold.Lane))
        .GroupBy(hold => hold.Lane)
        .Select(lane => lane.MaxBy(hold => hold.Until))];

    /// <summary>Of runs that have not begun: what has, shows by itself how it goes.</summary>
    static IReadOnlyList<ReadyLook> ReadLooks(
        IRegistry registry,
        IReadOnlyList<RunOverview> runs,
        IReadOnlyList<RunOpening> openings,
        DateTimeOffset now) =>
    [
        .. runs
            .Where(run => run.Run is { Simulated: false, State: RunState.Planned or RunState.Approved })
            .Select(run => run.Run.FindKey())
            .OfType<RunKey>()
            .Union(openings.Where(opening => !opening.IsOpen).Select(opening => opening.Run))
            .Select(key => registry.ReadyBook.FindLast(key))
            .OfType<ReadyLook>()
            .Where(look => look.Opens > now)
            .OrderBy(look => look.Opens),
    ];

    /// <returns>What speaks against a run's file, or which row says that nobody can tell; null where it is what is
    /// known of the run.</returns>
    static Wording? FindFault(DataFolder data, RunRecord run)
    {
        try
        {
            var file = RunFile.Judge(data, run.ToKey(), run.AddressIn(data));
            return file.IsWhole ? null : MarkWords.Of(file);
        }
        catch (LedgerRowException unreadable)
        {
            return unreadable.Words;
        }
    }

    static bool IsLongThrottle(LaneChange change) =>
        change is { Kind: LaneChangeKind.Throttled, Until: { } until }
        && until - change.At >= (long)LongHold.TotalMicroseconds;

    static bool HasAnsweredSince(RunOverview run, LaneOutage outage) =>
        run.History
            .GetValueOrDefault(outage.Lane, [])
            .Any(change => change.Kind == LaneChangeKind.Answered && change.At > outage.LastAt);

    /// <summary>Whether a run is under way that nobody sends or takes receipts for, or the window of one is open
    /// that nobody begins. One that carriers text alone nobody has to begin.</summary>
    public bool MissesWorker => !Worker.IsThere
        && (IsUnderWay || Openings.Any(opening => opening.IsOpen && !CarriersAlone.Contains(opening.Run)));

    /// <summary>Runs whose window is open that carriers text alone, of whatever campaign.</summary>
    public IReadOnlyList<RunKey> CarriersAlone { get; private init; } = [];

    public bool IsUnderWay => Runs.Any(run => run.Run is { Simulated: false, State: RunState.Sending });

    /// <summary>Whether a lane of a run under way has stopped: it goes on only by a person,
    /// with <c>resume</c>.</summary>
    public bool MissesLane => Runs.Any(run => run.Run is { Simulated: false, State: RunState.Sending }
        && (run.Trials.Values.Any(trial => trial.IsHeld)
            || Stopped.Any(stop => run.Status?.Lanes.Any(lane => lane.Name == stop.Lane) ?? true)));

    /// <summary>Whether a run under way, or a lane of one, is paused: it goes on only by a person,
    /// with <c>resume</c>.</summary>
    public bool IsPaused => Runs.Any(run => run.Run is { Simulated: false, State: RunState.Sending }
        && run.Run.FindKey() is { } key
        && Orders.Any(order => order.Kind == OrderKind.Pause
            && (run.Status?.Lanes.Any(lane => order.Concerns(key, lane.Name)) ?? true)));

    /// <summary>Whether a run is held: it goes on only by a person.</summary>
    public bool IsHeld => Runs.Any(run => run.Run is { Simulated: false, State: RunState.Held });

    /// <summary>The orders about a run or a lane of it, and not about an account as a whole.</summary>
    public IEnumerable<StandingOrder> OrdersOf(RunOverview run) =>
        run.Run.FindKey() is { } key ? Orders.Where(order => order.IsAbout(key)) : [];

    /// <summary>Those about an account as a whole, and those of which that is not known.</summary>
    public IEnumerable<StandingOrder> OrdersOfAll => Orders.Where(order => Runs.All(
        run => run.Run.FindKey() is not { } key || !order.IsAbout(key)));

    /// <summary>Messages that wait for a lane, over all runs; null where that is not known of each.</summary>
    public long? WaitingFor(string lane)
    {
        var runs = Runs.Where(run =>
            run.Run is { Simulated: false, State: RunState.Approved or RunState.Sending or RunState.Held }).ToList();
        return runs.Any(run => run.Status is null)
            ? null
            : runs.Sum(run =>
                run.Status!.Lanes.Where(each => each.Name == lane).Sum(each => each.Count(MessageStatus.Planned)));
    }

    /// <param name="campaign">Id or file; null for all.</param>
    public static StatusView Read(DataFolder data, string installation, string? campaign, TimeProvider time) =>
        Read(data, installation, campaign, time, isOften: false, simulated: true);

    /// <summary>As <see cref="Read(DataFolder, string, string?, TimeProvider)"/>, for who looks every few seconds:
    /// without rehearsals and what has been over for long, and without comparing the files of what waits for its day,
    /// for which every row of the audience is read.</summary>
    /// <param name="simulated">Whether rehearsals are looked at as well.</param>
    public static StatusView ReadOften(
        DataFolder data, string installation, TimeProvider time, string? campaign = null, bool simulated = false) =>
        Read(data, installation, campaign, time, isOften: true, simulated);

    /// <summary>How long a run that is over is looked at often.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromHours(25);

    static bool IsOfNow(RunRecord run, DateTimeOffset now, bool simulated) => (simulated || !run.Simulated)
        && (!run.State.IsOver()
            || (run.FinishedSince is { } over && now - over < Fresh));

    /// <summary>Runs of which a carrier has a letter and has not reported: that is asked for long after they are
    /// over.</summary>
    static HashSet<string> FindOpenLetters(IRegistry registry)
    {
        try
        {
            return [.. registry.WorkOrders.Read()
                .GroupBy(order => order.Run)
                .Where(run => HeldOrders.Of(run, []).Any(order => order.AwaitsReport))
                .Select(run => run.Key)];
        }
        catch (LedgerRowException) // each run says so of itself
        {
            return [];
        }
    }

    static StatusView Read(
        DataFolder data, string installation, string? campaign, TimeProvider time, bool isOften, bool simulated)
    {
        var now = time.GetUtcNow();
        var problems = new List<StatusProblem>();
        var registry = Ledgers.FindRegistry(data); // looking must not make an empty installation
        var open = new Lazy<HashSet<string>>(() => registry is null ? [] : FindOpenLetters(registry));
        IReadOnlyList<RunOverview> runs = registry is null
            ? []
            : [.. (campaign is null
                ? registry.ReadRuns().Where(run => !run.IsTest)
                : KnownRuns.Read(data, campaign))
                .Where(run => !isOften || IsOfNow(run, now, simulated) || open.Value.Contains(run.Key))
                .Select(run => RunOverview.Read(data, registry, run, installation, time, files: !isOften))];

        var closed = Installation.FindUnreadable(installation);
        problems.AddRange(closed.Select(why => new StatusProblem(why, null)));
        var unlisted = new LostRuns(data, installation, time).FindUnlisted(campaign);
        problems.AddRange(unlisted.Select(key => new StatusProblem(MarkWords.Unlisted(data, key), key.Tested)));
        if (registry?.Audit.KeyTrouble is { } keyless)
            problems.Add(new StatusProblem(keyless, null));

        IReadOnlyList<MissingApproval> missingApprovals = registry is null ? []
            : [.. registry.Audit
                .FindMissingApprovals()
                .Where(approval => campaign is null || runs.Any(run => run.Run.Campaign == approval.Campaign))];
        problems.AddRange(missingApprovals.Select(
            approval => new StatusProblem(approval.Words, approval.Campaign)));

        var stopped = registry?.Stops.Read() ?? [];
        var orders = registry?.Orders.Read() ?? [];
        problems.AddRange(orders
            .Where(order => order.Unreadable is not null)
            .Select(order => StatusProblem.Of(order.Unreadable!.Value, order.IsOfAnyRun ? null : order.Run)));
        var forged = registry?.Commands.ReadForged(now - ForgedFor) ?? [];
        problems.AddRange(forged.Select(command => StatusProblem.Of(command.Unvouched!.Words, command.Run)));
        var isWhole = closed.Count == 0
            && forged.Count == 0
            && orders.All(order => order.Unreadable is null)
            && unlisted.Count == 0
            && missingApprovals.Count == 0
            && stopped.All(stop => stop.Unreadable is null);

        problems.AddRange(runs
            .Where(run => run.Unreadable is not null)
            .Select(run => new StatusProblem(run.Unreadable!.Value, run.Run.Campaign))
            .Distinct());
        var receipts = Ledgers.ReceiptsOf(data);
        IReadOnlyList<OddReceipts> strays =
            [.. receipts.ReadStrays(simulated: false), .. receipts.ReadStrays(simulated: true)];
        IReadOnlyList<MissingReceipts> missing =
            [.. receipts.ReadMissing(simulated: false), .. receipts.ReadMissing(simulated: true)];
        isWhole &= !missing.Any(each => each.InTheWay);
        problems.AddRange(missing.Select(each => new StatusProblem(each.Words, null)));
        var disk = DiskFloor.FindBelow(data, Installation.ReadDiskFloor(installation));
        if (disk is not null)
            problems.Add(new StatusProblem(disk.Words, null));

        // Read only, and so no refusal; but what is shown of such a run is not all. One that is not there has said so.
        foreach (var run in runs.Where(run => run.Damage is null))
        {
            if (FindFault(data, run.Run) is not { } fault)
                continue;
            isWhole = false;
            problems.Add(new StatusProblem(fault, run.Run.Campaign));
        }

        var openings = registry is null ? []
            : RunOpening.ReadAll(registry, IsSent, Installation.ReadTwoPersons(installation) == true, now);
        return new StatusView(
            WorkerSight.Read(data, now),
            openings,
            stopped, runs, strays, missing, unlisted, problems, isWhole)
        {
            At = now,
            CarriersAlone = [.. openings
                .Where(opening => opening.IsOpen)
                .Select(opening => opening.Run)
                .Where(IsCarriersAlone)],
            Orders = [.. orders
                .Where(order => campaign is null
                    || order.Run is null
                    || order.IsOfAnyRun
                    || runs.Any(run => order.Run == run.Run.Key))],
            Disk = disk,
            UnreadInstallation = closed,
            MissingApprovals = missingApprovals,
            Forged = forged,
            Alerts = registry is null ? [] : AlertView.ReadAll(registry, now),
            Ready = registry is null ? [] : ReadLooks(registry, runs, openings, now),
        };

        bool IsCarriersAlone(RunKey key) =>
            runs.FirstOrDefault(run => run.Run.FindKey() == key) is { } shown
                ? shown is { Damage: null, Letters.HasOwn: false }
                : registry!.Find(key) is { } other && !RunLetters.Read(registry, other).HasOwn;

        bool IsSent(RunKey key) =>
            runs.FirstOrDefault(run => run.Run.FindKey() == key) is { Run.State: RunState.Sending, Status: { } status }
                && status.Count(MessageStatus.Planned) + status.Count(MessageStatus.Submitting) == 0;
    }
}
