using Microsoft.Extensions.Logging;
using SmsCampaign.App.Observing;
using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Storage;
using SmsCampaign.Telemetry;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Observing;

public sealed class HealthTests : IAsyncDisposable
{
    readonly PreparationFolder _folder = new();
    readonly KeptLog _log = new();
    readonly Station _station;
    readonly StationReader _reader;
    readonly ManagementSettings _settings = new();
    readonly LoopPulse _campaigns;
    long _free = 1_000_000_000;
    bool _isStopping;

    public HealthTests()
    {
        _folder.Prepare();
        _station = Station.Open(
            _folder.Data,
            Installation.Read(_folder.Installation).Installation!.Lanes,
            new ProcessClock(_folder.Time));
        _reader = new StationReader(
            _station, () => false,
            new Logger<StationReader>(LoggerFactory.Create(logging => logging.AddProvider(_log))));
        _campaigns = _station.Accounts.Loops.Join(Health.Conducting, isVital: true);
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _station.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void A_worker_that_goes_on_lives_and_is_ready()
    {
        _campaigns.Beat();
        _reader.Read();

        var (live, ready) = (Check().Live(), Check().Ready());

        Assert.Equal(("live", "ready"), (live.Status, ready.Status));
        Assert.True(live.IsWell && ready.IsWell);
        Assert.Empty(ready.Notes);
    }

    [Fact]
    public void A_loop_that_hangs_is_named_by_both()
    {
        _campaigns.Beat();
        _folder.Time.Advance(LoopWatch.LongestTurn + TimeSpan.FromSeconds(1));
        _reader.Read();

        Assert.Equal(("stuck", "loop-stuck campaigns"), (Check().Live().Status, CodesOf(Check().Live())));
        Assert.Equal(("not-ready", "loop-stuck campaigns"), (Check().Ready().Status, CodesOf(Check().Ready())));
    }

    /// <summary>Starting it again would not help for long, and ends everything else.</summary>
    [Fact]
    public void A_lane_that_hangs_is_a_note_of_a_worker_that_lives_and_is_not_ready()
    {
        using var lane = _station.Accounts.Loops.Join("lane viettel");
        lane.Beat();
        _folder.Time.Advance(LoopWatch.LongestTurn + TimeSpan.FromSeconds(1));
        _campaigns.Beat();
        _reader.Read();

        var live = Check().Live();

        Assert.Equal(("live", ""), (live.Status, CodesOf(live)));
        Assert.Equal(
            ("loop-stuck", "lane viettel"), (Assert.Single(live.Notes).Code, Assert.Single(live.Notes).About));
        Assert.Equal("loop-stuck lane viettel", CodesOf(Check().Ready()));
    }

    [Fact]
    public void Before_its_first_turn_it_lives_and_is_not_ready()
    {
        Assert.True(Check().Live().IsWell);
        Assert.Equal("starting", CodesOf(Check().Ready()));
    }

    /// <summary>The first reading may hang.</summary>
    [Fact]
    public void Before_anything_is_read_it_is_not_ready_and_how_long_that_takes_is_said()
    {
        _campaigns.Beat();
        Assert.Equal("starting", CodesOf(Check().Ready()));

        _folder.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(TimeSpan.FromSeconds(61), _reader.Age);
        Assert.Equal("starting, reading-stale", CodesOf(Check().Ready()));
    }

    [Fact]
    public void As_it_stops_it_is_not_ready()
    {
        _campaigns.Beat();
        _isStopping = true;

        Assert.Equal("stopping", CodesOf(Check().Ready()));
    }

    [Fact]
    public void Without_room_on_the_disk_it_is_not_ready()
    {
        _campaigns.Beat();
        _reader.Read();
        _free = 1;

        Assert.Equal("disk-low", CodesOf(Check().Ready()));
    }

    [Fact]
    public void What_cannot_be_read_is_never_ready_and_the_log_says_it_once()
    {
        _campaigns.Beat();
        File.Move(_folder.Data.Ledger, _folder.Data.Ledger + ".aside");
        Directory.CreateDirectory(_folder.Data.Ledger);
        _station.Accounts.Orders.Look();
        _reader.Read();
        _reader.Read();

        Assert.Equal("orders-unread, ledger-unread", CodesOf(Check().Ready()));
        Assert.Single(_log.Lines);
        Assert.True(Check().Live().IsWell); // starting it again would not help
    }

    [Fact]
    public void Figures_of_long_ago_say_nothing_of_now()
    {
        _reader.Read();
        _folder.Time.Advance(TimeSpan.FromMinutes(2));
        _campaigns.Beat();

        Assert.Equal("reading-stale", CodesOf(Check().Ready()));
    }

    [Fact]
    public void A_lane_that_stands_still_and_an_open_address_are_notes()
    {
        _campaigns.Beat();
        _settings.Listen = "http://0.0.0.0:9464";
        _station.Accounts.Find("viettel")!.Stop.TurnOff(0, "no money");
        _reader.Read();

        var ready = Check().Ready();

        Assert.True(ready.IsWell);
        Assert.Equal(["lane-stopped", "management-open"], ready.Notes.Select(note => note.Code));
        Assert.Equal("viettel", ready.Notes[0].About);
    }

    Health Check() => new(
        _station,
        _reader,
        new DiskFloor(_folder.Data.Root, 500_000_000, _folder.Time, free: _ => _free),
        _settings,
        () => _isStopping);

    static string CodesOf(HealthReport report) => string.Join(
        ", ", report.Reasons.Select(reason => reason.About is { } about ? $"{reason.Code} {about}" : reason.Code));
}
