using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;
using static SmsCampaign.Tests.Dispatch.Accounts.PaceLimitTests;

namespace SmsCampaign.Tests.Dispatch.Accounts;

/// <summary>Quotas a calendar day: over midnight, restarts, other runs, and clocks that are set.</summary>
public sealed class PaceQuotaTests : IDisposable
{
    /// <summary>20 minutes before midnight in Vietnam.</summary>
    static readonly DateTimeOffset Evening = new(2025, 7, 30, 16, 40, 0, TimeSpan.Zero);
    static readonly DateTimeOffset Midnight = new(2025, 7, 30, 17, 0, 0, TimeSpan.Zero);
    static readonly TimeZoneInfo Vietnam = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_quota_that_is_used_up_holds_the_lane_until_midnight_in_the_lanes_zone()
    {
        var changes = new List<LaneChange>();
        using var turn = Quota(10, RateUnit.Parts, new JumpingTime(Evening)).Join(onChange: changes.Add);

        var handed = new List<DateTimeOffset>();
        for (var call = 0; call < 12; call++)
            handed.Add(ProcessClock.FromMicros(await turn.TakeAsync(new CallCost(2, 1), CancellationToken.None)));

        Assert.Equal(5, handed.Count(at => at < Midnight));
        Assert.Equal(5, handed.Count(at => at >= Midnight && at < Midnight.AddDays(1)));
        Assert.Equal(2, handed.Count(at => at >= Midnight.AddDays(1)));

        var held = changes.Where(change => change.Kind == LaneChangeKind.Quota).ToList();
        Assert.Equal(
            [Midnight, Midnight.AddDays(1)], held.Select(change => ProcessClock.FromMicros(change.Until!.Value)));
        Assert.All(held, change => Assert.Equal(
            ("10 parts/day", new QuotaUsed(10, RateUnit.Parts, LimitPeriod.Day)), (change.Reason, change.Limit)));
    }

    [Theory]
    [InlineData(RateUnit.Parts, 3)]
    [InlineData(RateUnit.Messages, 6)]
    [InlineData(RateUnit.Requests, 12)]
    public void A_quota_counts_what_the_contract_counts(RateUnit unit, int calls)
    {
        var time = new JumpingTime(Evening);
        using var turn = Quota(12, unit, time).Join();

        Assert.Equal(calls, TakeAll(turn, new CallCost(4, 2), time));
    }

    [Fact]
    public void A_list_shrinks_to_what_is_left_of_the_day()
    {
        var time = new JumpingTime(Evening);
        var pace = Quota(100, RateUnit.Parts, time);
        using var turn = pace.Join();
        Assert.Equal(50, pace.MostMessages(2, 200));

        Assert.True(turn.TryTake(new CallCost(92, 46), out _));
        Assert.Equal(4, pace.MostMessages(2, 200));
    }

    [Fact]
    public void A_call_that_is_too_dear_for_the_rest_of_the_day_keeps_nobody_else_from_using_it()
    {
        var time = new JumpingTime(Evening);
        var pace = Quota(10, RateUnit.Parts, time);
        using var list = pace.Join(priority: 1);
        using var single = pace.Join(priority: 10);
        Assert.True(list.TryTake(new CallCost(8, 8), out _));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(list.TryTake(new CallCost(8, 8), out var tomorrow));

        Assert.Equal(ProcessClock.ToMicros(Midnight), tomorrow);
        Assert.Equal(2, TakeAll(single, new CallCost(1, 1), time));
    }

