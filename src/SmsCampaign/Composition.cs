using System.Text;

namespace SmsCampaign;

/// <summary>
/// Composing and decomposing text that came from outside, whatever is in it: <see cref="string.Normalize()"/> throws at
/// a lone surrogate and at U+FFFE, which a broken or byte-swapped file can hold.
/// </summary>
static class Composition
{
    const char Replacement = '\uFFFD';

    /// <summary>NFC.</summary>
    public static string Composed(this string text) => Sound(text).Normalize(NormalizationForm.FormC);

    /// <summary>NFD.</summary>
    public static string Decomposed(this string text) => Sound(text).Normalize(NormalizationForm.FormD);

    static string Sound(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (IsBroken(text, at))
                return string.Create(text.Length, text, static (sound, from) =>
                {
                    for (var at = 0; at < sound.Length; at++)
                        sound[at] = IsBroken(from, at) ? Replacement : from[at];
                });
        }

        return text;
    }

    static bool IsBroken(string text, int at) => text[at] switch
    {
        '\uFFFE' => true,
        >= '\uD800' and <= '\uDBFF' => at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]),
        >= '\uDC00' and <= '\uDFFF' => at == 0 || !char.IsHighSurrogate(text[at - 1]),
        _ => false,
    };
}
