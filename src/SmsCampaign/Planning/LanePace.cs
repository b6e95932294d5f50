using SmsCampaign.Carriers;

namespace SmsCampaign.Planning;

/// <summary>
/// How fast a lane may hand over messages of a given length, by its contract.
/// </summary>
static class LanePace
{
    /// <summary>
    /// Messages a second. A sliding second holds whole messages only: at 10 parts a second, texts of 4 parts go 2 a
    /// second.
    /// </summary>
    /// <param name="rate">In place of the lane's own, to ask what another would bring.</param>
    /// <returns>Below 1 where not even one message fits a second: such a plan is refused (<see cref="PlanProblems"/>),
    /// and the figure only shows how far off it is.</returns>
    public static decimal MessagesPerSecond(LaneOptions lane, int parts, int? rate = null)
    {
        var perSecond = (decimal)(rate ?? lane.Rate);

        return lane.RateUnit switch
        {
            RateUnit.Parts => perSecond >= parts ? decimal.Floor(perSecond / parts) : perSecond / parts,
            RateUnit.Messages => perSecond,
            RateUnit.Requests => perSecond * lane.MostPerCall,
            _ => throw new ArgumentOutOfRangeException(nameof(lane), lane.RateUnit, null),
        };
    }

    /// <summary>Whether one message fits the lane's second at all.</summary>
    public static bool Fits(LaneOptions lane, int parts) => lane.RateUnit != RateUnit.Parts || parts <= lane.Rate;
}
