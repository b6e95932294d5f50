using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What somebody asks to have approved.</summary>
/// <param name="Request">Of no date: a run that is held goes before the next one to come.</param>
/// <param name="Seen">The code of what was looked at, or the whole of it; null where none was given.</param>
/// <param name="Document">Number of the approving document; null where there is none.</param>
/// <param name="EveryYear">Whether every year's run is meant, as long as text and audience stay the same.</param>
/// <param name="Again">Whether it goes although another campaign says the same to most of the audience.</param>
/// <param name="Reason">Why it goes again, or takes the place of an approval that stands.</param>
public sealed record ApprovalOrder(
    PreparationRequest Request,
    string? Seen,
    string? Document = null,
    bool EveryYear = false,
    bool Again = false,
    string? Reason = null)
{
    /// <summary>What of the campaign was withdrawn and refused when who asks looked
    /// (<see cref="Office.SeenAnswers.Mark"/>); null: they look as they ask.</summary>
    public string? SeenAnswers { get; init; }
}

/// <summary>What came of asking for an approval.</summary>
public abstract record ApprovalResult
{
    ApprovalResult()
    {
    }

    /// <summary>Another approval is under way; nothing was looked at.</summary>
    public sealed record IsBusy : ApprovalResult;

    /// <summary>Nothing is approved.</summary>
    /// <param name="Findings">All of them, warnings too.</param>
    /// <param name="Plan">What there is to look at; null where there is none, or where another
    /// plan was looked at.</param>
    public sealed record Refused(IReadOnlyList<ApprovalFinding> Findings, SeenPlan? Plan) : ApprovalResult;

    /// <summary>It is approved, on disk and in the audit chain.</summary>
    /// <param name="Findings">Warnings.</param>
    /// <param name="Plan">What was approved.</param>
    /// <param name="Left">What of it is left to send by now; null where nothing was handed over yet.</param>
    /// <param name="Opens">When its window opens next; null where it is open.</param>
    public sealed record Given(
        Approval Approval,
        bool EveryYear,
        IReadOnlyList<ApprovalFinding> Findings,
        SeenPlan Plan,
        RunLeft? Left,
        DateTimeOffset? Opens) : ApprovalResult
    {
        /// <summary>Whether its ledger could be read. Else <see cref="Left"/> says nothing.</summary>
        public bool IsLeftKnown { get; init; } = true;

        /// <summary>What another has submitted and this answers; null where there is none.</summary>
        public Submission? Submission { get; init; }

        /// <summary>What stood until now and does no longer.</summary>
        public IReadOnlyList<Approval> Replaced { get; init; } = [];

        /// <summary>The approval of every year that stands beside this one, which alone counts on its date; null where
        /// there is none.</summary>
        public Approval? EveryYears { get; init; }
    }
}

/// <summary>The plan as it is now.</summary>
/// <param name="Left">What is left to send of a run that has begun; else null.</param>
public sealed record SeenPlan(PlannedCampaign Planned, RunLeft? Left);

/// <summary>One thing that was found of what is to be approved. All but warnings speak against it.</summary>
public abstract record ApprovalFinding
{
    ApprovalFinding()
    {
    }

    public virtual bool IsError => true;

    /// <summary>In the files, or between them and what was planned.</summary>
    public sealed record OfFiles(Problem Problem) : ApprovalFinding
    {
        public override bool IsError => Problem.Severity == Severity.Error;
    }

    public sealed record NoName : ApprovalFinding;

    /// <summary>A live campaign is approved only with the code of what was looked at.</summary>
    public sealed record NoCode : ApprovalFinding;

    /// <summary>What was looked at is not what would be approved.</summary>
    /// <param name="Given">The code of what was looked at.</param>
    /// <param name="Code">The code of the plan as it is.</param>
    /// <param name="Owner">What the other code is of; null where that is not known.</param>
    public sealed record OtherCode(string Given, string Code, CodeOwner? Owner, string CampaignFile) : ApprovalFinding;

    /// <summary>Every year's run is meant, and the campaign has one date.</summary>
    public sealed record NotYearly(string CampaignFile, DateOnly Date) : ApprovalFinding;

    /// <summary>Every year's run is meant, and this one sends once what another left.</summary>
    /// <param name="Of">The date of the other, for a person.</param>
    public sealed record EveryYearOfRest(DateOnly Date, Wording Of) : ApprovalFinding;

