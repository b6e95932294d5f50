using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App;
using SmsCampaign.App.Worker;
using SmsCampaign.Telemetry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Worker;

public sealed class WatchdogTests : IDisposable
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero));
    readonly Told _systemd = new();
    readonly KeptLog _log = new();
    readonly LoopWatch _loops;
    readonly Watchdog _watchdog;

    public WatchdogTests()
    {
        _loops = new LoopWatch(new ProcessClock(_time));
        _watchdog = new Watchdog(
            _loops, _systemd, Every, _time,
            new Logger<Watchdog>(LoggerFactory.Create(logging => logging.AddProvider(_log))));
    }

    public void Dispose()
    {
        _watchdog.Dispose();
        _systemd.Dispose();
    }

    [Fact]
    public void As_long_as_every_loop_goes_on_systemd_is_told_so()
    {
        using var lane = _loops.Join("lane viettel");
        for (var look = 0; look < 10; look++)
        {
            lane.Beat();
            _watchdog.Look();
            _time.Advance(Every);
        }

        Assert.Equal(Enumerable.Repeat("WATCHDOG=1", 10), _systemd.States);
    }

    /// <summary>However well everything else answers.</summary>
    [Fact]
    public void Where_a_vital_one_hangs_nothing_more_is_told_and_the_log_names_it_once()
    {
        using var campaigns = _loops.Join("campaigns", isVital: true);
        using var lane = _loops.Join("lane viettel");
        campaigns.Beat();
        _time.Advance(LoopWatch.LongestTurn + TimeSpan.FromSeconds(1));
        lane.Beat();

        _watchdog.Look();
        _watchdog.Look();

        Assert.Empty(_systemd.States);
        Assert.Contains("'campaigns' has not gone on since 2025-07-30 01:00:00Z", Assert.Single(_log.Lines).Text,
            StringComparison.Ordinal);
    }

    /// <summary>It may hang again as often as the worker is started, and everything else with it.</summary>
    [Fact]
    public void A_lane_that_hangs_ends_nothing_else_and_is_logged_until_it_goes_on()
    {
        using var campaigns = _loops.Join("campaigns", isVital: true);
        using var lane = _loops.Join("lane viettel");
        lane.Beat();
        _time.Advance(LoopWatch.LongestTurn + TimeSpan.FromSeconds(1));
        campaigns.Beat();

        _watchdog.Look();
        _watchdog.Look();

        Assert.Equal(["WATCHDOG=1", "WATCHDOG=1"], _systemd.States);
        Assert.Contains(
            "'lane viettel' has not gone on since 2025-07-30 01:00:00Z: what it does stands still",
            Assert.Single(_log.Lines).Text,
            StringComparison.Ordinal);

        lane.Beat();
        _watchdog.Look();
        Assert.Contains("'lane viettel'", _log.Lines.Last().Text, StringComparison.Ordinal);
        Assert.Contains("goes on", _log.Lines.Last().Text, StringComparison.Ordinal);
        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    public void Where_nobody_waits_for_it_what_hangs_is_logged_all_the_same()
    {
        using var campaigns = _loops.Join("campaigns", isVital: true);
        campaigns.Beat();
        _time.Advance(LoopWatch.LongestTurn + TimeSpan.FromSeconds(1));
        using var watchdog = new Watchdog(
            _loops, notifier: null, Watchdog.Every, _time,
            new Logger<Watchdog>(LoggerFactory.Create(logging => logging.AddProvider(_log))));

        watchdog.Look();

        Assert.Contains("'campaigns'", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_looks_at_a_quarter_of_what_systemd_waits()
    {
        await _watchdog.StartAsync(CancellationToken.None);
        await _systemd.NextAsync();

        // It rests before it looks again; when it has begun to is not known here.
        for (var clock = Stopwatch.StartNew(); _systemd.States.Count < 2;)
        {
            Assert.True(clock.Elapsed < Patience.ForAnything);
            _time.Advance(Every);
            await Task.Yield();
        }

        await _watchdog.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("120000000", null, 30)]
    [InlineData("120000000", "own", 30)]
    [InlineData("120000000", "1", null)] // another process
    [InlineData(null, null, null)]
    [InlineData("0", null, null)]
    public void It_is_there_where_systemd_waits_for_this_process(string? micros, string? pid, int? seconds)
    {
        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

        var every = Watchdog.FindInterval(
            name => name == "WATCHDOG_USEC" ? micros : pid == "own" ? own : pid);

        Assert.Equal(seconds, every?.TotalSeconds);
    }

    [Fact]
    public async Task What_it_cannot_tell_ends_nothing()
    {
        _systemd.Broken = new IOException("no socket");
        await _watchdog.StartAsync(CancellationToken.None);
        await _systemd.NextAsync();
        _systemd.Broken = null;

        for (var clock = Stopwatch.StartNew(); _log.Lines.Count == 0;)
        {
            Assert.True(clock.Elapsed < Patience.ForAnything);
            await Task.Yield();
        }

        // It rests before it begins again; when it has begun to is not known here.
        for (var clock = Stopwatch.StartNew(); _systemd.States.Count < 2;)
        {
            Assert.True(clock.Elapsed < Patience.ForAnything);
            _time.Advance(SideService.BeginAgain);
            await Task.Yield();
        }

        await _watchdog.StopAsync(CancellationToken.None);
        Assert.Contains("Watchdog has met a fault", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    sealed class Told : ISystemdNotifier, IDisposable
    {
        readonly SemaphoreSlim _told = new(0);

        public List<string> States { get; } = [];

        public Exception? Broken { get; set; }

        public bool IsEnabled => true;

        public void Notify(ServiceState state)
        {
            States.Add(state.ToString()!);
            _told.Release();
            if (Broken is { } broken)
                throw broken;
        }

        public void Dispose() => _told.Dispose();

        public async Task NextAsync() => Assert.True(await _told.WaitAsync(Patience.ForAnything));
    }
}
