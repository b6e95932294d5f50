using System.Text;
using SmsCampaign.Orthography;

namespace SmsCampaign.Messages;

/// <summary>
/// Finds what a phone cannot show, a carrier may refuse, or a person did not mean in a text as it was written.
/// </summary>
/// <remarks>
/// Every error is listed where it stands. A warning is listed once for each character it is about, at the first place,
/// with the number of places.
/// </remarks>
public static class TextCheck
{
    // A text of which at most one letter in twenty has a diacritic was meant to be plain; of
    // Vietnamese it is one in four.
    const int PlainShare = 20;

    /// <summary>Longest text that can be sent: 255 parts of 153 characters (3GPP TS 23.040, 9.2.3.24.1). What is longer
    /// is not looked through.</summary>
    public const int Longest = 255 * 153;

    static readonly CharacterFinding OuterSpace = new(new(
        "dấu cách hoặc dòng trống thừa ở đầu hoặc cuối tin. Hãy xóa đi.",
        "space or an empty line at the beginning or end of the text. Delete it."), Severity.Warning);

    static readonly CharacterFinding DoubleSpace = new(new(
        "hai dấu cách liền nhau. Hãy để lại một dấu cách.",
        "two spaces in a row. Leave one."), Severity.Warning);

    static readonly CharacterFinding Decomposed = new(new(
        "văn bản dùng dấu rời (Unicode tổ hợp); chương trình đã tự ghép thành chữ dựng sẵn. Không cần làm gì.",
        "the text has its marks apart from its letters (NFD); they have been composed. Nothing to do."),
        Severity.Warning);

    /// <summary>Whether it can be the tag of a language: <c>vi</c>, <c>cjm-Cham</c>.</summary>
    public static bool IsLanguage(string written) => LanguageLetters.IsTag(written);

    /// <returns>What is not checked of a text in the language, for want of a table of its letters; null
    /// where there is one.</returns>
    public static Wording? WhatIsUnchecked(string language) => LanguageLetters.WhatIsUnchecked(language);

    /// <param name="language">BCP 47 tag. Letters are judged by its table, where there is one.</param>
    /// <param name="unaccented">Whether the text is sent without its diacritics: what they cost is then told by
    /// <see cref="UnaccentedCheck"/>.</param>
    public static IReadOnlyList<TextProblem> Check(string written, string language = "vi", bool unaccented = false) =>
        Check(written, LanguageLetters.Of(language), unaccented);

    /// <param name="alphabet">What its letters are judged by; null: there is no table of them.</param>
    internal static IReadOnlyList<TextProblem> Check(string written, LanguageLetters? alphabet, bool unaccented)
    {
        var composed = SmsText.Compose(written).Value;
        if (composed.Length > Longest)
            return [TooLong(composed.Length)];

        var letters = composed.EnumerateRunes().Where(Rune.IsLetter).ToList();
        var latin = letters.Exists(letter => letter.Value is < 0x0250 or (>= 0x1E00 and <= 0x1EFF));
        var plain = letters.Count(letter => !letter.IsAscii) * PlainShare <= letters.Count;
        var nature = new TextNature(latin, plain && !unaccented, alphabet);
        var text = new WrittenText(written, composed);

        var passages = PassageRules.Judge(composed, nature.Letters, plain).ToList();
        var found = FindCharacters(
            text, nature, [.. passages.SelectMany(passage => passage.Spans).SelectMany(text.PlacesOf)]);
        AddSpacing(text.Characters, found);
        if (text.Characters.FirstOrDefault(place => place.IsComposedAway) is { } mark)
            found.Add(new Found(mark, Decomposed));

        var warnings = found
            .Where(one => one.Finding.Severity == Severity.Warning)
            .GroupBy(one => (one.Finding, one.Place.Code))
            .Select(same => ToProblem(text, same.First(), same.Count()));

        return
        [
            .. found
                .Where(one => one.Finding.Severity == Severity.Error)
                .Select(one => ToProblem(text, one, 1))
                .Concat(warnings)
                .Concat(passages.Select(passage => ToProblem(text, passage)))
                .OrderBy(problem => problem.Index),
        ];
    }

    static TextProblem TooLong(int length)
    {
        var (count, most) = (Figures.Count(length), Figures.Count(Longest));
        return new TextProblem(1, 0, 1, 1, "", "", new Wording(
            $"Nội dung dài {count} ký tự, không tin nhắn nào gửi được quá {most}. "
                + $"Hãy xem lại có đúng là nội dung tin không, rồi rút ngắn.",
            $"The text has {count} characters; no message can have more than {most}. "
                + $"Check that it is the message, and shorten it."),
            Severity.Error);
    }

    /// <param name="hidden">Places about which a whole passage says more.</param>
    static List<Found> FindCharacters(WrittenText text, TextNature nature, HashSet<WrittenCharacter> hidden)
    {
        var found = new List<Found>();
        Rune? before = null;
        foreach (var place in text.Characters)
        {
            if (place.Judge(nature, before) is { } finding && !hidden.Contains(place))
                found.Add(new Found(place, finding));

            before = place.IsComposedAway ? before : place.Composed;
        }

        return found;
    }

    static void AddSpacing(IReadOnlyList<WrittenCharacter> characters, List<Found> found)
    {
        for (var at = 0; at < characters.Count; at++)
        {
            var edge = at == 0 || at == characters.Count - 1;
            if (edge && characters[at].IsWhiteSpace)
                found.Add(new Found(characters[at], OuterSpace));
            else if (at > 0 && characters[at].Code == ' ' && characters[at - 1].Code == ' ' && (at == 1
                || characters[at - 2].Code != ' '))
                found.Add(new Found(characters[at], DoubleSpace));
        }
    }

    static TextProblem ToProblem(WrittenText text, Found found, int places)
    {
        var (place, finding) = found;
        var position = text.PositionOf(place);
        var codePoint = $"U+{place.Code:X4}";
        var word = text.WordAt(place);

        return new TextProblem(
            position,
            place.Index,
            place.Line,
            place.Column,
            codePoint,
            place.Element,
            new Wording(
                $"ký tự thứ {position}{(word.Length > 0 ? $", trong “{word}”" : "")}, "
                    + $"{codePoint}{(places > 1 ? $" ({places} chỗ)" : "")}: {finding.What}",
                $"character {position}{(word.Length > 0 ? $", in '{word}'" : "")}, "
                    + $"{codePoint}{(places > 1 ? $" ({places} places)" : "")}: {finding.What}"),
            finding.Severity)
        {
            IsOfCharacter = finding != OuterSpace && finding != DoubleSpace && finding != Decomposed,
            IsPlainWanted = finding == CharacterRules.ForcesUnicode,
        };
    }

    static TextProblem ToProblem(WrittenText text, PassageFinding passage)
    {
        var place = text.PlacesOf(passage.Spans[0]).First();
        return new TextProblem(
            text.PositionOf(place),
            place.Index,
            place.Line,
            place.Column,
            $"U+{place.Code:X4}",
            place.Element,
            passage.What,
            passage.Severity);
    }

    readonly record struct Found(WrittenCharacter Place, CharacterFinding Finding);
}
