using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Words;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Office;

/// <summary>
/// Takes what persons order of what is sent: writes it down, which is what holds, and has the process that sends take
/// it up at once, where one does.
/// </summary>
/// <param name="installation">Path of the installation file, whose lanes are the accounts.</param>
public sealed class ControlDesk(DataFolder data, string installation, TimeProvider time)
{
    /// <summary>Kind of the command. Stored: never rename.</summary>
    internal const string Heed = "heed-orders";

    /// <summary>How often it is looked whether what is in flight has come down.</summary>
    static readonly TimeSpan CountEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>What stands, the first given first. Looking makes no installation.</summary>
    public IReadOnlyList<StandingOrder> Read() => Ledgers.FindRegistry(data)?.Orders.Read() ?? [];

    /// <summary>Lets nothing leave of a run, of a lane of it, or of an account whatever run uses it.</summary>
    /// <param name="reason">On what grounds.</param>
    /// <param name="patience">How long the answer of the process that sends is waited for.</param>
    /// <param name="cancellationToken">Ends the waiting; what was ordered stands.</param>
    public async Task<ControlResult> PauseAsync(
        Who who, OrderScope scope, string reason, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (Check(who, scope, reason) is { Count: > 0 } findings)
            return new ControlResult.Refused(findings);

        var (order, isNew) = Ledgers.OpenRegistry(data).Orders.Give(
            new NewOrder(OrderKind.Pause, scope, who, reason.Trim()), Describe(who, scope, reason), time.GetUtcNow());
        return new ControlResult.Given(order, isNew, await HeedAsync(who, patience, cancellationToken, order));
    }

    /// <summary>Calls a run or a lane of it off, or ends it early: what is not handed over never will be. Pauses it
    /// first, so that the number of what is left stands still; of a ledger that does not balance it does no more.
    /// </summary>
    /// <param name="kind">Cancel or End.</param>
    /// <param name="seen">How many messages were left when it was looked at; null: it was not.</param>
    /// <inheritdoc cref="PauseAsync"/>
    public async Task<ControlResult> EndAsync(
        Who who,
        OrderScope scope,
        OrderKind kind,
        long? seen,
        string reason,
        TimeSpan patience,
        CancellationToken cancellationToken)
    {
        if (scope.Run is null)
        {
            return new ControlResult.Refused(
                [new ControlFinding.NeedsRun(scope.Lane, FindUnderWay()), .. CheckWho(who, reason)]);
        }

        if (FindForGood(scope) is { } already)
            return new ControlResult.Ended(already, false, 0, await HeedAsync(who, patience, cancellationToken));
        if (Check(who, scope, reason) is { Count: > 0 } findings)
            return new ControlResult.Refused(findings);

        var orders = Ledgers.OpenRegistry(data).Orders;
        var words = Describe(who, scope, reason);
        var (pause, isOwnPause) = orders.Give(
            new NewOrder(OrderKind.Pause, scope, who, reason.Trim()), words, time.GetUtcNow());
        var heeding = await HeedAsync(who, patience, cancellationToken, pause);
        if (FindImbalance(scope, kind) is { } imbalance)
            return new ControlResult.Refused([imbalance]);
        if (await CountAsync(scope, heeding, patience, cancellationToken) is not var (left, inFlight))
            return new ControlResult.Refused([new ControlFinding.Unreadable(scope.Run)]);
        if (left + inFlight == 0)
        {
            // Nothing was ended, so nothing stays paused that was not before.
            if (isOwnPause && orders.Lift(pause, who, reason.Trim(), words, time.GetUtcNow()))
                await HeedAsync(who, patience, cancellationToken);
            return new ControlResult.Refused([new ControlFinding.NothingLeft(scope)]);
        }

        if (seen != left)
            return new ControlResult.NotSeen(kind, pause, left, inFlight, heeding);

        try
        {
            var (order, isNew) = orders.Give(new NewOrder(kind, scope, who, reason.Trim()), words, time.GetUtcNow());
            return new ControlResult.Ended(
                order, isNew, left, await HeedAsync(who, patience, cancellationToken, order));
        }
        catch (LedgerException full) when (full.IsOfFullDisk)
        {
            return new ControlResult.Refused([new ControlFinding.OnlyPaused(scope, kind, data)]);
        }
    }

