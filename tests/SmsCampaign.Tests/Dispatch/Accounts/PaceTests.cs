using CsCheck;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Accounts;

/// <summary>Rule 4: the rate is a promise.</summary>
public class PaceTests
{
    const long Second = 1_000_000;
    static readonly CallCost One = new(1, 1);
    static readonly DateTimeOffset Start = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("Category", "Slow")]
    public void Rule_4_in_every_sliding_second_at_most_the_contracted_cost_leaves() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 6].Array[1, 400], Gen.Int[0, 30_000].Array[1, 50])
            .Where((rate, costs, _) => costs.All(cost => cost <= rate))
            .Sample(
                (rate, costs, lateness) =>
                {
                    var late = 0;
                    var time = new JumpingTime(
                        Start, () => TimeSpan.FromMicroseconds(lateness[late++ % lateness.Length]));
                    var handed = Take(rate, costs, time);

                    Assert.True(MostInASecond(handed) <= rate);
                },
                iter: 100);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(50, 1)]
    [InlineData(100, 4)]
    [InlineData(500, 4)]
    [InlineData(1_000, 4)]
    [InlineData(5_000, 2)]
    public void Rule_4_with_work_to_do_97_percent_of_the_contract_is_used(int rate, int cost)
    {
        // Timers a millisecond late, as they are.
        var time = new JumpingTime(Start, () => TimeSpan.FromMilliseconds(1));
        var handed = Take(rate, [.. Enumerable.Repeat(cost, 30 * rate / cost)], time);

        var seconds = (handed[^1].At - handed[0].At) / (double)Second;
        Assert.InRange((handed.Count - 1) * cost / seconds / rate, 0.97, 1.0);
    }

    [Fact]
    public void Calls_are_spread_evenly_over_the_second()
    {
        var handed = Take(100, [.. Enumerable.Repeat(10, 50)], new JumpingTime(Start));

        var gaps = handed.Zip(handed.Skip(1), (one, next) => next.At - one.At);
        Assert.All(gaps, gap => Assert.InRange(gap, 100_000, 104_000));
    }

    [Fact]
    public async Task A_throttle_answer_holds_the_lane_for_as_long_as_the_gateway_asks()
    {
        var time = new JumpingTime(Start);
        var clock = new ProcessClock(time);
        var pace = new Pace(100, clock);
        using var turn = pace.Join();

        var handed = await turn.TakeAsync(One, CancellationToken.None);
        pace.Throttle(handed + 1, TimeSpan.FromSeconds(7));

        Assert.True(await turn.TakeAsync(One, CancellationToken.None) >= handed + 7 * Second);
    }

    [Fact]
    public void Holds_double_from_a_second_and_calls_from_before_a_hold_say_nothing_new()
    {
        var time = new JumpingTime(Start);
        var clock = new ProcessClock(time);
        var pace = new Pace(100, clock);

        var first = pace.Throttle(clock.Now() + 1, null);
        Assert.Equal(clock.Now() + Second, first);
        Assert.Null(pace.Throttle(clock.Now() - 1, null));

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(clock.Now() + 2 * Second, pace.Throttle(clock.Now(), null));
    }

    [Fact]
    public void After_a_throttle_the_rate_is_halved_and_climbs_back_to_the_contract_never_above()
    {
        var time = new JumpingTime(Start);
        var clock = new ProcessClock(time);
        var pace = new Pace(100, clock);

        pace.Throttle(clock.Now() + 1, null);
        Assert.Equal(50, pace.RateInForce);

        time.Advance(TimeSpan.FromSeconds(1 + 5));
        Assert.Equal(75, pace.RateInForce);

        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(100, pace.RateInForce);
    }

    [Fact]
    public void Every_change_worth_knowing_is_told_of_to_every_run_on_the_account()
    {
        var time = new JumpingTime(Start);
        var clock = new ProcessClock(time);
        var pace = new Pace(100, clock);
        List<LaneChange> one = [], other = [];
        var begin = clock.Now();
        using (pace.Join(onChange: other.Add))
        {
            using var turn = pace.Join(onChange: one.Add);
            pace.Throttle(begin + 1, null, "HTTP 429");
            pace.Throttle(begin, null, "HTTP 429"); // of a call from before: nothing new
            time.Advance(TimeSpan.FromSeconds(7)); // held one, then five of climbing, seen late
            Assert.True(turn.TryTake(One, out _));
            time.Advance(TimeSpan.FromMinutes(1));
            Assert.True(turn.TryTake(One, out _));
            pace.HoldUntil(clock.Now() + 5 * Second, LaneChangeKind.Breaker, "breaker open");
            // the next call in flight
            pace.HoldUntil(clock.Now() + 5 * Second + 9, LaneChangeKind.Breaker, "breaker open");
        }

        var held = begin + Second;
        LaneChange[] expected =
        [
            new(LaneChangeKind.Throttled, begin, held, 50, "HTTP 429"),
            new(LaneChangeKind.Regained, held + 5 * Second, null, 75),
            new(LaneChangeKind.AtContract, held + 10 * Second, null, 100),
            new(LaneChangeKind.Breaker, begin + 67 * Second, begin + 72 * Second, 100, "breaker open"),
        ];
        Assert.Equal(
            expected, one.Where(change => change.Kind is not (LaneChangeKind.Opened or LaneChangeKind.Closed)));
        Assert.Equal(
            expected, other.Where(change => change.Kind is not (LaneChangeKind.Opened or LaneChangeKind.Closed)));
        Assert.All(
            new[] { one, other },
            all => Assert.Equal((LaneChangeKind.Opened, LaneChangeKind.Closed), (all[0].Kind, all[^1].Kind)));
    }

    [Fact]
    public void A_hold_for_another_reason_on_the_way_back_to_the_contract_loses_nothing_of_the_way()
    {
        var time = new JumpingTime(Start);
        var clock = new ProcessClock(time);
        var pace = new Pace(100, clock);
        pace.Throttle(clock.Now() + 1, null);
        time.Advance(TimeSpan.FromSeconds(1 + 5));

        pace.HoldUntil(clock.Now() + 3 * Second);

        Assert.Equal(75, pace.RateInForce);
        time.Advance(TimeSpan.FromSeconds(3 + 2));
        Assert.Equal(85, pace.RateInForce);
    }

    [Fact]
    public async Task A_step_of_the_wall_clock_neither_hurries_nor_stops_the_pace()
    {
        var time = new SteppingWallClock(new JumpingTime(Start));
        using var turn = new Pace(10, new ProcessClock(time)).Join();
        var handed = new List<(long At, int Cost)>();

        for (var call = 0; call < 40; call++)
        {
            handed.Add((await turn.TakeAsync(One, CancellationToken.None), 1));
            time.Step = call % 2 == 0 ? TimeSpan.FromHours(-3) : TimeSpan.FromHours(5);
        }

        Assert.True(MostInASecond(handed) <= 10);
        Assert.InRange(handed[^1].At - handed[0].At, 39 * 100_000, 45 * 100_000);
    }

    [Fact]
    public async Task A_gateway_that_asks_for_a_wait_of_months_holds_the_lane_and_breaks_nothing()
    {
        var time = new JumpingTime(Start);
        var clock = new ProcessClock(time);
        var pace = new Pace(10, clock);
        using var turn = pace.Join();
        var asked = clock.Now();
        pace.Throttle(asked, TimeSpan.FromDays(60)); // a timer takes 49

        Assert.InRange(
            await turn.TakeAsync(One, CancellationToken.None) - asked,
            (long)TimeSpan.FromDays(60).TotalMicroseconds,
            long.MaxValue);
    }

    [Fact]
    public async Task A_call_dearer_than_a_whole_second_is_a_mistake_of_the_caller()
    {
        using var turn = new Pace(3, new ProcessClock(new JumpingTime(Start))).Join();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => turn.TakeAsync(new CallCost(4, 1), CancellationToken.None));
    }

    static List<(long At, int Cost)> Take(int rate, int[] costs, JumpingTime time)
    {
        using var turn = new Pace(rate, new ProcessClock(time)).Join();
        return [.. costs.Select(
            cost => (turn.TakeAsync(new CallCost(cost, 1), CancellationToken.None).GetAwaiter().GetResult(), cost))];
    }

    /// <summary>The dearest second: the sum over every window of one second that begins with a call.</summary>
    static long MostInASecond(List<(long At, int Cost)> handed)
    {
        var most = 0L;
        var sum = 0L;
        for (int first = 0, next = 0; first < handed.Count; sum -= handed[first++].Cost)
        {
            for (; next < handed.Count && handed[next].At < handed[first].At + Second; next++)
                sum += handed[next].Cost;
            most = Math.Max(most, sum);
        }

        return most;
    }

    /// <summary>A machine whose wall clock is set while its monotonic clock runs on.</summary>
    sealed class SteppingWallClock(JumpingTime time) : TimeProvider
    {
        public TimeSpan Step { get; set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Step;

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }
}
