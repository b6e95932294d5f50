using System.Text.RegularExpressions;

namespace SmsCampaign.Messages;

/// <summary>How easily a text is read on a phone, by its longest sentence.</summary>
public enum ReadingEase
{
    /// <summary>No sentence has more than <see cref="TextReading.MostOfEasy"/> syllables.</summary>
    Easy,

    /// <summary>None has more than <see cref="TextReading.MostOfFair"/>.</summary>
    Fair,

    /// <summary>One has more.</summary>
    Hard,
}

/// <summary>What makes a text easy or hard to read.</summary>
/// <param name="Syllables">Tiếng: what stands between spaces and has a letter or a digit.</param>
/// <param name="Longest">Syllables of its longest sentence; 0 where there is none.</param>
public sealed partial record TextReading(int Sentences, int Syllables, int Longest)
{
    /// <summary>An assumption, not a norm: about what is read in one breath.</summary>
    public const int MostOfEasy = 20;

    /// <inheritdoc cref="MostOfEasy"/>
    public const int MostOfFair = 35;

    public ReadingEase Ease => Longest <= MostOfEasy ? ReadingEase.Easy
        : Longest <= MostOfFair ? ReadingEase.Fair
        : ReadingEase.Hard;

    /// <summary>A sentence ends with . ! ? … before a space, at the end of a line, and at the end.</summary>
    public static TextReading Of(SmsText text)
    {
        var sentences = End().Split(text.Value)
            .Select(sentence => sentence
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Count(word => word.Any(char.IsLetterOrDigit)))
            .Where(syllables => syllables > 0)
            .ToList();
        return new TextReading(sentences.Count, sentences.Sum(), sentences.DefaultIfEmpty().Max());
    }

    [GeneratedRegex(@"(?<=[.!?…][”’"")]*)\s+|\n")]
    private static partial Regex End();
}