    /// <summary>Lets an account go no faster than at a rate, whatever runs use it, or again as contracted.</summary>
    /// <param name="rate">As the contract's main limit counts; null: as contracted.</param>
    /// <inheritdoc cref="PauseAsync"/>
    public async Task<ControlResult> SlowAsync(
        Who who, string lane, int? rate, string reason, TimeSpan patience, CancellationToken cancellationToken)
    {
        var findings = CheckWho(who, reason);
        var reading = Installation.Read(installation);
        if (reading.Installation is not { } known)
            findings.Add(new ControlFinding.NoContract(installation));
        else if (known.Find(lane) is not { } found)
            findings.Add(new ControlFinding.NoSuchLane(lane, [.. known.Lanes.Select(each => each.Name)]));
        else if (rate < 1 || rate > found.Options.Rate)
            findings.Add(new ControlFinding.NotWithinContract(
                lane, rate.Value, found.Options.Rate, found.Options.RateUnit));
        if (findings.Count > 0)
            return new ControlResult.Refused(findings);

        var (orders, scope, now) = (Ledgers.OpenRegistry(data).Orders, new OrderScope(null, lane), time.GetUtcNow());
        var words = Describe(who, scope, rate is { } to ? $"{to}: {reason}" : reason);
        if (rate is not null && rate < reading.Installation!.Find(lane)!.Options.Rate)
        {
            var (order, isNew) = orders.Give(
                new NewOrder(OrderKind.Rate, scope, who, reason.Trim()) { Rate = rate }, words, now);
            return new ControlResult.Given(order, isNew, await HeedAsync(who, patience, cancellationToken));
        }

        List<StandingOrder> lifted = [.. orders.Read().Where(order => order.Kind == OrderKind.Rate
            && order.Lane == lane
            && orders.Lift(order, who, reason.Trim(), words, now))];
        return new ControlResult.Lifted(lifted, await HeedAsync(who, patience, cancellationToken));
    }

    /// <summary>Why a run waits for a person; null where it does not.</summary>
    public RunHold? FindHold(RunKey run) => Ledgers.FindRegistry(data)?.FindHold(run);

    /// <summary>Lets go on what was paused, and a run that is held, under the approval it has.</summary>
    /// <param name="seen">The orders that were looked at: a pause that was given since stays.</param>
    /// <param name="lanes">The lanes that the program holds, as they were looked at; those of just this scope go
    /// on.</param>
    /// <param name="hold">Of a run as a whole: why it was held when it was looked at; null: it was not. Where it is
    /// held otherwise by now nothing is done.</param>
    /// <inheritdoc cref="PauseAsync"/>
    public Task<ControlResult> ResumeAsync(
        Who who,
        OrderScope scope,
        IReadOnlyList<StandingOrder> seen,
        IReadOnlyList<HeldLane> lanes,
        RunHold? hold,
        string reason,
        TimeSpan patience,
        CancellationToken cancellationToken) =>
        ResumeAsync(who, scope, seen, lanes, hold, TrialRelease.Anew, reason, patience, cancellationToken);

    /// <param name="release">How lanes go on that the program holds.</param>
    /// <inheritdoc cref="PauseAsync"/>
    internal async Task<ControlResult> ResumeAsync(
        Who who,
        OrderScope scope,
        IReadOnlyList<StandingOrder> seen,
        IReadOnlyList<HeldLane> lanes,
        RunHold? hold,
        TrialRelease release,
        string reason,
        TimeSpan patience,
        CancellationToken cancellationToken)
    {
        if (CheckWho(who, reason) is { Count: > 0 } findings)
            return new ControlResult.Refused(findings);
        if (FindImbalance(scope, asked: null) is { } imbalance)
            return new ControlResult.Refused([imbalance]);

        // Before anything is lifted: a pause stands until it can go on.
        var (registry, now, words) = (Ledgers.OpenRegistry(data), time.GetUtcNow(), Describe(who, scope, reason));
        if (scope is { Run: { } key, Lane: null }
            && HeldRun.LetGo(registry, installation, key, hold, who, words, now) is { } against)
            return new ControlResult.Refused([against]);

        var orders = registry.Orders;
        List<StandingOrder> lifted =
            [.. seen.Where(order => IsPauseOf(order, scope) && orders.Lift(order, who, reason.Trim(), words, now))];
        var released = scope.Lane is null ? hold : null;
        var goOn = new List<HeldLane>();
        var how = Describe(who, scope, reason, release);
        foreach (var lane in lanes.Where(lane => lane.Scope == scope))
        {
            // Said before it is done: cut off in between, more is on record than was done, never less.
            registry.Record(new Decision(lane.Run, now, now, DecisionKind.Reopened, how) { ByOs = who.ByOs });
            if (lane.Release(data, time, release))
                goOn.Add(lane);
            else
                registry.Record(
                    new Decision(lane.Run, now, now, DecisionKind.NotReopened, NotDone(how)) { ByOs = who.ByOs });
        }

        return lifted.Count == 0 && released is null && goOn.Count == 0
            ? new ControlResult.Refused([new ControlFinding.NotPaused(
                scope,
                [.. orders.Read().Where(order => order.Kind == OrderKind.Pause)],
                HeldLanes.Read(data).Of(scope.Run))])
            : new ControlResult.Lifted(
                lifted,
                await HeedAsync(who, patience, cancellationToken, arguments: HeedArguments.Of(scope, release)))
            {
                Hold = released,
                Lanes = goOn,
            };
    }

