using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports.Proof;

/// <summary>
/// When a lane of a run had work, by its history in the ledger: from when a process opened it until it closed it (or,
/// where it was killed, until the last hand-over known), but not
/// <list type="bullet">
/// <item>from when the last of its messages was handed over for the first time: nothing new is planned then, and what
/// is put off waits for its own time;</item>
/// <item>while it was held: a day's quota, a breaker, a gateway that took nothing, the window after a restart;</item>
/// <item>while it was stopped, paused or held, until a person let it go on;</item>
/// <item>while its first batch was sent and waited for;</item>
/// <item>from a throttle answer, or from when a person slowed it down, until the contracted rate is in force
/// again.</item>
/// </list>
/// </summary>
sealed class LaneWork
{
    readonly List<LaneChange> _history;
    readonly long[] _opened;
    readonly long[] _lastHandOver;
    readonly Dictionary<long, long> _furthest = [];
    long _lastTaken;

    readonly int _contract;

    /// <param name="contract">The rate in force where nothing slows the lane down.</param>
    public LaneWork(IEnumerable<LaneChange> history, int contract)
    {
        _contract = contract;
        _history = [.. history];
        _opened = [.. _history.Where(change => change.Kind == LaneChangeKind.Opened).Select(change => change.At)];
        _lastHandOver = [.. _opened];
    }

    /// <summary>In the order they were begun.</summary>
    public void Note(in AttemptRow attempt)
    {
        var carrier = MessageSeq.CarrierOf(attempt.Last);
        if (attempt.Last <= _furthest.GetValueOrDefault(carrier))
            return;

        _furthest[carrier] = attempt.Last;
        _lastTaken = Math.Max(_lastTaken, attempt.Handed ?? attempt.Intent);
    }

    public void NoteHandOver(long at)
    {
        // Ordered by the ledger's row, so that a clock set back between two processes only shortens what is counted.
        for (var session = _opened.Length - 1; session >= 0; session--)
        {
            if (_opened[session] <= at)
            {
                _lastHandOver[session] = Math.Max(_lastHandOver[session], at);
                return;
            }
        }
    }

    /// <param name="anyLeft">Whether messages of the lane are still planned.</param>
    public List<Interval> Intervals(bool anyLeft)
    {
        var work = new List<Interval>();
        var session = -1;
        long? from = null;
        long? slowFrom = null;
        long? stoppedFrom = null;
        long? pausedFrom = null;
        long? triedFrom = null;
        long? onTrialFrom = null;
        var held = new List<Interval>();

        foreach (var change in _history)
        {
            switch (change.Kind)
            {
                case LaneChangeKind.Opened:
                    Close(_lastHandOver[Math.Max(session, 0)]);
                    session++;
                    from = change.At;
                    slowFrom = change.Rate < _contract ? change.At : null;
                    break;
                case LaneChangeKind.Closed:
                    Close(change.At);
                    break;
                case LaneChangeKind.Stopped or LaneChangeKind.Faulted:
                    stoppedFrom ??= change.At;
                    break;
                case LaneChangeKind.Resumed when stoppedFrom is { } stopped:
                    held.Add(new Interval(stopped, change.At));
                    stoppedFrom = null;
                    break;
                case LaneChangeKind.Paused:
                    pausedFrom ??= change.At;
                    break;
                case LaneChangeKind.Unpaused when pausedFrom is { } paused:
                    held.Add(new Interval(paused, change.At));
                    pausedFrom = null;
                    break;
                case LaneChangeKind.TrialBegun or LaneChangeKind.TrialHeld:
                    onTrialFrom ??= change.At;
                    break;
                case LaneChangeKind.TrialPassed or LaneChangeKind.TrialReleased when onTrialFrom is { } onTrial:
                    held.Add(new Interval(onTrial, change.At));
                    onTrialFrom = null;
                    break;
                case LaneChangeKind.Breaker when change.Until is { } until:
                    triedFrom ??= change.At;
                    held.Add(new Interval(change.At, until)); // where the process ends before anything is tried
                    break;
                case LaneChangeKind.Answered when triedFrom is { } tried:
                    held.Add(new Interval(tried, change.At));
                    triedFrom = null;
                    break;
                case LaneChangeKind.Throttled or LaneChangeKind.Slowed:
                    slowFrom ??= change.At;
                    break;
                case LaneChangeKind.AtContract when slowFrom is { } slow:
                    held.Add(new Interval(slow, change.At));
                    slowFrom = null;
                    break;
                case not LaneChangeKind.Regained when change.Until is { } until:
                    held.Add(new Interval(change.At, until));
                    break;
            }
        }

        if (session >= 0)
            Close(_lastHandOver[session]);
        return work;

        void Close(long at)
        {
            if (from is { } began)
            {
                var to = anyLeft ? at : Math.Min(at, _lastTaken);
                if (slowFrom is { } slow)
                    held.Add(new Interval(slow, at));
                if (stoppedFrom is { } stopped)
                    held.Add(new Interval(stopped, at));
                if (pausedFrom is { } paused)
                    held.Add(new Interval(paused, at));
                if (onTrialFrom is { } onTrial)
                    held.Add(new Interval(onTrial, at));
                work.AddRange(Interval.Without(new Interval(began, to), held));
            }

            (from, slowFrom, stoppedFrom, pausedFrom, onTrialFrom) = (null, null, null, null, null);
            held.Clear();
        }
    }
}

/// <summary>A stretch of time, microseconds.</summary>
/// <param name="To">No longer in it.</param>
readonly record struct Interval(long From, long To)
{
    public long Length => Math.Max(0, To - From);

    /// <summary>What is left of a stretch without some others.</summary>
    public static IEnumerable<Interval> Without(Interval whole, IEnumerable<Interval> others)
    {
        var from = whole.From;
        foreach (var other in others.OrderBy(each => each.From))
        {
            if (new Interval(from, Math.Min(other.From, whole.To)) is { Length: > 0 } before)
                yield return before;
            from = Math.Max(from, other.To);
        }

        if (new Interval(from, whole.To) is { Length: > 0 } rest)
            yield return rest;
    }

    /// <summary>What any of them holds, in order, without overlap.</summary>
    public static List<Interval> Union(IEnumerable<Interval> intervals)
    {
        var union = new List<Interval>();
        foreach (var next in intervals.OrderBy(each => each.From))
        {
            if (union.Count > 0 && next.From <= union[^1].To)
                union[^1] = union[^1] with { To = Math.Max(union[^1].To, next.To) };
            else
                union.Add(next);
        }

        return union;
    }
}
