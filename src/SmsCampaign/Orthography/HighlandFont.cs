using System.Text.RegularExpressions;

namespace SmsCampaign.Orthography;

/// <summary>
/// Text of the Tây Nguyên languages typed for fonts that draw signs of ASCII as letters: [ ƀ, { Ƀ, ] č, ^ ĭ, ` ñ, a \
/// as the breve of the vowel before it, e# ê̆ and o# ô̆ (texts of vov4.vov.vn).
/// </summary>
static partial class HighlandFont
{
    /// <returns>The text in Unicode, and where the first such sign stands; null where there is none.</returns>
    public static (string Repaired, int Start)? Detect(string text)
    {
        var sign = Sign().Match(text);
        while (sign.Success && IsPaired(text, sign))
            sign = sign.NextMatch();

        return sign.Success ? (Repair(text), sign.Index) : null;
    }

    static string Repair(string text) => text
        .Replace("e#", "ê\u0306", StringComparison.Ordinal).Replace("o#", "ô\u0306", StringComparison.Ordinal)
        .Replace('[', 'ƀ')
        .Replace('{', 'Ƀ')
        .Replace(']', 'č')
        .Replace('^', 'ĭ')
        .Replace('`', 'ñ')
        .Replace('\\', '\u0306')
        .Composed();

    // [Buôn Đôn] is a word in brackets.
    static bool IsPaired(string text, Match sign) => sign.Value switch
    {
        "[" => text.IndexOf(']', sign.Index) is var end and >= 0
            && text.IndexOf('[', sign.Index + 1) is var next
            && (next < 0 || next > end),
        "{" => text.IndexOf('}', sign.Index) >= 0,
        "]" => text.LastIndexOf('[', sign.Index) is var start and >= 0
            && text.LastIndexOf(']', Math.Max(sign.Index - 1, 0)) < start,
        _ => false,
    };

    [GeneratedRegex(
        @"[\[{](?=\p{L})|(?<=\p{L})[\[{]|[\]^`](?=\p{L})|(?<=\p{L})[\]^`]|(?<=[aeiouyăâêôơưAEIOUYĂÂÊÔƠƯ])\\|(?<=[eoEO])#")]
    private static partial Regex Sign();
}
