using System.Security.Cryptography;
using System.Xml;

namespace SmsCampaign.Audience;

/// <summary>
/// An Excel workbook (.xlsx, .xlsm; ECMA-376 part 1, Strict too), read part by part as it streams: nothing of it is
/// written anywhere, and of a sheet no more than a row is held.
/// </summary>
sealed class Workbook : TableBook
{
    /// <summary>Most sheets: the country has 3,321 communes.</summary>
    const int MostSheets = 5_000;

    readonly Stream _file;
    readonly WorkbookParts _parts;
    readonly List<TableSheet> _sheets = [];
    readonly HashSet<string> _names = [];
    readonly Dictionary<TableSheet, string> _partOf = [];
    readonly string? _stylesPart;

    /// <param name="file">At its beginning; a zip.</param>
    /// <exception cref="BrokenTableException">It is no workbook, or one that would fill the machine.</exception>
    public Workbook(Stream file)
    {
        _file = file;
        WorkbookParts? parts = null;
        try
        {
            Hash = Convert.ToHexStringLower(SHA256.HashData(file));
            file.Position = 0;
            parts = _parts = new WorkbookParts(file);

            var main = FindMain(parts);
            var related = parts.RelationshipsOf(main);
            ReadSheets(main, related);
            Strings = new SharedStrings(
                parts, related.Values.FirstOrDefault(part => part.Type == "sharedStrings").Part);
            _stylesPart = related.Values.FirstOrDefault(part => part.Type == "styles").Part;
        }
        catch (Exception damaged) when (IsDamage(damaged))
        {
            parts?.Dispose();
            throw Damaged(null);
        }
        catch (BrokenTableException)
        {
            parts?.Dispose();
            throw;
        }
    }

    public override IReadOnlyList<TableSheet> Sheets => _sheets;

    public override bool IsWorkbook => true;

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public string Hash { get; }

    public SharedStrings Strings { get; }

    /// <summary>Whether days are counted from 1904, as by old Excel on a Mac.</summary>
    public bool CountsFrom1904 { get; private set; }

    /// <summary>Whether Excel works out all formulas anew on opening, as what stands stored for them was never worked
    /// out: programs that write workbooks put 0 there.</summary>
    public bool IsUncomputed { get; private set; }

    /// <summary>Read when first needed.</summary>
    /// <exception cref="BrokenTableException">They cannot be read.</exception>
    public CellFormats Formats => field ??= ReadFormats();

    public override TableReader Open(TableSheet sheet) =>
        new SpreadsheetTableReader(this, _parts, _partOf[sheet]);

    public override void Dispose()
    {
        Strings.Dispose();
        _parts.Dispose();
        _file.Dispose();
    }

    /// <summary>What says that a part is not what it should be; a disk that cannot be read and a machine that is full
    /// are not the file's fault.</summary>
    public static bool IsDamage(Exception exception) =>
        exception is XmlException or InvalidDataException or EndOfStreamException or NotSupportedException
            or FormatException or OverflowException or ArgumentException;

    public static BrokenTableException Damaged(int? row) => new(row, new Wording(
        "Tệp Excel bị hỏng ở đây. Hãy mở bằng Excel, cho sửa chữa, lưu thành tệp .xlsx mới.",
        "The workbook is damaged here. Open it in Excel, let it repair the file, and save it as a new .xlsx."));

    CellFormats ReadFormats()
    {
        try
        {
            return CellFormats.Read(_parts, _stylesPart, CountsFrom1904);
        }
        catch (Exception damaged) when (IsDamage(damaged))
        {
            throw Damaged(null);
        }
    }

    static string FindMain(WorkbookParts parts)
    {
        var main = parts.RelationshipsOf("").Values.FirstOrDefault(part => part.Type == "officeDocument").Part;
        if (ZipKinds.Refuse(parts, main) is { } reason)
            throw new BrokenTableException(null, reason);

        return main ?? "xl/workbook.xml";
    }

    void ReadSheets(string main, IReadOnlyDictionary<string, (string Type, string Part)> related)
    {
        using var xml = _parts.OpenXml(main);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;

            if (xml.LocalName == "workbookPr")
                CountsFrom1904 = xml.GetAttribute("date1904") is "1" or "true";
            else if (xml.LocalName == "calcPr")
                IsUncomputed = xml.GetAttribute("fullCalcOnLoad") is "1" or "true";
            else if (xml.LocalName == "sheet")
                AddSheet(xml, related.TryGetValue(IdOf(xml), out var part)
                    ? part
                    : throw new InvalidDataException("a sheet is missing"));
        }
    }

    void AddSheet(XmlReader xml, (string Type, string Part) part)
    {
        // A sheet of macros of Excel 4 has rows like any other; a chart and a dialog have none.
        if (part.Type is "chartsheet" or "dialogsheet")
            return;

        var sheet = new TableSheet(
            xml.GetAttribute("name") ?? "", xml.GetAttribute("state") is "hidden" or "veryHidden");
        if (_sheets.Count == MostSheets || !_names.Add(sheet.Name!))
            throw new InvalidDataException("a sheet is not told apart from another by its name");

        _sheets.Add(sheet);
        _partOf.Add(sheet, part.Part);
    }

    /// <summary>The attribute r:id, whatever prefix and edition of the namespace.</summary>
    static string IdOf(XmlReader xml)
    {
        var id = "";
        while (xml.MoveToNextAttribute())
        {
            if (xml.LocalName == "id")
                id = xml.Value;
        }

        xml.MoveToElement();
        return id;
    }
}
