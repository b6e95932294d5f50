using System.Globalization;
using System.Text;

namespace SmsCampaign.Reports;

/// <summary>
/// Writes moments in a run's time zone, as 30/07/2025 08:00:01: the form of every table of a report, whose
/// summary names the zone once.
/// </summary>
sealed class LocalTimes(TimeZoneInfo zone)
{
    const long MicrosPerSecond = 1_000_000;
    const long SecondsPerMinute = 60;

    /// <summary>Length of a moment as written.</summary>
    public const int Length = 19;

    /// <summary>Where the two digits of the second stand.</summary>
    const int SecondAt = 17;

    // Neighbours in a ledger mostly share the minute, and offsets change between minutes only.
    readonly byte[] _cached = new byte[Length];
    long _cachedMinute = long.MinValue;
    long _cachedSerial;

    /// <summary>The moment on the wall, cut to the second.</summary>
    public DateTime Local(long micros) => DateTime.UnixEpoch.AddSeconds(LocalSeconds(micros));

    /// <summary>Seconds of the wall since 01/01/1970, cut.</summary>
    public long LocalSeconds(long micros)
    {
        var second = Seek(micros); // first: it seeks the minute
        return _cachedSerial + second;
    }

    /// <returns>The moment as written, good until the next call. Seconds are cut, not rounded.</returns>
    public ReadOnlySpan<byte> Utf8(long micros)
    {
        var second = Seek(micros);
        _cached[SecondAt] = (byte)('0' + second / 10);
        _cached[SecondAt + 1] = (byte)('0' + second % 10);
        return _cached;
    }

    /// <summary>Takes the moment's minute into the cache.</summary>
    /// <returns>Its second, from 0 to 59.</returns>
    long Seek(long micros)
    {
        var seconds = Math.DivRem(micros, MicrosPerSecond, out var rest) - (rest < 0 ? 1 : 0);
        var minute = Math.DivRem(seconds, SecondsPerMinute, out var second);
        if (second < 0)
            (minute, second) = (minute - 1, second + SecondsPerMinute);

        if (minute != _cachedMinute)
        {
            var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(minute * SecondsPerMinute), zone);
            local.TryFormat(_cached, out _, "dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture);
            _cachedSerial = minute * SecondsPerMinute + (long)local.Offset.TotalSeconds;
            _cachedMinute = minute;
        }

        return second;
    }

    /// <summary>The zone with its offset at a moment, as the summary names it.</summary>
    public Wording Name(long micros)
    {
        var offset = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(micros / 1_000), zone).ToString(
            "zzz",
            CultureInfo.InvariantCulture);
        return new Wording($"{Figures.Zone(zone)} (UTC{offset})", $"{Figures.Zone(zone)} (UTC{offset})");
    }

    public string Text(long micros) => Encoding.ASCII.GetString(Utf8(micros));
}
