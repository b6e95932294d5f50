using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Installations;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.Dispatch.Accounts;

public sealed class StopSwitchTests : IDisposable
{
    readonly PreparationFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 9, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    /// <summary>Also by who may write ledger.db and no more: <c>status</c> shows it as stopped.</summary>
    [Fact]
    public void A_lane_that_is_kept_as_stopped_while_it_sends_stops_and_goes_on_as_a_person_says_so()
    {
        var registry = Ledgers.OpenRegistry(_folder.Data);
        var stops = registry.Stops;
        var told = new List<string>();
        using var accounts = new LaneAccounts(
            Installation.Read(_folder.Installation).Installation!.Lanes,
            new ProcessClock(_time),
            stops,
            (name, stop) => told.Add($"{name}: {stop?.Reason}"),
            registry.Orders);
        var lane = accounts.Find("viettel")!.Stop;
        accounts.HeedStops();
        Assert.False(lane.IsOff);

        stops.Add(new LaneStop("vinaphone", _time.GetUtcNow(), "another"));
        stops.Add(new LaneStop("viettel", _time.GetUtcNow(), "no money"));
        accounts.HeedStops();
        Assert.True(lane.IsOff);

        stops.Remove("viettel", _time.GetUtcNow());
        _time.Advance(TimeSpan.FromSeconds(1));
        lane.Look();
        Assert.False(lane.IsOff);
        Assert.Equal(["viettel: no money", "vinaphone: another", "viettel: "], told);
    }
}
