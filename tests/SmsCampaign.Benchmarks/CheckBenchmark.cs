using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// check [--runs N]: wall seconds of <c>sms-campaign check</c> on the sample, built, each run a process from its start
/// to its end.
/// </summary>
static class CheckBenchmark
{
    public static int Run(Arguments arguments)
    {
        var folder = Repository.PathOf(".");
        var seconds = new List<double>();

        for (var run = 0; run < arguments.Number("runs", 5); run++)
        {
            var clock = Stopwatch.StartNew();
            ProgramRun.Finish(folder, "check", "samples/dak-lak-2025/campaign.yaml", "--lang", "en");
            seconds.Add(clock.Elapsed.TotalSeconds);
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"check of the sample: {seconds[^1]:0.00} s"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median: {ProgramRun.Median(seconds):0.00} s"));
        return 0;
    }
}
