using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// waiting [--recipients N] [--few N] [--seconds N] [--runs N]: a process that sends from a ledger in which N
/// recipients wait, beside one with few: seconds from opening the ledger to the first message at the gateway, steady
/// rate, and the most memory it takes.
/// </summary>
static class WaitingBenchmark
{
    public const string ChildVerb = "waiting-once";
    static readonly SendCase Work = new(0, TimeSpan.Zero, 1, 64, 1_000);

    public static int Run(Arguments arguments)
    {
        var sizes = new[] { arguments.Number("few", 30_000), arguments.Number("recipients", 3_000_000) };
        var seconds = arguments.Number("seconds", 15);
        var runs = arguments.Number("runs", 5);
        var folder = Directory.CreateTempSubdirectory("waiting-benchmark-").FullName;
        try
        {
            using var gateway = GatewayProcess.Start(TimeSpan.Zero);
            var all = sizes.ToDictionary(size => size, _ => new List<Figures>());
            foreach (var size in sizes)
                BenchmarkRun.Create(Path.Combine(folder, $"{size}.db"), size);

            for (var run = 0; run < runs; run++)
            {
                foreach (var size in sizes)
                    all[size].Add(Measure(Path.Combine(folder, $"{size}.db"), folder, gateway.Address, seconds));
            }

            foreach (var size in sizes)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{size,9:N0} waiting: first message after {Median(size, each => each.Start):0.00} s, "
                        + $"{Median(size, each => each.Rate):N0} messages/s, peak memory "
                        + $"{Median(size, each => each.Mebibytes):0} MiB (medians of {runs})"));
            }

            return 0;

            double Median(int size, Func<Figures, double> figure) => ProgramRun.Median(all[size].Select(figure));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Sends in this process for a while: prints seconds to the first hand-over, rate
    /// and peak memory.</summary>
    public static int RunChild(Arguments arguments) => RunChildAsync(
        arguments.Text("data")!,
        arguments.Text("warm")!,
        new Uri(arguments.Text("gateway")!),
        arguments.Number("seconds", 0))
        .GetAwaiter()
        .GetResult();

    static async Task<int> RunChildAsync(string folder, string warm, Uri gateway, int seconds)
    {
        await SendBenchmark.SendAsync(warm, gateway, Work);

        var clock = new ProcessClock(TimeProvider.System);
        var opened = clock.Now();
        var data = new DataFolder(folder, folder + ".marks");
        await using var ledger = BenchmarkRun.Open(data, clock);
        using var accounts = new LaneAccounts(
            [new Lane(BenchmarkRun.LaneName, SendBenchmark.Options(gateway, Work))], clock);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        await new RunSession(ledger, SendBenchmark.AllDay, accounts, clock).SendAsync(
            DateOnly.FromDateTime(clock.Time.GetUtcNow().UtcDateTime), stop.Token);

        var (first, last) = FirstAndLast(data.AddressOf(BenchmarkRun.Key).KeptIn.Name);
        var sent = ledger.Counters.Of(MessageStatus.Accepted);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(first - opened) / 1e6:R} {sent / ((last - first) / 1e6):R} {ProcessMemory.PeakMebibytes():R}"));
        return 0;
    }

    static (long First, long Last) FirstAndLast(string path)
    {
        using var db = Storage.Sqlite.SqliteDb.Open(path, readOnly: true);
        return (
            db.ReadNumber("select min(handed_us) from state")!.Value,
            db.ReadNumber("select max(handed_us) from state")!.Value);
    }

    static Figures Measure(string fresh, string folder, Uri gateway, int seconds)
    {
        var data = BenchmarkRun.Install(fresh, Path.Combine(folder, "once"));
        var warm = BenchmarkRun.Create(Path.Combine(folder, "warm.db"), Work.MessagesToWarmUp);

        using var child = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!,
            [
                ChildVerb,
                "--data",
                data.Root,
                "--warm",
                warm,
                "--gateway",
                gateway.ToString(),
                "--seconds",
                seconds.ToString(CultureInfo.InvariantCulture),
            ])
        {
            RedirectStandardOutput = true,
        })!;
        var said = child.StandardOutput
            .ReadToEnd()
            .Split(' ')
            .Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))
            .ToList();
        child.WaitForExit();
        File.Delete(warm);
        BenchmarkRun.Remove(data);
        return new Figures(said[0], said[1], said[2]);
    }

    readonly record struct Figures(double Start, double Rate, double Mebibytes);
}
