using SmsCampaign.Campaigns;
using SmsCampaign.Conduct;
using SmsCampaign.Messages;
using SmsCampaign.Orders;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Office;

/// <summary>
/// Approves campaigns: plans them, holds the plan to what was looked at and, where it takes two persons, to what
/// another has submitted, and puts them on the worker's schedule (rule 8).
/// </summary>
public sealed class ApprovalDesk(DataFolder data, TimeProvider time)
{
    /// <summary>Whether something is submitted or approved at this moment.</summary>
    public bool IsBusy
    {
        get
        {
            using var alone = PreparingLock.TakeForApproval(data);
            return alone is null;
        }
    }

    /// <exception cref="Storage.LedgerException">The disk is full, or a ledger is broken.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is approved.</exception>
    public ApprovalResult Approve(Who who, ApprovalOrder order, CancellationToken cancellationToken)
    {
        // One at a time: of two copies approved at once each would find the other not approved yet.
        using var alone = PreparingLock.TakeForApproval(data);
        if (alone is null)
            return new ApprovalResult.IsBusy();

        var seen = SeenAnswers.Read(data);
        var review = new PlanReview(data, time).Look(
            who, order.Request, order.Seen, order.EveryYear, cancellationToken);
        if (review is not { Run: { } run, Findings: var findings })
            return new ApprovalResult.Refused(review.Findings, review.Plan);

        var submission = run.ReadSubmission();
        var replaced = FindReplaced(run, order.EveryYear);
        FindSubmitted(who, order.EveryYear, run, submission, findings);
        FindRepeats(run.Repeats, order, findings);
        FindWhy(order, run, replaced, findings);
        FindStopped(run, submission, seen, findings);
        if (order.SeenAnswers is { } mark && mark != SeenAnswers.Read(data, run.Key.Campaign).Mark)
            findings.Add(new ApprovalFinding.IsAnswered());
        FindLetters(run, findings);
        if (review.HasErrors)
            return new ApprovalResult.Refused(findings, review.Plan);

        var now = time.GetUtcNow();
        RecordAgain(who, order, run, now);
        RecordOtherWords(who, order, run, now);
        if (Record(who, order, run, submission, replaced, now) is not { } approval)
            return new ApprovalResult.Refused([.. findings, new ApprovalFinding.IsOtherByNow()], review.Plan);

        var opens = new StartPolicy(run.Planned.Campaign.Schedule, run.Key.Date, now, begun: false).Decide(now).Wake;
        var kept = run.Registry.Find(run.Key)!;
        var isKnown = RunLeft.TryRead(data, kept, out var left);
        return new ApprovalResult.Given(
            approval,
            order.EveryYear,
            findings,
            review.Plan!,
            left,
            opens)
        {
            IsLeftKnown = isKnown,
            Submission = IsAnswered(submission, run) ? submission : null,
            Replaced = replaced,
            EveryYears = order.EveryYear ? null : run.Registry
                .ReadApprovals(run.Key.Campaign)
                .FirstOrDefault(other => other is { Stands: true, Date: null } && kept.IsMeantBy(other)),
        };
    }

    /// <summary>What stands and would no longer: that of the same date or, where every year is approved, of every year
    /// and this date; and those of other dates, as the message goes out once.</summary>
    static List<Approval> FindReplaced(ReviewedRun run, bool everyYear)
    {
        var others = run.Registry.FindOtherDates(run.Key, run.Planned.Campaign.Schedule.IsYearly)
            .Select(other => other.Id)
            .ToHashSet();
        return [.. run.Registry.ReadApprovals(run.Key.Campaign).Where(approval => approval.Stands && (
            others.Contains(approval.Id)
            || approval.Date == run.Key.DateText
            || (everyYear && approval.Date is null)))];
    }

    /// <summary>Whether an approval answers what was submitted: it is the very same, and nobody has answered
    /// yet.</summary>
    static bool IsAnswered(Submission? submission, ReviewedRun run) =>
        submission is { IsOpen: true } && submission.Hash == run.Planned.ApprovedHash;

