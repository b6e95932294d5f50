using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What somebody submits to be approved.</summary>
/// <param name="Request">Of no date: a run that is held goes before the next one to come.</param>
/// <param name="Seen">The code of what was looked at, or the whole of it; null where none was given.</param>
/// <param name="Note">What is said to who approves; null where nothing is.</param>
/// <param name="EveryYear">Whether every year's run is meant, as long as text and audience stay the same.</param>
public sealed record SubmissionOrder(
    PreparationRequest Request, string? Seen, string? Note = null, bool EveryYear = false);

/// <summary>What came of submitting something.</summary>
public abstract record SubmissionResult
{
    SubmissionResult()
    {
    }

    /// <summary>Something else is submitted or approved at this moment; nothing was looked at.</summary>
    public sealed record IsBusy : SubmissionResult;

    /// <summary>Nothing is submitted.</summary>
    /// <param name="Findings">All of them, warnings too.</param>
    /// <param name="Plan">As of <see cref="ApprovalResult.Refused"/>.</param>
    public sealed record Refused(IReadOnlyList<ApprovalFinding> Findings, SeenPlan? Plan) : SubmissionResult;

    /// <summary>It waits to be approved, on disk and in the audit chain.</summary>
    /// <param name="Findings">Warnings.</param>
    /// <param name="Plan">What was submitted.</param>
    /// <param name="TakesTwoPersons">Whether another person has to approve it.</param>
    public sealed record Submitted(
        Submission Submission,
        IReadOnlyList<ApprovalFinding> Findings,
        SeenPlan Plan,
        bool TakesTwoPersons) : SubmissionResult;
}

/// <summary>What came of refusing, returning or withdrawing what was submitted.</summary>
public abstract record RejectionResult
{
    RejectionResult()
    {
    }

    /// <summary>Nothing is recorded.</summary>
    /// <param name="Findings">All that speaks against it.</param>
    public sealed record Refused(IReadOnlyList<RejectionFinding> Findings) : RejectionResult;

    /// <param name="State">Where the run stands; null where there is none (any more).</param>
    /// <param name="Standing">The approval by which the run goes all the same; null where nothing of it goes.</param>
    public sealed record Rejected(
        Submission Submission, Rejection Rejection, RunState? State, Approval? Standing) : RejectionResult
    {
        /// <summary>Whether the run is a draft again. One that has begun is not, nor one that goes by an approval.
        /// </summary>
        public bool IsDraft => Standing is null && State?.IsUnsent() != false;
    }
}

/// <summary>What speaks against recording that something is refused, returned or withdrawn.</summary>
public abstract record RejectionFinding
{
    RejectionFinding()
    {
    }

    public sealed record NoName : RejectionFinding;

    public sealed record NoReason : RejectionFinding;

    /// <summary>Nothing of the run waits to be approved.</summary>
    /// <param name="Last">What was submitted last and is answered; null where nothing was.</param>
    public sealed record NothingWaits(RunKey Run, Submission? Last) : RejectionFinding;

    /// <summary>What was looked at is not what waits.</summary>
    /// <param name="Given">The code of what was looked at.</param>
    public sealed record OtherCode(string Given, Submission Waits) : RejectionFinding;

    /// <summary>Another account has submitted what is to be withdrawn, or whose it is is not known.</summary>
    /// <param name="Account">Of who asked.</param>
    public sealed record NotOwn(Submission Waits, Identity Account) : RejectionFinding;

    /// <summary>Who submitted it returns it to themselves: they withdraw it.</summary>
    public sealed record IsOwn(Submission Waits) : RejectionFinding;
}