    /// <summary>Somebody else was faster: what was recorded before it was done did not come to pass.</summary>
    static Wording NotDone(Wording how) => new(
        $"KHÔNG thực hiện, vì kênh không còn đứng chờ như đã thấy (vừa có quyết định khác): {how}",
        $"NOT done, as the lane was not held any more as it was seen (somebody else has just decided): {how}");

    /// <summary>Whether an order is a pause of just that.</summary>
    public static bool IsPauseOf(StandingOrder order, OrderScope scope) =>
        order.Kind == OrderKind.Pause && order.Run == scope.Run?.ToString() && order.Lane == scope.Lane;

    /// <summary>Does what is asked for, in the process that sends. Done twice it leaves things as they are: what
    /// stands is on disk.</summary>
    internal static CommandAnswer HeedOrders(AskedCommand command, Station station)
    {
        var orders = station.Accounts.Orders;
        orders.Look();
        if (orders.Trouble is { } trouble)
        {
            var why = StorageFaults.Describe(trouble, station.Data) ?? FaultWords.Of(trouble);
            return new CommandAnswer(CommandOutcome.Failed, new Wording(
                $"Dịch vụ gửi không đọc được các lệnh đã ghi nên không gửi gì cho tới khi đọc được. {why}",
                $"What was ordered cannot be read, and nothing is sent until it can. {why}"));
        }

        var at = VietnamTime.Moment(station.Clock.Time.GetUtcNow());
        return new CommandAnswer(CommandOutcome.Done, new Wording(
            $"Dịch vụ gửi đã thực hiện lúc {at}.", $"The process that sends has taken it up at {at}."));
    }

    /// <summary>What was ordered or lifted is on disk by now: whoever sends heeds it, whether it can be asked or
    /// not.</summary>
    /// <param name="order">What was given; null: what was lifted.</param>
    /// <param name="arguments">What is to be on record with it: the order itself stands elsewhere.</param>
    async Task<Heeding> HeedAsync(
        Who who,
        TimeSpan patience,
        CancellationToken cancellationToken,
        StandingOrder? order = null,
        string arguments = "{}")
    {
        try
        {
            var heeding = await AskToHeedAsync(who, patience, arguments, cancellationToken);
            if (heeding is not Heeding.NobodySends
                || order is not { IsOnlyMarked: true }
                || !DiskFloor.IsFull(data.Root))
                return heeding;
        }
        catch (LedgerException full) when (full.IsOfFullDisk && order is not null)
        {
        }
        catch (Exception broken) when (broken is LedgerException || StorageFaults.Describe(broken, data) is not null)
        {
            return new Heeding.NotKnown(StorageFaults.Describe(broken, data) ?? FaultWords.Of(broken));
        }

        // Who sends gives no signs of life either, but that it holds the folder.
        return new Heeding.OnlyMarked(data, WorkerSight.Read(data, time.GetUtcNow()).IsThere);
    }

    async Task<Heeding> AskToHeedAsync(
        Who who, TimeSpan patience, string arguments, CancellationToken cancellationToken)
    {
        var asked = new CommandOrder(Heed, null, arguments, "{}", who);
        return await new CommandDesk(data, time).AskAsync(asked, patience, cancellationToken) switch
        {
            CommandResult.Answered({ Outcome: CommandOutcome.Done, Words: var words }) => new Heeding.Done(words),
            CommandResult.Answered({ Words: var words }) => new Heeding.NotKnown(words),
            CommandResult.Unanswered late => new Heeding.NotKnown(late.ToWords()),
            _ => new Heeding.NobodySends(),
        };
    }

