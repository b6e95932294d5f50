using System.Collections.Concurrent;
using System.Globalization;
using SmsCampaign.Audience;
using SmsCampaign.Files;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Sqlite.Run;

/// <summary>
/// Writes the ledger of a new run. It appears under its name only when it is complete and on disk: an import that fails
/// half way, or is killed, leaves no trace.
/// </summary>
/// <remarks>
/// Rows are kept back and written a chunk at a time by a thread of its own, while the next chunk is read: each
/// carrier's at its own end of the table. The unique index is built once at the end by sorting. Both are several times
/// faster than inserting as rows come.
/// </remarks>
public sealed class RunBuilder : IRunBuilder
{
    readonly string _path;
    readonly string _unfinished;
    readonly SqliteDb _db;
    readonly Statement _addMessage;
    readonly Statement _addExclusion;
    readonly long[] _positions = new long[MessageSeq.MostCarriers + 1];

    // Three chunks go round: one being filled, one waiting, one being written.
    readonly BlockingCollection<RowChunk> _empty = [new RowChunk(), new RowChunk(), new RowChunk()];
    readonly BlockingCollection<RowChunk> _full = [];
    readonly Task _writing;
    RowChunk _chunk;
    bool _complete;

    /// <param name="path">Where the finished ledger will stand. A ledger that stands there already is not touched until
    /// <see cref="Complete"/>.</param>
    public RunBuilder(string path)
        : this(path, mostPages: null)
    {
    }

