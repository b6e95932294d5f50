using System.Globalization;
using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace SmsCampaign.Letters;

/// <summary>How a cell of a <see cref="WrittenWorkbook"/> looks. Its number is its place among the styles.</summary>
enum CellLook
{
    Plain = 0,

    /// <summary>Bold, in a frame, broken into lines: a heading.</summary>
    Head = 1,

    /// <summary>In a frame.</summary>
    Framed = 2,

    /// <summary>A whole number in groups of three, in a frame.</summary>
    Whole = 3,

    /// <summary>A share as percent with one decimal, in a frame.</summary>
    Percent = 4,

    /// <summary>dd/MM/yyyy HH:mm, in a frame.</summary>
    Moment = 5,

    /// <summary>Bold, without a frame.</summary>
    Strong = 6,

    /// <summary>dd/MM/yyyy HH:mm:ss, in a frame.</summary>
    Second = 7,

    /// <summary>dd/MM/yyyy, in a frame.</summary>
    Day = 8,

    /// <summary>As <see cref="Framed"/>, bold: of a total.</summary>
    FramedTotal = 9,

    /// <summary>As <see cref="Whole"/>, bold: of a total.</summary>
    WholeTotal = 10,

    /// <summary>As <see cref="Second"/>, bold: of a total.</summary>
    SecondTotal = 11,

    /// <summary>dd/MM/yyyy HH:mm:ss, without a frame: of very many rows.</summary>
    BareSecond = 12,
}

/// <summary>A column of a sheet.</summary>
/// <param name="Width">In letters.</param>
readonly record struct SheetColumn(double Width);

/// <summary>What a sheet has beside its rows.</summary>
sealed record SheetSetting
{
    /// <summary>Rows at its top that stay in sight, and stand again on every page.</summary>
    public int Frozen { get; init; }

    /// <summary>Cells with a filter above each column, such as A1:D9; null: none.</summary>
    public string? Filter { get; init; }

    /// <summary>Stands above every page that is printed; null: nothing.</summary>
    public string? Header { get; init; }

    /// <summary>Below every page, each with its number.</summary>
    public bool HasPageNumbers { get; init; }

    public IReadOnlyList<SheetChart> Charts { get; init; } = [];

    /// <summary>What a sheet begins with, above its rows.</summary>
    public IReadOnlyList<OpenXmlElement> Before(IReadOnlyList<SheetColumn> columns) =>
    [
        new SheetProperties(new PageSetupProperties { FitToPage = true }),
        new SheetViews(View()),
        new Columns(columns.Select((column, at) => new Column
        {
            Min = (uint)at + 1,
            Max = (uint)at + 1,
            Width = column.Width,
            CustomWidth = true,
        })),
    ];

    /// <summary>What it ends with, below its rows.</summary>
    public IReadOnlyList<OpenXmlElement> After()
    {
        var after = new List<OpenXmlElement>();
        if (Filter is { } cells)
            after.Add(new AutoFilter { Reference = cells });
        after.Add(new PageMargins
        {
            Left = 0.5,
            Right = 0.5,
            Top = 0.6,
            Bottom = 0.6,
            Header = 0.3,
            Footer = 0.3,
        });
        after.Add(new PageSetup
        {
            PaperSize = 9, // A4, ECMA-376 18.3.1.63
            Orientation = OrientationValues.Landscape,
            FitToWidth = 1,
            FitToHeight = 0,
        });
        if (Header is null && !HasPageNumbers)
            return after;

        var printed = new HeaderFooter();
        if (Header is { } header)
            printed.Append(new OddHeader("&C" + header.Replace("&", "&&", StringComparison.Ordinal)));
        if (HasPageNumbers)
            printed.Append(new OddFooter("&L&A&R&P/&N"));
        after.Add(printed);
        return after;
    }

    SheetView View()
    {
        var view = new SheetView { WorkbookViewId = 0 };
        if (Frozen > 0)
        {
            view.Append(new Pane
            {
                VerticalSplit = Frozen,
                TopLeftCell = $"A{(Frozen + 1).ToString(CultureInfo.InvariantCulture)}",
                ActivePane = PaneValues.BottomLeft,
                State = PaneStateValues.Frozen,
            });
        }

        return view;
    }
}

