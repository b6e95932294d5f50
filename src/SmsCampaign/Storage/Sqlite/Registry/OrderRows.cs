using System.Globalization;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Sqlite.Registry;

/// <summary>The table standing_order of ledger.db.</summary>
sealed class OrderRows : IStandingOrders
{
    const string Table = "standing_order";

    static readonly SqlText Columns = new("id, kind, run, lane, at, person, account, host, behind, reason, rate");

    readonly RegistryFile _file;
    readonly AuditLog _audit;

    public OrderRows(RegistryFile file, AuditLog audit) => (_file, _audit) = (file, audit);

    public (StandingOrder Order, bool IsNew) Give(NewOrder order, Wording words, DateTimeOffset now)
    {
        var (run, lane) = (order.Scope.Run?.ToString(), order.Scope.Lane);
        using var db = _file.Open();
        return db.Transact(() =>
        {
            if (order.Kind is OrderKind.Cancel or OrderKind.End && FindForGood(db, run, lane) is { } already)
                return (already, false);

            if (order.Kind == OrderKind.Rate)
            {
                var replaced = db.Read(
                    $"""
                    update standing_order
                    set    lifted_at = {now}, lifted_person = {order.Who.Person}, lifted_account = {order.Who.Account},
                           lifted_host = {order.Who.Host}, lifted_behind = {order.Who.Behind}, lifted_reason = {order.Reason}
                    where  kind = {(int)OrderKind.Rate} and lane is {lane} and lifted_at is null and rate is not {order.Rate}
                    returning id, {AuditKinds.LiftContent}
                    """,
                    row => (Id: row.Number(0), Content: row.Text(1)!));
                foreach (var (id, content) in replaced)
                    WitnessLift(db, id, content, now);
            }

            var isNew = db.Run($"""
                insert into standing_order (kind, run, lane, rate, at, person, account, host, behind, reason)
                values ({(int)order.Kind}, {run}, {lane}, {order.Rate}, {now}, {order.Who.Person},
                        {order.Who.Account}, {order.Who.Host}, {order.Who.Behind}, {order.Reason})
                on conflict do nothing
                """) > 0;
            if (isNew)
            {
                _audit.AppendRecord(db, AuditKinds.Order, now.ToSql());
                Record(db, order.Scope.Run, order.Who, GivenAs(order.Kind), words, now);
            }

            return (db.Find(
                $"""
                select {Columns} from standing_order
                where  kind = {(int)order.Kind} and run is {run} and lane is {lane} and lifted_at is null
                """,
                ToOrder)!, isNew);
        });
    }

    public IReadOnlyList<StandingOrder> Read()
    {
        using var db = _file.Open();
        return db.Read(
            $"""
            select   {Columns}
            from     standing_order
            where    lifted_at is null
            and      not exists (select 1 from run where run.key = standing_order.run and run.state in ({SqliteRegistry.OverStates}))
            and      not (kind = {(int)OrderKind.Pause} and exists (
                         select 1
                         from   standing_order as good
                         where  good.run = standing_order.run
                         and    good.kind in ({(int)OrderKind.Cancel}, {(int)OrderKind.End})
                         and    good.lifted_at is null
                         and    (good.lane is null or good.lane is standing_order.lane)))
            order by id
            """,
            ToOrder);
    }

    static StandingOrder? FindForGood(SqliteDb db, string? run, string? lane) => db.Find(
        $"""
        select {Columns} from standing_order
        where  kind in ({(int)OrderKind.Cancel}, {(int)OrderKind.End}) and lifted_at is null
        and    run is {run} and (lane is null or lane is {lane})
        """,
        ToOrder);

    public bool Lift(StandingOrder order, Who who, string reason, Wording words, DateTimeOffset now)
    {
        using var db = _file.Open();
        return db.Transact(() =>
        {
            var lifted = db.FindText($"""
                update standing_order
                set    lifted_at = {now}, lifted_person = {who.Person}, lifted_account = {who.Account},
                       lifted_host = {who.Host}, lifted_behind = {who.Behind}, lifted_reason = {reason}
                where  id = {order.Id} and lifted_at is null
                and    kind not in ({(int)OrderKind.Cancel}, {(int)OrderKind.End})
                returning {AuditKinds.LiftContent}
                """);
            if (lifted is null)
                return false;

            WitnessLift(db, order.Id, lifted, now);
            Record(db, FindKey(order.Run), who, DecisionKind.Continued, words, now);
            return true;
        });
    }

    void WitnessLift(SqliteDb db, long id, string content, DateTimeOffset now) => _audit.Append(
        db, AuditKinds.OrderLift, id.ToString(CultureInfo.InvariantCulture), content, now.ToSql());

    void Record(SqliteDb db, RunKey? run, Who who, DecisionKind what, Wording words, DateTimeOffset now)
    {
        if (run is null)
            SqliteRegistry.RecordEvent(db, _audit, who, what.ToWord(), words.In(Language.English), now);
        else
            SqliteRegistry.Record(db, _audit, new Decision(run, now, now, what, words) { ByOs = who.ByOs });
    }

    static DecisionKind GivenAs(OrderKind kind) => kind switch
    {
        OrderKind.Pause => DecisionKind.Paused,
        OrderKind.Cancel => DecisionKind.Cancelled,
        OrderKind.End => DecisionKind.Ended,
        OrderKind.Rate => DecisionKind.Slowed,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    static StandingOrder ToOrder(Statement row)
    {
        var (id, kind, run) = (row.Number(0), row.Number(1), row.Text(2));
        var name = id.ToString(CultureInfo.InvariantCulture);
        var (at, timeless) = ReadTime(row.Text(4)!, name);
        Wording? unreadable = null;
        var isOfAnyRun = (run is not null && FindKey(run) is null)
            || (run is null && (OrderKind)kind is OrderKind.Cancel or OrderKind.End);
        if (isOfAnyRun)
            unreadable ??= LedgerRowException.Of(Table, name, run ?? "null", RunKey.Expected).Words;
        if (!Enum.IsDefined((OrderKind)kind))
            unreadable ??= LedgerRowException.Of(Table, name, kind.ToString(CultureInfo.InvariantCulture), new Wording(
                "loại lệnh mà chương trình biết", "kind of an order that this program knows")).Words;
        if (kind == (long)OrderKind.Rate && row.NumberOrNull(10) is not (>= 1 and <= int.MaxValue))
            unreadable ??= LedgerRowException.Of(Table, name, row.Text(10) ?? "null", new Wording(
                "tốc độ", "rate")).Words;

        return new StandingOrder(
            id,
            unreadable is null ? (OrderKind)kind : OrderKind.Pause,
            run,
            row.Text(3),
            at,
            new Who(row.Text(5)!, row.Text(6)!, row.Text(7)!) { Behind = row.Text(8) },
            row.Text(9)!)
        {
            Rate = (int?)row.NumberOrNull(10),
            Unreadable = unreadable ?? timeless, // when it was given changes nothing of what it is
            IsOfAnyRun = isOfAnyRun,
        };
    }

    static (DateTimeOffset? At, Wording? Unreadable) ReadTime(string written, string name)
    {
        try
        {
            return (SqlTime.FromSql(written, Table, name), null);
        }
        catch (LedgerRowException unreadable)
        {
            return (null, unreadable.Words);
        }
    }

    static RunKey? FindKey(string? run)
    {
        try
        {
            return run is null ? null : RunKey.Parse(run);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
