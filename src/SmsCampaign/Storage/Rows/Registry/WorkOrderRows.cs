using System.Globalization;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>The tables work_order, order_step, carrier_result and carrier_number of ledger.db.</summary>
sealed class WorkOrderRows(IRegistryDb file, AuditLog audit) : IWorkOrders
{
    /// <summary>Stored: never rename.</summary>
    static readonly Dictionary<OrderStepKind, string> Words = new()
    {
        [OrderStepKind.Sent] = "sent",
        [OrderStepKind.Acknowledged] = "acknowledged",
        [OrderStepKind.Refused] = "refused",
        [OrderStepKind.Withdrawn] = "withdrawn",
    };

    public string? Add(IReadOnlyList<KeptOrder> orders)
    {
        if (orders.Count == 0)
            return null;

        using var db = file.Open();
        return db.Transact(() =>
        {
            var busy = orders.FirstOrDefault(order => db.FindNumber($"""
                select id from work_order
                where  run = {order.Run} and segment = {order.Segment} and revision >= {order.Revision}
                limit  1
                """) is not null);
            if (busy is not null)
                return busy.Segment;

            foreach (var order in orders)
            {
                audit.AddRecord(db, AuditKinds.WorkOrder, order.At, $"""
                    insert into work_order (run, segment, holder, revision, content, made_by, by_os, at)
                    values ({order.Run}, {order.Segment}, {order.Holder}, {order.Revision}, {order.Content}, {order.MadeBy}, {order.ByOs}, {order.At})
                    """);
            }

            return null;
        });
    }

    public long Add(OrderStep done)
    {
        using var db = file.Open();
        return db.Transact(() =>
        {
            var id = audit.AddRecord(db, AuditKinds.OrderStep, done.At, $"""
                insert into order_step (work_order, kind, document, on_day, said_by, note, rate, recorded_by, by_os, at)
                values ({done.Order}, {Words[done.Kind]}, {done.Document}, {done.On.ToSql()}, {done.SaidBy}, {done.Note}, {done.Rate},
                        {done.RecordedBy}, {done.ByOs}, {done.At})
                """);
            return id;
        });
    }

    public long? Add(KeptResult result, IReadOnlyList<byte[]>? numbers = null)
    {
        using var db = file.Open();
        return db.Transact<long?>(() =>
        {
            // Rows that nobody bears witness to are none.
            var there = ReadResults(db, audit.ReadWitnessed(db, AuditKinds.CarrierResult));
            if (there.LastOrDefault(each => each.Order == result.Order)?.Id != result.Corrects
                || there.Exists(each => each.FileHash == result.FileHash))
                return null;

            var id = audit.AddRecord(db, AuditKinds.CarrierResult, result.At, $"""
                insert into carrier_result
                       (work_order, file_name, file_hash, content, document, on_day, corrects, reason, recorded_by, by_os, at)
                values ({result.Order}, {result.FileName}, {result.FileHash}, {result.Content}, {result.Document}, {result.On.ToSql()},
                        {result.Corrects}, {result.Reason}, {result.RecordedBy}, {result.ByOs}, {result.At})
                """);
            AddNumbers(db, id, numbers ?? []);
            return id;
        });
    }

    static void AddNumbers(Db db, long result, IReadOnlyList<byte[]> parts)
    {
        using var insert = db.Prepare("insert into carrier_number (result, part, content) values (?, ?, ?)");
        for (var part = 0; part < parts.Count; part++)
            insert.Bind(1, result).Bind(2, part + 1L).BindBlob(3, parts[part]).Run();
    }

    public IReadOnlyList<byte[]> ReadNumbers(long result)
    {
        using var db = file.Open();
        return [.. db.Read(
            $"select content from carrier_number where result = {result} order by part",
            row => row.Utf8(0).ToArray())];
    }

    public KeptOrder? FindByFile(string fileHash) =>
        Read().FirstOrDefault(order => order.Results.Any(result => result.FileHash == fileHash));

