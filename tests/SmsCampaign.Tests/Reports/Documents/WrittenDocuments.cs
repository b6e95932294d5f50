using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace SmsCampaign.Tests.Reports.Documents;

/// <summary>Reads the documents of a report back, cell by cell, as its CSV files have the cells.</summary>
static partial class WrittenDocuments
{
    /// <summary>The sheets of a workbook, by name, in their order. Numbers are as in the file; moments and days as the
    /// CSV files write them.</summary>
    public static List<(string Name, List<List<string>> Rows)> ReadWorkbook(string path)
    {
        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        var workbook = document.WorkbookPart!;
        var shared = workbook.SharedStringTablePart?.SharedStringTable?.Elements<SharedStringItem>()
            .Select(item => item.InnerText).ToList() ?? [];
        var looks = workbook.WorkbookStylesPart!.Stylesheet!;
        var formats = looks.NumberingFormats!.Elements<NumberingFormat>()
            .ToDictionary(format => format.NumberFormatId!.Value, format => format.FormatCode!.Value!);
        var styles = looks.CellFormats!.Elements<CellFormat>()
            .Select(style => formats.GetValueOrDefault(style.NumberFormatId?.Value ?? 0, "")).ToList();
        return [.. workbook.Workbook!.Sheets!.Elements<Sheet>().Select(sheet => (
            sheet.Name!.Value!,
            ((WorksheetPart)workbook.GetPartById(sheet.Id!.Value!)).Worksheet!.GetFirstChild<SheetData>()!
                .Elements<Row>()
                .Select(row => row.Elements<Cell>().Select(cell => Read(cell, shared, styles)).ToList())
                .ToList()))];
    }

    /// <summary>The tables of a page by their captions, headings first. Numbers without their dots.</summary>
    public static List<(string Caption, List<List<string>> Rows)> ReadPage(string path)
    {
        var page = File.ReadAllText(path);
        return [.. Tables().Matches(page).Select(table => (
            Plain(table.Groups["caption"].Value),
            TableRows().Matches(table.Groups["rows"].Value)
                .Select(row => TableCells().Matches(row.Value).Select(Read).ToList())
                .ToList()))];

        static string Read(Match cell)
        {
            var text = Plain(cell.Groups["text"].Value);
            return cell.Groups["marks"].Value.Contains("class=\"so\"", StringComparison.Ordinal)
                ? text.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)
                : text;
        }
    }

    /// <summary>The tables of a letter in their order, as they are read.</summary>
    public static List<List<List<string>>> ReadLetter(string path)
    {
        using var document = WordprocessingDocument.Open(path, isEditable: false);
        return [.. document.MainDocumentPart!.Document!.Body!.Elements<W.Table>().Select(table =>
            table.Elements<W.TableRow>()
                .Select(row => row.Elements<W.TableCell>().Select(cell => cell.InnerText).ToList())
                .ToList())];
    }

    public static string ReadLetterText(string path)
    {
        using var document = WordprocessingDocument.Open(path, isEditable: false);
        return document.MainDocumentPart!.Document!.InnerText;
    }

    static string Read(Cell cell, List<string> shared, List<string> styles)
    {
        if (cell.DataType?.Value == CellValues.InlineString)
            return Unescaped(cell.InlineString!.InnerText);
        if (cell.CellValue?.Text is not { } value)
            return "";
        if (cell.DataType?.Value == CellValues.SharedString)
            return Unescaped(shared[int.Parse(value, CultureInfo.InvariantCulture)]);

        var format = styles[(int)(cell.StyleIndex?.Value ?? 0)];
        if (!format.Contains("yyyy", StringComparison.Ordinal))
            return value;

        var moment = DateTime.UnixEpoch.AddTicks((long)decimal.Round(
            (decimal.Parse(value, CultureInfo.InvariantCulture) - 25_569) * 86_400) * TimeSpan.TicksPerSecond);
        return moment.ToString(
            format.Replace("mm/", "MM/", StringComparison.Ordinal).Replace("hh", "HH", StringComparison.Ordinal),
            CultureInfo.InvariantCulture);
    }

    /// <summary>As Excel reads an escape (ECMA-376 22.9.2.19).</summary>
    static string Unescaped(string text) => Escapes().Replace(text, match =>
        ((char)int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    static string Plain(string html) => WebUtility.HtmlDecode(
        html.Replace("<br>", "\n", StringComparison.Ordinal));

    [GeneratedRegex("_x([0-9A-F]{4})_")]
    private static partial Regex Escapes();

    [GeneratedRegex("<caption[^>]*>(?<caption>.*?)</caption>(?<rows>.*?)</table>", RegexOptions.Singleline)]
    private static partial Regex Tables();

    [GeneratedRegex("<tr.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex TableRows();

    [GeneratedRegex("<t[dh](?<marks>[^>]*)>(?<text>.*?)</t[dh]>", RegexOptions.Singleline)]
    private static partial Regex TableCells();
}
