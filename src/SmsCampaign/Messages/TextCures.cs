using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SmsCampaign.Orthography;

namespace SmsCampaign.Messages;

/// <summary>What can stand for a character of a text that costs more, is refused, or is another than it seems, in every
/// place where it is.</summary>
/// <param name="Key">By which it is chosen: the code point, and with a second way of mending it the letter; or
/// <see cref="TextCures.Spaces"/>.</param>
/// <param name="Shown">The character, or its code point where it cannot be seen.</param>
/// <param name="Instead">What comes in its place; empty: nothing.</param>
/// <param name="Places">How often it is there.</param>
public sealed record TextCure(string Key, string Shown, string Instead, int Places)
{
    /// <summary>Such as "Thay “&amp;” bằng “và”".</summary>
    public Wording What => Key == TextCures.Spaces
        ? new Wording("Để lại một dấu cách ở mỗi chỗ thừa", "Leave one space where there are more")
        : Instead.Length == 0
            ? new Wording($"Xóa {Shown}", $"Delete {Shown}")
            : Instead is " " or "\n"
                ? new Wording(
                    $"Thay {Shown} bằng {(Instead == " " ? "dấu cách" : "xuống dòng")}",
                    $"Put {(Instead == " " ? "a space" : "a line break")} for {Shown}")
                : new Wording($"Thay {Shown} bằng “{Instead.Trim()}”", $"Put '{Instead.Trim()}' for {Shown}");
}

/// <summary>
/// Mends what <see cref="TextCheck"/> finds where there is nothing to be thought over: a space for a tab, "và" for an
/// ampersand, the letter that a look-alike stands for. A person chooses each; where two letters may be meant both are
/// offered.
/// </summary>
public static partial class TextCures
{
    /// <summary>Key of the cure for two spaces in a row.</summary>
    public const string Spaces = "spaces";

    /// <param name="written">With line breaks as LF.</param>
    /// <param name="language">As of <see cref="TextCheck.Check(string, string, bool)"/>.</param>
    /// <returns>In the order in which they are first met in the text.</returns>
    public static IReadOnlyList<TextCure> Of(string written, string language = "vi", bool unaccented = false)
    {
        if (written.Length > TextCheck.Longest)
            return [];

        var found = TextCheck.Check(written, language, unaccented)
            .Where(problem => problem.IsOfCharacter)
            .GroupBy(problem => problem.CodePoint)
            .ToDictionary(same => same.Key, same => same.All(problem => problem.IsPlainWanted));
        var letters = LanguageLetters.Of(language);
        var cures = new List<TextCure>();
        foreach (var same in written.EnumerateRunes().GroupBy(rune => rune))
        {
            if (!found.TryGetValue(CodeOf(same.Key), out var isPlainWanted) || IsInAddress(written, same.Key))
                continue;

            var ways = WaysOf(same.Key, letters, isPlainWanted).Distinct().ToList();
            cures.AddRange(ways.Select(instead => new TextCure(
                ways.Count == 1 ? CodeOf(same.Key) : $"{CodeOf(same.Key)} {instead}",
                Show(same.Key),
                instead,
                same.Count())));
        }

        if (Doubled().Count(written) is > 0 and var doubled)
            cures.Add(new TextCure(Spaces, "", " ", doubled));
        return cures;
    }

    /// <param name="key">Of a cure of the text.</param>
    /// <returns>Null where the text has no such cure any more.</returns>
    public static string? Apply(string written, string key, string language = "vi", bool unaccented = false) =>
        Of(written, language, unaccented).FirstOrDefault(cure => cure.Key == key) is not { } cure ? null
            : key == Spaces ? Doubled().Replace(written, " ")
            : Put(written, key.Split(' ')[0], cure.Instead);

    static string Put(string written, string code, string instead)
    {
        var mended = new StringBuilder(written.Length);
        var (isMended, isSpaced) = (false, false);
        foreach (var rune in written.EnumerateRunes())
        {
            if (CodeOf(rune) == code)
            {
                var isBefore = mended.Length == 0 || char.IsWhiteSpace(mended[^1]);
                mended.Append(isBefore ? instead.TrimStart(' ') : instead);
                (isMended, isSpaced) = (true, instead.Length == 0 ? isBefore : instead[^1] == ' ');
            }
            else if (!(isMended && instead.Length == 0 && IsVariation(rune)) // goes with its emoji
                && !(isSpaced && rune.Value == ' '))
            {
                mended.Append(rune.ToString());
                (isMended, isSpaced) = (false, false);
            }
        }

        return mended.ToString();
    }

    /// <summary>What may be meant; nothing where only a person can tell.</summary>
    static IEnumerable<string> WaysOf(Rune rune, LanguageLetters? letters, bool isPlainWanted)
    {
        var isVietnamese = letters is { HasSyllables: true };
        if (AsWritten(rune, isVietnamese) is { } known)
            return [known];

        IEnumerable<string?> meant =
        [
            isVietnamese ? LookAlikes.VietnameseOf(rune) : null,
            LookAlikes.LatinOf(rune),
            letters?.MeantBy(rune)?.ToString(),
            isPlainWanted && Diacritics.Strip(rune.ToString()) is { Length: > 0 } plain
                && Ascii.IsValid(plain)
                ? plain
                : null,
        ];
        return meant.OfType<string>().Where(instead => instead != rune.ToString());
    }

    static string? AsWritten(Rune rune, bool isVietnamese) => rune.Value switch
    {
        '&' when isVietnamese => " và ",
        '%' when isVietnamese => " phần trăm",
        '[' or '{' => "(",
        ']' or '}' => ")",
        '\t' => " ",
        0xFFFD => null,
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.SpaceSeparator => " ",
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "\n",
            UnicodeCategory.Format or UnicodeCategory.Control => "",
            UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol
                when rune.Value >= 0x2000 && !IsUnit(rune) => "",
            _ => null,
        },
    };

    /// <summary>Whether it stands in what looks like the address of a page: another character there leads
    /// elsewhere.</summary>
    static bool IsInAddress(string written, Rune rune) => rune.IsAscii && written
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(word => word.TrimEnd('.', ',', ';', ':', '!', '?'))
        .Any(word => word.Contains((char)rune.Value, StringComparison.Ordinal)
            && (word.Contains('/', StringComparison.Ordinal) || word.Contains('.', StringComparison.Ordinal)));

    /// <summary>Such as ℃, № and ㎡, which say something.</summary>
    static bool IsUnit(Rune rune) => rune.Value is (>= 0x2100 and <= 0x214F) or (>= 0x3300 and <= 0x33FF);

    static string Show(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Format
        or UnicodeCategory.Control
        or UnicodeCategory.SpaceSeparator
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
            ? CodeOf(rune)
            : $"“{rune}”";

    static bool IsVariation(Rune rune) => rune.Value is >= 0xFE00 and <= 0xFE0F;

    static string CodeOf(Rune rune) => $"U+{rune.Value:X4}";

    [GeneratedRegex("(?<=[^ \n]) {2,}(?=[^ \n])")]
    private static partial Regex Doubled();
}
