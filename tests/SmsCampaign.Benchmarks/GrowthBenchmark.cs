using System.Globalization;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// growth [--largest N] [--runs N] [--plot FILE]: rows a second of import, sending (lists of 100), settling and report
/// from 10,000 rows to the largest, each ten times the one before, as a table and as a plot.
/// </summary>
static class GrowthBenchmark
{
    const int Smallest = 10_000;

    static readonly (string Name, Func<string, int, double> Rate)[] Works =
    [
        ("import", ImportBenchmark.RateAt),
        ("send, 100 a call", SendBenchmark.RateAt),
        ("settle receipts", SettleBenchmark.RateAt),
        ("report", ReportBenchmark.RateAt),
    ];

    public static int Run(Arguments arguments)
    {
        var sizes = new List<int>();
        for (var size = Smallest; size <= arguments.Number("largest", 10_000_000); size *= 10)
            sizes.Add(size);

        var lines = new Dictionary<string, IReadOnlyList<(int, double)>>();
        foreach (var (name, rate) in Works)
        {
            var points = sizes.Select(size => (size, Rate: Measure(rate, size, arguments.Number("runs", 3)))).ToList();
            lines[name] = points;
            var cells = points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Rate:N0}"));
            Console.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
        }

        RatePlot.Write(arguments.Text("plot") ?? "growth.svg", lines);
        return 0;
    }

    static double Measure(Func<string, int, double> rate, int size, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("growth-").FullName;
        try
        {
            return ProgramRun.Median(Enumerable.Range(0, runs).Select(_ => rate(folder, size)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
