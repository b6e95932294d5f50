using SmsCampaign.Carriers;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// All limits of an account's contract together: in every sliding second and minute, and on every day. What leaves or
/// is about to counts under each of them.
/// </summary>
/// <remarks>Guarded by its <see cref="Pace"/>'s lock. Whoever asks says what time it is, in microseconds of
/// the process clock.</remarks>
sealed class ContractLimits
{
    /// <summary>Microseconds of the longest sliding period there is: a minute.</summary>
    public const long LongestPeriod = 60_000_000;

    readonly SlidingLimit[] _limits;
    readonly DayQuota[] _quotas;
    readonly TimeZoneInfo _zone;
    readonly TimeProvider _wall;

    /// <param name="limits">The main one first: over a second or a minute.</param>
    /// <param name="zone">Whose calendar days count.</param>
    public ContractLimits(IEnumerable<LaneLimit> limits, TimeZoneInfo zone, TimeProvider wall)
    {
        var all = limits.ToList();
        _limits = [.. all.Where(limit => limit.Period != LimitPeriod.Day).Select(limit => new SlidingLimit(limit))];
        _quotas = [.. all.Where(limit => limit.Period == LimitPeriod.Day).Select(limit => new DayQuota(limit, zone))];
        (_zone, _wall) = (zone, wall);
    }

    /// <summary>Of the main limit, as contracted.</summary>
    public int Most => _limits[0].Most;

    /// <summary>Of the main limit, as a person lets it through: 1 to <see cref="Most"/>.</summary>
    public int Cap
    {
        get => _limits[0].Cap;
        set => _limits[0].Cap = Math.Clamp(value, 1, Most);
    }

    /// <summary>Whether a call of several messages is dearer than what a person lets through a period: cut smaller, it
    /// fits.</summary>
    public bool IsAboveCap(CallCost cost) => cost.Messages > 1 && Cap < Most && cost.In(_limits[0].Of) > Cap;

    /// <summary>Of the main limit, where a share of the contract is in force.</summary>
    public int InForce(double share) => _limits[0].InForce(share);

    /// <inheritdoc cref="Pace.CallsASecond"/>
    public double CallsASecond(CallCost cost, double share) =>
        _limits.Min(limit => limit.InForce(share) / (limit.Period * 1e-6) / cost.In(limit.Of));

    /// <inheritdoc cref="Pace.SpacingOf"/>
    public long SpacingOf(CallCost cost, double share) =>
        _limits.Max(limit => limit.SpacingOf(cost.In(limit.Of), share));

    /// <inheritdoc cref="Pace.MostMessages"/>
    public int MostMessages(int partsEach, int most, double share, long now)
    {
        var wall = WallNow();
        long fits = most;
        foreach (var limit in _limits)
            fits = Math.Min(fits, Messages(limit.InForce(share), limit.Of));

        foreach (var quota in _quotas)
        {
            var left = Messages(quota.Left(now, wall), quota.Of);
            fits = Math.Min(fits, left >= 1 ? left : Messages(quota.Most, quota.Of));
        }

        return (int)Math.Max(1, fits);

        long Messages(long cost, RateUnit of) => of switch
        {
            RateUnit.Parts => cost / partsEach,
            RateUnit.Messages => cost,
            _ => cost >= 1 ? most : 0,
        };
    }

    /// <summary>Until when what was handed over up to now can count: the rest of the day where
    /// there are quotas.</summary>
    public long CountsUntil(long now) =>
        _quotas.Length > 0 ? CalendarDay.Of(Math.Min(now, WallNow()), _zone).To
        : CountsMinutes ? now + LongestPeriod + SlidingLimit.Guard
        : now + Pace.Window;

    /// <inheritdoc cref="Pace.RemembersFrom"/>
    public long? RemembersFrom(long now)
    {
        var lately = now - LongestPeriod - SlidingLimit.Guard;
        return _quotas.Length > 0 ? Math.Min(CalendarDay.Of(Math.Min(now, WallNow()), _zone).From, lately)
            : CountsMinutes ? lately
            : null;
    }

