using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Tests.EndToEnd;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// stop [--runs N]: seconds from SIGTERM to the last request at the gateway, and to the end of the process, at several
/// rates and times a gateway takes to answer. The largest counts.
/// </summary>
static class StopBenchmark
{
    /// <summary>Parts a second; the last is more than any machine reaches.</summary>
    static readonly int[] Rates = [10, 100, 1_000, 100_000];

    static readonly double[] LatencySeconds = [0, 0.02, 1, 5];

    /// <summary>How long a campaign runs before it is stopped: through its first second, where
    /// all is still even.</summary>
    static readonly TimeSpan Running = TimeSpan.FromSeconds(1.5);

    public static int Run(Arguments arguments) => RunAsync(arguments.Number("runs", 3)).GetAwaiter().GetResult();

    static async Task<int> RunAsync(int runs)
    {
        var (lastRequest, end) = (0.0, 0.0);
        foreach (var rate in Rates)
        {
            foreach (var latency in LatencySeconds)
            {
                var measured = new List<(double LastRequest, double End)>();
                for (var run = 0; run < runs; run++)
                    measured.Add(await MeasureAsync(rate, latency));

                var (most, longest) = (measured.Max(each => each.LastRequest), measured.Max(each => each.End));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{rate} parts/s, answers after {latency} s: last request {most:0.000} s after SIGTERM, process "
                        + $"gone after {longest:0.00} s (largest of {runs})"));
                (lastRequest, end) = (Math.Max(lastRequest, most), Math.Max(end, longest));
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"largest: last request {lastRequest:0.000} s after SIGTERM, process gone after {end:0.00} s"));
        return lastRequest < 2 ? 0 : 1;
    }

    /// <returns>Seconds from SIGTERM; the last request is at 0 where none came after it.</returns>
    static async Task<(double LastRequest, double End)> MeasureAsync(int rate, double latency)
    {
        // More in flight than the rate lets out while an answer takes its time, so that sending never stands still.
        var inFlight = Math.Min(10_000, Math.Max(64, rate * 6));
        var lane = new OfficeLane("viettel", 84_960_000_001, Math.Min(60_000, rate * 20), rate)
        {
            MaxInFlight = inFlight,
            Connections = Math.Min(1_000, inFlight),
        };
        await using var office = await Tests.EndToEnd.Office.OpenAsync(
            [lane], carrier => carrier with { Latency = TimeSpan.FromSeconds(latency) });
        await office.ApproveAsync();

        await using var program = office.Start("send", office.CampaignFile);
        await program.UntilAsync(() => office.MessagesSeen() > 0);
        await Task.Delay(Running, TimeProvider.System, CancellationToken.None);
        if (program.HasExited)
            throw new InvalidOperationException(
                $"the campaign is over before it is stopped: {await program.WaitAsync()}");

        var clock = Stopwatch.StartNew();
        var before = office.Network.Elapsed;
        program.Terminate();
        await program.WaitAsync();
        var end = clock.Elapsed.TotalSeconds;

        var last = office.Network.Arrivals(lane.Carrier)[^1].Microseconds / 1e6;
        return (Math.Max(0, last - before.TotalSeconds), end);
    }
}
