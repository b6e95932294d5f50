using System.Globalization;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Sqlite.Registry;

/// <summary>The table standing_order of ledger.db, and what the marks outside the data folder know beside it.</summary>
sealed class OrderRows : IStandingOrders
{
    const string Table = "standing_order";

    /// <summary>Of the chain's rows only the first about an order counts.</summary>
    static readonly SqlText Witness = new($"""
        (select hash from audit where kind = '{AuditKinds.Order}' and ref = cast(standing_order.id as text) order by audit.id limit 1)
        """);

    static readonly SqlText Columns = new(
        $"id, kind, run, lane, at, person, account, host, behind, reason, rate, {Witness.Text}");

    readonly RegistryFile _file;
    readonly AuditLog _audit;
    readonly OrderMarks _marks;

    public OrderRows(RegistryFile file, AuditLog audit, DataFolder data) =>
        (_file, _audit, _marks) = (file, audit, new OrderMarks(data));

    public (StandingOrder Order, bool IsNew) Give(NewOrder order, Wording words, DateTimeOffset now)
    {
        try
        {
            return Write(order, words, now);
        }
        catch (LedgerException full) when (full.IsOfFullDisk)
        {
            if (MarkAlone(order, now) is { } marked)
                return (marked, true);
            throw;
        }
    }

    /// <summary>A pause stands by its mark alone where ledger.db cannot take it: whoever must stop something waits for
    /// no disk. Of anything else the mark may stand already, as the disk was full only at the end.</summary>
    /// <returns>Null where it does not stand.</returns>
    StandingOrder? MarkAlone(NewOrder order, DateTimeOffset now)
    {
        if (Find() is { } before)
            return before;
        if (order.Kind != OrderKind.Pause)
            return null;

        try
        {
            _marks.Give(order, $"full-disk-{Guid.NewGuid():N}", now); // no row of the chain has this
        }
        catch (LedgerException) // the marks lie on the same disk
        {
            return null;
        }

        return Find();

        StandingOrder? Find() => Read().FirstOrDefault(other => other is { IsOnlyMarked: true, Unreadable: null }
            && (other.Kind, other.Run, other.Lane, other.Rate)
                == (order.Kind, order.Scope.Run?.ToString(), order.Scope.Lane, order.Rate));
    }