    [Theory]
    [InlineData(-1)] // set back over the midnight that has passed: the day before is lived once more
    [InlineData(1)] // set forward over the midnight to come
    public async Task However_the_clock_is_set_neither_the_ledgers_day_nor_the_walls_is_passed(int direction)
    {
        var time = new SteppingTime(new JumpingTime(direction < 0 ? Midnight.AddMinutes(5) : Midnight.AddMinutes(-5)));
        var clock = new ProcessClock(time);
        using var turn = new Pace(
            [Limit(100, RateUnit.Parts, LimitPeriod.Second), Limit(10, RateUnit.Parts, LimitPeriod.Day)],
            Vietnam,
            clock).Join();
        var byLedger = new Dictionary<DateOnly, int>();
        var byWall = new Dictionary<DateOnly, int>();

        for (var call = 0; call < 25; call++)
        {
            if (call == 6)
                time.Step = TimeSpan.FromMinutes(20) * direction;
            var at = ProcessClock.FromMicros(await turn.TakeAsync(new CallCost(1, 1), CancellationToken.None));
            Count(byLedger, at);
            Count(byWall, time.GetUtcNow());
        }

        Assert.All(byLedger.Values.Concat(byWall.Values), count => Assert.InRange(count, 1, 10));

        static void Count(Dictionary<DateOnly, int> days, DateTimeOffset at)
        {
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Vietnam).DateTime);
            days[day] = days.GetValueOrDefault(day) + 1;
        }
    }

    [Fact]
    public void After_a_restart_what_every_run_handed_over_today_still_counts()
    {
        var time = new JumpingTime(Evening);
        var now = ProcessClock.ToMicros(Evening);
        var yesterday = now - 86_400_000_000;
        var hour = 3_600_000_000;
        using var elsewhere = new TempFolder();
        var one = SomeRun.Create(_folder.Path, 20, parts: 2);
        var other = SomeRun.Create(elsewhere.Path, 20, parts: 2);
        Add(one, 1, now - hour, calls: 1, messages: 3); // a list of three
        Add(one, 4, yesterday, calls: 1, messages: 5); // not today's
        Add(other, 1, null, calls: 1, messages: 1, answered: now - hour, isCutOff: true); // known by nobody
        Add(other, 2, null, calls: 1, messages: 1, answered: now - hour); // known not to have left
        AddOneByOne(other, now - hour);

        using var accounts = new LaneAccounts(
            [Account(time, Limit(100, RateUnit.Parts, LimitPeriod.Day))], new ProcessClock(time));
        accounts.Recall([RunAddress.OfFile(one), RunAddress.OfFile(other)]);

        // 6 of the list, 2 of what a crash cut off, 3 one by one of 2 parts each.
        using var turn = accounts.Find("viettel")!.Pace.Join();
        Assert.Equal((100 - 6 - 2 - 6) / 2, TakeAll(turn, new CallCost(2, 1), time));
    }

    [Theory]
    [InlineData(LimitPeriod.Day, 20 * 60)] // to midnight
    [InlineData(LimitPeriod.Minute, 60)]
    [InlineData(LimitPeriod.Second, 1)]
    public void A_ledger_that_cannot_be_read_keeps_an_account_still_for_as_long_as_it_can_count(
        LimitPeriod period,
        int seconds)
    {
        var time = new JumpingTime(Evening);
        var now = ProcessClock.ToMicros(Evening);
        var run = SomeRun.Create(_folder.Path, 20);
        Add(run, 1, now - 1_000_000, calls: 1, messages: 1);
        var damaged = _folder.Write("damaged.db", "not a ledger, whatever it was");

        using var accounts = new LaneAccounts(
            [Account(time, Limit(10, RateUnit.Messages, period))], new ProcessClock(time));
        var unread = accounts.Recall([RunAddress.OfFile(damaged), RunAddress.OfFile(run)]);

        Assert.Equal(RunAddress.OfFile(damaged), Assert.Single(unread).Ledger);
        using var turn = accounts.Find("viettel")!.Pace.Join();
        Assert.False(turn.TryTake(new CallCost(1, 1), out var next));
        Assert.InRange(next - now, seconds * 1_000_000L, seconds * 1_000_000L + 100_000);
    }

    [Fact]
    public async Task After_a_restart_the_last_minute_still_counts()
    {
        var time = new JumpingTime(Evening);
        var now = ProcessClock.ToMicros(Evening);
        var run = SomeRun.Create(_folder.Path, 20);
        for (var call = 0; call < 6; call++)
            Add(run, call + 1, now - 30_000_000 + call * 1_000_000, calls: 1, messages: 1);
        Add(run, 7, null, calls: 1, messages: 1, answered: now - 5_000_000, isCutOff: true);

        using var accounts = new LaneAccounts(
            [Account(time, Limit(10, RateUnit.Requests, LimitPeriod.Minute))], new ProcessClock(time));
        accounts.Recall([RunAddress.OfFile(run)]);
        using var turn = accounts.Find("viettel")!.Pace.Join();

        // Seven of ten are used; three go, evenly spaced, and the next when the oldest is a minute old.
        var handed = new List<long>();
        for (var call = 0; call < 4; call++)
            handed.Add(await turn.TakeAsync(new CallCost(1, 1), CancellationToken.None) - now);
        Assert.InRange(handed[2], 0, 29_000_000);
        Assert.InRange(handed[3], 30_000_000, 32_000_000);
    }

    static Pace Quota(int most, RateUnit of, JumpingTime time) => new(
        [Limit(100, RateUnit.Parts, LimitPeriod.Second), Limit(most, of, LimitPeriod.Day)],
        Vietnam,
        new ProcessClock(time));

    static LaneAccount Account(JumpingTime time, LaneLimit limit)
    {
        var options = new HttpLaneOptions { Rate = 1_000, Limits = [limit] };
        return new LaneAccount(
            new Lane("viettel", options), ScriptedCarrier.ThatAccepts(), Pace.Of(options, new ProcessClock(time)));
    }

    /// <summary>How many calls go before the day is over.</summary>
    static int TakeAll(PaceTurn turn, CallCost cost, JumpingTime time)
    {
        for (var taken = 0; ; taken++)
        {
            long at;
            while (!turn.TryTake(cost, out at))
            {
                if (at >= ProcessClock.ToMicros(Midnight))
                    return taken;
                time.Advance(ProcessClock.FromMicros(at) - time.GetUtcNow());
            }
        }
    }

    static void Add(
        string run, long first, long? handed, int calls, int messages, long? answered = null, bool isCutOff = false)
    {
        LedgerBuilder.Add(run, rows => rows.Attempt(
            first, first + messages - 1, messages * 2, calls, (handed ?? answered)!.Value - 1_000, handed, answered
                ?? handed, SendOutcome.Accepted, isCutOff));
    }

    /// <summary>Three messages handed over one by one: one settled by it, one put off twice over, one
    /// cut off by a crash.</summary>
    static void AddOneByOne(string run, long at)
    {
        Add(run, 10, null, calls: 3, messages: 3, answered: at + 9, isCutOff: true);
        using var rows = new LedgerBuilder(run);
        rows.State(10, MessageStatus.Accepted, at, handed: at, attempt: rows.Attempted).Tried(
            11, Deferral.TooFast, handed: at + 1, answered: at + 2);
    }

    /// <summary>A machine whose wall clock is set while its monotonic clock runs on.</summary>
    sealed class SteppingTime(JumpingTime time) : TimeProvider
    {
        public TimeSpan Step { get; set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Step;

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }
}
