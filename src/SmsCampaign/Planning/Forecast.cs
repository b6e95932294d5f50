using SmsCampaign.Carriers;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Planning;

/// <summary>
/// What a plan costs and how long it takes, at the contracted rates.
/// </summary>
/// <param name="Opens">First moment at which anything leaves: the window's opening, or now where that is later.</param>
/// <param name="Closes">End of the first day's window.</param>
/// <param name="DaysAllowed">Days on which the campaign may send, the first included.</param>
/// <param name="Lanes">In the plan's order.</param>
public sealed record Forecast(
    DateOnly Date, DateTimeOffset Opens, DateTimeOffset Closes, int DaysAllowed, IReadOnlyList<LaneForecast> Lanes)
{
    public long Recipients => Lanes.Sum(lane => lane.Recipients);

    /// <summary>Of all messages together, as they are sent.</summary>
    public long Parts => Lanes.Sum(lane => lane.Sent.Parts);

    /// <summary>VND before tax.</summary>
    public decimal CostVnd => Lanes.Sum(lane => lane.Sent.CostVnd);

    /// <summary>When the last message leaves, all days counted that this takes, allowed or not.</summary>
    public DateTimeOffset End => Lanes.Count == 0 ? Opens : Lanes.Max(lane => lane.Sent.End);

    public bool FitsFirstDay => Lanes.All(lane => lane.FitsFirstDay);

    /// <summary>Totals with every text in its accented form; null where a text has none that is known.</summary>
    public FormTotal? Accented => Total(lane => lane.Accented);

    /// <summary>Totals with every text without diacritics.</summary>
    public FormTotal Unaccented => Total(lane => lane.Unaccented)!;

    FormTotal? Total(Func<LaneForecast, LaneLoad?> form) => Lanes.Any(lane => form(lane) is null)
        ? null
        : new FormTotal(
            Lanes.Sum(lane => form(lane)!.Parts),
            Lanes.Sum(lane => form(lane)!.CostVnd),
            Lanes.Count == 0 ? Opens : Lanes.Max(lane => form(lane)!.End));
}

/// <param name="CostVnd">VND before tax.</param>
public sealed record FormTotal(long Parts, decimal CostVnd, DateTimeOffset End);

/// <param name="Lane">Position in <see cref="Plan.Lanes"/>, counted from 1.</param>
/// <param name="Start">When its first message leaves.</param>
/// <param name="Sent">With the texts as the campaign sends them.</param>
/// <param name="Accented">With diacritics; null where a text is written without and the order does not give it.</param>
/// <param name="Unaccented">The same words without diacritics.</param>
/// <param name="FirstDay">How long the lane can send on the first day, from <paramref name="Start"/>, but for
/// <see cref="Trial"/>: until the window closes, or a day's quota is used up.</param>
/// <param name="LeftAtClose">Messages still to be sent when the first day's window closes.</param>
/// <param name="RateThatFits">Smallest contracted rate at which the first day is enough; null where it is enough as it
/// is, or no rate would do.</param>
public sealed record LaneForecast(
    int Lane,
    string Name,
    int Rate,
    RateUnit RateUnit,
    long Recipients,
    DateTimeOffset Start,
    LaneLoad Sent,
    LaneLoad? Accented,
    LaneLoad Unaccented,
    TimeSpan FirstDay,
    long LeftAtClose,
    int? RateThatFits)
{
    /// <summary>How long its first batch is waited for, at the most where it fares well; zero where there is
    /// none.</summary>
    public TimeSpan Trial { get; init; }

    public bool FitsFirstDay => Sent.Work <= FirstDay;

    /// <summary>Work that does not fit the first day; zero where all does.</summary>
    public TimeSpan Overrun => FitsFirstDay ? TimeSpan.Zero : Sent.Work - FirstDay;
}

/// <summary>What one form of the texts asks of a lane.</summary>
/// <param name="MostParts">Parts of its longest message; 0 where there is none.</param>
/// <param name="CostVnd">VND before tax.</param>
/// <param name="Work">Time of sending at the contracted rate.</param>
/// <param name="End">When the last message leaves, going on in the same hours of the following days where one day is
/// not enough.</param>
/// <param name="Days">Days that takes.</param>
public sealed record LaneLoad(int MostParts, long Parts, decimal CostVnd, TimeSpan Work, DateTimeOffset End, int Days);
