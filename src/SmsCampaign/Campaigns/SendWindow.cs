namespace SmsCampaign.Campaigns;

/// <summary>
/// The hours of a day in which messages may leave. Outside them nothing does: closed is closed.
/// </summary>
/// <param name="Opens">First moment, local time of <paramref name="Zone"/>. Included.</param>
/// <param name="Closes">First moment after, local time, the same day. Not included.</param>
public sealed record SendWindow(TimeOnly Opens, TimeOnly Closes, TimeZoneInfo Zone)
{
    /// <summary>When it closes on single days, by what persons decided of them; on all others it is
    /// <see cref="Closes"/>. Local time of <see cref="Zone"/>.</summary>
    public IReadOnlyDictionary<DateOnly, TimeOnly> ClosesLater { get; init; } = EveryDayAlike;

    static readonly IReadOnlyDictionary<DateOnly, TimeOnly> EveryDayAlike = new Dictionary<DateOnly, TimeOnly>();

    public TimeSpan Length => Closes - Opens;

    /// <summary>Where a clock change makes the hour come twice, the second time.</summary>
    public DateTimeOffset OpensOn(DateOnly day) => Moments(day, Opens).Max();

    /// <summary>When it closes on a day, a person's decision of that day among it: nothing else says so. Where a clock
    /// change makes the hour come twice, the first time.</summary>
    public DateTimeOffset ClosesOn(DateOnly day) => Moments(day, HourOfClosing(day)).Min();

    /// <summary>Local time of <see cref="Zone"/> at which it closes on a day.</summary>
    public TimeOnly HourOfClosing(DateOnly day) =>
        ClosesLater.TryGetValue(day, out var later) && later > Closes ? later : Closes;

    /// <summary>The same but that it closes later on one day.</summary>
    public SendWindow Extend(DateOnly day, TimeOnly closes) => this with
    {
        ClosesLater = new Dictionary<DateOnly, TimeOnly>(ClosesLater) { [day] = closes },
    };

    /// <summary>What is open on a day.</summary>
    public OpenHours On(DateOnly day) => new(OpensOn(day), ClosesOn(day));

    public bool IsOpen(DateTimeOffset now, DateOnly day) => On(day).IsOpen(now);

    /// <summary>The date it is in the window's zone.</summary>
    public DateOnly DayOf(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);

    public DateTimeOffset ToLocal(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);

    IEnumerable<DateTimeOffset> Moments(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);

        // A local time that a clock change skips does not exist: the moment the clock jumps stands for it.
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(1);

        var offsets = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local) : [Zone.GetUtcOffset(local)];
        return offsets.Select(offset => new DateTimeOffset(local, offset).ToUniversalTime());
    }
}

/// <summary>A send window on one day, as moments: what is asked before each call. Nothing where a clock
/// change swallows it.</summary>
/// <param name="Opens">First moment. Included.</param>
/// <param name="Closes">First moment after. Not included.</param>
public readonly record struct OpenHours(DateTimeOffset Opens, DateTimeOffset Closes)
{
    public bool IsOpen(DateTimeOffset now) => Opens <= now && now < Closes;

    /// <summary>Whether they are over.</summary>
    public bool AreOver(DateTimeOffset now) => now >= Closes;
}
