using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>What a lane does with messages that were put off: busy, lost, throttled, put back.</summary>
public sealed class LaneRetryTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rule_3_what_is_known_not_sent_is_sent_again_and_no_tries_are_used_up()
    {
        var path = SomeRun.Create(_folder.Path, 5);
        var refusals = 0;
        var time = new JumpingTime(DateTimeOffset.UnixEpoch.AddYears(55));
        var carrier = new ScriptedCarrier(
            _ => ++refusals <= 30 ? SendResult.TooFast("429", TimeSpan.FromSeconds(1)) : SendResult.Accepted("id"));

        await LaneCase.RunAsync(path, carrier, time: time, maxInFlight: 1);

        Assert.Equal(5, SomeRun.Count(path)[MessageStatus.Accepted]);
        Assert.Equal(35, carrier.Calls.Count);
    }

    [Fact]
    public async Task A_message_the_gateway_is_too_busy_for_waits_alone_and_the_others_go_on()
    {
        var path = SomeRun.Create(_folder.Path, 30);
        var time = new JumpingTime(DateTimeOffset.UnixEpoch.AddYears(55));
        var busy = 2;
        var carrier = new ScriptedCarrier(message =>
            message.To.Msisdn == SomeRun.Number(1) && busy-- > 0
                ? SendResult.Busy("system busy")
                : SendResult.Accepted("id"));

        await LaneCase.RunAsync(path, carrier, time: time, maxInFlight: 1);

        Assert.Equal(SomeRun.Number(1), carrier.Numbers.Last());
        Assert.Equal(32, carrier.Calls.Count);
        Assert.Equal(30, SomeRun.Count(path)[MessageStatus.Accepted]);
        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(2, db.ReadNumber($"select count(*) from tried where deferral = {(int)Deferral.Busy}"));
        Assert.Equal(0, db.ReadNumber("select count(*) from hold where until_us is not null"));
    }

    [Fact]
    public async Task A_message_tried_often_enough_fails_with_the_last_answer()
    {
        var path = SomeRun.Create(_folder.Path, 3);
        var time = new JumpingTime(DateTimeOffset.UnixEpoch.AddYears(55));
        var tried = 0;
        var carrier = new ScriptedCarrier(message =>
            message.To.Msisdn == SomeRun.Number(2) ? SendResult.Busy($"busy {++tried}") : SendResult.Accepted("id"));

        await LaneCase.RunAsync(path, carrier, time: time, maxInFlight: 1);

        Assert.Equal(10, tried);
        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(
            "6|7|busy 10",
            db.ReadText($"select status || '|' || failure || '|' || code from state where seq = {SomeRun.Seq(2)}"));
    }

    [Fact]
    public async Task A_message_put_off_for_longer_than_it_is_worth_is_not_sent_any_more()
    {
        var path = SomeRun.Create(_folder.Path, 3);
        var time = new JumpingTime(DateTimeOffset.UnixEpoch.AddYears(55));
        var asked = false;
        var carrier = new ScriptedCarrier(_ =>
        {
            if (asked)
                return SendResult.Accepted("id");

            asked = true;
            return SendResult.Deferred("closed", TimeSpan.FromHours(25));
        });

        await LaneCase.RunAsync(path, carrier, time: time, maxInFlight: 1);

        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(
            "6|6|closed",
            db.ReadText($"select status || '|' || failure || '|' || code from state where seq = {SomeRun.Seq(1)}"));
        Assert.Equal(2, SomeRun.Count(path)[MessageStatus.Accepted]);
    }

    [Fact]
    public async Task When_a_gateway_takes_messages_again_stands_in_the_history()
    {
        var path = SomeRun.Create(_folder.Path, 3);
        var time = new JumpingTime(DateTimeOffset.UnixEpoch.AddYears(55));
        var asked = 0;
        var carrier = new ScriptedCarrier(_ => ++asked <= 2
            ? SendResult.Deferred(Reason.NoConnection, "no connection: ConnectionError")
            : SendResult.Accepted("id"));

        await LaneCase.RunAsync(path, carrier, time: time, maxInFlight: 1);

        Assert.Equal(
            [
                LaneChangeKind.Opened,
                LaneChangeKind.NotTaken,
                LaneChangeKind.NotTaken,
                LaneChangeKind.Answered,
                LaneChangeKind.Closed,
            ],
            LaneHistory.ReadLatest(path, 100).Values.Single().Reverse().Select(change => change.Kind));
        Assert.Empty(LaneHistory.ReadOutages(path));
    }

    [Fact]
    public async Task What_a_gateway_that_drops_repeats_did_not_answer_is_repeated()
    {
        var path = SomeRun.Create(_folder.Path, 5);
        var time = new JumpingTime(DateTimeOffset.UnixEpoch.AddYears(55));
        var lost = true;
        var carrier = new ScriptedCarrier(message =>
        {
            if (!lost || message.To.Msisdn != SomeRun.Number(3))
                return SendResult.Accepted("id");

            lost = false;
            return SendResult.Lost(Reason.ConnectionLost, "connection lost");
        })
        {
            DropsRepeats = true,
        };

        await LaneCase.RunAsync(path, carrier, time: time, maxInFlight: 1);

        Assert.Equal(6, carrier.Calls.Count);
        Assert.Single(carrier.Calls
            .SelectMany(call => call)
            .Where(message => message.To.Msisdn == SomeRun.Number(3))
            .Select(message => message.Reference)
            .Distinct());
        Assert.Equal(5, SomeRun.Count(path)[MessageStatus.Accepted]);
    }

    [Fact]
    public async Task Nobody_waits_for_what_a_receipt_has_settled_since_its_answer_was_lost()
    {
        var path = SomeRun.Create(_folder.Path, 2);
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.Zero));
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var carrier = new ScriptedCarrier(message =>
        {
            time.Advance(TimeSpan.FromMilliseconds(10)); // the pace lets the next one go
            if (message.To.Msisdn == SomeRun.Number(1))
                return SendResult.Lost(Reason.ConnectionLost, "connection lost");

            LedgerBuilder.Add(path, rows => rows.State(1, MessageStatus.Delivered));
            settled.SetResult();
            return SendResult.Accepted("id");
        })
        {
            DropsRepeats = true,
        };

        var run = LaneCase.RunAsync(path, carrier, time: time, maxInFlight: 1, chance: () => 1);
        await settled.Task.WaitAsync(Patience.ForAnything);
        time.Advance(TimeSpan.FromSeconds(1)); // it would be repeated after 30

        Assert.Equal(LaneEnd.Done, await run.WaitAsync(Patience.ForAnything));
        Assert.Equal(2, carrier.Calls.Count);
        using var after = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(1, after.ReadNumber("select count(*) from batch where done_us is not null"));
    }

    [Fact]
    public async Task Rule_3_what_a_crash_cut_off_is_uncertain_not_failed_where_repeating_it_does_not_help()
    {
        var path = SomeRun.Create(_folder.Path, 1);
        var clock = new ProcessClock(new JumpingTime(DateTimeOffset.UnixEpoch.AddYears(55)));
        LedgerBuilder.Add(path, rows => rows.CutOff(1, intent: clock.Now()));
        await using (var ledger = RunLedger.Open(path, clock))
            await ledger.SendAgainAsync(SomeRun.LaneId);
        var carrier = new ScriptedCarrier(_ => SendResult.Busy("HTTP 503")) { DropsRepeats = true };

        await LaneCase.RunAsync(path, carrier, time: clock.Time, maxInFlight: 1);

        Assert.Equal(10, carrier.Calls.Count);
        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(
            $"2|{(int)Reason.RepeatedInVain}|HTTP 503",
            db.ReadText("select status || '|' || reason || '|' || code from state"));
    }

    [Fact]
    public async Task Rule_3_a_message_that_may_have_been_sent_and_whose_repeat_is_refused_is_uncertain_not_failed()
    {
        var path = SomeRun.Create(_folder.Path, 2);
        var time = new JumpingTime(DateTimeOffset.UnixEpoch.AddYears(55));
        var lost = false;
        var carrier = new ScriptedCarrier(message =>
        {
            if (message.To.Msisdn != SomeRun.Number(1) || lost)
                return SendResult.Rejected(FailureClass.Quota, "HTTP 402");

            lost = true;
            return SendResult.Lost(Reason.ConnectionLost, "connection lost");
        })
        {
            DropsRepeats = true,
        };

        await LaneCase.RunAsync(path, carrier, time: time, maxInFlight: 1);

        Assert.Equal(3, carrier.Calls.Count);
        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(
            $"2|{(int)Reason.RepeatRefused}|HTTP 402",
            db.ReadText($"select status || '|' || reason || '|' || code from state where seq = {SomeRun.Seq(1)}"));
        Assert.Equal(
            "6|HTTP 402", db.ReadText($"select status || '|' || code from state where seq = {SomeRun.Seq(2)}"));
    }

    [Theory]
    [InlineData(false)] // waits without a status
    [InlineData(true)] // cut off and put back
    public async Task Rule_1_what_may_have_been_sent_is_not_repeated_where_the_gateway_does_not_drop_repeats_any_more(
        bool cutOff)
    {
        var path = SomeRun.Create(_folder.Path, 2);
        var clock = new ProcessClock(new JumpingTime(DateTimeOffset.UnixEpoch.AddYears(55)));
        await using (var ledger = RunLedger.Open(path, clock))
        {
            var batch = new PlannedBatch(1, SomeRun.LaneId, 1, SomeRun.Seq(1), SomeRun.Seq(2), 1);
            var call = new PlannedCall(
                SomeRun.LaneId,
                batch,
                [new PlannedMessage(SomeRun.Seq(1), SomeRun.Number(1))],
                KeepCarrierReference: false);
            var attempt = (await ledger.BeginAsync([call]))[0]!.Value;
            if (!cutOff)
                await ledger.FinishAsync([new CallResult(
                    call, attempt, 0, clock.Now(), [SendResult.Lost(Reason.ConnectionLost, "connection lost")])]);
        }

        await using (var ledger = RunLedger.Open(path, clock))
            Assert.Equal(cutOff ? 1 : 0, await ledger.SendAgainAsync(SomeRun.LaneId));
        var carrier = ScriptedCarrier.ThatAccepts();

        Assert.Equal(LaneEnd.Done, await LaneCase.RunAsync(path, carrier, time: clock.Time, maxInFlight: 1));

        Assert.Equal([SomeRun.Number(2)], carrier.Numbers);
        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(
            $"2|{(int)(cutOff ? Reason.Interrupted : Reason.ConnectionLost)}",
            db.ReadText($"select status || '|' || reason from state where seq = {SomeRun.Seq(1)}"));
    }

    [Fact]
    public async Task What_was_put_back_of_a_later_batch_and_given_up_leaves_the_rest_of_that_batch_to_be_sent()
    {
        var path = SomeRun.Create(_folder.Path, 4, batch: 2);
        var clock = new ProcessClock(new JumpingTime(DateTimeOffset.UnixEpoch.AddYears(55)));
        LedgerBuilder.Add(path, rows => rows.CutOff(3, intent: clock.Now()));
        await using (var ledger = RunLedger.Open(path, clock))
            Assert.Equal(1, await ledger.SendAgainAsync(SomeRun.LaneId));
        var carrier = ScriptedCarrier.ThatAccepts(); // drops no repeats any more

        Assert.Equal(LaneEnd.Done, await LaneCase.RunAsync(path, carrier, time: clock.Time, maxInFlight: 1, rate: 2)
            .WaitAsync(Patience.ForAnything));

        Assert.Equal([SomeRun.Number(1), SomeRun.Number(2), SomeRun.Number(4)], carrier.Numbers);
    }

    [Fact]
    public async Task What_is_put_back_once_all_the_rest_is_sent_is_sent_too()
    {
        var path = SomeRun.Create(_folder.Path, 2);
        LedgerBuilder.Add(path, rows => rows.State(2, MessageStatus.Uncertain));
        var carrier = new ScriptedCarrier(_ =>
        {
            using var resolutions = new RunResolutions(path);
            resolutions.Settle([SomeRun.Seq(2)], MessageStatus.Planned, "inquiry", "not known at the gateway", 1);
            return SendResult.Accepted("id");
        });

        Assert.Equal(LaneEnd.Done, await LaneCase.RunAsync(path, carrier).WaitAsync(Patience.ForAnything));

        Assert.Equal([SomeRun.Number(1), SomeRun.Number(2)], carrier.Numbers);
    }
}
