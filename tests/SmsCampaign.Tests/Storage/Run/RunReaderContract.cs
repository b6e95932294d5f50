using System.Text;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Run;

/// <summary>What all that reads a run's ledger as it stands must do, whatever it is kept in: for reports, for planning,
/// and for the proof of what was handed over.</summary>
public abstract class RunReaderContract : IDisposable
{
    const int FirstLane = RunStorage.FirstLane;
    const int SecondLane = RunStorage.SecondLane;

    static readonly SendResult NoAnswer = SendResult.Uncertain(Reason.NoAnswer, "no answer");

    readonly RunStorage _run;

    private protected RunReaderContract(RunStorage run)
    {
        _run = run;
        _run.Create();
    }

    public void Dispose()
    {
        _run.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_message_is_walked_through_once_as_it_stands()
    {
        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 1, SendResult.Accepted("a"));
        await ledger.ApplyAsync([RunStorage.Receipt(1, MessageStatus.Delivered)], new ReceiptMark(1, null));
        await _run.SendAsync(ledger, 2, SendResult.Rejected(FailureClass.Number, "E1"));
        await _run.SendAsync(ledger, 3, NoAnswer);
        await ledger.MoveAsync(SecondLane, FirstLane, new Dictionary<int, int> { [1] = 3 }, "stopped");
        await RunStorage.BeginAsync(ledger, RunStorage.Call(4));

        using var reader = _run.Kept.ReadForReport();

        Assert.Equal(
            [
                new(Seq(1), FirstLane, 1, MessageStatus.Delivered, Reason.None, 0, "X"),
                new(Seq(2), FirstLane, 1, MessageStatus.Failed, Reason.None, (int)FailureClass.Number, "E1"),
                new(Seq(3), FirstLane, 1, MessageStatus.Uncertain, Reason.NoAnswer, 0, ""),
                new(Seq(4), FirstLane, 2, MessageStatus.Submitting, Reason.None, 0, ""),
                new(Seq(5), FirstLane, 2, MessageStatus.Planned, Reason.None, 0, ""),
                new(OnSecond(1), FirstLane, 3, MessageStatus.Planned, Reason.None, 0, ""),
                new Walked(OnSecond(2), FirstLane, 3, MessageStatus.Planned, Reason.None, 0, ""),
            ],
            Walk(reader));
        Assert.Equal([FirstLane], reader.ReadSent().Keys);
    }

    [Fact]
    public async Task A_report_reads_one_moment_whoever_writes_meanwhile()
    {
        await using var ledger = _run.Open();
        using var reader = _run.Kept.ReadForReport();
        var kept = reader.ReadKept()!;

        await _run.SendAsync(ledger, 1, SendResult.Accepted("a"));

        Assert.All(Walk(reader), message => Assert.Equal(MessageStatus.Planned, message.Status));
        Assert.Equal(kept, reader.ReadKept());
        using var later = _run.Kept.ReadForReport();
        Assert.Equal(MessageStatus.Accepted, Walk(later)[0].Status);
    }

    [Fact]
    public void Exclusions_are_told_as_they_were_imported_and_a_duplicate_with_where_its_number_stands()
    {
        using var reader = _run.Kept.ReadForReport();

        Assert.Equal(
            [
                new ExclusionLine(1, 9, 1, ExclusionReason.Duplicate, SomeRun.Number(2), null, 1, 4, 1, null),
                new ExclusionLine(1, 10, 1, ExclusionReason.NotANumber, null, "không có", null, 0, 0, null),
                new ExclusionLine(
                    1, 11, 2, ExclusionReason.AlreadySent, SomeRun.Number(99), null, null, 0, 0, "2025-07-29"),
                new ExclusionLine(
                    1, 12, 0, ExclusionReason.OutsideSegments, SomeRun.Number(98), null, null, 0, 0, null),
            ],
            reader.ReadExclusions());
        Assert.Equal(RunStorage.Exclusions.Count, reader.CountExclusions());
    }

    [Fact]
    public async Task Who_may_have_received_a_message_is_told_and_who_cannot_is_not()
    {
        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 1, SendResult.Accepted("a"));
        await _run.SendAsync(ledger, 2, SendResult.Rejected(FailureClass.Number, "E1"));
        await _run.SendAsync(ledger, 3, NoAnswer);
        await RunStorage.BeginAsync(ledger, RunStorage.Call(4));