/// <summary>A sheet whose rows are written elsewhere, as the part of this name.</summary>
readonly record struct StreamedSheet(string Id, string Part);

/// <summary>A workbook of a few sheets, written through: each row once, none held in memory.</summary>
sealed class WrittenWorkbook : IDisposable
{
    readonly MemoryStream _stream = new();
    readonly SpreadsheetDocument _document;
    readonly WorkbookPart _workbook;
    readonly List<Sheet> _sheets = [];
    readonly List<DefinedName> _names = [];
    readonly List<string> _streamed = [];
    int _parts;

    public WrittenWorkbook()
    {
        _document = SpreadsheetDocument.Create(_stream, SpreadsheetDocumentType.Workbook);
        _workbook = _document.AddWorkbookPart();
        _document.ChangeIdOfPart(_workbook, "rIdWorkbook"); // else a new one each time
        _workbook.AddNewPart<WorkbookStylesPart>("rIdStyles").Stylesheet = SheetLooks.Create();
    }

    /// <summary>Writes a sheet.</summary>
    /// <param name="frozen">Rows at its top that stay in sight, and stand again on every page.</param>
    public void Sheet(string name, IReadOnlyList<SheetColumn> columns, int frozen, Action<SheetRows> write) =>
        Sheet(name, columns, new SheetSetting { Frozen = frozen }, write);

    /// <inheritdoc cref="Sheet(string, IReadOnlyList{SheetColumn}, int, Action{SheetRows})"/>
    public void Sheet(
        string name, IReadOnlyList<SheetColumn> columns, SheetSetting setting, Action<SheetRows> write)
    {
        var (id, part) = NewPart();
        using (var writer = OpenXmlWriter.Create(part))
        {
            writer.WriteStartElement(new Worksheet());
            foreach (var element in setting.Before(columns))
                writer.WriteElement(element);
            writer.WriteStartElement(new SheetData());
            write(new SheetRows(writer));
            writer.WriteEndElement();
            foreach (var element in setting.After())
                writer.WriteElement(element);
            if (setting.Charts.Count > 0)
                writer.WriteElement(new Drawing { Id = SheetChart.AddTo(part, setting.Charts) });
            writer.WriteEndElement();
        }

        List(name, id, setting);
    }

    /// <summary>A place for a sheet whose rows are written elsewhere: <see cref="List(string, StreamedSheet,
    /// SheetSetting)"/> gives it its name and its place among the others.</summary>
    public StreamedSheet Stream()
    {
        var (id, part) = NewPart();
        var name = part.Uri.OriginalString.TrimStart('/');
        _streamed.Add(name);
        return new StreamedSheet(id, name);
    }

    /// <summary>Puts a streamed sheet behind those that are there.</summary>
    public void List(string name, StreamedSheet sheet, SheetSetting setting) => List(name, sheet.Id, setting);

    /// <summary>The texts that streamed sheets point to, by their place.</summary>
    public void SharedTexts(IEnumerable<string> texts)
    {
        using var writer = OpenXmlWriter.Create(_workbook.AddNewPart<SharedStringTablePart>("rIdTexts"));
        writer.WriteStartElement(new SharedStringTable());
        foreach (var text in texts)
        {
            writer.WriteElement(new SharedStringItem(
                new Text(CellText.Of(text)) { Space = SpaceProcessingModeValues.Preserve }));
        }

        writer.WriteEndElement();
    }

    /// <returns>The file: the same content gives the same bytes.</returns>
    public byte[] ToBytes()
    {
        End();
        return StablePackage.Of(_stream);
    }

    /// <summary>Adds all but the streamed sheets to a package.</summary>
    public void WriteTo(ZipArchive package)
    {
        End();
        StablePackage.Copy(_stream, package, _streamed);
    }

    public void Dispose()
    {
        _document.Dispose();
        _stream.Dispose();
    }

