using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
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
        return new ControlResult.Given(order, isNew, await HeedAsync(who, patience, cancellationToken));
    }

    /// <summary>Lets go on what was paused.</summary>
    /// <param name="seen">The orders that were looked at: a pause that was given since stays.</param>
    /// <inheritdoc cref="PauseAsync"/>
    public async Task<ControlResult> ResumeAsync(
        Who who,
        OrderScope scope,
        IReadOnlyList<StandingOrder> seen,
        string reason,
        TimeSpan patience,
        CancellationToken cancellationToken)
    {
        if (CheckWho(who, reason) is { Count: > 0 } findings)
            return new ControlResult.Refused(findings);

        var (orders, now) = (Ledgers.OpenRegistry(data).Orders, time.GetUtcNow());
        var words = Describe(who, scope, reason);
        List<StandingOrder> lifted =
            [.. seen.Where(order => IsPauseOf(order, scope) && orders.Lift(order, who, reason.Trim(), words, now))];
        return lifted.Count == 0
            ? new ControlResult.Refused([new ControlFinding.NotPaused(
                scope, [.. orders.Read().Where(order => order.Kind == OrderKind.Pause)])])
            : new ControlResult.Lifted(lifted, await HeedAsync(who, patience, cancellationToken));
    }

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

    async Task<Heeding> HeedAsync(Who who, TimeSpan patience, CancellationToken cancellationToken)
    {
        var asked = new CommandOrder(Heed, null, "{}", "{}", who);
        return await new CommandDesk(data, time).AskAsync(asked, patience, cancellationToken) switch
        {
            CommandResult.Answered({ Outcome: CommandOutcome.Done, Words: var words }) => new Heeding.Done(words),
            CommandResult.Answered({ Words: var words }) => new Heeding.NotKnown(words),
            CommandResult.Unanswered late => new Heeding.NotKnown(late.ToWords()),
            _ => new Heeding.NobodySends(),
        };
    }

    static Wording Describe(Who who, OrderScope scope, string reason)
    {
        var (of, why) = (OrderWords.Scope(scope), Messages.NumberMask.In(reason.Trim()));
        return new Wording($"{who.Person}: {of}. Lý do: {why}", $"{who.Person}: {of}. Reason: {why}");
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

    void FindRun(RunKey key, string? lane, List<ControlFinding> findings)
    {
        var run = Ledgers.OpenRegistry(data).Find(key);
        if (run?.State is not (RunState.Approved or RunState.Sending or RunState.Held))
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

    static List<ControlFinding> CheckWho(Who who, string reason)
    {
        var findings = new List<ControlFinding>();
        if (!who.IsNamed)
            findings.Add(new ControlFinding.NoName());
        if (string.IsNullOrWhiteSpace(reason))
            findings.Add(new ControlFinding.NoReason());
        return findings;
    }
}
