using SmsCampaign.Conduct;
using SmsCampaign.Conduct.Words;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Office;

/// <summary>
/// Shows the messages of which nobody knows whether they were sent, and settles them as a person decides, beside
/// whatever process sends the run.
/// </summary>
public sealed class ResolutionDesk(DataFolder data, TimeProvider time)
{
    /// <summary>Kind of the event of what was settled. Stored: never rename.</summary>
    const string Event = "resolve";

    /// <summary>SQLite looks at least every 0.1 s whether a file that is waited for is free.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="most">Messages listed; more are only counted.</param>
    /// <exception cref="Storage.LedgerException">The run's ledger is not there, or broken.</exception>
    public async Task<UncertainList> LookAsync(RunRecord run, int most)
    {
        try
        {
            using var held = SendingLock.TryTake(data, TimeProvider.System, run.Simulated);
            await RecoverAsync(run, ClockOf(run), held);
            using var resolutions = KeptOf(run).Resolve();
            return List(resolutions, most);
        }
        catch (Exception unwritable) when (
            unwritable is UnauthorizedAccessException || StorageFaults.IsOfFullDisk(unwritable, data))
        {
            using var seen = KeptOf(run).ListUncertain(); // to look at it is enough to read it
            return List(seen, most);
        }
    }

    /// <summary>As <see cref="LookAsync"/>, and changes nothing: what a crash left in flight is not among
    /// them.</summary>
    /// <exception cref="Storage.LedgerException">The run's ledger is not there, or broken.</exception>
    public UncertainList Read(RunRecord run, int most)
    {
        using var seen = KeptOf(run).ListUncertain();
        return List(seen, most);
    }

    /// <summary>Whether messages are as they were looked at one by one.</summary>
    /// <returns>Null where all of them are.</returns>
    /// <exception cref="Storage.LedgerException">The run's ledger is not there, or broken.</exception>
    public ResolutionFinding? FindOther(RunRecord run, IReadOnlyList<UncertainTick> ticks)
    {
        using var seen = KeptOf(run).ListUncertain();
        return FindOther(seen, ticks);
    }

    /// <summary>The last decision about uncertain messages of a run that was carried through; null: none was.</summary>
    public RecordedEvent? FindLast(RunRecord run) =>
        Ledgers.FindRegistry(data)?.FindEvent([Event], $"{run.Key}: ");

    /// <summary>What speaks against a decision whatever the run.</summary>
    public static IReadOnlyList<ResolutionFinding> Check(Who who, ResolutionOrder order)
    {
        var findings = new List<ResolutionFinding>();
        if (order.All == order.References.Count > 0)
            findings.Add(new ResolutionFinding.NotOneChoice());
        if (order.As is null)
            findings.Add(new ResolutionFinding.NoStatus());
        if (!who.IsNamed)
            findings.Add(new ResolutionFinding.NoName());
        if (string.IsNullOrWhiteSpace(order.Reason))
            findings.Add(new ResolutionFinding.NoReason());
        if (order is { As: MessageStatus.Planned, IsSureOfNotSent: false })
            findings.Add(new ResolutionFinding.NotSure());
        if (order is { Seen: not null, All: false })
            findings.Add(new ResolutionFinding.CountOfSome());
        return findings;
    }

    /// <param name="cancellationToken">Stops it between two pieces; what is settled by then stays so.</param>
    /// <exception cref="Storage.LedgerException">The run's ledger is not there, or broken.</exception>
    public async Task<ResolutionResult> SettleAsync(
        Who who, RunRecord run, ResolutionOrder order, CancellationToken cancellationToken)
    {
        if (Check(who, order) is { Count: > 0 } findings)
            return new ResolutionResult.Refused(findings);
        if (run.IsErased)
            throw PurgeWords.Refuse(run);

        using var held = SendingLock.TryTake(data, TimeProvider.System, run.Simulated);
        var clock = ClockOf(run);
        await RecoverAsync(run, clock, held);
        using var resolutions = KeptOf(run).Resolve();

        List<ResolutionFinding> unknown = [];
        var messages = order.All
            ? FindAll(order, resolutions, unknown)
            : Find(order.References, resolutions, unknown);
        if (unknown.Count == 0 && FindOther(resolutions, order.Ticks) is { } other)
            unknown.Add(other);
        if (unknown.Count > 0)
            return new ResolutionResult.Refused(unknown);

        return await SettleAsync(who, run, order, messages, resolutions, clock, async () =>
        {
            // Whoever sends waits for the file in between; where nobody does there is nobody to wait for.
            if (held is null)
                await Task.Delay(Pause, time, cancellationToken).Quietly();
            return !cancellationToken.IsCancellationRequested;
        });
    }