    void End()
    {
        _workbook.Workbook = new Workbook(new Sheets(_sheets));
        if (_names.Count > 0)
            _workbook.Workbook.Append(new DefinedNames(_names));
        _document.Dispose();
    }

    (string Id, WorksheetPart Part) NewPart()
    {
        var id = $"rIdSheet{(++_parts).ToString(CultureInfo.InvariantCulture)}";
        return (id, _workbook.AddNewPart<WorksheetPart>(id));
    }

    void List(string name, string id, SheetSetting setting)
    {
        var at = (uint)_sheets.Count;
        _sheets.Add(new Sheet { Name = name, SheetId = at + 1, Id = id });
        var quoted = SheetChart.Quote(name);
        if (setting.Filter is { } cells)
        {
            _names.Add(new DefinedName($"{quoted}!{SheetChart.Absolute(cells)}")
            {
                Name = "_xlnm._FilterDatabase",
                LocalSheetId = at,
                Hidden = true,
            });
        }

        if (setting.Frozen > 0)
        {
            _names.Add(new DefinedName(
                $"{quoted}!$1:${setting.Frozen.ToString(CultureInfo.InvariantCulture)}")
            {
                Name = "_xlnm.Print_Titles",
                LocalSheetId = at,
            });
        }
    }
}

/// <summary>Texts of cells.</summary>
static class CellText
{
    /// <summary>Excel's limit is 32,767.</summary>
    const int Most = 32_000;

    /// <summary>The text as a cell holds it: what begins like an escape of a character (<c>_x000D_</c>, ECMA-376
    /// 22.9.2.19) is kept as it is, and what is too long for a cell says how much is left out.</summary>
    public static string Of(string text)
    {
        text = DocumentText.Of(text);
        if (text.Length > Most)
        {
            var kept = char.IsHighSurrogate(text[Most - 1]) ? Most - 1 : Most;
            var left = (text.Length - kept).ToString(CultureInfo.InvariantCulture);
            text = $"{text[..kept]}… (+{left})";
        }

        return text.Replace("_x", "_x005F_x", StringComparison.Ordinal);
    }
}

/// <summary>Takes the rows of a sheet, the first first.</summary>
sealed class SheetRows(OpenXmlWriter writer)
{
    uint _row;
    uint _column;

    /// <param name="height">In points; null: as its cells need.</param>
    public void Begin(double? height = null)
    {
        _row++;
        _column = 0;
        var row = new Row { RowIndex = _row };
        if (height is { } points)
            (row.Height, row.CustomHeight) = (points, true);
        writer.WriteStartElement(row);
    }

    public void End() => writer.WriteEndElement();

    public void Text(string text, CellLook look = CellLook.Plain) => writer.WriteElement(
        text.Length == 0
            ? New(look)
            : New(look, new InlineString(new Text(CellText.Of(text)) { Space = SpaceProcessingModeValues.Preserve }),
                CellValues.InlineString));

    public void Number(decimal number, CellLook look) => writer.WriteElement(
        New(look, new CellValue(number.ToString(CultureInfo.InvariantCulture)), CellValues.Number));

    /// <summary>A cell to be filled in.</summary>
    public void Open(CellLook look) => writer.WriteElement(New(look));

    /// <summary>Headings are two lines high.</summary>
    public void Row(CellLook look, params IReadOnlyList<string> cells)
    {
        Begin(look == CellLook.Head ? 34 : null);
        foreach (var cell in cells)
            Text(cell, look);
        End();
    }

    Cell New(CellLook look, OpenXmlElement? content = null, CellValues? kind = null)
    {
        var cell = new Cell { CellReference = NameOf(++_column) + _row.ToString(CultureInfo.InvariantCulture) };
        if (look != CellLook.Plain)
            cell.StyleIndex = (uint)look;
        if (kind is { } type)
            cell.DataType = type;
        if (content is not null)
            cell.Append(content);
        return cell;
    }

    /// <summary>A, B, … Z, AA, …</summary>
    public static string NameOf(uint column)
    {
        var name = "";
        for (var rest = column; rest > 0; rest = (rest - 1) / 26)
            name = (char)('A' + (rest - 1) % 26) + name;
        return name;
    }
}
