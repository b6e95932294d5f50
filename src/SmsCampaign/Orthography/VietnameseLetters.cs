using System.Collections.Frozen;
using System.Text;

namespace SmsCampaign.Orthography;

/// <summary>The tones of Vietnamese, in the order of its dictionaries but for the last two.</summary>
enum Tone
{
    Level,
    Grave,
    Acute,
    Hook,
    Tilde,
    Dot,
}

/// <summary>
/// The letters of Vietnamese: a to z (f, j, w and z in names and units), twelve vowels with six tones each, and đ. 67
/// in each case beyond ASCII, each composed in one character (CLDR, vi).
/// </summary>
static class VietnameseLetters
{
    const string Vowels = "aăâeêioôơuưy";

    // Combining marks in the order of Tone, without the level one.
    const string ToneMarks = "\u0300\u0301\u0309\u0303\u0323";

    static readonly FrozenDictionary<char, (char Base, Tone Tone)> Small = Vowels
        .SelectMany(
            vowel => Enum.GetValues<Tone>().Select(tone => (Letter: With(vowel, tone), Base: vowel, Tone: tone)))
        .Append((Letter: 'đ', Base: 'đ', Tone: Tone.Level))
        .ToFrozenDictionary(letter => letter.Letter, letter => (letter.Base, letter.Tone));

    public static bool Contains(Rune letter) =>
        letter.IsAscii || (letter.IsBmp && Small.ContainsKey(char.ToLowerInvariant((char)letter.Value)));

    public static bool IsVowel(char small) => Vowels.Contains(small);

    /// <param name="small">A small letter, composed.</param>
    /// <returns>The letter without its tone, and the tone; null where it is no letter of Vietnamese.</returns>
    public static (char Base, Tone Tone)? Divide(char small) =>
        Small.TryGetValue(small, out var divided) ? divided
        : char.IsAsciiLetterLower(small) ? (small, Tone.Level)
        : null;

    /// <summary>The vowel with the tone, composed.</summary>
    public static char With(char vowel, Tone tone) =>
        tone == Tone.Level ? vowel : $"{vowel}{ToneMarks[(int)tone - 1]}".Normalize(NormalizationForm.FormC)[0];
}
