using System.Globalization;
using System.Text;
using SmsCampaign.Messages;

namespace SmsCampaign.Audience;

/// <summary>
/// How words in a person's table are compared: column names without regard to diacritics, case and signs; cells
/// without regard to case, composition and surrounding space.
/// </summary>
static class CellText
{
    /// <summary>Composed (NFC), trimmed, lower case: two cells are the same where this is.</summary>
    public static string Canonical(ReadOnlySpan<char> written) =>
        written.Trim().ToString().Composed().ToLowerInvariant();

    /// <summary>Only letters and digits, lower case, without diacritics: "Số điện thoại" and "so_dien_thoai" are
    /// both sodienthoai.</summary>
    public static string Fold(string written)
    {
        var folded = new StringBuilder(written.Length);
        foreach (var letter in written.Decomposed())
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark || !char.IsLetterOrDigit(letter))
                continue;

            // đ has no decomposition.
            folded.Append(letter is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(letter));
        }

        return folded.ToString();
    }
}
