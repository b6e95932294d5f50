namespace SmsCampaign.Campaigns;

/// <summary>
/// The hours of a day in which messages may leave. Outside them nothing does: closed is closed.
/// </summary>
/// <param name="Opens">First moment, local time of <paramref name="Zone"/>. Included.</param>
/// <param name="Closes">First moment after, local time, the same day. Not included.</param>
public sealed record SendWindow(TimeOnly Opens, TimeOnly Closes, TimeZoneInfo Zone)
{
    public TimeSpan Length => Closes - Opens;

    public DateTimeOffset OpensOn(DateOnly day) => At(day, Opens);

    public DateTimeOffset ClosesOn(DateOnly day) => At(day, Closes);

    public bool IsOpen(DateTimeOffset now, DateOnly day) => OpensOn(day) <= now && now < ClosesOn(day);

    /// <summary>The date it is in the window's zone.</summary>
    public DateOnly DayOf(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);

    public DateTimeOffset ToLocal(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);

    DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);

        // A local time that a clock change skips does not exist: the window then opens when the clock has jumped.
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(1);

        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
