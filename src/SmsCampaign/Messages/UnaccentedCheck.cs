using System.Text;
using SmsCampaign.Orthography;

namespace SmsCampaign.Messages;

/// <summary>
/// Judges a text without diacritics after it is made: a character that is still not in the GSM alphabet makes all of it
/// Unicode, at twice the price or more.
/// </summary>
public static class UnaccentedCheck
{
    /// <param name="written">As the officer wrote it, with its diacritics.</param>
    /// <returns>One error for each character that is left, at its first place.</returns>
    public static IReadOnlyList<TextProblem> Check(string written)
    {
        var composed = SmsText.Compose(written);
        var unaccented = composed.Unaccented();
        if (unaccented.Encoding == SmsEncoding.Gsm7)
            return [];

        var repaired = SmsText.Compose(Repair(unaccented.Value));
        var text = new WrittenText(written, composed.Value);
        return
        [
            .. text.Characters
                .Where(place => place is { IsComposedAway: false, Composed: not null } && IsLeft(place.Composed.Value))
                .DistinctBy(place => place.Composed)
                .Select(place => new TextProblem(
                    text.PositionOf(place), place.Index, place.Line, place.Column, $"U+{place.Code:X4}", place.Element,
                    Describe(place, text.WordAt(place), unaccented, repaired), Severity.Error)),
        ];
    }

    /// <param name="found">What <see cref="TextCheck"/> says of the text: a character that is an error
    /// there is told of once.</param>
    /// <param name="written">As the officer wrote it.</param>
    public static IReadOnlyList<TextProblem> AddTo(IReadOnlyList<TextProblem> found, string written) =>
        [
            .. found,
            .. Check(written).Where(
                left => !found.Any(problem => problem.Severity == Severity.Error && problem.Index == left.Index)),
        ];

    /// <param name="found">What <see cref="TextCheck"/> says of the text.</param>
    /// <param name="written">As the officer wrote it, not yet chosen to be sent without its diacritics.</param>
    /// <param name="language">BCP 47 tag: only what is written in the letters of Vietnamese is sent so.</param>
    public static IReadOnlyList<TextProblem> AddAdvice(
        IReadOnlyList<TextProblem> found, string written, string language) =>
        LanguageLetters.Of(language) is { HasVietnamese: true, Block.Last: 0 }
            ? [.. AddTo(found, written).Select(
                (problem, at) => at < found.Count ? problem : problem with { Severity = Severity.Warning })]
            : found;

    static Wording Describe(WrittenCharacter place, string word, SmsText unaccented, SmsText repaired)
    {
        var (now, then) = (unaccented.PartsIn(LengthTable.Standard), repaired.PartsIn(LengthTable.Standard));
        var instead = Repair(Diacritics.Strip(word)).Trim();
        var put = instead == Diacritics.Strip(word) || instead.Length == 0
            ? new Wording("Hãy bỏ ký tự này hoặc viết bằng chữ", "Leave it out or write it in words")
            : new Wording($"Hãy viết “{instead}”", $"Write '{instead}'");
        var saved = then < now
            ? new Wording(
                $": còn {then} phần thay vì {now}", $": {then} {(then == 1 ? "part" : "parts")} instead of {now}")
            : default;
        return new Wording(
            $"“{place.Composed}” (U+{place.Code:X4}) trong “{word}” không bỏ dấu được, làm cả tin không dấu "
                + $"thành Unicode. {put}{saved}.",
            $"'{place.Composed}' (U+{place.Code:X4}) in '{word}' has no form without diacritics and makes the whole "
                + $"text Unicode. {put}{saved}.");
    }

    static bool IsLeft(Rune character) => !Gsm7.CanEncode(Diacritics.Strip(character.ToString()));

    static string Repair(string unaccented)
    {
        var repaired = new StringBuilder(unaccented.Length);
        foreach (var character in unaccented)
        {
            if (Gsm7.CanEncode([character]))
                repaired.Append(character);
            else if (Instead(character) is { } instead)
                repaired.Append(repaired.Length > 0 && repaired[^1] == ' ' ? instead.TrimStart() : instead);
        }

        return repaired.ToString().Replace("  ", " ", StringComparison.Ordinal);
    }

    /// <returns>What a person can type for it; null where it is best left out.</returns>
    static string? Instead(char character) => character switch
    {
        '°' or 'º' => " do ",
        '¹' => "1",
        '²' => "2",
        '³' => "3",
        '½' => "1/2",
        '¼' => "1/4",
        '¾' => "3/4",
        '±' => "+/-",
        '÷' => "/",
        '‹' or '›' or 'ʼ' or '`' => "'",
        '№' => "so ",
        '→' => "->",
        '≥' => ">=",
        '≤' => "<=",
        'µ' => "u",
        '\t' => " ",
        _ => null,
    };
}
