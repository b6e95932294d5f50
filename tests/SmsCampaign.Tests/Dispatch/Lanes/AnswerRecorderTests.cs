using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

public sealed class AnswerRecorderTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Else a lane that looked a moment too early would wait for ever, with everything sent.</summary>
    [Fact]
    public async Task Whoever_saw_it_at_work_after_the_last_answer_was_written_is_told_when_it_is_idle()
    {
        var clock = new ProcessClock(TimeProvider.System);
        await using var ledger = RunLedger.Open(SomeRun.Create(_folder.Path, 1), clock);
        var setup = new LaneSetup(
            ledger.Info.Lanes[SomeRun.LaneId],
            ScriptedCarrier.ThatAccepts(),
            new Pace(10, clock),
            new InFlight(1),
            TimeSpan.FromMinutes(1),
            KeepCarrierReference: false);
        using var room = setup.InFlight.Share();
        using var queue = new LaneQueue(ledger, setup, room, new StoppedTime([]), clock, () => 0.5);
        var call = queue.Take(1, clock.Now())!;
        var attempt = (await ledger.BeginAsync([call]))[0]!.Value;

        // Asked before it looks for answers: the second time the first answers are on disk.
        var asked = 0;
        using var written = new SemaphoreSlim(0);
        using var seen = new ManualResetEventSlim();
        using var gate = new LaneGate(TimeProvider.System);
        var recorder = new AnswerRecorder(ledger, queue, room, gate, TimeProvider.System, () =>
        {
            if (++asked == 2)
            {
                written.Release();
                seen.Wait(Patience.ForAnything);
            }

            return false;
        });
        recorder.Add(new CallResult(call, attempt, 0, clock.Now(), [SendResult.Accepted("id")]));

        Assert.True(await written.WaitAsync(Patience.ForAnything));
        var told = recorder.Recorded;
        Assert.False(recorder.IsIdle);
        seen.Set();

        await told.WaitAsync(Patience.ForAnything);
        Assert.True(recorder.IsIdle);
    }
}
