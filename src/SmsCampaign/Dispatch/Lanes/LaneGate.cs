using SmsCampaign.Campaigns;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// Whether anything of a lane may leave at this very moment: within its hours, while nobody has asked it to
/// stop and nothing of it has broken. Shut until it is opened. Asked before each call, from every thread that
/// makes calls; it takes no lock.
/// </summary>
sealed class LaneGate : IDisposable
{
    /// <summary>How long before the hours end it is asked whether they end later by now: so that a lane goes on without
    /// a break. What is decided after that the run sees as the lane ends.</summary>
    public static readonly TimeSpan LookAhead = TimeSpan.FromSeconds(5);

    static readonly TimeSpan LongestHours = TimeSpan.FromDays(1);

    readonly TimeProvider _time;
    CancellationTokenSource? _closing;
    CancellationTokenSource? _ending;
    ITimer? _looking;
    DateTimeOffset _opens = DateTimeOffset.MaxValue;
    long _closesTicks;
    Exception? _broken;

    public LaneGate(TimeProvider time)
    {
        _time = time;
        MayLeave = () => IsOpen;
    }

    /// <summary><see cref="IsOpen"/>, for each call to be asked without one made for each.</summary>
    public Func<bool> MayLeave { get; }

    public bool IsOpen => Broken is null && !Ending.IsCancellationRequested && AreHoursOpen(_time.GetUtcNow());

    /// <summary>What broke first; the lane must stop.</summary>
    public Exception? Broken => Volatile.Read(ref _broken);

    /// <summary>Cancelled when the hours end or the process is to stop. Only wakes whoever waits: what is open is asked
    /// of the clock each time.</summary>
    public CancellationToken Ending { get; private set; } = new(canceled: true);

    /// <summary>Once, before anything asks.</summary>
    /// <param name="readClosing">When the hours end, as it is decided by now; null: it cannot change.</param>
    public void Open(OpenHours hours, CancellationToken stopping, Func<DateTimeOffset>? readClosing = null)
    {
        var left = hours.Closes - _time.GetUtcNow();
        _closing = new CancellationTokenSource(Within(left), _time);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, stopping);
        (_opens, _closesTicks, Ending) = (hours.Opens, hours.Closes.UtcTicks, _ending.Token);
        if (readClosing is not null)
            _looking = _time.CreateTimer(
                _ => LookForLater(readClosing), null, Within(left - LookAhead), Timeout.InfiniteTimeSpan);
    }

    bool AreHoursOpen(DateTimeOffset now) => _opens <= now && now.UtcTicks < Volatile.Read(ref _closesTicks);

    /// <summary>What cannot be read now is not later.</summary>
    void LookForLater(Func<DateTimeOffset> readClosing)
    {
        try
        {
            var closes = readClosing();
            if (closes.UtcTicks <= Volatile.Read(ref _closesTicks))
                return;

            var left = closes - _time.GetUtcNow();
            Volatile.Write(ref _closesTicks, closes.UtcTicks);
            _closing!.CancelAfter(Within(left));
            _looking?.Change(Within(left - LookAhead), Timeout.InfiniteTimeSpan);
        }
        catch (Exception cannot) when (cannot is not OutOfMemoryException) // nobody is behind a timer to catch it
        {
        }
    }

    public void Break(Exception why) => Interlocked.CompareExchange(ref _broken, why, null);

    public void Dispose()
    {
        _looking?.Dispose();
        _ending?.Dispose();
        _closing?.Dispose();
    }

    /// <summary>A timer takes no more than 49 days, and no hours are longer than a day.</summary>
    static TimeSpan Within(TimeSpan span) =>
        span < TimeSpan.Zero ? TimeSpan.Zero : span > LongestHours ? LongestHours : span;
}
