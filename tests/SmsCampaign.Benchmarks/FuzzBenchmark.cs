using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Tests.Fuzz;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// fuzz [--target NAME] [--cases N] [--from N] [--seed N]: breaks valid input in N ways and has the program read it,
/// for every target or the one named. Ends with 1 at the first case that breaks something, and says which.
/// </summary>
static class FuzzBenchmark
{
    /// <summary>A case that takes longer is called a hang.</summary>
    static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);

    public static int Run(Arguments arguments)
    {
        var seed = arguments.Number("seed", 1);
        var from = arguments.Number("from", 0);
        var cases = arguments.Number("cases", 1_000_000);
        var broken = 0;

        foreach (var name in FuzzTargets.All.Keys.Where(name =>
            arguments.Text("target") is not { } only || only == name))
            broken += RunTarget(name, seed, from, cases) ? 0 : 1;
        return broken == 0 ? 0 : 1;
    }

    static bool RunTarget(string name, int seed, int from, int cases)
    {
        using var target = FuzzTargets.All[name](seed);
        var watch = Stopwatch.StartNew();
        var longest = (Time: TimeSpan.Zero, Case: from);
        var taken = 0L;

        for (var number = from; number < from + cases; number++)
        {
            var began = watch.Elapsed;
            try
            {
                taken += target.Try(number) ? 1 : 0;
            }
            catch (Exception failure)
            {
                Console.WriteLine($"{name}: case {number} of seed {seed} broke it: {failure}");
                return false;
            }

            if (watch.Elapsed - began > longest.Time)
                longest = (watch.Elapsed - began, number);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {cases:N0} cases of seed {seed}, {taken:N0} taken all the same, none broke it; "
                + $"{cases / watch.Elapsed.TotalSeconds:N0} cases/s, the longest "
                + $"{longest.Time.TotalMilliseconds:0} ms (case {longest.Case})"));
        return longest.Time < Hang;
    }
}
