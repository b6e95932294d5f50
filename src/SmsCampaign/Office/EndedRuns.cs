using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>Tells of runs that a person has called off or ended early.</summary>
static class EndedRuns
{
    /// <param name="decision">Who decided it, when and why; null where no decision tells.</param>
    public static bool IsEnded(IRegistry registry, RunRecord run, out Decision? decision)
    {
        var key = run.ToKey();
        var isEnded = run.State is RunState.Cancelled or RunState.Ended
            || registry.Orders.Read().Any(order => order is { IsForGood: true, Lane: null } && order.IsAbout(key));
        decision = isEnded
            ? registry.ReadDecisions(key.Campaign).LastOrDefault(each => each.Run == key
                && each.What is DecisionKind.Cancelled or DecisionKind.Ended)
            : null;
        return isEnded;
    }
}
