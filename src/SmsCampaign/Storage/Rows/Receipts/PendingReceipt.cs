using System.Buffers;
using System.Threading.Tasks.Sources;

namespace SmsCampaign.Storage.Rows.Receipts;

/// <summary>
/// A receipt on its way to the disk. Used again and again: millions come through, a few hundred are under way.
/// </summary>
/// <param name="batches">Takes it back when whoever waited has been told.</param>
sealed class PendingReceipt(ReceiptBatches batches) : IValueTaskSource
{
    /// <summary>Bytes of a body that are kept for the next receipt; a larger one is given back.</summary>
    const int MostKept = 4_096;

    // Whoever waits goes on where it is completed: a batch of them on one thread costs less than a thread for each.
    ManualResetValueTaskSourceCore<bool> _done;
    byte[] _body = [];
    int _length;

    public string Lane { get; private set; } = "";

    public string Query { get; private set; } = "";

    public string ContentType { get; private set; } = "";

    /// <summary>Microseconds.</summary>
    public long ReceivedAt { get; private set; }

    public ReadOnlySpan<byte> Body => _body.AsSpan(0, _length);

    /// <summary>Ends when it is on disk, or could not be written. Awaited once.</summary>
    public ValueTask Done => new(this, _done.Version);

    public void Fill(string lane, string query, string contentType, in ReadOnlySequence<byte> body, long receivedAt)
    {
        (Lane, Query, ContentType, ReceivedAt) = (lane, query, contentType, receivedAt);
        _length = checked((int)body.Length);
        if (_body.Length < _length)
            _body = new byte[Math.Max(_length, 256)];

        body.CopyTo(_body);
        _done.Reset();
    }

    public void Complete(Exception? failure)
    {
        if (_body.Length > MostKept)
            _body = [];

        if (failure is null)
            _done.SetResult(true);
        else
            _done.SetException(failure);
    }

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _done.GetResult(token);
        }
        finally
        {
            batches.GiveBack(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _done.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _done.OnCompleted(continuation, state, token, flags);
}
