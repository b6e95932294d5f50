using System.Globalization;
using System.Text;

namespace SmsCampaign.Orthography;

/// <summary>Takes diacritics off letters, and typography off punctuation.</summary>
static class Diacritics
{
    public static string Strip(string text)
    {
        var stripped = new StringBuilder(text.Length);
        foreach (var character in text.Decomposed())
        {
            if (char.IsAscii(character))
                stripped.Append(character);
            else if (Plain(character) is { } plain)
                stripped.Append(plain);
            else if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
                stripped.Append(character);
        }

        return stripped.ToString();
    }

    /// <returns>What a keyboard has for it; null where there is nothing.</returns>
    static string? Plain(char character) => character switch
    {
        // Letters Unicode does not decompose: Vietnamese đ, Ê Đê and Gia Rai ƀ.
        'đ' => "d",
        'Đ' => "D",
        'ƀ' => "b",
        'Ƀ' => "B",
        '₫' => "d",

        '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2032' or '\u00B4' => "'",
        '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u2033' or '«' or '»' => "\"",
        (>= '\u2010' and <= '\u2015') or '\u2212' or '•' or '·' => "-",
        '…' => "...",
        '×' => "x",
        _ when char.GetUnicodeCategory(character) == UnicodeCategory.SpaceSeparator => " ",
        _ => null,
    };
}
