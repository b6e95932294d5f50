using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Registry;

/// <summary>What must be kept of what persons order, whatever it is kept in.</summary>
public abstract class StandingOrdersContract : IDisposable
{
    static readonly DateTimeOffset Now = new(2025, 7, 30, 3, 0, 0, TimeSpan.Zero);
    static readonly RunKey Run = new("dak-lak-2025", new DateOnly(2025, 7, 30), false);
    static readonly Who Officer = new("Trần Thị B", "b", "cong-van") { Behind = "an" };

    readonly TempFolder _folder = new();
    readonly IRegistry _registry;

    protected StandingOrdersContract() => _registry = Open(_folder.Path);

    /// <inheritdoc cref="RegistryContract.Open"/>
    protected abstract IRegistry Open(string folder);

    public virtual void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    public static TheoryData<bool, string?> Scopes => new()
    {
        { true, null }, { true, "viettel" }, { false, "viettel" },
    };

    [Theory]
    [MemberData(nameof(Scopes))]
    public void An_order_stands_for_whoever_looks_until_it_is_lifted(bool isOfRun, string? lane)
    {
        var scope = new OrderScope(isOfRun ? Run : null, lane);
        var (given, isNew) = Give(scope);

        Assert.True(isNew);
        Assert.Equal(given, Assert.Single(Open(_folder.Path).Orders.Read()));
        Assert.Equal(
            (OrderKind.Pause, isOfRun ? "dak-lak-2025/2025-07-30" : null, lane, Now, Officer, "lãnh đạo yêu cầu"),
            (given.Kind, given.Run, given.Lane, given.At, given.Who, given.Reason));
        Assert.Null(given.Unreadable);

        Assert.True(Lift(given));
        Assert.Empty(_registry.Orders.Read());
        Assert.False(Lift(given));
    }

    [Fact]
    public void One_about_the_same_stays_as_it_was_first_given_and_another_stands_beside_it()
    {
        var (first, _) = Give(new OrderScope(Run, null));

        var (same, isNew) = Give(new OrderScope(Run, null), "another reason");
        var (other, _) = Give(new OrderScope(Run, "viettel"));

        Assert.False(isNew);
        Assert.Equal(first, same);
        Assert.Equal([first, other], _registry.Orders.Read());
    }

    [Fact]
    public void It_can_be_given_again_once_it_was_lifted()
    {
        var (first, _) = Give(new OrderScope(Run, null));
        Lift(first);

        var (second, isNew) = Give(new OrderScope(Run, null));

        Assert.True(isNew);
        Assert.NotEqual(first.Id, second.Id);
        Assert.False(Lift(first)); // what was looked at is not what stands
        Assert.Single(_registry.Orders.Read());
    }

    [Fact]
    public void Who_has_lifted_the_last_pause_is_known_until_it_is_paused_again()
    {
        var (ofRun, _) = Give(new OrderScope(Run, null));
        Give(new OrderScope(Run, "viettel"));
        Assert.Null(_registry.Orders.FindLifted(new OrderScope(Run, null)));
        Lift(ofRun);

        var lifted = _registry.Orders.FindLifted(new OrderScope(Run, null))!;
        Assert.Equal((Now, Officer.Person, Officer.ByOs), (lifted.At, lifted.Who.Person, lifted.Who.ByOs));
        Assert.Null(_registry.Orders.FindLifted(new OrderScope(Run, "viettel")));
        Assert.Null(_registry.Orders.FindLifted(new OrderScope(null, null)));
        Give(new OrderScope(Run, null));
        Assert.Null(_registry.Orders.FindLifted(new OrderScope(Run, null)));
    }

    [Fact]
    public void What_is_ordered_is_recorded_where_it_belongs_and_borne_out()
    {
        var (ofRun, _) = Give(new OrderScope(Run, "viettel"));
        Give(new OrderScope(Run, "viettel"));
        Give(new OrderScope(null, "viettel"));
        Lift(ofRun);

        Assert.Equal(
            [
                new Decision(Run, Now, Now, DecisionKind.Paused, Words) { ByOs = Officer.ByOs },
                new Decision(Run, Now, Now, DecisionKind.Continued, Words) { ByOs = Officer.ByOs },
            ],
            _registry.ReadDecisions(Run.Campaign));
        Assert.Equal("said", _registry.FindLastEvent(["paused"], ""));
        Assert.True(_registry.Audit.Verify(ledgers: false).Holds);
    }

    /// <summary>Breaks the one order there is.</summary>
    /// <param name="column">kind, run or at.</param>
    protected abstract void Spoil(string folder, string column);

    [Theory]
    [InlineData("kind")]
    [InlineData("run")]
    [InlineData("at")]
    public void One_that_cannot_be_read_holds_all_the_same_and_says_so(string column)
    {
        Give(new OrderScope(Run, null));
        Spoil(_folder.Path, column);

        var order = Assert.Single(_registry.Orders.Read());

        Assert.NotNull(order.Unreadable);
        Assert.Equal(OrderKind.Pause, order.Kind);
        Assert.True(order.Concerns(Run, "viettel"));
    }

    /// <summary>What cannot be undone nobody does by a row that nobody can read.</summary>
    [Theory]
    [InlineData(OrderKind.Cancel)]
    [InlineData(OrderKind.End)]
    public void One_for_good_of_a_run_that_cannot_be_read_only_holds(OrderKind kind)
    {
        _registry.Orders.Give(new NewOrder(kind, new OrderScope(Run, null), Officer, "lãnh đạo yêu cầu"), Words, Now);
        Spoil(_folder.Path, "run");

        var order = Assert.Single(_registry.Orders.Read());

        Assert.False(order.IsForGood);
        Assert.True(order.IsAbout(Run));
        Assert.True(order.IsAbout(Run with { Campaign = "khac" }));
        Assert.False(Lift(order)); // it was given for good
        Assert.Single(_registry.Orders.Read());
    }

    /// <summary>When it was given changes nothing of what it is.</summary>
    [Theory]
    [InlineData(OrderKind.Cancel)]
    [InlineData(OrderKind.End)]
    public void One_for_good_whose_time_cannot_be_read_stays_for_good(OrderKind kind)
    {
        var given = new NewOrder(kind, new OrderScope(Run, null), Officer, "lãnh đạo yêu cầu");
        _registry.Orders.Give(given, Words, Now);
        Spoil(_folder.Path, "at");

        var order = Assert.Single(_registry.Orders.Read());

        Assert.NotNull(order.Unreadable);
        Assert.Equal((kind, Run.ToString(), false), (order.Kind, order.Run, order.IsOfAnyRun));
        Assert.False(Lift(order));
        Assert.False(_registry.Orders.Give(given, Words, Now).IsNew);
    }

    static Wording Words => new("đã nói", "said");

    (StandingOrder Order, bool IsNew) Give(OrderScope scope, string reason = "lãnh đạo yêu cầu") =>
        _registry.Orders.Give(new NewOrder(OrderKind.Pause, scope, Officer, reason), Words, Now);

    bool Lift(StandingOrder order) => _registry.Orders.Lift(order, Officer, "xong", Words, Now);
}
