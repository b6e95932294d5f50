using System.Buffers;
using System.Buffers.Text;
using System.Text;
using SmsCampaign.Files;

namespace SmsCampaign.Reports;

/// <summary>
/// Writes a CSV file that a spreadsheet opens right by double click: UTF-8 with byte-order mark, comma, CRLF, quotes
/// after RFC 4180, and no cell that becomes a formula.
/// </summary>
/// <remarks>
/// Text that a spreadsheet would compute gets an apostrophe in front (<see cref="FormulaGuard"/>). Numbers we write as
/// numbers are left alone, negative ones too. What is not seen is shown by its code point (<see cref="UnseenText"/>).
/// </remarks>
sealed class CsvBytes : ByteBuffer, ILongRows, IDisposable
{
    /// <summary>Characters of the longest decimal.</summary>
    const int LongestDecimal = 32;

    static readonly SearchValues<byte> NeedQuotes = SearchValues.Create(",\"\r\n"u8);

    readonly FileStream _file;
    bool _rowBegun;

    public CsvBytes(string path)
        : this(PrivateFiles.Create(path, bufferSize: 0)) // unbuffered: this class is the buffer
    {
    }

    CsvBytes(FileStream file)
        : base(file)
    {
        _file = file;
        Append([0xEF, 0xBB, 0xBF]);
    }

    /// <summary>A cell as it stands in the file, separator not included: for texts that come again and again.</summary>
    public static byte[] Cell(string text) => Cell(Encoding.UTF8.GetBytes(text));

    static byte[] Cell(ReadOnlySpan<byte> text)
    {
        var guarded = FormulaGuard.MayNeed(text) ? Encoding.UTF8.GetBytes(Guard(Encoding.UTF8.GetString(text))) : text;
        var quoted = guarded.ContainsAny(NeedQuotes);
        var cell = new List<byte>(guarded.Length + 2);

        if (quoted)
            cell.Add((byte)'"');

        foreach (var letter in guarded)
        {
            if (letter == '"')
                cell.Add(letter);
            cell.Add(letter);
        }

        if (quoted)
            cell.Add((byte)'"');
        return [.. cell];
    }

    /// <summary>The text as a cell holds it: no formula, and nothing in it that is not seen but line breaks.</summary>
    internal static string Guard(string text) => FormulaGuard.In(UnseenText.Show(text, keepLines: true));

    /// <summary>A whole row of texts.</summary>
    public void Row(params IEnumerable<string> texts)
    {
        foreach (var text in texts)
            Text(text);
        EndRow();
    }

    public void Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public void Text(ReadOnlySpan<byte> text) =>
        Ready(text.ContainsAny(NeedQuotes) || FormulaGuard.MayNeed(text) ? Cell(text) : text);

    /// <summary>A cell that needs no care: made by <see cref="Cell(string)"/>, or of characters
    /// that can do nothing.</summary>
    public void Ready(ReadOnlySpan<byte> cell)
    {
        Separate();
        Append(cell);
    }

    public void Number(long number)
    {
        Separate();
        AppendNumber(number);
    }

    public void Number(decimal number)
    {
        Span<byte> digits = stackalloc byte[LongestDecimal];
        Utf8Formatter.TryFormat(number, digits, out var written);
        Ready(digits[..written]);
    }

    public void Moment(LocalTimes times, long? micros)
    {
        if (micros is { } moment)
            Ready(times.Utf8(moment));
        else
            Empty();
    }

    byte[] ILongRows.Cell(string text) => Cell(text);

    public void Empty() => Ready([]);

    public void EndRow()
    {
        Append("\r\n"u8);
        _rowBegun = false;
    }

    public void Dispose()
    {
        Flush();
        _file.Dispose();
    }

    void Separate()
    {
        if (_rowBegun)
            Append(","u8);
        _rowBegun = true;
    }
}
