using System.Globalization;
using System.Text;

namespace SmsCampaign.Audience;

/// <summary>
/// How words in a person's table are compared: column names without regard to diacritics, case and signs; cells
/// without regard to case, composition and surrounding space.
/// </summary>
static class Spelling
{
    /// <summary>Composed (NFC), trimmed, lower case: two cells are the same where this is.</summary>
    public static string Canonical(ReadOnlySpan<char> written) =>
        written.Trim().ToString().Normalize(NormalizationForm.FormC).ToLowerInvariant();

    /// <summary>Only letters and digits, lower case, without diacritics: "Số điện thoại" and "so_dien_thoai" are
    /// both sodienthoai.</summary>
    public static string Fold(string written)
    {
        var folded = new StringBuilder(written.Length);
        foreach (var letter in written.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark || !char.IsLetterOrDigit(letter))
                continue;

            // đ has no decomposition.
            folded.Append(letter is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(letter));
        }

        return folded.ToString();
    }

    /// <summary>What a person probably meant.</summary>
    /// <returns>Null where nothing is near: more than a third of the letters differ.</returns>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        var folded = Fold(written);
        var (nearest, distance) = known
            .Select(name => (name, Distance(folded, Fold(name))))
            .DefaultIfEmpty((name: "", int.MaxValue))
            .MinBy(candidate => candidate.Item2);

        return distance <= Math.Max(1, folded.Length / 3) ? nearest : null;
    }

    /// <summary>Levenshtein's edit distance.</summary>
    static int Distance(string one, string other)
    {
        var above = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var row = 1; row <= one.Length; row++)
        {
            var here = new int[other.Length + 1];
            here[0] = row;
            for (var at = 1; at <= other.Length; at++)
            {
                var replaced = above[at - 1] + (one[row - 1] == other[at - 1] ? 0 : 1);
                here[at] = Math.Min(replaced, Math.Min(above[at], here[at - 1]) + 1);
            }

            above = here;
        }

        return above[^1];
    }
}
