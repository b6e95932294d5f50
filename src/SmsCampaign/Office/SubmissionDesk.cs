using SmsCampaign.Campaigns;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>
/// Takes campaigns to be approved, and refuses, returns or withdraws them: what is submitted is bound by the very code
/// that an approval binds, so that nothing else can be approved in its place.
/// </summary>
public sealed class SubmissionDesk(DataFolder data, TimeProvider time)
{
    /// <exception cref="LedgerException">The disk is full, or a ledger is broken.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is submitted.</exception>
    public SubmissionResult Submit(Who who, SubmissionOrder order, CancellationToken cancellationToken)
    {
        using var alone = PreparingLock.TakeForApproval(data);
        if (alone is null)
            return new SubmissionResult.IsBusy();

        var review = new PlanReview(data, time).Look(
            who, order.Request, order.Seen, order.EveryYear, cancellationToken);
        if (review is not { Run: { } run, Findings: var findings })
            return new SubmissionResult.Refused(review.Findings, review.Plan);

        // Whether it goes all the same is up to who approves.
        findings.AddRange(run.Repeats.Select(repeat => new ApprovalFinding.Repeats(repeat, IsAccepted: true)));
        if (run.Registry.FindApproval(run.Key.Campaign, run.Key.Date) is { } standing)
            findings.Add(new ApprovalFinding.StandsAlready(standing));
        if (review.HasErrors)
            return new SubmissionResult.Refused(findings, review.Plan);

        var kept = run.Registry.Find(run.Key)!;
        var submission = new Submission
        {
            Campaign = run.Key.Campaign,
            Date = run.Key.DateText,
            EveryYear = order.EveryYear,
            Hash = run.Planned.ApprovedHash,
            Definition = kept.Definition,
            DefinitionHash = kept.DefinitionHash,
            AudienceHash = kept.AudienceHash,
            PlanHash = kept.PlanHash,
            Seal = kept.Seal,
            SubmittedBy = who.Person,
            Identity = who.Identity,
            ByOs = who.ByOs,
            Note = string.IsNullOrWhiteSpace(order.Note) ? null : order.Note.Trim(),
            At = time.GetUtcNow().ToSql(),
        };
        return new SubmissionResult.Submitted(
            submission with { Id = run.Registry.Submissions.Add(submission) },
            findings,
            review.Plan!,
            run.TakesTwoPersons);
    }

    /// <summary>Refuses what waits to be approved, returns it to who wrote it, or takes it back. Needs none of its
    /// files.</summary>
    /// <param name="seen">The code of what was looked at, or the whole of it; null where none was given.</param>
    /// <param name="kind">Only who submitted it takes it back.</param>
    /// <exception cref="LedgerException">ledger.db cannot be read or written.</exception>
    public RejectionResult Reject(
        Who who, RunKey run, string? seen, string? reason, RejectionKind kind = RejectionKind.Refused)
    {
        var findings = new List<RejectionFinding>();
        if (!who.IsNamed)
            findings.Add(new RejectionFinding.NoName());
        if (string.IsNullOrWhiteSpace(reason))
            findings.Add(new RejectionFinding.NoReason());

        var registry = Ledgers.OpenRegistry(data);
        var submission = registry.Submissions.Read(run) is [var last, ..] ? last : null;
        if (submission is null or { IsOpen: false })
            findings.Add(new RejectionFinding.NothingWaits(run, submission));
        else if (!string.IsNullOrWhiteSpace(seen) && !ApprovalHash.IsCodeOf(seen, submission.Hash))
            findings.Add(new RejectionFinding.OtherCode(seen.Trim(), submission));
        if (kind == RejectionKind.Withdrawn && submission is { IsOpen: true } && !IsOwn(submission, who))
            findings.Add(new RejectionFinding.NotOwn(submission, who.Identity));
        if (kind == RejectionKind.Returned && submission is { IsOpen: true } && !MayReturn(submission, who))
            findings.Add(new RejectionFinding.IsOwn(submission));
        if (findings.Count > 0)
            return new RejectionResult.Refused(findings);

        var rejection = new Rejection
        {
            Submission = submission!.Id,
            Kind = kind,
            RejectedBy = who.Person,
            Identity = who.Identity,
            ByOs = who.ByOs,
            Reason = reason!.Trim(),
            At = time.GetUtcNow().ToSql(),
        };
        return registry.Submissions.Reject(rejection)
            ? new RejectionResult.Rejected(
                submission, rejection, registry.Find(run)?.State, FindStanding(registry, run))
            : new RejectionResult.Refused([new RejectionFinding.NothingWaits(run, registry.Submissions.Read(run)[0])]);
    }

    /// <summary>The approval that what is planned now goes by; null where none does.</summary>
    static Approval? FindStanding(IRegistry registry, RunKey run) =>
        registry.Find(run) is { } kept
        && !kept.State.IsOver()
        && registry.FindApproval(run.Campaign, run.Date) is { } approval
        && approval.Hash == kept.ApprovedHash
        && kept.IsMeantBy(approval)
            ? approval
            : null;

    /// <summary>Whether somebody has submitted it themselves, beyond doubt.</summary>
    public static bool IsOwn(Submission submission, Who who) => submission.Identity?.IsSurely(who.Identity) == true;

    /// <summary>Whether somebody may return it for changes: what is one's own is withdrawn. An account of the operating
    /// system may be shared by who submits and who returns.</summary>
    public static bool MayReturn(Submission submission, Who who) =>
        !who.IsOnTheWeb || !IsOwn(submission, who);

    /// <summary>What was submitted of a campaign last, where it was answered without an approval, its run is not over,
    /// and nothing was submitted since; null where nothing stands so.</summary>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public Submission? FindAnswered(string campaign) =>
        Ledgers.FindRegistry(data) is { } registry
        && registry.Submissions.Read().FirstOrDefault(each => each.Campaign == campaign)
            is { Rejected: not null, ApprovedAs: null } last
        && !registry.ReadRuns(campaign).Any(run => !run.Simulated && run.Date == last.Date && run.State.IsOver())
            ? last
            : null;
}
