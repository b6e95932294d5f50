using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>What a lane does that a person has paused.</summary>
public sealed class PausedLaneTests : IDisposable
{
    static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(55);
    static readonly Who Officer = new("Trần Thị B", "b", "may");
    static readonly RunKey Run = SomeRun.Description.Key;

    readonly TempFolder _folder = new();
    readonly JumpingTime _time = new(Start);
    readonly IRegistry _registry;
    readonly string _path;

    public PausedLaneTests()
    {
        _registry = Ledgers.OpenRegistry(new DataFolder(_folder.Path, _folder.File("marks")));
        _path = SomeRun.Create(_folder.Path, 50);
    }

    public void Dispose() => _folder.Dispose();

    public static TheoryData<bool, string?> Scopes => new()
    {
        { true, null }, { true, "viettel" }, { false, "viettel" },
    };

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task Nothing_leaves_from_the_look_that_finds_the_pause_until_the_one_that_finds_it_lifted(
        bool isOfRun, string? lane)
    {
        var (calls, stillAt) = (0, new List<int>());
        var orders = Look();
        var carrier = new ScriptedCarrier(message =>
        {
            if (++calls == 10)
            {
                Pause(new OrderScope(isOfRun ? Run : null, lane));
                orders.Look();
                _ = LiftOnceStillAsync(orders, () => stillAt.Add(calls));
            }

            return SendResult.Accepted(message.Reference);
        });

        Assert.Equal(LaneEnd.Done, await RunAsync(carrier, orders));

        Assert.Equal(50, SomeRun.Count(_path)[MessageStatus.Accepted]);
        Assert.Equal(50, carrier.Numbers.Distinct().Count());
        Assert.Equal((50, 10), (calls, Assert.Single(stillAt)));
        using var db = SqliteDb.Open(_path, readOnly: true);
        Assert.Equal(
            "Trần Thị B: lãnh đạo gọi",
            db.ReadText($"select reason from hold where kind = {(int)LaneChangeKind.Paused}"));
        Assert.Equal(1, db.ReadNumber($"select count(*) from hold where kind = {(int)LaneChangeKind.Unpaused}"));
    }

    [Fact]
    public async Task Paused_over_the_closing_everything_waits_and_nothing_stands_by()
    {
        Pause(new OrderScope(Run, null));
        var orders = Look();
        var carrier = ScriptedCarrier.ThatAccepts();

        Assert.Equal(LaneEnd.Closed, await RunAsync(carrier, orders, closes: Start.AddMinutes(10)));

        Assert.Empty(carrier.Calls);
        Assert.Equal(50, SomeRun.Count(_path)[MessageStatus.Planned]);
        using var db = SqliteDb.Open(_path, readOnly: true);
        Assert.Equal(0, db.ReadNumber("select count(*) from attempt"));
    }

    [Theory]
    [InlineData(OrderKind.Cancel)]
    [InlineData(OrderKind.End)]
    public async Task Called_off_nothing_more_leaves_and_the_lane_ends_with_the_rest_planned(OrderKind kind)
    {
        var calls = 0;
        var orders = Look();
        var carrier = new ScriptedCarrier(message =>
        {
            if (++calls == 10)
            {
                Pause(new OrderScope(Run, null)); // it comes before: what is for good goes before it
                _registry.Orders.Give(
                    new NewOrder(kind, new OrderScope(Run, "viettel"), Officer, "đủ rồi"),
                    new Wording("", ""),
                    _time.GetUtcNow());
                orders.Look();
            }

            return SendResult.Accepted(message.Reference);
        });

        Assert.Equal(LaneEnd.CalledOff, await RunAsync(carrier, orders));
        Assert.Equal(LaneEnd.CalledOff, await RunAsync(carrier, orders));

        var count = SomeRun.Count(_path);
        Assert.Equal((10, 40), (count[MessageStatus.Accepted], count[MessageStatus.Planned]));
        Assert.Equal(10, calls);
    }

    [Fact]
    public async Task An_order_about_another_run_or_lane_keeps_nothing_back()
    {
        Pause(new OrderScope(new RunKey("other", Run.Date, false), null));
        Pause(new OrderScope(Run, "vnpt"));
        Pause(new OrderScope(null, "vnpt"));
        var orders = Look();

        Assert.Equal(LaneEnd.Done, await RunAsync(ScriptedCarrier.ThatAccepts(), orders));

        Assert.Equal(50, SomeRun.Count(_path)[MessageStatus.Accepted]);
    }

