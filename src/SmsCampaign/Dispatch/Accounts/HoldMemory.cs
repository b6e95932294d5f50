using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// Tells accounts, from the ledgers of the runs that used them, what held them when the process before ended:
/// the time a gateway asked for and the reduced rate after it, a gateway that was closed or could not be
/// reached, a breaker that was open.
/// </summary>
static class HoldMemory
{
    /// <summary>Changes of a lane looked back upon in each ledger.</summary>
    const int Latest = 200;

    /// <param name="accounts">By lane name.</param>
    /// <param name="read">Reads a ledger, and notes one that cannot be read.</param>
    public static void Recall(
        IReadOnlyDictionary<string, LaneAccount> accounts,
        IEnumerable<RunAddress> ledgers,
        ProcessClock clock,
        Action<RunAddress, Action<RunAddress>> read)
    {
        var histories = new List<KeyValuePair<string, IReadOnlyList<LaneChange>>>();
        foreach (var ledger in ledgers)
            read(ledger, each => histories.AddRange(Ledgers.RunAt(each).ReadLatestChanges(Latest)));

        var changes = histories.ToLookup(lane => lane.Key, lane => lane.Value);
        foreach (var (name, account) in accounts)
            Recall(account, [.. changes[name].SelectMany(each => each)], clock.Now());
    }

    static void Recall(LaneAccount account, List<LaneChange> changes, long now)
    {
        if (Last(LaneChangeKind.Throttled) is { Until: { } until } throttled)
            account.Pace.RecallThrottle(throttled, Bounded(throttled, until, now));

        if (Last(LaneChangeKind.NotTaken) is { Until: { } reopens } closed
            && Bounded(closed, reopens, now) is var opens
            && opens > now)
        {
            account.Holds.Recall(LengthOf(closed, reopens));
            account.Pace.HoldUntil(opens, LaneChangeKind.NotTaken, closed.Reason, closed.Cause);
        }

        if (Last(LaneChangeKind.Breaker) is { Until: { } tries } broken
            && !(Last(LaneChangeKind.Answered)?.At >= broken.At))
            account.Breaker.Recall(Bounded(broken, tries, now), LengthOf(broken, tries), broken.Reason, broken.Cause);

        if (changes
            .Where(change =>
                change.Kind is LaneChangeKind.NotTaken or LaneChangeKind.Breaker or LaneChangeKind.Answered)
            .MaxBy(change => change.At) is { Kind: not LaneChangeKind.Answered })
            account.Pace.RecallAway();

        LaneChange? Last(LaneChangeKind kind) =>
            changes.Where(change => change.Kind == kind).MaxBy(change => change.At);
    }

    /// <summary>Where the clock was set back since, no hold begins anew: it lasts no longer than it was to
    /// last as a whole.</summary>
    static long Bounded(LaneChange hold, long until, long now) => Math.Min(until, now + Math.Max(0, until - hold.At));

    static TimeSpan LengthOf(LaneChange hold, long until) => TimeSpan.FromMicroseconds(Math.Max(0, until - hold.At));
}
