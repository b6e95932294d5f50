using System.Globalization;
using System.Text;
using SmsCampaign.Messages;

namespace SmsCampaign.Campaigns;

/// <summary>
/// What a sender name must look like: Decree 91/2020/NĐ-CP, article 23.
/// </summary>
public static class SenderRule
{
    /// <summary>Longest name, in characters.</summary>
    public const int Longest = 11;

    /// <returns>Every part of the rule the name breaks; empty where it may be used.</returns>
    public static IReadOnlyList<Wording> Broken(string name)
    {
        var broken = new List<Wording>();
        var plain = SmsText.Compose(name).Unaccented().Value.Trim();
        var strange = name.EnumerateRunes().Where(rune => !IsAllowed(rune)).Distinct().ToList();
        var length = new StringInfo(name).LengthInTextElements;

        if (length > Longest)
            broken.Add(new(
                $"Tên định danh dài {length} ký tự, tối đa {Longest} (Nghị định 91/2020/NĐ-CP, Điều 23). Hãy rút ngắn.",
                $"The sender name has {length} characters, at most {Longest} are allowed (Decree "
                    + $"91/2020/NĐ-CP, art. 23). Shorten it."));

        if (strange.Count > 0)
        {
            var letters = string.Join(", ", strange.Select(rune => $"'{rune}' (U+{rune.Value:X4})"));
            var instead = plain.Length > 0 && plain.EnumerateRunes().All(IsAllowed)
                ? new Wording($" Có thể viết: {plain}", $" It can be written: {plain}")
                : new Wording("", "");
            broken.Add(new(
                $"Tên định danh chứa {letters}. Chỉ được dùng chữ Latinh không dấu, chữ số, '-', '_', '.' và dấu cách "
                    + $"(Nghị định 91/2020/NĐ-CP, Điều 23).{instead}",
                $"The sender name contains {letters}. Only Latin letters without diacritics, digits, '-', '_', '.' and "
                    + $"space are allowed (Decree 91/2020/NĐ-CP, art. 23).{instead}"));
        }

        if (name.Length > 0 && !plain.Any(char.IsAsciiLetter))
            broken.Add(new(
                "Tên định danh phải có ít nhất một chữ cái, không được chỉ gồm chữ số hay dấu (Nghị định "
                    + "91/2020/NĐ-CP, Điều 23).",
                "The sender name needs at least one letter, not only digits or signs (Decree "
                    + "91/2020/NĐ-CP, art. 23)."));

        if (name != name.Trim(' '))
            broken.Add(new(
                $"Tên định danh có dấu cách thừa ở đầu hoặc cuối. Hãy viết: {name.Trim(' ')}",
                $"The sender name starts or ends with a space. Write: {name.Trim(' ')}"));

        return broken;
    }

    static bool IsAllowed(Rune rune) =>
        rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || (char)rune.Value is '-' or '_' or '.' or ' ');
}
