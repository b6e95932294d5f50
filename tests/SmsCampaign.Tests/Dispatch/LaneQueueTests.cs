using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch;

public sealed class LaneQueueTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_lane_left_with_messages_that_have_waited_too_long_takes_them_at_once()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.Zero));
        var clock = new ProcessClock(time);
        await using var ledger = RunLedger.Open(SomeRun.Create(_folder.Path, 1), clock);
        var setup = new LaneSetup(
            ledger.Info.Lanes[SomeRun.LaneId], ScriptedCarrier.ThatAccepts(), new Pace(100, clock), new InFlight(4), TimeSpan.FromMinutes(1), KeepCarrierReference: false);
        using var room = setup.InFlight.Share();
        using var queue = new LaneQueue(ledger, setup, room, clock, () => 0);
        var call = queue.Take(1)!;
        queue.Judge(SomeRun.Seq(1), SendResult.TooFast("429"), clock.Now());
        queue.PutBack(call.Batch, call.Messages[0]);

        time.Advance(ledger.Info.Retry.Validity);

        Assert.False(queue.HasDue);
        Assert.False(queue.IsExhausted());
        Assert.Equal(0, queue.NextDue); // the lane does not sleep until its window closes
        Assert.Equal((SomeRun.Seq(1), FailureClass.Expired), Assert.Single(queue.TakeEnded()) is var (_, seq, why) ? (seq, why.Failure!.Value) : default);
        Assert.Equal(long.MaxValue, queue.NextDue);
        Assert.True(queue.IsExhausted());
    }

    [Fact]
    public async Task A_message_repeated_in_vain_that_a_person_puts_back_is_sent_again()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.Zero));
        var clock = new ProcessClock(time);
        await using var ledger = RunLedger.Open(SomeRun.Create(_folder.Path, 1), clock);
        var setup = new LaneSetup(
            ledger.Info.Lanes[SomeRun.LaneId], new ScriptedCarrier(_ => SendResult.Lost("connection lost")) { DropsRepeats = true }, new Pace(100, clock), new InFlight(4), TimeSpan.FromMinutes(1), KeepCarrierReference: false);
        using var room = setup.InFlight.Share();
        using var queue = new LaneQueue(ledger, setup, room, clock, () => 0);
        var call = queue.Take(1)!;
        SendResult last;
        do
            last = queue.Judge(SomeRun.Seq(1), SendResult.Lost("connection lost"), clock.Now());
        while (last.Outcome == SendOutcome.Deferred);
        await ledger.GiveUpAsync([(call.Batch, SomeRun.Seq(1), last)]);
        queue.Settle(call.Batch, 1);
        Assert.False(queue.HasDue);
        Assert.True(queue.IsExhausted());

        using (var resolutions = new RunResolutions(ledger.Path))
            resolutions.Settle([SomeRun.Seq(1)], MessageStatus.Planned, "an officer", "not sent, says the carrier", 1);

        Assert.False(queue.IsExhausted());
        Assert.Equal(call.Messages, queue.Take(1)?.Messages);
    }
}
