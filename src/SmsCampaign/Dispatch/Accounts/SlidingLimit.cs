using SmsCampaign.Carriers;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// One limit over a sliding second or minute: a ring of the hand-overs of the last period, evenly spaced.
/// </summary>
/// <remarks>
/// Hand-overs closer together than <see cref="Grains"/> to a period share a place in the ring, at the moment of the
/// last of them: they are then remembered a little longer than needed, never less. So the ring takes the same memory at
/// any rate (66 kB), and loses less than a thousandth of it.
/// </remarks>
sealed class SlidingLimit
{
    /// <summary>Microseconds a hand-over is remembered beyond the period, so that the network's jitter does not squeeze
    /// two periods' worth into one at the gateway. Costs 2 % of a limit a second, 0.03 % of one a minute.</summary>
    public const long Guard = 20_000;

    const int Grains = 4_096;

    /// <summary>Slices of a millisecond for which a reservation counts: connections that stand are written to within
    /// one or two, and what is lost on connections that do not come about is soon the others' again.</summary>
    const int ReservedFor = 100;
    const long Slice = 1_000;

    /// <summary>Share of the period by which the even spacing may be caught up with after a timer came late: 50 ms of a
    /// second, 3 s of a minute.</summary>
    const int CatchUpShare = 20;

    readonly long[] _at = new long[Grains + 4];
    readonly long[] _cost = new long[Grains + 4];
    readonly long _window;
    readonly long _grain;
    readonly long _catchUp;
    int _oldest;
    int _count;
    long _sum;
    long _lastBegan;
    long _next;

    // What was let go and has not left, by the slice it was let go in.
    readonly long[] _reserved = new long[ReservedFor];
    long _reservedSum;
    long _slice;

    public SlidingLimit(LaneLimit limit)
    {
        (Most, Cap, Of, Period) = (limit.Most, limit.Most, limit.Of, limit.PeriodMicros);
        _window = Period + Guard;
        _grain = _window / Grains;
        _catchUp = Period / CatchUpShare;
    }

    public int Most { get; }

    /// <summary>Most that a person lets through, up to <see cref="Most"/>.</summary>
    public int Cap { get; set; }

    public RateUnit Of { get; }

    /// <summary>Microseconds.</summary>
    public long Period { get; }

    /// <summary>What is let through a period where a share of the contract is in force, and no person lets
    /// less through.</summary>
    public int InForce(double share) => Math.Min(Cap, share >= 1 ? Most : Math.Max(1, (int)(Most * share)));

    /// <summary>Share of the account's time that a cost takes up, seconds.</summary>
    public double SecondsOf(int cost) => _window * 1e-6 * cost / Most;

    /// <summary>How long after a cost was taken nothing more leaves, microseconds: the even spacing.</summary>
    public long SpacingOf(int cost, double share) => _window * cost / InForce(share);

    /// <summary>The earliest moment at which a cost has room; in the past where it has room now.</summary>
    /// <param name="cost">1 to <see cref="Most"/>.</param>
    public long DueAt(int cost, double share, long now)
    {
        Forget(now);

        // A call dearer than the reduced rate must still get through: alone in its period.
        var over = Over(cost, share);
        var due = _next;
        for (var place = 0; over > 0 && place < _count; place++)
        {
            var at = (_oldest + place) % _at.Length;
            over -= _cost[at];
            due = Math.Max(due, _at[at] + _window);
        }

        // The rest is on its way to the wire: soon it will be known what became of it.
        return over > 0 ? Math.Max(due, now + 10 * Slice) : due;
    }

    /// <summary>Counts a hand-over that leaves now.</summary>
    public void Take(int cost, double share, long now)
    {
        Remember(cost, now);
        Space(cost, share, now);
    }

    /// <summary>Counts a call that is about to leave: until it does, or for a tenth of a second, it counts as if it
    /// had just left. So whatever moment it leaves at, everything that leaves within a period was counted when the
    /// last of it was let go.</summary>
    public void Reserve(int cost, double share, long now)
    {
        Forget(now);
        _reserved[now / Slice % ReservedFor] += cost;
        _reservedSum += cost;
        Space(cost, share, now);
    }

    /// <summary>Whether a reservation still counts.</summary>
    public static bool IsFresh(long reservedAt, long now) => now / Slice - reservedAt / Slice < ReservedFor;

    /// <summary>Whether a cost has room now, spaced or not.</summary>
    public bool HasRoom(int cost, double share, long now)
    {
        Forget(now);
        return Over(cost, share) <= 0;
    }

    /// <summary>Gives a reservation back; one that does not count any more is gone already.</summary>
    public void Release(int cost, long reservedAt, long now)
    {
        Forget(now);
        if (!IsFresh(reservedAt, now))
            return;

        _reserved[reservedAt / Slice % ReservedFor] -= cost;
        _reservedSum -= cost;
    }

    long Over(int cost, double share) => _sum + _reservedSum + cost - Math.Max(InForce(share), cost);

    void Space(int cost, double share, long now)
    {
        // After a late timer the even spacing is caught up with; after a pause it starts anew.
        _next = (now - _next > _catchUp ? now : _next) + SpacingOf(cost, share);
    }

    /// <summary>Counts a hand-over without spacing what follows.</summary>
    /// <param name="at">Not before the last one's moment.</param>
    public void Remember(long cost, long at)
    {
        Forget(at);
        _sum += cost;

        if (_count > 0 && at - _lastBegan < _grain)
        {
            var last = (_oldest + _count - 1) % _at.Length;
            _at[last] = at;
            _cost[last] += cost;
            return;
        }

        var next = (_oldest + _count++) % _at.Length;
        (_at[next], _cost[next], _lastBegan) = (at, cost, at);
    }

    void Forget(long now)
    {
        for (var slice = now / Slice; _slice < slice; _slice++)
        {
            if (_reservedSum == 0)
            {
                _slice = slice;
                break;
            }

            // The slice that begins takes the place of the one that counts no more.
            ref var old = ref _reserved[(_slice + 1) % ReservedFor];
            _reservedSum -= old;
            old = 0;
        }

        while (_count > 0 && _at[_oldest] + _window <= now)
        {
            _sum -= _cost[_oldest];
            _oldest = (_oldest + 1) % _at.Length;
            _count--;
        }
    }
}
