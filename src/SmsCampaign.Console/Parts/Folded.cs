using System.Globalization;
using System.Text;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>Text as it is searched: without diacritics and case, so that "dak lak" finds Đắk Lắk.</summary>
public static class Folded
{
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                plain.Append(letter is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(letter));
        }

        return plain.ToString();
    }

    /// <summary>Whether every word that is looked for stands somewhere in the text.</summary>
    public static bool Finds(string sought, string text)
    {
        var folded = Of(text);
        return Of(sought)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => folded.Contains(word, StringComparison.Ordinal));
    }
}
