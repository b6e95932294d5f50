using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office;

/// <summary>How the lanes of a run are tried, as far as anybody is to know of it.</summary>
static class StandingTrials
{
    /// <summary>Whether a run in this state sends, or will again.</summary>
    public static bool Concern(RunState state) => state is RunState.Approved or RunState.Sending or RunState.Held;

    /// <summary>Of the lanes on which messages wait, those that are held or that a person let go on otherwise than the
    /// campaign says, and of a run that sends those that send their first batch; by name.</summary>
    /// <exception cref="Storage.LedgerException">The ledger cannot be read.</exception>
    public static Dictionary<string, LaneTrial> Read(IKeptRun kept, RunState state, RunStatus status) =>
        !Concern(state)
            ? []
            : kept.ReadTrials()
                .Where(lane => lane.Value.IsHeld
                    || lane.Value.IsOverruled
                    || (lane.Value.IsUnderWay && state == RunState.Sending))
                .Where(lane => CountWaiting(status, lane.Key) > 0)
                .ToDictionary();

    /// <summary>Messages that wait for a lane.</summary>
    public static long CountWaiting(RunStatus status, string lane) =>
        status.Lanes.Where(each => each.Name == lane).Sum(each => each.Count(MessageStatus.Planned));
}
