using System.Globalization;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Sqlite.Registry;

/// <summary>The tables work_order and order_step of ledger.db.</summary>
sealed class WorkOrderRows(RegistryFile file, AuditLog audit) : IWorkOrders
{
    /// <summary>Stored: never rename.</summary>
    static readonly Dictionary<OrderStepKind, string> Words = new()
    {
        [OrderStepKind.Sent] = "sent",
        [OrderStepKind.Acknowledged] = "acknowledged",
        [OrderStepKind.Refused] = "refused",
    };

    public long? Add(KeptOrder order)
    {
        using var db = file.Open();
        return db.Transact<long?>(() =>
        {
            var there = db.FindNumber($"""
                select id from work_order
                where  run = {order.Run} and segment = {order.Segment} and revision >= {order.Revision}
                limit  1
                """);
            if (there is not null)
                return null;

            db.Run($"""
                insert into work_order (run, segment, holder, revision, content, made_by, by_os, at)
                values ({order.Run}, {order.Segment}, {order.Holder}, {order.Revision}, {order.Content}, {order.MadeBy}, {order.ByOs}, {order.At})
                """);
            var id = db.LastRowId;
            audit.AppendRecord(db, AuditKinds.WorkOrder, order.At);
            return id;
        });
    }

    public long Add(OrderStep step)
    {
        using var db = file.Open();
        return db.Transact(() =>
        {
            db.Run($"""
                insert into order_step (work_order, kind, document, on_day, said_by, note, rate, recorded_by, by_os, at)
                values ({step.Order}, {Words[step.Kind]}, {step.Document}, {step.On.ToSql()}, {step.SaidBy}, {step.Note}, {step.Rate},
                        {step.RecordedBy}, {step.ByOs}, {step.At})
                """);
            var id = db.LastRowId;
            audit.AppendRecord(db, AuditKinds.OrderStep, step.At);
            return id;
        });
    }

    public IReadOnlyList<KeptOrder> Read(RunKey? run = null)
    {
        using var db = file.Open();
        var key = run?.ToString();
        var steps = ReadSteps(db).ToLookup(step => step.Order);
        var witnessed = audit.ReadWitnessed(db, AuditKinds.WorkOrder);
        return db.Read(
            $"""
            select   id, run, segment, holder, revision, content, made_by, by_os, at
            from     work_order
            where    {key} is null or run = {key}
            order by run, segment, revision
            """,
            row => new KeptOrder
            {
                Id = row.Number(0),
                Run = row.Text(1)!,
                Segment = row.Text(2)!,
                Holder = row.Text(3)!,
                Revision = (int)row.Number(4),
                Content = row.Text(5)!,
                MadeBy = row.Text(6)!,
                ByOs = row.Text(7)!,
                At = row.Text(8)!,
                IsWitnessed = witnessed.Contains(row.Number(0)),
                Steps = [.. steps[row.Number(0)]],
            });
    }

    /// <summary>A row that nothing bears witness to is passed over: what it says nobody has recorded, and
    /// <c>audit verify</c> names it.</summary>
    List<OrderStep> ReadSteps(SqliteDb db)
    {
        var witnessed = audit.ReadWitnessed(db, AuditKinds.OrderStep);
        return [.. db.Read(
            $"""
            select   id, work_order, kind, document, on_day, said_by, note, rate, recorded_by, by_os, at
            from     order_step
            order by id
            """,
            row => witnessed.Contains(row.Number(0)) ? ReadStep(row) : null)
            .OfType<OrderStep>()];
    }

    static OrderStep ReadStep(Statement row)
    {
        const string table = "order_step";
        var id = row.Number(0).ToString(CultureInfo.InvariantCulture);
        var kind = Words.Where(word => word.Value == row.Text(2)).ToList();
        if (kind.Count == 0)
        {
            throw LedgerRowException.Of(table, id, row.Text(2)!, new Wording(
                "việc mà chương trình biết (sent, acknowledged, refused)",
                "step that this program knows (sent, acknowledged, refused)"));
        }

        if (!DateOnly.TryParseExact(
            row.Text(4)!, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            throw LedgerRowException.Of(table, id, row.Text(4)!, new Wording("ngày (yyyy-MM-dd)", "date (yyyy-MM-dd)"));
        }

        return new OrderStep
        {
            Id = row.Number(0),
            Order = row.Number(1),
            Kind = kind[0].Key,
            Document = row.Text(3),
            On = day,
            SaidBy = row.Text(5),
            Note = row.Text(6),
            Rate = (int?)row.NumberOrNull(7),
            RecordedBy = row.Text(8)!,
            ByOs = row.Text(9)!,
            At = row.Text(10)!,
        };
    }
}
