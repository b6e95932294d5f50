using System.Buffers;
using Sylvan.Data.Csv;

namespace SmsCampaign.Audience;

/// <summary>
/// A CSV file (RFC 4180) with any of the usual delimiters.
/// </summary>
sealed class CsvTableReader : TableReader
{
    /// <summary>Longest row, in characters. A quotation mark that is never closed would otherwise take
    /// in the whole file.</summary>
    const int LongestRow = 64 * 1024;

    static readonly char[] Delimiters = [',', ';', '\t', '|'];

    static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    readonly CheckedTextReader _text;
    readonly CsvDataReader _csv;
    readonly char _delimiter;
    int _nextLine = 1;
    int _lastLine = 1;

    /// <param name="head">Beginning of the file, decoded.</param>
    public CsvTableReader(CheckedTextReader text, ReadOnlySpan<char> head)
    {
        _text = text;
        var marked = ReadExcelMark(head);
        _delimiter = marked ?? DetectDelimiter(head);

        try
        {
            _csv = CsvDataReader.Create(text, new CsvDataReaderOptions
            {
                HasHeaders = false,
                Delimiter = _delimiter,
                BufferSize = LongestRow,
                ResultSetMode = ResultSetMode.SingleResult,

                // No line is a comment.
                Comment = CheckedTextReader.Noncharacter,
                OwnsReader = false,
            });

            if (marked is not null)
                Read();
        }
        catch (CsvFormatException wrong)
        {
            text.Dispose();
            throw Broken(wrong);
        }
        catch (BrokenTableException)
        {
            text.Dispose();
            throw;
        }
    }

    public char Delimiter => _delimiter;

    public override int CellCount => _csv.RowFieldCount;

    public override Wording LineWord => new("dòng", "line");

    public override bool Read()
    {
        Line = _nextLine;

        try
        {
            if (!_csv.Read())
                return false;
        }
        catch (CsvFormatException wrong)
        {
            throw Broken(wrong);
        }

        // A quoted cell may hold line ends: the file's lines are what a person can look up, not the rows.
        var raw = _csv.GetRawRecordSpan();
        var ends = raw.Count('\n');
        _nextLine += ends > 0 ? ends : raw.Count('\r');
        _lastLine = raw.IsEmpty || raw[^1] is '\n' or '\r' ? _nextLine - 1 : _nextLine;
        return true;
    }

    /// <summary>A quotation mark too many takes in all up to the next one, and nobody misses the rows: a cell that goes
    /// on over lines like rows, with a delimiter and a number, is none.</summary>
    public override Wording? RowsInCell(WrittenNumbers written)
    {
        if (_lastLine <= Line)
            return null;

        for (var column = 0; column < CellCount; column++)
        {
            if (HoldsRows(Cell(column), written))
            {
                return new Wording(
                    $"Ô thứ {column + 1} kéo dài tới dòng {_lastLine} và trong đó có số điện thoại: "
                        + $"dấu ngoặc kép (\") mở ở đây có lẽ thừa hoặc thiếu dấu đóng, nên các dòng sau không được "
                        + $"đọc. Hãy thêm dấu đóng hoặc xóa dấu mở; nếu đúng là một ô, hãy viết trên một dòng.",
                    $"Cell {column + 1} goes on to line {_lastLine} and has telephone numbers in it: "
                        + $"a quotation mark (\") here seems one too many or never closed, so that the lines behind "
                        + $"are not read. Close it or delete it; if it is one cell indeed, write it on one line.");
            }
        }

        return null;
    }

    public override Wording? FiguresInCell()
    {
        if (_lastLine <= Line)
            return null;

        for (var column = 0; column < CellCount; column++)
        {
            if (HoldsFigures(Cell(column)))
            {
                return new Wording(
                    $"Ô thứ {column + 1} kéo dài tới dòng {_lastLine} và trong đó có số liệu: dấu ngoặc kép (\") mở ở "
                        + $"đây có lẽ thừa hoặc thiếu dấu đóng, nên các dòng sau không được đọc. Hãy thêm dấu đóng "
                        + $"hoặc xóa dấu mở; nếu đúng là một ô, hãy viết trên một dòng.",
                    $"Cell {column + 1} goes on to line {_lastLine} and has figures in it: a quotation mark (\") here "
                        + $"seems one too many or never closed, so that the lines behind are not read. Close it or "
                        + $"delete it; if it is one cell indeed, write it on one line.");
            }
        }

        return null;
    }

