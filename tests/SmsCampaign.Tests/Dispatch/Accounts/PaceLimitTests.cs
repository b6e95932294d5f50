using CsCheck;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Accounts;

/// <summary>Rule 4 where a contract has several limits: parts, messages and requests, a second and a minute.</summary>
public class PaceLimitTests
{
    const long Second = 1_000_000;
    const long Minute = 60 * Second;
    static readonly DateTimeOffset Start = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("Category", "Slow")]
    public void Rule_4_every_limit_holds_in_every_sliding_period_whatever_the_calls() =>
        Gen.Select(
            Gen.Int[5, 200],
            Gen.Int[5, 100],
            Gen.Int[1, 30],
            Gen.Int[40, 400],
            Gen.Int[0, 40_000].Array[1, 20],
            Gen.Select(Gen.Int[1, 5], Gen.Int[1, 4]).Array[50, 300])
            .Sample(
                (parts, messages, requests, requestsAMinute, lateness, calls) =>
                {
                    var late = 0;
                    var time = new JumpingTime(
                        Start, () => TimeSpan.FromMicroseconds(lateness[late++ % lateness.Length]));
                    LaneLimit[] limits =
                    [
                        Limit(parts, RateUnit.Parts, LimitPeriod.Second),
                        Limit(messages, RateUnit.Messages, LimitPeriod.Second),
                        Limit(requests, RateUnit.Requests, LimitPeriod.Second),
                        Limit(requestsAMinute, RateUnit.Requests, LimitPeriod.Minute),
                    ];
                    var handed = Take(
                        limits,
                        calls.Select(call => new CallCost(Math.Min(parts, call.Item1 * call.Item2), call.Item2)),
                        time);

                    Assert.All(
                        limits, limit => Assert.InRange(MostIn(limit.PeriodMicros, handed, limit.Of), 1, limit.Most));
                },
                iter: 100);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(60, 100)] // SpeedSMS: 60 requests a minute beside its parts
    [InlineData(600, 100)]
    [InlineData(30_000, 1_000)]
    public void Rule_4_with_work_to_do_97_percent_of_the_limit_that_binds_is_used(int requestsAMinute, int parts)
    {
        var time = new JumpingTime(Start, () => TimeSpan.FromMilliseconds(1));
        LaneLimit[] limits =
        [
            Limit(parts, RateUnit.Parts, LimitPeriod.Second),
            Limit(requestsAMinute, RateUnit.Requests, LimitPeriod.Minute),
        ];
        var handed = Take(limits, Enumerable.Repeat(new CallCost(1, 1), 4 * requestsAMinute), time);

        var minutes = (handed[^1].At - handed[0].At) / (double)Minute;
        Assert.InRange((handed.Count - 1) / minutes / requestsAMinute, 0.97, 1.0);
        Assert.InRange(MostIn(Minute, handed, RateUnit.Requests), 0.97 * requestsAMinute, requestsAMinute);
    }

    [Fact]
    public void A_limit_a_minute_is_spread_evenly_and_not_used_up_in_a_burst()
    {
        LaneLimit[] limits =
            [Limit(100, RateUnit.Parts, LimitPeriod.Second), Limit(60, RateUnit.Requests, LimitPeriod.Minute)];
        var handed = Take(limits, Enumerable.Repeat(new CallCost(1, 1), 180), new JumpingTime(Start));

        Assert.All(
            handed.Zip(handed.Skip(1), (one, next) => next.At - one.At),
            gap => Assert.InRange(gap, 990_000, 1_010_000));
    }

    [Fact]
    public void Many_hand_overs_a_second_are_counted_exactly_enough_and_never_too_few()
    {
        // Closer together than the ring's places: 10,000 in a burst are all remembered for a whole second.
        var time = new JumpingTime(Start);
        var limit = new SlidingLimit(Limit(10_000, RateUnit.Parts, LimitPeriod.Second));
        var now = new ProcessClock(time).Now();
        for (var at = 0; at < 10_000; at++)
            limit.Remember(1, now + at * 10);

        Assert.True(limit.DueAt(1, 1, now + 100_000) >= now + Second);
        Assert.True(limit.DueAt(10_000, 1, now + 100_000) >= now + 99_990 + Second);
        Assert.True(limit.DueAt(10_000, 1, now + 2 * Second) <= now + 2 * Second);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(4, 25)]
    [InlineData(300, 1)] // no list fits: one message at least is asked for
    public void A_list_is_as_long_as_every_limit_lets_through(int partsEach, int expected)
    {
        var clock = new ProcessClock(new JumpingTime(Start));
        var pace = new Pace(
            [
                Limit(100, RateUnit.Parts, LimitPeriod.Second),
                Limit(1_000, RateUnit.Messages, LimitPeriod.Minute),
                Limit(5, RateUnit.Requests, LimitPeriod.Second),
            ],
            TimeZoneInfo.Utc,
            clock);

        Assert.Equal(expected, pace.MostMessages(partsEach, 500));
    }

    [Fact]
    public void A_throttle_answer_slows_every_limit_down()
    {
        var time = new JumpingTime(Start);
        var clock = new ProcessClock(time);
        var pace = new Pace(
            [Limit(1_000, RateUnit.Parts, LimitPeriod.Second), Limit(60, RateUnit.Requests, LimitPeriod.Minute)],
            TimeZoneInfo.Utc,
            clock);
        using var turn = pace.Join();
        pace.Throttle(clock.Now() + 1, null);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(turn.TryTake(new CallCost(1, 1), out var first));
        Assert.False(turn.TryTake(new CallCost(1, 1), out var second));
        Assert.InRange(second - first, 1_900_000, 2_100_000);
    }

    internal static LaneLimit Limit(int most, RateUnit of, LimitPeriod per) =>
        new() { Most = most, Of = of, Per = per };

    static List<(long At, CallCost Cost)> Take(LaneLimit[] limits, IEnumerable<CallCost> calls, JumpingTime time)
    {
        using var turn = new Pace(limits, TimeZoneInfo.Utc, new ProcessClock(time)).Join();
        return [.. calls.Select(cost => (turn.TakeAsync(cost, CancellationToken.None).GetAwaiter().GetResult(), cost))];
    }

    static long MostIn(long period, List<(long At, CallCost Cost)> handed, RateUnit of)
    {
        var (most, sum) = (0L, 0L);
        for (int first = 0, next = 0; first < handed.Count; sum -= handed[first++].Cost.In(of))
        {
            for (; next < handed.Count && handed[next].At < handed[first].At + period; next++)
                sum += handed[next].Cost.In(of);
            most = Math.Max(most, sum);
        }

        return most;
    }
}