    (StandingOrder Order, bool IsNew) Write(NewOrder order, Wording words, DateTimeOffset now)
    {
        var (run, lane) = (order.Scope.Run?.ToString(), order.Scope.Lane);
        using var db = _file.Open();
        return db.Transact(() =>
        {
            var standing = ReadAll(db);
            if (order.Kind is OrderKind.Cancel or OrderKind.End && FindForGood(standing, run, lane) is { } already)
                return (already, false);

            var marked = standing.Where(other => other is { IsOnlyMarked: true, Unreadable: null }
                && other.Kind == order.Kind && other.Run == run && other.Lane == lane).ToList();
            if (marked.Find(other => other.Rate == order.Rate) is { } same)
                return (same, false);

            if (order.Kind == OrderKind.Rate)
            {
                marked.ForEach(other => _marks.Lift(other.Witness!, now));
                var replaced = db.Read(
                    $"""
                    update standing_order
                    set    lifted_at = {now}, lifted_person = {order.Who.Person}, lifted_account = {order.Who.Account},
                           lifted_host = {order.Who.Host}, lifted_behind = {order.Who.Behind}, lifted_reason = {order.Reason}
                    where  kind = {(int)OrderKind.Rate} and lane is {lane} and lifted_at is null and rate is not {order.Rate}
                    returning id, {AuditKinds.LiftContent}, {Witness}
                    """,
                    row => (Id: row.Number(0), Content: row.Text(1)!, Witness: row.Text(2)));
                foreach (var (id, content, witness) in replaced)
                    WitnessLift(db, id, content, witness, now);
            }

            var isNew = db.Run($"""
                insert into standing_order (kind, run, lane, rate, at, person, account, host, behind, reason)
                values ({(int)order.Kind}, {run}, {lane}, {order.Rate}, {now}, {order.Who.Person},
                        {order.Who.Account}, {order.Who.Host}, {order.Who.Behind}, {order.Reason})
                on conflict do nothing
                """) > 0;
            if (isNew)
            {
                Mark(order, _audit.AppendRecord(db, AuditKinds.Order, now.ToSql()), now);
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
        var standing = ReadAll(db);
        if (standing.Count == 0)
            return standing;

        var over = db.Read(
            $"select key from run where state in ({SqliteRegistry.OverStates})", row => row.Text(0)!).ToHashSet();
        standing.RemoveAll(order => order.Run is { } run && over.Contains(run));
        return [.. standing.Where(order => order.Kind != OrderKind.Pause
            || FindForGood(standing, order.Run, order.Lane) is null)];
    }

    /// <summary>Of whatever run. What a row says otherwise than its mark stands beside it.</summary>
    List<StandingOrder> ReadAll(SqliteDb db)
    {
        var marks = _marks.Read();
        var rows = db.Read($"select {Columns} from standing_order where lifted_at is null order by id", ToOrder);
        return
        [
            .. rows,
            .. marks.Where(mark => !rows.Exists(row => row.Witness is not null && row.Witness == mark.Witness
                && (row.Unreadable is not null
                    || (row.Kind, row.Run, row.Lane, row.Rate) == (mark.Kind, mark.Run, mark.Lane, mark.Rate)))),
        ];
    }

    static StandingOrder? FindForGood(List<StandingOrder> standing, string? run, string? lane) => standing.Find(
        order => order.IsForGood && order.Run == run && (order.Lane is null || order.Lane == lane));

    /// <summary>Nobody is kept from pausing by a folder that cannot be written; what is for good, or lets go on, is
    /// not done then.</summary>
    void Mark(NewOrder order, string witness, DateTimeOffset now)
    {
        try
        {
            _marks.Give(order, witness, now);
        }
        catch (LedgerException) when (order.Kind == OrderKind.Pause)
        {
        }
    }

    public bool Lift(StandingOrder order, Who who, string reason, Wording words, DateTimeOffset now)
    {
        using var db = _file.Open();
        return db.Transact(() =>
        {
            if (order.IsOnlyMarked)
                return LiftMark(db, order, who, words, now);

            var lifted = db.Find($"""
                update standing_order
                set    lifted_at = {now}, lifted_person = {who.Person}, lifted_account = {who.Account},
                       lifted_host = {who.Host}, lifted_behind = {who.Behind}, lifted_reason = {reason}
                where  id = {order.Id} and lifted_at is null
                and    kind not in ({(int)OrderKind.Cancel}, {(int)OrderKind.End})
                returning {AuditKinds.LiftContent}, {Witness}
                """, row => new Lifted(row.Text(0)!, row.Text(1)));
            if (lifted is null)
                return false;

            WitnessLift(db, order.Id, lifted.Content, lifted.Witness, now);
            Record(db, FindKey(order.Run), who, DecisionKind.Continued, words, now);
            return true;
        });
    }

    bool LiftMark(SqliteDb db, StandingOrder order, Who who, Wording words, DateTimeOffset now)
    {
        if (order.IsForGood || order.Witness is not { } witness || !ReadAll(db).Exists(order.IsSame))
            return false;

        Record(db, FindKey(order.Run), who, DecisionKind.Continued, words, now); // first: the disk may be full
        _marks.Lift(witness, now);
        return true;
    }

    void WitnessLift(SqliteDb db, long id, string content, string? witness, DateTimeOffset now)
    {
        _audit.Append(db, AuditKinds.OrderLift, id.ToString(CultureInfo.InvariantCulture), content, now.ToSql());
        if (witness is not null)
            _marks.Lift(witness, now);
    }

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
            Witness = row.Text(11),
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

    sealed record Lifted(string Content, string? Witness);
}
