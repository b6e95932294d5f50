using System.Globalization;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>A day as a person writes it into a form.</summary>
static class WrittenDay
{
    static readonly string[] Forms = ["d/M/yyyy", "yyyy-MM-dd"];

    /// <param name="problems">Gets one where something is written that is no day.</param>
    /// <returns>Null where nothing is written, or no day.</returns>
    public static DateOnly? Read(string? written, List<Wording> problems)
    {
        var text = written?.Trim() ?? "";
        if (text.Length == 0)
            return null;
        if (DateOnly.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;

        problems.Add(new Wording(
            $"'{text}' không phải là ngày; hãy ghi như 30/7/2025.",
            $"'{text}' is not a date; write it as 30/7/2025 or 2025-07-30."));
        return null;
    }
}
