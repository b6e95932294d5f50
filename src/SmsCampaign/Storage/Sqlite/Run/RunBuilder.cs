using System.Globalization;
using SmsCampaign.Audience;
using SmsCampaign.Files;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Sqlite.Run;

/// <summary>
/// Writes the ledger of a new run. It appears under its name only when it is complete and on disk: an import that fails
/// half way, or is killed, leaves no trace.
/// </summary>
/// <remarks>
/// Rows are written a chunk at a time (<see cref="RowChunks"/>), each carrier's at its own end of the table. The unique
/// index is built once at the end by sorting. Both are several times faster than inserting as rows come.
/// </remarks>
public sealed class RunBuilder : IRunBuilder
{
    readonly string _path;
    readonly string _unfinished;
    readonly SqliteDb _db;
    readonly Statement _addMessage;
    readonly Statement _addExclusion;
    readonly long[] _positions = new long[MessageSeq.MostCarriers + 1];

    readonly RowChunks _rows;
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
        Migrations.Apply(_db, TableSet.Run);
        _db.Execute("begin");

        _addMessage = _db.Prepare(
            "insert into message (seq, number, segment, area, rule, source, line) values (?, ?, ?, ?, ?, ?, ?)");
        _addExclusion = _db.Prepare(
            "insert into exclusion (source, line, segment, reason, number, written, earlier) "
            + "values (?, ?, ?, ?, ?, ?, ?)");

        _rows = new RowChunks(Write);
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

    public void AddMessage(int carrier, in MessageRow row) => _rows.Add(carrier, row);

    public void AddExclusion(in ExclusionRow row) => _rows.Add(row);

    public void Complete(
        ImportedAudience audience,
        Plan plan,
        RunDescription description,
        bool replace = false,
        (RunMark Reached, long Now)? lost = null)
    {
        _rows.Complete();
        ReferenceRows.Add(_db, audience, plan, description);
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

        _rows.Abandon();
        _addMessage.Dispose();
        _addExclusion.Dispose();
        _db.Dispose();
        File.Delete(_unfinished);
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
        Migrations.Apply(db, TableSet.Run);
        db.Execute("begin");
        ReferenceRows.Add(db, audience, plan, description);
        return SealRows.Of(db, audience.Rows);
    }
}
