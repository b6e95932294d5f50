using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using SmsCampaign.App.Receiving;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// receipts [--rows N] [--connections N] [--runs N]: receipts a second that the endpoint takes one by one and answers
/// when they are durable, and its ratio to the same endpoint with nothing behind it, turn by turn. Each a process of
/// its own, on the same machine as this one, which brings them.
/// </summary>
static class ReceiptsBenchmark
{
    public const string ServerVerb = "receipts-server";
    public const string Lane = "viettel";

    /// <summary>Environment variable that says in which PostgreSQL receipts are kept.</summary>
    public const string Postgres = "SMS_BENCHMARK_POSTGRES";

    const int WarmingUp = 20_000;

    public static int Run(Arguments arguments)
    {
        var rows = arguments.Number("rows", 1_000_000);
        var connections = arguments.Number("connections", 64);
        List<LoadResult> bare = [], stored = [];
        List<double> ratios = [];

        for (var run = 0; run < arguments.Number("runs", 5); run++)
        {
            var (without, _, least) = Measure(rows, connections, stores: false);
            bare.Add(without);
            var (load, rss, micros) = Measure(rows, connections, stores: true);
            stored.Add(load);
            ratios.Add(load.Rate / bare[^1].Rate);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{rows:N0} receipts: without storage {bare[^1].Rate:N0}/s; durable {load.Rate:N0}/s, "
                    + $"p50 {load.Median.TotalMilliseconds:0.00} ms, p99 {load.P99.TotalMilliseconds:0.00} ms, "
                    + $"RSS {rss:0} MiB; CPU {least:0.0} and {micros:0.0} us each; ratio {ratios[^1]:0.00}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"medians: without storage {Median(bare, load => load.Rate):N0}/s; "
                + $"durable {Median(stored, load => load.Rate):N0}/s, "
                + $"p50 {Median(stored, load => load.Median.TotalMilliseconds):0.00} ms, "
                + $"p99 {Median(stored, load => load.P99.TotalMilliseconds):0.00} ms; "
                + $"ratio {ProgramRun.Median(ratios):0.00}"));
        return 0;
    }

    /// <summary>The endpoint, until standard input ends. Prints its address, then what it cost.</summary>
    public static int Serve(Arguments arguments) => ServeAsync(arguments.Text("data")).GetAwaiter().GetResult();

    static async Task<int> ServeAsync(string? data)
    {
        await using var store = data is null
            ? null
            : Ledgers.OpenReceipts(
                new DataFolder(data)
                {
                    Postgres = Environment.GetEnvironmentVariable(Postgres) is { } connection
                        ? new PostgresAddress(connection)
                        : null,
                },
                new ProcessClock(TimeProvider.System));
        KeepReceipt keep = store is null ? KeepNothing : store.AppendAsync;
        await using (var server = await ReceiptServer.StartAsync(
            new Uri("http://127.0.0.1:0"),
            new ReceiptIntake(keep, CallbackGuards.Open([Lane]), TimeProvider.System),
            CancellationToken.None))
        {
            Console.WriteLine(server.Address);
            await Console.In.ReadLineAsync();
        }

        Console.WriteLine(ProcessMemory.Cost());
        return 0;
    }

    static ValueTask KeepNothing(string lane, string query, string contentType, in ReadOnlySequence<byte> body) =>
        default;

    static (LoadResult Load, double Rss, double Micros) Measure(int rows, int connections, bool stores)
    {
        var folder = Directory.CreateTempSubdirectory("receipts-benchmark-").FullName;
        try
        {
            using var server = Process.Start(new ProcessStartInfo(
                Environment.ProcessPath!, stores ? [ServerVerb, "--data", folder] : [ServerVerb])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            LoadResult result;
            using (var load = new ReceiptLoad(new Uri(server.StandardOutput.ReadLine()!), Lane, connections))
            {
                load.Run(WarmingUp); // compiled before it is measured
                result = load.Run(rows);
            }

            server.StandardInput.Close();
            var cost = server.StandardOutput
                .ReadLine()!
                .Split(' ')
                .Select(text => double.Parse(text, CultureInfo.InvariantCulture))
                .ToArray();
            server.WaitForExit();
            return (result, cost[0], 1e6 * cost[1] / (rows + WarmingUp));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static double Median(List<LoadResult> results, Func<LoadResult, double> value) =>
        ProgramRun.Median(results.Select(value));
}