    [Fact]
    public async Task Where_the_orders_cannot_be_read_nothing_leaves_until_they_can()
    {
        var kept = new Unreadable(_registry.Orders) { IsBroken = true };
        var (orders, told) = (new SendingOrders(kept), new List<string?>());
        orders.TroubleTold = trouble => told.Add(trouble?.Message);
        orders.Look();
        orders.Look();
        var carrier = ScriptedCarrier.ThatAccepts();

        Assert.Equal(LaneEnd.Closed, await RunAsync(carrier, orders, closes: Start.AddMinutes(5)));
        Assert.Empty(carrier.Calls);
        Assert.Equal(["cannot be read"], told);

        kept.IsBroken = false;
        orders.Look();
        Assert.Equal(LaneEnd.Done, await RunAsync(carrier, orders));
        Assert.Equal(["cannot be read", null], told);
        Assert.Equal(50, SomeRun.Count(_path)[MessageStatus.Accepted]);
    }

    /// <summary>They hold from the first look, at which nobody is there yet to be told.</summary>
    [Fact]
    public void What_stood_before_anybody_listened_is_told_at_the_next_look()
    {
        Pause(new OrderScope(null, "viettel"));
        var orders = Look();
        var told = new List<(string? Lane, bool Stands)>();
        orders.Told = (order, stands) => told.Add((order.Lane, stands));

        orders.Look();
        orders.Look();

        Assert.Equal([("viettel", true)], told);
    }

    [Fact]
    public void That_they_could_not_be_read_before_anybody_listened_is_told_at_the_next_look()
    {
        var orders = new SendingOrders(new Unreadable(_registry.Orders) { IsBroken = true });
        orders.Look();
        var told = new List<string?>();
        orders.TroubleTold = trouble => told.Add(trouble?.Message);

        orders.Look();

        Assert.Equal(["cannot be read"], told);
    }

    /// <summary>Never looked at, they are not known.</summary>
    [Fact]
    public async Task Before_the_orders_were_read_nothing_leaves()
    {
        var carrier = ScriptedCarrier.ThatAccepts();

        var end = await RunAsync(carrier, new SendingOrders(_registry.Orders), closes: Start.AddMinutes(5));

        Assert.Equal(LaneEnd.Closed, end);
        Assert.Empty(carrier.Calls);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_message_that_was_tried_before_is_still_sent_however_long_it_was_paused()
    {
        using (var db = SqliteDb.Open(_path))
            db.Execute("insert or replace into run_info (name, value) values ('valid_hours', '1')");
        var orders = Look();
        var calls = 0;
        var carrier = new ScriptedCarrier(message =>
        {
            if (++calls == 2)
            {
                Pause(new OrderScope(Run, null));
                orders.Look();
                _ = LiftOnceStillAsync(orders, () => { }, TimeSpan.FromMinutes(62));
            }

            return calls == 1
                ? SendResult.Busy("busy", TimeSpan.FromMinutes(1))
                : SendResult.Accepted(message.Reference);
        });

        Assert.Equal(LaneEnd.Done, await RunAsync(carrier, orders));

        Assert.Equal(50, SomeRun.Count(_path)[MessageStatus.Accepted]);
    }

    Task<LaneEnd> RunAsync(ScriptedCarrier carrier, SendingOrders orders, DateTimeOffset? closes = null) =>
        LaneCase.RunAsync(_path, carrier, maxInFlight: 1, time: _time, closes: closes, orders: orders);

    SendingOrders Look()
    {
        var orders = new SendingOrders(_registry.Orders);
        orders.Look();
        return orders;
    }

    void Pause(OrderScope scope) => _registry.Orders.Give(
        new NewOrder(OrderKind.Pause, scope, Officer, "lãnh đạo gọi"), new Wording("", ""), _time.GetUtcNow());

    /// <summary>Once the lane has stood still for a while of its own clock.</summary>
    async Task LiftOnceStillAsync(SendingOrders orders, Action still, TimeSpan? after = null)
    {
        var from = _time.GetUtcNow();
        while (_time.GetUtcNow() < from + (after ?? TimeSpan.FromMinutes(1)))
            await Task.Yield();

        still();
        foreach (var order in _registry.Orders.Read())
            _registry.Orders.Lift(order, Officer, "xong", new Wording("", ""), _time.GetUtcNow());
        orders.Look();
    }

    sealed class Unreadable(IStandingOrders kept) : IStandingOrders
    {
        public bool IsBroken { get; set; }

        public (StandingOrder Order, bool IsNew) Give(NewOrder order, Wording words, DateTimeOffset now) =>
            kept.Give(order, words, now);

        public IReadOnlyList<StandingOrder> Read() => IsBroken
            ? throw new LedgerException(new Wording("không đọc được", "cannot be read"))
            : kept.Read();

        public void KeepOutside() => kept.KeepOutside();

        public LiftedOrder? FindLifted(OrderScope scope) => kept.FindLifted(scope);

        public bool Lift(StandingOrder order, Who who, string reason, Wording words, DateTimeOffset now) =>
            kept.Lift(order, who, reason, words, now);
    }
}
