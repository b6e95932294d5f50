namespace SmsCampaign.WebConsole.Parts;

/// <summary>A number of messages as a person types it.</summary>
static class TypedCount
{
    /// <summary>As it was typed, without what stands between thousands.</summary>
    public static string Of(string? written) => (written ?? "")
        .Replace(".", "", StringComparison.Ordinal)
        .Replace(",", "", StringComparison.Ordinal)
        .Trim();
}
