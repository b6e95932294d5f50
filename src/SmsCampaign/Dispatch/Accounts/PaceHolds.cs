using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// What stands in an account's way beside its contract: a hold, a reduced rate, a used-up day, a stop; and what
/// of it has not been told yet.
/// </summary>
/// <remarks>Guarded by its <see cref="Pace"/>'s lock, and told when that is let go of. Whoever calls says what time it
/// is, in microseconds of the process clock.</remarks>
sealed class PaceHolds(ContractLimits limits)
{
    /// <summary>A hold for the same reason that lasts no more than this longer is no news: one row a hold, not one for
    /// each of the calls that were in flight as it began.</summary>
    const long SameHold = 1_000_000;

    readonly PaceThrottle _throttle = new(limits.Most);
    readonly Queue<LaneChange> _untold = new();
    LaneChange? _hold;
    LaneChange? _quotaHold;
    LaneChange? _stop;
    long _resumedAt = long.MinValue;
    bool _isAway;

    /// <summary>May be asked without the lock.</summary>
    public bool IsStopped => Volatile.Read(ref _stop) is not null;

    /// <summary>Whether the gateway was last seen to take nothing. May be asked without the lock.</summary>
    public bool IsAway => Volatile.Read(ref _isAway);

    /// <summary>Nothing leaves before.</summary>
    public long Until => _throttle.HeldUntil;

    public bool HasNews => _untold.Count > 0;

    /// <summary>Share of the contract in force, up to 1.</summary>
    public double ShareAt(long now) => _throttle.ShareAt(now);

    public int RateAt(long now) => limits.InForce(_throttle.ShareAt(now));

    public bool TryTakeNews(out LaneChange change) => _untold.TryDequeue(out change!);

    /// <summary>What whoever joins the account is told: that it has, and what holds it already.</summary>
    public List<LaneChange> Open(long now) =>
    [
        ChangeAt(LaneChangeKind.Opened, now),
        .. new[] { _hold, _quotaHold, _stop }
            .OfType<LaneChange>()
            .Where(hold => !(hold.Until <= now))
            .Select(hold => hold with { At = now }),
    ];

    public LaneChange Close(long now)
    {
        NoteRegained(now);
        return ChangeAt(LaneChangeKind.Closed, now);
    }

    /// <inheritdoc cref="Pace.Throttle"/>
    public long? Throttle(long handedAt, TimeSpan? retryAfter, string reason, HoldCause cause, long now)
    {
        if (!_throttle.Throttle(handedAt, retryAfter, now))
            return null;

        var until = _throttle.HeldUntil;
        _untold.Enqueue(_hold = new LaneChange(LaneChangeKind.Throttled, now, until, RateAt(until), reason, cause));
        return until;
    }

    /// <inheritdoc cref="Pace.RecallThrottle"/>
    public void RecallThrottle(LaneChange throttled, long until, long now)
    {
        var hold = TimeSpan.FromMicroseconds(Math.Max(0, throttled.Until!.Value - throttled.At));
        _throttle.Recall(until, hold, (double)throttled.Rate / limits.Most, now);
        if (until > now)
            _hold = throttled with { Until = until };
    }

    /// <inheritdoc cref="Pace.HoldUntil"/>
    public void HoldUntil(long moment, LaneChangeKind? why, string reason, HoldCause cause, long now)
    {
        _throttle.HoldUntil(moment, now);
        _isAway |= why == LaneChangeKind.NotTaken;
        if (why is { } kind
            && moment > now
            && !(_hold is { } last && last.Kind == kind && last.Reason == reason && moment <= last.Until + SameHold))
            _untold.Enqueue(_hold = new LaneChange(kind, now, moment, RateAt(moment), reason, cause));
    }

    /// <inheritdoc cref="Pace.HoldForTrial"/>
    public void HoldForTrial(long moment, string reason, HoldCause cause, bool told, long now)
    {
        _throttle.HoldUntil(moment, now);
        _isAway = true;
        _hold = new LaneChange(LaneChangeKind.Breaker, now, moment, RateAt(moment), reason, cause);
        if (told)
            _untold.Enqueue(_hold);
    }

    /// <summary>A process before ended while the gateway took nothing.</summary>
    public void RecallAway() => _isAway = true;

    /// <summary>The gateway takes messages again. News only where it did not.</summary>
    public void NoteAnswered(long now)
    {
        if (!_isAway)
            return;

        _isAway = false;
        _untold.Enqueue(ChangeAt(LaneChangeKind.Answered, now));
    }

    /// <inheritdoc cref="Pace.Stop"/>
    public bool Stop(long handedAt, string reason, LaneChangeKind kind, HoldCause cause, long now)
    {
        if (_stop is not null || handedAt <= _resumedAt)
            return false;

        _untold.Enqueue(_stop = ChangeAt(kind, now) with { Reason = reason, Cause = cause });
        return true;
    }

    /// <inheritdoc cref="Pace.Resume"/>
    public bool Resume(long now)
    {
        if (_stop is null)
            return false;

        (_stop, _resumedAt) = (null, now);
        _untold.Enqueue(ChangeAt(LaneChangeKind.Resumed, now));
        return true;
    }

    /// <summary>The day has no more room. News once a day.</summary>
    public void NoteUsedUp(DayQuota quota, long until, long now)
    {
        if (_quotaHold?.Until >= until)
            return;

        var used = new QuotaUsed(quota.Limit.Most, quota.Limit.Of, quota.Limit.Period);
        _untold.Enqueue(_quotaHold = new LaneChange(
            LaneChangeKind.Quota, now, until, RateAt(now), quota.Limit.ToText(), Limit: used));
    }

    /// <summary>A person lets no more through than this, or as much as is contracted.</summary>
    /// <returns>Whether it changed anything.</returns>
    public bool Cap(int most, string reason, long now)
    {
        var before = limits.Cap;
        limits.Cap = most;
        if (limits.Cap == before)
            return false;

        var kind = limits.Cap < limits.Most ? LaneChangeKind.Slowed
            : ShareAt(now) >= 1 ? LaneChangeKind.AtContract
            : LaneChangeKind.Regained;
        _untold.Enqueue(ChangeAt(kind, now) with { Reason = reason });
        return true;
    }

    /// <summary>Takes note of what of the contracted rate is in force again.</summary>
    public void NoteRegained(long now)
    {
        while (_throttle.NextStep(now) is (var at, var share))
        {
            var kind = share >= 1 && limits.Cap == limits.Most ? LaneChangeKind.AtContract : LaneChangeKind.Regained;
            _untold.Enqueue(new LaneChange(kind, at, null, limits.InForce(share)));
        }
    }

    LaneChange ChangeAt(LaneChangeKind kind, long now) => new(kind, now, null, RateAt(now));
}
