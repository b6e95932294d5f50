using System.Buffers;
using System.Globalization;
using System.Text;

namespace SmsCampaign.Reports;

/// <summary>
/// Keeps a text in a CSV file from becoming a formula (OWASP, "CSV Injection"), whichever separator the
/// reader's spreadsheet goes by: where lists are separated by semicolons, as with Vietnamese settings,
/// <c>abc;=1+1</c> is two cells, quoted or not.
/// </summary>
/// <remarks>
/// A formula begins with = + - @ or what a spreadsheet takes for one of them (full-width and small forms, the minus
/// sign), behind any spaces, quotation marks and characters that are not seen.
/// </remarks>
static class FormulaGuard
{
    const char Apostrophe = '\'';

    /// <summary>Signs that end a cell for some spreadsheet. Comma is ours, and stands in quotes; only right before a
    /// sign it is guarded as well, for readers that know no quotes.</summary>
    const string Separators = ";\t|\r\n,\u2028\u2029\u0085";

    /// <summary>Separators, control characters, and the bytes that begin a character that is not seen or breaks a line
    /// (U+0080 to U+00BF, Arabic, U+2000 to U+2FFF, U+F000 to U+FFFF, beyond U+C0000).</summary>
    static readonly SearchValues<byte> Suspicious = SearchValues.Create(
        [
            .. Enumerable.Range(0, 0x20).Select(code => (byte)code),
            0x7F,
            .. ";|,"u8,
            0xC2,
            0xD8,
            0xE2,
            0xEF,
            0xF3,
            0xF4,
        ]);

    /// <summary>Whether a text must be looked at: quick, and true rather too often.</summary>
    public static bool MayNeed(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && (!IsPlain(text) || text.ContainsAny(Suspicious));

    /// <summary>The text with an apostrophe before whatever would begin a formula.</summary>
    public static string In(string text)
    {
        var guarded = new StringBuilder(text.Length + 1);
        var begins = true; // whether a cell may begin here
        var bare = false; // right behind a comma
        var start = 0; // of what stands before the sign
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (begins && IsStarter(rune))
            {
                guarded.Insert(start, Apostrophe);
                begins = false;
            }
            else if (rune.IsBmp && Separators.Contains((char)rune.Value, StringComparison.Ordinal))
            {
                // One that opens the whole text is a starter itself to some (OWASP names tab and CR).
                if (at == 0 && rune.Value is '\t' or '\r' or '\n')
                    guarded.Append(Apostrophe);
                (begins, bare, start) = (true, rune.Value == ',', guarded.Length + 1);
            }
            else if (begins && (!IsPassedOver(rune) || (bare && rune.Value == ' ')))
            {
                begins = false;
            }

            guarded.Append(text, at, rune.Utf16SequenceLength);
            at += rune.Utf16SequenceLength;
        }

        return guarded.ToString();
    }

    /// <summary>Whether a text begins with a digit or a Latin letter, U+00C0 to U+027F and U+1E80 to
    /// U+1EFF among them.</summary>
    static bool IsPlain(ReadOnlySpan<byte> text) =>
        text[0] is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z')
            or (>= 0xC3 and <= 0xC9) || text is [0xE1, 0xBA or 0xBB, ..];

    static bool IsStarter(Rune rune)
    {
        if (rune.IsAscii)
            return rune.Value is '=' or '+' or '-' or '@';

        // ＝ ＋ － ＠ and their small and raised forms are compatibility forms of the four; the minus sign U+2212 is not.
        return rune.Value == 0x2212
            || rune.ToString().Normalize(NormalizationForm.FormKC) is ['=' or '+' or '-' or '@', ..];
    }

    /// <summary>What a spreadsheet may drop before it looks what a cell is.</summary>
    static bool IsPassedOver(Rune rune) => rune.Value == '"' || Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.EnclosingMark
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate;
}
