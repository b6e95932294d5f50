using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace SmsCampaign.Letters;

/// <summary>The pieces of an <see cref="OfficialLetter"/>. Lengths are twips (1/1440 inch), sizes of letters half
/// points.</summary>
static class LetterParts
{
    /// <summary>Of the page less its margins: 210 − 30 − 20 mm.</summary>
    public static readonly int WidthOfText = Mm(160);
    public static readonly int LeftOfHead = Mm(68);
    public static readonly int RightOfHead = Mm(92);
    public static readonly int LeftOfFoot = Mm(62);
    public static readonly int RightOfFoot = Mm(98);

    const string Black = "000000";

    public static int Mm(double millimetres) => (int)Math.Round(millimetres * 1440 / 25.4);

    public static Paragraph Centred(
        string text, int size, bool bold = false, bool italic = false, int before = 0, int after = 0) =>
        Of(text, size, bold, italic, new ParagraphProperties(
            Spacing(before, after), new Justification { Val = JustificationValues.Center }));

    public static Paragraph Plain(string text, int size, bool bold = false, bool italic = false) =>
        Of(text, size, bold, italic, new ParagraphProperties(Spacing(0, 0)));

    public static Paragraph Indented(string text, int by) => Of(text, 28, false, false, new ParagraphProperties(
        Spacing(0, 0), new Indentation { Left = Text(by) }));

    /// <summary>Of the body: first line 1.27 cm, 6 points between.</summary>
    public static Paragraph Justified(string text, bool bold = false, bool keepNext = false)
    {
        var properties = new ParagraphProperties();
        if (keepNext)
            properties.Append(new KeepNext());
        properties.Append(
            new SpacingBetweenLines
            {
                Before = "0",
                After = "120",
                Line = "264",
                LineRule = LineSpacingRuleValues.Auto,
            },
            new Indentation { FirstLine = Text(Mm(12.7)) },
            new Justification { Val = JustificationValues.Both });
        return Of(text, 28, bold, false, properties);
    }

    /// <summary>A line across a share of the column, in its middle.</summary>
    public static Paragraph Rule(int width, double share)
    {
        var side = Text((int)(width * (1 - share) / 2));
        return new Paragraph(
            new ParagraphProperties(
                new ParagraphBorders(new BottomBorder
                {
                    Val = BorderValues.Single,
                    Size = 6,
                    Space = 0,
                    Color = Black,
                }),
                Exactly("40"),
                new Indentation { Left = side, Right = side }));
    }

    /// <summary>Room between a table and what follows it.</summary>
    public static Paragraph Gap() => new(new ParagraphProperties(Exactly("160")));

    /// <summary>What a page must end with, behind a table, as small as there is.</summary>
    public static Paragraph End() => new(
        new ParagraphProperties(
            Exactly("20"),
            new ParagraphMarkRunProperties(new FontSize { Val = "2" })));

    public static TableCell Cell(int width, IEnumerable<Paragraph> paragraphs)
    {
        var cell = new TableCell(
            new TableCellProperties(new TableCellWidth { Type = TableWidthUnitValues.Dxa, Width = Text(width) }));
        foreach (var paragraph in paragraphs)
            cell.Append(paragraph);
        return cell;
    }

    /// <summary>A table without lines.</summary>
    public static Table Bare(IReadOnlyList<int> widths, params IReadOnlyList<TableCell>[] rows) =>
        Grid(widths, isRuled: false, rows);

    public static Table Grid(IReadOnlyList<int> widths, bool isRuled, IEnumerable<IReadOnlyList<TableCell>> rows)
    {
        var table = NewTable(widths, isRuled);
        foreach (var cells in rows)
        {
            var row = new TableRow();
            row.Append(cells);
            table.Append(row);
        }

        return table;
    }

    /// <param name="size">Of its letters.</param>
    /// <param name="isTotal">Whether a row, by its place, sums up others: it is bold.</param>
    public static Table Ruled(
        IReadOnlyList<int> shares,
        IReadOnlyList<string> head,
        IEnumerable<IReadOnlyList<string>> rows,
        int size = 24,
        Func<int, bool>? isTotal = null)
    {
        var all = shares.Sum();
        int[] widths = [.. shares.Select(share => WidthOfText * share / all)];
        var table = NewTable(widths, isRuled: true);
        var first = new TableRow(new TableRowProperties(new CantSplit(), new TableHeader()));
        first.Append(head.Select((text, at) => Cell(widths[at], [Centred(text, size, bold: true)])));
        table.Append(first);
        foreach (var (cells, place) in rows.Select((cells, place) => (cells, place)))
        {
            var isBold = isTotal?.Invoke(place) ?? false;
            var row = new TableRow(new TableRowProperties(new CantSplit()));
            row.Append(cells.Select(
                (text, at) => Cell(widths[at], [
                    IsNumber(text) ? AtRight(text, size, isBold) : Plain(text, size, isBold),
                ])));
            table.Append(row);
        }

        return table;
    }

