using System.Globalization;
using System.Xml;

namespace SmsCampaign.Audience;

/// <summary>
/// The merged ranges of a sheet: Excel keeps what they show in their first cell alone, and lists them behind all rows.
/// </summary>
sealed class MergedCells
{
    const int BufferLength = 64 * 1024;

    /// <summary>Most ranges: one a row.</summary>
    const int MostRanges = 1 << 20;

    static ReadOnlySpan<byte> Mark => "mergeCell"u8;

    /// <summary>By first row.</summary>
    readonly List<Range> _ranges;
    readonly int _columns;
    readonly List<(Range Range, MergedValue? Value)> _active = [];
    int _next;

    MergedCells(List<Range> ranges, int columns) => (_ranges, _columns) = (ranges, columns);

    /// <summary>Looks through the sheet before its rows are read.</summary>
    /// <param name="after">Row of the column names: ranges that begin there or above are no data.</param>
    /// <param name="columns">Of the table: ranges beside it are no data either.</param>
    /// <returns>Null where there are none.</returns>
    /// <exception cref="BrokenTableException">They are damaged.</exception>
    public static MergedCells? Read(WorkbookParts parts, string part, int after, int columns)
    {
        try
        {
            return ReadRanges(parts, part, after, columns);
        }
        catch (Exception damaged) when (Workbook.IsDamage(damaged))
        {
            throw Workbook.Damaged(null);
        }
    }

    static MergedCells? ReadRanges(WorkbookParts parts, string part, int after, int columns)
    {
        if (!HasMark(parts, part))
            return null;

        var ranges = new List<Range>();
        using var xml = parts.OpenXml(part);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element
                && xml.LocalName == "mergeCell"
                && xml.GetAttribute("ref") is { } reference
                && Parse(reference) is var range && range.FirstRow > after && range.FirstColumn < columns)
            {
                if (ranges.Count == MostRanges)
                    throw new InvalidDataException("more merged ranges than rows");
                ranges.Add(range);
            }
        }

        ranges.Sort((one, other) => one.FirstRow.CompareTo(other.FirstRow));
        return ranges.Count == 0 ? null : new MergedCells(ranges, columns);
    }

    /// <summary>Fills the cells of the sheet's current row.</summary>
    public void Fill(SpreadsheetTableReader sheet)
    {
        MoveTo(sheet);
        foreach (var (range, value) in _active)
        {
            if (value is not null)
                sheet.FillMerged(range.FirstColumn, range.LastColumn, value);
        }
    }

    /// <summary>The range that a cell of the sheet's current row lies in and does not begin: nothing stands there that
    /// Excel shows. Null where there is none.</summary>
    public CellMerge? FindOver(SpreadsheetTableReader sheet, int column)
    {
        MoveTo(sheet);
        foreach (var (range, _) in _active)
        {
            if (range.FirstColumn <= column && column <= range.LastColumn
                && (range.FirstColumn != column || range.FirstRow != sheet.Line))
                return new CellMerge(range.ToString(), range.FirstRow == range.LastRow);
        }

        return null;
    }

    void MoveTo(SpreadsheetTableReader sheet)
    {
        _active.RemoveAll(merged => merged.Range.LastRow < sheet.Line);
        for (; _next < _ranges.Count && _ranges[_next].FirstRow <= sheet.Line; _next++)
        {
            var range = _ranges[_next];
            if (range.LastRow >= sheet.Line)
                _active.Add((range, range.FirstRow == sheet.Line ? sheet.ReadMerged(range.FirstColumn) : null));
        }

        // Ranges lie side by side, so a row crosses at most one a column.
        if (_active.Count > _columns)
            throw new InvalidDataException("merged ranges overlap");
    }

    /// <summary>Whether the word stands anywhere in the sheet: few sheets have merged cells, and none is read twice
    /// for want of them.</summary>
    static bool HasMark(WorkbookParts parts, string part)
    {
        using var stream = parts.Open(part);
        var buffer = new byte[BufferLength];
        var kept = 0;
        var isFirst = true;
        while (stream.Read(buffer, kept, buffer.Length - kept) is > 0 and var read)
        {
            var bytes = buffer.AsSpan(0, kept + read);

            // Not UTF-8: the word would not be found.
            if (isFirst && (bytes[0] is 0xFE or 0xFF or 0 || (bytes.Length > 1 && bytes[1] == 0)))
                return true;

            if (bytes.IndexOf(Mark) >= 0)
                return true;

            isFirst = false;
            kept = Math.Min(bytes.Length, Mark.Length - 1);
            bytes[^kept..].CopyTo(buffer);
        }

        return false;
    }

    /// <param name="reference">As D2:D6.</param>
    static Range Parse(string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        var (first, last) = colon < 0 ? (reference, reference) : (reference[..colon], reference[(colon + 1)..]);
        return new Range(RowOf(first), RowOf(last), SheetPlace.ColumnOf(first), SheetPlace.ColumnOf(last));
    }

    static int RowOf(string reference) =>
        int.Parse(
            reference.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
            NumberStyles.None,
            CultureInfo.InvariantCulture);

    /// <param name="FirstRow">1-based, as the rows; columns are 0-based.</param>
    readonly record struct Range(int FirstRow, int LastRow, int FirstColumn, int LastColumn)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{SheetPlace.Letters(FirstColumn)}{FirstRow}:{SheetPlace.Letters(LastColumn)}{LastRow}");
    }
}

/// <summary>A merged range.</summary>
/// <param name="Name">As B4:B5.</param>
/// <param name="IsInRow">Whether it lies in one row.</param>
readonly record struct CellMerge(string Name, bool IsInRow);
