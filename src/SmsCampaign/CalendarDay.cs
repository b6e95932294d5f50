namespace SmsCampaign;

/// <summary>A day of the calendar in a time zone.</summary>
/// <param name="From">Its first moment, UTC microseconds since 1970.</param>
/// <param name="To">The next day's first.</param>
readonly record struct CalendarDay(DateOnly Date, long From, long To)
{
    /// <summary>The zone of Vietnam's hours.</summary>
    public const string VietnamZone = "Asia/Ho_Chi_Minh";

    public static CalendarDay None => new(DateOnly.MinValue, 0, 0);

    /// <summary>The day on which a moment falls.</summary>
    public static CalendarDay Of(long micros, TimeZoneInfo zone)
    {
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(ProcessClock.FromMicros(micros), zone).DateTime);
        return new CalendarDay(date, Midnight(date, zone), Midnight(date.AddDays(1), zone));
    }

    public bool Holds(long micros) => From <= micros && micros < To;

    static long Midnight(DateOnly date, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        return ProcessClock.ToMicros(new DateTimeOffset(local, zone.GetUtcOffset(local)));
    }
}
