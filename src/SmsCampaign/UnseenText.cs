using System.Globalization;
using System.Text;

namespace SmsCampaign;

/// <summary>
/// Characters that are not seen but change what is: control characters (ESC, line breaks), those that turn the
/// direction of writing or break a line, tags, and halves of characters. A name or title with one of them could
/// show a line that nobody wrote.
/// </summary>
public static class UnseenText
{
    /// <summary>The first of them in a text that is one line.</summary>
    /// <returns>Its UTF-16 index and its name, such as "U+001B"; null where there is none.</returns>
    public static (int At, string Name)? FindIn(string text) => Find(text, IsOne);

    /// <summary>As <see cref="FindIn"/>, and those that are merely not seen: zero-width ones, soft hyphens, fillers,
    /// blanks of other scripts. Some scripts need them between their words (Khmer), no name or reason does.</summary>
    public static (int At, string Name)? FindAnyIn(string text) => Find(text, rune => IsOne(rune) || IsInvisible(rune));

    static (int At, string Name)? Find(string text, Func<Rune, bool> isSought)
    {
        for (var at = 0; at < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, at, out var rune);
            if (!isWhole || isSought(rune))
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
    static bool IsOfLines(string text, int at) =>
        text[at] is '\n' or '\t' || (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n');

    static bool IsOne(Rune rune) => rune.Value switch
    {
        0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x206F) =>
            true, // direction (UAX 9, 2)
        (>= 0xFFF9 and <= 0xFFFB) or (>= 0xE0000 and <= 0xE007F) => true, // annotations, tags
        _ => Rune.GetUnicodeCategory(
            rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    static bool IsInvisible(Rune rune) => rune.Value switch
    {
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x180B or 0x180C or 0x180D or 0x180F or 0x3164 or 0xFFA0 =>
            true, // joiners and fillers
        0x2800 or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE0FFF) =>
            true, // blank Braille, variations of what stands before
        _ => Rune.GetUnicodeCategory(
            rune) is UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned,
    };

    static string NameOf(int code) => string.Create(CultureInfo.InvariantCulture, $"U+{code:X4}");
}
