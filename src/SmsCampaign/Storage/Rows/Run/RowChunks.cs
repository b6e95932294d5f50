using System.Collections.Concurrent;
using SmsCampaign.Audience;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>Rows of a new run, kept back and written a chunk at a time by a thread of its own while the next chunk is
/// read.</summary>
sealed class RowChunks
{
    // Three chunks go round: one being filled, one waiting, one being written.
    readonly BlockingCollection<RowChunk> _empty = [new RowChunk(), new RowChunk(), new RowChunk()];
    readonly BlockingCollection<RowChunk> _full = [];
    readonly Action<RowChunk> _write;
    readonly Task _writing;
    RowChunk _chunk;

    /// <param name="write">Called on the thread that writes.</param>
    public RowChunks(Action<RowChunk> write)
    {
        _write = write;
        _chunk = _empty.Take();
        _writing = Task.Factory.StartNew(
            WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void Add(int carrier, in MessageRow row)
    {
        if (_chunk.Messages == RowChunk.Most)
            HandOver();

        _chunk.Add(carrier, row);
    }

    public void Add(in ExclusionRow row)
    {
        if (_chunk.Exclusions.Count == RowChunk.Most)
            HandOver();

        _chunk.Exclusions.Add(row);
    }

    /// <summary>Returns when all is written. What writing threw is thrown here.</summary>
    public void Complete()
    {
        HandOver();
        Stop();
    }

    /// <summary>Returns when nothing is being written any more, whatever became of it.</summary>
    public void Abandon()
    {
        _full.CompleteAdding();
        ((IAsyncResult)_writing).AsyncWaitHandle.WaitOne();
    }

    void HandOver()
    {
        _full.Add(_chunk);

        // A writer that failed gives none back, and its failure is the import's.
        if (_empty.TryTake(out var next, Timeout.Infinite))
            _chunk = next;
        else
            Stop();
    }

    void Stop()
    {
        _full.CompleteAdding();
        _writing.GetAwaiter().GetResult();
    }

    void WriteAll()
    {
        try
        {
            foreach (var chunk in _full.GetConsumingEnumerable())
            {
                _write(chunk);
                chunk.Clear();
                _empty.Add(chunk);
            }
        }
        finally
        {
            _empty.CompleteAdding();
        }
    }
}
