using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

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

    readonly IRegistryDb _file;
    readonly AuditLog _audit;
    readonly OrderMarks _marks;

    public OrderRows(IRegistryDb file, AuditLog audit, DataFolder data) =>
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
        {
            LiftMarks(FindMarked([.. Read()], order).Where(other => other.Rate != order.Rate), now);
            return before;
        }

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

        StandingOrder? Find() => FindMarked([.. Read()], order).Find(other => other.Rate == order.Rate);
    }

    /// <summary>Those about the same that stand by their marks alone.</summary>
    static List<StandingOrder> FindMarked(List<StandingOrder> standing, NewOrder order) => standing.FindAll(
        other => other is { IsOnlyMarked: true, Unreadable: null }
            && (other.Kind, other.Run, other.Lane) == (order.Kind, order.Scope.Run?.ToString(), order.Scope.Lane));

    (StandingOrder Order, bool IsNew) Write(NewOrder order, Wording words, DateTimeOffset now)
    {
        var (run, lane) = (order.Scope.Run?.ToString(), order.Scope.Lane);
        var replaced = new List<StandingOrder>();
        using var db = _file.Open();
        var given = db.Transact(() =>
        {
            var standing = ReadAll(db);
            if (order.Kind is OrderKind.Cancel or OrderKind.End && FindForGood(standing, run, lane) is { } already)
                return (already, false);

            if (order.Kind == OrderKind.Rate)
                replaced = TakePlace(db, standing, order, now);
            if (FindMarked(standing, order).Find(other => other.Rate == order.Rate) is { } same)
                return (same, false);

            LiftUnvouched(db, order, now);
            var added = db.Insert($"""
                insert into standing_order (kind, run, lane, rate, at, person, account, host, behind, reason)
                values ({(int)order.Kind}, {run}, {lane}, {order.Rate}, {now}, {order.Who.Person},
                        {order.Who.Account}, {order.Who.Host}, {order.Who.Behind}, {order.Reason})
                on conflict do nothing
                """);
            if (added is { } id)
            {
                Mark(order, _audit.AppendRecord(db, AuditKinds.Order, id, now.ToSql()), now);
                Record(db, order.Scope.Run, order.Who, GivenAs(order.Kind), words, now);
            }

            return (db.Find(
                $"""
                select {Columns} from standing_order
                where  kind = {(int)order.Kind} and run is not distinct from {run} and lane is not distinct from {lane} and lifted_at is null
                """,
                ToOrder)!, added is not null);
        });

        LiftMarks(replaced, now);
        return given;
    }

    /// <summary>Lifts the rows of the account's other rates.</summary>
    /// <returns>Those that stood, whose marks are lifted when that is on disk.</returns>
    List<StandingOrder> TakePlace(Db db, List<StandingOrder> standing, NewOrder order, DateTimeOffset now)
    {
        var others = standing.FindAll(other => other is { Kind: OrderKind.Rate, Witness: not null }
            && other.Lane == order.Scope.Lane
            && other.Rate != order.Rate);
        var rows = db.Read(
            $"""
            update standing_order
            set    lifted_at = {now}, lifted_person = {order.Who.Person}, lifted_account = {order.Who.Account},
                   lifted_host = {order.Who.Host}, lifted_behind = {order.Who.Behind}, lifted_reason = {order.Reason}
            where  kind = {(int)OrderKind.Rate} and lane is not distinct from {order.Scope.Lane} and lifted_at is null and rate is distinct from {order.Rate}
            returning id, {AuditKinds.LiftContent}
            """,
            row => (Id: row.Number(0), Content: row.Text(1)!));
        foreach (var (id, content) in rows)
            WitnessLift(db, id, content, now);
        return others;
    }

    /// <summary>Once what takes their place is on disk: cut off before, they stand beside it.</summary>
    void LiftMarks(IEnumerable<StandingOrder> replaced, DateTimeOffset now)
    {
        foreach (var order in replaced)
            _marks.Lift(order.Witness!, now);
    }

    /// <summary>What somebody wrote of the same past the program is in nobody's way who really orders it.</summary>
    void LiftUnvouched(Db db, NewOrder order, DateTimeOffset now)
    {
        var odd = db.FindNumber($"""
            select id from standing_order
            where  kind = {(int)order.Kind} and run is not distinct from {order.Scope.Run?.ToString()} and lane is not distinct from {order.Scope.Lane} and lifted_at is null
            """);
        if (odd is not { } id
            || _audit.Judge(db, AuditKinds.Order, AuditKinds.OrderLift, [id])[id]
                is Vouching.Vouched or Vouching.NoKey)
            return;

        var content = db.FindText($"""
            update standing_order
            set    lifted_at = {now}, lifted_person = {order.Who.Person}, lifted_account = {order.Who.Account},
                   lifted_host = {order.Who.Host}, lifted_behind = {order.Who.Behind}, lifted_reason = {order.Reason}
            where  id = {id}
            returning {AuditKinds.LiftContent}
            """)!;
        WitnessLift(db, id, content, now);
    }

    public IReadOnlyList<StandingOrder> Read() => _file.Look(Read);

    List<StandingOrder> Read(Db db)
    {
        db.BeginReading(); // what is judged is what was read
        var standing = ReadAll(db);
        if (standing.Count == 0)
            return standing;

        var over = db.Read(
            $"select key from run where state in ({RegistryRows.OverStates})", row => row.Text(0)!).ToHashSet();
        standing.RemoveAll(order => order.Run is { } run && over.Contains(run));
        return standing.FindAll(order => order.Kind != OrderKind.Pause
            || FindForGood(standing, order.Run, order.Lane) is null);
    }

    public void KeepOutside()
    {
        using var db = _file.Open();
        db.BeginReading();
        var standing = db
            .Read($"select {Columns} from standing_order where lifted_at is null order by id", ToOrder)
            .Where(order => order is { Unreadable: null, At: not null, Witness: not null })
            .ToList();
        if (standing.Count == 0)
            return;

        var judged = _audit.Judge(
            db, AuditKinds.Order, AuditKinds.OrderLift, [.. standing.Select(order => order.Id)]);
        try
        {
            _marks.AddMissing(standing.Where(order => judged[order.Id] == Vouching.Vouched));
        }
        catch (LedgerException) // it stands all the same, and the next start tries again
        {
        }
    }

    /// <summary>Of whatever run. What a row says otherwise than its mark stands beside it. What neither the chain nor a
    /// mark bears out holds, and does nothing else.</summary>
    List<StandingOrder> ReadAll(Db db)
    {
        var marks = _marks.Read();
        var rows = db.Read($"select {Columns} from standing_order where lifted_at is null order by id", ToOrder);
        var judged = rows.Count == 0
            ? new Dictionary<long, Vouching>()
            : _audit.Judge(db, AuditKinds.Order, AuditKinds.OrderLift, [.. rows.Select(row => row.Id)]);
        return
        [
            .. rows.Select(row => OrderVouching.Vouch(row, judged[row.Id], marks.Any(mark => IsSaidBy(row, mark)))),
            .. marks.Where(mark => !rows.Exists(row => IsSaidBy(row, mark) || HoldsInPlaceOf(row, mark))),
        ];
    }

    static bool IsSaidBy(StandingOrder row, StandingOrder mark) => row.Witness is not null
        && row.Witness == mark.Witness
        && (row.Kind, row.Run, row.Lane, row.Rate) == (mark.Kind, mark.Run, mark.Lane, mark.Rate);

    /// <summary>Of a run that nobody can read nothing is given up for good: every run is held.</summary>
    static bool HoldsInPlaceOf(StandingOrder row, StandingOrder mark) => row.Witness is not null
        && row.Witness == mark.Witness
        && row.IsOfAnyRun
        && (row.Lane is null || row.Lane == mark.Lane);

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
        if (order.IsOnlyMarked)
            return LiftMark(db, order, who, words, now);

        return db.Transact(() =>
        {
            var lifted = db.Find($"""
                update standing_order
                set    lifted_at = {now}, lifted_person = {who.Person}, lifted_account = {who.Account},
                       lifted_host = {who.Host}, lifted_behind = {who.Behind}, lifted_reason = {reason}
                where  id = {order.Id} and lifted_at is null
                and    (kind not in ({(int)OrderKind.Cancel}, {(int)OrderKind.End}) or {IsNobodys(db, order.Id)} = 1)
                returning {AuditKinds.LiftContent}, {Witness}
                """, row => new Lifted(row.Text(0)!, row.Text(1)));
            if (lifted is null)
                return false;

            WitnessLift(db, order.Id, lifted.Content, now);
            if (lifted.Witness is { } witness)
                _marks.Lift(witness, now); // where it is not committed the row stands
            Record(db, FindKey(order.Run), who, DecisionKind.Continued, words, now);
            return true;
        });
    }

    public LiftedOrder? FindLifted(OrderScope scope)
    {
        using var db = _file.Open();
        var last = db.Find(
            $"""
            select   lifted_at, lifted_person, lifted_account, lifted_host, lifted_behind, lifted_reason
            from     standing_order
            where    kind = {(int)OrderKind.Pause} and run is not distinct from {scope.Run?.ToString()} and lane is not distinct from {scope.Lane}
            order by id desc
            limit    1
            """,
            ToLifted);
        return last?.Who.Account.Length > 0 ? last : null;
    }

    /// <summary>Of one that stands nobody has.</summary>
    static LiftedOrder ToLifted(Statement row) => new(
        SqlTime.Find(row.Text(0) ?? ""),
        new Who(NumberMask.In(row.Text(1) ?? ""), row.Text(2) ?? "", row.Text(3) ?? "") { Behind = row.Text(4) },
        row.Text(5) ?? "");

    /// <summary>Whether an order was never given, as far as the chain says.</summary>
    bool IsNobodys(Db db, long id) =>
        _audit.Judge(db, AuditKinds.Order, AuditKinds.OrderLift, [id])[id] == Vouching.Missing;

    /// <summary>The mark is all that holds: it is lifted once the decision is on disk, and stands where that fails or
    /// is cut off, whatever the record says by then. It is asked again.</summary>
    bool LiftMark(Db db, StandingOrder order, Who who, Wording words, DateTimeOffset now)
    {
        var isDecided = db.Transact(() =>
        {
            if (order.IsForGood || order.Witness is null || !ReadAll(db).Exists(order.IsSame))
                return false;

            Record(db, FindKey(order.Run), who, DecisionKind.Continued, words, now);
            return true;
        });
        if (isDecided)
            _marks.Lift(order.Witness!, now);
        return isDecided;
    }

    void WitnessLift(Db db, long id, string content, DateTimeOffset now) =>
        _audit.Append(db, AuditKinds.OrderLift, id.ToString(CultureInfo.InvariantCulture), content, now.ToSql());

    void Record(Db db, RunKey? run, Who who, DecisionKind what, Wording words, DateTimeOffset now)
    {
        if (run is null)
            RegistryRows.RecordEvent(db, _audit, who, what.ToWord(), words.In(Language.English), now);
        else
            RegistryRows.Record(db, _audit, new Decision(run, now, now, what, words) { ByOs = who.ByOs });
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
            new Who(NumberMask.In(row.Text(5)!), row.Text(6)!, row.Text(7)!) { Behind = row.Text(8) },
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
