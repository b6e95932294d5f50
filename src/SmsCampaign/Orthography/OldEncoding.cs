using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace SmsCampaign.Orthography;

/// <summary>
/// An encoding of Vietnamese from before Unicode, as it looks where its bytes are read as Windows-1252: what was typed
/// in one of its fonts and pasted into a Unicode file.
/// </summary>
/// <param name="Decode">A word of it in Unicode; null where the word has a character beyond ASCII that the
/// encoding does not use.</param>
/// <param name="IsOfFonts">Whether fonts impose it on Latin letters, so that no program can open a file by it.</param>
/// <param name="IsRepairable">Whether what <paramref name="Decode"/> makes can be offered to a person.</param>
sealed partial record OldEncoding(
    Wording Name, Func<string, string?> Decode, bool IsRepairable = true, bool IsOfFonts = true)
{
    // Tables after lamdao/xvnkb: the plain vowel where it has a code of its own, then the tones in the order below.
    const string ToneOrder = "\u0301\u0300\u0309\u0303\u0323";

    public static readonly OldEncoding Tcvn3 = new(
        new("TCVN3 (ABC, phông .VnTime)", "TCVN3 (ABC, font .VnTime)"), DecodeTcvn3);
    public static readonly OldEncoding Vni = new(new("VNI (phông VNI-Times)", "VNI (font VNI-Times)"), DecodeVni);
    public static readonly OldEncoding Windows1258 = new(
        new("Windows-1258", "Windows-1258"), Decode1258, IsOfFonts: false);
    public static readonly OldEncoding Vps = new(new("VPS", "VPS"), DecodeVps, IsRepairable: false);
    public static readonly OldEncoding Viqr = new(
        new("VIQR (tie^'ng Vie^.t)", "VIQR (tie^'ng Vie^.t)"), DecodeViqr, IsOfFonts: false);

    /// <summary>Those of one byte a character, the commonest first.</summary>
    public static readonly IReadOnlyList<OldEncoding> OfBytes = [Tcvn3, Vni, Windows1258, Vps];

    static readonly FrozenDictionary<char, char> Tcvn3Letters = Letters(
        "a ¸µ¶·¹|ă¨¾»¼½Æ|â©ÊÇÈÉË|e ÐÌÎÏÑ|êªÕÒÓÔÖ|i Ý×ØÜÞ|o ãßáâä|ô«èåæçé|ơ¬íêëìî|u óïñòô|ư\u00ADøõö÷ù|y ýúûüþ|đ®",
        "Ă¡|Â¢|Ê£|Ô¤|Ơ¥|Ư¦|Đ§");

    static readonly FrozenDictionary<char, char> VpsLetters = Letters(
        "a áàäãå|ăæ¡¢£¤¥|ââÃÀÄÅÆ|e éèÈëË|êê‰Š‹ÍŒ|i íìÌïÎ|o óòÕõ†|ôôÓÒ°‡¶|ơÖ§©ª«®|u úùûÛø|ưÜÙØº»¿|y šÿ›Ïœ|đÇ", "");

    // Two characters a letter: a plain vowel, or ô for ơ and ö for ư, and its tone; hats go together with their tones.
    static readonly FrozenDictionary<string, string> VniPairs =
        Pairs("aeouy", "aeouy", "ùøûõï")
            .Concat(Pairs("ôö", "ơư", "ùøûõï"))
            .Concat(Pairs("aeo", "âêô", "áàåãä"))
            .Concat(Pairs("a", "ă", "éèúüë"))
            .Concat([("aâ", "â"), ("eâ", "ê"), ("oâ", "ô"), ("aê", "ă")])
            .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2);

    static readonly FrozenDictionary<char, char> VniSingles =
        "ôöíìæóòîñ".Zip("ơưíìỉĩịỵđ").ToFrozenDictionary(letter => letter.First, letter => letter.Second);

    /// <summary>What all of them are taken for.</summary>
    public static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(
        1252, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback)!;

    static readonly Encoding Vietnamese = CodePagesEncodingProvider.Instance.GetEncoding(1258)!;

    static string? DecodeTcvn3(string word) => Decoded(word, Tcvn3Letters);

    static string? DecodeVps(string word) => Decoded(word, VpsLetters);

    static string? Decoded(string word, FrozenDictionary<char, char> letters)
    {
        var decoded = new StringBuilder(word.Length);
        foreach (var character in word)
        {
            if (char.IsAscii(character))
                decoded.Append(character);
            else if (letters.TryGetValue(character, out var letter))
                decoded.Append(letter);
            else
                return null;
        }

        return decoded.ToString();
    }

    static string? DecodeVni(string word)
    {
        var decoded = new StringBuilder(word.Length);
        for (var at = 0; at < word.Length; at++)
        {
            var isCapital = char.IsUpper(word[at]);
            if (at + 1 < word.Length && VniPairs.TryGetValue(word.Substring(at, 2).ToLowerInvariant(), out var pair))
            {
                decoded.Append(isCapital ? pair.ToUpperInvariant() : pair);
                at++;
            }
            else if (VniSingles.TryGetValue(char.ToLowerInvariant(word[at]), out var single))
                decoded.Append(isCapital ? char.ToUpperInvariant(single) : single);
            else if (char.IsAscii(word[at]))
                decoded.Append(word[at]);
            else
                return null;
        }

        return decoded.ToString();
    }

    static string? Decode1258(string word)
    {
        try
        {
            return Vietnamese.GetString(Western.GetBytes(word)).Composed();
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    static string? DecodeViqr(string word)
    {
        var hats = word.Replace("dd", "đ", StringComparison.Ordinal).Replace("DD", "Đ", StringComparison.Ordinal)
            .Replace('^', '\u0302').Replace('(', '\u0306').Replace('+', '\u031B');
        return ViqrTone()
            .Replace(hats, tone =>
                "\u0301\u0300\u0309\u0303\u0323"["'`?~.".IndexOf(tone.Value[0], StringComparison.Ordinal)].ToString())
            .Composed();
    }

    static FrozenDictionary<char, char> Letters(string toned, string capitals)
    {
        var letters = new Dictionary<char, char>();
        foreach (var row in toned.Split('|'))
        {
            if (row[1] != ' ')
                letters[row[1]] = row[0];

            for (var tone = 0; tone + 2 < row.Length; tone++)
                letters[row[tone + 2]] = $"{row[0]}{ToneOrder[tone]}".Composed()[0];
        }

        foreach (var capital in capitals.Split('|', StringSplitOptions.RemoveEmptyEntries))
            letters[capital[1]] = capital[0];

        return letters.ToFrozenDictionary();
    }

    static IEnumerable<(string, string)> Pairs(string written, string meant, string marks) =>
        from vowel in written.Zip(meant)
        from mark in marks.Zip(ToneOrder)
        select ($"{vowel.First}{mark.First}", $"{vowel.Second}{mark.Second}".Composed());

    // After a letter, as a stop at the end of a word is a stop.
    [GeneratedRegex(@"(?<=\p{L}\p{M}?)['`?~.](?=\p{L}|$)")]
    private static partial Regex ViqrTone();
}
