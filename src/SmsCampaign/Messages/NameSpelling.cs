using System.Globalization;
using System.Text;
using SmsCampaign.Orthography;

namespace SmsCampaign.Messages;

/// <summary>What makes other letters of a name than were meant.</summary>
enum NameFault
{
    /// <summary>Typed in an encoding from before Unicode.</summary>
    OldEncoding,

    /// <summary>UTF-8 that was once read as Windows-1252.</summary>
    Mojibake,

    /// <summary>A character that no name of the country has.</summary>
    Letter,

    /// <summary>A character that is not seen, such as one that a terminal obeys.</summary>
    Unseen,
}

/// <param name="Index">Of the name among those judged.</param>
/// <param name="Encoding">Of an <see cref="NameFault.OldEncoding"/>.</param>
/// <param name="Repaired">What was probably meant; null where that cannot be told.</param>
/// <param name="Letter">What to say of a <see cref="NameFault.Letter"/> or what is <see cref="NameFault.Unseen"/>;
/// nothing of the others.</param>
sealed record NameFinding(
    int Index, string Name, NameFault Fault, OldEncoding? Encoding, string? Repaired, Wording Letter);

/// <summary>
/// Finds names, of communes above all, that would stand in a report as other letters, or never
/// match a list that has them right.
/// </summary>
static class NameSpelling
{
    /// <param name="names">Composed; of one column, which has one encoding: a single name may fit two, or look like
    /// Vietnamese as it is.</param>
    /// <returns>At most one finding a name, in their order.</returns>
    public static IReadOnlyList<NameFinding> Judge(IReadOnlyList<string> names)
    {
        var ofColumn = OldEncodingDetector.Detect(string.Join('\n', names))?.Encoding;
        return [.. names.Index().Select(name => Judge(name.Item, name.Index, ofColumn)).OfType<NameFinding>()];
    }

    static NameFinding? Judge(string name, int index, OldEncoding? ofColumn)
    {
        if ((ofColumn ?? OldEncodingDetector.Detect(name)?.Encoding) is { } encoding
            && OldEncodingDetector.Repair(name, encoding) is var repaired
            && repaired != name)
            return new NameFinding(
                index, name, NameFault.OldEncoding, encoding, encoding.IsRepairable ? repaired : null, default);

        if (Mojibake.Find(name).Count > 0)
            return new NameFinding(index, name, NameFault.Mojibake, null, Mojibake.Repair(name), default);

        return FindStrange(name) is var (letter, finding)
            ? new NameFinding(
                index, name, IsSeen(letter) ? NameFault.Letter : NameFault.Unseen, null, null, finding.What)
            : null;
    }

    static bool IsSeen(Rune letter) => Rune.GetUnicodeCategory(letter)
        is not (UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator);

    static (Rune Letter, CharacterFinding Finding)? FindStrange(string name)
    {
        Rune? before = null;
        foreach (var letter in name.EnumerateRunes())
        {
            if (CharacterRules.Judge(
                letter,
                new TextNature(Latin: true, Plain: false, LanguageLetters.OfNames),
                before) is { Severity: Severity.Error } finding)
                return (letter, finding);

            before = letter;
        }

        return null;
    }
}
