using System.Globalization;

namespace SmsCampaign.Carriers;

/// <summary>
/// Reads the moment a gateway gives beside a status.
/// </summary>
static class CarrierTime
{
    /// <param name="format">iso, unixSeconds, unixMilliseconds, or a pattern.</param>
    /// <param name="offset">From UTC, of times that give none.</param>
    /// <returns>Null where there is none, or one that cannot be read: what happened to the
    /// message matters more.</returns>
    public static DateTimeOffset? Read(string? written, string format, TimeSpan offset)
    {
        if (written is null)
            return null;

        if (format is "unixSeconds" or "unixMilliseconds")
        {
            var unit = format == "unixSeconds" ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMillisecond;
            return decimal.TryParse(
                written, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number < (decimal)(DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / unit
                ? DateTimeOffset.UnixEpoch.AddTicks((long)(number * unit))
                : null;
        }

        // Read as if in UTC, with kind Unspecified where no offset is written.
        var parsed = format == "iso"
            ? DateTime.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            : DateTime.TryParseExact(
                written, format, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out time);
        if (!parsed)
            return null;

        if (time.Kind != DateTimeKind.Unspecified)
            return new DateTimeOffset(time).ToUniversalTime();

        return time.Ticks > offset.Ticks ? new DateTimeOffset(time, offset).ToUniversalTime() : null;
    }
}
