using System.Text;
using System.Text.RegularExpressions;

namespace SmsCampaign.Orthography;

/// <summary>A piece of text whose bytes in UTF-8 were once read as Windows-1252.</summary>
/// <param name="Meant">Null where bytes are lost on the way, so that nobody can say.</param>
readonly record struct MojibakeRun(int Start, int Length, string? Meant);

/// <summary>
/// Finds UTF-8 that was read as Windows-1252 (ư has become Æ°) in a text, and mends each piece by itself:
/// the rest of a text is often sound. Only pairs are taken that no Vietnamese text holds; capitals such as
/// “THỊ XÃ” and «…cá» are not taken.
/// </summary>
static partial class Mojibake
{
    /// <summary>A file saved wrongly again and again.</summary>
    const int MostLayers = 3;

    // What Windows-1252 makes of the bytes 80 to 9F; five have no character and stay as they are.
    const string Signs = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static IReadOnlyList<MojibakeRun> Find(string text)
    {
        var runs = new List<MojibakeRun>();
        var from = 0;
        foreach (Match sign in Sign().Matches(text))
        {
            if (sign.Index < from || !IsCertain(text, sign))
                continue;

            var end = sign.Index;
            while (end < text.Length && IsByte(text[end]))
                end++;
            runs.Add(new MojibakeRun(sign.Index, end - sign.Index, Mend(text[sign.Index..end])));
            from = end;
        }

        return runs;
    }

    /// <summary>Whether all of the text, written as Windows-1252, is UTF-8 again and has letters
    /// beyond ASCII in it.</summary>
    public static bool IsAll(string text)
    {
        try
        {
            var bytes = OldEncoding.Western.GetBytes(text);
            return Strict.GetCharCount(bytes) < bytes.Length;
        }
        catch (Exception failure) when (failure is EncoderFallbackException or DecoderFallbackException)
        {
            return false;
        }
    }

    /// <returns>The text with every piece mended; null where one cannot be, or there is none.</returns>
    public static string? Repair(string text)
    {
        var runs = Find(text);
        if (runs.Count == 0 || runs.Any(run => run.Meant is null))
            return null;

        var repaired = new StringBuilder(text.Length);
        var at = 0;
        foreach (var run in runs)
        {
            repaired.Append(text, at, run.Start - at).Append(run.Meant);
            at = run.Start + run.Length;
        }

        return repaired.Append(text, at, text.Length - at).ToString();
    }

    static bool IsCertain(string text, Match sign)
    {
        if (sign.Value[0] is 'Ã' or 'Ă' && sign.Value.Length == 2 && sign.Value[1] is >= '\u00A0' and <= '\u00BF')
        {
            return sign.Index > 0 && char.IsAsciiLetter(text[sign.Index - 1])
                && Mend(sign.Value) is { Length: 1 } letter && VietnameseLetters.Contains(new Rune(letter[0]));
        }

        // «…cá»: the quotation opens before.
        return sign.Value != "á»"
            || text.LastIndexOf('«', sign.Index) <= text.LastIndexOf('»', Math.Max(sign.Index - 1, 0));
    }

    static string? Mend(string run)
    {
        try
        {
            var meant = Strict.GetString([.. run.Select(ByteOf)]);
            for (var layer = 1; layer < MostLayers
                && meant.Length > 1
                && meant.Any(letter => !char.IsAscii(letter))
                && meant.All(IsByte); layer++)
                meant = Strict.GetString([.. meant.Select(ByteOf)]);
            return meant;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Whether Windows-1252 has it for a byte above 7F, or Windows-1258 for C3.</summary>
    static bool IsByte(char letter) => letter is (>= '\u0080' and <= '\u00FF') or 'Ă' || Signs.Contains(letter);

    static byte ByteOf(char letter) => letter switch
    {
        'Ă' => 0xC3,
        <= '\u00FF' => (byte)letter,
        _ => (byte)(0x80 + Signs.IndexOf(letter)),
    };

    [GeneratedRegex(
        @"áº|á»|â€|ï»¿|[ÄÅÆ][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Ã[ƒ„†]|Ã¡[Âº»]|Ã\u00A1Â|Â[\u0080-\u009F]|[ÃĂ][\u00A0-\u00BF]")]
    private static partial Regex Sign();
}