    /// <summary>The run has ended.</summary>
    public sealed record IsOver(DateOnly Date) : ApprovalFinding;

    /// <summary>A person has called the run off, or ended it early.</summary>
    /// <param name="Decision">Who decided it, when and why; null where no decision tells.</param>
    public sealed record IsEnded(DateOnly Date, Decision? Decision) : ApprovalFinding;

    /// <param name="Now">Of the campaign's zone.</param>
    public sealed record DateIsPast(string CampaignFile, DateOnly Date, DateTimeOffset Now) : ApprovalFinding;

    /// <summary>Which approvals are void cannot be told.</summary>
    public sealed record Unverifiable(Wording Why) : ApprovalFinding;

    /// <summary>The audit chain's key is not there: nothing would be sent by an approval that was
    /// recorded without it.</summary>
    public sealed record NoKey(Wording Which) : ApprovalFinding;

    /// <summary>The run's ledger says something else than was planned.</summary>
    public sealed record Forged(IReadOnlyList<Wording> Differences) : ApprovalFinding;

    /// <summary>The run's ledger does not balance: what is left of it is not known.</summary>
    /// <param name="Why">What is found and what to do.</param>
    public sealed record DoesNotBalance(Wording Why) : ApprovalFinding;

    /// <param name="IsAccepted">Whether it goes all the same, as was asked.</param>
    public sealed record Repeats(RepeatedContent Content, bool IsAccepted) : ApprovalFinding
    {
        public override bool IsError => !IsAccepted;
    }

    /// <summary>It goes again, and nobody says why.</summary>
    public sealed record NoReason : ApprovalFinding;

    /// <summary>An approval stands whose place it would take, and nobody says why.</summary>
    public sealed record NoReplaceReason(IReadOnlyList<Approval> Standing) : ApprovalFinding;

    /// <summary>A carrier has a letter that says it texts subscribers whom this would be sent to, or on another day:
    /// they would get it twice.</summary>
    /// <param name="Run">Key of the run that the letter is of.</param>
    public sealed record LetterOut(Orders.HeldOrder Letter, string Run) : ApprovalFinding;

    /// <summary>Nothing waits to be approved.</summary>
    /// <param name="Last">What was submitted last and is answered; null where nothing was.</param>
    /// <param name="IsNeeded">Whether it takes two persons. Else it was refused, and goes all the same.</param>
    public sealed record NotSubmitted(Submission? Last, string CampaignFile, bool IsNeeded) : ApprovalFinding
    {
        public override bool IsError => IsNeeded;
    }

    /// <summary>What waits to be approved is not what would be.</summary>
    /// <param name="Changes">What is other by now, by name.</param>
    /// <param name="IsNeeded">Whether it takes two persons.</param>
    public sealed record OtherSubmitted(
        Submission Submission, IReadOnlyList<Wording> Changes, bool IsNeeded) : ApprovalFinding
    {
        public override bool IsError => IsNeeded;
    }

    /// <summary>It takes two persons, and who approves is the one who submitted it, or that cannot be told.</summary>
    public sealed record SamePerson(Submission Submission, Identity Account) : ApprovalFinding;

    /// <summary>Every year's run is to be approved, and one date was submitted.</summary>
    public sealed record OneYearSubmitted(Submission Submission) : ApprovalFinding;

    /// <summary>An approval still stands of what is submitted again.</summary>
    public sealed record StandsAlready(Approval Approval) : ApprovalFinding
    {
        public override bool IsError => false;
    }

    /// <summary>While its files were read somebody refused it, or withdrew an approval of it.</summary>
    public sealed record IsOtherByNow : ApprovalFinding;

    /// <summary>Somebody refused it, or withdrew an approval, since who approves looked.</summary>
    public sealed record IsAnswered : ApprovalFinding;
}

/// <summary>What a code is of that is not the plan's.</summary>
public abstract record CodeOwner
{
    CodeOwner()
    {
    }

    public sealed record OfRun(RunKey Run) : CodeOwner;

    /// <param name="Changes">What is other by now, by name.</param>
    public sealed record OfSubmission(Submission Submission, IReadOnlyList<Wording> Changes) : CodeOwner;

    public sealed record OfApproval(DateTimeOffset At) : CodeOwner;
}
