using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// lanes [--seconds N] [--latency MS] [--runs N]: five lanes side by side with contracts of 50 to 1,000 parts a second
/// and messages of four parts: each lane's share of its contract, the most parts in any sliding second, both from the
/// ledger, and what it all costs in CPU.
/// </summary>
static class LanesBenchmark
{
    const int Parts = 4;
    const long Second = 1_000_000;
    static readonly int[] Contracts = [50, 100, 200, 500, 1_000];

    public static int Run(Arguments arguments) => RunAsync(
        arguments.Number("seconds", 30),
        TimeSpan.FromMilliseconds(arguments.Number("latency", 20)),
        arguments.Number("runs", 5))
        .GetAwaiter()
        .GetResult();

    static async Task<int> RunAsync(int seconds, TimeSpan latency, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("lanes-benchmark-").FullName;
        try
        {
            using var gateway = GatewayProcess.Start(latency);
            var fresh = BenchmarkRun.Create(
                Path.Combine(folder, "fresh.db"),
                Contracts.Max() * (seconds + 5) / Parts,
                Parts,
                [.. Contracts.Select(NameOf)]);
            var warm = BenchmarkRun.Install(fresh, Path.Combine(folder, "warm"));
            await SendAsync(warm, gateway.Address, 3); // unmeasured: the code compiled

            var cpu = new List<double>();
            var shares = Contracts.ToDictionary(contract => contract, _ => new List<double>());
            var most = Contracts.ToDictionary(contract => contract, _ => 0L);
            for (var run = 0; run < runs; run++)
            {
                var data = BenchmarkRun.Install(fresh, Path.Combine(folder, NameOf(run)));
                cpu.Add(await SendAsync(data, gateway.Address, seconds));
                for (var lane = 0; lane < Contracts.Length; lane++)
                {
                    var (rate, inASecond) = ReadLane(data.AddressOf(BenchmarkRun.Key).KeptIn.Name, lane + 1);
                    shares[Contracts[lane]].Add(rate / Contracts[lane]);
                    most[Contracts[lane]] = Math.Max(most[Contracts[lane]], inASecond);
                }
            }

            foreach (var contract in Contracts)
            {
                // Only whole messages fit a second: 48 parts of 50, were they never so close.
                var attainable = contract / Parts * Parts / (double)contract;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"contract {contract,5} parts/s: {ProgramRun.Median(shares[contract]):0.000} of it used (whole "
                        + $"messages allow {attainable:0.000}), at most {most[contract]} in any second"));
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"CPU {ProgramRun.Median(cpu):0.0} % of a core, medians of {runs} runs of {seconds} s, gateway "
                    + $"{latency.TotalMilliseconds:0} ms"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>CPU used, per cent of one core.</returns>
    static async Task<double> SendAsync(DataFolder data, Uri gateway, int seconds)
    {
        var clock = new ProcessClock(TimeProvider.System);
        await using var ledger = BenchmarkRun.Open(data, clock);
        using var accounts = new LaneAccounts(
            Contracts.Select(contract => new Lane(NameOf(contract), OptionsOf(contract, gateway))), clock);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), TimeProvider.System);

        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await new RunSession(ledger, SendBenchmark.AllDay, accounts, clock).SendAsync(
            DateOnly.FromDateTime(clock.Time.GetUtcNow().UtcDateTime), stop.Token);
        process.Refresh();
        return (process.TotalProcessorTime - cpu) / watch.Elapsed * 100;
    }

    static Carriers.Http.HttpLaneOptions OptionsOf(int contract, Uri gateway)
    {
        var options = SendBenchmark.Options(gateway, new SendCase(0, TimeSpan.Zero, 1, 32, 32));
        options.Carriers = [NameOf(contract)];
        options.Rate = contract;
        options.RateUnit = RateUnit.Parts;
        return options;
    }

    static (double Rate, long MostInASecond) ReadLane(string path, int lane)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        using var handed = db.Prepare("""
            select handed_us from attempt where lane = ?1 and calls = 1 and handed_us is not null
            union all
            select state.handed_us from attempt join state on state.attempt = attempt.id
            where attempt.lane = ?1 and attempt.calls > 1 and state.handed_us is not null
            order by 1
            """);
        handed.Bind(1, lane);
        var moments = new List<long>();
        while (handed.Step())
            moments.Add(handed.Number(0));

        var most = 0;
        for (int first = 0, last = 0; last < moments.Count; last++)
        {
            while (moments[first] <= moments[last] - Second)
                first++;
            most = Math.Max(most, last - first + 1);
        }

        return ((moments.Count - 1) * Parts * (double)Second / (moments[^1] - moments[0]), most * Parts);
    }

    static string NameOf(int contract) => string.Create(CultureInfo.InvariantCulture, $"lane{contract}");
}
