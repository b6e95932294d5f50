using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// send [--messages N] [--latency MS] [--list N] [--connections N] [--max-in-flight N] [--runs N]: messages a
/// second from the ledger to a gateway and back into the ledger, beside a bare HttpClient loop with no storage
/// that sends the same bytes at the same concurrency, and without the high-water marks. In turn, each rate and
/// its ratio, and the medians.
/// </summary>
static class SendBenchmark
{
    public static int Run(Arguments arguments) => RunAsync(new SendCase(
        arguments.Number("messages", 200_000),
        TimeSpan.FromMilliseconds(arguments.Number("latency", 0)),
        arguments.Number("list", 1),
        arguments.Number("connections", 64),
        arguments.Number("max-in-flight", 1_000)), arguments.Number("runs", 5)).GetAwaiter().GetResult();

    static async Task<int> RunAsync(SendCase work, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("send-benchmark-").FullName;
        try
        {
            using var gateway = GatewayProcess.Start(work.Latency);
            var ledger = BenchmarkRun.Create(Path.Combine(folder, "fresh.db"), work.Messages);

            // Both halves, unmeasured, until the runtime has compiled both for good: it takes some 100,000 calls.
            await BareLoop.RunAsync(gateway.Address, work with { Messages = work.MessagesToWarmUp });
            var warm = BenchmarkRun.Install(
                BenchmarkRun.Create(Path.Combine(folder, "warm.db"), work.MessagesToWarmUp),
                Path.Combine(folder, "warm"));
            await SendAsync(warm, gateway.Address, work);

            List<double> bares = [], ours = [], ratios = [], bareCpu = [], cpu = [], unmarked = [], bytes = [];
            for (var pair = 0; pair < runs; pair++)
            {
                var bare = await BareLoop.RunAsync(gateway.Address, work);
                var data = BenchmarkRun.Install(
                    ledger, Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"run{pair}")));
                var sent = await SendAsync(data, gateway.Address, work);

                // The same without the high-water marks: what these cost.
                var copy = Path.Combine(folder, "unmarked.db");
                File.Copy(ledger, copy, overwrite: true);
                var without = await SendAsync(copy, gateway.Address, work);

                bares.Add(bare.Rate);
                bareCpu.Add(bare.CpuMicrosecondsAMessage);
                ours.Add(sent.Rate);
                ratios.Add(sent.Rate / bare.Rate);
                cpu.Add(sent.CpuMicrosecondsAMessage);
                unmarked.Add(without.CpuMicrosecondsAMessage);
                bytes.Add((new FileInfo(data.AddressOf(BenchmarkRun.Key).KeptIn.Name).Length
                    - new FileInfo(ledger).Length) / (double)work.Messages);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"pair {pair + 1}: bare {bare.Rate:N0}/s ({bare.CpuMicrosecondsAMessage:0.0} µs), with the ledger "
                        + $"{sent.Rate:N0}/s, ratio {sent.Rate / bare.Rate:0.00}, "
                        + $"CPU {sent.CpuMicrosecondsAMessage:0.0} µs a message ({without.CpuMicrosecondsAMessage:0.0} "
                        + $"and {without.Rate:N0}/s without marks), ledger {bytes[^1]:0} bytes a message"));
                BenchmarkRun.Remove(data);
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{work}, medians of {runs}: bare {ProgramRun.Median(bares):N0}/s, with the ledger "
                    + $"{ProgramRun.Median(ours):N0}/s, ratio {ProgramRun.Median(ratios):0.00}, "
                    + $"CPU {ProgramRun.Median(cpu):0.0} µs (bare {ProgramRun.Median(bareCpu):0.0}, "
                    + $"without marks {ProgramRun.Median(unmarked):0.0}) and {ProgramRun.Median(bytes):0} "
                    + $"bytes of ledger a message"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>Messages a second by lists of 100, in this process.</returns>
    internal static double RateAt(string folder, int rows)
    {
        var work = new SendCase(rows, TimeSpan.Zero, 100, 64, 6_400);
        using var gateway = GatewayProcess.Start(TimeSpan.Zero);
        Once(BenchmarkRun.Create(Path.Combine(folder, "warm.db"), work.MessagesToWarmUp));
        File.Delete(Path.Combine(folder, "warm.db"));

        var fresh = Path.Combine(folder, $"{rows}.db");
        if (!File.Exists(fresh))
            BenchmarkRun.Create(fresh, rows);
        return Once(fresh);

        double Once(string ledger)
        {
            var data = BenchmarkRun.Install(ledger, Path.Combine(folder, "once"));
            var rate = SendAsync(data, gateway.Address, work).GetAwaiter().GetResult().Rate;
            BenchmarkRun.Remove(data);
            return rate;
        }
    }

    /// <summary>Sends a whole run through the engine as the program does: intents, calls, results, marks, all on
    /// disk at the end.</summary>
    internal static Task<SendFigures> SendAsync(DataFolder data, Uri gateway, SendCase work) =>
        SendAsync(clock => BenchmarkRun.Open(data, clock), gateway, work);

    /// <summary>The same without the high-water marks.</summary>
    internal static Task<SendFigures> SendAsync(string ledgerPath, Uri gateway, SendCase work) =>
        SendAsync(clock => RunLedger.Open(ledgerPath, clock), gateway, work);

    internal static async Task<SendFigures> SendAsync(
        Func<ProcessClock, RunLedger> open, Uri gateway, SendCase work)
    {
        var clock = new ProcessClock(TimeProvider.System);
        await using var ledger = open(clock);
        using var accounts = new LaneAccounts([new Lane(BenchmarkRun.LaneName, Options(gateway, work))], clock);
        var session = new RunSession(ledger, AllDay, accounts, clock);

        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var end = await session.SendAsync(
            DateOnly.FromDateTime(clock.Time.GetUtcNow().UtcDateTime), CancellationToken.None);
        var seconds = watch.Elapsed.TotalSeconds;
        process.Refresh();

        if (end != SendEnd.Done
            || ledger.Counters.Of(MessageStatus.Accepted) != ledger.Counters.Total(BenchmarkRun.LaneId))
            throw new InvalidOperationException(
                $"the run ended {end} with {ledger.Counters.Of(MessageStatus.Accepted)} accepted");

        var messages = ledger.Counters.Total(BenchmarkRun.LaneId);
        return new SendFigures(messages / seconds, (process.TotalProcessorTime - cpu).TotalMicroseconds / messages);
    }

    internal static HttpLaneOptions Options(Uri gateway, SendCase work) => new()
    {
        Type = "http",
        StandIn = true,
        Carriers = [BenchmarkRun.LaneName],
        Rate = 100_000,
        RateUnit = RateUnit.Requests,
        MaxInFlight = work.MaxInFlight,
        Connections = work.Connections,
        MostPerCall = work.List,
        ReceiptTrust = ReceiptTrust.Handset,
        PricePerPart = 0,
        Url = gateway,
        Body = Json(work.List > 1 ? """{"messages":"{items}"}""" : Message),
        Item = work.List > 1 ? Json(Message) : null,
        Answer = new HttpAnswerOptions
        {
            Results = work.List > 1 ? "results" : null,
            Id = "id",
            Code = "code",
            Accepted = ["queued"],
        },
        Receipts = new HttpReceiptOptions
        {
            Items = "receipts",
            Reference = "reference",
            Status = "status",
            Statuses = { ["DELIVRD"] = HttpReceiptMeaning.Delivered },
        },
    };

    internal static readonly SendWindow AllDay = new(TimeOnly.MinValue, new TimeOnly(23, 59, 59), TimeZoneInfo.Utc);

    internal const string Message = """{"reference":"{reference}","to":"{to}","from":"{sender}","text":"{text}"}""";

    static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}

/// <param name="List">Messages a call.</param>
readonly record struct SendCase(int Messages, TimeSpan Latency, int List, int Connections, int MaxInFlight)
{
    public int MessagesToWarmUp => Latency == TimeSpan.Zero ? 100_000 * (List > 1 ? 10 : 1) : 20_000;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Messages:N0} messages, {List} a call, {Connections} connections, {MaxInFlight} in flight at most, gateway "
            + $"{Latency.TotalMilliseconds:0} ms");
}

readonly record struct SendFigures(double Rate, double CpuMicrosecondsAMessage);
