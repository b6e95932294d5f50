namespace SmsCampaign;

/// <summary>Moments of what belongs to no campaign with a zone of its own: lanes, the service, and what gateways
/// told of numbers.</summary>
public static class VietnamTime
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    /// <summary>As of <see cref="Figures.Moment"/>.</summary>
    public static Wording Moment(DateTimeOffset at) => Figures.Moment(TimeZoneInfo.ConvertTime(at, Zone));

    /// <summary>As of <see cref="Figures.Expected"/>.</summary>
    public static Wording Expected(DateTimeOffset at) => Figures.Expected(TimeZoneInfo.ConvertTime(at, Zone));

    /// <summary>The date it is in Vietnam.</summary>
    public static DateOnly DateOf(DateTimeOffset at) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    /// <summary>When a date is over in Vietnam.</summary>
    public static DateTimeOffset EndOf(DateOnly date) =>
        new(date.AddDays(1).ToDateTime(TimeOnly.MinValue), Zone.BaseUtcOffset);
}
