using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Tests.Support;
using static SmsCampaign.Tests.Dispatch.Accounts.PaceLimitTests;

namespace SmsCampaign.Tests.Dispatch.Accounts;

/// <summary>Campaigns that share an account get what their priorities say, and nothing is left unused.</summary>
public class PaceFairnessTests
{
    static readonly DateTimeOffset Start = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(5, 5, 1.0, 10)]
    [InlineData(1, 10, 10.0, 10)]
    [InlineData(1, 5, 10 / 6.0, 100)]
    [InlineData(4, 7, 7 / 4.0, 1_000)]
    [InlineData(1, 10, 10.0, 5_000)]
    public void Two_that_want_all_share_by_priority(int one, int other, double ratio, int rate)
    {
        var taken = Compete(rate, TimeSpan.FromSeconds(60), [new Sender(one), new Sender(other)]);

        Assert.Equal(ratio, taken[0] / (double)taken[1], ratio * 0.03);
        Assert.InRange(taken.Sum(), 0.97 * 60 * rate, 60 * rate);
    }

    [Fact]
    public void A_campaign_of_long_lists_and_one_of_single_messages_share_by_cost_not_by_calls()
    {
        var taken = Compete(1_000, TimeSpan.FromSeconds(60), [new Sender(5, Cost: 400), new Sender(5, Cost: 1)]);

        Assert.Equal(1.0, taken[0] / (double)taken[1], 0.05);
    }

    [Fact]
    public void A_small_campaign_beside_a_large_one_of_the_highest_priority_is_never_starved()
    {
        var clock = new Simulation(10);
        using var large = new Runner(clock, new Sender(CampaignPriority.Highest));
        clock.Run(TimeSpan.FromSeconds(30), [large]);

        // Comes late, with three messages: it need not wait for more than its share of the others' calls.
        using var small = new Runner(clock, new Sender(CampaignPriority.Lowest));
        var came = clock.Elapsed;
        clock.Run(TimeSpan.FromSeconds(10), [large, small]);

        Assert.InRange(small.HandedAt[0] - came, TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
        Assert.InRange(small.HandedAt[2] - came, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void What_one_does_not_want_the_others_get_at_once()
    {
        var clock = new Simulation(100);
        using var steady = new Runner(clock, new Sender(10));
        var gone = new Runner(clock, new Sender(1));
        clock.Run(TimeSpan.FromSeconds(10), [steady, gone]);
        var before = steady.Taken;

        gone.Dispose();
        clock.Run(TimeSpan.FromSeconds(10), [steady]);

        Assert.InRange(steady.Taken - before, 970, 1_000);
    }

    [Fact]
    public void One_that_was_told_to_come_again_and_does_not_holds_nobody_up()
    {
        var clock = new Simulation(100);
        using var steady = new Runner(clock, new Sender(10));
        using var silent = new Runner(clock, new Sender(1));
        clock.Run(TimeSpan.FromSeconds(1), [steady, silent]);

        // Still in the line, wanting: its network is slow, or its ledger.
        var before = steady.Taken;
        clock.Run(TimeSpan.FromSeconds(10), [steady]);

        Assert.InRange(steady.Taken - before, 965, 1_000);
    }

    [Fact]
    public void One_that_stayed_away_has_saved_up_nothing()
    {
        var clock = new Simulation(100);
        using var steady = new Runner(clock, new Sender(5));
        using var other = new Runner(clock, new Sender(5));
        clock.Run(TimeSpan.FromSeconds(1), [steady, other]);
        clock.Run(TimeSpan.FromSeconds(60), [steady]);
        var (before, others) = (steady.Taken, other.Taken);

        clock.Run(TimeSpan.FromSeconds(10), [steady, other]);

        Assert.Equal(1.0, (steady.Taken - before) / (double)(other.Taken - others), 0.05);
    }

    [Fact]
    public async Task Whoever_waits_behind_others_is_woken_when_they_have_gone_not_when_patience_ends()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Start);
        var pace = new Pace(1_000, new ProcessClock(time));
        using var first = pace.Join(priority: 1);
        using var second = pace.Join(priority: 10);

        // The first wants a long list, for which there is no room yet; the second gets a
        // little ahead of it, and no more.
        Assert.True(second.TryTake(new CallCost(500, 1), out _));
        Assert.False(first.TryTake(new CallCost(900, 1), out var room));
        long later;
        while (second.TryTake(new CallCost(1, 1), out later) || later < room)
            time.Advance(TimeSpan.FromMicroseconds(Math.Max(0, later - ProcessClock.ToMicros(time.GetUtcNow()))));

        Assert.Equal(room + FairLine.Patience, later);
        var waiting = second.WaitAsync(later, CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        // No time passes: only the first's going wakes it.
        first.Dispose();
        await waiting.WaitAsync(Patience.ForAnything);
    }

    static long[] Compete(int rate, TimeSpan span, Sender[] senders)
    {
        var clock = new Simulation(rate);
        var runners = senders.Select(sender => new Runner(clock, sender)).ToList();
        clock.Run(span, runners);
        return [.. runners.Select(runner => runner.Taken)];
    }

    /// <param name="Cost">Parts of one call.</param>
    sealed record Sender(int Priority, int Cost = 1);

    sealed class Runner(Simulation clock, Sender sender) : IDisposable
    {
        readonly PaceTurn _turn = clock.Pace.Join(sender.Priority);

        public long Taken { get; private set; }

        public List<TimeSpan> HandedAt { get; } = [];

        /// <returns>Null where it took; otherwise when to ask again.</returns>
        public long? Ask()
        {
            if (!_turn.TryTake(new CallCost(sender.Cost, 1), out var at))
                return at;

            Taken += sender.Cost;
            HandedAt.Add(clock.Elapsed);
            return null;
        }

        public void Dispose() => _turn.Dispose();
    }

    /// <summary>Everyone asks whenever there may be something to get; time passes when nobody gets anything.</summary>
    sealed class Simulation
    {
        readonly JumpingTime _time = new(Start);
        readonly ProcessClock _clock;

        public Simulation(int rate)
        {
            _clock = new ProcessClock(_time);
            Pace = new Pace([Limit(rate, RateUnit.Parts, LimitPeriod.Second)], TimeZoneInfo.Utc, _clock);
        }

        public Pace Pace { get; }

        public TimeSpan Elapsed => _time.GetUtcNow() - Start;

        public void Run(TimeSpan span, IReadOnlyList<Runner> runners)
        {
            var end = _time.GetUtcNow() + span;
            while (_time.GetUtcNow() < end)
            {
                var next = long.MaxValue;
                foreach (var runner in runners)
                    next = Math.Min(next, runner.Ask() ?? 0);

                if (next > 0)
                    _time.Advance(TimeSpan.FromMicroseconds(Math.Max(1, next - _clock.Now())));
            }
        }
    }
}
