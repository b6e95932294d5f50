using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Run;

/// <summary>What every kind of ledger must do while its run is sent, whatever it is kept in.</summary>
public abstract class RunLedgerContract : IDisposable
{
    const int FirstLane = RunStorage.FirstLane;
    const int SecondLane = RunStorage.SecondLane;

    readonly RunStorage _run;

    private protected RunLedgerContract(RunStorage run)
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
    public async Task Rule_2_an_intent_makes_its_messages_submitting_and_an_answer_what_it_says()
    {
        await using var ledger = _run.Open();

        var attempt = await RunStorage.BeginAsync(ledger, RunStorage.Call(1, messages: 2));
        Assert.Equal(
            (RunStorage.All - 2, 2),
            (ledger.Counters.Of(MessageStatus.Planned), ledger.Counters.Of(MessageStatus.Submitting)));
        Assert.Equal(
            [true, true, false], await ledger.AreInFlightAsync([Seq(1), Seq(2), Seq(3)]));

        await ledger.FinishAsync([new CallResult(
            RunStorage.Call(1, messages: 2),
            attempt,
            0,
            7_000,
            [SendResult.Accepted("a"), SendResult.Rejected(FailureClass.Number, "E1")])]);

        Assert.Equal((RunStorage.All - 2, 0, 1, 1), Counted(ledger));
        Assert.Equal(7_000, ledger.Counters.LastHandOver(FirstLane));
        await ledger.CheckBalanceAsync();
    }

    [Fact]
    public async Task What_was_put_off_is_planned_again_and_told_by_its_answer()
    {
        await using var ledger = _run.Open();
        var attempt = await RunStorage.BeginAsync(ledger, RunStorage.Call(1, messages: 2));

        var again = await ledger.FinishAsync([new CallResult(
            RunStorage.Call(1, messages: 2),
            attempt,
            0,
            7_000,
            [SendResult.Accepted("a"), SendResult.Busy("HTTP 503")])]);

        Assert.Equal((0, new PlannedMessage(Seq(2), SomeRun.Number(2))), Assert.Single(again));
        Assert.Equal(RunStorage.All - 1, ledger.Counters.Of(MessageStatus.Planned));
        Assert.Equal(
            new EarlierTries(Seq(2), 1, 7_000, MayBeSent: false, Code: "HTTP 503"),
            Assert.Single(ledger.ReadTries()));
    }

    [Fact]
    public async Task Rule_2_what_was_on_its_way_when_its_process_ended_is_uncertain_and_the_rest_is_planned()
    {
        await using (var first = _run.Open())
            await RunStorage.BeginAsync(first, RunStorage.Call(1, messages: 2));

        await using var next = _run.Open();

        Assert.Equal(2, next.Interrupted);
        Assert.Equal(
            (RunStorage.All - 2, 2),
            (next.Counters.Of(MessageStatus.Planned), next.Counters.Of(MessageStatus.Uncertain)));
        Assert.Equal(long.MaxValue, next.LastHandOver[FirstLane]);
        Assert.Equal([Seq(3)], ReadPlanned(next, FirstLane));
        await next.CheckBalanceAsync();
    }

    [Fact]
    public async Task A_batch_that_is_done_is_not_read_again()
    {
        await using var ledger = _run.Open();
        for (var position = 1; position <= RunStorage.OfFirstBatch; position++)
            await _run.SendAsync(ledger, position, SendResult.Accepted("a"));
        Assert.Empty(ReadPlanned(ledger, FirstLane));

        await ledger.FinishBatchAsync(RunStorage.Call(1).Batch);

        Assert.Equal([Seq(4), Seq(5)], ReadPlanned(ledger, FirstLane));
        using var reader = ledger.ReadPlanned();
        Assert.True(reader.IsSettled(Seq(1)));
    }

    [Fact]
    public async Task Rule_6_a_receipt_moves_a_message_forward_once_and_what_is_marked_is_not_applied_again()
    {
        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 1, SendResult.Accepted("a"));

        Assert.Empty(await ApplyAsync(ledger, RunStorage.Receipt(1, MessageStatus.Delivered)));
        Assert.Empty(await ApplyAsync(ledger, RunStorage.Receipt(1, MessageStatus.Failed)));
        var odd = await ApplyAsync(ledger, RunStorage.Receipt(1, MessageStatus.Failed, id: 2));

