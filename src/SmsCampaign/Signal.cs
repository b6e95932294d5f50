namespace SmsCampaign;

/// <summary>
/// Wakes whoever waits. Take <see cref="Next"/> before looking whether there is something to do, then wait for it: what
/// happens in between is not missed.
/// </summary>
sealed class Signal
{
    TaskCompletionSource _next = Create();

    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, Create()).TrySetResult();

    static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
