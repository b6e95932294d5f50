namespace SmsCampaign.Dispatch;

/// <summary>
/// Keeps a lane's rate: in every sliding second at most the contracted cost leaves, evenly spaced.
/// </summary>
/// <remarks>
/// A ring of the hand-over times of the last second. A call is let go only when the second behind it has room for its
/// whole cost. One pace serves everything that sends on the account; callers are served in the order they come.
/// </remarks>
public sealed class Pace : IDisposable
{
    /// <summary>Microseconds a hand-over is remembered: a second, and two hundredths so that the network's jitter does
    /// not squeeze two seconds' worth into one at the gateway. Costs 2 % of the rate.</summary>
    public const long Window = 1_020_000;

    /// <summary>How far behind its even spacing the pace may catch up after a timer came late, microseconds.</summary>
    const long CatchUp = 50_000;

    /// <summary>First hold after a throttle answer that names no time; doubles up to <see cref="LongestHold"/>.</summary>
    static readonly TimeSpan FirstHold = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(1);

    /// <summary>A throttle answer this long after the last hold starts again with the first, microseconds.</summary>
    const long Forgotten = 60_000_000;

    /// <summary>Share of the contracted rate regained each second after a throttle answer halved it.</summary>
    const double RegainedASecond = 0.05;

    /// <summary>Longest single wait. A timer takes no more than 49 days, and a gateway may ask for any.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    readonly int _rate;
    readonly ProcessClock _clock;
    readonly SemaphoreSlim _turn = new(1);
    readonly Queue<(long At, int Cost)> _ring = new();
    readonly Lock _holding = new();
    long _costInRing;
    long _next;
    long _heldUntil;
    long _lastThrottle;
    TimeSpan _hold;
    double _reducedRate;

