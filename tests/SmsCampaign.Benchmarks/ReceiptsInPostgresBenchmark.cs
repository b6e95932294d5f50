using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// receipts-postgres [--rate N] [--seconds N] [--rows N] [--connections N] [--nodes N] [--runs N]: receipts that so
/// many endpoints take together, each answered when it is durable in one PostgreSQL: brought as fast as they are taken,
/// then at a rate. Each a process of its own on the same machine; so is the server, which flushes each commit.
/// </summary>
static class ReceiptsInPostgresBenchmark
{
    /// <summary>Receipts of each endpoint before it is measured: it is compiled then, and the month made.</summary>
    const int WarmingUp = 20_000;

    public static int Run(Arguments arguments) => RunAsync(arguments).GetAwaiter().GetResult();

    static async Task<int> RunAsync(Arguments arguments)
    {
        var (rate, nodes) = (arguments.Number("rate", 10_000), arguments.Number("nodes", 2));
        var (rows, span) = (
            arguments.Number("rows", 300_000), TimeSpan.FromSeconds(arguments.Number("seconds", 20)));
        List<LoadResult> fastest = [], paced = [];
        for (var run = 0; run < arguments.Number("runs", 3); run++)
        {
            await using var server = await PostgresServer.StartNewAsync();
            using var folder = new TempFolder();
            var database = await server.CreateDatabaseAsync();
            List<Process> endpoints =
                [.. Enumerable.Range(0, nodes).Select(node => Start(folder.File($"{node}"), database))];
            List<ReceiptLoad> loads =
            [
                .. endpoints.Select(endpoint => new ReceiptLoad(
                    new Uri(endpoint.StandardOutput.ReadLine()!),
                    ReceiptsBenchmark.Lane,
                    arguments.Number("connections", 256) / nodes)),
            ];

            await TogetherAsync(loads, load => load.Run(WarmingUp));
            fastest.Add(await TogetherAsync(loads, load => load.Run(rows / nodes)));
            paced.Add(await TogetherAsync(loads, load => RunAt(load, rate / nodes, span)));
            Console.WriteLine($"fastest {Show(fastest[^1])}; {rate}/s offered: {Show(paced[^1])}");

            loads.ForEach(load => load.Dispose());
            foreach (var endpoint in endpoints)
            {
                endpoint.StandardInput.Close();
                await endpoint.WaitForExitAsync();
                endpoint.Dispose();
            }
        }

        Console.WriteLine($"medians, {nodes} nodes: fastest {Show(Median(fastest))}; "
            + $"{rate}/s offered: {Show(Median(paced))}");
        return 0;
    }

    static Process Start(string folder, string database)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, [ReceiptsBenchmark.ServerVerb, "--data", folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment[ReceiptsBenchmark.Postgres] = database;
        return Process.Start(start)!;
    }

    static LoadResult RunAt(ReceiptLoad load, int rate, TimeSpan span)
    {
        var latencies = new LatencyHistogram();
        using var stop = new CancellationTokenSource(span);
        var answered = load.RunAt(rate, stop.Token, latencies);
        return new LoadResult(answered / span.TotalSeconds, latencies.Quantile(0.5), latencies.Quantile(0.99));
    }

    /// <returns>All their receipts; the longest of their medians and of their longest.</returns>
    static async Task<LoadResult> TogetherAsync(List<ReceiptLoad> loads, Func<ReceiptLoad, LoadResult> bring)
    {
        var results = await Task.WhenAll(loads.Select(load => Task.Factory.StartNew(
            () => bring(load), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return new LoadResult(
            results.Sum(result => result.Rate),
            results.Max(result => result.Median),
            results.Max(result => result.P99));
    }

    static LoadResult Median(List<LoadResult> results) => new(
        ProgramRun.Median(results.Select(result => result.Rate)),
        TimeSpan.FromMilliseconds(ProgramRun.Median(results.Select(result => result.Median.TotalMilliseconds))),
        TimeSpan.FromMilliseconds(ProgramRun.Median(results.Select(result => result.P99.TotalMilliseconds))));

    static string Show(LoadResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Rate:N0}/s, p50 {result.Median.TotalMilliseconds:0.0} ms, p99 {result.P99.TotalMilliseconds:0.0} ms");
}
