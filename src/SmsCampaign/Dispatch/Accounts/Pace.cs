using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// Keeps the limits of an account, all of them at once: in every sliding second and minute and on every day at most what
/// the contract allows leaves, evenly spaced. One serves everything that sends on the account.
/// </summary>
public sealed class Pace
{
    /// <summary>Microseconds after which nothing of a hand-over counts towards a second any more: what a lane waits out
    /// after a restart.</summary>
    public const long Window = 1_000_000 + SlidingLimit.Guard;

    /// <summary>Microseconds of the longest sliding period there is: a minute.</summary>
    internal const long LongestPeriod = 60_000_000;

    /// <summary>A hold for the same reason that lasts no more than this longer is no news: one row a hold, not one for each
    /// of the calls that were in flight as it began.</summary>
    const long SameHold = 1_000_000;

    /// <summary>How often a turn asks again while another's call is on trial, microseconds.</summary>
    const long TrialGlance = 200_000;

    readonly Lock _lock = new();
    readonly SlidingLimit[] _limits;
    readonly DayQuota[] _quotas;
    readonly PaceThrottle _throttle;
    readonly TimeZoneInfo _zone;
    readonly FairLine _line = new();
    readonly Queue<LaneChange> _untold = new();
    LaneChange? _hold;
    LaneChange? _quotaHold;
    LaneChange? _stop;
    long _resumedAt = long.MinValue;
    volatile Trial _trial;

    /// <param name="limits">The contract's, the main one first: over a second or a minute.</param>
    /// <param name="zone">Whose calendar days count.</param>
    public Pace(IEnumerable<LaneLimit> limits, TimeZoneInfo zone, ProcessClock clock)
    {
        var all = limits.ToList();
        _limits = [.. all.Where(limit => limit.Period != LimitPeriod.Day).Select(limit => new SlidingLimit(limit))];
        _quotas = [.. all.Where(limit => limit.Period == LimitPeriod.Day).Select(limit => new DayQuota(limit, zone))];
        _throttle = new PaceThrottle(_limits[0].Most);
        (_zone, Clock) = (zone, clock);
    }

