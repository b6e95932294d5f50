using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using SmsCampaign.Letters;

namespace SmsCampaign.Reports.Documents;

/// <summary>
/// The part of a sheet with very many rows, written through as bytes: through the objects of a library a million rows
/// would take minutes.
/// </summary>
sealed class SheetStream : ByteBuffer, IDisposable
{
    /// <summary>Days from 30/12/1899, from which spreadsheets count, to 01/01/1970.</summary>
    const long EpochDay = 25_569;

    const long SecondsPerDay = 86_400;
    const long Fraction = 10_000_000_000;

    static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. "&<>_"u8, .. Enumerable.Range(0, 0x20).Select(code => (byte)code), 0x7F]);

    static readonly byte[] SecondCell = Encoding.ASCII.GetBytes(
        $"<c s=\"{((int)CellLook.BareSecond).ToString(CultureInfo.InvariantCulture)}\"><v>");

    /// <summary>Of a second of the day, as a part of it.</summary>
    const int FractionDigits = 10;

    /// <param name="stream">Left open.</param>
    /// <param name="before">Stands before the rows.</param>
    /// <param name="headings">The first row.</param>
    public SheetStream(
        Stream stream, IReadOnlyList<OpenXmlElement> before, IEnumerable<string> headings)
        : base(stream)
    {
        Append("<?xml version=\"1.0\" encoding=\"utf-8\"?>"u8);
        Append("<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"u8);
        foreach (var element in before)
            Append(element.OuterXml);
        Append("<sheetData xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"u8);
        BeginRow();
        var look = ((int)CellLook.Head).ToString(CultureInfo.InvariantCulture);
        foreach (var heading in headings)
        {
            Append($"<c s=\"{look}\" t=\"inlineStr\"><is><t>");
            AppendEscaped(heading);
            Append("</t></is></c>"u8);
        }

        EndRow();
    }

    /// <summary>Rows so far, the headings among them.</summary>
    public int Rows { get; private set; }

    /// <summary>A cell that points to a shared text, for <see cref="Ready"/>.</summary>
    public static byte[] Shared(int text) =>
        Encoding.ASCII.GetBytes($"<c t=\"s\"><v>{text.ToString(CultureInfo.InvariantCulture)}</v></c>");

    public static byte[] Nothing { get; } = [.. "<c/>"u8];

    public void BeginRow()
    {
        Rows++;
        Append("<row r=\""u8);
        AppendNumber(Rows);
        Append("\">"u8);
    }

    public void EndRow() => Append("</row>"u8);

    public void Ready(ReadOnlySpan<byte> cell) => Append(cell);

    public void Empty() => Append("<c/>"u8);

    public void Number(long number)
    {
        Append("<c><v>"u8);
        AppendNumber(number);
        Append("</v></c>"u8);
    }

    public void Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    /// <param name="text">UTF-8.</param>
    public void Text(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            Empty();
            return;
        }

        Append("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
        if (Ascii.IsValid(text) && text.Length < 1_000 && !text.ContainsAny(Special))
            Append(text);
        else
            AppendEscaped(Encoding.UTF8.GetString(text));
        Append("</t></is></c>"u8);
    }

    /// <param name="localSeconds">Of the wall since 01/01/1970; null: the cell stays empty.</param>
    public void Moment(long? localSeconds)
    {
        if (localSeconds is not { } seconds)
        {
            Empty();
            return;
        }

        Append(SecondCell);
        var day = Math.DivRem(seconds, SecondsPerDay, out var rest);
        if (rest < 0)
            (day, rest) = (day - 1, rest + SecondsPerDay);
        AppendNumber(day + EpochDay);
        Append("."u8);
        Span<byte> fraction = stackalloc byte[FractionDigits];
        Utf8Formatter.TryFormat(
            (rest * Fraction + SecondsPerDay / 2) / SecondsPerDay,
            fraction,
            out _,
            new StandardFormat('D', FractionDigits));
        Append(fraction);
        Append("</v></c>"u8);
    }

    /// <param name="after">Stands behind the rows.</param>
    public void End(IReadOnlyList<OpenXmlElement> after)
    {
        Append("</sheetData>"u8);
        foreach (var element in after)
            Append(element.OuterXml);
        Append("</x:worksheet>"u8);
        Flush();
    }

    public void Dispose() => Flush();

    void AppendEscaped(string text) => Append(new StringBuilder(CellText.Of(text))
        .Replace("&", "&amp;")
        .Replace("<", "&lt;")
        .Replace(">", "&gt;")
        .ToString());

    void Append(string text) => Append(Encoding.UTF8.GetBytes(text));
}
