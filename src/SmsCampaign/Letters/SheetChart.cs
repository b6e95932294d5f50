using System.Globalization;
using System.Text;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;

namespace SmsCampaign.Letters;

/// <summary>A row or column of numbers that a <see cref="SheetChart"/> draws.</summary>
/// <param name="Cells">Such as C2:C6.</param>
/// <param name="Colour">RRGGBB.</param>
sealed record ChartSeries(string Name, string Cells, IReadOnlyList<decimal> Values, string Colour);

/// <summary>
/// A chart of a sheet, drawn by the spreadsheet itself from the cells of another (ECMA-376, DrawingML charts); the
/// values stand in it too, for readers that do not compute.
/// </summary>
/// <param name="Title">Above it.</param>
/// <param name="Sheet">Name of the sheet whose cells it draws.</param>
/// <param name="Categories">Cells of the names, such as A2:A6.</param>
/// <param name="IsLying">Whether the bars lie, the first on top.</param>
/// <param name="IsStacked">Whether the series of a category stand on each other.</param>
/// <param name="Left">Columns before it.</param>
/// <param name="Top">Rows above it.</param>
/// <param name="Width">In columns.</param>
/// <param name="Height">In rows.</param>
sealed record SheetChart(
    string Title,
    string Sheet,
    string Categories,
    IReadOnlyList<string> Names,
    IReadOnlyList<ChartSeries> Series,
    bool IsLying,
    bool IsStacked,
    int Left,
    int Top,
    int Width,
    int Height)
{
    static readonly XNamespace Chart = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    static readonly XNamespace Main = "http://schemas.openxmlformats.org/drawingml/2006/main";
    static readonly XNamespace Place = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing";
    static readonly XNamespace Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <returns>Id of the drawing.</returns>
    public static string AddTo(WorksheetPart sheet, IReadOnlyList<SheetChart> charts)
    {
        const string id = "rIdDrawing";
        var drawing = sheet.AddNewPart<DrawingsPart>(id);
        var anchors = new List<XElement>();
        foreach (var (chart, at) in charts.Select((chart, at) => (chart, at + 1)))
        {
            var chartId = $"rIdChart{at.ToString(CultureInfo.InvariantCulture)}";
            Feed(drawing.AddNewPart<ChartPart>(chartId), chart.ToXml());
            anchors.Add(chart.ToAnchor(chartId, at + 1));
        }

        Feed(drawing, new XElement(
            Place + "wsDr",
            new XAttribute(XNamespace.Xmlns + "xdr", Place),
            new XAttribute(XNamespace.Xmlns + "a", Main),
            anchors));
        return id;
    }

    /// <summary>A sheet's name as formulas have it.</summary>
    public static string Quote(string sheet) => $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A1:D9 as $A$1:$D$9.</summary>
    public static string Absolute(string cells) => string.Join(':', cells.Split(':').Select(cell =>
    {
        var digits = cell.IndexOfAny([.. "0123456789"]);
        return $"${cell[..digits]}${cell[digits..]}";
    }));

    static void Feed(OpenXmlPart part, XElement content)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
            + content.ToString(SaveOptions.DisableFormatting)));
        part.FeedData(stream);
    }

    XElement ToAnchor(string chartId, int number) => new(
        Place + "twoCellAnchor",
        Corner("from", Left, Top),
        Corner("to", Left + Width, Top + Height),
        new XElement(
            Place + "graphicFrame",
            new XAttribute("macro", ""),
            new XElement(
                Place + "nvGraphicFramePr",
                new XElement(
                    Place + "cNvPr",
                    new XAttribute("id", number),
                    new XAttribute("name", Title),
                    new XAttribute("descr", Title)),
                new XElement(Place + "cNvGraphicFramePr")),
            new XElement(
                Place + "xfrm",
                new XElement(Main + "off", new XAttribute("x", 0), new XAttribute("y", 0)),
                new XElement(Main + "ext", new XAttribute("cx", 0), new XAttribute("cy", 0))),
            new XElement(
                Main + "graphic",
                new XElement(
                    Main + "graphicData",
                    new XAttribute("uri", Chart.NamespaceName),
                    new XElement(
                        Chart + "chart",
                        new XAttribute(XNamespace.Xmlns + "c", Chart),
                        new XAttribute(XNamespace.Xmlns + "r", Relations),
                        new XAttribute(Relations + "id", chartId))))),
        new XElement(Place + "clientData"));

    static XElement Corner(string name, int column, int row) => new(
        Place + name,
        new XElement(Place + "col", column),
        new XElement(Place + "colOff", 0),
        new XElement(Place + "row", row),
        new XElement(Place + "rowOff", 0));

    XElement ToXml()
    {
        var bars = new XElement(
            Chart + "barChart",
            Value("barDir", IsLying ? "bar" : "col"),
            Value("grouping", IsStacked ? "stacked" : "clustered"),
            Value("varyColors", "0"),
            Series.Select(SeriesXml),
            Value("gapWidth", "50"));
        if (IsStacked)
            bars.Add(Value("overlap", "100"));
        bars.Add(Value("axId", "1"), Value("axId", "2"));
        var plot = new XElement(
            Chart + "plotArea",
            new XElement(Chart + "layout"),
            bars,
            Axis("catAx", "1", "2", IsLying ? "l" : "b", IsLying ? "maxMin" : "minMax", "autoZero"),
            Axis("valAx", "2", "1", IsLying ? "b" : "l", "minMax", IsLying ? "max" : "autoZero"));
        var chart = new XElement(
            Chart + "chart",
            new XElement(
                Chart + "title",
                new XElement(
                    Chart + "tx",
                    new XElement(
                        Chart + "rich",
                        new XElement(Main + "bodyPr"),
                        new XElement(
                            Main + "p",
                            new XElement(
                                Main + "pPr",
                                new XElement(
                                    Main + "defRPr", new XAttribute("sz", 1200), new XAttribute("b", 1))),
                            new XElement(
                                Main + "r",
                                new XElement(Main + "rPr", new XAttribute("sz", 1200), new XAttribute("b", 1)),
                                new XElement(Main + "t", Title))))),
                Value("overlay", "0")),
            Value("autoTitleDeleted", "0"),
            plot);
        if (Series.Count > 1)
            chart.Add(new XElement(Chart + "legend", Value("legendPos", "b"), Value("overlay", "0")));
        chart.Add(Value("plotVisOnly", "1"), Value("dispBlanksAs", "gap"));
        return new XElement(
            Chart + "chartSpace",
            new XAttribute(XNamespace.Xmlns + "c", Chart),
            new XAttribute(XNamespace.Xmlns + "a", Main),
            Value("roundedCorners", "0"),
            chart);
    }

    XElement SeriesXml(ChartSeries series, int at) => new(
        Chart + "ser",
        Value("idx", at.ToString(CultureInfo.InvariantCulture)),
        Value("order", at.ToString(CultureInfo.InvariantCulture)),
        new XElement(Chart + "tx", new XElement(Chart + "v", series.Name)),
        new XElement(
            Chart + "spPr",
            new XElement(
                Main + "solidFill", new XElement(Main + "srgbClr", new XAttribute("val", series.Colour)))),
        Value("invertIfNegative", "0"),
        new XElement(Chart + "cat", References("strRef", "strCache", Categories, Names)),
        new XElement(Chart + "val", References(
            "numRef",
            "numCache",
            series.Cells,
            series.Values.Select(value => value.ToString(CultureInfo.InvariantCulture)))));

    XElement References(string reference, string cache, string cells, IEnumerable<string> values)
    {
        var all = values.ToList();
        return new XElement(
            Chart + reference,
            new XElement(Chart + "f", $"{Quote(Sheet)}!{Absolute(cells)}"),
            new XElement(
                Chart + cache,
                Value("ptCount", all.Count.ToString(CultureInfo.InvariantCulture)),
                all.Select((value, at) => new XElement(
                    Chart + "pt", new XAttribute("idx", at), new XElement(Chart + "v", value)))));
    }

    static XElement Axis(string kind, string id, string other, string side, string order, string crosses)
    {
        var axis = new XElement(
            Chart + kind,
            Value("axId", id),
            new XElement(Chart + "scaling", Value("orientation", order)),
            Value("delete", "0"),
            Value("axPos", side));
        if (kind == "valAx")
        {
            axis.Add(
                new XElement(Chart + "majorGridlines"),
                new XElement(
                    Chart + "numFmt", new XAttribute("formatCode", "#,##0"), new XAttribute("sourceLinked", 0)));
        }

        axis.Add(
            Value("majorTickMark", "none"),
            Value("minorTickMark", "none"),
            Value("tickLblPos", kind == "valAx" ? "nextTo" : "low"),
            Value("crossAx", other),
            Value("crosses", crosses));
        return axis;
    }

    static XElement Value(string name, string value) => new(Chart + name, new XAttribute("val", value));
}
