using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

public sealed class LaneQueueTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.Zero));

    ProcessClock Clock => field ??= new ProcessClock(_time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_lane_left_with_messages_that_have_waited_too_long_takes_them_at_once()
    {
        await using var ledger = RunLedger.Open(SomeRun.Create(_folder.Path, 1), Clock);
        var setup = SetupOf(ledger, dropsRepeats: false);
        using var room = setup.InFlight.Share();
        using var queue = new LaneQueue(ledger, setup, room, new StoppedTime([]), Clock, () => 0);
        var call = queue.Take(1, Clock.Now())!;
        queue.Judge(SomeRun.Seq(1), SendResult.TooFast("429"), Clock.Now());
        queue.PutBack(call.Batch, call.Messages[0]);

        _time.Advance(ledger.Info.Retry.Validity);

        Assert.False(queue.HasDue(Clock.Now()));
        Assert.False(queue.IsExhausted(Clock.Now()));
        Assert.Equal(0, queue.NextDue); // the lane does not sleep until its window closes
        Assert.Equal((SomeRun.Seq(1), FailureClass.Expired), Assert.Single(queue.TakeEnded()) is var (_, seq, why) ? (seq, why.Failure!.Value) : default);
        Assert.Equal(long.MaxValue, queue.NextDue);
        Assert.True(queue.IsExhausted(Clock.Now()));
    }

    [Fact]
    public async Task A_message_repeated_in_vain_that_a_person_puts_back_is_sent_again()
    {
        await using var ledger = RunLedger.Open(SomeRun.Create(_folder.Path, 1), Clock);
        var setup = SetupOf(ledger, dropsRepeats: true);
        using var room = setup.InFlight.Share();
        using var queue = new LaneQueue(ledger, setup, room, new StoppedTime([]), Clock, () => 0);
        var call = queue.Take(1, Clock.Now())!;
        SendResult last;
        do
            last = queue.Judge(SomeRun.Seq(1), SendResult.Lost(Reason.ConnectionLost, "connection lost"), Clock.Now());
        while (last.Outcome == SendOutcome.Deferred);
        await ledger.GiveUpAsync([(call.Batch, SomeRun.Seq(1), last)]);
        queue.Settle(call.Batch, 1);
        Assert.False(queue.HasDue(Clock.Now()));
        Assert.True(queue.IsExhausted(Clock.Now()));

        using (var resolutions = new RunResolutions(ledger.Path))
            resolutions.Settle([SomeRun.Seq(1)], MessageStatus.Planned, "an officer", "not sent, says the carrier", 1);

        Assert.False(queue.IsExhausted(Clock.Now()));
        Assert.Equal(call.Messages, queue.Take(1, Clock.Now())?.Messages);
    }

    [Fact]
    public async Task What_was_cut_off_and_put_back_is_let_go_of_once_its_receipt_comes()
    {
        var path = SomeRun.Create(_folder.Path, 1);
        using (var crashed = SqliteDb.Open(path))
            crashed.Execute($"insert into attempt (lane, first_seq, last_seq, parts, intent_us) values (1, {SomeRun.Seq(1)}, {SomeRun.Seq(1)}, 1, {Clock.Now()})");
        await using var ledger = RunLedger.Open(path, Clock);
        await ledger.SendAgainAsync(SomeRun.LaneId);
        var setup = SetupOf(ledger, dropsRepeats: true);
        using var room = setup.InFlight.Share();
        using var queue = new LaneQueue(ledger, setup, room, new StoppedTime([]), Clock, () => 0);
        Assert.False(queue.HasDue(Clock.Now()));
        Assert.False(queue.IsExhausted(Clock.Now())); // it is there again, and the lane may have to wait long before it can leave

        using (var receipt = SqliteDb.Open(path))
            receipt.Execute($"update state set status = {(int)MessageStatus.Delivered}");
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, Assert.Single(queue.LetGoOfSettled(Clock.Now())).Id);
        Assert.False(queue.HasDue(Clock.Now()));
        Assert.True(queue.IsExhausted(Clock.Now()));
    }

    LaneSetup SetupOf(RunLedger ledger, bool dropsRepeats) => new(
        ledger.Info.Lanes[SomeRun.LaneId],
        new ScriptedCarrier(_ => SendResult.Accepted("id")) { DropsRepeats = dropsRepeats },
        new Pace(100, Clock),
        new InFlight(4),
        TimeSpan.FromMinutes(1),
        KeepCarrierReference: false);
}