    async Task<ResolutionResult> SettleAsync(
        Who who,
        RunRecord run,
        ResolutionOrder order,
        IReadOnlyList<long> messages,
        IResolutions resolutions,
        ProcessClock clock,
        Func<Task<bool>> pause)
    {
        var registry = Ledgers.OpenRegistry(data);
        var (to, reason, now) = (order.As!.Value, NumberMask.In(order.Reason!.Trim()), time.GetUtcNow());
        var isHeld = false;
        var settled = await resolutions.SettleAllAsync(messages, to, who, reason, clock, pause, piece =>
        {
            // Before the first of them is on disk: killed later, the run that was over does not
            // stay so with messages to send.
            if (to == MessageStatus.Planned)
                isHeld |= HoldIfOver(who, run, registry, now);
            registry.Witness(run.ToKey(), piece, now);
        });

        // The worker may have ended it between the look and the piece; from now on the worker sees the messages itself.
        if (to == MessageStatus.Planned && settled > 0)
            isHeld |= HoldIfOver(who, run, registry, now);
        registry.RecordEvent(
            who,
            Event,
            $"{run.Key}: {Figures.Counted(settled, "message").In(Language.English)} as {to}. {reason}",
            now);
        return new ResolutionResult.Settled(
            settled, messages.Count, settled < messages.Count && !await pause(), isHeld);
    }

    /// <summary>What is settled is, by its number, what is compared here: one that has become uncertain since is not
    /// among them.</summary>
    static IReadOnlyList<long> FindAll(
        ResolutionOrder order, IResolutions resolutions, List<ResolutionFinding> findings)
    {
        var there = UncertainReading.Of(resolutions.Read(), most: 0);
        var messages = order.Mark is { } mark ? there.Find(mark) : there.All;
        if (messages is null)
            findings.Add(new ResolutionFinding.OtherMessages(
                order.Mark!.Count, there.List.Find(order.Mark)?.Count ?? 0));
        else if (order.Seen is { } seen && seen != messages.Count)
            findings.Add(new ResolutionFinding.OtherCount(seen, messages.Count));
        return messages ?? [];
    }

    static List<long> Find(IReadOnlyList<string> references, IResolutions resolutions, List<ResolutionFinding> unknown)
    {
        var found = new List<long>();
        foreach (var reference in references)
        {
            if (resolutions.Find(reference) is { } seq)
                found.Add(seq);
            else
                unknown.Add(new ResolutionFinding.UnknownMessage(reference));
        }

        return found;
    }

    static ResolutionFinding.OtherTicked? FindOther(IResolutions resolutions, IReadOnlyList<UncertainTick> ticks)
    {
        if (ticks.Count == 0)
            return null;

        var references = ticks.Select(tick => tick.Reference).ToHashSet();
        var there = resolutions.Read()
            .Where(message => references.Contains(message.Reference))
            .Select(UncertainTick.Of)
            .ToHashSet();
        var same = ticks.Count(there.Contains);
        return same == ticks.Count ? null : new ResolutionFinding.OtherTicked(ticks.Count, same);
    }

    /// <summary>Sending again is a new decision where the run was over: it waits for an approval.</summary>
    static bool HoldIfOver(Who who, RunRecord run, IRegistry registry, DateTimeOffset now)
    {
        if (run.Simulated || registry.Find(run.ToKey())?.State.IsOver() != true)
            return false;

        var why = HoldWords.WithWayOn(
            RunConductor.PutBack, run.CampaignFile, date: HoldWords.DateOf(run));
        registry.Record(
            new Decision(run.ToKey(), now, now, DecisionKind.Held, why) { ByOs = who.ByOs }, RunState.Held);
        return true;
    }

    static UncertainList List(IResolutions resolutions, int most) =>
        UncertainReading.Of(resolutions.Read(), most).List;

    /// <summary>Where nobody is sending, what a crash left in flight becomes uncertain now and can be
    /// settled at once.</summary>
    async Task RecoverAsync(RunRecord run, ProcessClock clock, SendingLock? held)
    {
        if (held is null)
            return;

        await using var recovered = KeptOf(run).Open(clock, run.ToKey(), data);
    }

    IKeptRun KeptOf(RunRecord run) => Ledgers.RunAt(run.AddressIn(data));

    ProcessClock ClockOf(RunRecord run) => new(run.Simulated ? ShiftedTime.After(run.AddressIn(data)) : time);
}
