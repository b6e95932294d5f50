using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Reports.Proof;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Reports.Proof;

/// <summary>What a ledger proves, against the same worked out by brute force or by hand.</summary>
public sealed class RateProofTests : IDisposable
{
    const long Second = 1_000_000;

    /// <summary>2025-07-30 08:00:00 +07:00.</summary>
    const long Opens = SmallLedger.Opens;

    readonly TempFolder _folder = new();
    readonly TempFolder _elsewhere = new();

    public void Dispose()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(1, int.MaxValue)]
    [InlineData(2, 40)] // a stretch of time at a time
    [InlineData(3, 1)]
    public void The_largest_of_every_period_is_what_counting_them_all_gives(int seed, int atATime)
    {
        var random = new Random(seed);
        var own = new ProofLedger(SomeRun.Create(_folder.Path, 3_000, parts: 3, rate: 400));
        var other = new ProofLedger(SomeRun.Create(_elsewhere.Path, 3_000, parts: 2, rate: 400));
        var all = new List<(long At, int Messages, int Parts, bool Own)>();
        for (var call = 0; call < 600; call++)
        {
            var ledger = call % 3 == 0 ? other : own;
            var parts = ledger == own ? 3 : 2;

            // The second hour is the other's alone. Moments stand in the ledgers in no order at all.
            var at = Opens + (ledger == own ? 0 : random.Next(2)) * 3_600 * Second + random.NextInt64(120 * Second);
            var messages = random.Next(1, 5);
            if (call % 5 == 0)
                ledger.OneByOne(Enumerable.Range(0, messages).Select(step => at + step * 1_000).ToList(), parts);
            else
                ledger.Call(at, messages, parts);

            foreach (var step in Enumerable.Range(0, call % 5 == 0 ? messages : 1))
                all.Add((at + step * 1_000, call % 5 == 0 ? 1 : messages, parts, ledger == own));
        }

        var lane = Assert.Single(RateProver.Prove(
            RunAddress.OfFile(own.Path), [RunAddress.OfFile(own.Path), RunAddress.OfFile(other.Path)], atATime).Lanes);

        Assert.Equal(1, lane.OtherRuns);
        Assert.Equal(all.Where(each => each.Own).Sum(each => each.Messages), lane.Own.Messages);
        foreach (var peaks in lane.Peaks)
        {
            var period = peaks.Period == LimitPeriod.Second ? Second : 60 * Second;
            Assert.Equal(
                (
                    Most(period, each => each.Messages * each.Parts),
                    Most(period, each => each.Messages),
                    Most(period, _ => 1)),
                (peaks.Parts.Most, peaks.Messages.Most, peaks.Requests.Most));
            Assert.Equal(peaks.Parts.Most, SumFrom(peaks.Parts.From, period, each => each.Messages * each.Parts));
        }

        // By windows that end with a hand-over and hold one of the run itself.
        long Most(long period, Func<(long At, int Messages, int Parts, bool Own), int> cost) => all
            .Select(last => all.Where(each => each.At <= last.At && each.At > last.At - period).ToList())
            .Where(within => within.Exists(each => each.Own))
            .Max(within => within.Sum(cost));

        long SumFrom(long from, long period, Func<(long At, int Messages, int Parts, bool Own), int> cost) =>
            all.Where(each => each.At >= from && each.At < from + period).Sum(cost);
    }

    [Theory]
    [InlineData(999_999, 8, false)] // within a second
    [InlineData(1_000_000, 4, true)] // exactly a second later is the next
    public void A_contract_that_was_broken_is_said_to_be(long later, int most, bool kept)
    {
        var ledger = new ProofLedger(SomeRun.Create(_folder.Path, 10, parts: 4, rate: 7));
        ledger.Call(Opens, 1, 4);
        ledger.Call(Opens + later, 1, 4);

        var proof = RateProver.Prove(RunAddress.OfFile(ledger.Path), []);

        Assert.Equal(kept, proof.IsKept);
        Assert.Equal((most, Opens), (proof.Lanes[0].Limits[0].Most, proof.Lanes[0].Limits[0].From));
    }

    [Fact]
    public void A_limit_a_minute_and_one_a_day_are_held_to_as_well()
    {
        var ledger = new ProofLedger(SomeRun.Create(
            _folder.Path,
            30,
            settings: """{"limits":"3 requests/minute,5 messages/day","timeZone":"Asia/Ho_Chi_Minh"}"""));
        ledger.Call(Opens, 1, 1);
        ledger.Call(Opens + 20 * Second, 1, 1);
        ledger.Call(Opens + 59 * Second, 1, 1);
        ledger.Call(Opens + 16 * 3_600 * Second - 1, 2, 1); // a microsecond before midnight in Vietnam
        ledger.Call(Opens + 16 * 3_600 * Second, 3, 1);

        var limits = RateProver.Prove(RunAddress.OfFile(ledger.Path), []).Lanes[0].Limits;
        Assert.Equal(
            ["100000 parts/second", "3 requests/minute", "5 messages/day"],
            limits.Select(limit => limit.Limit.ToText()));
        Assert.Equal([5L, 3, 5], limits.Select(limit => limit.Most));
        Assert.All(limits, limit => Assert.True(limit.IsKept));
        Assert.Equal(Opens - 8 * 3_600 * Second, limits[2].From);

        ledger.Call(Opens + 59 * Second, 1, 1);
        limits = RateProver.Prove(RunAddress.OfFile(ledger.Path), []).Lanes[0].Limits;
        Assert.Equal([true, false, false], limits.Select(limit => limit.IsKept));
    }

    [Fact]
    public void What_a_crash_cut_off_has_no_moment_and_is_bounded_by_the_worst()
    {
        var ledger = new ProofLedger(SomeRun.Create(_folder.Path, 30, parts: 2, rate: 10));
        ledger.Call(Opens, 4, 2);
        ledger.Unknown(Opens + Second / 2, Opens + 5 * Second, 3, 2); // after the first, within its second, or alone
        ledger.Call(Opens + 20 * Second, 4, 2);
        ledger.Unknown(Opens + 40 * Second, null, 1, 2); // in flight

        var proof = RateProver.Prove(RunAddress.OfFile(ledger.Path), []);
        var lane = proof.Lanes[0];

        Assert.True(proof.IsKept);
        Assert.Equal((8L, 14L), (lane.Limits[0].Most, lane.Limits[0].AtMost));
        Assert.Equal(new UnknownTotals(2, 4, 8, 1), lane.Unknown);
    }

    [Fact]
    public void The_share_is_of_the_time_in_which_there_was_work_and_nothing_held_it()
    {
        var ledger = new ProofLedger(SomeRun.Create(_folder.Path, 200, rate: 10));
        ledger.Change(LaneChangeKind.Opened, 0);
        Steady(0, 10); // ten seconds at the full rate
        ledger.Change(LaneChangeKind.Throttled, 10, 12);
        Steady(12, 20, every: 200_000); // slowed down: counts for nothing
        ledger.Change(LaneChangeKind.AtContract, 20);
        Steady(20, 25, every: 200_000); // half of what was allowed
        ledger.Change(LaneChangeKind.NotTaken, 25, 55);
        ledger.Change(LaneChangeKind.Closed, 60); // five seconds in which nothing went
        ledger.Change(LaneChangeKind.Opened, 100);
        ledger.Call(Opens + 110 * Second, 1, 1); // killed: what came after its last hand-over is not known

        var lane = RateProver.Prove(RunAddress.OfFile(ledger.Path), []).Lanes[0];

        // 10 s of 100, 5 s of 25, 5 s of none, 10 s of none.
        Assert.Equal(TimeSpan.FromSeconds(30), lane.Work);
        Assert.Equal(125 / 300.0, lane.Share!.Value, 1e-9);

        void Steady(int from, int to, int every = 100_000)
        {
            for (var at = from * Second; at < to * Second; at += every)
                ledger.Call(Opens + at, 1, 1);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // nobody let it go on
    public void A_stopped_lane_has_no_work(bool resumed)
    {
        var ledger = new ProofLedger(SomeRun.Create(_folder.Path, 200, rate: 10));
        ledger.Change(LaneChangeKind.Opened, 0);
        for (var at = 0; at < 10 * Second; at += 100_000)
            ledger.Call(Opens + at, 1, 1);
        ledger.Change(LaneChangeKind.Stopped, 10);
        if (resumed)
            ledger.Change(LaneChangeKind.Resumed, 600);
        ledger.Change(LaneChangeKind.Closed, resumed ? 610 : 600);

        var lane = RateProver.Prove(RunAddress.OfFile(ledger.Path), []).Lanes[0];

        Assert.Equal(TimeSpan.FromSeconds(resumed ? 20 : 10), lane.Work);
    }

    [Fact]
    public void There_is_no_work_after_the_last_message_was_taken_up_for_the_first_time()
    {
        var ledger = new ProofLedger(SomeRun.Create(_folder.Path, 3, rate: 1));
        ledger.Change(LaneChangeKind.Opened, 0);
        ledger.Call(Opens, 1, 1);
        ledger.Call(Opens + Second, 1, 1);
        ledger.Call(Opens + 2 * Second, 1, 1);
        ledger.Settle(3);
        ledger.Again(Opens + 60 * Second, 2); // put off for a minute
        ledger.Change(LaneChangeKind.Closed, 61);

        var lane = RateProver.Prove(RunAddress.OfFile(ledger.Path), []).Lanes[0];

        Assert.Equal((TimeSpan.FromSeconds(2), 1.0), (lane.Work, lane.Share));
    }

    [Fact]
    public void A_clock_set_back_between_two_processes_fakes_no_breach()
    {
        var ledger = new ProofLedger(SomeRun.Create(_folder.Path, 30, parts: 4, rate: 4));
        ledger.Open(process: 1, 600);
        ledger.Call(Opens + 601 * Second, 1, 4);
        ledger.Call(Opens + 602 * Second, 1, 4);
        ledger.Open(process: 2, 600); // started ten seconds later, at the same time by the wall
        ledger.Call(Opens + 601 * Second + 20_000, 1, 4);
        ledger.Call(Opens + 602 * Second + 20_000, 1, 4);

        var limit = RateProver.Prove(RunAddress.OfFile(ledger.Path), []).Lanes[0].Limits[0];

        Assert.Equal((4L, true), (limit.Most, limit.IsKept));
    }

    [Fact]
    public void A_clock_set_back_between_two_processes_hides_no_breach()
    {
        var ledger = new ProofLedger(SomeRun.Create(_folder.Path, 30, parts: 4, rate: 4));
        ledger.Open(process: 1, 600);
        ledger.Call(Opens + 602 * Second, 1, 4);
        ledger.Open(process: 2, 0);
        ledger.Call(Opens + Second / 2, 1, 4); // half a second after its opening: no window was waited out

        Assert.False(RateProver.Prove(RunAddress.OfFile(ledger.Path), []).IsKept);
    }

    [Fact]
    public void A_lane_that_opens_after_others_began_is_no_other_process()
    {
        // Two campaigns of one process share the account: the whole contract each second, in turn, by one clock.
        var (own, other) = Two();
        own.Open(process: 1, -1);
        other.Open(process: 1, -1);
        own.Call(Opens, 4, 1);
        own.Change(LaneChangeKind.Opened, -1); // written behind what was handed over meanwhile
        other.Call(Opens + Second, 4, 1);
        own.Call(Opens + 2 * Second, 4, 1);
        other.Call(Opens + 3 * Second, 4, 1);

        var proof = RateProver.Prove(RunAddress.OfFile(own.Path), [RunAddress.OfFile(other.Path)]);

        Assert.Equal((4L, true, 0), (proof.Lanes[0].Limits[0].Most, proof.IsKept, proof.UnknownClocks));
    }

    [Fact]
    public void A_breach_by_two_campaigns_of_one_process_is_not_hidden()
    {
        var (own, other) = Two();
        own.Open(process: 1, 0);
        other.Open(process: 1, 0);
        own.Call(Opens, 1, 4);
        own.Change(LaneChangeKind.Opened, -1);
        other.Call(Opens + 999_999, 1, 1);

        var proof = RateProver.Prove(RunAddress.OfFile(own.Path), [RunAddress.OfFile(other.Path)]);

        Assert.Equal(5, proof.Lanes[0].Limits[0].Most);
    }

    [Fact]
    public void A_process_whose_clock_was_set_back_is_shifted_alike_in_every_ledger_it_wrote()
    {
        var (own, other) = Two();
        own.Open(process: 1, 600);
        own.Call(Opens + 601 * Second, 1, 4);
        own.Open(process: 2, 0);
        other.Open(process: 2, 0); // nothing in this ledger tells that the clock was set back
        own.Call(Opens + 2 * Second, 1, 4);
        other.Call(Opens + 3 * Second - 1, 1, 1); // with the one before: more than the contract

        var limit = RateProver.Prove(RunAddress.OfFile(own.Path), [RunAddress.OfFile(other.Path)]).Lanes[0].Limits[0];

        Assert.Equal((5L, Opens + 603 * Second + 5_000), (limit.Most, limit.From));
    }

    [Fact]
    public void A_ledger_that_does_not_say_whose_clock_it_is_by_is_named_and_shifted_only_where_it_must_be()
    {
        var ledger = new ProofLedger(SomeRun.Create(_folder.Path, 30, parts: 4, rate: 4));
        ledger.Change(LaneChangeKind.Opened, 600);
        ledger.Call(Opens + 601 * Second, 1, 4);
        ledger.Change(LaneChangeKind.Opened, 600); // a second before: the order of writing
        ledger.Call(Opens + 602 * Second, 1, 4);
        ledger.Change(LaneChangeKind.Opened, 0); // ten minutes before: another process
        ledger.Call(Opens + 2 * Second, 1, 4);

        var proof = RateProver.Prove(RunAddress.OfFile(ledger.Path), []);

        Assert.Equal(
            (1, true, Opens + 604 * Second + 5_000), (proof.UnknownClocks, proof.IsKept, proof.Lanes[0].Own.LastAt));
    }

    (ProofLedger Own, ProofLedger Other) Two() => (
        new ProofLedger(SomeRun.Create(_folder.Path, 30, rate: 4)),
        new ProofLedger(SomeRun.Create(_elsewhere.Path, 30, rate: 4)));

    /// <summary>Hands over in order, as many messages as are asked for.</summary>
    sealed class ProofLedger(string path)
    {
        long _next = 1;

        public string Path => path;

        public void Call(long at, int messages, int parts) =>
            Attempt(Take(messages), messages, parts, 1, at - 1_000, at, at + 5_000);

        /// <param name="at">Seconds.</param>
        public void Open(long process, int at) => Add(rows => rows.Open(process, Opens, Opens + at * Second));

        public void Again(long at, long position) => Attempt(position, 1, 1, 1, at - 1_000, at, at + 5_000);

        public void Unknown(long from, long? until, int messages, int parts) =>
            Attempt(Take(messages), messages, parts, 1, from, null, until, isCutOff: until is not null);

        /// <summary>Handed over one by one; every second one was not settled by it.</summary>
        public void OneByOne(List<long> at, int parts)
        {
            var first = Take(at.Count);
            Attempt(first, at.Count, parts, at.Count, at[0] - 1_000, at[^1], at[^1] + 5_000);
            if (at.Count == 1)
                return; // a call like any other

            Add(rows =>
            {
                for (var each = 0; each < at.Count; each++)
                {
                    if (each % 2 == 0)
                        rows.State(first + each, MessageStatus.Accepted, handed: at[each], attempt: rows.Attempted);
                    else
                        rows.Tried(first + each, Deferral.TooFast, at[each], answered: 1);
                }
            });
        }

        public void Settle(int messages) => Add(rows =>
        {
            for (var at = 1; at <= messages; at++)
                rows.State(at, MessageStatus.Accepted);
        });

        public void Change(LaneChangeKind kind, int at, int? until = null) =>
            Add(rows => rows.Change(
                kind, Opens + at * Second, until is { } end ? Opens + end * Second : null, rate: 1_000_000));

        long Take(int messages) => (_next += messages) - messages;

        void Attempt(
            long first, int messages, int parts, int calls, long intent, long? handed, long? answered, bool isCutOff =
                false) =>
            Add(rows => rows.Attempt(
                first, first + messages - 1, messages * parts, calls, intent, handed, answered, SendOutcome.Accepted,
                isCutOff));

        void Add(Action<LedgerBuilder> rows) => LedgerBuilder.Add(path, rows);
    }
}
