using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.App.Worker;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

public sealed class StationReadingTests
{
    static readonly DateTimeOffset Opens = new(2025, 7, 30, 8, 0, 0, TimeSpan.FromHours(7));
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // as of a run that is held since before the process began
    public async Task Messages_of_runs_that_have_begun_are_counted_by_lane(bool isOpen)
    {
        using var folder = new PreparationFolder();
        folder.Prepare();
        var lanes = Installation.Read(folder.Installation).Installation!.Lanes;
        await using var station = Station.Open(folder.Data, lanes, new ProcessClock(folder.Time));
        Assert.All(StationReading.Take(station, false).Lanes, lane => Assert.Equal(0, lane.Queue)); // not begun
        station.Registry.SetState(Key, RunState.Held, folder.Time.GetUtcNow());
        if (isOpen)
            station.Runs.Open(station.Registry.Find(Key)!);

        var reading = StationReading.Take(station, false);

        Assert.Equal(
            [
                ("viettel", 2, 500), ("vinaphone", 1, 300), ("mobifone", 0, 300), ("vietnamobile", 0, 100),
                ("gmobile", 0, 50),
            ],
            reading.Lanes.Select(lane => (lane.Lane, lane.Queue, lane.ContractRate)));
        Assert.All(reading.Lanes, lane => Assert.Equal((lane.ContractRate, false), (lane.AllowedRate, lane.IsStopped)));
        Assert.Equal((1, 0, 0), (reading.Runs[RunState.Held], reading.Runs[RunState.Sending], reading.UnreadLedgers));
        Assert.Equal(TimeSpan.Zero, reading.ReceiptsLag);
    }

    [Fact]
    public async Task A_lane_that_a_person_paused_is_stopped()
    {
        using var folder = new PreparationFolder();
        folder.Prepare();
        var lanes = Installation.Read(folder.Installation).Installation!.Lanes;
        await using var station = Station.Open(folder.Data, lanes, new ProcessClock(folder.Time));
        station.Accounts.Find("viettel")!.Stop.TurnOff(
            new LaneStop("viettel", folder.Time.GetUtcNow(), "no money", LaneStopKind.Account, HoldCause.AsSaid));

        var stopped = StationReading.Take(station, false).Lanes.Where(lane => lane.IsStopped).Select(lane => lane.Lane);

        Assert.Equal(["viettel"], stopped);
    }

    [Fact]
    public async Task Receipts_that_nobody_settles_are_late()
    {
        using var folder = Begun(out var lanes);
        await using var station = Station.Open(folder.Data, lanes, new ProcessClock(folder.Time));
        await station.Receipts.AppendAsync("viettel", "some");
        folder.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(TimeSpan.FromMinutes(6), StationReading.Take(station, false).ReceiptsLag);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1, 11)]
    [InlineData(13, 0)]
    public async Task The_window_that_is_open_is_told_until_it_closes(int hoursSince, int left)
    {
        using var @case = new WorkerCase(WorkerCase.Definition(), Opens.AddDays(-1));
        @case.Approve();
        @case.Time.SetUtcNow(Opens.AddHours(hoursSince));
        await using var station = Station.Open(@case.Data, [], new ProcessClock(@case.Time));

        Assert.Equal(TimeSpan.FromHours(left), StationReading.Take(station, false).WindowLeft);
    }

    /// <summary>One that cannot be read keeps nobody from seeing the others.</summary>
    [Fact]
    public async Task A_ledger_that_cannot_be_read_is_counted()
    {
        using var @case = new WorkerCase(WorkerCase.Definition(), Opens.AddHours(1));
        @case.Approve();
        @case.Registry.SetState(WorkerCase.Key(), RunState.Sending, Opens);
        await using var station = Station.Open(@case.Data, [], new ProcessClock(@case.Time));

        var reading = StationReading.Take(station, false);

        Assert.Equal((1, 1), (reading.UnreadLedgers, reading.Runs[RunState.Sending]));
    }

    [Fact]
    public async Task Alerts_are_counted_by_kind_and_severity_while_they_are_so()
    {
        using var @case = new WorkerCase(WorkerCase.Definition(), Opens);
        await using var station = Station.Open(@case.Data, [], new ProcessClock(@case.Time));
        foreach (var lane in new[] { "viettel", "vinaphone", "mobifone" })
            station.Registry.Alerts.Raise(Stopped(lane), Opens);
        station.Registry.Alerts.SetOver(AlertKind.LaneStopped, "mobifone", Opens);

        var reading = StationReading.Take(station, false);

        Assert.Equal(((AlertKind.LaneStopped, AlertSeverity.Urgent), 2), AsPair(Assert.Single(reading.Alerts)));
    }

    /// <summary>A run that is being sent, of which nothing is sent yet.</summary>
    static PreparationFolder Begun(out IReadOnlyList<Lane> lanes, string leftovers = "next-day")
    {
        var folder = new PreparationFolder();
        if (leftovers != "next-day")
            folder.Edit("campaign.yaml", "leftovers: next-day", $"leftovers: {leftovers}");
        Assert.NotNull(folder.Prepare().Run);
        lanes = Installation.Read(folder.Installation).Installation!.Lanes;
        Ledgers.OpenRegistry(folder.Data).SetState(Key, RunState.Sending, folder.Time.GetUtcNow());
        return folder;
    }

    static ((AlertKind, AlertSeverity), int) AsPair(
        KeyValuePair<(AlertKind Kind, AlertSeverity Severity), int> alerts) => (alerts.Key, alerts.Value);

    static Alert Stopped(string lane) => new(
        AlertKind.LaneStopped, lane, AlertSeverity.Urgent, Opens,
        new Wording("kênh gửi dừng", "a lane stopped"), new Wording("", ""), new Wording("xem", "see"));
}
