using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Telemetry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>A lane whose loop stands still is found, whatever else of the process goes on.</summary>
public sealed class HangingLaneTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_lane_that_an_adapter_keeps_from_going_on_is_named_and_forgotten_once_it_has_ended()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var loops = new LoopWatch(new ProcessClock(time));
        using var entered = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        var carrier = new ScriptedCarrier(message =>
        {
            entered.Release();
            Assert.True(release.Wait(Patience.ForAnything)); // it holds the loop's own thread
            return SendResult.Accepted(message.Reference);
        });
        var clock = new ProcessClock(TimeProvider.System);
        await using var ledger = RunLedger.Open(SomeRun.Create(_folder.Path, 1), clock);
        using (var runner = new LaneRunner(
            ledger,
            new LaneSetup(
                ledger.Info.Lanes[SomeRun.LaneId],
                carrier,
                new Pace(10, clock),
                new InFlight(1),
                TimeSpan.FromHours(2),
                KeepCarrierReference: false)
            {
                Loops = loops,
            },
            clock))
        {
            var sending = Task.Run(() => runner.RunAsync(
                new OpenHours(DateTimeOffset.MinValue, LaneCase.Always), CancellationToken.None));
            Assert.True(await entered.WaitAsync(Patience.ForAnything));

            time.Advance(LoopWatch.LongestTurn);
            Assert.Empty(loops.FindStuck());
            time.Advance(TimeSpan.FromSeconds(1));

            Assert.Equal("lane viettel", Assert.Single(loops.FindStuck()).Name);
            release.Set();
            Assert.Equal(LaneEnd.Done, await sending.WaitAsync(Patience.ForAnything));
        }

        Assert.Empty(loops.FindStuck());
    }
}