    /// <summary>Whether somebody has submitted it themselves, or that cannot be told.</summary>
    internal static bool MayBeOf(Submission submission, Who who) =>
        submission.Identity?.IsSameAs(who.Identity) != false;

    static void FindSubmitted(
        Who who, bool everyYear, ReviewedRun run, Submission? submission, List<ApprovalFinding> findings)
    {
        var takesTwo = run.TakesTwoPersons;
        if (submission is { IsOpen: true })
        {
            // Of a code that is not the plan's it is said already.
            if (submission.Hash != run.Planned.ApprovedHash
                && !findings.OfType<ApprovalFinding.OtherCode>().Any(other => other.Owner is CodeOwner.OfSubmission))
            {
                findings.Add(new ApprovalFinding.OtherSubmitted(
                    submission, SubmittedPlan.FindChanges(submission, run.Planned), takesTwo));
            }

            if (takesTwo && MayBeOf(submission, who))
                findings.Add(new ApprovalFinding.SamePerson(submission, who.Identity));
            if (takesTwo && everyYear && !submission.EveryYear)
                findings.Add(new ApprovalFinding.OneYearSubmitted(submission));
        }
        else if (takesTwo || (submission is { Rejected: not null } && submission.Hash == run.Planned.ApprovedHash))
        {
            findings.Add(new ApprovalFinding.NotSubmitted(submission, run.Planned.Campaign.File, takesTwo));
        }
    }

    static void FindRepeats(IReadOnlyList<RepeatedContent> repeats, ApprovalOrder order, List<ApprovalFinding> findings)
    {
        findings.AddRange(repeats.Select(repeat => new ApprovalFinding.Repeats(repeat, order.Again)));
        if (order.Again && string.IsNullOrWhiteSpace(order.Reason))
            findings.Add(new ApprovalFinding.NoReason());
    }

    /// <summary>Of a run that is over nobody has to say why its approval makes way.</summary>
    static void FindWhy(
        ApprovalOrder order, ReviewedRun run, IReadOnlyList<Approval> replaced, List<ApprovalFinding> findings)
    {
        if (findings.Exists(finding => finding is ApprovalFinding.IsOver or ApprovalFinding.IsEnded))
            return; // no reason would have it approved

        var over = run.Registry.ReadRuns(run.Key.Campaign)
            .Where(each => !each.Simulated && each.State.IsOver())
            .Select(each => each.Date)
            .ToHashSet();
        var standing = replaced.Where(approval => approval.Date is null || !over.Contains(approval.Date)).ToList();
        if (standing.Count > 0 && string.IsNullOrWhiteSpace(order.Reason))
            findings.Add(new ApprovalFinding.NoReplaceReason(standing));
    }

    /// <summary>What a carrier has got and was not told otherwise it texts, whatever is approved since.</summary>
    static void FindLetters(ReviewedRun run, List<ApprovalFinding> findings)
    {
        var held = run.Planned.Campaign.HeldSegments.Select(segment => segment.Name).ToHashSet();
        var year = run.Key.DateText[..4];
        var runs = run.Registry.ReadRuns(run.Key.Campaign)
            .Where(other => !other.Simulated && other.Date.StartsWith(year, StringComparison.Ordinal))
            .Select(other => other.Key)
            .ToHashSet();
        findings.AddRange(run.Registry.WorkOrders.Read()
            .Where(order => runs.Contains(order.Run))
            .GroupBy(order => order.Run)
            .SelectMany(of => HeldOrders.Of(of, []).Select(letter => (Letter: letter, Run: of.Key)))
            .Where(each => each.Letter is { HasLeft: true, State: not OrderState.Refused }
                && (each.Run != run.Key.ToString() || !held.Contains(each.Letter.Kept.Segment)))
            .Select(each => new ApprovalFinding.LetterOut(each.Letter, each.Run)));
    }

