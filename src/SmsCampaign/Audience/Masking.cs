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
        var masked = PhoneNumber.Mask(cell.Trim().ToString().ReplaceLineEndings(" "));
        return masked.Length <= Most ? masked : masked[..Most] + "…";
    }
}
