using System.Globalization;

namespace SmsCampaign.Storage.Receipts;

/// <summary>A calendar month of Vietnam.</summary>
/// <param name="Number">1 to 12.</param>
public readonly record struct Month(int Year, int Number)
{
    static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById(CalendarDay.VietnamZone);

    /// <summary>Months since the year 0: what orders them.</summary>
    public int Index => Year * 12 + Number - 1;

    public Month Next => Number == 12 ? new Month(Year + 1, 1) : new Month(Year, Number + 1);

    /// <summary>The moment it begins, microseconds.</summary>
    public long Begin => BeginOf(new DateOnly(Year, Number, 1));

    /// <param name="micros">As of <see cref="ProcessClock"/>.</param>
    public static Month Of(long micros)
    {
        var local = ToLocal(micros);
        return new Month(local.Year, local.Month);
    }

    /// <summary>As 2026-07.</summary>
    public static bool TryParse(string written, out Month month)
    {
        var isMonth = DateOnly.TryParseExact(
            written, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        month = isMonth ? new Month(day.Year, day.Month) : default;
        return isMonth;
    }

    /// <summary>The moment a day begins in Vietnam, microseconds.</summary>
    public static long BeginOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return ProcessClock.ToMicros(new DateTimeOffset(local, Zone.GetUtcOffset(local)));
    }

    public static DateTimeOffset ToLocal(long micros) =>
        TimeZoneInfo.ConvertTime(ProcessClock.FromMicros(micros), Zone);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Number:00}");
}
