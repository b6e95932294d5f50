using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Run;

/// <summary>
/// What every kind of ledger of a run must do, whatever it is kept in. A new kind derives from this: it says how a run
/// is made, opened, and settled by a person beside it. Everything is seen through the interface.
/// </summary>
public abstract class RunLedgerContract : IDisposable
{
    protected const int FirstLane = SomeRun.LaneId;
    protected const int SecondLane = SomeRun.SecondLaneId;

    /// <summary>Of a lane, in any of these tests.</summary>
    const int MostMessages = 3;

    protected RunLedgerContract() => Clock = new ProcessClock(Time);

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2025, 7, 30, 3, 0, 0, TimeSpan.Zero));

    protected ProcessClock Clock { get; }

    /// <summary>Makes the run, with so many messages on each lane.</summary>
    protected abstract void Create(int messages, int onSecond = 0);

    /// <summary>Opens it to be sent, as a process does.</summary>
    /// <param name="lanes">Which it takes; null: all.</param>
    protected abstract IRunLedger Open(IReadOnlyCollection<int>? lanes = null);

    /// <summary>Settles an uncertain message as a person does in a process of its own.</summary>
    protected abstract void Resolve(int position, MessageStatus status);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    [Fact]
    public async Task Rule_2_an_intent_makes_its_messages_submitting_and_an_answer_what_it_says()
    {
        Create(3);
        await using var ledger = Open();

        var attempt = await BeginAsync(ledger, Call(1, messages: 2));
        Assert.Equal((1, 2), (ledger.Counters.Of(MessageStatus.Planned), ledger.Counters.Of(MessageStatus.Submitting)));
        Assert.Equal(
            [true, true, false], await ledger.AreInFlightAsync([SomeRun.Seq(1), SomeRun.Seq(2), SomeRun.Seq(3)]));

        await ledger.FinishAsync([new CallResult(
            Call(1, messages: 2),
            attempt,
            0,
            7_000,
            [SendResult.Accepted("a"), SendResult.Rejected(FailureClass.Number, "E1")])]);

        Assert.Equal((1, 0, 1, 1), Counted(ledger));
        Assert.Equal(7_000, ledger.Counters.LastHandOver(FirstLane));
        await ledger.CheckBalanceAsync();
    }

    [Fact]
    public async Task What_was_put_off_is_planned_again_and_told_by_its_answer()
    {
        Create(2);
        await using var ledger = Open();
        var attempt = await BeginAsync(ledger, Call(1, messages: 2));

        var again = await ledger.FinishAsync([new CallResult(
            Call(1, messages: 2), attempt, 0, 7_000, [SendResult.Accepted("a"), SendResult.Busy("HTTP 503")])]);

        Assert.Equal((0, new PlannedMessage(SomeRun.Seq(2), SomeRun.Number(2))), Assert.Single(again));
        Assert.Equal(1, ledger.Counters.Of(MessageStatus.Planned));
        Assert.Equal(
            new EarlierTries(SomeRun.Seq(2), 1, 7_000, MayBeSent: false, Code: "HTTP 503"),
            Assert.Single(ledger.ReadTries()));
    }

    [Fact]
    public async Task Rule_2_what_was_on_its_way_when_its_process_ended_is_uncertain_and_the_rest_is_planned()
    {
        Create(3);
        await using (var first = Open())
            await BeginAsync(first, Call(1, messages: 2));

        await using var next = Open();

        Assert.Equal(2, next.Interrupted);
        Assert.Equal((1, 2), (next.Counters.Of(MessageStatus.Planned), next.Counters.Of(MessageStatus.Uncertain)));
        Assert.Equal(long.MaxValue, next.LastHandOver[FirstLane]);
        Assert.Equal([SomeRun.Seq(3)], ReadPlanned(next, FirstLane));
        await next.CheckBalanceAsync();
    }

    [Fact]
    public async Task A_batch_that_is_done_is_not_read_again()
    {
        Create(2);
        await using var ledger = Open();
        await SendAsync(ledger, 1, SendResult.Accepted("a"));
        await SendAsync(ledger, 2, SendResult.Accepted("b"));

        await ledger.FinishBatchAsync(Call(1).Batch);

        Assert.Empty(ReadPlanned(ledger, FirstLane));
        using var reader = ledger.ReadPlanned();
        Assert.Null(reader.NextBatch(FirstLane, after: 0));
        Assert.True(reader.IsSettled(SomeRun.Seq(1)));
    }

    [Fact]
    public async Task Rule_6_a_receipt_moves_a_message_forward_once_and_what_is_marked_is_not_applied_again()
    {
        Create(1);
        await using var ledger = Open();
        await SendAsync(ledger, 1, SendResult.Accepted("a"));

        Assert.Empty(await ledger.ApplyAsync([Receipt(1, MessageStatus.Delivered)], new ReceiptMark(1, null)));
        Assert.Empty(await ledger.ApplyAsync([Receipt(1, MessageStatus.Failed)], new ReceiptMark(1, null)));
        var odd = await ledger.ApplyAsync([Receipt(1, MessageStatus.Failed, id: 2)], new ReceiptMark(2, null));

        Assert.Equal((0, ReceiptOddity.Contradicting), Assert.Single(odd));
        Assert.Equal(1, ledger.Counters.Of(MessageStatus.Delivered));
        Assert.Equal(2, Assert.Single(await ledger.ReadReceiptNotesAsync()).Receipt);
        await ledger.ClearReceiptNotesAsync();
        Assert.Empty(await ledger.ReadReceiptNotesAsync());
    }

    [Fact]
    public async Task A_gateways_id_names_its_message_where_it_is_to_be_kept()
    {
        Create(2);
        await using var ledger = Open();
        await SendAsync(ledger, 1, SendResult.Accepted("a"), keepId: true);

        var found = await ledger.FindAsync([(FirstLane, "a"), (FirstLane, "b")]);

        Assert.Equal([SomeRun.Seq(1), null], found.Select(each => each?.Seq));
    }

    [Fact]
    public async Task Rule_1_a_message_put_back_is_not_sent_again_where_a_receipt_says_meanwhile_that_it_arrived()
    {
        Create(1);
        await using var ledger = Open();
        await SendAsync(ledger, 1, SendResult.Uncertain(Reason.NoAnswer, "no answer"));
        Resolve(1, MessageStatus.Planned);

        await ledger.ApplyAsync([Receipt(1, MessageStatus.Delivered)], new ReceiptMark(1, null));
        Assert.False(await ledger.NoticeResolutionsAsync() && ledger.Counters.Of(MessageStatus.Planned) > 0);

        Assert.Null((await ledger.BeginAsync([Call(1)]))[0]);
        Assert.Equal(1, ledger.Counters.Of(MessageStatus.Delivered));
        await ledger.CheckBalanceAsync();
    }

    [Fact]
    public async Task A_message_put_back_and_taken_up_before_that_was_noticed_is_counted_right()
    {
        Create(1);
        await using var ledger = Open();
        await SendAsync(ledger, 1, SendResult.Uncertain(Reason.NoAnswer, "no answer"));
        Resolve(1, MessageStatus.Planned);
        using (var reader = ledger.ReadPlanned())
            Assert.Equal(SomeRun.Seq(1), Assert.Single(reader.ReadPutBack(FirstLane, after: 0, 10)).Message.Seq);

        await SendAsync(ledger, 1, SendResult.Accepted("a"));

        Assert.Equal((0, 0, 1, 0), Counted(ledger));
        await ledger.CheckBalanceAsync();
    }

    [Fact]
    public async Task What_a_person_settled_is_not_counted_twice_where_the_rest_is_left()
    {
        Create(3);
        await using var ledger = Open();
        await SendAsync(ledger, 1, SendResult.Uncertain(Reason.NoAnswer, "no answer"));
        await SendAsync(ledger, 2, SendResult.Uncertain(Reason.NoAnswer, "no answer"));
        Resolve(1, MessageStatus.Delivered);

        Assert.Equal(1, await ledger.LeaveAsync(Reason.WindowClosed));
        await ledger.NoticeResolutionsAsync();

        Assert.Equal(
            (1, 1, 1),
            (
                ledger.Counters.Of(MessageStatus.Uncertain),
                ledger.Counters.Of(MessageStatus.Delivered),
                ledger.Counters.Of(MessageStatus.Leftover)));
        await ledger.CheckBalanceAsync();
    }

    [Fact]
    public async Task What_waits_to_be_tried_again_and_is_given_up_is_settled_as_said()
    {
        Create(1);
        await using var ledger = Open();
        await SendAsync(ledger, 1, SendResult.Busy("HTTP 503"));

        await ledger.GiveUpAsync(
            [(Call(1).Batch, SomeRun.Seq(1), SendResult.Uncertain(Reason.RepeatedInVain, "repeated in vain"))]);

        Assert.Equal((0, 1), (ledger.Counters.Of(MessageStatus.Planned), ledger.Counters.Of(MessageStatus.Uncertain)));
        using var reader = ledger.ReadUnsettled();
        Assert.Equal(SomeRun.Seq(1), Assert.Single(
            reader.ReadUncertain(1, before: long.MaxValue, now: long.MaxValue, byReference: true, 10)).Seq);
    }

    [Fact]
    public async Task What_is_planned_on_a_stopped_lane_is_read_on_the_one_it_was_moved_to()
    {
        Create(2, onSecond: 1);
        await using var ledger = Open();

        Assert.Equal(
            2, await ledger.MoveAsync(FirstLane, SecondLane, new Dictionary<int, int> { [1] = 1 }, "lane stopped"));

        using var reader = ledger.ReadPlanned();
        Assert.Equal(
            [SomeRun.Seq(1), SomeRun.Seq(2)],
            reader.ReadMoved(SecondLane, default, 10).Select(moved => moved.Message.Seq));
        Assert.Equal(SecondLane, ledger.LaneOf(SomeRun.Seq(1)));
        Assert.Equal((0, 3), (ledger.Counters.Total(FirstLane), ledger.Counters.Total(SecondLane)));
        await ledger.CheckBalanceAsync();
    }

    [Fact]
    public async Task A_lanes_history_is_told_in_its_order()
    {
        Create(1);
        await using var ledger = Open();
        var change = new LaneChange(LaneChangeKind.Throttled, 5, 9, 50, "HTTP 429");

        await ledger.HoldAsync(FirstLane, change);
        await ledger.HoldAsync(FirstLane, change with { At = 9, Rate = 75 });

        Assert.Equal([50, 75], ledger.ReadHistory(FirstLane).Select(each => each.Rate));
    }

    [Fact]
    public async Task Rule_2_who_had_a_lane_writes_no_intent_once_another_has_taken_it()
    {
        Create(3);
        await using var first = Open();
        await SendAsync(first, 1, SendResult.Accepted("a"));
        await using var second = Open();

        var refused = await Assert.ThrowsAsync<LaneTakenException>(() => first.BeginAsync([Call(2)]));

        Assert.Equal("viettel", refused.Lane);
        Assert.Equal([SomeRun.Seq(2), SomeRun.Seq(3)], ReadPlanned(second, FirstLane));
        Assert.Equal((2, 0, 1, 0), Counted(second));
        Assert.NotNull((await second.BeginAsync([Call(2)]))[0]);
        await second.CheckBalanceAsync();
    }

    [Fact]
    public async Task Rule_3_what_was_on_its_way_under_who_had_the_lane_stays_uncertain_whatever_he_is_answered()
    {
        Create(2);
        await using var first = Open();
        var attempt = await BeginAsync(first, Call(1));

        await using var second = Open();
        Assert.Equal(1, second.Interrupted);
        await Assert.ThrowsAsync<LaneTakenException>(
            () => first.FinishAsync([new CallResult(Call(1), attempt, 0, 7_000, [SendResult.Accepted("a")])]));
        await Assert.ThrowsAsync<LaneTakenException>(first.InterruptAsync);

        Assert.Equal((1, 1), (second.Counters.Of(MessageStatus.Planned), second.Counters.Of(MessageStatus.Uncertain)));
        await second.CheckBalanceAsync();
    }

    [Fact]
    public async Task Nothing_of_the_run_is_written_by_who_had_it_once_another_has_taken_it()
    {
        Create(2);
        await using var first = Open();
        await SendAsync(first, 1, SendResult.Accepted("a"));
        await using var second = Open();

        await Assert.ThrowsAsync<LaneTakenException>(() => first.LeaveAsync(Reason.WindowClosed));
        await Assert.ThrowsAsync<LaneTakenException>(() => first.StopRepeatingAsync(long.MaxValue));
        await Assert.ThrowsAsync<LaneTakenException>(
            () => first.ApplyAsync([Receipt(1, MessageStatus.Delivered)], new ReceiptMark(1, null)));
        await Assert.ThrowsAsync<LaneTakenException>(
            () => first.MoveAsync(FirstLane, SecondLane, new Dictionary<int, int> { [1] = 1 }, "lane stopped"));
        await Assert.ThrowsAsync<LaneTakenException>(
            () => first.GiveUpAsync(
                [(Call(2).Batch, SomeRun.Seq(2), SendResult.Uncertain(Reason.RepeatedInVain, "in vain"))]));

        Assert.Equal((1, 0, 1, 0), Counted(second));
        Assert.Empty(await second.ApplyAsync([Receipt(1, MessageStatus.Delivered)], new ReceiptMark(1, null)));
        await second.CheckBalanceAsync();
    }

    [Fact]
    public async Task Taking_one_lane_leaves_what_is_on_its_way_on_another_to_who_has_that()
    {
        Create(2, onSecond: 2);
        await using var first = Open([FirstLane]);
        await using var second = Open([SecondLane]);
        var underway = await BeginAsync(second, Call(1, lane: SecondLane));
        await BeginAsync(first, Call(1));

        await using var third = Open([FirstLane]);

        Assert.Equal(1, third.Interrupted);
        await Assert.ThrowsAsync<LaneTakenException>(() => first.BeginAsync([Call(2)]));
        await second.FinishAsync(
            [new CallResult(Call(1, lane: SecondLane), underway, 0, 7_000, [SendResult.Accepted("a")])]);
        Assert.Equal(1, second.Counters.Of(SecondLane, MessageStatus.Accepted));
        await SendAsync(third, 2, SendResult.Accepted("b"));
        await third.CheckBalanceAsync();
        await second.CheckBalanceAsync();
    }

    [Fact]
    public async Task Who_has_one_lane_writes_nothing_of_another_or_of_the_run_as_a_whole()
    {
        Create(1, onSecond: 1);
        await using var first = Open([FirstLane]);

        Assert.Equal(
            "vinaphone",
            (await Assert.ThrowsAsync<LaneTakenException>(() => first.BeginAsync([Call(1, lane: SecondLane)]))).Lane);
        await Assert.ThrowsAsync<LaneTakenException>(() => first.LeaveAsync(Reason.WindowClosed));

        Assert.NotNull((await first.BeginAsync([Call(1)]))[0]);
    }

    protected static PlannedCall Call(int position, int messages = 1, int lane = FirstLane, bool keepId = false) => new(
        lane,
        new PlannedBatch(lane, lane, 1, SomeRun.SeqOn(lane, 1), SomeRun.SeqOn(lane, MostMessages), 1),
        [.. Enumerable.Range(position, messages).Select(
            at => new PlannedMessage(SomeRun.SeqOn(lane, at), SomeRun.Number(at)))],
        keepId);

    static async Task<long> BeginAsync(IRunLedger ledger, PlannedCall call) =>
        (await ledger.BeginAsync([call]))[0] ?? throw new InvalidOperationException("it was not begun");

    static async Task SendAsync(IRunLedger ledger, int position, SendResult result, bool keepId = false)
    {
        var call = Call(position, keepId: keepId);
        await ledger.FinishAsync([new CallResult(call, await BeginAsync(ledger, call), 0, 7_000, [result])]);
    }

    static MatchedReceipt Receipt(int position, MessageStatus status, long id = 1) =>
        new(id, 0, FirstLane, new NamedMessage(SomeRun.Seq(position), 0, 0), new DeliveryReceipt(
            null, null, status, null, "X", null));

    /// <summary>What is still to be sent on a lane and was not put back.</summary>
    static List<long> ReadPlanned(IRunLedger ledger, int lane)
    {
        using var reader = ledger.ReadPlanned();
        return reader.NextBatch(lane, after: 0) is { } batch
            ? [.. reader.Read(batch, batch.FirstSeq, 100).Select(message => message.Seq)]
            : [];
    }

    static (long Planned, long Submitting, long Accepted, long Failed) Counted(IRunLedger ledger) => (
        ledger.Counters.Of(MessageStatus.Planned), ledger.Counters.Of(MessageStatus.Submitting),
        ledger.Counters.Of(MessageStatus.Accepted), ledger.Counters.Of(MessageStatus.Failed));
}
