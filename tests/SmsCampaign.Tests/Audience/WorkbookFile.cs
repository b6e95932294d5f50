using System.IO.Compression;
using System.Text;

namespace SmsCampaign.Tests.Audience;

/// <summary>A workbook written by hand, part by part, as programs write them.</summary>
sealed class WorkbookFile
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    readonly List<(string Name, string State, string Rows, string Behind)> _sheets = [];

    /// <summary>The main part.</summary>
    public string Workbook { get; init; } = "xl/workbook.xml";

    /// <summary>What the names of the entries have between folders.</summary>
    public char Slash { get; init; } = '/';

    /// <summary>Number formats of the cells' styles, by their built-in number or code.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    public bool From1904 { get; init; }

    public IReadOnlyList<string> Shared { get; init; } = [];

    /// <summary>What sheets are, by name: worksheet where nothing is said, and no part at all
    /// where it is empty.</summary>
    public IReadOnlyDictionary<string, string> Kinds { get; init; } = new Dictionary<string, string>();

    /// <summary>Of the sheets.</summary>
    public Encoding Encoding { get; init; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Whether Excel is to compute all formulas on opening.</summary>
    public bool Uncomputed { get; init; }

    /// <summary>What stands before the rows of each sheet, such as its columns.</summary>
    public string Before { get; init; } = "";

    /// <param name="state">hidden or veryHidden; empty: visible.</param>
    /// <param name="behind">What stands behind the rows.</param>
    public WorkbookFile Sheet(string name, string rows, string state = "", string behind = "")
    {
        _sheets.Add((name, state, rows, behind));
        return this;
    }

    /// <summary>Rows of text cells, from the first on.</summary>
    public static string Rows(params string[][] rows) => string.Concat(rows.Select((row, at) => Row(at + 1, row)));

    public static string Row(int number, params string[] cells) => Row(number, "", cells);

    /// <param name="attributes">Of the row.</param>
    public static string Row(int number, string attributes, string[] cells)
    {
        var written = cells.Select((cell, at) => cell.Length == 0 ? "" : Text($"{(char)('A' + at)}{number}", cell));
        return $"<row r=\"{number}\" {attributes}>{string.Concat(written)}</row>";
    }

    public static string Text(string place, string text) =>
        $"<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>";

    public void Write(string path)
    {
        File.Delete(path);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        var folder = Path.GetDirectoryName(Workbook)!.Replace('\\', '/');
        var sheets = _sheets.Index().ToList();

        Add("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
        Add(
            "_rels/.rels",
            Relationships($"<Relationship Id=\"r1\" Type=\"{Related}/officeDocument\" Target=\"{Workbook}\"/>"));
        Add(Workbook, $"""
            <workbook xmlns="{Main}" xmlns:r="{Related}"><workbookPr {(From1904 ? "date1904=\"1\"" : "")}/><sheets>
            {string.Concat(sheets.Select(sheet => $"<sheet name=\"{sheet.Item.Name}\" sheetId=\"{sheet.Index + 1}\" {(sheet.Item.State.Length > 0 ? $"state=\"{sheet.Item.State}\"" : "")} r:id=\"s{sheet.Index}\"/>"))}
            </sheets>{(Uncomputed ? "<calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/>" : "")}</workbook>
            """);
        Add($"{folder}/_rels/{Path.GetFileName(Workbook)}.rels", Relationships(
            string.Concat(sheets
                .Select(sheet => (sheet.Index, Kind: Kinds.GetValueOrDefault(sheet.Item.Name, "worksheet")))
                .Where(sheet => sheet.Kind.Length > 0)
                .Select(sheet =>
                    $"<Relationship Id=\"s{sheet.Index}\" Type=\"{Related}/{sheet.Kind}\" "
                    + $"Target=\"worksheets/sheet{sheet.Index}.xml\"/>"))
            + $"<Relationship Id=\"t\" Type=\"{Related}/sharedStrings\" Target=\"/{folder}"
            + $"/sharedStrings.xml\"/><Relationship Id=\"y\" Type=\"{Related}/styles\" Target=\"styles.xml\"/>"));
        foreach (var (index, sheet) in sheets)
            Add(
                $"{folder}/worksheets/sheet{index}.xml",
                $"<worksheet xmlns=\"{Main}\">{Before}<sheetData>{sheet.Rows}</sheetData>{sheet.Behind}</worksheet>",
                Encoding);
        Add(
            $"{folder}/sharedStrings.xml",
            $"<sst xmlns=\"{Main}\">{string.Concat(Shared.Select(text => $"<si>{text}</si>"))}</sst>");
        Add($"{folder}/styles.xml", Styles());

        void Add(string name, string content, Encoding? encoding = null)
        {
            using var writer = new StreamWriter(
                zip.CreateEntry(name.Replace('/', Slash)).Open(),
                encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            writer.Write(content);
        }
    }

    static string Relationships(string content) =>
        $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + $"{content}</Relationships>";

    string Styles()
    {
        var codes = Formats.Index().Where(format => !int.TryParse(format.Item, out _));
        var cells = Formats.Index().Select(
            format => $"<xf numFmtId=\"{(int.TryParse(format.Item, out var id) ? id : 200 + format.Index)}\"/>");
        var formats = codes.Select(
            format => $"<numFmt numFmtId=\"{200 + format.Index}\" formatCode=\"{format.Item}\"/>");
        return $"<styleSheet xmlns=\"{Main}\"><numFmts>{string.Concat(formats)}</numFmts>"
            + $"<cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs>"
            + $"{string.Concat(cells)}</cellXfs></styleSheet>";
    }
}
