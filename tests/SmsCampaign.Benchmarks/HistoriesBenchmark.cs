using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Tests.Histories;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// histories [--cases N] [--seed N] [--side-by-side N]: drives the whole dispatcher through N histories of gateways'
/// answers, stops and kills on a moving clock, and holds the rules against what the gateways received. Ends with 1
/// where one was broken, and says in which.
/// </summary>
static class HistoriesBenchmark
{
    public static int Run(Arguments arguments)
    {
        var from = arguments.Number("seed", 1);
        var cases = arguments.Number("cases", 10_000);
        var watch = Stopwatch.StartNew();
        var next = from - 1;
        var done = 0;
        var broken = 0;
        Task.WhenAll(Enumerable.Range(0, arguments.Number("side-by-side", 32)).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var seed && seed < from + cases)
            {
                using var history = new History(seed);
                try
                {
                    await history.RunAsync();
                }
                catch (Exception fault)
                {
                    Interlocked.Increment(ref broken);
                    Console.Error.WriteLine($"history {seed}: {(fault is HistoryException ? fault.Message : fault)}");
                }

                if (Interlocked.Increment(ref done) % 500 == 0)
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{done} histories, {broken} broken, {watch.Elapsed.TotalSeconds:0} s"));
            }
        }))).GetAwaiter().GetResult();

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{done} histories from seed {from}: {broken} broken, {watch.Elapsed.TotalSeconds:0} s"));
        return broken == 0 ? 0 : 1;
    }
}
