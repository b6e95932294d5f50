namespace SmsCampaign.Tests.Support;

/// <summary>
/// Time that has moved on a little at every reading, as a real clock's has: what is decided by two readings is decided
/// by two moments. Timers work; <see cref="DriveAsync"/> jumps to the next one whenever nobody has anything to do.
/// </summary>
/// <param name="step">How far a reading moves it; at least a tick.</param>
sealed class MovingTime(DateTimeOffset start, TimeSpan step) : TimeProvider
{
    /// <summary>Rounds in a row in which nothing may have happened before time is moved: other threads have
    /// had their turn. More before a leap, which must not come before what somebody is about to do, however
    /// loaded the machine is.</summary>
    static readonly (TimeSpan Leap, int Rounds)[] Quiet =
        [
            (TimeSpan.FromMilliseconds(20), 4),
            (TimeSpan.FromSeconds(2), 9),
            (TimeSpan.FromMinutes(2), 14),
            (TimeSpan.MaxValue, 30),
        ];

    const int YieldsARound = 6;

    readonly Lock _lock = new();
    readonly PriorityQueue<Alarm, long> _alarms = new();
    long _ticks = start.UtcTicks;
    long _happened;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Read(), TimeSpan.Zero);

    public override long GetTimestamp() => Read();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        lock (_lock)
        {
            _ticks += by.Ticks;
            FireDue();
        }
    }

    /// <summary>Moves time from timer to timer until the work is done.</summary>
    /// <param name="settle">Waits for what goes on without reading the clock, such as a ledger's writer.</param>
    public async Task DriveAsync(Task work, Func<Task>? settle = null)
    {
        while (!work.IsCompleted)
        {
            await SettleAsync(work, settle);
            if (!work.IsCompleted)
                JumpToNext();
        }

        await work;
    }

    async Task SettleAsync(Task work, Func<Task>? settle)
    {
        for (var quiet = 0; quiet < RoundsBeforeNext() && !work.IsCompleted; quiet++)
        {
            var before = Interlocked.Read(ref _happened);
            if (settle is not null)
                await settle();
            for (var turn = 0; turn < YieldsARound; turn++)
                await Task.Yield();
            if (quiet >= Quiet[0].Rounds)
                await Task.Delay(TimeSpan.FromMilliseconds(1), System, CancellationToken.None);
            if (Interlocked.Read(ref _happened) != before)
                quiet = -1;
        }
    }

    int RoundsBeforeNext()
    {
        lock (_lock)
        {
            var leap = FindNext() is { } due ? TimeSpan.FromTicks(due - _ticks) : TimeSpan.MaxValue;
            return Quiet.First(each => leap <= each.Leap).Rounds;
        }
    }

    /// <summary>When the next timer comes; null where none is set.</summary>
    long? FindNext()
    {
        while (_alarms.TryPeek(out var next, out var due))
        {
            if (next.IsCurrent)
                return due;
            _alarms.Dequeue();
        }

        return null;
    }

    void JumpToNext()
    {
        lock (_lock)
        {
            if (FindNext() is not { } due)
                return;

            _ticks = Math.Max(_ticks, due);
            FireDue();
        }
    }

    long Read()
    {
        lock (_lock)
        {
            _happened++;
            _ticks += step.Ticks;
            FireDue();
            return _ticks;
        }
    }

    void FireDue()
    {
        while (_alarms.TryPeek(out var next, out var due) && due <= _ticks)
        {
            _alarms.Dequeue();
            if (next.IsCurrent)
                next.Timer.Fire();
        }
    }

    /// <summary>What a timer was last set to.</summary>
    sealed class Alarm(Timer timer)
    {
        public Timer Timer => timer;
        public bool IsCurrent => timer.Current == this;
    }

    sealed class Timer(MovingTime time, TimerCallback callback, object? state) : ITimer
    {
        TimeSpan _period;

        public Alarm? Current { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._happened++;
                _period = period;
                Set(dueTime);
                time.FireDue();
            }

            return true;
        }

        public void Fire()
        {
            Set(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);
            time._happened++;
            ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
        }

        public void Dispose()
        {
            lock (time._lock)
                Current = null;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        void Set(TimeSpan dueTime)
        {
            Current = dueTime < TimeSpan.Zero ? null : new Alarm(this);
            if (Current is not null)
                time._alarms.Enqueue(Current, time._ticks + dueTime.Ticks);
        }
    }
}
