using System.Globalization;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// send-postgres [--messages N] [--list N] [--connections N] [--max-in-flight N] [--runs N] --connection STRING:
/// messages a second from the ledger to a gateway and back, with the ledger in PostgreSQL and in SQLite, in turn; each
/// rate and their ratio, and the medians.
/// </summary>
static class PostgresSendBenchmark
{
    public static int Run(Arguments arguments) => RunAsync(
        new SendCase(
            arguments.Number("messages", 100_000),
            TimeSpan.FromMilliseconds(arguments.Number("latency", 0)),
            arguments.Number("list", 1),
            arguments.Number("connections", 64),
            arguments.Number("max-in-flight", 1_000)),
        arguments.Number("runs", 3),
        new PostgresAddress(arguments.Text("connection")!)).GetAwaiter().GetResult();

    static async Task<int> RunAsync(SendCase work, int runs, PostgresAddress address)
    {
        var folder = Directory.CreateTempSubdirectory("send-postgres-").FullName;
        try
        {
            using var gateway = GatewayProcess.Start(work.Latency);
            var warm = BenchmarkRun.Create(Path.Combine(folder, "warm.db"), work.MessagesToWarmUp);
            await SendBenchmark.SendAsync(warm, gateway.Address, work);
            await SendAsync(work with { Messages = work.MessagesToWarmUp });

            List<double> sqlite = [], postgres = [], ratios = [];
            for (var pair = 0; pair < runs; pair++)
            {
                var file = BenchmarkRun.Create(
                    Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{pair}.db")), work.Messages);
                var inFile = await SendBenchmark.SendAsync(file, gateway.Address, work);
                var inServer = await SendAsync(work);
                sqlite.Add(inFile.Rate);
                postgres.Add(inServer.Rate);
                ratios.Add(inServer.Rate / inFile.Rate);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"pair {pair + 1}: SQLite {inFile.Rate:N0}/s ({inFile.CpuMicrosecondsAMessage:0.0} µs), PostgreSQL "
                        + $"{inServer.Rate:N0}/s ({inServer.CpuMicrosecondsAMessage:0.0} µs), "
                        + $"ratio {ratios[^1]:0.00}"));
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{work}, medians of {runs}: SQLite {ProgramRun.Median(sqlite):N0}/s, PostgreSQL "
                    + $"{ProgramRun.Median(postgres):N0}/s, ratio {ProgramRun.Median(ratios):0.00}"));
            return 0;

            Task<SendFigures> SendAsync(SendCase work)
            {
                var data = new DataFolder(folder) { Postgres = address };
                var run = data.AddressOf(BenchmarkRun.Key);
                if (Ledgers.RunAt(run) is { Exists: true } before)
                    before.SetAside(TimeProvider.System);
                using (var builder = Ledgers.RunAt(run).Build())
                    BenchmarkRun.Create(builder, work.Messages);
                return SendBenchmark.SendAsync(clock => RunLedger.Open(run.KeptIn, clock), gateway.Address, work);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
