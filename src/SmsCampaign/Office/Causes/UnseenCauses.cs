using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Causes;

/// <summary>Of what is told, what nothing can be said of now, as what would say it cannot be read: it is not over for
/// that, and stays as it is.</summary>
static class UnseenCauses
{
    /// <param name="raised">What persons are told of.</param>
    public static IEnumerable<Cause> Find(StatusView view, IEnumerable<RaisedAlert> raised) => raised
        .Where(each => each.IsOpen && IsUnseen(each.Alert, view))
        .Select(each => Cause.Unknown(each.Alert.Kind, each.Alert.About));

    static bool IsUnseen(Alert alert, StatusView view) => alert.Kind switch
    {
        // Which lanes a run uses stands in its ledger alone.
        AlertKind.LaneHeld or AlertKind.LaneSlow or AlertKind.ReceiptsStopped => view.Runs.Any(IsClosed),
        AlertKind.WindowRisk or AlertKind.UncertainWaiting => view.Runs.Any(
            run => run.Run.Key == alert.About && IsClosed(run)),
        // Of a lane of one run: that it is held after its first batch stands in that run's ledger.
        AlertKind.LaneStopped => view.Runs.Any(
            run => alert.About.StartsWith($"{run.Run.Key} ", StringComparison.Ordinal) && IsClosed(run)),
        AlertKind.RunHeld or AlertKind.NotStarted => view.Runs.Any(
            run => run.Run.Key == alert.About && run.Unreadable is not null),
        _ => false,
    };

    /// <summary>Whether the ledger of a run that may be under way cannot be read.</summary>
    static bool IsClosed(RunOverview run) =>
        run is { Run: { Simulated: false, State: RunState.Sending or RunState.Held }, Status: null };
}
