using SmsCampaign.Carriers;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>Reads the small tables of a run's ledger, for <see cref="RunTables"/>.</summary>
static class TableRows
{
    static readonly LaneRow NoLane = new("", ReceiptTrust.None, 0, 0, RateUnit.Parts, null);

    public static RunTables ReadAll(Db db)
    {
        var columns = new LaneColumns(db.File);
        var lanes = ReadLanes(db, columns);
        return new RunTables
        {
            Run = DescriptionRows.Read(db),
            Segments = ReadList(db, "select id, name, matched from segment order by id",
                row => new SegmentRow(row.Text(1)!, row.Number(2)), new SegmentRow("", 0)),
            Carriers = ReadList(db, "select id, display from carrier order by id", row => row.Text(1)!, ""),
            Areas = ReadList(db, "select id, name from area order by id", row => row.Text(1)!, ""),
            Sources = ReadList(db, "select id, file from source order by id", row => row.Text(1)!, ""),
            Lanes = lanes,
            Batches = [.. ReadRows(db, "select lane, parts, first_seq, last_seq, id from batch order by first_seq",
                row => new BatchRow(
                    LaneOf(row.Number(0), row.Text(4)!), (int)row.Number(1), row.Number(2), row.Number(3)))],
            InFlight = Merge(
                ReadRows(db, "select first_seq, last_seq from attempt where answered_us is null order by first_seq",
                    row => new SeqRange(row.Number(0), row.Number(1)))),
        };

        int LaneOf(long lane, string batch) =>
            lane > 0 && lane < lanes.Count && lanes[(int)lane] != NoLane
                ? (int)lane
                : throw columns.NoSuch(lane, "batch", batch);
    }

    static List<LaneRow> ReadLanes(Db db, LaneColumns columns) => ReadList(
        db,
        $"""
        select    lane.id, name, receipt_trust, price_per_part, rate, rate_unit, last_us + receipt_seconds * 1000000
        from      lane
        left join ({(TallyRows.AreIn(db) ? "select lane, last_us from lane_sent" : $"select lane, {RunRecovery.LastHandOver} as last_us from attempt group by lane")}) as last on last.lane = lane.id
        order by  lane.id
        """,
        row => new LaneRow(
            row.Text(1)!,
            columns.Trust(row.Text(2)!, row.Text(0)!),
            columns.Price(row.Text(3)!, row.Text(0)!),
            (int)row.Number(4),
            columns.Unit(row.Text(5)!, row.Text(0)!),
            row.NumberOrNull(6)),
        NoLane);

    static List<T> ReadList<T>(Db db, string sql, Func<Statement, T> read, T none)
    {
        List<T> list = [none];
        foreach (var (id, row) in ReadRows(db, sql, row => (row.Number(0), read(row))))
        {
            while (list.Count <= id)
                list.Add(none);
            list[(int)id] = row;
        }

        return list;
    }

    static IEnumerable<T> ReadRows<T>(Db db, string sql, Func<Statement, T> read)
    {
        using var statement = db.Prepare(sql);
        while (statement.Step())
            yield return read(statement);
    }

    static List<SeqRange> Merge(IEnumerable<SeqRange> ranges)
    {
        List<SeqRange> merged = [];
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last)
                merged[^1] = merged[^1] with { Last = Math.Max(range.Last, merged[^1].Last) };
            else
                merged.Add(range);
        }

        return merged;
    }
}
