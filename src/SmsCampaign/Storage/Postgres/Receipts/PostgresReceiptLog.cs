using System.Buffers;
using System.Globalization;
using Npgsql;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Receipts;

namespace SmsCampaign.Storage.Postgres.Receipts;

/// <summary>Receipts in PostgreSQL. Any number of processes append, of any machine; one settles.</summary>
/// <remarks>No file can be damaged: what the server cannot read of a table fails whatever reads it. But a replica that
/// was promoted may have lost what came last: what this process knows to have come, and is not there, is noted as
/// missing, and ids go on beyond it.</remarks>
sealed class PostgresReceiptLog : IReceiptLog
{
    /// <summary>Receipts read at a time: some megabytes.</summary>
    const int Together = 5_000;

    /// <summary>Notes written in one commit.</summary>
    const int NotesTogether = 2_000;

    readonly PostgresTables _at;
    readonly bool _flushes;
    readonly ReceiptIds _ids;
    readonly ProcessClock _clock;
    readonly ReceiptAppender _appender;
    readonly ReceiptBatches _batches;
    readonly ReceiptNews? _news;
    readonly Signal _changed = new();
    readonly List<DamagedReceipts> _missing = [];
    readonly string _read;
    int _disposed;

    /// <param name="simulated">Whether it keeps what stand-ins send.</param>
    /// <param name="patience">How long the server is waited for when a receipt is kept, seconds.</param>
    /// <param name="listens">As of <see cref="ReceiptNews"/>.</param>
    /// <exception cref="LedgerException">The server cannot be reached, or what is kept there not be used.</exception>
    public PostgresReceiptLog(
        PostgresPlace place,
        DataFolder data,
        ProcessClock clock,
        bool simulated = false,
        int patience = ReceiptAppender.PatienceSeconds,
        bool listens = true)
    {
        (_at, _clock, _flushes) = (place.Receipts(simulated), clock, data.Flushes);
        _read = string.Create(CultureInfo.InvariantCulture, $"""
            select   id, lane, received_us, query, content_type, body
            from     {PostgresNames.Quote(_at.Schema)}.receipt
            where    id > $1
            order by id
            limit    {Together}
            """);
        _ids = ReceiptIds.Open(data, simulated);
        _appender = new ReceiptAppender(_at, clock, _ids, _flushes, patience) { Missed = NoteMissing };
        try
        {
            // Looks whether anything is missing. On the pool: the caller may be one who waits for none of its threads.
            Task.Run(() => _appender.WriteAsync(() => [])).GetAwaiter().GetResult();
        }
        catch
        {
            _appender.DisposeAsync().AsTask().GetAwaiter().GetResult();
            _ids.Dispose();
            throw;
        }

        _batches = new ReceiptBatches(take => _appender.WriteAsync(take), _changed.Set, _ => { });
        _news = clock.Time is VirtualTime ? null : new ReceiptNews(_at, clock.Time, Hear, listens); // it is alone there
    }

    public IReadOnlyList<DamagedReceipts> Damaged => _missing;

    public Action<DamagedReceipts>? Alarm { get; set; }

    public Task Changed
    {
        get
        {
            _news?.Listen();
            return _changed.Next;
        }
    }

    public bool IsAnyBroken => false;

    public ValueTask AppendAsync(string lane, string query, string contentType, in ReadOnlySequence<byte> body) =>
        _batches.TryAdd(lane, query, contentType, body, _clock.Now(), out var done)
            ? done
            : ValueTask.FromException(new ObjectDisposedException(nameof(PostgresReceiptLog)));

    public long ReadProgress() => _at.Repeat(SettlerRows.ReadProgress);

    public IEnumerable<RawReceipt> Read(long after)
    {
        List<RawReceipt> some;
        do
        {
            some = ReadSome(after, mayBeOld: true);
            foreach (var raw in some)
                yield return raw;
            if (some is [.., var last])
                _appender.Learn(after = last.Id);
        }
        while (some.Count == Together);
    }

    public RawReceipt? Find(long id) => _at.Repeat(db => db.Find(
        $"select id, lane, received_us, query, content_type, body from receipt where id = {id}",
        row => new RawReceipt(
            row.Number(0), row.Text(1)!, row.Number(2), row.Text(3)!, row.Text(4)!, row.Utf8(5).ToArray())));

    public IEnumerable<(long Receipt, int Item)> ReadWaiting() => _at.Repeat(SettlerRows.ReadWaiting);

    public async Task NoteAsync(IReadOnlyList<OddReceipt> odd, IReadOnlyList<(long Receipt, int Item)> settled)
    {
        foreach (var some in odd.Chunk(NotesTogether))
            await WriteAsync(rows => rows.Note(some));
        foreach (var some in settled.Chunk(NotesTogether))
            await WriteAsync(rows => rows.Forget(some));
    }

    public Task AdvanceAsync(long id)
    {
        _appender.Learn(id);
        return WriteAsync(rows => rows.Advance(id));
    }

    public Task<bool> SetAsideBrokenAsync() => Task.FromResult(false);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        _batches.Close();
        do
        {
            await _appender.SettleAsync();
            await Task.Yield(); // one that was gathered just now is handed over
        }
        while (_batches.AnyWait);

        if (_news is not null)
            await _news.DisposeAsync();
        await _appender.DisposeAsync();
        _ids.Dispose();
    }

    /// <summary>Others have appended up to an id, or this process has.</summary>
    void Hear(long id)
    {
        if (_appender.Learn(id))
            _changed.Set();
    }

    void NoteMissing(ReceiptGap gap)
    {
        var missing = new DamagedReceipts(
            gap.File, $"receipts up to {gap.Last} came, and it has them up to {gap.First - 1}");
        _missing.Add(missing);
        Alarm?.Invoke(missing);
    }

    /// <param name="mayBeOld">Whether the connection may be one that was lost since.</param>
    List<RawReceipt> ReadSome(long after, bool mayBeOld)
    {
        try
        {
            using var connection = _at.Place.Source.OpenConnection();
            using var command = new NpgsqlCommand(_read, connection);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
            using var reader = command.ExecuteReader();
            var some = new List<RawReceipt>();
            var (lane, contentType) = ("", "");
            while (reader.Read())
            {
                // Almost always the same as before.
                lane = Again(reader.GetString(1), lane);
                contentType = Again(reader.GetString(4), contentType);
                some.Add(new RawReceipt(
                    reader.GetInt64(0),
                    lane,
                    reader.GetInt64(2),
                    reader.GetString(3),
                    contentType,
                    reader.GetFieldValue<byte[]>(5)));
            }

            return some;
        }
        catch (Exception lost) when (mayBeOld && PostgresFaults.IsOfConnection(lost))
        {
            _at.Place.Source.Clear();
            return ReadSome(after, mayBeOld: false);
        }
        catch (Exception failed) when (failed is NpgsqlException || PostgresFaults.IsOfConnection(failed))
        {
            throw PostgresFaults.Of(failed, _at.Name, _read);
        }
    }

    static string Again(string text, string likely) => text == likely ? likely : text;

    /// <summary>On a connection that remembers nothing: what is noted may be noted again, so whatever became of the
    /// server in between is no matter.</summary>
    Task<bool> WriteAsync(Action<SettlerRows> work) => Task.Run(() => _at.Repeat(db =>
    {
        db.Flush(_flushes);
        using var rows = new SettlerRows(db);
        db.Transact(() => work(rows));
        return true;
    }));
}