    /// <param name="rate">Most cost in any sliding second: parts, messages or requests, as the contract counts. At least 1.</param>
    public Pace(int rate, ProcessClock clock, Carriers.RateUnit unit = Carriers.RateUnit.Parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, 1);
        _rate = rate;
        _clock = clock;
        _reducedRate = rate;
        _unit = unit;
    }

    readonly Carriers.RateUnit _unit;

    /// <summary>The contracted rate.</summary>
    public int Rate => _rate;

    /// <summary>What is let through a second now: the contracted rate, or less for a while after a throttle answer.</summary>
    public int RateInForce
    {
        get
        {
            lock (_holding)
                return RateAt(_clock.Now());
        }
    }

    /// <summary>
    /// Waits until <paramref name="cost"/> may leave, and counts it as handed over at that moment.
    /// </summary>
    /// <param name="cost">1 to <see cref="Rate"/>: more than a whole second's worth could never leave.</param>
    /// <returns>The moment, microseconds of the process clock.</returns>
    /// <exception cref="OperationCanceledException">Cancelled while waiting; nothing was counted.</exception>
    public async Task<long> TakeAsync(int cost, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cost, _rate);

        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var now = _clock.Now();
                var due = DueAt(cost, now);
                if (due <= now)
                    return Take(cost, now);

                // In whole milliseconds, rounded up: Task.Delay cuts the rest off, and less than one would spin.
                await Task.Delay(Smaller(TimeSpan.FromMilliseconds((due - now + 999) / 1000), LongestWait), _clock.Time, cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Holds the whole lane after its gateway said "too fast", at half the rate afterwards, climbing back to the
    /// contracted rate within ten seconds.
    /// </summary>
    /// <param name="handedAt">When the throttled call was handed over: answers to calls from before the last hold say
    /// nothing new.</param>
    /// <param name="retryAfter">The wait the gateway asked for; null doubles from one second to a minute.</param>
    /// <returns>Until when the lane is held, microseconds; null where the answer changed nothing.</returns>
    public long? Throttle(long handedAt, TimeSpan? retryAfter)
    {
        lock (_holding)
        {
            if (handedAt <= _lastThrottle)
                return null;

            var now = _clock.Now();
            _hold = _hold == default || now - _heldUntil > Forgotten ? FirstHold : Smaller(_hold * 2, LongestHold);
            _reducedRate = Math.Max(1, RateAt(now) / 2.0);
            _lastThrottle = now;
            _heldUntil = Math.Max(_heldUntil, now + (long)(retryAfter ?? _hold).TotalMicroseconds);
            return _heldUntil;
        }
    }

    /// <summary>Lets nothing through before a moment, microseconds. Leaves the rate as it is.</summary>
    public void HoldUntil(long moment)
    {
        lock (_holding)
            _heldUntil = Math.Max(_heldUntil, moment);
    }

    /// <summary>Lets nothing through for one <see cref="Window"/> from now.</summary>
    public void HoldOneWindow() => HoldUntil(_clock.Now() + Window);

    public void Dispose() => _turn.Dispose();

    /// <summary>Joins what sends on the account.</summary>
    public PaceTurn Join() => new(this, _clock);

    /// <summary>Most messages whose cost could ever leave together, 1 to <paramref name="most"/>.</summary>
    public int MostMessages(int partsEach, int most) => Math.Clamp(RateInForce / Math.Max(1, _unit switch
    {
        Carriers.RateUnit.Parts => partsEach,
        Carriers.RateUnit.Messages => 1,
        _ => RateInForce / most,
    }), 1, most);

    internal int CostOf(CallCost cost) => _unit switch
    {
        Carriers.RateUnit.Parts => cost.Parts,
        Carriers.RateUnit.Messages => cost.Messages,
        _ => 1,
    };

    internal bool TryTake(CallCost cost, out long at)
    {
        at = _clock.Now();
        lock (_ring)
        {
            var due = DueAt(CostOf(cost), at);
            if (due <= at)
            {
                Take(CostOf(cost), at);
                return true;
            }

            at = due;
            return false;
        }
    }

    static TimeSpan Smaller(TimeSpan one, TimeSpan other) => one < other ? one : other;

    int RateAt(long now)
    {
        if (_reducedRate >= _rate)
            return _rate;

        var regained = Math.Max(0, now - _heldUntil) / 1e6 * RegainedASecond * _rate;
        return (int)Math.Min(_rate, _reducedRate + regained);
    }

    long DueAt(int cost, long now)
    {
        long due;
        int rate;
        lock (_holding)
        {
            due = Math.Max(_heldUntil, _next);

            // A call dearer than the reduced rate must still get through: alone in its second.
            rate = Math.Max(RateAt(Math.Max(now, _heldUntil)), cost);
        }

        while (_ring.TryPeek(out var oldest) && oldest.At + Window <= now)
        {
            _costInRing -= oldest.Cost;
            _ring.Dequeue();
        }

        var over = _costInRing + cost - rate;
        foreach (var (at, freed) in _ring)
        {
            if (over <= 0)
                break;

            over -= freed;
            due = Math.Max(due, at + Window);
        }

        return due;
    }

    long Take(int cost, long now)
    {
        _ring.Enqueue((now, cost));
        _costInRing += cost;

        // After a late timer the even spacing is caught up with; after a pause it starts anew.
        _next = (now - _next > CatchUp ? now : _next) + Window * cost / Math.Max(1, RateInForce);
        return now;
    }
}

public readonly record struct CallCost(int Parts, int Messages);

public sealed class PaceTurn(Pace pace, ProcessClock clock) : IDisposable
{
    public bool TryTake(CallCost cost, out long at) => pace.TryTake(cost, out at);

    public async Task WaitAsync(long until, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromMilliseconds(Math.Max(0, (until - clock.Now() + 999) / 1000));
        await Task.Delay(wait < TimeSpan.FromMinutes(30) ? wait : TimeSpan.FromMinutes(30), clock.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
    }
}
