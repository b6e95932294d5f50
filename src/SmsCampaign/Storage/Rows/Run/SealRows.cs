using System.Globalization;
using System.Text;
using System.Text.Json;
using SmsCampaign.Audience;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>Reads of a run's ledger what its <see cref="RunSeal"/> binds.</summary>
static class SealRows
{
    /// <summary>Names in run_info that say nothing of what is sent, stand for the files (inputs) or other runs
    /// (earlier) or how its report is headed (letters), name the run itself (a rehearsal has the hash of what it
    /// rehearses, and each year that of the one before), or are written while it is sent
    /// (<see cref="ReceiptMarks"/>).</summary>
    static readonly HashSet<string> NotSealed =
    [
        "key", "simulated", "date", "report_by", "code", "created_at", "audience", "inputs", "receipts_through",
        "earlier", "letters",
    ];

    /// <summary>Tables whose rows are sealed: none may be a view in disguise.</summary>
    static readonly HashSet<string> Tables =
        ["run_info", "source", "segment", "carrier", "area", "message", "exclusion", "lane", "batch"];

    /// <summary>What the ledger of a planned run must say.</summary>
    /// <param name="planned">A ledger of all but the audience's rows.</param>
    /// <param name="rows">Hashes of these, as of <see cref="RowHashes"/>.</param>
    public static RunSeal Of(Db planned, IReadOnlyDictionary<int, string> rows)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        ReadReferences(planned, parts);
        foreach (var (group, hash) in rows)
            parts[NameOf(group)] = hash;
        return new RunSeal(parts);
    }

    /// <summary>Recomputes it from a run's ledger, every row of it; each carrier's by itself.</summary>
    /// <param name="atOnce">Carriers read at a time; -1: as many as there are processors.</param>
    /// <exception cref="LedgerException">The file is no run's ledger, or a broken one.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RunSeal Read(Database at, CancellationToken cancellationToken, int atOnce = -1)
    {
        var parts = ReadReferenceParts(at);

        var groups = new string?[MessageSeq.MostCarriers + 1];
        try
        {
            Parallel.For(
                0,
                groups.Length,
                new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = atOnce },
                group =>
                {
                    using var db = at.Look();
                    groups[group] = group == RowHashes.Exclusions
                        ? ReadExclusions(db, cancellationToken)
                        : ReadMessages(db, group, cancellationToken);
                });
        }
        catch (AggregateException several)
        {
            throw several.InnerExceptions[0];
        }

        for (var group = 0; group < groups.Length; group++)
        {
            if (groups[group] is { } hash)
                parts[NameOf(group)] = hash;
        }

        return new RunSeal(parts);
    }

    /// <summary>As <see cref="Read"/> without the audience's rows: takes as long for a million
    /// recipients as for one.</summary>
    public static RunSeal ReadReferences(Database at) => new(ReadReferenceParts(at));

    static SortedDictionary<string, string> ReadReferenceParts(Database at)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using var db = at.Look();
        ReadReferences(db, parts);
        FindDisguises(db, parts);
        FindForeignRoutes(db, parts);
        return parts;
    }

    static void ReadReferences(Db db, SortedDictionary<string, string> parts)
    {
        using (var info = db.Prepare("select name, value from run_info"))
        {
            while (info.Step())
            {
                if (info.Text(0)! is var name && !NotSealed.Contains(name))
                    parts["info:" + name] = RunSeal.HashOf(info.Text(1)!);
            }
        }

        ReadEach(db, "segment", "select id, name, message, priority, matched from segment", 5, parts);
        ReadEach(db, "carrier", "select id, name, display from carrier", 3, parts);
        ReadEach(
            db,
            "lane",
            "select id, name, rate, rate_unit, receipt_trust, receipt_seconds, price_per_part, settings from lane",
            8,
            parts);
        ReadWhole(db, "areas", "select id, name from area order by id", 2, parts);
        ReadWhole(db, "sources", "select id, sha256, rows from source order by id", 3, parts);
        ReadWhole(
            db,
            "batches",
            "select id, lane, carrier, segment, first_seq, last_seq, parts from batch order by id",
            7,
            parts);
    }

    static void ReadEach(Db db, string name, string sql, int columns, SortedDictionary<string, string> parts)
    {
        using var rows = db.Prepare(sql);
        while (rows.Step())
            parts[$"{name}:{rows.Text(0)}"] = RunSeal.HashOf(RowOf(rows, columns));
    }

    static void ReadWhole(Db db, string name, string sql, int columns, SortedDictionary<string, string> parts)
    {
        var all = new StringBuilder();
        using var rows = db.Prepare(sql);
        while (rows.Step())
            all.Append(RowOf(rows, columns)).Append('\n');
        parts[name] = RunSeal.HashOf(all.ToString());
    }

    /// <summary>As JSON: what stands in one column cannot pass for two.</summary>
    static string RowOf(Statement row, int columns) =>
        JsonSerializer.Serialize(
            [.. Enumerable.Range(0, columns).Select(column => row.Text(column)!)], StorageJson.Default.StringArray);

    /// <summary>A trigger could change what is sent after it was looked at, a view show one
    /// thing and be another.</summary>
    static void FindDisguises(Db db, SortedDictionary<string, string> parts)
    {
        foreach (var disguise in db.FindDisguises(Tables))
            parts[$"schema:{disguise}"] = "";
    }

    /// <summary>What another lane sends is of the batch it was planned in: the batch's segment says
    /// which text it gets.</summary>
    static void FindForeignRoutes(Db db, SortedDictionary<string, string> parts)
    {
        if (RouteRows.AreIn(db) && db.ReadNumber("""
            select    1
            from      route
            left join batch on batch.id = route.batch and route.seq between batch.first_seq and batch.last_seq
            where     batch.id is null or route.parts < 1 or route.lane not in (select id from lane)
            limit     1
            """) is not null)
        {
            parts["routes"] = "";
        }
        else if (RouteRows.AreIn(db) && AreMiscounted(db))
        {
            parts["routes"] = "";
        }
    }

    /// <summary>Whether what was moved has other parts than the lane it was moved to counts in its text: pace and
    /// cost go by them.</summary>
    static bool AreMiscounted(Db db)
    {
        using var moved = db.Prepare("""
            select distinct route.parts, lane.settings, text.value
            from   route
            join   batch on batch.id = route.batch
            join   lane on lane.id = route.lane
            join   segment on segment.id = batch.segment
            join   run_info text on text.name = 'text:' || segment.message
            """);
        var texts = new Dictionary<string, SmsText>();
        while (moved.Step())
        {
            if (LaneSettings.LengthTableOf(moved.Text(1)!) is not { } table)
                continue; // its settings are sealed as well

            var written = moved.Text(2)!;
            if (!texts.TryGetValue(written, out var text))
                texts[written] = text = SmsText.Compose(written);
            if (moved.Number(0) != text.PartsIn(table))
                return true;
        }

        return false;
    }

    static string? ReadMessages(Db db, int carrier, CancellationToken cancellationToken)
    {
        // What lies before the first carrier's rows, or behind the last one's, belongs to none; nobody
        // sends it, and it is no message.
        var first = carrier == 1 ? long.MinValue : MessageSeq.Of(carrier, 0);
        var last = carrier == MessageSeq.MostCarriers ? long.MaxValue : MessageSeq.Of(carrier + 1, 0) - 1;
        using var rows = db.Prepare(
            "select seq, number, source, line, segment, area, rule from message where seq "
            + "between ? and ? order by seq");
        rows.Bind(1, first).Bind(2, last);

        using var hashes = new RowHashes();
        var next = MessageSeq.Of(carrier, 1);
        var whole = true;
        while (rows.Step())
        {
            whole &= rows.Number(0) == next && rows.Number(4) is > 0 and <= short.MaxValue;
            if ((++next & 0xFFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            hashes.AddMessage(
                carrier,
                rows.Number(1),
                (int)rows.Number(2),
                (int)rows.Number(3),
                (int)rows.Number(4),
                (int)rows.Number(5),
                (int)rows.Number(6));
        }

        return hashes.Finish().GetValueOrDefault(carrier) is { } hash ? whole ? hash : "out of order" : null;
    }

    static string? ReadExclusions(Db db, CancellationToken cancellationToken)
    {
        using var rows = db.Prepare("select number, source, line, segment, reason from exclusion order by id");
        using var hashes = new RowHashes();
        for (var row = 1; rows.Step(); row++)
        {
            if ((row & 0xFFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            hashes.AddExclusion(
                rows.NumberOrNull(0) ?? 0,
                (int)rows.Number(1),
                (int)rows.Number(2),
                (int)rows.Number(3),
                (int)rows.Number(4));
        }

        return hashes.Finish().GetValueOrDefault(RowHashes.Exclusions);
    }

    static string NameOf(int group) =>
        group == RowHashes.Exclusions ? "exclusions" : string.Create(CultureInfo.InvariantCulture, $"messages:{group}");
}
