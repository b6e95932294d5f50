using System.Globalization;

namespace SmsCampaign.Storage;

/// <summary>Times in ledger.db: ISO 8601 UTC with milliseconds, as 2025-07-30T01:00:00.000Z, which sorts as text.</summary>
public static class SqlTime
{
    const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string ToSql(this DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>As 2025-07-30.</summary>
    public static string ToSql(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly DateFromSql(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTimeOffset FromSql(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