        using var plan = _run.Kept.ReadPlan();

        Assert.Equal([SomeRun.Number(1), SomeRun.Number(3), SomeRun.Number(4)], plan.ReadHandedOver().Order());
        Assert.Equal((1, 0), (plan.CountUncertain(Reason.NoAnswer), plan.CountUncertain(Reason.LedgerLost)));
        Assert.True(plan.HasBegun());
        Assert.True(plan.IsUnfinished());
    }

    [Fact]
    public async Task A_run_of_which_nothing_is_planned_or_on_its_way_is_finished()
    {
        await using var ledger = _run.Open();
        await ledger.LeaveAsync(Reason.WindowClosed);

        using var plan = _run.Kept.ReadPlan();

        Assert.False(plan.IsUnfinished());
        Assert.Empty(plan.ReadHandedOver());
    }

    [Fact]
    public async Task Hand_overs_are_told_by_lane_in_microseconds_each_message_of_its_own_where_they_left_one_by_one()
    {
        await using var ledger = _run.Open();
        var at = _run.Clock.Now();
        var together = RunStorage.Call(1, lane: SecondLane, messages: 2);
        var single = RunStorage.Call(4, messages: 2, oneByOne: true);
        await ledger.FinishAsync([new CallResult(
            together,
            await RunStorage.BeginAsync(ledger, together),
            0,
            at + 1,
            [SendResult.Accepted("a"), SendResult.Accepted("b")])]);
        var attempt = await RunStorage.BeginAsync(ledger, single);
        await ledger.FinishAsync(
            [
                new CallResult(single, attempt, 0, at + 5, [SendResult.Accepted("c")]),
                new CallResult(single, attempt, 1, at + 9, [SendResult.Busy("HTTP 503")]),
            ]);
        await RunStorage.BeginAsync(ledger, RunStorage.Call(1));

        using var reader = _run.Kept.ReadHandOvers();
        var attempts = reader.ReadAttempts().ToList();

        Assert.Equal([SecondLane, FirstLane, FirstLane], attempts.Select(each => each.Lane));
        Assert.Equal([(SecondLane, at + 1, 2, 1)], Told(0));
        Assert.Equal([(FirstLane, at + 5, 1, 2)], Told(1));
        Assert.Equal([(FirstLane, at + 9, 1, 2)], Told(2));
        Assert.Equal(
            [null, null, new UnknownHandOver(FirstLane, at, long.MaxValue, 1, 1, 1)],
            attempts.Select(each => reader.FindUnknown(each)));
        Assert.Equal([attempts[1]], reader.ReadAttempts(attempts[1].Id, attempts[1].Id));
        Assert.Equal([FirstLane], reader.ReadLanesWithWork());

        IEnumerable<(int, long, int, int)> Told(int table) =>
            reader.Read(table).Select(each => (each.Lane, each.At, each.Messages, each.Parts));
    }

    [Fact]
    public async Task Hand_overs_of_a_process_whose_clock_was_set_back_come_after_those_of_the_one_before()
    {
        await using (var ledger = _run.Open())
        {
            _run.Time.Advance(TimeSpan.FromMinutes(1));
            await _run.SendAsync(ledger, 1, SendResult.Accepted("a"));
        }

        var before = _run.Clock.Now();
        var back = new ProcessClock(new FakeTimeProvider(_run.Time.GetUtcNow() - TimeSpan.FromHours(1)));
        await using (var ledger = _run.Open(back))
        {
            var call = RunStorage.Call(2);
            var attempt = await RunStorage.BeginAsync(ledger, call);
            await ledger.FinishAsync([new CallResult(call, attempt, 0, back.Now() + 7, [NoAnswer])]);
        }

        using var reader = _run.Kept.ReadHandOvers();
        Assert.False(reader.HasUnknownClocks);
        Assert.Equal([before, before + 7], reader.Read(0).Select(each => each.At));
    }

    [Fact]
    public async Task A_process_that_wrote_in_two_ledgers_has_one_clock_in_both()
    {
        var other = _run.Beside();
        other.Create();
        var opened = _run.Clock.Now();
        await using (var first = _run.Open())
        await using (other.Open(_run.Clock))
        {
            _run.Time.Advance(TimeSpan.FromMinutes(1));
            await _run.SendAsync(first, 1, SendResult.Accepted("a"));
        }

        var last = _run.Clock.Now();
        var back = new ProcessClock(new FakeTimeProvider(_run.Time.GetUtcNow() - TimeSpan.FromHours(1)));
        await using (_run.Open(back))
        await using (var second = other.Open(back))
        {
            var call = RunStorage.Call(1);
            var attempt = await RunStorage.BeginAsync(second, call);
            await second.FinishAsync([new CallResult(call, attempt, 0, back.Now() + 7, [NoAnswer])]);
        }

        using var one = _run.Kept.ReadHandOvers();
        using var two = other.Kept.ReadHandOvers();
        Assert.Equal([opened + 7], two.Read(0).Select(each => each.At)); // by itself it knows no later moment

        Ledgers.Straighten([one, two]);

        Assert.Equal([last], one.Read(0).Select(each => each.At));
        Assert.Equal([last + 7], two.Read(0).Select(each => each.At));
    }

    [Fact]
    public async Task Every_lanes_history_is_told_in_its_order_with_its_moments_in_a_row()
    {
        var change = new LaneChange(LaneChangeKind.NotTaken, 0, null, 50, "HTTP 503", HoldCause.AsSaid);
        LaneChange first, other, used;
        await using (var ledger = _run.Open())
        {
            _run.Time.Advance(TimeSpan.FromMinutes(1));
            var now = _run.Clock.Now();
            first = change with { At = now, Until = now + 9 };
            other = change with { Kind = LaneChangeKind.Opened, At = now + 1 };
            used = change with
            {
                Kind = LaneChangeKind.Quota,
                At = now + 2,
                Limit = new QuotaUsed(5, RateUnit.Messages, LimitPeriod.Day),
            };
            await ledger.HoldAsync(FirstLane, first);
            await ledger.HoldAsync(SecondLane, other);
            await ledger.HoldAsync(FirstLane, used);
            await _run.SendAsync(ledger, 1, SendResult.Accepted("a"));
        }

        var last = _run.Clock.Now();
        var back = new ProcessClock(new FakeTimeProvider(_run.Time.GetUtcNow() - TimeSpan.FromHours(1)));
        await using (var ledger = _run.Open(back))
            await ledger.HoldAsync(SecondLane, change with { At = back.Now() + 3, Until = back.Now() + 5 });

        using var reader = _run.Kept.ReadHandOvers();
        var history = reader.ReadHistory();

        Assert.Equal([first, used], history[FirstLane]);
        Assert.Equal([other, change with { At = last + 3, Until = last + 5 }], history[SecondLane]);
    }

    [Fact]
    public async Task Messages_of_which_only_some_parts_were_told_of_are_counted()
    {
        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 4, SendResult.Accepted("a"));
        await _run.SendAsync(ledger, 5, SendResult.Accepted("b"));
        Assert.Equal(0, CountPartsMissing());

        await ledger.ApplyAsync(
            [
                RunStorage.Receipt(4, MessageStatus.Delivered, part: 1),
                RunStorage.Receipt(5, MessageStatus.Delivered, part: 2),
            ],
            new ReceiptMark(1, null));
        Assert.Equal(2, CountPartsMissing());
        await ledger.ApplyAsync(
            [RunStorage.Receipt(4, MessageStatus.Delivered, id: 2, part: 2)], new ReceiptMark(2, null));

        Assert.Equal(1, CountPartsMissing());

        long CountPartsMissing()
        {
            using var reader = _run.Kept.ReadForReport();
            return reader.CountPartsMissing();
        }
    }

    static long Seq(int position) => RunStorage.Seq(position);

    static long OnSecond(int position) => RunStorage.OnSecond(position);

    static List<Walked> Walk(IReportReader reader)
    {
        using var messages = reader.ReadMessages(reader.ReadTables());
        var walked = new List<Walked>();
        while (messages.Next())
        {
            walked.Add(new Walked(
                messages.Seq, messages.Lane, messages.Parts, messages.Status, (Reason)messages.Reason, messages.Failure,
                messages.Settled ? Encoding.UTF8.GetString(messages.Code) : ""));
        }

        Assert.Equal(0, messages.Orphans);
        return walked;
    }

    sealed record Walked(
        long Seq, int Lane, int Parts, MessageStatus Status, Reason Reason, int Failure, string Code);
}
