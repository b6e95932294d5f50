using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using SmsCampaign.App.Observing;
using SmsCampaign.Installations;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// metrics [--messages N] [--list N] [--runs N]: messages a second from the ledger to a gateway and back with nobody
/// listening, and with all that the worker has: Prometheus, which fetches the figures every 5 s, and a collector by
/// OTLP that takes metrics and traces. In pairs, each half first in turn; the ratio of each pair, and the medians. Ends
/// with 1 where the median costs 2 % or more.
/// </summary>
static class MetricsBenchmark
{
    static readonly TimeSpan ScrapeEvery = TimeSpan.FromSeconds(5);

    public static int Run(Arguments arguments) => RunAsync(
        new SendCase(
            arguments.Number("messages", 400_000),
            TimeSpan.Zero,
            arguments.Number("list", 1),
            arguments.Number("connections", 64),
            arguments.Number("max-in-flight", 1_000)),
        arguments.Number("runs", 9)).GetAwaiter().GetResult();

    static async Task<int> RunAsync(SendCase work, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("metrics-benchmark-").FullName;
        try
        {
            using var gateway = GatewayProcess.Start(work.Latency);
            await using var collector = await StartAsync(_ => { });
            var ledger = BenchmarkRun.Create(Path.Combine(folder, "fresh.db"), work.Messages);
            var warm = BenchmarkRun.Create(Path.Combine(folder, "warm.db"), work.MessagesToWarmUp);
            await MeasureAsync(warm, "warm");
            await MeasureListenedToAsync(
                BenchmarkRun.Create(Path.Combine(folder, "warm2.db"), work.MessagesToWarmUp), "warm2");

            List<double> plain = [], heard = [], ratios = [], plainCpu = [], heardCpu = [];
            for (var pair = 0; pair < runs; pair++)
            {
                SendFigures without, with;
                if (pair % 2 == 0)
                {
                    without = await MeasureAsync(ledger, "plain");
                    with = await MeasureListenedToAsync(ledger, "heard");
                }
                else
                {
                    with = await MeasureListenedToAsync(ledger, "heard");
                    without = await MeasureAsync(ledger, "plain");
                }

                plain.Add(without.Rate);
                heard.Add(with.Rate);
                ratios.Add(with.Rate / without.Rate);
                plainCpu.Add(without.CpuMicrosecondsAMessage);
                heardCpu.Add(with.CpuMicrosecondsAMessage);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"pair {pair + 1}: nobody {without.Rate:N0}/s ({without.CpuMicrosecondsAMessage:0.0} µs), "
                        + $"listened to {with.Rate:N0}/s ({with.CpuMicrosecondsAMessage:0.0} µs), "
                        + $"ratio {ratios[^1]:0.000}"));
            }

            var ratio = ProgramRun.Median(ratios);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{work}, medians of {runs}: nobody {ProgramRun.Median(plain):N0}/s, listened to "
                    + $"{ProgramRun.Median(heard):N0}/s, ratio {ratio:0.000}; CPU "
                    + $"{ProgramRun.Median(plainCpu):0.0} and {ProgramRun.Median(heardCpu):0.0} µs a message"));
            return ratio > 0.98 ? 0 : 1;

            async Task<SendFigures> MeasureAsync(string fresh, string name)
            {
                var data = BenchmarkRun.Install(fresh, Path.Combine(folder, name));
                var sent = await SendBenchmark.SendAsync(data, gateway.Address, work);
                BenchmarkRun.Remove(data);
                return sent;
            }

            async Task<SendFigures> MeasureListenedToAsync(string fresh, string name)
            {
                using var exports = new Exports(new ManagementSettings { Otlp = new Uri(collector.Urls.First()) });
                await using var metrics = await StartAsync(web => web.UseOpenTelemetryPrometheusScrapingEndpoint(
                    exports.Metrics!, null, "/metrics", null, null));
                using var over = new CancellationTokenSource();
                var scraping = ScrapeAsync(new Uri(new Uri(metrics.Urls.First()), "/metrics"), over.Token);
                var sent = await MeasureAsync(fresh, name);
                await over.CancelAsync();
                await scraping;
                return sent;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task ScrapeAsync(Uri address, CancellationToken over)
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        while (!over.IsCancellationRequested)
        {
            await http.GetStringAsync(address, CancellationToken.None);
            await Task.Delay(ScrapeEvery, TimeProvider.System, over).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static async Task<WebApplication> StartAsync(Action<WebApplication> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        answer(web);
        web.Run(_ => Task.CompletedTask);
        await web.StartAsync();
        return web;
    }
}
