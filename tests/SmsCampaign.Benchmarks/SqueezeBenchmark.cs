using System.Diagnostics;
using System.Globalization;
using SmsCampaign.App.Sending;
using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Reports.Proof;
using SmsCampaign.Simulator;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite.Run;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// squeeze [--seconds N] [--runs N] [--cold N]: how much the way to the gateway squeezes together what left evenly. The
/// largest number of parts in a sliding second as the ledger proves it and as the simulated carrier counted it on
/// arrival, over real HTTP on loopback, single messages of one part.
/// </summary>
/// <remarks>
/// With --cold N a process of its own sends from its first message on, N times a contract, to a gateway that is warm:
/// the shortest time in which more than the contract came in, which is what a carrier that counts strictly sees.
/// </remarks>
static class SqueezeBenchmark
{
    static readonly (int Rate, int LatencyMilliseconds)[] Cases =
        [(10, 0), (100, 0), (1_000, 0), (5_000, 0), (100, 2_000), (1_000, 200)];

    /// <summary>What a cold start is: a process of its own.</summary>
    public const string ColdVerb = "squeeze-cold";

    static readonly (int Rate, int LatencyMilliseconds)[] ColdCases =
        [(20, 0), (100, 0), (100, 150), (1_000, 0), (1_000, 20), (5_000, 0)];

    public static int Run(Arguments arguments)
    {
        if (arguments.Number("cold", 0) is > 0 and var starts)
            return RunColdAsync(starts).GetAwaiter().GetResult();

        Console.WriteLine($"{"contract",8} {"latency",8} {"ledger",7} {"carrier",8} {"squeezed",9} {"used",7}");
        foreach (var (rate, latency) in Cases)
        {
            for (var run = 0; run < arguments.Number("runs", 3); run++)
            {
                var (proof, arrived) =
                    MeasureAsync(rate, latency, arguments.Number("seconds", 20)).GetAwaiter().GetResult();
                var lane = proof.Lanes[0];
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{rate,8} {latency,5} ms {lane.Limits[0].Most,7} {arrived,8} "
                        + $"{(double)arrived / lane.Limits[0].Most - 1,9:+0.0 %;-0.0 %} {lane.Share,7:0.0 %}"));
                if (!proof.IsKept)
                    return 1;
            }
        }

        return 0;
    }

    /// <summary>Sends three seconds' worth and ends.</summary>
    public static int RunCold(Arguments arguments)
    {
        SendAsync(arguments.Number("rate", 100), arguments.Number("latency", 0), 3, new Uri(arguments.Text("gateway")!))
            .GetAwaiter()
            .GetResult();
        return 0;
    }

    static async Task<int> RunColdAsync(int starts)
    {
        Console.WriteLine(
            $"{"contract",8} {"latency",8} {"most in 1 s",11} {"shortest time of more than the contract, s",44}");
        foreach (var (rate, latency) in ColdCases)
        {
            var (most, shortest) = (0, new List<double>());
            for (var start = 0; start < starts; start++)
            {
                await using var network = await StartNetworkAsync(latency);
                using var cold = Process.Start(new ProcessStartInfo(
                    Environment.ProcessPath!,
                    [
                        ColdVerb,
                        "--rate",
                        $"{rate}",
                        "--latency",
                        $"{latency}",
                        "--gateway",
                        network.Address.ToString(),
                    ]))!;
                await cold.WaitForExitAsync();
                if (cold.ExitCode != 0)
                    return 1;

                most = Math.Max(most, network.Stats().Of("viettel").MostPartsInASecond);
                var arrivals = network.Arrivals("viettel");
                shortest.Add(Enumerable.Range(0, arrivals.Count - rate).Min(at =>
                    arrivals[at + rate].Microseconds - arrivals[at].Microseconds) / 1e6);
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{rate,8} {latency,5} ms {most,11} {shortest.Min(),20:0.000} (median "
                    + $"{shortest.Order().ElementAt(starts / 2):0.000})"));
        }

        return 0;
    }

    static Task<SimulatedNetwork> StartNetworkAsync(int latency) => SimulatedNetwork.StartAsync(
        new SimulatorOptions(
            1, [new SimulatedCarrierOptions("viettel") { Latency = TimeSpan.FromMilliseconds(latency) }]),
        TimeProvider.System);

    static async Task<(RateProof Proof, int Arrived)> MeasureAsync(int rate, int latency, int seconds)
    {
        await using var network = await StartNetworkAsync(latency);
        var proof = await SendAsync(rate, latency, seconds, network.Address);
        return (proof, network.Stats().Of("viettel").MostPartsInASecond);
    }

    static async Task<RateProof> SendAsync(int rate, int latency, int seconds, Uri gateway)
    {
        var folder = Directory.CreateTempSubdirectory("squeeze-benchmark-").FullName;
        try
        {
            var run = MakeRun(folder, rate, rate * seconds);
            var clock = new ProcessClock(TimeProvider.System);
            var lane = new Lane("viettel", new HttpLaneOptions
            {
                Type = "http",
                Rate = rate,
                MaxInFlight = Math.Max(64, 2 * rate * latency / 1_000),
                ReceiptTrust = ReceiptTrust.None,
                Carriers = ["viettel"],
            });
            using var accounts = new LaneAccounts(SimulatedLanes.For([lane], gateway), clock);

            await using (var ledger = RunLedger.Open(run, clock))
            {
                var always = new SendWindow(new TimeOnly(0, 0), new TimeOnly(23, 59, 59), TimeZoneInfo.Utc);
                await new RunSession(ledger, always, accounts, clock).SendAsync(
                    always.DayOf(clock.Time.GetUtcNow()), CancellationToken.None);
            }

            return RateProver.Prove(RunAddress.OfFile(run), []);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string MakeRun(string folder, int rate, int messages)
    {
        var path = Path.Combine(folder, "run.db");
        using var builder = new RunBuilder(path);
        for (var position = 1; position <= messages; position++)
            builder.AddMessage(1, new MessageRow(84_960_000_000 + position, 1, 1, CarrierRule.Prefix, 1, position + 1));

        builder.Complete(
            new ImportedAudience
            {
                Sources = [new AudienceSource("subscribers.csv", "00", messages)],
                Segments = [new AudienceSegment("tat-ca", "chinh", 1, messages)],
                Carriers = [new AudienceCarrier("viettel", "Viettel", "viettel")],
                Areas = [""],
                Recipients = [new AudienceCount(1, 1, messages)],
                Excluded = new Dictionary<ExclusionReason, long>(),
                Repaired = new Dictionary<string, long>(),
                Hash = "audience",
            },
            new Plan(
                [new PlannedLane(
                    1, "viettel", rate, RateUnit.Parts, ReceiptTrust.None, TimeSpan.FromHours(1), 330, "{}")],
                [.. Enumerable.Range(0, (messages + 9_999) / 10_000).Select(at => new Batch(
                    1,
                    1,
                    1,
                    MessageSeq.Of(1, at * 10_000 + 1),
                    MessageSeq.Of(1, Math.Min(messages, (at + 1) * 10_000)),
                    1))],
                "plan"),
            new RunDescription
            {
                Key = RunKey.Parse("squeeze/2025-07-30"),
                Code = "squeeze1",
                Sender = "CHINH PHU",
                Texts = new Dictionary<string, string>
                {
                    ["chinh"] = "Toàn dân tích cực tham gia phòng, chống mua bán người.",
                },
            });
        return path;
    }
}
