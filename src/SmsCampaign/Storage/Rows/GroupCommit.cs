using System.Diagnostics;
using System.Threading.Channels;
using SmsCampaign.Telemetry;

namespace SmsCampaign.Storage.Rows;

/// <summary>
/// The one writer of a ledger: a thread that takes all the work that has queued up and commits it together, so
/// that a hundred calls share one flush to disk.
/// </summary>
/// <remarks>
/// A task it returns ends when the work is on disk (journal_mode WAL, synchronous FULL), not before. Where a piece of
/// work throws, all that went with it is taken back and done once more, each in a commit of its own: it alone fails.
/// Work must therefore bear to be done twice, and keep in memory only what <see cref="CommitSteps"/> keeps or takes
/// back. Where the commit itself fails (disk full), every piece in it fails with it and nothing of it is in the file.
/// </remarks>
sealed class GroupCommit : IAsyncDisposable
{
    /// <summary>Most pieces of work in one commit: bounds how long the first waits for the last.</summary>
    const int MostTogether = 4_096;

    /// <summary>How long another process that holds the file is still waited for once the process is to end: it must
    /// be gone within 2 seconds.</summary>
    static readonly TimeSpan LastWait = TimeSpan.FromSeconds(1);

    /// <summary>How often it is looked meanwhile whether the process is to end.</summary>
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    readonly Db _db;
    readonly CommitSteps _steps;
    readonly Channel<Work> _queue = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });
    readonly List<Work> _together = [];
    readonly LookAhead _ahead = new();
    readonly VirtualTime? _virtual;
    readonly KeyValuePair<string, object?> _file;
    readonly Thread? _thread;
    readonly TimeSpan _patience;
    long _hurried = long.MaxValue;
    int _isAsked;

    /// <param name="time">Where it is virtual nothing is done on another thread: what is queued is committed when
    /// nobody else has anything to do at its moment.</param>
    /// <param name="file">What kind it is of, by which it is measured (<see cref="Measures.CommitDuration"/>).</param>
    public GroupCommit(
        Db db, string name, CommitSteps? steps = null, TimeProvider? time = null, string file = "other")
    {
        _db = db;
        _patience = db.Waits;
        _file = new("file", file);
        _virtual = time as VirtualTime;
        _steps = steps ?? new CommitSteps();
        if (_virtual is not null)
            return;
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Queues work for the writer's thread; <paramref name="work"/> runs inside the transaction.</summary>
    /// <exception cref="LedgerException">It could not be written.</exception>
    /// <exception cref="ObjectDisposedException">The ledger is closed.</exception>
    /// <param name="ahead">Says what it is about before the transaction begins, where <see cref="CommitSteps.Look"/>
    /// is set.</param>
    public Task WriteAsync(Action work, Action<LookAhead>? ahead = null)
    {
        var queued = new Work(work, ahead);
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(queued), this);
        if (_virtual is not null && Interlocked.Exchange(ref _isAsked, 1) == 0)
            _virtual.DoLast(CommitQueued);
        return queued.Done.Task;
    }

    /// <inheritdoc cref="WriteAsync(Action, Action{LookAhead}?)"/>
    public async Task<T> WriteAsync<T>(Func<T> work, Action<LookAhead>? ahead = null)
    {
        T result = default!;
        await WriteAsync(() => { result = work(); }, ahead);
        return result;
    }

    /// <summary>Whether it was told that the process is to end.</summary>
    public bool IsHurried => Volatile.Read(ref _hurried) != long.MaxValue;

    /// <summary>The process is to end: from now on another that holds the file is waited for a second at most, all in
    /// all.</summary>
    public void Hurry() => Interlocked.CompareExchange(ref _hurried, Stopwatch.GetTimestamp(), long.MaxValue);

    /// <summary>Writes what is queued, then ends the thread.</summary>
    public ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _thread?.Join();
        CommitQueued();
        return ValueTask.CompletedTask;
    }

    void Run()
    {
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            CommitQueued();
    }

    /// <summary>Commits what has queued up; nothing where there is none.</summary>
    void CommitQueued()
    {
        Volatile.Write(ref _isAsked, 0);
        do
        {
            _together.Clear();
            while (_together.Count < MostTogether && _queue.Reader.TryRead(out var work))
                _together.Add(work);

            if (_together.Count > 0)
                Commit(_together);
        }
        while (_together.Count == MostTogether);
        _together.Clear();
    }

    void Commit(List<Work> together)
    {
        if (TryCommit(together, out var failure, out var isWorks))
        {
            foreach (var work in together)
                work.Done.SetResult();
            return;
        }

        if (!isWorks || together.Count == 1)
        {
            foreach (var work in together)
                work.Done.SetException(failure);
            return;
        }

        List<Work> alone = [together[0]];
        foreach (var work in together)
        {
            alone[0] = work;
            Commit(alone);
        }
    }

    /// <param name="isWorks">Whether it was one of the pieces that threw, and not the disk
    /// that failed them all.</param>
    bool TryCommit(List<Work> together, out Exception failure, out bool isWorks)
    {
        isWorks = false;
        try
        {
            var began = Stopwatch.GetTimestamp();
            Begin();
            Look(together);

            isWorks = true;
            foreach (var work in together)
                work.Do();
            isWorks = false;

            _steps.Before?.Invoke();
            _db.Commit();
            Measures.CommitDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, _file);
            _steps.Kept?.Invoke();
            failure = null!;
            return true;
        }
        catch (Exception thrown) // handed to whoever waits; the edge decides
        {
            _db.TakeBack();
            _steps.TakenBack?.Invoke();
            failure = thrown;
            return false;
        }
    }

    void Look(List<Work> together)
    {
        if (_steps.Look is not { } look)
            return;

        _ahead.Clear();
        foreach (var work in together)
            work.Ahead?.Invoke(_ahead);
        look(_ahead);
    }

    /// <summary>Waits for another process that holds it, in pieces: the database's own wait hears of no end.</summary>
    void Begin()
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            while (true)
            {
                var left = Left(began);
                _db.WaitFor(left < Glance ? left : Glance);
                try
                {
                    _db.Begin();
                    return;
                }
                catch (LedgerException held) when (held.IsBusy && Left(began) > TimeSpan.Zero)
                {
                }
            }
        }
        finally
        {
            _db.WaitFor(_patience);
        }
    }

    TimeSpan Left(long began)
    {
        var left = _patience - Stopwatch.GetElapsedTime(began);
        var last = IsHurried ? LastWait - Stopwatch.GetElapsedTime(Volatile.Read(ref _hurried)) : left;
        var least = last < left ? last : left;
        return least > TimeSpan.Zero ? least : TimeSpan.Zero;
    }

    sealed record Work(Action Do, Action<LookAhead>? Ahead)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What goes with a commit, on the writer's thread.</summary>
/// <param name="Before">Called inside the transaction when all its work is done: what it
/// throws fails the commit.</param>
/// <param name="Kept">Called when it is on disk.</param>
/// <param name="TakenBack">Called when it is not, and nothing of it is in the file.</param>
sealed record CommitSteps(Action? Before = null, Action? Kept = null, Action? TakenBack = null)
{
    /// <summary>Called when the transaction has begun, with what its work is about; null where that is of no
    /// use.</summary>
    public Action<LookAhead>? Look { get; init; }
}
