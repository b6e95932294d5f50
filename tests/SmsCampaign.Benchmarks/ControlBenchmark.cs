using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Tests.EndToEnd;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// control [--runs N]: seconds from starting <c>pause</c> at another terminal to the last request at the gateway, and
/// to its answer, at several rates, while the worker sends. The median of the runs and the largest.
/// </summary>
static class ControlBenchmark
{
    /// <summary>Parts a second; the last is more than any machine reaches.</summary>
    static readonly int[] Rates = [10, 100, 1_000, 10_000, 100_000];

    /// <summary>How long a campaign runs before it is paused.</summary>
    static readonly TimeSpan Running = TimeSpan.FromSeconds(1.5);

    /// <summary>How long it is looked for requests that come after the answer.</summary>
    static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(2);

    public static int Run(Arguments arguments) => RunAsync(arguments.Number("runs", 5)).GetAwaiter().GetResult();

    static async Task<int> RunAsync(int runs)
    {
        var longest = 0.0;
        foreach (var rate in Rates)
        {
            var measured = new List<(double LastRequest, double Answer)>();
            for (var run = 0; run < runs; run++)
                measured.Add(await MeasureAsync(rate));

            var last = measured.Select(each => each.LastRequest).Order().ToList();
            var answer = measured.Select(each => each.Answer).Order().ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{rate} parts/s: last request {last[runs / 2]:0.000} s after 'pause' was started (largest "
                    + $"{last[^1]:0.000} s), answered after {answer[runs / 2]:0.000} s (largest {answer[^1]:0.000} s; "
                    + $"{runs} runs)"));
            longest = Math.Max(longest, last[^1]);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"largest: last request {longest:0.000} s after 'pause' was started"));
        return longest < 2 ? 0 : 1;
    }

    /// <returns>Seconds since the verb was started; the last request is at 0 where none came after it.</returns>
    static async Task<(double LastRequest, double Answer)> MeasureAsync(int rate)
    {
        var lane = new OfficeLane("viettel", 84_960_000_001, Math.Min(200_000, rate * 30), rate)
        {
            MaxInFlight = Math.Min(10_000, Math.Max(64, rate)),
            Connections = Math.Min(1_000, Math.Max(64, rate)),
        };
        await using var office = await Tests.EndToEnd.Office.OpenAsync([lane]);
        await office.ApproveAsync();
        await using var worker = office.Start("worker");
        await worker.UntilAsync(() => office.MessagesSeen() > 0);
        await Task.Delay(Running, TimeProvider.System, CancellationToken.None);

        var clock = Stopwatch.StartNew();
        var before = office.Network.Elapsed;
        var paused = await office.RunAsync(
            "pause", Tests.EndToEnd.Office.CampaignId, "--by", "Trần Thị B", "--reason", "đo");
        var answer = clock.Elapsed.TotalSeconds;
        if (paused.ExitCode != 0 || worker.HasExited)
            throw new InvalidOperationException($"was not paused: {paused}");

        await Task.Delay(Afterwards, TimeProvider.System, CancellationToken.None);
        var last = office.Network.Arrivals(lane.Carrier)[^1].Microseconds / 1e6;
        return (Math.Max(0, last - before.TotalSeconds), answer);
    }
}
