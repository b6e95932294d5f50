using System.Buffers;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Receipts;

namespace SmsCampaign.Storage.Sqlite.Receipts;

/// <summary>
/// One file of receipts. Its ids go on where those of the file before end: an id is one receipt's in all files, and the
/// order of ids is that of arrival.
/// </summary>
sealed class ReceiptSegment : IAsyncDisposable
{
    /// <summary>Notes written in one commit.</summary>
    const int NotesTogether = 2_000;

    readonly SqliteDb _db;
    readonly SqliteDb _reading;
    readonly GroupCommit _writer;
    readonly ReceiptBatches _batches;
    readonly Statement _add;
    readonly SettlerRows _settler;
    readonly Statement _read;
    readonly ReceiptIds _ids;
    long _committed;
    volatile string? _broken;

    /// <param name="month">Null: the file of before there were months.</param>
    /// <param name="after">Id of the last receipt in the files before.</param>
    /// <param name="ids">Told of those that are given out.</param>
    /// <param name="changed">Called when receipts are on disk, and when the file turns out to be damaged.</param>
    /// <param name="gap">Noted where the file is begun: ids go on after it.</param>
    /// <param name="flushes">As of <see cref="DataFolder.Flushes"/>.</param>
    /// <param name="time">As of <see cref="GroupCommit"/>.</param>
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    public ReceiptSegment(
        string path,
        Month? month,
        long after,
        ReceiptIds ids,
        Action changed,
        ReceiptGap? gap = null,
        bool flushes = true,
        TimeProvider? time = null)
    {
        (Path, Month, _ids) = (path, month, ids);
        _db = SqliteDb.Open(path);
        try
        {
            _db.Execute($"pragma journal_mode = wal; pragma synchronous = {(flushes ? "full" : "off")}");
            Migrations.Apply(_db, TableSet.Receipts);

            // Kept in the file itself: the files before may have been dropped when the next process looks.
            After = _db.ReadNumber("select id from progress where name = 'begins'")
                ?? Begin(_db, Math.Max(after, gap?.Last ?? 0), gap);
            LastId = Math.Max(After, Math.Max(
                _db.ReadNumber("select max(id) from receipt") ?? 0, _db.ReadNumber("select max(last) from gap") ?? 0));
            _committed = LastId;

            _add = _db.Prepare(
                "insert into receipt (id, lane, received_us, query, content_type, body) values (?, ?, ?, ?, ?, ?)");
            _settler = new SettlerRows(_db);

            _reading = SqliteDb.Open(path, readOnly: true);
            _read = _reading.Prepare("""
                select   id, lane, received_us, query, content_type, body
                from     receipt
                where    id > ?
                order by id
                """);
        }
        catch
        {
            _reading?.Dispose();
            _db.Dispose();
            throw;
        }

        _writer = new GroupCommit(
            _db,
            "receipts",
            new CommitSteps(() => _ids.Reserve(LastId), Keep, () => LastId = _committed),
            time,
            "receipts");
        _batches = new ReceiptBatches(
            take => _writer.WriteAsync(() => take().ForEach(Add)), changed, failure => Note(failure, changed));
    }

    /// <summary>Begins the file of a month, to be opened later.</summary>
    /// <param name="after">The file whose ids go on.</param>
    public static void Begin(string path, string after)
    {
        using var before = SqliteDb.Open(after, readOnly: true);
        var last = Math.Max(
            before.ReadNumber("select max(id) from receipt") ?? 0,
            before.ReadNumber("select max(id) from progress") ?? 0);
        using var db = SqliteDb.Open(path);
        db.Execute("pragma journal_mode = wal; pragma synchronous = full");
        Migrations.Apply(db, TableSet.Receipts);
        Begin(db, last, null);
    }

    public string Path { get; }

    public Month? Month { get; }

    /// <summary>Id of the last receipt before this file's.</summary>
    public long After { get; }

    /// <summary>Id of the last receipt given out. Of the file that is written to, on its writer's thread.</summary>
    public long LastId { get; private set; }

    /// <summary>When the last receipt in it came, microseconds; 0 where it has none.</summary>
    public long LastReceived =>
        Look(() => _reading.ReadNumber("select received_us from receipt order by id desc limit 1") ?? 0);

