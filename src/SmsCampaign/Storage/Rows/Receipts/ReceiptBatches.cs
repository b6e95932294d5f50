using System.Buffers;

namespace SmsCampaign.Storage.Rows.Receipts;

/// <summary>
/// Gathers receipts while the writer is busy and hands it all of them as one piece of work: what a receipt costs beyond
/// its row is shared by hundreds.
/// </summary>
/// <param name="write">Writes what it takes by calling what it is given, when it can: the same each time in one write.
/// On disk when the task ends; one write at a time.</param>
/// <param name="written">Called when a batch is on disk, before those who wait for it are told.</param>
/// <param name="failed">Called with why where one could not be written.</param>
sealed class ReceiptBatches(Func<Func<List<PendingReceipt>>, Task> write, Action written, Action<Exception> failed)
{
    /// <summary>Receipts kept to be used again.</summary>
    const int MostSpare = 4_096;

    readonly Lock _lock = new();
    readonly Stack<PendingReceipt> _spare = new();
    readonly Stack<List<PendingReceipt>> _spareBatches = new();
    List<PendingReceipt> _gathering = [];
    bool _asked;
    bool _closed;

    /// <summary>Whether some wait to be taken by the writer.</summary>
    public bool AnyWait
    {
        get
        {
            lock (_lock)
                return _asked;
        }
    }

    /// <param name="done">Ends when it is on disk. Throws <see cref="LedgerException"/> where it
    /// could not be written.</param>
    /// <returns>False where no more are taken.</returns>
    /// <exception cref="ObjectDisposedException">The file is closed: thrown by <paramref name="done"/>.</exception>
    public bool TryAdd(
        string lane,
        string query,
        string contentType,
        in ReadOnlySequence<byte> body,
        long receivedAt,
        out ValueTask done)
    {
        PendingReceipt? receipt;
        lock (_lock)
            _spare.TryPop(out receipt);

        receipt ??= new PendingReceipt(this);
        receipt.Fill(lane, query, contentType, body, receivedAt);
        done = receipt.Done;

        bool first;
        lock (_lock)
        {
            if (_closed)
            {
                _spare.Push(receipt);
                return false;
            }

            _gathering.Add(receipt);
            first = !_asked;
            _asked = true;
        }

        if (first)
            _ = WriteAsync();
        return true;
    }

    /// <summary>Takes no more.</summary>
    public void Close()
    {
        lock (_lock)
            _closed = true;
    }

    async Task WriteAsync()
    {
        List<PendingReceipt>? batch = null;
        Exception? failure = null;
        try
        {
            await write(() => batch ??= Take());
            written();
        }
        catch (Exception unwritten) // handed to everyone who waits
        {
            failure = unwritten;
            batch ??= Take();
            failed(unwritten);
        }

        foreach (var receipt in batch!)
            receipt.Complete(failure);

        batch.Clear();
        lock (_lock)
            _spareBatches.Push(batch);
    }

    /// <summary>Takes back what is not waited for any more.</summary>
    public void GiveBack(PendingReceipt receipt)
    {
        lock (_lock)
        {
            if (_spare.Count < MostSpare)
                _spare.Push(receipt);
        }
    }

    /// <summary>From here on others gather for the next batch.</summary>
    List<PendingReceipt> Take()
    {
        lock (_lock)
        {
            var batch = _gathering;
            _gathering = _spareBatches.TryPop(out var spare) ? spare : [];
            _asked = false;
            return batch;
        }
    }
}