    public IReadOnlyList<KeptOrder> Read(RunKey? run = null)
    {
        using var db = file.Open();
        db.BeginReading(); // what is judged is what was read
        var key = run?.ToString();
        if (db.FindNumber($"select 1 from work_order where {key} is null or run = {key} limit 1") is null)
            return [];

        var isClosed = audit.IsKeyClosed;
        var (stepRows, resultRows) = (IdsOf(db, "order_step"), IdsOf(db, "carrier_result"));
        HashSet<long> Of(string kind, IEnumerable<long> all) => isClosed ? [.. all] : audit.ReadWitnessed(db, kind);
        var stepIds = Of(AuditKinds.OrderStep, stepRows.SelectMany(order => order));
        var resultIds = Of(AuditKinds.CarrierResult, resultRows.SelectMany(order => order));
        var steps = ReadSteps(db, stepIds).ToLookup(step => step.Order);
        var results = ReadResults(db, resultIds).ToLookup(result => result.Order);
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
                IsWitnessed = isClosed || witnessed.Contains(row.Number(0)),
                IsUnverified = isClosed,
                Steps = [.. steps[row.Number(0)].OrderBy(step => step.On).ThenBy(step => step.Id)],
                Results = [.. results[row.Number(0)]],
                Doubtful =
                [
                    .. stepRows[row.Number(0)]
                        .Except(steps[row.Number(0)].Select(step => step.Id))
                        .Select(id => Name("order_step", id)),
                    .. resultRows[row.Number(0)]
                        .Except(results[row.Number(0)].Select(result => result.Id))
                        .Select(id => Name("carrier_result", id)),
                ],
            });
    }

    static string Name(string table, long id) => $"{table} {id.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>By their order.</summary>
    static ILookup<long, long> IdsOf(Db db, string table) => db
        .Read($"select work_order, id from {new SqlText(table)} order by id", row => (row.Number(0), row.Number(1)))
        .ToLookup(row => row.Item1, row => row.Item2);

    /// <summary>A row that nothing bears witness to, or that cannot be read, is named by itself
    /// (<see cref="KeptOrder.Doubtful"/>): the other letters stand.</summary>
    static List<OrderStep> ReadSteps(Db db, HashSet<long> witnessed)
    {
        return [.. db.Read(
            $"""
            select   id, work_order, kind, document, on_day, said_by, note, rate, recorded_by, by_os, at
            from     order_step
            order by id
            """,
            row => witnessed.Contains(row.Number(0)) ? TryRead(row, ReadStep) : null)
            .OfType<OrderStep>()];
    }

    static T? TryRead<T>(Statement row, Func<Statement, T> read)
        where T : class
    {
        try
        {
            return read(row);
        }
        catch (LedgerRowException)
        {
            return null;
        }
    }

    static OrderStep ReadStep(Statement row)
    {
        const string table = "order_step";
        var id = row.Number(0).ToString(CultureInfo.InvariantCulture);
        var kind = Words.Where(word => word.Value == row.Text(2)).ToList();
        if (kind.Count == 0)
        {
            throw LedgerRowException.Of(table, id, row.Text(2)!, new Wording(
                "việc mà chương trình biết (sent, acknowledged, refused, withdrawn)",
                "step that this program knows (sent, acknowledged, refused, withdrawn)"));
        }

        return new OrderStep
        {
            Id = row.Number(0),
            Order = row.Number(1),
            Kind = kind[0].Key,
            Document = row.Text(3),
            On = DayOf(row.Text(4)!, table, id),
            SaidBy = row.Text(5),
            Note = row.Text(6),
            Rate = (int?)row.NumberOrNull(7),
            RecordedBy = row.Text(8)!,
            ByOs = row.Text(9)!,
            At = row.Text(10)!,
        };
    }

    /// <summary>As of <see cref="ReadSteps"/>.</summary>
    static List<KeptResult> ReadResults(Db db, HashSet<long> witnessed)
    {
        return [.. db.Read(
            $"""
            select   id, work_order, file_name, file_hash, content, document, on_day, corrects, reason, recorded_by, by_os, at
            from     carrier_result
            order by id
            """,
            row => witnessed.Contains(row.Number(0)) ? TryRead(row, ReadResult) : null)
            .OfType<KeptResult>()];
    }

    static KeptResult ReadResult(Statement row) => new()
    {
        Id = row.Number(0),
        Order = row.Number(1),
        FileName = row.Text(2)!,
        FileHash = row.Text(3)!,
        Content = row.Text(4)!,
        Document = row.Text(5),
        On = DayOf(row.Text(6)!, "carrier_result", row.Number(0).ToString(CultureInfo.InvariantCulture)),
        Corrects = row.NumberOrNull(7),
        Reason = row.Text(8),
        RecordedBy = row.Text(9)!,
        ByOs = row.Text(10)!,
        At = row.Text(11)!,
    };

    static DateOnly DayOf(string text, string table, string id) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw LedgerRowException.Of(table, id, text, new Wording("ngày (yyyy-MM-dd)", "date (yyyy-MM-dd)"));
}
