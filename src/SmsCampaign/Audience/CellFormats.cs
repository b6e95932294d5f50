using System.Globalization;
using System.Xml;
using ExcelNumberFormat;

namespace SmsCampaign.Audience;

/// <summary>
/// How a workbook's cells show their numbers, on a Vietnamese Excel: 45000 as 15/03/2023, 1.5 as 1,5, 1 as 01.
/// </summary>
sealed class CellFormats
{
    /// <summary>Values remembered as shown, each in its format.</summary>
    const int MostShown = 10_000;

    /// <summary>Most characters of a format ("Excel specifications and limits").</summary>
    const int LongestCode = 255;

    /// <summary>Cell formats and number formats a workbook can have ("Excel specifications and
    /// limits": 65,490).</summary>
    const int MostFormats = 1 << 16;

    /// <summary>The formats that files name by number only (ECMA-376 part 1, 18.8.30), dates by the
    /// country's own order.</summary>
    static readonly Dictionary<int, string> BuiltIn = new (int Id, string Code)[]
    {
        (1, "0"), (2, "0.00"), (3, "#,##0"), (4, "#,##0.00"), (9, "0%"), (10, "0.00%"), (11, "0.00E+00"), (12, "# ?/?"),
        (13, "# ??/??"), (14, "dd/mm/yyyy"), (15, "d-mmm-yy"), (16, "d-mmm"), (17, "mmm-yy"), (18, "h:mm AM/PM"),
        (19, "h:mm:ss AM/PM"), (20, "h:mm"), (21, "h:mm:ss"), (22, "dd/mm/yyyy h:mm"), (37, "#,##0;-#,##0"),
        (38, "#,##0;-#,##0"), (39, "#,##0.00;-#,##0.00"), (40, "#,##0.00;-#,##0.00"), (45, "mm:ss"), (46, "[h]:mm:ss"),
        (47, "mm:ss.0"), (48, "##0.0E+0"),
    }.ToDictionary(format => format.Id, format => format.Code);

    static readonly CultureInfo Vietnamese = NewVietnamese();

    readonly List<NumberFormat?> _formats = [];
    readonly Dictionary<(int Style, double Number), string> _shown = [];
    readonly bool _from1904;

    CellFormats(bool from1904) => _from1904 = from1904;

    /// <param name="part">Null where the workbook has no styles.</param>
    public static CellFormats Read(WorkbookParts parts, string? part, bool from1904)
    {
        var formats = new CellFormats(from1904);
        if (part is null || !parts.Has(part))
            return formats;

        var codes = new Dictionary<int, string>(BuiltIn);
        using var xml = parts.OpenXml(part);
        var inCells = false;
        while (xml.Read())
        {
            if (formats._formats.Count > MostFormats || codes.Count > MostFormats)
                throw new InvalidDataException("more formats than any workbook's");

            if (xml.LocalName == "cellXfs")
                inCells = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            else if (xml.NodeType == XmlNodeType.Element
                && xml.LocalName == "numFmt"
                && Number(xml, "numFmtId") is { } id)
                codes[id] = xml.GetAttribute("formatCode") ?? "";
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "xf" && inCells)
                formats._formats.Add(NewFormat(codes.GetValueOrDefault(Number(xml, "numFmtId") ?? 0, "")));
        }

        return formats;
    }

    /// <param name="style">Of the cell; -1 where it has none.</param>
    /// <param name="number">A number, or a day counted from 30/12/1899.</param>
    /// <param name="plain">All its digits, where no format shows it otherwise.</param>
    public string Show(int style, double number, ReadOnlySpan<char> plain)
    {
        if (style < 0 || style >= _formats.Count || _formats[style] is not { } format)
            return plain.Contains('.') ? plain.ToString().Replace('.', ',') : plain.ToString();

        if (_shown.TryGetValue((style, number), out var shown))
            return shown;

        shown = Format(format, number) ?? plain.ToString();
        if (_shown.Count < MostShown)
            _shown.Add((style, number), shown);
        return shown;
    }

    /// <returns>Null where the format cannot show it, as a date before the first day.</returns>
    string? Format(NumberFormat format, double number)
    {
        try
        {
            return format.Format(number, Vietnamese, _from1904).Trim();
        }
        catch (Exception wrong)
            when (wrong is not OutOfMemoryException) // the library divides by zero at formats that no program writes
        {
            return null;
        }
    }

    /// <returns>Null where the number is shown as it is.</returns>
    static NumberFormat? NewFormat(string code)
    {
        if (code.Length is 0 or > LongestCode || code is "General" or "@")
            return null;

        try
        {
            return new NumberFormat(code) is { IsValid: true } format ? format : null;
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            return null;
        }
    }

    static int? Number(XmlReader xml, string attribute) =>
        int.TryParse(xml.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    static CultureInfo NewVietnamese()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.PercentDecimalSeparator = ",";
        culture.NumberFormat.PercentGroupSeparator = ".";
        return culture;
    }
}
