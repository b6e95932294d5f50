using System.Threading.Channels;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage;

/// <summary>
/// The one writer of a ledger file: a thread that takes all the work that has queued up and commits it together, so
/// that a hundred calls share one flush to disk.
/// </summary>
/// <remarks>
/// A task it returns ends when the work is on disk (journal_mode WAL, synchronous FULL), not before. Where a commit
/// fails (disk full), every piece of work in it fails with it and nothing of it is in the file.
/// </remarks>
sealed class GroupCommit : IAsyncDisposable
{
    /// <summary>Most pieces of work in one commit: bounds how long the first waits for the last.</summary>
    const int MostTogether = 4_096;

    readonly SqliteDb _db;
    readonly Action? _beforeCommit;
    readonly Channel<Work> _queue = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });
    readonly Thread _thread;

    /// <param name="beforeCommit">Called on the writer's thread before each commit: stands for a slow disk.</param>
    public GroupCommit(SqliteDb db, string name, Action? beforeCommit = null)
    {
        _db = db;
        _beforeCommit = beforeCommit;
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Queues work for the writer's thread; <paramref name="work"/> runs inside the transaction.</summary>
    /// <exception cref="LedgerException">It could not be written.</exception>
    /// <exception cref="ObjectDisposedException">The ledger is closed.</exception>
    public Task WriteAsync(Action work)
    {
        var queued = new Work(work);
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(queued), this);
        return queued.Done.Task;
    }

    public async Task<T> WriteAsync<T>(Func<T> work)
    {
        T result = default!;
        await WriteAsync(() => { result = work(); });
        return result;
    }

    /// <summary>Writes what is queued, then ends the thread.</summary>
    public ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _thread.Join();
        return ValueTask.CompletedTask;
    }

    void Run()
    {
        var together = new List<Work>();
        var reader = _queue.Reader;

        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (together.Count < MostTogether && reader.TryRead(out var work))
                together.Add(work);

            Commit(together);
            together.Clear();
        }
    }

    void Commit(List<Work> together)
    {
        try
        {
            _db.Execute("begin immediate");

            foreach (var work in together)
                work.Do();

            _beforeCommit?.Invoke();
            _db.Execute("commit");
        }
        catch (Exception failure) // handed to everyone who waits; the edge decides
        {
            _db.TryExecute("rollback");
            foreach (var work in together)
                work.Done.SetException(failure);
            return;
        }

        foreach (var work in together)
            work.Done.SetResult();
    }

    sealed record Work(Action Do)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
