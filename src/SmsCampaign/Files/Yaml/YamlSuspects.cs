using System.Text.RegularExpressions;

namespace SmsCampaign.Files.Yaml;

/// <summary>
/// Names characters that look like YAML's own signs and are others, or cut a text, near the place
/// where YAML cannot be read.
/// </summary>
static partial class YamlSuspects
{
    /// <summary>YAML is often found broken only on the line after.</summary>
    const int LinesBefore = 2;

    /// <summary>Characters of a line looked at: spaces without end would be counted anew from each.</summary>
    const int MostJudged = 2_000;

    /// <returns>A sentence with a space before it; nothing where there is no suspect.</returns>
    public static Wording Near(YamlSource source, int line)
    {
        for (var number = line; number >= 1 && number >= line - LinesBefore; number--)
        {
            var whole = source.Line(number);
            var text = whole[..Math.Min(whole.Length, MostJudged)];
            if (text.TrimStart().StartsWith('#') || Suspect().Match(text) is not { Success: true } found)
                continue;

            var (place, sign) = (
                new Wording($"Dòng {number}, cột {found.Index + 1}", $"Line {number}, column {found.Index + 1}"),
                found.Value[^1]);
            return sign == '#'
                ? new Wording(
                    $" {place}: dấu # sau dấu cách mở đầu chú thích; nếu là nội dung, hãy đặt "
                        + $"cả nội dung trong ngoặc kép.",
                    $" {place}: a # after a space begins a comment; if it is text, put all of the text in quotes.")
                : YamlStructure.IsOddSpace(sign)
                    ? new Wording(
                        $" {place} có {YamlStructure.NameOf(sign)}: hãy xóa và gõ lại bằng phím cách.",
                        $" {place}: {YamlStructure.NameOf(sign)}; delete it and type a space.")
                    : new Wording(
                        $" {place} có “{sign}” (U+{(int)sign:X4}), không phải dấu của YAML: "
                            + $"hãy gõ lại bằng bàn phím (\" ' : , - ).",
                        $" {place}: '{sign}' (U+{(int)sign:X4}) is no sign of YAML; "
                            + $"type it on the keyboard (\" ' : , - ).");
        }

        return default;
    }

    // Spaces other than U+0020; curly quotes at the beginning of a value; colon, comma and brackets in full width; a
    // dash at the beginning of an item; a comment within the line.
    [GeneratedRegex(@"[\p{Zs}-[ ]]|(?<=[:\[{,]\s*)[“”„‟‘’‚‛]|[：，［］｛｝＂＇]|(?<=^\s*)[–—−•](?=\s)|(?<=\S) #(?=\S)")]
    private static partial Regex Suspect();
}