        Assert.Equal((0, ReceiptOddity.Contradicting), Assert.Single(odd));
        Assert.Equal(1, ledger.Counters.Of(MessageStatus.Delivered));
        Assert.Equal(2, Assert.Single(await ledger.ReadReceiptNotesAsync()).Receipt);
        await ledger.ClearReceiptNotesAsync();
        Assert.Empty(await ledger.ReadReceiptNotesAsync());
    }

    [Fact]
    public async Task A_gateways_id_names_its_message_where_it_is_to_be_kept()
    {
        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 1, SendResult.Accepted("a"));
        var unkept = RunStorage.Call(2) with { KeepCarrierReference = false };
        await ledger.FinishAsync([new CallResult(
            unkept, await RunStorage.BeginAsync(ledger, unkept), 0, _run.Clock.Now(), [SendResult.Accepted("b")])]);

        var found = await ledger.FindAsync(
            [(FirstLane, "a"), (FirstLane, "b"), (SecondLane, "a"), (FirstLane, "c")]);

        Assert.Equal([Seq(1), null, null, null], found.Select(each => each?.Seq));
    }

    [Fact]
    public async Task Rule_1_a_message_put_back_is_not_sent_again_where_a_receipt_says_meanwhile_that_it_arrived()
    {
        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 1, SendResult.Uncertain(Reason.NoAnswer, "no answer"));
        await SettleAsync(1, MessageStatus.Planned);

        await ApplyAsync(ledger, RunStorage.Receipt(1, MessageStatus.Delivered));
        await ledger.NoticeResolutionsAsync();

        Assert.Equal(RunStorage.All - 1, ledger.Counters.Of(MessageStatus.Planned));
        Assert.Null((await ledger.BeginAsync([RunStorage.Call(1)]))[0]);
        Assert.Equal(1, ledger.Counters.Of(MessageStatus.Delivered));
        await ledger.CheckBalanceAsync();
    }

    [Fact]
    public async Task A_message_put_back_and_taken_up_before_that_was_noticed_is_counted_right()
    {
        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 1, SendResult.Uncertain(Reason.NoAnswer, "no answer"));
        await SettleAsync(1, MessageStatus.Planned);
        using (var reader = ledger.ReadPlanned())
            Assert.Equal(Seq(1), Assert.Single(reader.ReadPutBack(FirstLane, after: 0, 10)).Message.Seq);

        await _run.SendAsync(ledger, 1, SendResult.Accepted("a"));

        Assert.Equal((RunStorage.All - 1, 0, 1, 0), Counted(ledger));
        await ledger.CheckBalanceAsync();
    }

    [Fact]
    public async Task What_a_person_settled_is_not_counted_twice_where_the_rest_is_left()
    {
        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 1, SendResult.Uncertain(Reason.NoAnswer, "no answer"));
        await _run.SendAsync(ledger, 2, SendResult.Uncertain(Reason.NoAnswer, "no answer"));
        await SettleAsync(1, MessageStatus.Delivered);

        Assert.Equal(RunStorage.All - 2, await ledger.LeaveAsync(Reason.WindowClosed));
        await ledger.NoticeResolutionsAsync();

        Assert.Equal(
            (1, 1, RunStorage.All - 2),
            (
                ledger.Counters.Of(MessageStatus.Uncertain),
                ledger.Counters.Of(MessageStatus.Delivered),
                ledger.Counters.Of(MessageStatus.Leftover)));
        await ledger.CheckBalanceAsync();
    }

    /// <summary>What stands on it: by the plan and not moved away, or moved there.</summary>
    [Fact]
    public async Task Of_one_lane_only_what_stands_on_it_is_left()
    {
        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 1, SendResult.Accepted("a"));
        var onFirst = ledger.Counters.Of(FirstLane, MessageStatus.Planned);
        var onSecond = ledger.Counters.Of(SecondLane, MessageStatus.Planned);
        var moved = await ledger.MoveAsync(FirstLane, SecondLane, new Dictionary<int, int> { [2] = 3 }, "stopped");
        Assert.NotEqual(0, moved);

        Assert.Equal(onSecond + moved, await ledger.LeaveAsync(Reason.Cancelled, SecondLane));

        Assert.Equal(
            (onFirst - moved, 0, 0, onSecond + moved),
            (
                ledger.Counters.Of(FirstLane, MessageStatus.Planned),
                ledger.Counters.Of(FirstLane, MessageStatus.Leftover),
                ledger.Counters.Of(SecondLane, MessageStatus.Planned),
                ledger.Counters.Of(SecondLane, MessageStatus.Leftover)));
        await ledger.CheckBalanceAsync();

        Assert.Equal(onFirst - moved, await ledger.LeaveAsync(Reason.Ended, FirstLane));
        Assert.Equal(0, ledger.Counters.Of(MessageStatus.Planned));
        await ledger.CheckBalanceAsync();
    }

    [Fact]
    public async Task What_waits_to_be_tried_again_and_is_given_up_is_settled_as_said()
    {
        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 1, SendResult.Busy("HTTP 503"));

        await ledger.GiveUpAsync(
            [(RunStorage.Call(1).Batch, Seq(1), SendResult.Uncertain(Reason.RepeatedInVain, "repeated in vain"))]);

        Assert.Equal(
            (RunStorage.All - 1, 1),
            (ledger.Counters.Of(MessageStatus.Planned), ledger.Counters.Of(MessageStatus.Uncertain)));
        using var reader = ledger.ReadUnsettled();
        Assert.Equal(Seq(1), Assert.Single(
            reader.ReadUncertain(1, before: long.MaxValue, now: long.MaxValue, byReference: true, 10)).Seq);
    }

    [Fact]
    public async Task What_is_planned_on_a_stopped_lane_is_read_on_the_one_it_was_moved_to()
    {
        await using var ledger = _run.Open();

        Assert.Equal(
            RunStorage.OfFirstBatch,
            await ledger.MoveAsync(FirstLane, SecondLane, new Dictionary<int, int> { [1] = 1 }, "lane stopped"));

        using var reader = ledger.ReadPlanned();
        Assert.Equal(
            [Seq(1), Seq(2), Seq(3)],
            reader.ReadMoved(SecondLane, default, 10).Select(moved => moved.Message.Seq));
        Assert.Equal(SecondLane, ledger.LaneOf(Seq(1)));
        Assert.Equal(FirstLane, ledger.LaneOf(Seq(4)));
        Assert.Equal(
            (RunStorage.OfSecondBatch, RunStorage.OfFirstBatch + RunStorage.OnSecondLane),
            (ledger.Counters.Total(FirstLane), ledger.Counters.Total(SecondLane)));
        await ledger.CheckBalanceAsync();
    }

    [Fact]
    public async Task A_lanes_history_is_told_in_its_order()
    {
        await using var ledger = _run.Open();
        var change = new LaneChange(LaneChangeKind.Throttled, 5, 9, 50, "HTTP 429");

        await ledger.HoldAsync(FirstLane, change);
        await ledger.HoldAsync(FirstLane, change with { At = 9, Rate = 75 });

        Assert.Equal([50, 75], ledger.ReadHistory(FirstLane).Select(each => each.Rate));
    }

    [Fact]
    public async Task Rule_2_who_had_a_lane_writes_no_intent_once_another_has_taken_it()
    {
        await using var first = _run.Open();
        await _run.SendAsync(first, 1, SendResult.Accepted("a"));
        await using var second = _run.Open();

        var refused = await Assert.ThrowsAsync<LaneTakenException>(() => first.BeginAsync([RunStorage.Call(2)]));

        Assert.Equal("viettel", refused.Lane);
        Assert.Equal([Seq(2), Seq(3)], ReadPlanned(second, FirstLane));
        Assert.Equal((RunStorage.All - 1, 0, 1, 0), Counted(second));
        Assert.NotNull((await second.BeginAsync([RunStorage.Call(2)]))[0]);
        await second.CheckBalanceAsync();
    }

    [Fact]
    public async Task Rule_3_what_was_on_its_way_under_who_had_the_lane_stays_uncertain_whatever_he_is_answered()
    {
        await using var first = _run.Open();
        var attempt = await RunStorage.BeginAsync(first, RunStorage.Call(1));

        await using var second = _run.Open();
        Assert.Equal(1, second.Interrupted);
        await Assert.ThrowsAsync<LaneTakenException>(
            () => first.FinishAsync(
                [new CallResult(RunStorage.Call(1), attempt, 0, 7_000, [SendResult.Accepted("a")])]));
        await Assert.ThrowsAsync<LaneTakenException>(first.InterruptAsync);

        Assert.Equal(
            (RunStorage.All - 1, 1),
            (second.Counters.Of(MessageStatus.Planned), second.Counters.Of(MessageStatus.Uncertain)));
        await second.CheckBalanceAsync();
    }

    [Fact]
    public async Task Nothing_of_the_run_is_written_by_who_had_it_once_another_has_taken_it()
    {
        await using var first = _run.Open();
        await _run.SendAsync(first, 1, SendResult.Accepted("a"));
        await using var second = _run.Open();

        await Assert.ThrowsAsync<LaneTakenException>(() => first.LeaveAsync(Reason.WindowClosed));
        await Assert.ThrowsAsync<LaneTakenException>(() => first.StopRepeatingAsync(long.MaxValue));
        await Assert.ThrowsAsync<LaneTakenException>(
            () => ApplyAsync(first, RunStorage.Receipt(1, MessageStatus.Delivered)));
        await Assert.ThrowsAsync<LaneTakenException>(
            () => first.MoveAsync(FirstLane, SecondLane, new Dictionary<int, int> { [1] = 1 }, "lane stopped"));
        await Assert.ThrowsAsync<LaneTakenException>(
            () => first.GiveUpAsync(
                [(RunStorage.Call(2).Batch, Seq(2), SendResult.Uncertain(Reason.RepeatedInVain, "in vain"))]));

        Assert.Equal((RunStorage.All - 1, 0, 1, 0), Counted(second));
        Assert.Empty(await ApplyAsync(second, RunStorage.Receipt(1, MessageStatus.Delivered)));
        await second.CheckBalanceAsync();
    }

    [Fact]
    public async Task Taking_one_lane_leaves_what_is_on_its_way_on_another_to_who_has_that()
    {
        await using var first = _run.Open([FirstLane]);
        await using var second = _run.Open([SecondLane]);
        var underway = await RunStorage.BeginAsync(second, RunStorage.Call(1, lane: SecondLane));
        await RunStorage.BeginAsync(first, RunStorage.Call(1));

        await using var third = _run.Open([FirstLane]);

        Assert.Equal(1, third.Interrupted);
        await Assert.ThrowsAsync<LaneTakenException>(() => first.BeginAsync([RunStorage.Call(2)]));
        await second.FinishAsync(
            [new CallResult(RunStorage.Call(1, lane: SecondLane), underway, 0, 7_000, [SendResult.Accepted("a")])]);
        Assert.Equal(1, second.Counters.Of(SecondLane, MessageStatus.Accepted));
        await _run.SendAsync(third, 2, SendResult.Accepted("b"));
        await third.CheckBalanceAsync();
        await second.CheckBalanceAsync();
    }

    [Fact]
    public async Task Who_has_one_lane_writes_nothing_of_another_or_of_the_run_as_a_whole()
    {
        await using var first = _run.Open([FirstLane]);

        var refused = await Assert.ThrowsAsync<LaneTakenException>(
            () => first.BeginAsync([RunStorage.Call(1, lane: SecondLane)]));
        Assert.Equal("vinaphone", refused.Lane);
        await Assert.ThrowsAsync<LaneTakenException>(() => first.LeaveAsync(Reason.WindowClosed));

        Assert.NotNull((await first.BeginAsync([RunStorage.Call(1)]))[0]);
    }

    /// <summary>Settles an uncertain message as a person does in a process of its own.</summary>
    async Task SettleAsync(int position, MessageStatus status) =>
        Assert.Equal(1, await _run.SettleAsync(status, "Nguyễn Văn A", "đối soát", null, Seq(position)));

    /// <summary>A receipt that is the last of its batch.</summary>
    static Task<IReadOnlyList<(int At, ReceiptOddity Kind)>> ApplyAsync(IRunLedger ledger, MatchedReceipt receipt) =>
        ledger.ApplyAsync([receipt], new ReceiptMark(receipt.RawId, null));

    static long Seq(int position) => RunStorage.Seq(position);

    /// <summary>What is still to be sent of a lane's first batch that is not done, and was not put back.</summary>
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
