using System.Globalization;
using System.Text.RegularExpressions;

namespace SmsCampaign.Files.Yaml;

/// <summary>Where a line of YAML has its key, as far as the line by itself tells.</summary>
/// <param name="KeyAt">UTF-16 index of the key, or of an item's text.</param>
/// <param name="HasValue">Whether a value begins on the line.</param>
/// <param name="OddSpaces">Indexes of spaces other than U+0020 where YAML needs one: behind a dash, around a colon,
/// before and behind the value, and beside the signs of [ ] and { }.</param>
sealed partial record YamlStructure(int KeyAt, bool HasValue, IReadOnlyList<int> OddSpaces)
{
    /// <summary>Characters of a line looked at: far more than stand before any value. Spaces without end would be tried
    /// in every way they can be divided.</summary>
    const int MostJudged = 1_000;

    public static bool IsOddSpace(char letter) =>
        letter != ' ' && char.GetUnicodeCategory(letter) == UnicodeCategory.SpaceSeparator;

    /// <summary>"dấu cách không ngắt (U+00A0)".</summary>
    public static Wording NameOf(char oddSpace)
    {
        var kind = oddSpace switch
        {
            '\u00A0' or '\u202F' => new Wording("dấu cách không ngắt", "a no-break space"),
            '\u2001' or '\u2003' => new Wording("dấu cách rộng (em)", "an em space"),
            '\u2000' or '\u2002' => new Wording("dấu cách nửa em (en)", "an en space"),
            '\u3000' => new Wording("dấu cách toàn khổ của chữ Hán", "an ideographic space"),
            _ => new Wording("dấu cách đặc biệt", "a special space"),
        };
        return new Wording($"{kind} (U+{(int)oddSpace:X4})", $"{kind} (U+{(int)oddSpace:X4})");
    }

    public static YamlStructure Of(string line)
    {
        if (line.Length > MostJudged)
            line = line[..MostJudged] + "…";

        var key = KeyLine().Match(line);
        if (key.Success && (key.Groups["after"].Length > 0 || !key.Groups["value"].Success))
        {
            var value = key.Groups["value"];
            return new YamlStructure(
                key.Groups["key"].Index,
                value.Success && value.Value[0] != '#',
                [.. OddIn(key, "lead", "before", "after", "end")
                    .Concat(value.Success ? OddInFlow(value) : [])
                    .Order()]);
        }

        var item = ItemLine().Match(line);
        return item.Success
            ? new YamlStructure(item.Groups["value"].Index, true, [.. OddIn(item, "lead", "end")])
            : new YamlStructure(line.Length - line.TrimStart(' ').Length, true, []);
    }

    static IEnumerable<int> OddIn(Match match, params string[] groups) =>
        from name in groups
        let part = match.Groups[name]
        where part.Success
        from at in Enumerable.Range(part.Index, part.Length)
        where IsOddSpace(part.Value[at - part.Index])
        select at;

    static IEnumerable<int> OddInFlow(Group value) => value.Value[0] is '[' or '{'
        ? FlowSpace()
            .Matches(value.Value)
            .Where(space => IsOddSpace(space.Value[0]))
            .Select(space => value.Index + space.Index)
        : [];

    [GeneratedRegex(
        @"^(?<lead>\p{Zs}*(?:-\p{Zs}+)*)(?<key>""[^""]*""|'[^']*'|[\p{L}_][^:#""'\[\]{},]*?)(?<before>\p{Zs}*):(?<after>\p{Zs}*)(?<value>\S.*?)?(?<end>\p{Zs}*)$")]
    private static partial Regex KeyLine();

    [GeneratedRegex(@"^(?<lead>\p{Zs}*(?:-\p{Zs}+)+)(?<value>\S.*?)(?<end>\p{Zs}*)$")]
    private static partial Regex ItemLine();

    [GeneratedRegex(@"(?<=[:,{\[]\p{Zs}*)\p{Zs}|\p{Zs}(?=\p{Zs}*[,}\]])")]
    private static partial Regex FlowSpace();
}
