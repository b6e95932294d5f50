using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace SmsCampaign.Reports.Documents;

/// <summary>The charts of a page, as SVG that stands in it.</summary>
static partial class ReportCharts
{
    const int Width = 960;
    const int CurveHeight = 340;
    const int RowHeight = 17;
    const int SecondsPerDay = 86_400;

    /// <summary>Of the day's curve; in addresses: never rename.</summary>
    public const string CurveId = "nhip";

    /// <summary>Of the bars by area; likewise.</summary>
    public const string AreasId = "dia-ban";

    static readonly string[] Ids = [CurveId, AreasId];
    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    static readonly HashSet<string> Shapes =
    [
        "svg", "title", "desc", "g", "defs", "clipPath", "rect", "line", "polyline", "polygon", "path", "circle",
        "ellipse", "text", "tspan",
    ];

    static readonly OxyColor Blue = OxyColor.Parse("#1f5fa8");
    static readonly OxyColor Pale = OxyColor.Parse("#b9c4d0");
    static readonly OxyColor Red = OxyColor.Parse("#b3261e");
    static readonly OxyColor Window = OxyColor.Parse("#eef4ea");
    static readonly OxyColor Lines = OxyColor.Parse("#d5d9de");

    /// <summary>Messages a second, on the average of each step.</summary>
    /// <param name="steps">First moment on the wall, and how many messages.</param>
    /// <param name="stepSeconds">Of each.</param>
    /// <param name="contract">Messages a second; null: not drawn.</param>
    /// <param name="windows">Within which messages may leave, on the wall.</param>
    public static string Curve(
        IReadOnlyList<(DateTime From, long Messages)> steps,
        long stepSeconds,
        double? contract,
        IReadOnlyList<(DateTime From, DateTime To)> windows,
        Wording title,
        Wording description,
        Language language)
    {
        var plot = New(language);
        foreach (var (from, to) in windows)
        {
            plot.Annotations.Add(new RectangleAnnotation
            {
                MinimumX = DateTimeAxis.ToDouble(from),
                MaximumX = DateTimeAxis.ToDouble(to),
                Fill = Window,
                Layer = AnnotationLayer.BelowAxes,
            });
        }

        var area = new AreaSeries
        {
            Title = new Wording("đã chuyển", "handed over").In(language),
            Color = Blue,
            Fill = OxyColor.FromAColor(90, Blue),
            StrokeThickness = 1.5,
        };
        foreach (var (from, messages) in steps)
        {
            var rate = messages / (double)stepSeconds;
            Add(from, rate);
            Add(from.AddSeconds(stepSeconds), rate);
        }

        plot.Series.Add(area);
        var most = steps.Max(step => step.Messages / (double)stepSeconds);
        if (contract is { } rateOfContract)
        {
            var line = new LineSeries
            {
                Title = new Wording("hợp đồng", "contract").In(language),
                Color = Red,
                LineStyle = LineStyle.Dash,
                StrokeThickness = 1.5,
            };
            line.Points.Add(DateTimeAxis.CreateDataPoint(steps[0].From, rateOfContract));
            line.Points.Add(DateTimeAxis.CreateDataPoint(steps[^1].From.AddSeconds(stepSeconds), rateOfContract));
            plot.Series.Add(line);
            most = Math.Max(most, rateOfContract);
        }

        plot.Axes.Add(new DateTimeAxis
        {
            Position = AxisPosition.Bottom,
            StringFormat = steps[^1].From.Date > steps[0].From.Date ? "HH:mm\ndd/MM" : "HH:mm",
            Minimum = DateTimeAxis.ToDouble(steps[0].From),
            Maximum = DateTimeAxis.ToDouble(steps[^1].From.AddSeconds(stepSeconds)),
            AxislineStyle = LineStyle.Solid,
            MinimumMajorStep = stepSeconds / (double)SecondsPerDay,
        });
        plot.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Left,
            Title = new Wording("tin/giây", "messages/s").In(language),
            Minimum = 0,
            Maximum = most > 0 ? most * 1.08 : 1,
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = Lines,
            StringFormat = "#,##0.##",
        });
        plot.Legends.Add(NewLegend());
        return Draw(plot, CurveHeight, CurveId, title, description, language);

        void Add(DateTime at, double rate)
        {
            area.Points.Add(DateTimeAxis.CreateDataPoint(at, rate));
            area.Points2.Add(DateTimeAxis.CreateDataPoint(at, 0));
        }
    }

    /// <summary>Bars that lie, the largest on top: how many, and how many of them are confirmed.</summary>
    /// <param name="rows">In the order in which they stand, at least one.</param>
    public static string Bars(
        IReadOnlyList<(string Name, long All, long Confirmed)> rows,
        string id,
        Wording title,
        Wording description,
        Language language)
    {
        var plot = New(language);
        var names = new CategoryAxis
        {
            Position = AxisPosition.Left,
            StartPosition = 1,
            EndPosition = 0,
            GapWidth = 0.35,
            FontSize = 11,
            MajorStep = 1,
        };
        names.Labels.AddRange(rows.Select(row => Shorten(row.Name)));
        plot.Axes.Add(names);
        plot.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Bottom,
            Minimum = 0,
            AbsoluteMinimum = 0,
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = Lines,
            StringFormat = "#,##0",
            MinimumMajorStep = 1,
        });
        plot.Series.Add(Bar("thành công", "succeeded", Blue, row => row.Confirmed));
        plot.Series.Add(Bar("còn lại", "the others", Pale, row => row.All - row.Confirmed));
        plot.Legends.Add(NewLegend());
        return Draw(plot, 90 + RowHeight * rows.Count, id, title, description, language);

        BarSeries Bar(string vi, string en, OxyColor colour, Func<(string, long All, long Confirmed), long> value)
        {
            var series = new BarSeries
            {
                Title = new Wording(vi, en).In(language),
                IsStacked = true,
                FillColor = colour,
            };
            series.Items.AddRange(rows.Select(row => new BarItem(value(row))));
            return series;
        }
    }

    /// <summary>The drawings of a page that was written. One that is not as <see cref="Draw"/> makes them is left
    /// out: somebody else did.</summary>
    public static IReadOnlyList<ReportChart> Read(string page)
    {
        var charts = new List<ReportChart>();
        foreach (Match match in Drawing().Matches(page))
        {
            try
            {
                var svg = XElement.Parse(match.Value);
                var id = (string?)svg.Attribute("aria-labelledby")?.Value.Split(' ')[0][..^"-ten".Length] ?? "";
                if (Ids.Contains(id) && svg.DescendantsAndSelf().All(IsDrawn))
                    charts.Add(new ReportChart(
                        id,
                        svg.Element(Svg + "title")?.Value ?? "",
                        svg.Element(Svg + "desc")?.Value ?? "",
                        match.Value));
            }
            catch (Exception broken) when (broken is XmlException or ArgumentException)
            {
            }
        }

        return charts;
    }

    /// <summary>Whether it only shows something: it runs nothing and leads nowhere.</summary>
    static bool IsDrawn(XElement element) =>
        element.Name.Namespace == Svg
        && Shapes.Contains(element.Name.LocalName)
        && element.Attributes().All(attribute => attribute.IsNamespaceDeclaration
            || (attribute.Name.Namespace == XNamespace.None
                && !attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                && attribute.Name.LocalName is not "href"));

    static string Shorten(string name) => name.Length <= 40 ? name : name[..39] + "…";

    static PlotModel New(Language language) => new()
    {
        Culture = language == Language.Vietnamese ? Vietnamese : CultureInfo.InvariantCulture,
        Background = OxyColors.White,
        DefaultFont = "Arial",
        PlotAreaBorderThickness = new OxyThickness(0),
    };

    /// <summary>By hand, so that what is drawn does not depend on the culture data of the machine.</summary>
    static CultureInfo Vietnamese
    {
        get
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (culture.NumberFormat.NumberGroupSeparator, culture.NumberFormat.NumberDecimalSeparator) = (".", ",");
            return culture;
        }
    }

    static Legend NewLegend() => new()
    {
        LegendPlacement = LegendPlacement.Outside,
        LegendPosition = LegendPosition.TopRight,
        LegendOrientation = LegendOrientation.Horizontal,
    };

    /// <param name="id">Of the page's own: what the drawing names begins with it.</param>
    static string Draw(
        PlotModel plot, int height, string id, Wording title, Wording description, Language language)
    {
        var svg = new SvgExporter
        {
            Width = Width,
            Height = height,
            IsDocument = false,
            TextMeasurer = new EvenLetters(),
        }.ExportToString(plot);
        var open = svg.IndexOf("<svg", StringComparison.Ordinal);
        var end = svg.IndexOf('>', open);
        var head = string.Create(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" role=\"img\" "
                + $"aria-labelledby=\"{id}-ten {id}-mo-ta\"><title id=\"{id}-ten\">"
                + $"{HtmlWriter.Escape(title.In(language))}</title>"
                + $"<desc id=\"{id}-mo-ta\">{HtmlWriter.Escape(description.In(language))}</desc>");

        // Two drawings of a page may not name their parts the same.
        return head + OwnNames().Replace(svg[(end + 1)..], $"$1{id}-$2");
    }

    [GeneratedRegex("<svg xmlns=.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Drawing();

    [GeneratedRegex("(id=\"|url\\(#)(clipPath[0-9]*)")]
    private static partial Regex OwnNames();
}