    /// <summary>Bold, in a frame across the page: what has to be seen before anything else.</summary>
    public static Paragraph Marked(string text) => Of(text, 28, true, false, new ParagraphProperties(
        new KeepNext(),
        new ParagraphBorders(
            new TopBorder { Val = BorderValues.Single, Size = 12, Space = 4, Color = Black },
            new LeftBorder { Val = BorderValues.Single, Size = 12, Space = 4, Color = Black },
            new BottomBorder { Val = BorderValues.Single, Size = 12, Space = 4, Color = Black },
            new RightBorder { Val = BorderValues.Single, Size = 12, Space = 4, Color = Black }),
        Spacing(120, 120),
        new Justification { Val = JustificationValues.Center }));

    /// <summary>In the top margin, from the second page on.</summary>
    public static Paragraph PageNumber() => new(
        new ParagraphProperties(Spacing(0, 0), new Justification { Val = JustificationValues.Center }),
        new SimpleField(new Run(Letters(26, false, false), new Text("2"))) { Instruction = "PAGE" });

    public static SectionProperties Page(string header) => new(
        new HeaderReference { Type = HeaderFooterValues.Default, Id = header },
        new PageSize { Width = (uint)Mm(210), Height = (uint)Mm(297) },
        new PageMargin
        {
            Top = Mm(20),
            Bottom = Mm(20),
            Left = (uint)Mm(30),
            Right = (uint)Mm(20),
            Header = (uint)Mm(10),
            Footer = (uint)Mm(10),
            Gutter = 0,
        },
        new TitlePage());

    public static Styles DefaultStyles() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts
                {
                    Ascii = "Times New Roman",
                    HighAnsi = "Times New Roman",
                    ComplexScript = "Times New Roman",
                    EastAsia = "Times New Roman",
                },
                new Color { Val = Black },
                new FontSize { Val = "28" },
                new Languages { Val = "vi-VN" })),
            new ParagraphPropertiesDefault()),
        new Style(new StyleName { Val = "Normal" })
        {
            Type = StyleValues.Paragraph,
            StyleId = "Normal",
            Default = true,
        });

    static Table NewTable(IReadOnlyList<int> widths, bool isRuled)
    {
        var properties = new TableProperties(
            new TableWidth { Type = TableWidthUnitValues.Dxa, Width = Text(widths.Sum()) },
            new TableJustification { Val = TableRowAlignmentValues.Center });
        if (isRuled)
        {
            properties.Append(new TableBorders(
                new TopBorder { Val = BorderValues.Single, Size = 4, Color = Black },
                new LeftBorder { Val = BorderValues.Single, Size = 4, Color = Black },
                new BottomBorder { Val = BorderValues.Single, Size = 4, Color = Black },
                new RightBorder { Val = BorderValues.Single, Size = 4, Color = Black },
                new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4, Color = Black },
                new InsideVerticalBorder { Val = BorderValues.Single, Size = 4, Color = Black }));
        }

        properties.Append(
            new TableLayout { Type = TableLayoutValues.Fixed },
            new TableCellMarginDefault(
                new TableCellLeftMargin { Width = (short)Mm(isRuled ? 1.5 : 0), Type = TableWidthValues.Dxa },
                new TableCellRightMargin { Width = (short)Mm(isRuled ? 1.5 : 0), Type = TableWidthValues.Dxa }));
        var grid = new TableGrid();
        foreach (var width in widths)
            grid.Append(new GridColumn { Width = Text(width) });
        return new Table(properties, grid);
    }

    static Paragraph AtRight(string text, int size, bool isBold) => Of(
        text,
        size,
        isBold,
        italic: false,
        new ParagraphProperties(Spacing(0, 0), new Justification { Val = JustificationValues.Right }));

    /// <summary>As figures are written in Vietnamese: 1.234.567, 97,3 %.</summary>
    static bool IsNumber(string text) =>
        text.Length > 0
        && char.IsAsciiDigit(text[0])
        && text.All(letter => char.IsAsciiDigit(letter) || ".,% ".Contains(letter));

    static Paragraph Of(string text, int size, bool bold, bool italic, ParagraphProperties properties)
    {
        var paragraph = new Paragraph(properties);
        foreach (var (line, at) in DocumentText.Of(text).Split('\n').Select((line, at) => (line, at)))
        {
            var run = new Run(Letters(size, bold, italic));
            if (at > 0)
                run.Append(new Break());
            run.Append(new Text(line) { Space = SpaceProcessingModeValues.Preserve });
            paragraph.Append(run);
        }

        return paragraph;
    }

    static RunProperties Letters(int size, bool bold, bool italic)
    {
        var letters = new RunProperties();
        if (bold)
            letters.Append(new Bold());
        if (italic)
            letters.Append(new Italic());
        letters.Append(new FontSize { Val = Text(size) });
        return letters;
    }

    static SpacingBetweenLines Spacing(int before, int after) => new() { Before = Text(before), After = Text(after) };

    static SpacingBetweenLines Exactly(string line) => new()
    {
        Before = "0",
        After = "0",
        Line = line,
        LineRule = LineSpacingRuleValues.Exact,
    };

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
