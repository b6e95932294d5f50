using System.Globalization;
using System.Text;

namespace SmsCampaign.Audience;

/// <summary>
/// How words in a person's table are compared: column names without regard to diacritics, case and signs; cells
/// without regard to case, composition and space; communes also without what says that they are one.
/// </summary>
static class CellText
{
    /// <summary>Composed (NFC), lower case, trimmed, one space wherever there is any: two cells are the
    /// same where this is.</summary>
    public static string Canonical(ReadOnlySpan<char> written)
    {
        var canonical = new StringBuilder(written.Length);
        foreach (var letter in written.ToString().Composed())
        {
            if (char.IsWhiteSpace(letter))
            {
                if (canonical.Length > 0 && canonical[^1] != ' ')
                    canonical.Append(' ');
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.Format)
            {
                canonical.Append(char.ToLowerInvariant(letter));
            }
        }

        return canonical.ToString().TrimEnd();
    }

    /// <summary>As written, composed (NFC), trimmed, one space wherever there is any.</summary>
    public static string OnOneLine(string written) =>
        string.Join(' ', written.Composed().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Only letters and digits, lower case, without diacritics: "Số điện thoại" and "so_dien_thoai" are
    /// both sodienthoai.</summary>
    public static string Fold(string written)
    {
        var folded = new StringBuilder(written.Length);
        foreach (var letter in written.Decomposed())
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark
                || !char.IsLetterOrDigit(letter))
                continue;

            // đ has no decomposition.
            folded.Append(letter is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(letter));
        }

        return folded.ToString();
    }
}
