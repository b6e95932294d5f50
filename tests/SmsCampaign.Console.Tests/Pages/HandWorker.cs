using System.Diagnostics;
using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>The worker's turn to send, its signs of life and its hand, moved by a test on the clock of its folder; its
/// gateways answer as the test wants.</summary>
sealed class HandWorker : IAsyncDisposable
{
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    readonly PlannedCase _case;
    readonly SendingLock _turn;
    readonly Station _station;

    public HandWorker(PlannedCase of, Func<OutboundSms, SendResult> answer)
    {
        _case = of;
        Carrier = new ScriptedCarrier(answer);
        _turn = SendingLock.TryTake(of.Folder.Data, of.Folder.Time)!;
        var clock = new ProcessClock(of.Folder.Time);
        var lanes = Installation.Read(of.Folder.Installation).Installation!.Lanes;
        _station = Station.Open(
            of.Folder.Data,
            of.Registry,
            new LaneAccounts(lanes.Select(lane => new LaneAccount(lane, Carrier, Pace.Of(lane.Options, clock))), clock),
            clock);
        Live();
    }

    public ScriptedCarrier Carrier { get; }

    /// <summary>Works until something is done.</summary>
    public async Task<T> UntilAsync<T>(Task<T> done)
    {
        await UntilAsync(() => done.IsCompleted);
        return await done;
    }

    /// <summary>Works until something is so.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        var hand = new CommandHand(_station, "worker");
        for (var clock = Stopwatch.StartNew(); !isSo() && clock.Elapsed < Patience.ForAnything;)
        {
            Live();
            hand.Look();
            _case.Folder.Time.Advance(Step);
            await Task.Yield();
        }

        Assert.True(isSo());
    }

    public async ValueTask DisposeAsync()
    {
        await _station.DisposeAsync();
        _turn.Dispose();
    }

    void Live() => new LifeSigns(_case.Folder.Data, "worker", _case.Folder.Time).Give();
}
