namespace SmsCampaign.Storage.Words;

/// <summary>Why an approval is void that a person's newer one took the place of.</summary>
public static class ReplacedWords
{
    /// <param name="by">Who approved the newer one, as given.</param>
    /// <param name="reason">As given; null where nobody had to say.</param>
    public static Wording OfSame(string by, string? reason) => new(
        $"được thay bằng phê duyệt mới của {by}{Why(reason)}", $"replaced by a newer approval by {by}{Why(reason)}");

    /// <inheritdoc cref="OfSame"/>
    /// <param name="date">The date that is approved now.</param>
    public static Wording OfOtherDate(DateOnly date, string by, string? reason)
    {
        var day = Figures.Date(date);
        return new Wording(
            $"chiến dịch được {by} phê duyệt cho ngày {day}{Why(reason)}",
            $"the campaign was approved for {day} by {by}{Why(reason)}");
    }

    static string Why(string? reason) => string.IsNullOrWhiteSpace(reason) ? "" : $": {reason.Trim()}";
}
