using System.Globalization;
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
}

/// <summary>A column of a sheet.</summary>
/// <param name="Width">In letters.</param>
readonly record struct SheetColumn(double Width);

/// <summary>A workbook of a few sheets, written through: each row once, none held in memory.</summary>
sealed class WrittenWorkbook : IDisposable
{
    readonly MemoryStream _stream = new();
    readonly SpreadsheetDocument _document;
    readonly WorkbookPart _workbook;
    readonly List<Sheet> _sheets = [];

    public WrittenWorkbook()
    {
        _document = SpreadsheetDocument.Create(_stream, SpreadsheetDocumentType.Workbook);
        _workbook = _document.AddWorkbookPart();
        _document.ChangeIdOfPart(_workbook, "rIdWorkbook"); // else a new one each time
        _workbook.AddNewPart<WorkbookStylesPart>("rIdStyles").Stylesheet = SheetLooks.Create();
    }

    /// <summary>Writes a sheet.</summary>
    /// <param name="frozen">Rows at its top that stay in sight, and stand again on every page.</param>
    public void Sheet(string name, IReadOnlyList<SheetColumn> columns, int frozen, Action<SheetRows> write)
    {
        var id = $"rIdSheet{(_sheets.Count + 1).ToString(CultureInfo.InvariantCulture)}";
        var part = _workbook.AddNewPart<WorksheetPart>(id);
        using (var writer = OpenXmlWriter.Create(part))
        {
            writer.WriteStartElement(new Worksheet());
            writer.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
            writer.WriteElement(new SheetViews(View(frozen)));
            writer.WriteElement(new Columns(columns.Select((column, at) => new Column
            {
                Min = (uint)at + 1,
                Max = (uint)at + 1,
                Width = column.Width,
                CustomWidth = true,
            })));
            writer.WriteStartElement(new SheetData());
            write(new SheetRows(writer));
            writer.WriteEndElement();
            writer.WriteElement(new PageMargins
            {
                Left = 0.5,
                Right = 0.5,
                Top = 0.6,
                Bottom = 0.6,
                Header = 0.3,
                Footer = 0.3,
            });
            writer.WriteElement(new PageSetup
            {
                PaperSize = 9, // A4, ECMA-376 18.3.1.63
                Orientation = OrientationValues.Landscape,
                FitToWidth = 1,
                FitToHeight = 0,
            });
            writer.WriteEndElement();
        }

        _sheets.Add(new Sheet { Name = name, SheetId = (uint)_sheets.Count + 1, Id = id });
    }

    /// <returns>The file: the same content gives the same bytes.</returns>
    public byte[] ToBytes()
    {
        _workbook.Workbook = new Workbook(new Sheets(_sheets));
        _document.Dispose();
        return StablePackage.Of(_stream);
    }

    public void Dispose()
    {
        _document.Dispose();
        _stream.Dispose();
    }

    static SheetView View(int frozen)
    {
        var view = new SheetView { WorkbookViewId = 0 };
        if (frozen > 0)
        {
            view.Append(new Pane
            {
                VerticalSplit = frozen,
                TopLeftCell = $"A{(frozen + 1).ToString(CultureInfo.InvariantCulture)}",
                ActivePane = PaneValues.BottomLeft,
                State = PaneStateValues.Frozen,
            });
        }

        return view;
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
            : New(look, new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }),
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
    static string NameOf(uint column)
    {
        var name = "";
        for (var rest = column; rest > 0; rest = (rest - 1) / 26)
            name = (char)('A' + (rest - 1) % 26) + name;
        return name;
    }
}