    /// <summary>Why it cannot be used any more, though it could be opened: a page of it is damaged.
    /// Null while it can.</summary>
    public string? Broken => _broken;

    /// <summary>Goes on after ids that are missing from it. Before anything is appended.</summary>
    public void GoOnAfter(ReceiptGap gap)
    {
        GapRows.Write(_db, gap);
        _committed = LastId = Math.Max(LastId, gap.Last);
    }

    /// <inheritdoc cref="IReceiptLog.AppendAsync"/>
    /// <returns>False where the next file has been begun.</returns>
    public bool TryAppend(
        string lane,
        string query,
        string contentType,
        in ReadOnlySequence<byte> body,
        long receivedAt,
        out ValueTask done) =>
        _batches.TryAdd(lane, query, contentType, body, receivedAt, out done);

    /// <summary>Takes no more receipts; ends when those taken are on disk, or have failed
    /// where it is damaged.</summary>
    public async Task CloseAsync()
    {
        _batches.Close();
        do
        {
            await SettleWriterAsync();
            await Task.Yield(); // one that was gathered just now is handed over
        }
        while (_batches.AnyWait);
        await SettleWriterAsync();
    }

    /// <inheritdoc cref="SettlerRows.ReadProgress"/>
    public long ReadProgress() => Look(() => SettlerRows.ReadProgress(_reading));

    /// <summary>Callbacks in the order they came. One reading at a time.</summary>
    public IEnumerable<RawReceipt> Read(long after)
    {
        var (lane, contentType) = ("", "");
        _read.Bind(1, after);
        try
        {
            while (Look(_read.Step))
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

    /// <inheritdoc cref="IReceiptLog.ReadWaiting"/>
    public List<(long Receipt, int Item)> ReadWaiting() => Look(() => SettlerRows.ReadWaiting(_reading));

    public async Task NoteAsync(IEnumerable<OddReceipt> odd)
    {
        // Gateways wait for the same writer.
        foreach (var some in odd.Chunk(NotesTogether))
            await WriteAsync(() => _settler.Note(some));
    }

    public async Task ForgetAsync(IEnumerable<(long Receipt, int Item)> settled)
    {
        foreach (var some in settled.Chunk(NotesTogether))
            await WriteAsync(() => _settler.Forget(some));
    }

    public Task AdvanceAsync(long id) => WriteAsync(() => _settler.Advance(id));

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _settler.Dispose();
        _add.Dispose();
        _read.Dispose();
        _reading.Dispose();
        _db.TryExecute("pragma wal_checkpoint(truncate)");
        _db.Dispose();
    }

    /// <summary>With what is missing before it in one commit: a file that has begun is not asked again.</summary>
    static long Begin(SqliteDb db, long after, ReceiptGap? gap)
    {
        return db.Transact(() =>
        {
            db.Run($"insert or ignore into progress (name, id) values ('begins', {after})");
            if (gap is not null)
                GapRows.Write(db, gap);
            return after;
        });
    }

    T Look<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (LedgerException failure)
        {
            Note(failure, null);
            throw;
        }
    }

    async Task WriteAsync(Action work)
    {
        try
        {
            await _writer.WriteAsync(work);
        }
        catch (LedgerException failure)
        {
            Note(failure, null);
            throw;
        }
    }

    async Task SettleWriterAsync()
    {
        try
        {
            await WriteAsync(() => { });
        }
        catch (LedgerException) when (_broken is not null)
        {
        }
    }

    void Keep()
    {
        _committed = LastId;
        _ids.Reached(LastId);
    }

    /// <param name="tell">Told where it is the file's own fault.</param>
    void Note(Exception failure, Action? tell)
    {
        if (StorageFaults.KindOf(failure) is not StorageFault.Damaged)
            return;

        _broken = failure.Message;
        tell?.Invoke();
    }

    void Add(PendingReceipt receipt) => _add
        .Bind(1, ++LastId)
        .Bind(2, receipt.Lane)
        .Bind(3, receipt.ReceivedAt)
        .Bind(4, receipt.Query)
        .Bind(5, receipt.ContentType)
        .BindBlob(6, receipt.Body)
        .Run();
}
