namespace SmsCampaign.Storage.Run;

/// <summary>How the lanes of a run are tried before they send in full, and what held them since. What a task says is on
/// disk when it ends.</summary>
public interface ILaneTrials
{
    /// <summary>The latest of a lane; null where it was never tried.</summary>
    LaneTrial? Find(int lane);

    /// <summary>Begins a canary of a lane that has none under way.</summary>
    /// <param name="messages">Of its batch.</param>
    /// <param name="again">In place of one that is, and of which too little is known: as of
    /// <see cref="LaneTrial.IsAgain"/>.</param>
    /// <param name="byAnswersAlone">As of <see cref="LaneTrial.ByAnswersAlone"/>.</param>
    Task<LaneTrial> BeginAsync(int lane, int messages, bool again = false, bool byAnswersAlone = false);

    /// <summary>Says what came of one that is under way. One that is not stays as it is.</summary>
    /// <returns>It as it stands by now.</returns>
    Task<LaneTrial> JudgeAsync(LaneTrial trial, TrialState state, TrialFinding finding);

    /// <summary>Holds a lane that sends in full.</summary>
    Task<LaneTrial> HoldAsync(int lane, TrialFinding finding);

    /// <summary>The messages of the lane that were under an intent since a trial began.</summary>
    IReadOnlyCollection<long> ReadMessages(LaneTrial trial);

    /// <summary>Where messages stand for a lane that has tried them; those that have no row are planned, or on their
    /// way, and left out. One that moved to another lane, as its number is on another network, was refused; one that
    /// moved for another reason is left out.</summary>
    IReadOnlyList<TrialMessage> ReadStates(int lane, IReadOnlyCollection<long> messages);
}