    /// <summary>With one limit, a second.</summary>
    public Pace(int rate, ProcessClock clock, RateUnit unit = RateUnit.Parts)
        : this([new LaneLimit { Most = rate, Of = unit, Per = LimitPeriod.Second }], TimeZoneInfo.Utc, clock) =>
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, 1);

    public static Pace Of(LaneOptions lane, ProcessClock clock) =>
        new(lane.AllLimits, TimeZoneInfo.FindSystemTimeZoneById(lane.TimeZone), clock);

    /// <summary>Of the main limit, what is let through now: as contracted, or less for a while after a throttle answer.</summary>
    public int RateInForce
    {
        get
        {
            lock (_lock)
                return RateAt(Clock.Now());
        }
    }

    /// <summary>Calls of one cost that the sliding limits let through in a second, at the rate in force.</summary>
    internal double CallsASecond(CallCost cost)
    {
        lock (_lock)
        {
            var share = _throttle.ShareAt(Clock.Now());
            return _limits.Min(limit => limit.InForce(share) / (limit.Period * 1e-6) / cost.In(limit.Of));
        }
    }

    internal ProcessClock Clock { get; }

    /// <summary>Takes a place in the line for the account.</summary>
    /// <param name="priority">1 (highest) to 10: see <see cref="CampaignPriority"/>.</param>
    /// <param name="onChange">Told of every change worth keeping, on the thread that noticed it. It must not wait.</param>
    public PaceTurn Join(int priority = CampaignPriority.Standard, Action<LaneChange>? onChange = null)
    {
        var turn = new PaceTurn(this, CampaignPriority.SharesOf(priority), onChange);
        List<LaneChange> changes;
        lock (_lock)
        {
            _line.Join(turn);
            var opened = ChangeNow(LaneChangeKind.Opened);

            // What holds the account already holds this one as well.
            changes = [opened, .. new[] { _hold, _quotaHold, _stop }.OfType<LaneChange>().Where(hold => !(hold.Until <= opened.At)).Select(hold => hold with { At = opened.At })];
        }

        changes.ForEach(turn.Tell);
        return turn;
    }

    /// <summary>The longest list that could ever leave at the rate in force, and on what is left of the day, 1 to
    /// <paramref name="most"/>.</summary>
    /// <param name="partsEach">Parts of one message.</param>
    public int MostMessages(int partsEach, int most)
    {
        lock (_lock)
        {
            if (IsOnTrial)
                return 1;

            var now = Clock.Now();
            var wall = WallNow();
            var share = _throttle.ShareAt(now);
            long fits = most;
            foreach (var limit in _limits)
                fits = Math.Min(fits, Messages(limit.InForce(share), limit.Of));

            foreach (var quota in _quotas)
            {
                var left = Messages(quota.Left(now, wall), quota.Of);
                fits = Math.Min(fits, left >= 1 ? left : Messages(quota.Most, quota.Of));
            }

            return (int)Math.Max(1, fits);
        }

        long Messages(long cost, RateUnit of) => of switch
        {
            RateUnit.Parts => cost / partsEach,
            RateUnit.Messages => cost,
            _ => cost >= 1 ? most : 0,
        };
    }

    /// <summary>
    /// Stands still after the gateway said "too fast", for as long as it asked or doubling from one second to a minute;
    /// afterwards at half the rate, climbing back to the contract within ten seconds.
    /// </summary>
    /// <param name="handedAt">When the throttled call was handed over: answers to calls from before the last hold say
    /// nothing new.</param>
    /// <param name="reason">The gateway's words.</param>
    /// <returns>Until when, microseconds; null where the answer changed nothing.</returns>
    public long? Throttle(long handedAt, TimeSpan? retryAfter, string reason = "", HoldCause cause = HoldCause.AsSaid)
    {
        long until;
        lock (_lock)
        {
            var now = Clock.Now();
            if (!_throttle.Throttle(handedAt, retryAfter, now))
                return null;

            until = _throttle.HeldUntil;
            _untold.Enqueue(_hold = new LaneChange(LaneChangeKind.Throttled, now, until, RateAt(until), reason, cause));
        }

        TellAll();
        return until;
    }

    /// <summary>Goes on with the hold and the reduced rate that a process before ended with, as far as they are not over.</summary>
    /// <param name="until">When the hold ends or ended, microseconds.</param>
    internal void RecallThrottle(LaneChange throttled, long until)
    {
        lock (_lock)
        {
            var now = Clock.Now();
            _throttle.Recall(until, TimeSpan.FromMicroseconds(Math.Max(0, throttled.Until!.Value - throttled.At)), (double)throttled.Rate / _limits[0].Most, now);
            if (until > now)
                _hold = throttled with { Until = until };
        }
    }

    /// <summary>Lets nothing through before a moment, microseconds. Leaves the rate as it is.</summary>
    /// <param name="why">Told of with <paramref name="reason"/>; null: nobody needs to know.</param>
    public void HoldUntil(long moment, LaneChangeKind? why = null, string reason = "", HoldCause cause = HoldCause.AsSaid)
    {
        lock (_lock)
        {
            var now = Clock.Now();
            _throttle.HoldUntil(moment, now);

            if (why is { } kind && moment > now && !(_hold is { } last && last.Kind == kind && last.Reason == reason && moment <= last.Until + SameHold))
                _untold.Enqueue(_hold = new LaneChange(kind, now, moment, RateAt(moment), reason, cause));
        }

        TellAll();
    }

    /// <summary>Whether only single messages are let through, one at a time, as the gateway has stopped answering.</summary>
    internal bool IsOnTrial => _trial != Trial.None;

    /// <summary>Lets nothing through before a moment, then one call with one message, then nothing until
    /// <see cref="EndTrial"/>, or until this is asked for again.</summary>
    /// <param name="moment">Microseconds.</param>
    /// <param name="told">False where a process before has told of it.</param>
    internal void HoldForTrial(long moment, string reason, HoldCause cause, bool told = true)
    {
        lock (_lock)
        {
            var now = Clock.Now();
            _throttle.HoldUntil(moment, now);
            _trial = Trial.Due;
            _hold = new LaneChange(LaneChangeKind.Breaker, now, moment, RateAt(moment), reason, cause);
            if (told)
                _untold.Enqueue(_hold);
        }

        TellAll();
    }

    /// <summary>The gateway has answered: whatever the limits allow may go again.</summary>
    internal void EndTrial()
    {
        lock (_lock)
        {
            if (!IsOnTrial)
                return;

            _trial = Trial.None;
            _untold.Enqueue(ChangeNow(LaneChangeKind.Answered));
        }

        TellAll();
    }

    /// <summary>Whether nothing is let through until <see cref="Resume"/>.</summary>
    public bool IsStopped => Volatile.Read(ref _stop) is not null;

    /// <summary>Lets nothing through until <see cref="Resume"/>.</summary>
    /// <param name="handedAt">When the call was handed over that it is an answer to: one from before the last
    /// <see cref="Resume"/> changes nothing.</param>
    /// <param name="kind">Stopped or Faulted.</param>
    /// <returns>Whether it changed anything.</returns>
    internal bool Stop(long handedAt, string reason, LaneChangeKind kind = LaneChangeKind.Stopped, HoldCause cause = HoldCause.AsSaid)
    {
        lock (_lock)
        {
            if (_stop is not null || handedAt <= _resumedAt)
                return false;
            _untold.Enqueue(_stop = ChangeNow(kind) with { Reason = reason, Cause = cause });
        }

        TellAll();
        return true;
    }

    /// <returns>Whether it changed anything.</returns>
    internal bool Resume()
    {
        lock (_lock)
        {
            if (_stop is null)
                return false;
            (_stop, _resumedAt) = (null, Clock.Now());
            _untold.Enqueue(ChangeNow(LaneChangeKind.Resumed));
        }

        TellAll();
        return true;
    }

    /// <summary>Lets nothing through for one <see cref="Window"/> from now.</summary>
    public void HoldOneWindow() => HoldUntil(Clock.Now() + Window, LaneChangeKind.Restart);

    /// <summary>What was handed over before this process began is not all known: lets nothing through for as long as it can count, which is
    /// the rest of the day where there are quotas.</summary>
    public void HoldWhileUnknown()
    {
        var now = Clock.Now();
        var over = _quotas.Length > 0 ? CalendarDay.Of(Math.Min(now, WallNow()), _zone).To
            : _limits.Any(limit => limit.Period == LongestPeriod) ? now + LongestPeriod + SlidingLimit.Guard
            : now + Window;
        HoldUntil(over, LaneChangeKind.Unread);
    }

    /// <summary>From when hand-overs still count: the beginning of the day where there are quotas, of the last minute
    /// where there is a limit a minute. Null where a second is all that counts.</summary>
    internal long? RemembersFrom(long now)
    {
        var lately = now - LongestPeriod - SlidingLimit.Guard;
        return _quotas.Length > 0 ? Math.Min(CalendarDay.Of(Math.Min(now, WallNow()), _zone).From, lately)
            : _limits.Any(limit => limit.Period == LongestPeriod) ? lately
            : null;
    }

    /// <summary>Counts what was handed over before this process began. In the order of time, before anything is taken.</summary>
    internal void Remember(long at, long parts, long messages, long requests)
    {
        lock (_lock)
        {
            var now = Clock.Now();
            foreach (var limit in _limits)
                limit.Remember(Cost(limit.Of), Math.Min(at, now));
            foreach (var quota in _quotas)
                quota.Take(Cost(quota.Of), at, at);
        }

        long Cost(RateUnit of) => of switch
        {
            RateUnit.Parts => parts,
            RateUnit.Messages => messages,
            _ => requests,
        };
    }

    /// <inheritdoc cref="PaceTurn.TryReserve"/>
    internal bool TryReserve(PaceTurn turn, CallCost cost, out PaceGrant grant, out long at)
    {
        bool taken, untold;
        lock (_lock)
        {
            taken = TryReserveLocked(turn, cost, out grant, out at);
            untold = _untold.Count > 0;
        }

        if (untold)
            TellAll();
        return taken;
    }

    /// <inheritdoc cref="PaceTurn.Leave"/>
    /// <remarks>A grant that has waited too long for its connection counts no more. It leaves all the same where the contract has room for
    /// it at this moment.</remarks>
    internal long? Leave(in PaceGrant grant)
    {
        lock (_lock)
        {
            var now = Clock.Now();
            if (_stop is not null || now < _throttle.HeldUntil || !(SlidingLimit.IsFresh(grant.At, now) || HasRoom(grant.Cost, now)))
            {
                ReturnLocked(grant, now);
                return null;
            }

            foreach (var limit in _limits)
            {
                limit.Release(grant.Cost.In(limit.Of), grant.At, now);
                limit.Remember(grant.Cost.In(limit.Of), now);
            }

            if (_quotas.Length > 0)
                MoveInQuotas(grant, now);
            return now;
        }
    }

    /// <inheritdoc cref="PaceTurn.Return"/>
    internal void Return(in PaceGrant grant)
    {
        lock (_lock)
            ReturnLocked(grant, Clock.Now());
    }

    /// <summary>The call left, and its answer is not waited for: it tried nothing. Where it was on trial the next call is.</summary>
    internal void Abandon(in PaceGrant grant)
    {
        lock (_lock)
        {
            if (grant.IsTrial && _trial == Trial.Out)
                _trial = Trial.Due;
        }
    }

    internal Task? WokenOf(PaceTurn turn)
    {
        lock (_lock)
            return turn.Woken();
    }

    internal void Leave(PaceTurn turn)
    {
        LaneChange closed;
        lock (_lock)
        {
            if (!_line.Turns.Contains(turn))
                return;

            NoteRegained(Clock.Now());
            closed = ChangeNow(LaneChangeKind.Closed);
        }

        TellAll();
        lock (_lock)
            _line.Leave(turn);
        turn.Tell(closed);
    }

    bool TryReserveLocked(PaceTurn turn, CallCost cost, out PaceGrant grant, out long at)
    {
        grant = default;
        CheckCanEverLeave(cost);
        var now = Clock.Now();
        NoteRegained(now);

        if (_stop is not null)
        {
            _line.StandBack(turn);
            at = long.MaxValue;
            return false;
        }

        if (_quotas.Length > 0 && QuotaDueAt(cost, now) is var tomorrow && tomorrow > now)
        {
            // Nobody else needs to wait for it: what it cannot have they may.
            _line.StandBack(turn);
            at = tomorrow;
            return false;
        }

        var due = _throttle.HeldUntil;
        var share = _throttle.ShareAt(Math.Max(now, due));
        foreach (var limit in _limits)
            due = Math.Max(due, limit.DueAt(cost.In(limit.Of), share, now));

        at = Math.Max(due, now);
        if (due <= now && cost.Messages > 0 && (_trial == Trial.Out || (_trial == Trial.Due && cost.Messages > 1)))
        {
            _line.StandBack(turn);
            at = now + TrialGlance;
            return false;
        }

        if (due <= now && _line.MayGo(turn, now, out at))
        {
            var isTrial = _trial == Trial.Due && cost.Messages > 0;
            if (isTrial)
                _trial = Trial.Out;
            grant = new PaceGrant(cost, now, Count(turn, cost, share, now), isTrial);
            return true;
        }

        _line.Wait(turn, at, blocked: due <= now);
        return false;
    }

    /// <returns>The moment by the wall clock, where quotas count it; else 0.</returns>
    long Count(PaceTurn turn, CallCost cost, double share, long now)
    {
        var seconds = 0.0;
        var wall = 0L;
        foreach (var limit in _limits)
        {
            limit.Reserve(cost.In(limit.Of), share, now);
            seconds = Math.Max(seconds, limit.SecondsOf(cost.In(limit.Of)));
        }

        if (_quotas.Length > 0)
        {
            wall = WallNow();
            foreach (var quota in _quotas)
                quota.Take(cost.In(quota.Of), now, wall);
        }

        _line.Took(turn, seconds, now);
        return wall;
    }

    bool HasRoom(CallCost cost, long now)
    {
        var share = _throttle.ShareAt(now);
        foreach (var limit in _limits)
        {
            if (!limit.HasRoom(cost.In(limit.Of), share, now))
                return false;
        }

        return true;
    }

    void ReturnLocked(in PaceGrant grant, long now)
    {
        foreach (var limit in _limits)
            limit.Release(grant.Cost.In(limit.Of), grant.At, now);
        foreach (var quota in _quotas)
            quota.Take(-grant.Cost.In(quota.Of), grant.At, grant.Wall);
        if (grant.IsTrial && _trial == Trial.Out)
            _trial = Trial.Due;
    }

    /// <summary>A call let go before midnight that leaves after it counts for the day it leaves on.</summary>
    void MoveInQuotas(in PaceGrant grant, long now)
    {
        var wall = WallNow();
        foreach (var quota in _quotas)
        {
            quota.Take(-grant.Cost.In(quota.Of), grant.At, grant.Wall);
            quota.Take(grant.Cost.In(quota.Of), now, wall);
        }
    }

    long QuotaDueAt(CallCost cost, long now)
    {
        var due = now;
        var wall = WallNow();
        DayQuota? usedUp = null;
        foreach (var quota in _quotas)
        {
            if (quota.DueAt(cost.In(quota.Of), now, wall) is var at && at > due)
                (due, usedUp) = (at, quota);
        }

        if (usedUp is not null && !(_quotaHold?.Until >= due))
            _untold.Enqueue(_quotaHold = new LaneChange(LaneChangeKind.Quota, now, due, RateAt(now), usedUp.Limit.ToText(), Limit: new QuotaUsed(usedUp.Limit.Most, usedUp.Limit.Of, usedUp.Limit.Period)));

        return due;
    }

    void NoteRegained(long now)
    {
        while (_throttle.NextStep(now) is (var at, var share))
        {
            var kind = share >= 1 ? LaneChangeKind.AtContract : LaneChangeKind.Regained;
            _untold.Enqueue(new LaneChange(kind, at, null, _limits[0].InForce(share)));
        }
    }

    void TellAll()
    {
        while (true)
        {
            LaneChange change;
            PaceTurn[] turns;
            lock (_lock)
            {
                if (!_untold.TryDequeue(out change!))
                    return;
                turns = [.. _line.Turns];
            }

            foreach (var turn in turns)
                turn.Tell(change);
        }
    }

    LaneChange ChangeNow(LaneChangeKind kind)
    {
        var now = Clock.Now();
        return new LaneChange(kind, now, null, RateAt(now));
    }

    int RateAt(long now) => _limits[0].InForce(_throttle.ShareAt(now));

    long WallNow() => ProcessClock.ToMicros(Clock.Time.GetUtcNow());

    void CheckCanEverLeave(CallCost cost)
    {
        foreach (var limit in _limits)
            ThrowIfAbove(limit.Most, limit.Of, cost);
        foreach (var quota in _quotas)
            ThrowIfAbove(quota.Most, quota.Of, cost);
    }

    static void ThrowIfAbove(int most, RateUnit of, CallCost cost)
    {
        if ((cost.In(of) < 1 && cost != CallCost.OnlyRequest) || cost.In(of) > most)
            throw new ArgumentOutOfRangeException(nameof(cost), cost, $"a call costs 1 to {most} {of}");
    }

    /// <summary>Where an account is whose gateway has stopped answering.</summary>
    enum Trial
    {
        None,

        /// <summary>The next call tries it.</summary>
        Due,

        /// <summary>A call is trying it.</summary>
        Out,
    }
}
