using System.Globalization;
using SmsCampaign.Audience;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>What a new run's ledger holds beside the audience: segments, carriers, lanes, batches, and what the run
/// is.</summary>
static class ReferenceRows
{
    /// <summary>Everything of a ledger but the rows of the audience.</summary>
    public static void Add(Db db, ImportedAudience audience, Plan plan, RunDescription description)
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
    static void AddOutside(Db db, long rows)
    {
        if (rows == 0)
            return;

        using var add = db.Prepare(
            "insert into segment (id, name, message, priority, matched) values (0, '', '', 0, ?)");
        add.Bind(1, rows).Run();
    }

    static void AddPlan(Db db, Plan plan)
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
    static void AddRows<T>(Db db, string sql, IReadOnlyList<T> rows, Action<Statement, T> bind)
    {
        using var statement = db.Prepare(sql);

        for (var at = 0; at < rows.Count; at++)
        {
            bind(statement.Bind(1, at + 1), rows[at]);
            statement.Run();
        }
    }
}