    /// <param name="mostPages">Stands for a disk that has room for no more.</param>
    internal RunBuilder(string path, int? mostPages)
    {
        _path = path;
        _unfinished = path + UnfinishedSuffix;
        PrivateFiles.MakeFolder(Path.GetDirectoryName(path)!);
        File.Delete(_unfinished);

        _db = SqliteDb.Open(_unfinished);

        // Nobody else sees the file and a crash throws it away: no journal needed until it is complete.
        _db.Execute(
            $"pragma page_size = {PageSize}; pragma journal_mode = off; pragma synchronous = off; pragma locking_mode "
            + $"= exclusive; pragma cache_size = {CacheKibibytes}");
        if (mostPages is { } most)
            _db.Execute(string.Create(CultureInfo.InvariantCulture, $"pragma max_page_count = {most}"));
        Migrations.Apply(_db, "Run");
        _db.Execute("begin");

        _addMessage = _db.Prepare(
            "insert into message (seq, number, segment, area, rule, source, line) values (?, ?, ?, ?, ?, ?, ?)");
        _addExclusion = _db.Prepare(
            "insert into exclusion (source, line, segment, reason, number, written, earlier) "
            + "values (?, ?, ?, ?, ?, ?, ?)");

        _chunk = _empty.Take();
        _writing = Task.Factory.StartNew(
            WriteChunks, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>SQLite's cache while importing, in its own negative spelling for KiB. 12 MiB took 120 MiB of process in
    /// all at any length and no more time than 48, which took 190.</summary>
    public const string CacheKibibytes = "-12288";

    /// <summary>Bytes of a page.</summary>
    public const int PageSize = 8192;

    /// <summary>While the index is made: the cache bounds what is sorted at a time, and pieces that fit a core's own
    /// cache are sorted and merged in two thirds of the time of pieces of 12 MiB.</summary>
    const string SortKibibytes = "-2048";

    /// <summary>Ends the name of a file under construction; one found at start is what a crash left.</summary>
    public const string UnfinishedSuffix = ".unfinished";

    public void AddMessage(int carrier, in MessageRow row)
    {
        if (_chunk.Messages == RowChunk.Most)
            HandOver();

        _chunk.Add(carrier, row);
    }

    public void AddExclusion(in ExclusionRow row)
    {
        if (_chunk.Exclusions.Count == RowChunk.Most)
            HandOver();

        _chunk.Exclusions.Add(row);
    }

    public void Complete(
        ImportedAudience audience,
        Plan plan,
        RunDescription description,
        bool replace = false,
        (RunMark Reached, long Now)? lost = null)
    {
        HandOver();
        StopWriting();
        AddReferences(_db, audience, plan, description);
        _db.Execute($"pragma cache_size = {SortKibibytes}; create unique index message_number on message (number)");
        if (lost is var (reached, now))
            RunGap.Write(_db, reached, now);
        _db.Execute("commit");

        _addMessage.Dispose();
        _addExclusion.Dispose();
        _db.Dispose();

        LedgerPlace.Put(_unfinished, _path, replace);
        _complete = true;
    }

    /// <summary>Without <see cref="Complete"/> before, everything is thrown away.</summary>
    public void Dispose()
    {
        if (_complete)
            return;

        _full.CompleteAdding();
        ((IAsyncResult)_writing).AsyncWaitHandle.WaitOne();

        _addMessage.Dispose();
        _addExclusion.Dispose();
        _db.Dispose();
        File.Delete(_unfinished);
    }

    void HandOver()
    {
        _full.Add(_chunk);

        // A writer that failed gives none back, and its failure is the import's.
        if (_empty.TryTake(out var next, Timeout.Infinite))
            _chunk = next;
        else
            StopWriting();
    }

    void StopWriting()
    {
        _full.CompleteAdding();
        _writing.GetAwaiter().GetResult();
    }

    void WriteChunks()
    {
        try
        {
            foreach (var chunk in _full.GetConsumingEnumerable())
            {
                Write(chunk);
                chunk.Clear();
                _empty.Add(chunk);
            }
        }
        finally
        {
            _empty.CompleteAdding();
        }
    }

    void Write(RowChunk chunk)
    {
        // A binding stays until it is replaced: most rows have the segment and source of the one before.
        var before = default(MessageRow);
        foreach (var (carrier, at) in chunk.ByCarrier())
        {
            ref readonly var row = ref chunk[at];
            if (row.Segment != before.Segment)
                _addMessage.Bind(3, row.Segment);
            if (row.Area != before.Area)
                _addMessage.Bind(4, row.Area);
            if (row.Rule != before.Rule)
                _addMessage.Bind(5, (long)row.Rule);
            if (row.Source != before.Source)
                _addMessage.Bind(6, row.Source);

            _addMessage
                .Bind(1, MessageSeq.Of(carrier, ++_positions[carrier]))
                .Bind(2, row.Number)
                .Bind(7, row.Line)
                .Run();
            before = row;
        }

        foreach (var row in chunk.Exclusions)
        {
            _addExclusion
                .Bind(1, row.Source)
                .Bind(2, row.Line)
                .Bind(3, row.Segment)
                .Bind(4, (long)row.Reason)
                .Bind(5, row.Number)
                .Bind(6, row.Written)
                .Bind(7, row.Earlier?.ToSql())
                .Run();
        }
    }

    /// <summary>What the ledger must say once it is written.</summary>
    internal static RunSeal SealOf(ImportedAudience audience, Plan plan, RunDescription description)
    {
        using var db = SqliteDb.Open(":memory:");
        Migrations.Apply(db, "Run");
        db.Execute("begin");
        AddReferences(db, audience, plan, description);
        return SealRows.Of(db, audience.Rows);
    }

    /// <summary>Everything of a ledger but the rows of the audience.</summary>
    static void AddReferences(SqliteDb db, ImportedAudience audience, Plan plan, RunDescription description)
    {
        AddRows(
            db,
            "insert into source (id, file, sha256, rows) values (?, ?, ?, ?)",
            audience.Sources,
            (statement, source) =>
                statement.Bind(2, source.File).Bind(3, source.Sha256).Bind(4, source.Rows));
        AddRows(
            db,
            "insert into segment (id, name, message, priority, matched) values (?, ?, ?, ?, ?)",
            audience.Segments,
            (statement, segment) =>
                statement
                    .Bind(2, segment.Name)
                    .Bind(3, segment.Message)
                    .Bind(4, segment.Priority)
                    .Bind(5, segment.Matched));
        AddOutside(db, audience.Outside);
        AddRows(
            db, "insert into carrier (id, name, display) values (?, ?, ?)", audience.Carriers, (statement, carrier) =>
                statement.Bind(2, carrier.Name).Bind(3, carrier.Display));
        AddRows(db, "insert into area (id, name) values (?, ?)", audience.Areas, (statement, area) =>
            statement.Bind(2, area));

        AddPlan(db, plan);

        using var addInfo = db.Prepare("insert into run_info (name, value) values (?, ?)");
        foreach (var (name, value) in description.ToRows())
            addInfo.Bind(1, name).Bind(2, value).Run();
    }

    /// <summary>The rows that no segment takes stand as segment 0, so that the audience stays the sum
    /// of all segments.</summary>
    static void AddOutside(SqliteDb db, long rows)
    {
        if (rows == 0)
            return;

        using var add = db.Prepare(
            "insert into segment (id, name, message, priority, matched) values (0, '', '', 0, ?)");
        add.Bind(1, rows).Run();
    }

    static void AddPlan(SqliteDb db, Plan plan)
    {
        AddRows(
            db,
            "insert into lane (id, name, rate, rate_unit, receipt_trust, receipt_seconds, price_per_part, settings) "
                + "values (?, ?, ?, ?, ?, ?, ?, ?)",
            plan.Lanes,
            (statement, lane) => statement
                .Bind(2, lane.Name)
                .Bind(3, lane.Rate)
                .Bind(4, lane.RateUnit.ToString())
                .Bind(5, lane.ReceiptTrust.ToString())
                .Bind(6, (long)lane.ReceiptTimeout.TotalSeconds)
                .Bind(7, lane.PricePerPart.ToString(CultureInfo.InvariantCulture))
                .Bind(8, lane.Settings));
        AddRows(
            db,
            "insert into batch (id, lane, carrier, segment, first_seq, last_seq, parts) values (?, ?, ?, ?, ?, ?, ?)",
            plan.Batches,
            (statement, batch) => statement
                .Bind(2, batch.Lane)
                .Bind(3, batch.Carrier)
                .Bind(4, batch.Segment)
                .Bind(5, batch.FirstSeq)
                .Bind(6, batch.LastSeq)
                .Bind(7, batch.Parts));
        db.Execute(
            "insert into tally (lane, parts, status, messages) select lane, parts, 0, sum(last_seq - first_seq + 1) "
            + "from batch group by lane, parts");
    }

    /// <summary>Inserts a list whose ids are its positions, counted from 1.</summary>
    static void AddRows<T>(SqliteDb db, string sql, IReadOnlyList<T> rows, Action<Statement, T> bind)
    {
        using var statement = db.Prepare(sql);

        for (var at = 0; at < rows.Count; at++)
        {
            bind(statement.Bind(1, at + 1), rows[at]);
            statement.Run();
        }
    }
}
