namespace SmsCampaign;

/// <summary>
/// Wakes whoever waits. Take <see cref="Next"/> before looking whether there is something to do, then wait for it: what
/// happens in between is not missed.
/// </summary>
sealed class Signal
{
    /// <summary>Where those who wait are told; null: on the pool's threads.</summary>
    readonly SynchronizationContext? _turns = VirtualTime.Turns;
    TaskCompletionSource _next;

    public Signal() => _next = Create();

    public Task Next => Volatile.Read(ref _next).Task;

    public void Set()
    {
        var set = Interlocked.Exchange(ref _next, Create());
        if (_turns is null)
            set.TrySetResult();
        else
            _turns.Post(static waited => ((TaskCompletionSource)waited!).TrySetResult(), set);
    }

    /// <summary>Whoever sets it may hold a lock that those who wait take.</summary>
    TaskCompletionSource Create() => new(
        _turns is null ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);
}
