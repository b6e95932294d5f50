using System.Buffers;

namespace SmsCampaign.Storage.Receipts;

/// <summary>
/// Receipts as they came, kept whole. A gateway gets its 200 when the receipt is on disk, not before; what it says is
/// applied behind. Held by the one process that takes them; whoever only looks has <see cref="IKeptReceipts"/>.
/// </summary>
/// <remarks>Receipts have ids that go up as they come, and no id is given twice, whatever was lost.</remarks>
public interface IReceiptLog : IAsyncDisposable
{
    /// <summary>Files that cannot be used, and those of which receipts are missing.</summary>
    IReadOnlyList<DamagedReceipts> Damaged { get; }

    /// <summary>Told of each that is found in use. Whoever shows or logs it.</summary>
    Action<DamagedReceipts>? Alarm { get; set; }

    /// <summary>Ends when something is appended, or a file turns out to be damaged. Take it before
    /// looking for receipts.</summary>
    Task Changed { get; }

    /// <summary>Whether a file has turned out to be damaged that is still in use.</summary>
    bool IsAnyBroken { get; }

    /// <summary>Keeps a callback. On disk when the task ends.</summary>
    /// <param name="query">As it stood in the URL, without the question mark.</param>
    /// <param name="body">Copied before it returns.</param>
    /// <exception cref="LedgerException">It could not be written; the gateway must be told to come again.</exception>
    /// <exception cref="ObjectDisposedException">The log is closed.</exception>
    ValueTask AppendAsync(string lane, string query, string contentType, in ReadOnlySequence<byte> body);

    /// <summary>Id of the last receipt that was settled; 0 where none was.</summary>
    long ReadProgress();

    /// <summary>Callbacks in the order they came. One reading at a time.</summary>
    /// <param name="after">Id of the one before.</param>
    IEnumerable<RawReceipt> Read(long after);

    /// <returns>Null where it was dropped, or never came.</returns>
    RawReceipt? Find(long id);

    /// <summary>Receipts whose message or run is not known yet, in the order they came.</summary>
    IEnumerable<(long Receipt, int Item)> ReadWaiting();

    /// <summary>Notes what was odd. On disk when the task ends; may be done again.</summary>
    /// <param name="settled">Receipts that waited and have now settled their message.</param>
    Task NoteAsync(IReadOnlyList<OddReceipt> odd, IReadOnlyList<(long Receipt, int Item)> settled);

    /// <summary>Notes how far the settler has come.</summary>
    Task AdvanceAsync(long id);

    /// <summary>Takes files out of use that turned out to be damaged, and begins the one of this month anew. By whoever
    /// reads, between two readings.</summary>
    /// <returns>Whether there were any.</returns>
    /// <exception cref="IOException">It cannot be set aside: somebody has it open, on Windows.</exception>
    Task<bool> SetAsideBrokenAsync();
}
