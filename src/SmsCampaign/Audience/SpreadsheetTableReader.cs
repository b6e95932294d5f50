using System.Globalization;
using System.Text;
using System.Xml;

namespace SmsCampaign.Audience;

/// <summary>
/// One sheet of a workbook, row by row, as Excel shows it. Memory does not grow with the sheet.
/// </summary>
sealed class SpreadsheetTableReader : TableReader
{
    /// <summary>From 30/12/1899 to 1/1/1904.</summary>
    const int DaysTo1904 = 1462;

    /// <summary>Columns looked into beside a table: as many as a second list beside it has.</summary>
    const int MostSpare = 16;

    readonly Workbook _book;
    readonly WorkbookParts _parts;
    readonly string _part;
    readonly XmlReader _xml;
    readonly CharBuffer _chars = new();
    readonly StringBuilder _inline = new();
    readonly List<int> _filled = [];
    SheetCell[] _cells = new SheetCell[64];
    MergedCells? _merged;
    MergedCells? _seen;
    int _columns = SheetPlace.MostColumns;
    int _end;
    bool _blank = true;
    bool _hidden;
    bool _uncomputed;

    readonly HiddenColumns _hiddenColumns = new();
    bool _seesBeside;
    int _spare;
    int _beside = -1;

    // Names as the XML reader itself keeps them: compared by reference.
    readonly string _row;
    readonly string _cell;
    readonly string _value;
    readonly string _formula;
    readonly string _inlineString;
    readonly string _place;
    readonly string _style;
    readonly string _type;

    /// <param name="part">The sheet's.</param>
    /// <exception cref="BrokenTableException">There is no such part.</exception>
    public SpreadsheetTableReader(Workbook book, WorkbookParts parts, string part)
    {
        (_book, _parts, _part) = (book, parts, part);
        try
        {
            _xml = parts.OpenXml(part);
        }
        catch (Exception damaged) when (Workbook.IsDamage(damaged))
        {
            throw Workbook.Damaged(null);
        }

        (_row, _cell, _value) = (_xml.NameTable.Add("row"), _xml.NameTable.Add("c"), _xml.NameTable.Add("v"));
        (_formula, _inlineString) = (_xml.NameTable.Add("f"), _xml.NameTable.Add("is"));
        (_place, _style, _type) = (_xml.NameTable.Add("r"), _xml.NameTable.Add("s"), _xml.NameTable.Add("t"));
    }

    public override int CellCount => _end;

    public override Wording LineWord => new("hàng", "row");

    public override bool IsHidden => _hidden;

