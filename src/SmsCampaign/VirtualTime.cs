using System.Collections.Concurrent;

namespace SmsCampaign;

/// <summary>
/// Time that passes only when nobody has anything to do: whoever drives it jumps from timer to timer. A day takes as
/// long as its work does, and however slow the machine is, no moment in it is another.
/// </summary>
/// <remarks>
/// Everything happens on the driver's thread, one thing after the other: timers in the order of their moments and then
/// of their making, and what is awaited by whoever was begun there (<see cref="Within"/>), in the order in which it
/// came. So one day is as the other. Whoever works on another thread of their own has time stand still meanwhile
/// (<see cref="Holding"/>); who works on the pool's is seen. Nothing that waits for time may hold a thread while it
/// does.
/// </remarks>
/// <param name="start">What it says before it is driven.</param>
/// <param name="poolRests">Whether the thread pool has nothing to do. Unset: it is looked at.</param>
public sealed class VirtualTime(DateTimeOffset start, Func<bool>? poolRests = null) : TimeProvider
{
    /// <summary>Timers that were taken back stay in the queue, until they are so many and the most of it.</summary>
    const int FewStale = 1_024;

    const int FewLooks = 100;

    /// <summary>How often it is looked whether the pool rests.</summary>
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    readonly Lock _lock = new();
    readonly Func<bool> _poolRests = poolRests ?? ThreadRest.IsPoolAtRest;
    readonly TurnContext _turns = new();
    readonly ConcurrentQueue<Action> _last = new();
    PriorityQueue<Alarm, (long Due, long Made)> _alarms = new();
    readonly List<Timer> _due = [];
    long _ticks = start.UtcTicks;
    long _made;
    int _stale;
    long _holds;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Timers in the queue, those that were taken back and stay for a while included.</summary>
    internal int Waiting
    {
        get
        {
            lock (_lock)
                return _alarms.Count;
        }
    }

    /// <summary>Where what is begun under virtual time goes on; null for who is not.</summary>
    internal static SynchronizationContext? Turns => SynchronizationContext.Current as TurnContext;

    /// <summary>Has time stand still, where it is virtual, until what this gives is disposed.</summary>
    public static IDisposable? Holding(TimeProvider time) => time is VirtualTime still ? new Held(still) : null;

    /// <summary>Begins something that is driven afterwards. On the driver's thread.</summary>
    public T Within<T>(Func<T> begin)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_turns);
        try
        {
            return begin();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Lets time pass until some work is done, on this thread.</summary>
    /// <param name="until">The last moment it passes to. What is due then is done.</param>
    /// <returns>Whether the work is done; else it is that moment, or nobody waits for any, and everybody
    /// rests.</returns>
    public bool Drive(Task work, DateTimeOffset until) => Within(() =>
    {
        while (true)
        {
            Settle();
            if (work.IsCompleted)
                return true;
            if (!PassTo(until))
                return false;

            foreach (var timer in _due)
                timer.Fire();
        }
    });

    /// <summary>Has something done when nobody else has anything to do, before time passes.</summary>
    internal void DoLast(Action work) => _last.Enqueue(work);

    /// <summary>Goes to the next timer's moment, and takes all that are due then.</summary>
    /// <returns>False where it lies beyond <paramref name="until"/>, to which time has passed then.</returns>
    bool PassTo(DateTimeOffset until)
    {
        _due.Clear();
        lock (_lock)
        {
            if (FindNext() is not { } next || next > until.UtcTicks)
            {
                if (until < DateTimeOffset.MaxValue)
                    Volatile.Write(ref _ticks, Math.Max(_ticks, until.UtcTicks));
                return false;
            }

            Volatile.Write(ref _ticks, Math.Max(_ticks, next));
            for (; FindNext() is { } due && due <= _ticks; _alarms.Dequeue())
                _due.Add(_alarms.Peek().Take());
            return true;
        }
    }

    long? FindNext()
    {
        while (_alarms.TryPeek(out var alarm, out var at))
        {
            if (alarm.IsCurrent)
                return at.Due;
            _alarms.Dequeue();
            _stale--;
        }

        return null;
    }

    /// <summary>Does all that can be done at this moment.</summary>
    void Settle()
    {
        var looks = 0;
        while (true)
        {
            if (_turns.TakeOne())
                looks = 0;
            else if (_last.TryDequeue(out var work))
                work();
            else if (Interlocked.Read(ref _holds) == 0 && _poolRests() && _turns.IsEmpty)
                return;
            else if (++looks < FewLooks) // most of what others do takes microseconds; a report takes seconds
                Thread.SpinWait(20);
            else
                _turns.WaitForNews(Glance);
        }
    }

    void NoteStale()
    {
        if (++_stale < FewStale || _stale * 2 < _alarms.Count)
            return;

        _alarms = new PriorityQueue<Alarm, (long Due, long Made)>(
            _alarms.UnorderedItems.Where(alarm => alarm.Element.IsCurrent));
        _stale = 0;
    }

    sealed class Held : IDisposable
    {
        VirtualTime? _time;

        public Held(VirtualTime time)
        {
            _time = time;
            Interlocked.Increment(ref time._holds);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _time, null) is { } time)
                Interlocked.Decrement(ref time._holds);
        }
    }

    /// <summary>What is to be done at this moment, one after the other.</summary>
    sealed class TurnContext : SynchronizationContext
    {
        readonly ConcurrentQueue<(SendOrPostCallback Work, object? State)> _turns = new();

        readonly object _news = new();

        public bool IsEmpty => _turns.IsEmpty;

        public override void Post(SendOrPostCallback d, object? state)
        {
            _turns.Enqueue((d, state));
            if (Current == this)
                return;

            lock (_news) // of another thread
                Monitor.Pulse(_news);
        }

        /// <summary>Returns when another thread has something done, and after a while.</summary>
        public void WaitForNews(TimeSpan atMost)
        {
            lock (_news)
                Monitor.Wait(_news, atMost);
        }

        public override void Send(SendOrPostCallback d, object? state) =>
            throw new NotSupportedException("nothing waits for its turn");

        public override SynchronizationContext CreateCopy() => this;

        public bool TakeOne()
        {
            if (!_turns.TryDequeue(out var turn))
                return false;

            turn.Work(turn.State);
            return true;
        }
    }

    /// <summary>What a timer was last set to.</summary>
    sealed class Alarm(Timer timer)
    {
        public bool IsCurrent => timer.Current == this;

        /// <summary>Takes the timer out of the queue; one with a period is set anew when it fires.</summary>
        public Timer Take()
        {
            timer.Current = null;
            return timer;
        }
    }

    sealed class Timer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        TimeSpan _period;
        bool _isDisposed;

        public Alarm? Current { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                if (_isDisposed)
                    return false;
                _period = period;
                Set(dueTime);
                return true;
            }
        }

        public void Fire()
        {
            lock (time._lock)
            {
                if (_isDisposed || Current is not null) // taken back, or set anew, by one that was due at the same time
                    return;
                if (_period > TimeSpan.Zero)
                    Set(_period);
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                _isDisposed = true;
                Set(Timeout.InfiniteTimeSpan);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        void Set(TimeSpan dueTime)
        {
            if (Current is not null)
            {
                Current = null;
                time.NoteStale();
            }

            if (dueTime < TimeSpan.Zero)
                return;

            Current = new Alarm(this);
            time._alarms.Enqueue(Current, (time._ticks + dueTime.Ticks, time._made++));
        }
    }
}
