using SmsCampaign.Campaigns;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>One lane of a run, from what is planned to the lane's end.</summary>
static class LaneCase
{
    public static readonly DateTimeOffset Always = DateTimeOffset.MaxValue.AddDays(-1);

    /// <param name="path">The run's ledger.</param>
    /// <param name="time">The system's unless given.</param>
    /// <param name="chance">As of <see cref="LaneRunner"/>.</param>
    /// <param name="stop">As of <see cref="LaneSetup"/>: its own unless given.</param>
    /// <param name="orders">As of <see cref="LaneSetup"/>: none unless given.</param>
    /// <param name="opens">Open all the time unless given; likewise <paramref name="closes"/>.</param>
    public static async Task<LaneEnd> RunAsync(
        string path, ScriptedCarrier carrier, int maxInFlight = 16, int rate = 100_000, TimeProvider? time = null,
        TimeSpan? answerTimeout = null,
        DateTimeOffset? opens = null,
        DateTimeOffset? closes = null,
        Func<double>? chance = null,
        Func<Pace, StopSwitch>? stop = null,
        SendingOrders? orders = null,
        CancellationToken stopping = default)
    {
        var clock = new ProcessClock(time ?? TimeProvider.System);
        await using var ledger = RunLedger.Open(path, clock);
        var pace = new Pace(rate, clock);
        var setup = new LaneSetup(
            ledger.Info.Lanes[SomeRun.LaneId],
            carrier,
            pace,
            new InFlight(maxInFlight),
            answerTimeout ?? TimeSpan.FromHours(2),
            KeepCarrierReference: false)
        {
            Orders = orders ?? new SendingOrders(null),
        };
        using var runner = new LaneRunner(
            ledger, stop is null ? setup : setup with { Stop = stop(pace) }, clock, chance);

        return await runner.RunAsync(new OpenHours(opens ?? DateTimeOffset.MinValue, closes ?? Always), stopping);
    }
}