    /// <inheritdoc cref="Pace.Remember"/>
    public void Remember(long at, long parts, long messages, long requests, long now)
    {
        foreach (var limit in _limits)
            limit.Remember(Cost(limit.Of), Math.Min(at, now));
        foreach (var quota in _quotas)
            quota.Take(Cost(quota.Of), at, at);

        long Cost(RateUnit of) => of switch
        {
            RateUnit.Parts => parts,
            RateUnit.Messages => messages,
            _ => requests,
        };
    }

    /// <exception cref="ArgumentOutOfRangeException">It costs more than a whole period's worth and
    /// could never leave.</exception>
    public void CheckCanEverLeave(CallCost cost)
    {
        foreach (var limit in _limits)
            ThrowIfAbove(limit.Most, limit.Of, cost);
        foreach (var quota in _quotas)
            ThrowIfAbove(quota.Most, quota.Of, cost);
    }

    /// <summary>When the day has room for a cost: now, or at a midnight.</summary>
    /// <param name="usedUp">The quota that has none now; null where all have.</param>
    public long QuotaDueAt(CallCost cost, long now, out DayQuota? usedUp)
    {
        usedUp = null;
        if (_quotas.Length == 0)
            return now;

        var due = now;
        var wall = WallNow();
        foreach (var quota in _quotas)
        {
            if (quota.DueAt(cost.In(quota.Of), now, wall) is var at && at > due)
                (due, usedUp) = (at, quota);
        }

        return due;
    }

    /// <summary>The earliest moment at which a cost has room in every sliding period, no earlier than
    /// <paramref name="from"/>.</summary>
    public long DueAt(CallCost cost, double share, long from, long now)
    {
        var due = from;
        foreach (var limit in _limits)
            due = Math.Max(due, limit.DueAt(cost.In(limit.Of), share, now));
        return due;
    }

    /// <summary>Counts a call that is about to leave, until <see cref="Leave"/> or <see cref="Return"/>.</summary>
    /// <param name="seconds">Of the account's time that it takes.</param>
    /// <returns>The moment by the wall clock, where quotas count it; else 0.</returns>
    public long Reserve(CallCost cost, double share, long now, out double seconds)
    {
        seconds = 0;
        foreach (var limit in _limits)
        {
            limit.Reserve(cost.In(limit.Of), share, now);
            seconds = Math.Max(seconds, limit.SecondsOf(cost.In(limit.Of)));
        }

        if (_quotas.Length == 0)
            return 0;

        var wall = WallNow();
        foreach (var quota in _quotas)
            quota.Take(cost.In(quota.Of), now, wall);
        return wall;
    }

    /// <summary>Whether a call may leave now on its reservation; on one that has waited too long for its connection and
    /// counts no more, where there is room for it all the same.</summary>
    public bool HasRoom(in PaceGrant grant, double share, long now)
    {
        if (SlidingLimit.IsFresh(grant.At, now))
            return true;

        foreach (var limit in _limits)
        {
            if (!limit.HasRoom(grant.Cost.In(limit.Of), share, now))
                return false;
        }

        return true;
    }

    /// <summary>What was reserved leaves now.</summary>
    public void Leave(in PaceGrant grant, long now)
    {
        foreach (var limit in _limits)
        {
            limit.Release(grant.Cost.In(limit.Of), grant.At, now);
            limit.Remember(grant.Cost.In(limit.Of), now);
        }

        if (_quotas.Length > 0)
            MoveInQuotas(grant, now);
    }

    /// <summary>What was reserved does not leave.</summary>
    public void Return(in PaceGrant grant, long now)
    {
        foreach (var limit in _limits)
            limit.Release(grant.Cost.In(limit.Of), grant.At, now);
        foreach (var quota in _quotas)
            quota.Take(-grant.Cost.In(quota.Of), grant.At, grant.Wall);
    }

    bool CountsMinutes => _limits.Any(limit => limit.Period == LongestPeriod);

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

    long WallNow() => ProcessClock.ToMicros(_wall.GetUtcNow());

    static void ThrowIfAbove(int most, RateUnit of, CallCost cost)
    {
        if ((cost.In(of) < 1 && cost != CallCost.OnlyRequest) || cost.In(of) > most)
            throw new ArgumentOutOfRangeException(nameof(cost), cost, $"a call costs 1 to {most} {of}");
    }
}
