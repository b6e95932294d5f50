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
public sealed record OddReceipt(long Receipt, int Item, ReceiptOddity Kind, string? Run, string Detail);

/// <summary>
/// Receipts as they came, kept whole: receipts.db, or receipts.simulated.db. A gateway gets its 200 when the receipt is on disk, not before; what it
/// says is applied behind, by <see cref="ReceiptSettler"/>.
/// </summary>
public sealed class ReceiptStore : IAsyncDisposable
{
    /// <summary>Notes written in one commit.</summary>
    const int NotesTogether = 2_000;

    readonly SqliteDb _db;
    readonly SqliteDb _reading;
    readonly GroupCommit _writer;
    readonly ProcessClock _clock;
    readonly ReceiptBatches _batches;
    readonly Statement _add;
    readonly Statement _note;
    readonly Statement _forget;
    readonly Statement _progress;
    readonly Statement _read;
    readonly Dispatch.Signal _appended = new();
    int _disposed;

    /// <param name="simulated">Whether it keeps what stand-ins send.</param>
    public ReceiptStore(DataFolder data, ProcessClock clock, bool simulated = false)
    {
        Directory.CreateDirectory(data.Root);
        _clock = clock;
        _db = SqliteDb.Open(data.ReceiptsOf(simulated));
        _db.Execute("pragma journal_mode = wal; pragma synchronous = full");
        Migrations.Apply(_db, "Receipts");
        _add = _db.Prepare("insert into receipt (lane, received_us, query, content_type, body) values (?, ?, ?, ?, ?)");
        _note = _db.Prepare("insert or replace into oddity (receipt, item, kind, run, detail) values (?, ?, ?, ?, ?)");
        _forget = _db.Prepare("delete from oddity where receipt = ? and item = ?");
        _progress = _db.Prepare("insert or replace into progress (name, id) values ('settled', ?)");

        _reading = SqliteDb.Open(data.ReceiptsOf(simulated), readOnly: true);
        _read = _reading.Prepare("""
            select   id, lane, received_us, query, content_type, body
            from     receipt
            where    id > ?
            order by id
            """);

        _writer = new GroupCommit(_db, "receipts");
        _batches = new ReceiptBatches(_writer, Add, _appended.Set);
    }

    /// <summary>Ends when something is appended. Take it before looking for receipts.</summary>
    internal Task Appended => _appended.Next;

    /// <summary>Keeps a callback. On disk when the task ends.</summary>
    /// <param name="query">As it stood in the URL, without the question mark.</param>
    /// <param name="body">Copied before it returns.</param>
    /// <exception cref="LedgerException">It could not be written; the gateway must be told to come again.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public ValueTask AppendAsync(string lane, string query, string contentType, in ReadOnlySequence<byte> body) =>
        _batches.AddAsync(lane, query, contentType, body, _clock.Now());

    void Add(PendingReceipt receipt) => _add
        .Bind(1, receipt.Lane)
        .Bind(2, receipt.ReceivedAt)
        .Bind(3, receipt.Query)
        .Bind(4, receipt.ContentType)
        .BindBlob(5, receipt.Body)
        .Run();

    /// <summary>Id of the last receipt that was settled.</summary>
    internal long ReadProgress() => _reading.ReadNumber("select id from progress where name = 'settled'") ?? 0;

    /// <summary>Callbacks in the order they came. One reading at a time.</summary>
    /// <param name="after">Id of the one before.</param>
    internal IEnumerable<RawReceipt> Read(long after)
    {
        var (lane, contentType) = ("", "");
        _read.Bind(1, after);
        try
        {
            while (_read.Step())
            {
                // Almost always the same as before.
                lane = _read.Text(1, lane);
                contentType = _read.Text(4, contentType);
                yield return new RawReceipt(
                    _read.Number(0), lane, _read.Number(2), _read.Text(3)!, contentType, _read.Utf8(5).ToArray());
            }
        }
        finally
        {
            _read.Reset();
        }
    }

    /// <summary>Receipts that named an id nobody knew, in the order they came.</summary>
    /// <param name="after">The last one read.</param>
    internal List<(long Receipt, int Item)> ReadWaiting((long Receipt, int Item) after, int most)
    {
        var waiting = new List<(long, int)>();
        using var statement = _reading.Prepare("""
            select   receipt, item
            from     oddity
            where    kind = 'Waiting'
            and      (receipt, item) > (?, ?)
            order by receipt, item
            limit    ?
            """);
        statement.Bind(1, after.Receipt).Bind(2, after.Item).Bind(3, most);
        while (statement.Step())
            waiting.Add((statement.Number(0), (int)statement.Number(1)));
        return waiting;
    }

    /// <summary>Notes what was odd, then how far the settler has come. On disk when the task ends.</summary>
    /// <param name="through">Null leaves it where it is.</param>
    /// <param name="settled">Odd receipts that waited and have now settled their message.</param>
    internal async Task NoteAsync(long? through, IReadOnlyList<OddReceipt> odd, IReadOnlyList<(long Receipt, int Item)> settled)
    {
        // Gateways wait for the same writer.
        foreach (var some in odd.Chunk(NotesTogether))
            await _writer.WriteAsync(() => Note(some));
        foreach (var some in settled.Chunk(NotesTogether))
            await _writer.WriteAsync(() => Forget(some));

        if (through is { } id)
            await _writer.WriteAsync(() => _progress.Bind(1, id).Run());
    }

    void Note(OddReceipt[] odd)
    {
        foreach (var each in odd)
            _note.Bind(1, each.Receipt).Bind(2, each.Item).Bind(3, each.Kind.ToString()).Bind(4, each.Run).Bind(5, each.Detail).Run();
    }

    void Forget((long Receipt, int Item)[] settled)
    {
        foreach (var (receipt, item) in settled)
            _forget.Bind(1, receipt).Bind(2, item).Run();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        await _writer.DisposeAsync();
        foreach (var statement in new[] { _add, _note, _forget, _progress })
            statement.Dispose();
        _read.Dispose();
        _reading.Dispose();
        _db.TryExecute("pragma wal_checkpoint(truncate)");
        _db.Dispose();
    }
}
