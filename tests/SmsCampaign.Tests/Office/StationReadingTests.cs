using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.App.Worker;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

public sealed class StationReadingTests
{
    static readonly DateTimeOffset Opens = new(2025, 7, 30, 8, 0, 0, TimeSpan.FromHours(7));
    static readonly Who Officer = new("Trần Thị B", "b", "may");
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

    /// <summary>As status has them: the lane goes on only by a person.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)] // the run of an order that nobody can read: every run is paused
    public async Task A_pause_of_every_run_stops_its_lane(bool isSpoilt)
    {
        using var folder = Begun(out var lanes);
        await using var station = Station.Open(folder.Data, lanes, new ProcessClock(folder.Time));
        station.Registry.Orders.Give(
            new NewOrder(OrderKind.Pause, new OrderScope(isSpoilt ? Key : null, "viettel"), Officer, "x"),
            new Wording("", ""),
            folder.Time.GetUtcNow());
        if (isSpoilt)
        {
            Assert.DoesNotContain(StationReading.Take(station, false).Lanes, lane => lane.IsStopped);
            using var db = SqliteDb.Open(folder.Data.Ledger);
            db.Execute("update standing_order set run = 'no such thing'");
        }

        Assert.Equal(["viettel"], StoppedOf(StationReading.Take(station, false)));
        if (isSpoilt)
            Assert.Single(StatusView.ReadOften(
                folder.Data, folder.Installation, folder.Time, Key.Campaign).Orders);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lane_that_the_program_holds_is_stopped_until_a_person_lets_it_go_on(bool isOpen)
    {
        using var folder = Begun(out var lanes);
        var clock = new ProcessClock(folder.Time);
        await using (var ledger = RunLedger.Open(folder.Ledger(), clock))
        {
            await ledger.Trials.HoldAsync(
                ledger.Info.Lanes.Values.Single(lane => lane.Name == "vinaphone").Id,
                new TrialFinding(TrialVerdict.Failed, 50, 30, 20, FailureClass.Content, Reason.None, "31"));
        }

        await using var station = Station.Open(folder.Data, lanes, clock);
        if (isOpen)
            station.Runs.Open(station.Registry.Find(Key)!);

        Assert.Equal(["vinaphone"], StoppedOf(StationReading.Take(station, false)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lane_that_the_installation_has_no_more_is_told_and_goes_on_only_by_a_person(bool isOpen)
    {
        using var folder = Begun(out var lanes);
        await using var station = Station.Open(
            folder.Data, [.. lanes.Where(lane => lane.Name != "viettel")], new ProcessClock(folder.Time));
        if (isOpen)
            station.Runs.Open(station.Registry.Find(Key)!);

        Assert.Equal(
            new LaneReading("viettel", 2, 0, 500, 0, NeededRate: 0, IsStopped: true, IsAway: false),
            StationReading.Take(station, false).Lanes[^1]);
    }

    /// <summary>It may be sent on seven days from 08:00 to 20:00, and it is 09:00 on the first.</summary>
    [Theory]
    [InlineData("next-day", 11 + 6 * 12)]
    [InlineData("hold", 11)]
    public async Task What_must_be_answered_in_a_second_is_by_all_hours_that_are_left(string leftovers, int hours)
    {
        using var folder = Begun(out var lanes, leftovers);
        Approve(folder, Key);
        folder.Time.SetUtcNow(Opens.AddHours(1));
        await using var station = Station.Open(folder.Data, lanes, new ProcessClock(folder.Time));

        var reading = StationReading.Take(station, false);

        Assert.Equal(
            [("viettel", 2.0 / (hours * 3_600)), ("vinaphone", 1.0 / (hours * 3_600)), ("mobifone", 0)],
            reading.Lanes.Take(3).Select(lane => (lane.Lane, lane.NeededRate)));
        Assert.Equal(TimeSpan.FromHours(11), reading.WindowLeft);

        folder.Time.SetUtcNow(Opens.AddHours(13));
        Assert.All(StationReading.Take(station, false).Lanes, lane => Assert.Equal(0, lane.NeededRate)); // closed
    }

    /// <summary>One that has a week takes nothing from one that has only today.</summary>
    [Fact]
    public async Task Runs_that_share_a_lane_are_counted_by_when_each_must_be_done()
    {
        using var folder = Begun(out var lanes);
        Approve(folder, Key);
        var other = Key with { Campaign = "khac" };
        folder.Edit("campaign.yaml", "id: thu-nghiem", "id: khac");
        folder.Edit("campaign.yaml", "leftovers: next-day", "leftovers: hold");
        Assert.NotNull(folder.Prepare().Run);
        Approve(folder, other);
        folder.Time.SetUtcNow(Opens.AddHours(1));
        await using var station = Station.Open(folder.Data, lanes, new ProcessClock(folder.Time));
        station.Registry.SetState(other, RunState.Sending, folder.Time.GetUtcNow());

        var viettel = StationReading.Take(station, false).Lanes[0];

        Assert.Equal((4, 2.0 / (11 * 3_600)), (viettel.Queue, viettel.NeededRate));
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

    static void Approve(PreparationFolder folder, RunKey key)
    {
        var registry = Ledgers.OpenRegistry(folder.Data);
        registry.Approve(new Approval
        {
            Campaign = key.Campaign,
            Date = key.DateText,
            Hash = registry.Find(key)!.ApprovedHash,
            ApprovedBy = "A",
            At = folder.Time.GetUtcNow().ToSql(),
        });
    }

    static IEnumerable<string> StoppedOf(StationReading reading) =>
        reading.Lanes.Where(lane => lane.IsStopped).Select(lane => lane.Lane);

    static ((AlertKind, AlertSeverity), int) AsPair(
        KeyValuePair<(AlertKind Kind, AlertSeverity Severity), int> alerts) => (alerts.Key, alerts.Value);

    static Alert Stopped(string lane) => new(
        AlertKind.LaneStopped, lane, AlertSeverity.Urgent, Opens,
        new Wording("kênh gửi dừng", "a lane stopped"), new Wording("", ""), new Wording("xem", "see"));
}
