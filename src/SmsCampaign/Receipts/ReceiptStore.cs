using System.Buffers;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Receipts;

/// <summary>A callback as it came.</summary>
public sealed record RawReceipt(long Id, string Lane, long ReceivedAt, string Query, string ContentType, byte[] Body);

/// <summary>Something to remember about a receipt.</summary>
/// <param name="Item">Position in a callback that carries several.</param>
/// <param name="Run">Key of the run it belongs to; null where none is known.</param>
/// <param name="Detail">Holds no phone number.</param>
public sealed record OddReceipt(long Receipt, int Item, ReceiptOddity Kind, string? Run, string Detail)
{
    /// <summary>The lane whose gateway brought it; null where a run tells.</summary>
    public string? Lane { get; init; }
}

/// <summary>
/// Receipts as they came, kept whole, in a file a month (<see cref="ReceiptFiles"/>). A gateway gets its 200 when the receipt is on disk, not
/// before; what it says is applied behind, by <see cref="ReceiptSettler"/>.
/// </summary>
public sealed class ReceiptStore : IAsyncDisposable
{
    readonly DataFolder _data;
    readonly ProcessClock _clock;
    readonly bool _simulated;
    readonly Dispatch.Signal _appended = new();
    readonly List<(string File, string Reason)> _damaged = [];
    readonly SemaphoreSlim _turning = new(1, 1);

    // The oldest first, the last one written to.
    volatile ReceiptSegment[] _segments;
    long _ends;
    int _disposed;

    /// <param name="simulated">Whether it keeps what stand-ins send.</param>
    /// <exception cref="LedgerException">A file cannot be opened.</exception>
    public ReceiptStore(DataFolder data, ProcessClock clock, bool simulated = false)
    {
        Directory.CreateDirectory(data.Root);
        (_data, _clock, _simulated) = (data, clock, simulated);

        var segments = new List<ReceiptSegment>();
        try
        {
            var files = ReceiptFiles.Find(data, simulated);
            for (var at = 0; at < files.Count; at++)
            {
                try
                {
                    segments.Add(new ReceiptSegment(files[at].Path, files[at].Month, LastOf(segments), _appended.Set));
                }
                catch (LedgerException damaged) when (at < files.Count - 1) // an old one: the rest goes on
                {
                    _damaged.Add((Path.GetFileName(files[at].Path), damaged.Message));
                }
            }

            // Where the clock was set back the newest goes on.
            var now = ReceiptFiles.MonthOf(clock.Now());
            if (segments is [] || segments[^1].Month is not { } newest || newest.Index < now.Index)
                segments.Add(new ReceiptSegment(ReceiptFiles.PathOf(data, simulated, now), now, LastOf(segments), _appended.Set));
        }
        catch
        {
            foreach (var opened in segments)
                opened.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }

        _segments = [.. segments];
        _ends = ReceiptFiles.BeginOf(segments[^1].Month!.Value.Next);
    }

    /// <summary>Files of months before that cannot be opened: what was not settled of them waits until they are mended.</summary>
    public IReadOnlyList<(string File, string Reason)> Damaged => _damaged;

    /// <summary>Ends when something is appended. Take it before looking for receipts.</summary>
    internal Task Appended => _appended.Next;

    /// <summary>Keeps a callback. On disk when the task ends.</summary>
    /// <param name="query">As it stood in the URL, without the question mark.</param>
    /// <param name="body">Copied before it returns.</param>
    /// <exception cref="LedgerException">It could not be written; the gateway must be told to come again.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public ValueTask AppendAsync(string lane, string query, string contentType, in ReadOnlySequence<byte> body)
    {
        var now = _clock.Now();
        return now < Volatile.Read(ref _ends) && _segments[^1].TryAppend(lane, query, contentType, body, now, out var done)
            ? done
            : new ValueTask(AppendToNextAsync(lane, query, contentType, body.ToArray(), now));
    }

    /// <summary>Id of the last receipt that was settled.</summary>
    internal long ReadProgress() => _segments.Max(segment => segment.ReadProgress());

    /// <summary>Callbacks in the order they came. One reading at a time.</summary>
    /// <param name="after">Id of the one before.</param>
    internal IEnumerable<RawReceipt> Read(long after)
    {
        var segments = _segments;
        for (var at = 0; at < segments.Length; at++)
        {
            if (at + 1 < segments.Length && segments[at].LastId <= after)
                continue;

            foreach (var raw in segments[at].Read(after))
                yield return raw;
        }
    }

    /// <returns>Null where its file was dropped.</returns>
    internal RawReceipt? Find(long id) => SegmentOf(id).Read(id - 1).FirstOrDefault() is { } raw && raw.Id == id ? raw : null;

    /// <summary>Receipts whose message or run is not known yet, in the order they came.</summary>
    internal IEnumerable<(long Receipt, int Item)> ReadWaiting() => _segments.SelectMany(segment => segment.ReadWaiting());

    /// <summary>Notes what was odd. On disk when the task ends; may be done again.</summary>
    /// <param name="settled">Receipts that waited and have now settled their message.</param>
    internal async Task NoteAsync(IReadOnlyList<OddReceipt> odd, IReadOnlyList<(long Receipt, int Item)> settled)
    {
        foreach (var some in odd.GroupBy(each => SegmentOf(each.Receipt)))
            await some.Key.NoteAsync(some);
        foreach (var some in settled.GroupBy(each => SegmentOf(each.Receipt)))
            await some.Key.ForgetAsync(some);
    }

    /// <summary>Notes how far the settler has come.</summary>
    internal Task AdvanceAsync(long id) => SegmentOf(id).AdvanceAsync(id);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        // None is begun any more.
        await _turning.WaitAsync();
        foreach (var segment in _segments)
            await segment.DisposeAsync();
        _turning.Dispose();
    }

    /// <summary>The first of a month, or one that came in that very moment.</summary>
    async Task AppendToNextAsync(string lane, string query, string contentType, byte[] body, long now)
    {
        while (true)
        {
            await TurnAsync(now);
            if (_segments[^1].TryAppend(lane, query, contentType, new ReadOnlySequence<byte>(body), now, out var done))
            {
                await done;
                return;
            }
        }
    }

    /// <summary>Begins the file of the month where it has not been begun. Those that came before are on disk first: ids go up
    /// as receipts come.</summary>
    async Task TurnAsync(long now)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        await _turning.WaitAsync();
        try
        {
            if (now < _ends)
                return;

            var month = ReceiptFiles.MonthOf(now);
            await _segments[^1].CloseAsync();
            _segments = [.. _segments, new ReceiptSegment(ReceiptFiles.PathOf(_data, _simulated, month), month, _segments[^1].LastId, _appended.Set)];
            Volatile.Write(ref _ends, ReceiptFiles.BeginOf(month.Next));
        }
        finally
        {
            _turning.Release();
        }
    }

    ReceiptSegment SegmentOf(long id)
    {
        var segments = _segments;
        var at = segments.Length - 1;
        while (at > 0 && segments[at].After >= id)
            at--;
        return segments[at];
    }

    static long LastOf(List<ReceiptSegment> segments) => segments is [] ? 0 : segments[^1].LastId;
}
