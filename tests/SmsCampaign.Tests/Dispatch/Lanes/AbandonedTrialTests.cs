using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

public sealed class AbandonedTrialTests : IDisposable
{
    static readonly DateTimeOffset Start = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(Start);

    public void Dispose() => _folder.Dispose();

    /// <summary>A run ends for its own reasons, say as its ledger cannot be written, while its call tries a gateway
    /// that had stopped answering.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Another_run_on_the_account_tries_the_gateway_where_the_first_does_not_wait_for_the_trials_answer()
    {
        var clock = new ProcessClock(_time);
        var pace = new Pace(100, clock);
        var breaker = new Breaker(pace);
        using var other = pace.Join();
        for (var call = 1; call <= 3; call++)
            breaker.Note(call, [SendResult.Uncertain("no answer")]);
        Assert.True(pace.IsOnTrial);

        using var stop = new CancellationTokenSource();
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var carrier = new ScriptedCarrier(async (_, giveUp) =>
        {
            called.TrySetResult();
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, giveUp);
            return [];
        });
        await using (var ledger = RunLedger.Open(SomeRun.Create(_folder.Path, 3), clock))
        {
            var lane = ledger.Info.Lanes[SomeRun.LaneId];
            var setup = new LaneSetup(
                lane, carrier, pace, new InFlight(4), TimeSpan.FromMinutes(1), KeepCarrierReference: false)
            {
                Breaker = breaker,
            };
            using var runner = new LaneRunner(ledger, setup, clock);
            var running = runner.RunAsync(new OpenHours(Start, Start.AddHours(1)), stop.Token);
            await _time.StepAsync(TimeSpan.FromMilliseconds(10), ledger, Task.WhenAny(running, called.Task));
            Assert.Equal(LaneEnd.Stopped, await running);
        }

        Assert.Single(carrier.Calls);
        Assert.True(pace.IsOnTrial);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(other.TryTake(new CallCost(1, 1), out _));
    }
}