    public override bool Read()
    {
        Clear();
        try
        {
            while (_xml.Read())
            {
                if (_xml.NodeType == XmlNodeType.Element && ReferenceEquals(_xml.LocalName, _row))
                {
                    ReadRow();
                    return true;
                }

                if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == "col")
                    _hiddenColumns.Read(_xml);

                if (_xml.NodeType == XmlNodeType.EndElement && _xml.LocalName == "sheetData")
                    return false;
            }

            return false;
        }
        catch (Exception damaged) when (Workbook.IsDamage(damaged))
        {
            throw Workbook.Damaged(Line == 0 ? null : Line);
        }
    }

    public override ReadOnlySpan<char> Cell(int column)
    {
        if (column >= _end)
            return default;

        ref readonly var cell = ref _cells[column];
        return cell.Kind == CellKind.Number ? _book.Formats.Show(cell.Style, cell.Number, Plain(cell)) : Plain(cell);
    }

    public override ReadOnlySpan<char> Digits(int column) => column < _end ? Plain(_cells[column]) : default;

    public override bool HasUncomputed => _uncomputed;

    public override bool LacksResult(int column) => column < _end && _cells[column].Kind == CellKind.LacksResult;

    public override bool IsColumnHidden(int column) => _hiddenColumns.Contain(column);

    public override int? Beside => _beside < 0 ? null : _beside;

    public override int Spare => _spare;

    public override string NameOf(int column) => $"{SheetPlace.Letters(column)}{Line}";

    public override bool IsBlank() => _blank;

    /// <summary>A cell beside the table is no part of it, and no delimiter can have made it.</summary>
    public override bool HasMoreThan(int columns) => false;

    public override void Bound(int columns, bool seesBeside = false)
    {
        (_columns, _seesBeside, _spare) =
            (columns, seesBeside, seesBeside ? 0 : Math.Min(MostSpare, SheetPlace.MostColumns - columns));
        _merged = MergedCells.Read(_parts, _part, Line, columns);
    }

    public override void SeeMerges(int columns) => _seen = MergedCells.Read(_parts, _part, Line, columns);

    public override CellMerge? MergeOver(int column) => _seen?.FindOver(this, column);

    public override string FinishHash() => _book.Hash;

    public override void Dispose() => _xml.Dispose();

    void Clear()
    {
        foreach (var column in _filled)
            _cells[column] = default;
        _filled.Clear();
        _chars.Clear();
        (_end, _blank, _hidden, _uncomputed, _beside) = (0, true, false, false, -1);
    }

    // A sheet that hides rows by default (zeroHeight) hides those that are not written; each that is says for itself.
    void ReadRow()
    {
        var number = Line + 1;
        while (_xml.MoveToNextAttribute())
        {
            switch (_xml.LocalName)
            {
                case "r":
                    number = int.Parse(_xml.Value, NumberStyles.None, CultureInfo.InvariantCulture);
                    break;
                case "hidden":
                    _hidden |= _xml.Value is "1" or "true";
                    break;
                case "ht":
                    _hidden |= _xml.Value == "0";
                    break;
            }
        }

        _xml.MoveToElement();
        if (number <= Line || number > SheetPlace.MostRows)
            throw Workbook.Damaged(Line + 1);

        Line = number;
        if (!_xml.IsEmptyElement)
            ReadCells();

        _blank = _beside < 0 && !_filled.Exists(column =>
            column < _columns
            && (_cells[column].Kind == CellKind.LacksResult || !Plain(_cells[column]).IsWhiteSpace()));
        _merged?.Fill(this);
    }

    void ReadCells()
    {
        var depth = _xml.Depth;
        var column = -1;
        while (_xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType != XmlNodeType.Element || !ReferenceEquals(_xml.LocalName, _cell))
                continue;

            ReadCell(ref column);
        }
    }

    void ReadCell(ref int column)
    {
        var (style, type) = (-1, "");
        column++;
        while (_xml.MoveToNextAttribute())
        {
            var name = _xml.LocalName;
            if (ReferenceEquals(name, _place))
                column = SheetPlace.ColumnOf(_xml.Value);
            else if (ReferenceEquals(name, _style))
                style = int.Parse(_xml.Value, NumberStyles.None, CultureInfo.InvariantCulture);
            else if (ReferenceEquals(name, _type))
                type = _xml.Value;
        }

        _xml.MoveToElement();
        if (column >= SheetPlace.MostColumns)
            throw new InvalidDataException("a cell lies beyond a sheet's last column");

        if (_xml.IsEmptyElement)
            return;

        var isSpare = column >= _columns && column < _columns + _spare;
        if (column >= _columns && !isSpare && !_seesBeside)
        {
            Pass();
            return;
        }

        var start = _chars.Length;
        var isFormula = ReadContent(out var hasValue);
        var cell = isFormula && LacksResult(start, type, hasValue)
            ? new SheetCell(start, 0, style, CellKind.LacksResult, 0)
            : Understand(start, style, type);
        if (cell.Length == 0 && cell.Kind != CellKind.LacksResult)
            return;

        if (column < _columns || isSpare)
            Set(column, cell);
        else if (_beside < 0 && (cell.Kind == CellKind.LacksResult || !Plain(cell).IsWhiteSpace()))
            _beside = column;
    }

    /// <summary>Whether what stands stored for a formula is no result of it: nothing, where it is no empty text, or the
    /// 0 of a program that cannot compute.</summary>
    bool LacksResult(int start, string type, bool hasValue) => _chars.Span(start, _chars.Length - start) switch
    {
        [] => !hasValue || type != "str",
        "0" => _book.IsUncomputed && type is "" or "n",
        _ => false,
    };

    /// <summary>Reads what stands in the cell into the row's characters.</summary>
    /// <param name="hasValue">Whether a result is stored with it, if an empty one.</param>
    /// <returns>Whether it is a formula.</returns>
    bool ReadContent(out bool hasValue)
    {
        var (depth, formula, inValue) = (_xml.Depth, false, false);
        hasValue = false;
        while (_xml.Read() && _xml.Depth > depth)
        {
            switch (_xml.NodeType)
            {
                case XmlNodeType.Element when ReferenceEquals(_xml.LocalName, _value):
                    inValue = !_xml.IsEmptyElement;
                    hasValue = true;
                    break;
                case XmlNodeType.Element when ReferenceEquals(_xml.LocalName, _formula):
                    formula = true;
                    break;
                case XmlNodeType.Element when ReferenceEquals(_xml.LocalName, _inlineString):
                    _inline.Clear();
                    SharedStrings.ReadRichText(_xml, _inline);
                    _chars.Append(_inline.ToString());
                    break;
                case XmlNodeType.EndElement:
                    inValue = false;
                    break;
                case XmlNodeType.Text
                    or XmlNodeType.CDATA
                    or XmlNodeType.SignificantWhitespace
                    or XmlNodeType.Whitespace when inValue:
                    _chars.Append(_xml);
                    break;
            }
        }

        return formula;
    }

    void Pass()
    {
        var depth = _xml.Depth;
        while (_xml.Read() && _xml.Depth > depth)
        {
        }
    }

    /// <summary>By the cell's type (ECMA-376 part 1, 18.18.11); without one it is a number.</summary>
    SheetCell Understand(int start, int style, string type)
    {
        var written = _chars.Span(start, _chars.Length - start);
        switch (type)
        {
            case "s":
                var index = int.Parse(
                    written,
                    NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                    CultureInfo.InvariantCulture);
                start = _chars.Length;
                _book.Strings.Append(index, _chars);
                return Text(start, style);
            case "b":
                start = _chars.Length;
                _chars.Append(written is "1" ? "TRUE" : "FALSE");
                return Text(start, style);
            case "d" when DateTime.TryParse(
                written, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var day):
                return Number(style, day.ToOADate() - (_book.CountsFrom1904 ? DaysTo1904 : 0));
            case "" or "n"
                when double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                return IsPlain(written)
                    ? new SheetCell(start, written.Length, style, CellKind.Number, number)
                    : Number(style, number);
            default:
                return Text(start, style);
        }
    }

    SheetCell Text(int start, int style) => new(start, _chars.Length - start, style, CellKind.Text, 0);

    SheetCell Number(int style, double number)
    {
        var start = _chars.Length;
        _chars.Append(Write(number));
        return new SheetCell(start, _chars.Length - start, style, CellKind.Number, number);
    }

    static bool IsPlain(ReadOnlySpan<char> written) =>
        written.Length <= 15 && !written.ContainsAnyExceptInRange('0', '9');

    /// <summary>A number cell holds the number whatever format shows it in, 9.12E+08 included: all
    /// digits are written.</summary>
    static string Write(double number) => double.IsInteger(number) && Math.Abs(number) < 1e15
        ? ((long)number).ToString(CultureInfo.InvariantCulture)
        : number.ToString(CultureInfo.InvariantCulture);

    ReadOnlySpan<char> Plain(in SheetCell cell) => _chars.Span(cell.Start, cell.Length);

    void Set(int column, SheetCell cell)
    {
        if (column >= _cells.Length)
            Array.Resize(ref _cells, Math.Min(SheetPlace.MostColumns, Math.Max(column + 1, _cells.Length * 2)));

        if (_cells[column].Kind != CellKind.None)
            throw new InvalidDataException("a cell stands twice in its row");

        _filled.Add(column);
        _cells[column] = cell;
        _uncomputed |= cell.Kind == CellKind.LacksResult;
        _end = Math.Max(_end, column + 1);
    }

    /// <summary>What a merged range shows, from its first cell.</summary>
    internal MergedValue? ReadMerged(int column)
    {
        if (column >= _end || _cells[column].Kind == CellKind.None)
            return null;

        var cell = _cells[column];
        return new MergedValue(Plain(cell).ToString(), cell.Style, cell.Kind, cell.Number);
    }

    /// <summary>Gives the empty cells from a column to another, both included and within the table, what
    /// their range shows.</summary>
    internal void FillMerged(int first, int last, MergedValue value)
    {
        for (var column = first; column <= Math.Min(last, _columns - 1); column++)
        {
            if (column < _cells.Length && _cells[column].Kind != CellKind.None)
                continue;

            var start = _chars.Length;
            _chars.Append(value.Written);
            Set(column, new SheetCell(start, value.Written.Length, value.Style, value.Kind, value.Number));
        }
    }

    /// <param name="Start">Of its characters among the row's.</param>
    /// <param name="Style">-1 where it has none.</param>
    /// <param name="Number">Of a number or a date.</param>
    readonly record struct SheetCell(int Start, int Length, int Style, CellKind Kind, double Number);
}
