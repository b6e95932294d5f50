namespace SmsCampaign.Storage.Run;

/// <summary>What everybody may see of a run that is open to be sent: what is on disk, never
/// what is being written.</summary>
public interface IRunView
{
    /// <summary>Where its ledger is kept.</summary>
    RunAddress Address { get; }

    RunInfo Info { get; }

    /// <summary>How many messages stand where, kept up with every commit.</summary>
    RunCounters Counters { get; }

    /// <summary>Which messages another lane sends than the plan said, kept up with every commit.</summary>
    RunRoutes Routes { get; }

    /// <summary>Id of the lane that sends a message; null where the run has no such carrier.</summary>
    int? LaneOf(long seq);

    /// <summary>Takes in what persons have settled through another process since it was last looked.</summary>
    /// <returns>Whether any message was put back to planned.</returns>
    Task<bool> NoticeResolutionsAsync();
}
