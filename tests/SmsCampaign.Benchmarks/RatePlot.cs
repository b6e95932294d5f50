using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace SmsCampaign.Benchmarks;

/// <summary>Rates against rows, both logarithmic, as SVG: what is flat does not get slower as it grows.</summary>
static class RatePlot
{
    public static void Write(string path, IReadOnlyDictionary<string, IReadOnlyList<(int Rows, double Rate)>> lines)
    {
        var plot = new PlotModel { Title = "Rows a second against rows", Background = OxyColors.White };
        plot.Axes.Add(new LogarithmicAxis
        {
            Position = AxisPosition.Bottom,
            Title = "rows",
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = OxyColors.LightGray,
        });
        plot.Axes.Add(new LogarithmicAxis
        {
            Position = AxisPosition.Left,
            Title = "rows/s",
            Minimum = 10_000,
            Maximum = 3_000_000,
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = OxyColors.LightGray,
        });
        plot.Legends.Add(new Legend { LegendPosition = LegendPosition.BottomRight });

        foreach (var (name, points) in lines)
        {
            var line = new LineSeries { Title = name, MarkerType = MarkerType.Circle, MarkerSize = 4 };
            line.Points.AddRange(points.Select(point => new DataPoint(point.Rows, point.Rate)));
            plot.Series.Add(line);
        }

        using var file = File.Create(path);
        new SvgExporter { Width = 900, Height = 540 }.Export(plot, file);
    }
}
