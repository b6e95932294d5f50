using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>When a lane that sends is held: more than 20 % of one class, of 200 at least, in 5 minutes.</summary>
public sealed class LaneGuardTests
{
    const int Lane = 1;

    static readonly SendResult Taken = SendResult.Accepted("id");
    static readonly SendResult Dead = SendResult.Rejected(FailureClass.Number, "code 4");
    static readonly SendResult Barred = SendResult.Rejected(FailureClass.Content, "code 31");
    static readonly SendResult Silent = SendResult.Uncertain(Reason.NoAnswer, "no answer");

    readonly RunCounters _counters = new(new Dictionary<int, long> { [Lane] = 0 }, [], new RunRoutes());
    readonly LaneGuard _guard;
    long _now = Minutes(60_000);

    public LaneGuardTests()
    {
        _guard = new LaneGuard(GuardPolicy.Default, _counters, Lane, Fast);
        _guard.Look(_now);
    }

    [Fact]
    public void Ordinary_dead_numbers_hold_nothing()
    {
        for (var minute = 0; minute < 30; minute++)
            Assert.Null(After(1, (850, Taken), (150, Dead)));
    }

    [Fact]
    public void Too_many_of_one_class_hold_the_lane_with_what_the_gateway_said()
    {
        Assert.Null(After(1, (160, Taken), (40, Barred))); // 20 %: not above

        Assert.Equal(
            new TrialFinding(TrialVerdict.Failed, 201, 41, 20, FailureClass.Content, Reason.None, "code 31"),
            After(1, (1, Barred)));
    }

    [Fact]
    public void Each_class_is_counted_by_itself() =>
        Assert.Null(After(1, (700, Taken), (150, Dead), (150, Barred)));

    [Fact]
    public void So_are_answers_that_never_came() =>
        Assert.Equal(
            new TrialFinding(TrialVerdict.Unanswered, 1_000, 300, 20, null, Reason.NoAnswer, null),
            After(1, (700, Taken), (300, Silent)));

    [Fact]
    public void Of_few_nothing_is_concluded()
    {
        Assert.Null(After(1, (199, Barred)));

        Assert.NotNull(After(1, (1, Barred)));
    }

    [Fact]
    public void What_is_longer_ago_counts_no_more()
    {
        Assert.Null(After(1, (150, Barred)));
        Assert.Null(After(6, (400, Taken)));

        Assert.Null(After(1, (100, Barred)));
    }

    /// <summary>Neither the program's own end nor "not now" says that something is wrong with the messages.</summary>
    [Fact]
    public void What_was_put_off_or_cut_off_by_ourselves_counts_on_neither_side()
    {
        SendResult[] neither =
        [
            SendResult.Busy("busy"), SendResult.TooFast("too fast"), SendResult.Misconfigured("no money"),
            SendResult.Uncertain(Reason.Stopped, "stopped"), SendResult.Uncertain(Reason.OwnFault, "fault"),
        ];

        Assert.Null(After(1, [.. neither.Select(result => (1_000, result)), (100, Taken)]));
    }

    [Fact]
    public void Receipts_are_counted_by_themselves()
    {
        Receipts(900, null);
        Receipts(100, FailureClass.Network);
        Assert.Null(After(1, (100_000, Taken)));
        Receipts(200, FailureClass.Network);

        Assert.Equal(
            new TrialFinding(TrialVerdict.Failed, 1_200, 300, 20, FailureClass.Network, Reason.None, null),
            After(1, (100_000, Taken)));
    }

    /// <summary>Another lane sends them, and this one has still refused them.</summary>
    [Fact]
    public void Numbers_of_another_network_count_whether_they_move_or_not()
    {
        var moved = SendResult.WrongNetwork("code 5").GoingTo(new NewRoute(2, 1, RouteReason.WrongNetwork));

        Assert.Equal(
            new TrialFinding(TrialVerdict.Failed, 1_000, 300, 20, FailureClass.Number, Reason.None, "code 5"),
            After(1, (700, Taken), (300, moved)));
    }

    /// <summary>Some gateways report what failed, and nothing else.</summary>
    [Fact]
    public void Where_receipts_bring_failures_alone_they_are_counted_among_what_was_taken()
    {
        Receipts(50, FailureClass.Number);
        Assert.Null(After(1, (1_000, Taken)));
        Receipts(450, FailureClass.Number);

        Assert.Equal(
            new TrialFinding(TrialVerdict.Failed, 2_000, 500, 20, FailureClass.Number, Reason.None, null),
            After(1, (1_000, Taken)));
    }

    [Fact]
    public void Begun_anew_it_has_failures_counted_of_what_is_handed_over_from_then_on()
    {
        _guard.Restart();
        _guard.Look(_now += Minutes(1));

        Assert.Equal(_now, _counters.FailuresFrom(Lane));
    }

    [Fact]
    public void Begun_anew_it_knows_nothing_of_before()
    {
        for (var at = 0; at < 1_000; at++)
            _guard.Note(Barred);
        _guard.Restart();

        Assert.Null(After(1));
        Assert.Null(After(1, (1_000, Taken)));
    }

    [Fact]
    public void Switched_off_it_holds_nothing()
    {
        var off = new LaneGuard(GuardPolicy.None, _counters, Lane, Fast);
        off.Look(_now);
        for (var at = 0; at < 1_000; at++)
            off.Note(Barred);

        Assert.Null(off.Look(_now + Minutes(1)));
    }

    /// <summary>The bounds are the campaign's to say.</summary>
    [Fact]
    public void With_other_bounds_it_holds_at_these()
    {
        var strict = new LaneGuard(new GuardPolicy(5, TimeSpan.FromMinutes(1), 10), _counters, Lane, Fast);
        strict.Look(_now);
        for (var at = 0; at < 10; at++)
            strict.Note(at == 0 ? Dead : Taken);

        Assert.Equal((10, 1, 5), strict.Look(_now + Minutes(0.5)) is { } found
            ? (found.Judged, found.Found, found.Bound)
            : default);
    }

    /// <summary>It never sends 200 in 5 minutes.</summary>
    [Theory]
    [InlineData(0.5, 75)]
    [InlineData(0.01, 10)]
    [InlineData(10, 200)]
    public void A_slow_lane_is_held_by_half_of_what_it_can_send(double aSecond, int least)
    {
        var slow = new LaneGuard(GuardPolicy.Default, _counters, Lane, time => aSecond * time.TotalSeconds);
        slow.Look(_now);
        for (var at = 1; at < least; at++)
            slow.Note(Barred);
        Assert.Null(slow.Look(_now + Minutes(1)));

        slow.Note(Barred);

        Assert.Equal(least, slow.Look(_now + Minutes(2))?.Judged);
    }

    static double Fast(TimeSpan time) => 1_000 * time.TotalSeconds;

    TrialFinding? After(double minutes, params (int Count, SendResult Result)[] answers)
    {
        foreach (var (count, result) in answers)
        {
            for (var at = 0; at < count; at++)
                _guard.Note(result);
        }

        return _guard.Look(_now += Minutes(minutes));
    }

    void Receipts(int count, FailureClass? failure)
    {
        for (var at = 0; at < count; at++)
            _counters.AddReceipt(Lane, failure);
        _counters.Publish();
    }

    static long Minutes(double minutes) => (long)TimeSpan.FromMinutes(minutes).TotalMicroseconds;
}
