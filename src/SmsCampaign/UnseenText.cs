using System.Globalization;
using System.Text;

namespace SmsCampaign;

/// <summary>
/// Characters that are not seen but change what is: control characters (ESC, line breaks), those that turn the direction of
/// writing or break a line, tags, and halves of characters. A name or title with one of them could show a line that nobody wrote.
/// </summary>
public static class UnseenText
{
    /// <summary>The first of them in a text that is one line.</summary>
    /// <returns>Its UTF-16 index and its name, such as "U+001B"; null where there is none.</returns>
    public static (int At, string Name)? FindIn(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, at, out var rune);
            if (!isWhole || IsOne(rune))
                return (at, NameOf(isWhole ? rune.Value : text[at]));

            at += rune.Utf16SequenceLength;
        }

        return null;
    }

    /// <summary>The text with each of them shown as &lt;U+001B&gt;.</summary>
    /// <param name="keepLines">Whether line breaks and tabs stay.</param>
    public static string Show(string text, bool keepLines = false)
    {
        if (FindIn(text) is not var (first, _))
            return text;

        var shown = new StringBuilder(text, 0, first, text.Length + 16);
        for (var at = first; at < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, at, out var rune);
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            if (isWhole && (!IsOne(rune) || (keepLines && IsOfLines(text, at))))
                shown.Append(text, at, length);
            else
                shown.Append('<').Append(NameOf(isWhole ? rune.Value : text[at])).Append('>');
            at += length;
        }

        return shown.ToString();
    }

    /// <summary>A carriage return by itself overwrites the line it stands in.</summary>
    static bool IsOfLines(string text, int at) => text[at] is '\n' or '\t' || (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n');

    static bool IsOne(Rune rune) => rune.Value switch
    {
        0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x206F) => true, // direction (UAX 9, 2)
        (>= 0xFFF9 and <= 0xFFFB) or (>= 0xE0000 and <= 0xE007F) => true, // annotations, tags
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    static string NameOf(int code) => string.Create(CultureInfo.InvariantCulture, $"U+{code:X4}");
}
