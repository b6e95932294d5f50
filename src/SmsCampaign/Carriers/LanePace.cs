namespace SmsCampaign.Carriers;

/// <summary>
/// How fast a lane may hand over messages of a given length, by its contract.
/// </summary>
static class LanePace
{
    /// <summary>
    /// Messages a second, by the tightest of the limits. A sliding period holds whole messages only: at 10 parts a
    /// second, texts of 4 parts go 2 a second.
    /// </summary>
    /// <param name="rate">In place of the lane's own, to ask what another would bring.</param>
    /// <returns>Below 1 where not even one message fits a second: where none ever fits such a plan is refused
    /// when it is planned, and the figure only shows how far off it is.</returns>
    public static decimal MessagesPerSecond(LaneOptions lane, int parts, int? rate = null) => lane.AllLimits
        .Where(limit => limit.Period != LimitPeriod.Day)
        .Select((limit, at) =>
            Messages(lane, limit, at == 0 ? rate ?? limit.Most : limit.Most, parts) * 1_000_000 / limit.PeriodMicros)
        .Min();

    /// <summary>Messages a day that the quotas let through; null where there are none.</summary>
    public static decimal? MessagesPerDay(LaneOptions lane, int parts) => lane.AllLimits
        .Where(limit => limit.Period == LimitPeriod.Day)
        .Min(limit => (decimal?)Messages(lane, limit, limit.Most, parts));

    /// <summary>The limit that not even one message fits.</summary>
    /// <returns>Null where it fits them all.</returns>
    public static LaneLimit? FindUnfit(LaneOptions lane, int parts) =>
        lane.AllLimits.FirstOrDefault(limit => limit.Of == RateUnit.Parts && parts > limit.Most);

    static decimal Messages(LaneOptions lane, LaneLimit limit, decimal most, int parts) => limit.Of switch
    {
        RateUnit.Parts => most >= parts ? decimal.Floor(most / parts) : most / parts,
        RateUnit.Messages => most,
        RateUnit.Requests => most * lane.MostPerCall,
        _ => throw new ArgumentOutOfRangeException(nameof(limit), limit.Of, null),
    };
}
