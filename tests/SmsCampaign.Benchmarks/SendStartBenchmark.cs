using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Simulator;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// send-start [--recipients N] [--runs N]: seconds from the start of the process <c>sms-campaign send</c> to the first
/// message at a gateway, with the recipients imported, planned and approved before.
/// </summary>
/// <remarks>
/// The gateway is a simulator in this process, reached over HTTP on loopback by an exercise dated today, in a zone
/// where it is midday now. Each run starts from the same data folder, freshly copied.
/// </remarks>
static class SendStartBenchmark
{
    internal static readonly string[] Carriers = ["viettel", "vinaphone", "mobifone", "vietnamobile", "gmobile"];

    public static int Run(Arguments arguments) => RunAsync(
        arguments.Number("recipients", 1_000_000), arguments.Number("runs", 5)).GetAwaiter().GetResult();

    static async Task<int> RunAsync(int recipients, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("send-start-benchmark-").FullName;
        try
        {
            await using var probe = await StartNetworkAsync();
            WriteCampaign(folder, recipients, probe.Address);
            ProgramRun.Finish(
                folder, "approve", "campaign.yaml", "--by", "benchmark", "--installation", "config/smscampaign.json");

            var seconds = new List<double>();
            for (var run = 0; run < runs; run++)
            {
                seconds.Add(await MeasureAsync(folder, probe));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"first message of {recipients:N0} after {seconds[^1]:0.00} s"));
            }

            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"median: {ProgramRun.Median(seconds):0.00} s"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<double> MeasureAsync(string folder, SimulatedNetwork network)
    {
        var data = Path.Combine(folder, "data-run");
        Copy(Path.Combine(folder, "data"), data);
        var before = Arrived(network);

        var clock = Stopwatch.StartNew();
        using var process = ProgramRun.Start(
            folder, "send", "campaign.yaml", "--data", "data-run", "--installation", "config/smscampaign.json");
        while (Arrived(network) == before && !process.HasExited)
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, CancellationToken.None);

        var seconds = clock.Elapsed.TotalSeconds;
        if (process.HasExited)
            throw new InvalidOperationException($"send ended with {process.ExitCode} before it sent anything");

        process.Kill();
        await process.WaitForExitAsync();
        Directory.Delete(data, recursive: true);
        Directory.Delete(data + ".marks", recursive: true);
        return seconds;
    }

    internal static long Arrived(SimulatedNetwork network) => Carriers.Sum(carrier => network.Arrivals(carrier).Count);

    internal static Task<SimulatedNetwork> StartNetworkAsync() => SimulatedNetwork.StartAsync(
        new SimulatorOptions(1, [.. Carriers.Select(carrier => new SimulatedCarrierOptions(carrier))]),
        TimeProvider.System);

    internal static void WriteCampaign(string folder, int recipients, Uri gateway)
    {
        using (var list = new StreamWriter(Path.Combine(folder, "subscribers.csv")))
            new SubscriberGenerator(1, ListUpkeep.Clean).Write(list, recipients);

        Directory.CreateDirectory(Path.Combine(folder, "config"));
        foreach (var table in new[] { "prefixes.csv", "carriers.csv" })
            File.Copy(Repository.PathOf($"config/{table}"), Path.Combine(folder, "config", table));

        File.WriteAllText(
            Path.Combine(folder, "config", "smscampaign.json"),
            File.ReadAllText(Repository.PathOf("config/smscampaign.json"))
                .Replace("http://127.0.0.1:8099/", gateway.ToString(), StringComparison.Ordinal)
                .Replace("http://127.0.0.1:8090", "http://127.0.0.1:0", StringComparison.Ordinal)
                .Replace("\"../samples/dak-lak-2025/chuyen-mang.csv\"", "", StringComparison.Ordinal));

        // Etc/GMT-7 is seven hours ahead of UTC (the sign is POSIX's): chosen so that it is about noon there now.
        var now = TimeProvider.System.GetUtcNow();
        var ahead = 12 - now.Hour;
        var zone = ahead == 0
            ? "Etc/UTC"
            : string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{(ahead > 0 ? '-' : '+')}{Math.Abs(ahead)}");
        File.WriteAllText(Path.Combine(folder, "campaign.yaml"), string.Create(CultureInfo.InvariantCulture, $"""
            id: send-start
            title: Đo thời gian bắt đầu gửi
            mode: exercise
            directive:
              issuer: UBND tỉnh
              text: Toàn dân tích cực tham gia phòng, chống mua bán người.
              reportTo: UBND tỉnh
              reportBy: {now.AddDays(30):yyyy-MM-dd}
            sender: CHINH PHU
            messages:
              - name: chinh
                language: vi
                text: Toàn dân tích cực tham gia phòng, chống mua bán người.
            schedule:
              date: {now.AddHours(ahead):yyyy-MM-dd}
              window:
                from: "07:00"
                to: "22:00"
              timeZone: {zone}
              missed: start-late
              leftovers: next-day
            segments:
              - name: tat-ca
                file: subscribers.csv
                message: chinh
                priority: 1
            lanes: [{string.Join(", ", Carriers)}]
            canary:
              messages: 0

            """));
    }

    internal static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
