using System.Globalization;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Run;

namespace SmsCampaign.Reports;

/// <summary>
/// The small tables of a run's ledger, read once: all that its rows point to.
/// </summary>
sealed class RunTables
{
    /// <summary>By id; ids count from 1, and place 0 stands for what is not there: of the segments, for the rows that none takes.</summary>
    public required IReadOnlyList<SegmentRow> Segments { get; init; }
    public required IReadOnlyList<string> Carriers { get; init; }
    public required IReadOnlyList<string> Areas { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required IReadOnlyList<LaneRow> Lanes { get; init; }

    /// <summary>In the order of the messages.</summary>
    public required IReadOnlyList<BatchRow> Batches { get; init; }

    /// <summary>Messages covered by a call that has no answer yet, in order, without overlap.</summary>
    public required IReadOnlyList<SeqRange> InFlight { get; init; }

    /// <summary>What the run was planned with.</summary>
    public required RunDescription Run { get; init; }

    /// <summary>Noon of the run's date in UTC, microseconds.</summary>
    public long Begin => ProcessClock.ToMicros(new DateTimeOffset(Run.Date, new TimeOnly(12, 0), TimeSpan.Zero));

    public static RunTables Read(SqliteDb db)
    {
        return new RunTables
        {
            Run = RunDescription.Read(db),
            Segments = ReadList(db, "select id, name, matched from segment order by id",
                row => new SegmentRow(row.Text(1)!, row.Number(2)), new SegmentRow("", 0)),
            Carriers = ReadList(db, "select id, display from carrier order by id", row => row.Text(1)!, ""),
            Areas = ReadList(db, "select id, name from area order by id", row => row.Text(1)!, ""),
            Sources = ReadList(db, "select id, file from source order by id", row => row.Text(1)!, ""),
            Lanes = ReadList(
                db,
                $"""
                select    id, name, receipt_trust, price_per_part, rate, rate_unit, last_us + receipt_seconds * 1000000
                from      lane
                left join ({(TallyRows.AreIn(db) ? "select lane, last_us from lane_sent" : $"select lane, {RunRecovery.LastHandOver} as last_us from attempt group by lane")}) on lane = id
                order by  id
                """,
                row => new LaneRow(
                    row.Text(1)!,
                    Enum.Parse<ReceiptTrust>(row.Text(2)!),
                    decimal.Parse(row.Text(3)!, CultureInfo.InvariantCulture),
                    (int)row.Number(4),
                    Enum.Parse<RateUnit>(row.Text(5)!),
                    row.NumberOrNull(6)),
                new LaneRow("", ReceiptTrust.None, 0, 0, RateUnit.Parts, null)),
            Batches = [.. ReadRows(db, "select lane, parts, first_seq, last_seq from batch order by first_seq",
                row => new BatchRow((int)row.Number(0), (int)row.Number(1), row.Number(2), row.Number(3)))],
            InFlight = Merge(ReadRows(db, "select first_seq, last_seq from attempt where answered_us is null order by first_seq",
                row => new SeqRange(row.Number(0), row.Number(1)))),
        };
    }

    static List<T> ReadList<T>(SqliteDb db, string sql, Func<Statement, T> read, T none)
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

    static IEnumerable<T> ReadRows<T>(SqliteDb db, string sql, Func<Statement, T> read)
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

/// <param name="Matched">Rows the segment's filter let through.</param>
sealed record SegmentRow(string Name, long Matched);

/// <param name="ReceiptsUntil">Until when receipts are waited for, microseconds; null where nothing was handed over.</param>
sealed record LaneRow(string Name, ReceiptTrust Trust, decimal PricePerPart, int Rate, RateUnit RateUnit, long? ReceiptsUntil)
{
    /// <summary>Whether a message of the lane was taken and its last receipt has not come.</summary>
    public bool LacksReceipt(MessageStatus status) =>
        status is MessageStatus.Accepted or MessageStatus.Sent && Trust.Awaits(status);
}

/// <param name="Parts">Of one message.</param>
readonly record struct BatchRow(int Lane, int Parts, long First, long Last);

/// <param name="Last">Included.</param>
readonly record struct SeqRange(long First, long Last);
