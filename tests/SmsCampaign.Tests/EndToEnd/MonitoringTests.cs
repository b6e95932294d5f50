using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Telemetry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>The real worker, as whoever watches over it sees it.</summary>
[Trait("Category", "Slow")]
public sealed class MonitoringTests : IDisposable
{
    const string FullNumber = "84(96|91)[0-9]{7}";

    static readonly IReadOnlyList<OfficeLane> Lanes =
    [
        new("viettel", 84_960_000_001, 300, 400) { MaxInFlight = 20, MostPerCall = 4 },
        new("vinaphone", 84_910_000_001, 150, 200),
    ];

    readonly HttpClient _http = new(new SocketsHttpHandler());

    public void Dispose() => _http.Dispose();

    /// <summary>What dashboards and rules of others go by.</summary>
    [Fact]
    public async Task Everything_that_is_measured_is_scraped_by_its_name_and_its_labels_alone()
    {
        await using var office = await Office.OpenAsync(
            Lanes, carrier => carrier with { RefusedShare = 0.2, DuplicateShare = 0.5 });
        var address = office.Monitor();
        await office.ApproveAsync();
        Ledgers.OpenRegistry(office.Data).Alerts.Raise(
            new Alert(
                AlertKind.RecordDamaged, "thu", AlertSeverity.Urgent, TimeProvider.System.GetUtcNow(),
                new Wording("thử", "a try"), new Wording("", ""), new Wording("xem", "see")),
            TimeProvider.System.GetUtcNow());
        await using var worker = office.Start("worker");
        var facts = new LedgerFacts(office.Data.Run(office.Key));
        await worker.UntilAsync(() => office.MessagesSeen() == 450
            && facts.Messages().All(message => message.Status is MessageStatus.Delivered or MessageStatus.Failed));

        var scrape = await ScrapeAsync(address, worker, until: text =>
            SumOf(text, "smscampaign_sends_total") == 450
            && Measures.All.All(measure => text.Contains(measure.PrometheusName, StringComparison.Ordinal)));

        var there = PrometheusQueries.ReadScrape(scrape);
        Assert.All(PrometheusQueries.Declared, series => Assert.Equal(
            (series.Key, string.Join(", ", series.Value.Order())),
            (series.Key, string.Join(", ", there.GetValueOrDefault(series.Key, []).Order().Where(label =>
                label != "le" && !label.StartsWith("otel_scope", StringComparison.Ordinal))))));
        Assert.Empty(there.Keys.Except(PrometheusQueries.Declared.Keys));
        Assert.All(
            PrometheusQueries.OfDashboard().Concat(PrometheusQueries.OfRules()),
            query => Assert.Empty(PrometheusQueries.FindUnknown(query.Item2, there)));
        Assert.Equal(
            facts.Messages().Count(message => message.Status == MessageStatus.Delivered),
            SumOf(scrape, "smscampaign_sends_total", "outcome=\"accepted\""));
        Assert.Equal(900, SumOf(scrape, "smscampaign_handed_over_total")); // two parts each
        Assert.DoesNotMatch(FullNumber, scrape);
        Assert.DoesNotContain(Office.CampaignId, scrape, StringComparison.Ordinal);
        Assert.DoesNotContain("Toàn dân", scrape, StringComparison.Ordinal);
    }

    /// <summary>A collector that takes the connection and never answers, scrapers that read nothing of what they asked
    /// for, as many as there is room for and more.</summary>
    [Fact]
    public async Task Nothing_that_watches_holds_up_what_is_sent_nor_the_stop()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var office = await Office.OpenAsync(Lanes);
        var address = office.Monitor(new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}"));
        await using var worker = office.Start("worker");
        await ScrapeAsync(address, worker, until: _ => true);
        var hanging = new List<RawClient>();
        for (var client = 0; client < 40; client++)
        {
            hanging.Add(await RawClient.ConnectAsync(address));
            try
            {
                await hanging[^1].WriteAsync("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            catch (SocketException) // turned away
            {
            }
        }

        await office.ApproveAsync();
        await worker.UntilAsync(() => office.MessagesSeen() == 450);
        worker.Terminate();
        var stopped = await worker.WaitAsync();

        Assert.True(stopped.ExitCode == 0, $"{stopped}");
        Assert.Equal(450, office.MessagesSeen());
        hanging.ForEach(client => client.Dispose());
    }

    /// <summary>As systemd starts it: with a socket to notify, a watchdog, and a journal.</summary>
    [Fact]
    public async Task Under_systemd_the_watchdog_is_told_and_the_log_is_json()
    {
        using var folder = new TempFolder();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder.File("notify")));
        await using var office = await Office.OpenAsync(Lanes);
        office.Monitor();
        await using var worker = office.StartThrough(
            ["/usr/bin/env", $"NOTIFY_SOCKET={folder.File("notify")}", "WATCHDOG_USEC=1000000", "JOURNAL_STREAM=8:1"],
            "worker");

        using var patience = new CancellationTokenSource(Patience.ForAnything);
        var told = new byte[1_000];
        for (var pings = 0; pings < 3;)
        {
            var length = await socket.ReceiveAsync(told, patience.Token);
            if (System.Text.Encoding.UTF8.GetString(told, 0, length) == "WATCHDOG=1")
                pings++;
        }

        await office.ApproveAsync();
        await worker.UntilAsync(() => office.MessagesSeen() == 450);
        worker.Terminate();
        var lines = (await worker.WaitAsync()).Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
        {
            Assert.Matches(@"^<[2-7]>\{", line);
            var record = JsonDocument.Parse(line[3..]).RootElement;
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", record.GetProperty("time").GetString()!);
            Assert.DoesNotMatch(FullNumber, line);
        });
        Assert.Contains(lines, line => line.Contains($"\"run\":\"{office.Key}\"", StringComparison.Ordinal));
    }

    async Task<string> ScrapeAsync(Uri address, ProgramUnderTest worker, Func<string, bool> until)
    {
        using var patience = new CancellationTokenSource(Patience.ForAnything);
        var text = "";
        while (!worker.HasExited)
        {
            try
            {
                text = await _http.GetStringAsync(new Uri(address, "/metrics"), patience.Token);
                if (until(text))
                    return text;
            }
            catch (HttpRequestException) // not yet
            {
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }

        throw new InvalidOperationException($"what is looked for does not come: {text}");
    }

    static double SumOf(string scrape, string name, string label = "") => scrape.Split('\n')
        .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal)
            && line.Contains(label, StringComparison.Ordinal))
        .Sum(line => double.Parse(
            line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
}
