using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>
/// Where a run stands for an officer. It is kept nowhere: <see cref="RunFacts.ToState"/> alone tells it from what is.
/// Scripts see it in camel case: never rename one.
/// </summary>
public enum OfficerState
{
    /// <summary>Planned, and nobody has submitted or approved what is planned now; or it was returned, or withdrawn.
    /// </summary>
    Draft,

    /// <summary>Submitted as it is planned now; waits to be approved.</summary>
    Submitted,

    /// <summary>Approved as it is planned now, by as many as it takes; waits for its time.</summary>
    Approved,

    /// <summary>Its window has opened: it sends, waits for its next day, or for receipts.</summary>
    Sending,

    /// <summary>Nothing of it leaves before a person says so: it is paused as a whole, held, or under way and not
    /// approved any more.</summary>
    Paused,

    /// <summary>It is over, and its report is written.</summary>
    Sent,

    /// <summary>What is planned now was refused.</summary>
    Rejected,

    /// <summary>It is over and was not sent, or not all of it: its start was missed, and it is skipped then, or
    /// a person called it off.</summary>
    Cancelled,

    /// <summary>It is over, and its report is written: a person ended it early, as what was sent is enough.</summary>
    Ended,
}

/// <summary>What of a run's records decides where it stands for an officer.</summary>
/// <param name="Run">As it is stored.</param>
/// <param name="NeedsApproval">Whether it goes by an approval; a rehearsal does not.</param>
/// <param name="IsApproved">Whether the approval that counts is of what is planned now, and by as many persons as it
/// takes.</param>
/// <param name="IsPaused">Whether a person has paused it as a whole.</param>
/// <param name="Submission">What was submitted last, of what is planned now; null where nothing was.</param>
public sealed record RunFacts(
    RunState Run, bool NeedsApproval, bool IsApproved, bool IsPaused, Submission? Submission)
{
    public OfficerState ToState() => Run switch
    {
        RunState.Finished => OfficerState.Sent,
        RunState.Skipped or RunState.Cancelled => OfficerState.Cancelled,
        RunState.Ended => OfficerState.Ended,
        RunState.Held => OfficerState.Paused,
        RunState.Sending => IsPaused || (NeedsApproval && !IsApproved) ? OfficerState.Paused : OfficerState.Sending,
        _ when NeedsApproval && IsApproved => IsPaused ? OfficerState.Paused : OfficerState.Approved,
        _ => Submission switch
        {
            { Rejected.Kind: RejectionKind.Returned or RejectionKind.Withdrawn } => OfficerState.Draft,
            { Rejected: not null } => OfficerState.Rejected,
            { ApprovedAs: null } => OfficerState.Submitted,
            _ => OfficerState.Draft,
        },
    };
}
