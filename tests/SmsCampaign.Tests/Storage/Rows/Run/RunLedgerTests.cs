using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Rows.Run;

/// <summary>What a person settles beside the process that sends, and what a crash leaves.</summary>
public sealed class RunLedgerTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 3, 0, 0, TimeSpan.Zero));

    ProcessClock Clock => new(_time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_message_put_back_and_then_put_off_is_still_found_after_a_restart()
    {
        var path = Create(1, MessageStatus.Uncertain);
        await using (var ledger = RunLedger.Open(path, Clock))
        {
            // Its batch is known to be done, as nothing of it is planned any more.
            await ledger.FinishBatchAsync(Call(1).Batch);
            PutBack(path, 1);

            var attempt = (await ledger.BeginAsync([Call(1)]))[0]!.Value;
            await ledger.FinishAsync(
                [new CallResult(Call(1), attempt, 0, null, [SendResult.Deferred("not handed over")])]);
        }

        using var reader = new PlannedReader(path);
        var found = reader.NextBatch(SomeRun.LaneId, after: 0) is { } batch
            ? reader.Read(batch, batch.FirstSeq, 10)
            : [];
        Assert.Equal(
            [new PlannedMessage(SomeRun.Seq(1), SomeRun.Number(1))],
            found.Concat(reader.ReadPutBack(SomeRun.LaneId, after: 0, 10).Select(each => each.Message)));
    }

    [Fact]
    public async Task Rule_1_a_message_put_back_and_put_off_again_is_not_sent_where_its_first_receipt_comes()
    {
        await using var ledger = RunLedger.Open(Create(1, MessageStatus.Uncertain), Clock);
        PutBack(ledger.Address.KeptIn.Name, 1);
        var attempt = (await ledger.BeginAsync([Call(1)]))[0]!.Value;
        await ledger.FinishAsync([new CallResult(Call(1), attempt, 0, null, [SendResult.Deferred("breaker open")])]);

        var odd = await ledger.ApplyAsync([Receipt(1, MessageStatus.Delivered)], new ReceiptMark(1, null));

        Assert.Equal((0, ReceiptOddity.Contradicting), Assert.Single(odd));
        Assert.Null((await ledger.BeginAsync([Call(1)]))[0]);
    }

    [Fact]
    public async Task Rule_3_what_waits_to_be_repeated_because_its_answer_was_lost_is_uncertain_where_the_rest_is_left()
    {
        await using var ledger = RunLedger.Open(SomeRun.Create(_folder.Path, messages: 3), Clock);
        await TryAsync(ledger, Clock.Now(), SendResult.Lost(Reason.ConnectionLost, "connection lost"));

        var left = await ledger.LeaveAsync(Reason.WindowClosed);

        Assert.Equal(2, left);
        using var db = SqliteDb.Open(ledger.Address.KeptIn.Name, readOnly: true);
        Assert.Equal(
            $"2|{(int)Reason.ClosedUnanswered}",
            db.ReadText($"select status || '|' || reason from state where seq = {SomeRun.Seq(1)}"));
        Assert.Equal(2, db.ReadNumber("select count(*) from state where status = 7"));
    }

    [Fact]
    public async Task What_was_tried_before_is_known_to_the_next_process_with_the_gateways_last_word()
    {
        var path = SomeRun.Create(_folder.Path, messages: 2);
        await using (var ledger = RunLedger.Open(path, Clock))
        {
            await TryAsync(ledger, 1_000, SendResult.Lost(Reason.ConnectionLost, "connection lost: ResponseEnded"));
            await TryAsync(ledger, 2_000, SendResult.Busy("HTTP 503"));
            await TryAsync(ledger, handedAt: null, SendResult.Deferred("breaker open"));
        }

        var tries = Assert.Single(RunLedger.ReadTries(path));

        Assert.Equal(
            new EarlierTries(SomeRun.Seq(1), Counted: 2, First: 1_000, MayBeSent: true, Code: "HTTP 503"), tries);
    }

    [Fact]
    public async Task Rule_3_what_a_crash_cut_off_and_waits_to_be_repeated_is_uncertain_where_the_rest_is_left()
    {
        var path = CreateCutOff(messages: 3);
        await using var ledger = RunLedger.Open(path, Clock);
        Assert.Equal(1, await ledger.SendAgainAsync(SomeRun.LaneId));

        var left = await ledger.LeaveAsync(Reason.WindowClosed);

        Assert.Equal(2, left);
        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(
            $"2|{(int)Reason.ClosedUnanswered}",
            db.ReadText($"select status || '|' || reason from state where seq = {SomeRun.Seq(1)}"));
    }

    [Fact]
    public async Task Rule_3_what_a_crash_cut_off_and_was_put_off_since_is_uncertain_where_the_rest_is_left()
    {
        var path = CreateCutOff(messages: 3);
        await using var ledger = RunLedger.Open(path, Clock);
        await ledger.SendAgainAsync(SomeRun.LaneId);
        await TryAsync(ledger, 2_000, SendResult.Busy("HTTP 503"));

        Assert.Equal((1, true, "HTTP 503"), Assert.Single(RunLedger.ReadTries(path)) is var tries
            ? (tries.Counted, tries.MayBeSent, tries.Code)
            : default);
        Assert.Equal(2, await ledger.LeaveAsync(Reason.WindowClosed));
        Assert.Equal(1, SomeRun.Count(path)[MessageStatus.Uncertain]);
    }

    [Fact]
    public async Task A_receipt_contradicts_nothing_where_the_answer_was_lost_or_cut_off()
    {
        var path = CreateCutOff(messages: 3);
        await using (var ledger = RunLedger.Open(path, Clock))
        {
            await ledger.SendAgainAsync(SomeRun.LaneId);
            Assert.Empty(await ledger.ApplyAsync([Receipt(1, MessageStatus.Delivered)], new ReceiptMark(1, null)));
        }

        await using (var ledger = RunLedger.Open(path, Clock))
        {
            await TryAsync(ledger, 1_000, SendResult.Lost(Reason.ConnectionLost, "connection lost"), position: 2);
            await TryAsync(ledger, 1_000, SendResult.Lost(Reason.ConnectionLost, "connection lost"), position: 3);
            Assert.Empty(await ledger.ApplyAsync([Receipt(2, MessageStatus.Delivered)], new ReceiptMark(2, null)));
        }

        await using var next = RunLedger.Open(path, Clock);
        Assert.Empty(await next.ApplyAsync([Receipt(3, MessageStatus.Delivered)], new ReceiptMark(3, null)));
        Assert.Equal(3, SomeRun.Count(path)[MessageStatus.Delivered]);
    }

    [Fact]
    public async Task What_was_tried_before_a_crash_cut_the_message_off_still_counts()
    {
        var path = SomeRun.Create(_folder.Path, messages: 2);
        await using (var ledger = RunLedger.Open(path, Clock))
        {
            await TryAsync(ledger, 1_000, SendResult.Lost(Reason.ConnectionLost, "connection lost"));
            await TryAsync(ledger, 2_000, SendResult.Busy("HTTP 503"));
            await ledger.BeginAsync([Call(1)]);
        }

        await using var next = RunLedger.Open(path, Clock);
        var known = new EarlierTries(SomeRun.Seq(1), Counted: 2, First: 1_000, MayBeSent: true, Code: "HTTP 503");
        Assert.Equal(known, Assert.Single(RunLedger.ReadTries(path)));
        await next.SendAgainAsync(SomeRun.LaneId);
        Assert.Equal(known, Assert.Single(RunLedger.ReadTries(path)));
        await next.BeginAsync([Call(1)]);
        Assert.Equal(known with { Why = Reason.Interrupted, Code = null }, Assert.Single(RunLedger.ReadTries(path)));
    }

    [Fact]
    public async Task What_was_tried_before_a_person_said_it_was_not_sent_counts_no_more()
    {
        var path = SomeRun.Create(_folder.Path, messages: 2);
        await using var ledger = RunLedger.Open(path, Clock);
        await TryAsync(ledger, 1_000, SendResult.Lost(Reason.ConnectionLost, "connection lost"));
        await ledger.GiveUpAsync([(
            Call(1).Batch,
            SomeRun.Seq(1),
            SendResult.Uncertain(Reason.RepeatedInVain, "repeated in vain: connection lost"))]);
        PutBack(path, 1);
        await TryAsync(ledger, 5_000, SendResult.Busy("HTTP 503"));

        Assert.Equal(
            new EarlierTries(SomeRun.Seq(1), Counted: 1, First: 5_000, MayBeSent: false, Code: "HTTP 503"),
            Assert.Single(RunLedger.ReadTries(path)));
        Assert.Equal(2, await ledger.LeaveAsync(Reason.WindowClosed));
    }

    [Fact]
    public async Task What_was_put_back_and_is_given_up_moves_from_planned_once()
    {
        await using var ledger = RunLedger.Open(Create(1, MessageStatus.Uncertain), Clock);
        PutBack(ledger.Address.KeptIn.Name, 1);

        await ledger.GiveUpAsync([(
            Call(1).Batch,
            SomeRun.Seq(1),
            SendResult.Uncertain(Reason.RepeatedInVain, "repeated in vain: interrupted"))]);

        Assert.Equal(1, SomeRun.Count(ledger.Address.KeptIn.Name)[MessageStatus.Uncertain]);
        await ledger.CheckBalanceAsync();
    }

    [Fact]
    public async Task Rule_4_what_a_crash_cut_off_counts_as_handed_over_when_noticed_also_at_the_next_start()
    {
        var path = CreateCutOff(messages: 2);

        var noticed = new ProcessClock(_time);
        await using (var first = RunLedger.Open(path, noticed))
            Assert.Equal(long.MaxValue, first.LastHandOver[SomeRun.LaneId]);

        // Killed again at once, before it sent anything.
        var noticedAt = noticed.Now();
        _time.Advance(TimeSpan.FromMilliseconds(300));
        await using var second = RunLedger.Open(path, new ProcessClock(_time));

        Assert.Equal(noticedAt, second.LastHandOver[SomeRun.LaneId]);
    }

    string Create(int messages, MessageStatus? status)
    {
        var path = SomeRun.Create(_folder.Path, messages);
        using var rows = new LedgerBuilder(path);
        for (var position = 1; status is { } there && position <= messages; position++)
            rows.State(position, there).Attempt(position, answered: 1, outcome: SendOutcome.Uncertain);

        return path;
    }

    /// <summary>A run whose first message a crash cut off.</summary>
    string CreateCutOff(int messages)
    {
        var path = SomeRun.Create(_folder.Path, messages);
        LedgerBuilder.Add(path, rows => rows.CutOff(1, intent: 0));
        return path;
    }

    /// <summary>As <c>resolve</c> does, in a process of its own.</summary>
    static void Resolve(string path, int position, MessageStatus to)
    {
        using var resolutions = new RunResolutions(path);
        Assert.Equal(1, resolutions.Settle([SomeRun.Seq(position)], to, "Nguyễn Văn A", "đối soát", 1));
    }

    static void PutBack(string path, int position) => Resolve(path, position, MessageStatus.Planned);

    static (long Planned, long Uncertain, long Delivered) Counted(RunLedger ledger) => (
        ledger.Counters.Of(MessageStatus.Planned),
        ledger.Counters.Of(MessageStatus.Uncertain),
        ledger.Counters.Of(MessageStatus.Delivered));

    static MatchedReceipt Receipt(int position, MessageStatus status) =>
        new(position, 0, SomeRun.LaneId, new NamedMessage(SomeRun.Seq(position), 0, 0), new DeliveryReceipt(
            null, null, status, null, "X", null));

    /// <summary>A call for one message, answered.</summary>
    static async Task TryAsync(RunLedger ledger, long? handedAt, SendResult result, int position = 1)
    {
        var attempt = (await ledger.BeginAsync([Call(position)]))[0]!.Value;
        await ledger.FinishAsync([new CallResult(Call(position), attempt, 0, handedAt, [result])]);
    }

    static PlannedCall Call(int position) => new(
        SomeRun.LaneId,
        new PlannedBatch(1, SomeRun.LaneId, 1, SomeRun.Seq(1), SomeRun.Seq(1), 1),
        [new PlannedMessage(SomeRun.Seq(position), SomeRun.Number(position))],
        KeepCarrierReference: false);
}
