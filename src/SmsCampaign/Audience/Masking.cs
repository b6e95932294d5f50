using System.Globalization;
using SmsCampaign.Messages;

namespace SmsCampaign.Audience;

/// <summary>
/// How a cell that is no number is shown and kept: masked, on one line, and short.
/// </summary>
static class Masking
{
    /// <summary>Most characters kept of a cell.</summary>
    const int Most = 40;

    public static string Of(ReadOnlySpan<char> cell)
    {
        var masked = PhoneNumber.Mask(Legible(cell.Trim()));
        return masked.Length <= Most ? masked : masked[..Most] + "…";
    }

    /// <summary>What a terminal would obey, or would show in another order, is shown as something that is
    /// none of the text.</summary>
    static string Legible(ReadOnlySpan<char> cell) => string.Create(cell.Length, cell, static (shown, cell) =>
    {
        for (var at = 0; at < cell.Length; at++)
        {
            shown[at] = char.GetUnicodeCategory(cell[at]) switch
            {
                UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => ' ',
                UnicodeCategory.Control => char.IsWhiteSpace(cell[at]) ? ' ' : '\uFFFD',
                UnicodeCategory.Format => '\uFFFD',
                _ => cell[at],
            };
        }
    });
}
