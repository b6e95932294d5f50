namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// What throttle answers do to a pace: it stands still, goes on at half its rate, and climbs back to the contract by a
/// twentieth of it a second, never above.
/// </summary>
sealed class PaceThrottle(int rate)
{
    /// <summary>First hold after a throttle answer that names no time; doubles up to
    /// <see cref="LongestHold"/>.</summary>
    static readonly TimeSpan FirstHold = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(1);

    /// <summary>A throttle answer this long after the last hold starts again with the first, microseconds.</summary>
    const long Forgotten = 60_000_000;

    /// <summary>Share of the contracted rate regained each second.</summary>
    const double RegainedASecond = 0.05;

    /// <summary>The way back is told of in quarters of the contract.</summary>
    const int Steps = 4;

    long _lastThrottle;
    TimeSpan _hold;
    double _reduced = 1;
    long _climbsFrom;
    int _told = Steps;

    /// <summary>Nothing leaves before, microseconds.</summary>
    public long HeldUntil { get; private set; }

    /// <summary>Share of the contract in force, up to 1.</summary>
    public double ShareAt(long now) =>
        _reduced >= 1 ? 1 : Math.Min(1, _reduced + Math.Max(0, now - _climbsFrom) * 1e-6 * RegainedASecond);

    /// <returns>False where the answer is to a call from before the last hold, and says nothing new.</returns>
    public bool Throttle(long handedAt, TimeSpan? retryAfter, long now)
    {
        if (handedAt <= _lastThrottle)
            return false;

        _hold = _hold == default || now - HeldUntil > Forgotten ? FirstHold
            : _hold * 2 < LongestHold ? _hold * 2
            : LongestHold;
        _reduced = Math.Max(1.0 / rate, ShareAt(now) / 2);
        _lastThrottle = now;
        HeldUntil = _climbsFrom = Math.Max(HeldUntil, now + (long)(retryAfter ?? _hold).TotalMicroseconds);
        _told = (int)(_reduced * Steps);
        return true;
    }

    /// <summary>Goes on where a process before was.</summary>
    /// <param name="until">When the hold ends or ended.</param>
    /// <param name="hold">How long it lasts as a whole.</param>
    /// <param name="share">Of the contract, in force afterwards.</param>
    public void Recall(long until, TimeSpan hold, double share, long now)
    {
        _hold = hold < FirstHold ? FirstHold : hold < LongestHold ? hold : LongestHold;
        (_reduced, HeldUntil, _climbsFrom) = (Math.Clamp(share, 1.0 / rate, 1), Math.Max(HeldUntil, until), until);
        _told = (int)(ShareAt(now) * Steps);
    }

    /// <summary>Stands still for another reason; the rate is afterwards what it is now.</summary>
    public void HoldUntil(long moment, long now)
    {
        if (moment <= HeldUntil)
            return;

        _reduced = ShareAt(now);
        HeldUntil = _climbsFrom = moment;
    }

    /// <summary>The next quarter of the contract that is in force again and was not told of.</summary>
    /// <returns>Null where there is none.</returns>
    public (long At, double Share)? NextStep(long now)
    {
        if (_told >= Steps || ShareAt(now) + 1e-9 < (_told + 1.0) / Steps)
            return null;

        var share = ++_told / (double)Steps;
        var at = _climbsFrom + (long)Math.Ceiling((share - _reduced) / RegainedASecond * 1e6);
        if (_told == Steps)
            _reduced = 1;
        return (Math.Min(at, now), share);
    }
}
