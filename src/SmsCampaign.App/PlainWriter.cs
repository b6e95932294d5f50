using System.Text;

namespace SmsCampaign.App;

/// <summary>
/// Writes to a terminal what others may have written (file names, cells, gateways' words): what is not seen is
/// shown by its code point, so that no text can move the cursor, change colours or turn a line around. Line
/// breaks are the program's own.
/// </summary>
sealed class PlainWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    /// <param name="inner">Stays its owner's to close.</param>
    public static TextWriter Over(TextWriter inner) => new PlainWriter(inner);

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(UnseenText.Show(value.ToString(), keepLines: true));

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) =>
        inner.Write(value is null ? null : UnseenText.Show(value, keepLines: true));

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value)
    {
        // In one piece: two threads may write.
        inner.WriteLine(value is null ? null : UnseenText.Show(value, keepLines: true));
    }

    public override void Flush() => inner.Flush();
}
