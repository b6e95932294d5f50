using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

public sealed class AnswerRecorderTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_answered_while_another_program_holds_the_ledger_is_kept_and_the_lane_ends()
    {
        var clock = new ProcessClock(TimeProvider.System);
        var path = SomeRun.Create(_folder.Path, 3);
        await using var ledger = RunLedger.Open(path, clock);
        ledger.Hurry(); // waits a second instead of ten
        var setup = SetupOf(ledger, clock);
        using var room = setup.InFlight.Share();
        using var queue = new LaneQueue(ledger, setup, room, new StoppedTime([]), clock, () => 0.5);
        PlannedCall[] calls = [queue.Take(1, clock.Now())!, queue.Take(1, clock.Now())!, queue.Take(1, clock.Now())!];
        var attempts = await ledger.BeginAsync(calls);
        using var gate = new LaneGate(TimeProvider.System);
        var recorder = new AnswerRecorder(ledger, queue, room, gate, TimeProvider.System, () => false);

        using (var held = SqliteDb.Open(path))
        {
            held.Execute("begin exclusive");
            Add(0);
            await recorder.Recorded.WaitAsync(Patience.ForAnything);
            Assert.Equal(StorageFault.Busy, StorageFaults.KindOf(gate.Broken!));
            Add(1);
            await recorder.FinishAsync().WaitAsync(Patience.ForAnything);
            Assert.Equal(2, ledger.Unwritten);
        }

        Assert.Equal(1, await ledger.InterruptAsync());
        Assert.Equal(2, ledger.Counters.Of(MessageStatus.Accepted));

        void Add(int at) => recorder.Add(
            new CallResult(calls[at], attempts[at]!.Value, 0, clock.Now(), [SendResult.Accepted("id")]));
    }

    /// <summary>Else a lane that looked a moment too early would wait for ever, with everything sent.</summary>
    [Fact]
    public async Task Whoever_saw_it_at_work_after_the_last_answer_was_written_is_told_when_it_is_idle()
    {
        var clock = new ProcessClock(TimeProvider.System);
        await using var ledger = RunLedger.Open(SomeRun.Create(_folder.Path, 1), clock);
        var setup = SetupOf(ledger, clock);
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

    static LaneSetup SetupOf(RunLedger ledger, ProcessClock clock) => new(
        ledger.Info.Lanes[SomeRun.LaneId],
        ScriptedCarrier.ThatAccepts(),
        new Pace(10, clock),
        new InFlight(3),
        TimeSpan.FromMinutes(1),
        KeepCarrierReference: false);
}