    bool HoldsFigures(ReadOnlySpan<char> cell)
    {
        var isFirst = true;
        foreach (var line in cell.EnumerateLines())
        {
            if (!isFirst && line.Contains(_delimiter) && line.ContainsAnyInRange('0', '9'))
                return true;
            isFirst = false;
        }

        return false;
    }

    bool HoldsRows(ReadOnlySpan<char> cell, WrittenNumbers written)
    {
        var isFirst = true;
        foreach (var line in cell.EnumerateLines())
        {
            if (!isFirst && line.Contains(_delimiter) && written.AnyIn(line, ""))
                return true;
            isFirst = false;
        }

        return false;
    }

    public override ReadOnlySpan<char> Cell(int column) =>
        column < _csv.RowFieldCount ? _csv.GetFieldSpan(column) : default;

    public override string FinishHash() => _text.FinishHash();

    public override void Dispose()
    {
        _csv.Dispose();
        _text.Dispose();
    }

    /// <summary>The delimiter that stands most often in the first line with anything in it, outside quotes; tab where
    /// there is none, so that a file of one column is one.</summary>
    public static char DetectDelimiter(ReadOnlySpan<char> head)
    {
        Span<int> counts = stackalloc int[Delimiters.Length];
        var quoted = false;
        var started = false;

        foreach (var sign in head)
        {
            if (!quoted && LineEnds.Contains(sign))
            {
                if (started)
                    break;
                continue;
            }

            started = true;
            if (sign == '"')
                quoted = !quoted;
            else if (!quoted && Array.IndexOf(Delimiters, sign) is >= 0 and var at)
                counts[at]++;
        }

        var most = 0;
        for (var at = 1; at < counts.Length; at++)
        {
            if (counts[at] > counts[most])
                most = at;
        }

        return counts[most] > 0 ? Delimiters[most] : '\t';
    }

    /// <summary>Excel writes and understands a first line that names the delimiter: sep=;</summary>
    static char? ReadExcelMark(ReadOnlySpan<char> head)
    {
        var end = head.IndexOfAny(LineEnds);
        var first = end < 0 ? head : head[..end];
        return first.Length == 5
            && first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)
            && Array.IndexOf(Delimiters, first[4]) >= 0
            ? first[4]
            : null;
    }

    BrokenTableException Broken(CsvFormatException wrong) => wrong switch
    {
        CsvInvalidCharacterException { InvalidCharacter: not '"' } => new(_nextLine, new Wording(
            "Sau dấu ngoặc kép đóng (\") phải là dấu phân cách hoặc hết dòng. "
                + "Nếu trong ô có dấu ngoặc kép, hãy viết hai lần: \"\".",
            "After a closing quotation mark (\") a delimiter or the end of the line must follow. "
                + "A quotation mark within a cell is written twice: \"\".")),
        CsvRecordTooLargeException => new(_nextLine, new Wording(
            $"Dòng dài quá {Figures.Count(LongestRow)} ký tự: có dấu ngoặc kép (\") mở ở dòng này mà không đóng, "
                + $"hoặc đây không phải là một bảng. Hãy xem lại từ dòng này.",
            $"The row is longer than {Figures.Count(LongestRow)} characters: a quotation mark (\") opened on this line "
                + $"is never closed, or this is no table. Look at it from this line on.")),
        _ => new(_nextLine, new Wording(
            "Dấu ngoặc kép (\") mở ở dòng này không có dấu đóng. Hãy thêm dấu đóng hoặc xóa dấu mở.",
            "The quotation mark (\") opened on this line is never closed. Close it or delete it.")),
    };
}
