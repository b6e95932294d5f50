namespace SmsCampaign.Tests.Support;

/// <summary>
/// Time that passes only when somebody waits: a timer's moment is jumped to, plus the lateness asked for. For code in
/// which one thing at a time waits.
/// </summary>
sealed class JumpingTime(DateTimeOffset start, Func<TimeSpan>? lateness = null) : TimeProvider
{
    long _ticks = start.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            Advance(dueTime + (lateness?.Invoke() ?? TimeSpan.Zero));
            ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
        }

        return new Fired();
    }

    sealed class Fired : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
