using System.Globalization;
using System.Text;

namespace SmsCampaign.Reports;

/// <summary>
/// Writes moments in a run's time zone with its offset, as 2025-07-30 08:00:01 +07:00. Excel and LibreOffice show that
/// letter for letter and sort it rightly; forms they take for a date lose the offset or turn day and month.
/// </summary>
sealed class LocalTimes(TimeZoneInfo zone)
{
    const long MicrosPerSecond = 1_000_000;
    const long SecondsPerMinute = 60;

    /// <summary>Length of a moment as written.</summary>
    public const int Length = 26;

    /// <summary>Where the two digits of the second stand.</summary>
    const int SecondAt = 17;

    // Neighbours in a ledger mostly share the minute, and offsets change between minutes only.
    readonly byte[] _cached = new byte[Length];
    long _cachedMinute = long.MinValue;

    /// <returns>The moment as written, good until the next call. Seconds are cut, not rounded.</returns>
    public ReadOnlySpan<byte> Utf8(long micros)
    {
        var seconds = Math.DivRem(micros, MicrosPerSecond, out var rest) - (rest < 0 ? 1 : 0);
        var minute = Math.DivRem(seconds, SecondsPerMinute, out var second);
        if (second < 0)
            (minute, second) = (minute - 1, second + SecondsPerMinute);

        if (minute != _cachedMinute)
        {
            var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(minute * SecondsPerMinute), zone);
            local.TryFormat(_cached, out _, "yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
            _cachedMinute = minute;
        }

        _cached[SecondAt] = (byte)('0' + second / 10);
        _cached[SecondAt + 1] = (byte)('0' + second % 10);
        return _cached;
    }

    public string Text(long micros) => Encoding.ASCII.GetString(Utf8(micros));
}
