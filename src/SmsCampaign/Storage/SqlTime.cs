using System.Globalization;
using System.Text.RegularExpressions;

namespace SmsCampaign.Storage;

/// <summary>Times in ledger.db: ISO 8601 UTC with milliseconds, as 2025-07-30T01:00:00.000Z,
/// which sorts as text.</summary>
public static partial class SqlTime
{
    const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string ToSql(this DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>As 2025-07-30.</summary>
    public static string ToSql(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly DateFromSql(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reads any form of ISO 8601 with the day and the time, as a person may have written it; without
    /// a zone it is UTC.</summary>
    /// <param name="table">Of the file.</param>
    /// <param name="row">By what a person finds the row. Holds no phone number.</param>
    /// <param name="file">A run's ledger; null where it is ledger.db.</param>
    /// <exception cref="LedgerRowException">It is none. Says where it stands and what to do.</exception>
    public static DateTimeOffset FromSql(string text, string table, string row, string? file = null) =>
        Find(text) ?? throw LedgerRowException.Of(
            table,
            row,
            text,
            new Wording(
                "thời điểm (dạng đúng: 2025-07-30T01:00:00.000Z)",
                "time (expected one as 2025-07-30T01:00:00.000Z)"),
            file);

    /// <summary>As <see cref="FromSql"/>.</summary>
    /// <returns>Null where it is no time.</returns>
    public static DateTimeOffset? Find(string text) =>
        IsoMoment().IsMatch(text)
        && DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment)
            ? moment
            : null;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")]
    private static partial Regex IsoMoment();
}