    List<RunKey> FindUnderWay() => [.. (Ledgers.FindRegistry(data)?.ReadRuns() ?? [])
        .Where(run => !run.Simulated && StandingTrials.Concern(run.State))
        .Select(run => run.FindKey())
        .OfType<RunKey>()];

    StandingOrder? FindForGood(OrderScope scope) => Read().FirstOrDefault(order => order.IsForGood
        && order.Run == scope.Run!.ToString()
        && (order.Lane is null || order.Lane == scope.Lane));

    ControlFinding.DoesNotBalance? FindImbalance(OrderScope scope, OrderKind? asked) =>
        scope.Run is { Simulated: false } key
        && Ledgers.OpenRegistry(data).Find(key) is { } run
        && RunImbalance.TryFind(data, run) is { } why
            ? new ControlFinding.DoesNotBalance(scope, asked, why)
            : null;

    /// <summary>What is left, once what is in flight has come down or was waited for long enough. Where nobody sends
    /// nothing comes down.</summary>
    /// <returns>Null where it cannot be read.</returns>
    async Task<(long Left, long InFlight)?> CountAsync(
        OrderScope scope, Heeding heeding, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (Count(scope) is not var (left, inFlight))
                return null;
            if (inFlight == 0
                || heeding is not Heeding.Done
                || cancellationToken.IsCancellationRequested
                || time.GetElapsedTime(began) >= patience)
                return (left, inFlight);

            await Task.Delay(CountEvery, time, cancellationToken).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    (long Left, long InFlight)? Count(OrderScope scope)
    {
        if (Ledgers.OpenRegistry(data).Find(scope.Run!) is not { } run)
            return null;

        try
        {
            var lanes = RunStatus.Read(run.AddressIn(data)).Lanes
                .Where(lane => scope.Lane is null || lane.Name == scope.Lane)
                .ToList();
            return (
                lanes.Sum(lane => lane.Count(MessageStatus.Planned)),
                lanes.Sum(lane => lane.Count(MessageStatus.Submitting)));
        }
        catch (LedgerException)
        {
            return null;
        }
    }

    /// <param name="release">How a lane goes on that the program held.</param>
    static Wording Describe(Who who, OrderScope scope, string reason, TrialRelease release = TrialRelease.Anew)
    {
        var (of, why) = (OrderWords.Scope(scope), NumberMask.In(reason.Trim()));
        var how = release == TrialRelease.Anew
            ? new Wording("", "")
            : new Wording($" {LaneTrialWords.Released(release)}", $" {LaneTrialWords.Released(release)}");
        return new Wording($"{who.Person}: {of}{how}. Lý do: {why}", $"{who.Person}: {of}{how}. Reason: {why}");
    }

    List<ControlFinding> Check(Who who, OrderScope scope, string reason)
    {
        var findings = CheckWho(who, reason);
        if (scope is { Run: null, Lane: null })
            findings.Add(new ControlFinding.NothingNamed());
        if (scope.Run is { Simulated: true })
            findings.Add(new ControlFinding.IsSimulated());
        else if (scope.Run is { } run)
            FindRun(run, scope.Lane, findings);
        else if (scope.Lane is { } lane
            && Installation.Read(installation).Installation is { } known // unreadable, it is in nobody's way to stop
            && known.Find(lane) is null)
            findings.Add(new ControlFinding.NoSuchLane(lane, [.. known.Lanes.Select(each => each.Name)]));
        return findings;
    }

    internal void FindRun(RunKey key, string? lane, List<ControlFinding> findings)
    {
        var run = Ledgers.OpenRegistry(data).Find(key);
        if (run is null || !StandingTrials.Concern(run.State))
        {
            findings.Add(new ControlFinding.IsNotUnderWay(key, run?.State ?? RunState.Planned));
            return;
        }

        if (lane is null)
            return;

        try
        {
            var lanes = RunStatus.Read(run.AddressIn(data)).Lanes.Select(each => each.Name).ToList();
            if (!lanes.Contains(lane))
                findings.Add(new ControlFinding.NoSuchLane(lane, lanes));
        }
        catch (LedgerException) // what cannot be read keeps nobody from stopping it
        {
        }
    }

    internal static List<ControlFinding> CheckWho(Who who, string reason)
    {
        var findings = new List<ControlFinding>();
        if (!who.IsNamed)
            findings.Add(new ControlFinding.NoName());
        if (string.IsNullOrWhiteSpace(reason))
            findings.Add(new ControlFinding.NoReason());
        return findings;
    }
}
