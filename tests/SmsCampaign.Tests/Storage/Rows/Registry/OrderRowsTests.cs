using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Rows.Registry;

public sealed class OrderRowsTests : StandingOrdersContract
{
    static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    static readonly RunKey Run = new("dak-lak-2025", new DateOnly(2025, 7, 30), false);
    static readonly Who Officer = new("A", "a", "here");

    static DataFolder DataIn(string folder) => new(folder, Path.Combine(folder, "marks"));

    protected override IRegistry Open(string folder) => Ledgers.OpenRegistry(DataIn(folder));

    [Theory]
    [InlineData("delete from standing_order where id = 1", "order 1: stands in row")]
    [InlineData("update standing_order set lifted_at = at, lifted_person = 'x' where id = 1", "order 1: how it was")]
    [InlineData("update standing_order set lifted_reason = 'y' where id = 2", "order 2: how it was")]
    [InlineData("update standing_order set lane = 'vnpt' where id = 1", "order 1: changed after")]
    [InlineData(
        "insert into standing_order (kind, at, person, account, host, reason) values (1, '', '', '', '', '')",
        "order 4: not in the chain")]
    public void What_was_written_past_the_program_is_found(string sql, string found)
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        var (now, who) = (DateTimeOffset.UnixEpoch, new Who("A", "a", "here"));
        registry.Orders.Give(
            new NewOrder(OrderKind.Pause, new OrderScope(null, "viettel"), who, "x"), new Wording("", ""), now);
        foreach (var rate in new[] { 5, 6 })
        {
            registry.Orders.Give(
                new NewOrder(OrderKind.Rate, new OrderScope(null, "viettel"), who, "x") { Rate = rate },
                new Wording("", ""),
                now);
        }

        Assert.True(registry.Audit.Verify(ledgers: false).Holds);
        using (var db = SqliteDb.Open(new DataFolder(folder.Path).Ledger))
            db.Execute(sql);

