using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App;
using SmsCampaign.App.Observing;
using SmsCampaign.App.Worker;
using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Telemetry;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Observing;

/// <summary>The worker's own host, on loopback.</summary>
public sealed class ManagementServerTests : IAsyncDisposable
{
    readonly PreparationFolder _folder = new();
    readonly HttpClient _http = new(new SocketsHttpHandler());
    WebApplication? _host;

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync();
            await _host.DisposeAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Figures_and_health_are_read_at_its_address_and_not_where_receipts_come()
    {
        var address = await (await StartAsync("http://127.0.0.1:0")).Address.WaitAsync(Patience.ForAnything);
        await ReadyAsync(address);
        var loops = _host!.Services.GetRequiredService<Station>().Accounts.Loops;
        Assert.True(loops.HasBegun(Health.Conducting) && loops.HasBegun("orders"));

        Assert.Contains("smscampaign_contract_rate", await _http.GetStringAsync(new Uri(address, "/metrics")));
        using var live = await _http.GetAsync(new Uri(address, "/health/live"));
        Assert.Equal(
            (HttpStatusCode.OK, "application/json", "live"),
            (live.StatusCode, live.Content.Headers.ContentType!.MediaType, await StatusOf(live)));

        var receipts = new Uri(_host!.Urls.First());
        foreach (var path in new[] { "/metrics", "/health/live", "/health/ready" })
            Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(new Uri(receipts, path))).StatusCode);
        Assert.Equal("ok\n", await _http.GetStringAsync(new Uri(receipts, "/healthz")));
        foreach (var path in new[] { "/", "/healthz", "/receipts/viettel" })
            Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(new Uri(address, path))).StatusCode);
        Assert.Equal(
            HttpStatusCode.MethodNotAllowed,
            (await _http.PostAsync(new Uri(address, "/health/live"), new StringContent(""))).StatusCode);
    }

    [Fact]
    public async Task A_port_that_somebody_has_keeps_nothing_else_from_running()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var server = await StartAsync($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");

        await GoesWithoutAsync(server);
    }

    /// <summary>Whoever wrote the same address twice loses figures, and no receipt.</summary>
    [Fact]
    public async Task The_receipts_address_is_never_taken_from_them()
    {
        var listen = $"http://127.0.0.1:{FindFreePort()}";

        await GoesWithoutAsync((await FindAsync(listen, receipts: listen))!);
    }

    async Task GoesWithoutAsync(ManagementServer server)
    {
        Assert.Equal("ok\n", await _http.GetStringAsync(new Uri(new Uri(_host!.Urls.First()), "/healthz")));
        await server.Tried.WaitAsync(Patience.ForAnything);
        Assert.False(server.Address.IsCompleted);
        Assert.Equal("ok\n", await _http.GetStringAsync(new Uri(new Uri(_host!.Urls.First()), "/healthz")));
    }

    /// <summary>As where the machine has no more watches for files: what builds it throws, not only its
    /// start.</summary>
    [Fact]
    public async Task What_cannot_even_be_built_is_tried_again_and_breaks_nothing()
    {
        var log = new KeptLog();
        using var server = new ManagementServer(
            new Uri("http://127.0.0.1:0"), null!, metrics: null!, new FakeTimeProvider(),
            new Logger<ManagementServer>(LoggerFactory.Create(logging => logging.AddProvider(log))),
            started: new CancellationToken(canceled: true));

        await server.StartAsync(CancellationToken.None);
        await server.Tried.WaitAsync(Patience.ForAnything);

        Assert.False(server.ExecuteTask!.IsCompleted);
        Assert.Contains("is tried again every minute", Assert.Single(log.Lines).Text, StringComparison.Ordinal);
        await server.StopAsync(CancellationToken.None);
    }

    /// <summary>Whatever breaks of it is no reason to end sending.</summary>
    [Fact]
    public async Task Every_part_of_the_worker_is_vital_or_begins_again()
    {
        await StartAsync("http://127.0.0.1:0");

        var parts = _host!.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();

        Assert.Contains(parts, part => part is Watchdog); // also where systemd waits for nothing
        Assert.All(parts, part => Assert.True(part is VitalService or SideService, part.GetType().Name));
    }

    [Fact]
    public async Task Who_watches_where_receipts_come_hears_of_a_loop_that_hangs()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await StartAsync("http://127.0.0.1:0", time);
        var station = _host!.Services.GetRequiredService<Station>();
        var healthz = new Uri(new Uri(_host.Urls.First()), "/healthz");
        using var hanging = station.Accounts.Loops.Join("hanging", isVital: true);
        hanging.Beat();
        Assert.Equal("ok\n", await _http.GetStringAsync(healthz));

        time.Advance(LoopWatch.LongestTurn + TimeSpan.FromSeconds(1));

        using var answer = await _http.GetAsync(healthz);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "stuck\n"),
            (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Switched_off_there_is_none()
    {
        Assert.Null(await FindAsync(""));

        Assert.Null(_host!.Services.GetRequiredService<Exports>().Metrics);
    }

    async Task ReadyAsync(Uri address)
    {
        using var patience = new CancellationTokenSource(Patience.ForAnything);
        while (true)
        {
            using var ready = await _http.GetAsync(new Uri(address, "/health/ready"), patience.Token);
            if (ready.StatusCode == HttpStatusCode.OK
                && _host!.Services.GetRequiredService<StationReader>().Latest is not null)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    async Task<ManagementServer> StartAsync(string listen, TimeProvider? time = null) =>
        (await FindAsync(listen, time))!;

    async Task<ManagementServer?> FindAsync(
        string listen, TimeProvider? time = null, string receipts = "http://127.0.0.1:0")
    {
        var reading = Installation.Read(_folder.Installation, new Dictionary<string, string>
        {
            ["SmsCampaign__management__listen"] = listen,
            ["SmsCampaign__receipts__listen"] = receipts,
        });
        Assert.DoesNotContain(reading.Problems, problem => problem.Severity == Severity.Error);
        _host = WorkerHost.Create(_folder.Data, reading.Installation!, time ?? TimeProvider.System, Language.English);
        await _host.StartAsync();
        return _host.Services.GetService<ManagementServer>();
    }

    static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static async Task<string?> StatusOf(HttpResponseMessage answer) => JsonDocument
        .Parse(await answer.Content.ReadAsStringAsync())
        .RootElement.GetProperty("status").GetString();
}