    /// <summary>Files may take long to be read, and neither a refusal nor a withdrawal waits for that: who approves has
    /// not seen them.</summary>
    static void FindStopped(
        ReviewedRun run, Submission? submission, SeenAnswers seen, List<ApprovalFinding> findings)
    {
        var kept = run.Registry.Find(run.Key)!;
        var revoked = run.Registry.ReadApprovals(run.Key.Campaign)
            .Where(approval => approval.RevokedBy is not null && kept.IsMeantBy(approval))
            .Select(approval => approval.Id);
        if ((submission is { Rejected: not null } && !seen.Rejected.Contains(submission.Id))
            || revoked.Any(id => !seen.Revoked.Contains(id)))
            findings.Add(new ApprovalFinding.IsOtherByNow());
    }

    /// <summary>Before the approval it belongs to, whose hash it names.</summary>
    static void RecordAgain(Who who, ApprovalOrder order, ReviewedRun run, DateTimeOffset now)
    {
        if (run.Repeats.Count == 0)
            return;

        var runs = string.Join(", ", run.Repeats.Select(repeat => repeat.Run.Key));
        run.Registry.RecordEvent(
            who,
            "approve-again",
            $"{run.Key}, approval {run.Planned.ApprovedHash}: same text as {runs}. {order.Reason!.Trim()}",
            now);
    }

    /// <summary>Whoever approves decides that other words are sent than the order quotes: which stands beside the name.
    /// </summary>
    static void RecordOtherWords(Who who, ApprovalOrder order, ReviewedRun run, DateTimeOffset now)
    {
        var campaign = run.Planned.Campaign;
        var reason = string.IsNullOrWhiteSpace(order.Reason) ? "" : $" {NumberMask.In(order.Reason.Trim())}";
        foreach (var message in campaign.Messages)
        {
            var words = (OrderedText.Compare(campaign.Directive, message)?.Words ?? [])
                .Select(word => $"order '{word.Directive}', message '{word.Message}'")
                .ToList();
            if (words.Count > 0)
            {
                run.Registry.RecordEvent(
                    who,
                    "approve-other-words",
                    $"{run.Key}, approval {run.Planned.ApprovedHash}: {message.Name}: "
                        + $"{string.Join("; ", words)}.{reason}",
                    now);
            }
        }
    }

    /// <returns>Null where what was submitted is answered by now.</returns>
    static Approval? Record(
        Who who,
        ApprovalOrder order,
        ReviewedRun run,
        Submission? submission,
        IReadOnlyList<Approval> replaced,
        DateTimeOffset now)
    {
        var (key, registry, reason) = (run.Key, run.Registry, order.Reason?.Trim());
        var approval = new Approval
        {
            Campaign = key.Campaign,
            Date = key.DateText,
            Hash = run.Planned.ApprovedHash,
            ApprovedBy = who.Person,
            Document = order.Document is { } document ? NumberMask.In(document.Trim()) : null,
            At = now.ToSql(),
            ByOs = who.ByOs,
            Identity = who.Identity,
            SubmissionId = IsAnswered(submission, run) ? submission!.Id : null,
            Reason = string.IsNullOrEmpty(reason) ? null : reason,
        };

        // Of every other date, those too that nothing bears witness to: one that is restored must not stand again.
        var makeWay = registry.FindOtherDates(key, run.Planned.Campaign.Schedule.IsYearly)
            .ToDictionary(other => other.Id, _ => ReplacedWords.OfOtherDate(key.Date, who.Person, approval.Reason));
        foreach (var other in replaced)
            makeWay.TryAdd(other.Id, ReplacedWords.OfSame(who.Person, approval.Reason));

        var state = registry.Find(key)!.State;
        if (order.EveryYear && !registry.Approve(approval with { Date = null }, makeWay))
            return null;
        if ((!order.EveryYear || state == RunState.Held) && !registry.Approve(approval, makeWay))
            return null;
        if (state != RunState.Sending)
            registry.SetState(key, RunState.Approved, now);
        return approval;
    }
}
