using SmsCampaign.Campaigns;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// Whether anything of a lane may leave at this very moment: within its hours, while nobody has asked it to
/// stop and nothing of it has broken. Shut until it is opened. Asked before each call, from every thread that
/// makes calls; it takes no lock.
/// </summary>
sealed class LaneGate : IDisposable
{
    static readonly TimeSpan LongestHours = TimeSpan.FromDays(1);

    readonly TimeProvider _time;
    CancellationTokenSource? _closing;
    CancellationTokenSource? _ending;
    OpenHours _hours;
    Exception? _broken;

    public LaneGate(TimeProvider time)
    {
        _time = time;
        MayLeave = () => IsOpen;
    }

    /// <summary><see cref="IsOpen"/>, for each call to be asked without one made for each.</summary>
    public Func<bool> MayLeave { get; }

    public bool IsOpen => Broken is null && !Ending.IsCancellationRequested && _hours.IsOpen(_time.GetUtcNow());

    /// <summary>What broke first; the lane must stop.</summary>
    public Exception? Broken => Volatile.Read(ref _broken);

    /// <summary>Cancelled when the hours end or the process is to stop. Only wakes whoever waits: what is open is asked
    /// of the clock each time.</summary>
    public CancellationToken Ending { get; private set; } = new(canceled: true);

    /// <summary>Once, before anything asks.</summary>
    public void Open(OpenHours hours, CancellationToken stopping)
    {
        _closing = new CancellationTokenSource(Within(hours.Closes - _time.GetUtcNow()), _time);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, stopping);
        (_hours, Ending) = (hours, _ending.Token);
    }

    public void Break(Exception why) => Interlocked.CompareExchange(ref _broken, why, null);

    public void Dispose()
    {
        _ending?.Dispose();
        _closing?.Dispose();
    }

    /// <summary>A timer takes no more than 49 days, and no hours are longer than a day.</summary>
    static TimeSpan Within(TimeSpan span) =>
        span < TimeSpan.Zero ? TimeSpan.Zero : span > LongestHours ? LongestHours : span;
}
