using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Telemetry;

namespace SmsCampaign.Tests.Telemetry;

public class LoopWatchTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero));
    readonly ProcessClock _clock;
    readonly LoopWatch _loops;

    public LoopWatchTests() => _loops = new LoopWatch(_clock = new ProcessClock(_time));

    [Fact]
    public void A_turn_that_does_not_end_is_stuck_with_since_when()
    {
        using var pulse = _loops.Join("lane viettel");
        pulse.Beat();

        _time.Advance(LoopWatch.LongestTurn);
        Assert.Empty(_loops.FindStuck());
        _time.Advance(Second);

        Assert.Equal(
            [new StuckLoop("lane viettel", new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero), IsVital: false)],
            _loops.FindStuck());
    }

    [Fact]
    public void A_loop_that_goes_on_is_not()
    {
        using var pulse = _loops.Join("campaigns");
        for (var turn = 0; turn < 10; turn++)
        {
            pulse.Beat();
            _time.Advance(LoopWatch.LongestTurn);
        }

        Assert.Empty(_loops.FindStuck());
    }

    /// <summary>Such as a lane whose gateway asked for an hour.</summary>
    [Fact]
    public void One_that_rests_is_stuck_only_where_it_does_not_wake()
    {
        using var pulse = _loops.Join("lane viettel");
        pulse.RestUntil(_clock.Now() + 3_600_000_000);

        _time.Advance(TimeSpan.FromHours(1) + LoopWatch.LongestTurn);
        Assert.Empty(_loops.FindStuck());
        _time.Advance(Second);

        Assert.Single(_loops.FindStuck());
    }

    [Fact]
    public void One_that_waits_for_something_else_than_time_is_not_stuck()
    {
        using var pulse = _loops.Join("lane viettel");
        pulse.RestUntil(long.MaxValue);

        _time.Advance(TimeSpan.FromDays(1));

        Assert.Empty(_loops.FindStuck());
    }

    [Fact]
    public void One_that_has_ended_is_not_stuck()
    {
        var ended = _loops.Join("ended");
        ended.Beat();
        ended.Dispose();

        _time.Advance(TimeSpan.FromDays(1));

        Assert.Empty(_loops.FindStuck());
    }

    /// <summary>There may be much to read before the first turn, but a start that hangs is one that hangs.</summary>
    [Fact]
    public void One_that_has_not_begun_is_stuck_only_after_the_longest_start()
    {
        using var waiting = _loops.Join("campaigns", isVital: true);

        _time.Advance(LoopWatch.LongestStart);
        Assert.Empty(_loops.FindStuck());
        Assert.False(_loops.HasBegun("campaigns"));
        _time.Advance(Second);
        Assert.Equal(
            new StuckLoop("campaigns", new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero), IsVital: true),
            Assert.Single(_loops.FindStuck()));

        waiting.Beat();
        Assert.Empty(_loops.FindStuck());
        Assert.True(_loops.HasBegun("campaigns"));
    }
}
