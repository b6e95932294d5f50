using SmsCampaign.Campaigns;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>A client that goes on writing after its call was given up: what is judged not to have
/// left never leaves.</summary>
public sealed class CallDepartureTests
{
    [Fact]
    public void An_outcome_judged_between_the_check_and_the_write_is_that_of_what_leaves()
    {
        using var time = new JudgingTime();
        var pace = new Pace(10, new ProcessClock(time));
        using var turn = pace.Join();
        using var gate = new LaneGate(time);
        gate.Open(new OpenHours(time.Noon, time.Noon.AddHours(1)), CancellationToken.None);
        Assert.True(turn.TryReserve(new CallCost(1, 1), out var grant, out _));
        var departure = new CallDeparture(turn, grant, gate);

        // The lane asks the clock whether it is open: at that moment the call's outcome is judged on another thread.
        time.Judge = departure.End;
        var left = departure.TryLeave();

        Assert.Equal(left, time.Judged is not null);
        Assert.Equal(departure.LeftAt, time.Judged);
    }

    [Fact]
    public void What_is_over_leaves_no_more()
    {
        using var time = new JudgingTime();
        var pace = new Pace(1, new ProcessClock(time));
        using var turn = pace.Join();
        using var gate = new LaneGate(time);
        gate.Open(new OpenHours(time.Noon, time.Noon.AddHours(1)), CancellationToken.None);
        Assert.True(turn.TryReserve(new CallCost(1, 1), out var grant, out _));
        var departure = new CallDeparture(turn, grant, gate);

        Assert.Null(departure.End());

        Assert.False(departure.TryLeave());
        Assert.Null(departure.LeftAt);
    }

    /// <summary>Noon, for ever. Has an outcome judged once while somebody asks it: goes on when that is done, or
    /// waits for who asks.</summary>
    sealed class JudgingTime : TimeProvider, IDisposable
    {
        Thread? _judging;

        public DateTimeOffset Noon { get; } = new(2025, 7, 30, 5, 0, 0, TimeSpan.Zero);

        public Func<long?>? Judge { get; set; }

        /// <summary>What the judge found; to be asked for when all is over.</summary>
        public long? Judged
        {
            get
            {
                _judging!.Join();
                return field;
            }

            private set;
        }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Noon.Ticks;

        public override DateTimeOffset GetUtcNow()
        {
            if (Judge is { } judge)
            {
                Judge = null;
                _judging = new Thread(() => Judged = judge()) { IsBackground = true };
                _judging.Start();
                SpinWait.SpinUntil(
                    () => (_judging.ThreadState & (ThreadState.Stopped | ThreadState.WaitSleepJoin)) != 0);
            }

            return Noon;
        }

        public void Dispose() => _judging?.Join();
    }
}
