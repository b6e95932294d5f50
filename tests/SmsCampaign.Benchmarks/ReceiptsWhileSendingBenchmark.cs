using System.Diagnostics;
using System.Globalization;
using SmsCampaign.App.Receiving;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// receipts-while-sending [--messages N] [--rate N] [--runs N]: the rate of sending as fast as it goes
/// (single messages, 0 ms, 64 connections), alone and with receipts brought to the same process at a rate,
/// kept and settled. Pairs in turn.
/// </summary>
static class ReceiptsWhileSendingBenchmark
{
    public const string ChildVerb = "receipts-load";
    const int Connections = 16;

    public static int Run(Arguments arguments) => RunAsync(
        arguments.Number("messages", 300_000), arguments.Number("rate", 5_000), arguments.Number("runs", 5))
        .GetAwaiter()
        .GetResult();

    /// <summary>Brings receipts to --address at --rate until standard input ends. Prints how many
    /// were answered 200.</summary>
    public static int RunChild(Arguments arguments)
    {
        using var load = new ReceiptLoad(
            new Uri(arguments.Text("address")!), BenchmarkRun.LaneName, Connections, BenchmarkRun.Code);
        using var stop = new CancellationTokenSource();
        var bringing = Task.Run(() => load.RunAt(arguments.Number("rate", 0), stop.Token));
        Console.In.ReadLine();
        stop.Cancel();
        Console.WriteLine(bringing.GetAwaiter().GetResult().ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    static async Task<int> RunAsync(int messages, int rate, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("receipts-while-sending-").FullName;
        try
        {
            var work = new SendCase(messages, TimeSpan.Zero, 1, 64, 1_000);
            using var gateway = GatewayProcess.Start(TimeSpan.Zero);
            var fresh = BenchmarkRun.Create(Path.Combine(folder, "fresh.db"), messages);
            await SendBenchmark.SendAsync(
                BenchmarkRun.Create(Path.Combine(folder, "warm.db"), work.MessagesToWarmUp), gateway.Address, work);

            List<double> alone = [], together = [], ratios = [];
            for (var pair = 0; pair < runs; pair++)
            {
                var run = Path.Combine(folder, "run.db");
                File.Copy(fresh, run, overwrite: true);
                alone.Add((await SendBenchmark.SendAsync(run, gateway.Address, work)).Rate);

                var data = Path.Combine(folder, $"data{pair}");
                var (sent, receipts, settled) = await SendWithReceiptsAsync(data, fresh, gateway.Address, work, rate);
                together.Add(sent);
                ratios.Add(sent / alone[^1]);
                Directory.Delete(data, recursive: true);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"pair {pair + 1}: alone {alone[^1]:N0}/s; with {receipts:N0} receipts/s, {settled:N0} of them "
                        + $"settled meanwhile, {sent:N0}/s, ratio {ratios[^1]:0.00}"));
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"medians of {runs}: alone {ProgramRun.Median(alone):N0}/s, with {rate:N0} receipts/s asked for "
                    + $"{ProgramRun.Median(together):N0}/s, ratio {ProgramRun.Median(ratios):0.00}"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<(double Sent, double Receipts, long Settled)> SendWithReceiptsAsync(
        string folder, string fresh, Uri gateway, SendCase work, int rate)
    {
        var data = new DataFolder(folder);
        Directory.CreateDirectory(Path.Combine(folder, "runs"));
        File.Copy(fresh, Path.Combine(folder, "runs", "bench.db"));

        var clock = new ProcessClock(TimeProvider.System);
        var registry = Ledgers.OpenRegistry(data);
        registry.AddRun(
            new RunRecord
            {
                Key = "bench/2025-07-30",
                Campaign = "bench",
                Date = "2025-07-30",
                Code = BenchmarkRun.Code,
                File = Path.Combine("runs", "bench.db"),
                CampaignFile = "/bench.yaml",
                Definition = "",
                DefinitionHash = "0",
                AudienceHash = "0",
                PlanHash = "0",
            },
            clock.Time.GetUtcNow());

        using var accounts = new LaneAccounts(
            [new Lane(BenchmarkRun.LaneName, SendBenchmark.Options(gateway, work))], clock);
        await using var store = Ledgers.OpenReceipts(data, clock);
        await using var runs = new OpenRuns(data, registry, clock);
        var ledger = runs.FindByCode(BenchmarkRun.Code)!;
        await using var server = await ReceiptServer.StartAsync(
            new Uri("http://127.0.0.1:0"),
            new ReceiptIntake(store.AppendAsync, CallbackGuards.Open(accounts.Names), TimeProvider.System),
            CancellationToken.None);

        using var over = new CancellationTokenSource();
        var settling = new ReceiptSettler(store, runs, accounts, clock).RunAsync(over.Token);
        var sending = new RunSession(ledger, SendBenchmark.AllDay, accounts, clock).SendAsync(
            DateOnly.FromDateTime(clock.Time.GetUtcNow().UtcDateTime), CancellationToken.None);

        using var load = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!,
            [ChildVerb, "--address", server.Address.ToString(), "--rate", rate.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

        var watch = Stopwatch.StartNew();
        await sending;
        var seconds = watch.Elapsed.TotalSeconds;
        load.StandardInput.Close();
        var brought = long.Parse((await load.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        var settled = ledger.Counters.Of(MessageStatus.Delivered);
        await over.CancelAsync();
        await settling;
        return (work.Messages / seconds, brought / seconds, settled);
    }
}