        Assert.Contains(registry.Audit.Verify(ledgers: false).Findings, finding => finding.En.StartsWith(
            found, StringComparison.Ordinal));
    }

    public static TheoryData<OrderKind, string> Tricks => new()
    {
        { OrderKind.Pause, "delete from standing_order" },
        { OrderKind.Cancel, "delete from standing_order" },
        { OrderKind.End, "update standing_order set lifted_at = at" },
        { OrderKind.Cancel, "update standing_order set run = 'khac/2025-07-30'" },
        { OrderKind.Cancel, "update standing_order set kind = 4, rate = 1000" },
    };

    /// <summary>Its mark outside the data folder stands.</summary>
    [Theory]
    [MemberData(nameof(Tricks))]
    public void What_is_taken_out_past_the_program_stands_and_is_not_told_as_over(OrderKind kind, string sql)
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        var given = Give(registry, kind);
        var told = new List<(OrderKind Kind, bool Stands)>();
        var orders = new SendingOrders(registry.Orders) { Told = (order, stands) => told.Add((order.Kind, stands)) };
        orders.Look();

        Execute(folder, sql);
        orders.Look();

        Assert.Equal([(kind, true)], told);
        Assert.True(orders.IsHeld(Run, "viettel"));
        Assert.Equal(given.IsForGood, orders.IsCalledOff(Run, "viettel"));
        var left = registry.Orders.Read().Single(order => order.Kind == kind && order.IsAbout(Run));
        Assert.True(left.IsOnlyMarked);
        Assert.Equal((given.At, given.Who, given.Witness), (left.At, left.Who, left.Witness));
        Assert.Equal(kind == OrderKind.Pause, Lift(registry, left));
        Assert.Equal(kind != OrderKind.Pause, registry.Orders.Read().Any(order => order.IsAbout(Run)));
        Assert.False(registry.Orders.Give(NewOrder(OrderKind.Cancel), Words, Now).IsNew && given.IsForGood);
    }

    /// <summary>One for good whose row was made one that can be lifted.</summary>
    [Fact]
    public void What_is_for_good_is_not_lifted_by_way_of_a_changed_row()
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        Give(registry, OrderKind.Cancel);
        Execute(folder, "update standing_order set kind = 1");

        foreach (var order in registry.Orders.Read())
            Lift(registry, order);
        Execute(folder, "delete from standing_order");

        Assert.True(Assert.Single(registry.Orders.Read()).IsForGood);
    }

    public static TheoryData<OrderKind> EveryKind => [.. Enum.GetValues<OrderKind>()];

    /// <summary>A forged stop is not done in silence, and a forged rate not at all: both hold.</summary>
    [Theory]
    [MemberData(nameof(EveryKind))]
    public void What_nobody_ordered_only_holds_and_says_so_until_a_person_lets_go_on(OrderKind kind)
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        Forge(folder, kind);
        var orders = new SendingOrders(registry.Orders);
        orders.Look();

        Assert.True(orders.IsHeld(Run, "viettel"));
        Assert.False(orders.IsCalledOff(Run, "viettel"));
        var order = Assert.Single(registry.Orders.Read());
        Assert.Equal((OrderKind.Pause, null), (order.Kind, order.Rate));
        Assert.StartsWith(
            "Lệnh số 1 về việc đang gửi trong ledger.db không do chương trình ghi", order.Unreadable?.Vi,
            StringComparison.Ordinal);
        EnglishWords.AssertNone(order.Unreadable!.Value.Vi);

        Assert.True(Lift(registry, order));
        Assert.Empty(registry.Orders.Read());
    }

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void What_nobody_ordered_is_in_nobodys_way_who_orders_the_same(OrderKind kind)
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        Forge(folder, kind);

        var (given, isNew) = registry.Orders.Give(NewOrder(kind), Words, Now);

        Assert.True(isNew);
        Assert.Equal((kind, null), (given.Kind, given.Unreadable));
        Assert.Equal(given, Assert.Single(registry.Orders.Read()));
    }

    [Theory]
    [InlineData(OrderKind.Pause)]
    [InlineData(OrderKind.Rate)]
    public void What_was_lifted_and_made_to_look_as_if_it_stood_only_holds_and_says_so(OrderKind kind)
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        Lift(registry, Give(registry, kind));

        Execute(folder, "update standing_order set lifted_at = null");

        var order = Assert.Single(registry.Orders.Read());
        Assert.Equal(OrderKind.Pause, order.Kind);
        Assert.Contains("đã được bỏ theo chuỗi kiểm toán", order.Unreadable?.Vi, StringComparison.Ordinal);
    }

    /// <summary>By its mark it is as it was ordered; without one nothing is called off by a row that was
    /// changed.</summary>
    [Theory]
    [InlineData(true, OrderKind.Cancel)]
    [InlineData(false, OrderKind.Pause)]
    public void One_for_good_whose_reason_was_changed_is_gone_by_as_far_as_its_mark_says(
        bool isMarked, OrderKind expected)
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        Give(registry, OrderKind.Cancel);
        if (!isMarked)
            Directory.Delete(DataIn(folder.Path).Marks, recursive: true);

        Execute(folder, "update standing_order set reason = 'y'");

        var order = Assert.Single(registry.Orders.Read());
        Assert.Equal(expected, order.Kind);
        Assert.Contains("đã bị sửa sau khi ghi", order.Unreadable?.Vi, StringComparison.Ordinal);
        Assert.False(Lift(registry, order));
    }

    /// <summary>What nobody can read of a row hides nothing that its mark says of another run.</summary>
    [Fact]
    public void One_for_good_stands_also_where_its_row_cannot_be_read_and_names_another_run()
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        Give(registry, OrderKind.Cancel);

        Execute(folder, "update standing_order set at = 'x', run = 'khac/2025-07-30'");

        Assert.Equal(
            [(OrderKind.Pause, false), (OrderKind.Cancel, true)],
            registry.Orders.Read().Select(order => (order.Kind, order.IsAbout(Run))));
    }

    [Fact]
    public void Where_the_key_is_gone_what_was_ordered_stands_by_its_mark()
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        var given = Give(registry, OrderKind.Cancel);
        File.Delete(DataIn(folder.Path).AuditKey);

        Assert.Equal(given, Assert.Single(registry.Orders.Read()));

        Directory.Delete(DataIn(folder.Path).Marks, recursive: true);
        Assert.Equal(OrderKind.Pause, Assert.Single(registry.Orders.Read()).Kind);
    }

    [Fact]
    public void What_was_ordered_since_an_older_copy_of_ledger_db_stands_when_that_is_put_back()
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        var copy = folder.File("copy.db");
        Execute(folder, $"vacuum into '{copy}'");
        Give(registry, OrderKind.Cancel);
        Give(registry, OrderKind.Rate);

        foreach (var file in Directory.GetFiles(folder.Path, "ledger.db*"))
            File.Delete(file);
        File.Copy(copy, DataIn(folder.Path).Ledger);

        Assert.Equal(
            [(OrderKind.Cancel, null), (OrderKind.Rate, 5)],
            Open(folder.Path).Orders.Read().Select(order => (order.Kind, order.Rate)));
        Assert.False(Open(folder.Path).Orders.Give(NewOrder(OrderKind.End), Words, Now).IsNew);
    }

    [Theory]
    [InlineData("no line of this program}")]
    [InlineData("""{"Witness":"x","Kind":2,"At":"2025-07-30T01:00:00.000Z"}""")]
    [InlineData(null)]
    public void Where_the_marks_cannot_be_read_everything_is_paused_and_it_is_said(string? line)
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        BreakMarks(folder, line);

        var order = Assert.Single(registry.Orders.Read());

        Assert.True(order is { Kind: OrderKind.Pause, Unreadable: not null });
        Assert.True(order.Concerns(Run, "viettel"));
        Assert.Contains("orders.given", order.Unreadable.Value.Vi, StringComparison.Ordinal);
        EnglishWords.AssertNone(order.Unreadable.Value.Vi);
        Assert.False(Lift(registry, order));
    }

    [Fact]
    public void A_line_that_was_cut_off_says_nothing_and_the_next_is_read()
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        BreakMarks(folder, "{\"Witness\":\"x\",\"Ki");

        Give(registry, OrderKind.Cancel);
        Execute(folder, "delete from standing_order");

        Assert.Equal(OrderKind.Cancel, Assert.Single(registry.Orders.Read()).Kind);
    }

    [Fact]
    public void Where_the_marks_cannot_be_written_a_pause_stands_and_nothing_is_called_off_for_good()
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        BreakMarks(folder, null);

        Give(registry, OrderKind.Pause);
        var failed = Assert.Throws<LedgerException>(() => Give(registry, OrderKind.Cancel));

        Assert.Contains("chưa ghi được lệnh", failed.Words.Vi, StringComparison.Ordinal);
        Assert.Contains(registry.Orders.Read(), order => order.IsAbout(Run));
        Assert.DoesNotContain(registry.Orders.Read(), order => order.IsForGood);
    }

    /// <summary>As a program left it that kept no marks of orders, or where they could not be written.</summary>
    [Fact]
    public void What_stands_by_its_row_alone_is_kept_outside_too_once_and_though_the_first_try_was_killed()
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        foreach (var kind in (OrderKind[])[OrderKind.Pause, OrderKind.Cancel, OrderKind.Rate])
            Give(registry, kind);
        var marks = Path.Combine(DataIn(folder.Path).Marks, "orders.given");
        var given = File.ReadAllLines(marks);
        File.Delete(marks);
        registry.Orders.KeepOutside();
        Assert.Equal(given, File.ReadAllLines(marks));
        File.WriteAllText(marks, given[0] + "\n" + given[1][..20]);

        for (var start = 0; start < 3; start++)
            Open(folder.Path).Orders.KeepOutside();
        Execute(folder, "delete from standing_order");

        Assert.Equal(
            [OrderKind.Cancel, OrderKind.Rate], registry.Orders.Read().Select(order => order.Kind));
        Assert.Equal([given[0], given[1][..20], given[1], given[2]], File.ReadAllLines(marks));
    }

    [Fact]
    public void What_was_lifted_or_that_nobody_bears_witness_to_is_not_kept_outside()
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        Lift(registry, Give(registry, OrderKind.Pause));
        Give(registry, OrderKind.Rate);
        Execute(folder, "update standing_order set rate = 1000 where lifted_at is null");
        Execute(folder, "insert into standing_order (kind, run, at, person, account, host, reason) "
            + "values (1, 'khac/2025-07-30', '2025-07-29T01:00:00.000Z', '', '', '', '')");
        File.Delete(Path.Combine(DataIn(folder.Path).Marks, "orders.given"));

        registry.Orders.KeepOutside();

        Assert.False(File.Exists(Path.Combine(DataIn(folder.Path).Marks, "orders.given")));
    }

    [Fact]
    public void A_number_that_was_written_as_a_persons_name_is_read_masked()
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        Execute(folder, "insert into standing_order (kind, lane, at, person, account, host, reason) "
            + "values (1, 'viettel', '2025-07-29T01:00:00.000Z', 'B 0912345678', 'b', 'may', 'x')");

        Assert.Equal("B 0912***678", Assert.Single(registry.Orders.Read()).Who.Person);
    }

    [Fact]
    public void What_was_lifted_and_stands_again_by_an_older_copy_is_not_added_once_more()
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        Lift(registry, Give(registry, OrderKind.Pause));
        Execute(folder, "update standing_order set lifted_at = null, lifted_person = null, lifted_account = null, "
            + "lifted_host = null, lifted_behind = null, lifted_reason = null");
        var lines = File.ReadAllLines(Path.Combine(DataIn(folder.Path).Marks, "orders.given"));

        registry.Orders.KeepOutside();

        Assert.Equal(lines, File.ReadAllLines(Path.Combine(DataIn(folder.Path).Marks, "orders.given")));
        Assert.False(Assert.Single(registry.Orders.Read()).IsOnlyMarked);
    }

    /// <summary>As a program left it that kept no marks: lifted, and made to stand past the program.</summary>
    [Fact]
    public void What_was_lifted_before_there_were_marks_and_stands_again_gets_none_and_is_not_obeyed()
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        Lift(registry, Give(registry, OrderKind.Rate));
        var marks = Path.Combine(DataIn(folder.Path).Marks, "orders.given");
        File.Delete(marks);
        Execute(folder, "update standing_order set lifted_at = null, lifted_person = null, lifted_account = null, "
            + "lifted_host = null, lifted_behind = null, lifted_reason = null");

        registry.Orders.KeepOutside();

        Assert.False(File.Exists(marks));
        var order = Assert.Single(registry.Orders.Read());
        Assert.Equal((OrderKind.Pause, null), (order.Kind, order.Rate));
    }

    /// <summary>As on a disk that is full only as it is committed.</summary>
    [Fact]
    public void A_pause_that_stands_by_its_mark_holds_where_the_decision_to_go_on_is_not_committed()
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        Give(registry, OrderKind.Pause);
        Execute(folder, "delete from standing_order");
        var paused = Assert.Single(registry.Orders.Read());
        FailCommits(folder, "decision");

        Assert.Throws<LedgerException>(() => Lift(registry, paused));

        Assert.Equal(paused, Assert.Single(registry.Orders.Read()));
        Execute(folder, "drop trigger failing");
        Assert.DoesNotContain(
            registry.ReadDecisions(Run.Campaign), decision => decision.What == DecisionKind.Continued);
        Assert.True(Lift(registry, paused));
        Assert.Empty(registry.Orders.Read());
    }

    /// <summary>The decision is on record by then, as where it is killed before the mark is lifted.</summary>
    [Fact]
    public void A_pause_that_stands_by_its_mark_holds_until_that_is_lifted_whatever_the_record_says()
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        Give(registry, OrderKind.Pause);
        Execute(folder, "delete from standing_order");
        var paused = Assert.Single(registry.Orders.Read());
        var marks = Path.Combine(DataIn(folder.Path).Marks, "orders.given");
        var before = File.ReadAllText(marks);
        Lift(registry, paused);
        File.WriteAllText(marks, before);

        Assert.Equal(DecisionKind.Continued, registry.ReadDecisions(Run.Campaign)[^1].What);
        Assert.Equal(paused, Assert.Single(registry.Orders.Read()));
        Assert.True(Lift(registry, paused));
        Assert.Empty(registry.Orders.Read());
    }

    /// <summary>The mark of the one before is lifted once the one that takes its place is on disk.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_rate_stands_until_another_has_taken_its_place(bool isOnlyMarked)
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        Give(registry, OrderKind.Rate);
        if (isOnlyMarked)
            Execute(folder, "delete from standing_order");
        var marks = Path.Combine(DataIn(folder.Path).Marks, "orders.given");
        var given = File.ReadAllText(marks);
        var next = NewOrder(OrderKind.Rate) with { Rate = 8 };
        FailCommits(folder, "event");

        Assert.Throws<LedgerException>(() => registry.Orders.Give(next, Words, Now));

        Assert.StartsWith(given, File.ReadAllText(marks), StringComparison.Ordinal);
        Assert.DoesNotContain("\"Kind\":null", File.ReadAllText(marks)[given.Length..], StringComparison.Ordinal);
        Assert.Equal(5, registry.Orders.Read()[0].Rate);

        Execute(folder, "drop trigger failing");
        registry.Orders.Give(next, Words, Now);
        Assert.Equal([8], registry.Orders.Read().Select(order => order.Rate));
    }

    /// <summary>Whoever sends does it as it starts.</summary>
    [Fact]
    public async Task A_station_that_is_opened_keeps_outside_what_stands_by_its_row_alone()
    {
        using var folder = new TempFolder();
        var data = DataIn(folder.Path);
        var registry = Open(folder.Path);
        Give(registry, OrderKind.Cancel);
        File.Delete(Path.Combine(data.Marks, "orders.given"));

        await using (Station.Open(data, [], new ProcessClock(TimeProvider.System)))
            Execute(folder, "delete from standing_order");

        Assert.True(Assert.Single(registry.Orders.Read()).IsOnlyMarked);
    }

    static Wording Words => new("đã nói", "said");

    static NewOrder NewOrder(OrderKind kind) =>
        new(kind, kind == OrderKind.Rate ? new OrderScope(null, "viettel") : new OrderScope(Run, null), Officer, "x")
        {
            Rate = kind == OrderKind.Rate ? 5 : null,
        };

    /// <summary>The very row that the program would have written.</summary>
    static void Forge(TempFolder folder, OrderKind kind)
    {
        var order = NewOrder(kind);
        using var db = SqliteDb.Open(DataIn(folder.Path).Ledger);
        db.Run($"""
            insert into standing_order (kind, run, lane, rate, at, person, account, host, reason)
            values ({(int)kind}, {order.Scope.Run?.ToString()}, {order.Scope.Lane}, {order.Rate}, {Now}, 'A', 'a', 'here', 'x')
            """);
    }

    static StandingOrder Give(IRegistry registry, OrderKind kind) =>
        registry.Orders.Give(NewOrder(kind), Words, Now).Order;

    static bool Lift(IRegistry registry, StandingOrder order) =>
        registry.Orders.Lift(order, Officer, "xong", Words, Now);

    /// <param name="line">Null: a folder stands in their place.</param>
    static void BreakMarks(TempFolder folder, string? line)
    {
        var file = Path.Combine(Directory.CreateDirectory(DataIn(folder.Path).Marks).FullName, "orders.given");
        if (line is null)
            Directory.CreateDirectory(file);
        else
            File.WriteAllText(file, line);
    }

    /// <summary>Of whatever writes to a table, and at the commit alone.</summary>
    static void FailCommits(TempFolder folder, string table) => Execute(folder, $"""
        create table no_row (id integer primary key);
        create table failing (id integer references no_row (id) deferrable initially deferred);
        create trigger failing after insert on {table} begin insert into failing values (1); end
        """);

    static void Execute(TempFolder folder, string sql)
    {
        using var db = SqliteDb.Open(DataIn(folder.Path).Ledger);
        db.Execute(sql);
    }

    protected override void Spoil(string folder, string column)
    {
        using var db = SqliteDb.Open(new DataFolder(folder).Ledger);
        db.Execute($"update standing_order set {column} = {(column == "kind" ? "99" : "'no such thing'")}");
    }
}
