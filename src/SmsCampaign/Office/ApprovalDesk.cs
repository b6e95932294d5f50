using SmsCampaign.Campaigns;
using SmsCampaign.Conduct;
using SmsCampaign.Files;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Office;

/// <summary>
/// Approves campaigns: plans them, holds the plan to what was looked at, and puts them on the
/// worker's schedule (rule 8).
/// </summary>
public sealed class ApprovalDesk(DataFolder data, TimeProvider time)
{
    /// <exception cref="Storage.LedgerException">The disk is full, or a ledger is broken.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is approved.</exception>
    public ApprovalResult Approve(Who who, ApprovalOrder order, CancellationToken cancellationToken)
    {
        var request = order.Request with { Date = order.Request.Date ?? FindHeld(order.Request.CampaignFile) };

        // One at a time: of two copies approved at once each would find the other not approved yet.
        using var alone = PreparingLock.TakeForApproval(data);
        if (alone is null)
            return new ApprovalResult.IsBusy();

        var preparation = new CampaignPreparation(time).Prepare(request, data, ChangedRun.Refuse, cancellationToken);
        List<ApprovalFinding> findings =
            [.. preparation.Problems.Select(problem => new ApprovalFinding.OfFiles(problem))];
        if (preparation.Planned is not { } planned)
            return new ApprovalResult.Refused(findings, null);

        // Of another plan than was looked at, nobody wants to read it all to find at its end that it is refused.
        var registry = Ledgers.OpenRegistry(data);
        var isOther = FindWrongCode(planned, order.Seen, registry, findings);
        var plan = isOther ? null : new SeenPlan(
            planned, preparation.Run is { } found ? RunLeft.Read(data, registry.Find(found.Key)!) : null);
        if (preparation.Run is not { } run)
            return new ApprovalResult.Refused(findings, plan);

        FindOwn(who, order, planned, registry.Find(run.Key)!, findings);
        FindMissingKey(registry, findings);
        FindForged(planned, run, registry, findings, cancellationToken);
        FindRepeats(preparation.Repeats, order, findings);
        if (plan is null || findings.Exists(finding => finding.IsError))
            return new ApprovalResult.Refused(findings, plan);

        var now = time.GetUtcNow();
        RecordAgain(who, order, planned, preparation.Repeats, registry, now);
        var approval = Record(who, order, planned, registry, run.Key, now);
        var opens = new StartPolicy(planned.Campaign.Schedule, planned.Date, now, begun: false).Decide(now).Wake;
        return new ApprovalResult.Given(
            approval, order.EveryYear, findings, plan, RunLeft.Read(data, registry.Find(run.Key)!), opens);
    }

    /// <summary>A run that is held goes before the next one to come, unless the campaign has
    /// another date by now.</summary>
    DateOnly? FindHeld(string campaignFile) => KnownRuns.Read(data, campaignFile)
        .Where(run => run is { State: RunState.Held, Simulated: false })
        .Select(run => run.ToKey().Date)
        .Where(date => RunsOn(campaignFile, date))
        .Select(date => (DateOnly?)date)
        .FirstOrDefault();

    /// <summary>What is wrong with a file that cannot be read is said when it is prepared.</summary>
    static bool RunsOn(string campaignFile, DateOnly date)
    {
        try
        {
            return CampaignFile.ReadSchedule(OrdinaryFile.ReadAllText(campaignFile)).OccurrenceOnOrAfter(date) == date;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }

    /// <summary>What is bound is what was looked at, and nothing that was made of it since.</summary>
    /// <returns>Whether a code was given, and it is another.</returns>
    static bool FindWrongCode(PlannedCampaign planned, string? seen, IRegistry registry, List<ApprovalFinding> findings)
    {
        var code = ApprovalHash.Brief(planned.ApprovedHash);
        if (string.IsNullOrWhiteSpace(seen))
        {
            if (planned.Campaign.Mode == CampaignMode.Live)
                findings.Add(new ApprovalFinding.NoCode());
            return false;
        }

        var given = seen.Trim().ToLowerInvariant();
        if (given.Length >= code.Length && planned.ApprovedHash.StartsWith(given, StringComparison.Ordinal))
            return false;

        findings.Insert(0, new ApprovalFinding.OtherCode(
            given, code, given.Length < code.Length ? null : OwnerOf(given, registry), planned.Campaign.File));
        return true;
    }

    /// <summary>What else a code is of, as far as is known.</summary>
    static CodeOwner? OwnerOf(string code, IRegistry registry) =>
        registry
            .ReadRuns()
            .FirstOrDefault(run => run.ApprovedHash.StartsWith(code, StringComparison.Ordinal)) is { } run
            ? new CodeOwner.OfRun(run.ToKey())
            : registry
                .ReadApprovals()
                .LastOrDefault(approval => approval.Hash.StartsWith(code, StringComparison.Ordinal)) is { } approval
                ? new CodeOwner.OfApproval(approval.ApprovedAt)
                : null;

    void FindOwn(Who who, ApprovalOrder order, PlannedCampaign planned, RunRecord run, List<ApprovalFinding> findings)
    {
        var (schedule, file, date) = (planned.Campaign.Schedule, planned.Campaign.File, run.ToKey().Date);
        if (!who.IsNamed)
            findings.Add(new ApprovalFinding.NoName());
        if (order.EveryYear && !schedule.IsYearly)
            findings.Add(new ApprovalFinding.NotYearly(file, date));
        if (run.State is RunState.Finished or RunState.Skipped)
            findings.Add(new ApprovalFinding.IsOver(date));

        // A run held by a policy may be let go on later; any other whose days are over would go
        // out on a day nobody meant.
        var now = time.GetUtcNow();
        if (now >= schedule.Window.ClosesOn(schedule.SendDays(date).Last())
            && run.State is RunState.Planned or RunState.Approved)
            findings.Add(new ApprovalFinding.DateIsPast(file, date, schedule.Window.ToLocal(now)));
    }

    static void FindMissingKey(IRegistry registry, List<ApprovalFinding> findings)
    {
        if (registry.Audit.VoidedTrouble is { } unknown)
            findings.Add(new ApprovalFinding.Unverifiable(unknown));
        if (registry.Audit.FindMissingKey() is { } missing)
            findings.Add(new ApprovalFinding.NoKey(missing));
    }

    void FindForged(
        PlannedCampaign planned,
        PreparedRun run,
        IRegistry registry,
        List<ApprovalFinding> findings,
        CancellationToken cancellationToken)
    {
        if (!run.Reused)
            return;

        var differences = RunVerification.Find(data, registry.Find(run.Key)!, planned.ApprovedHash, cancellationToken);
        if (differences.Count > 0)
            findings.Add(new ApprovalFinding.Forged(differences));
    }

    static void FindRepeats(IReadOnlyList<RepeatedContent> repeats, ApprovalOrder order, List<ApprovalFinding> findings)
    {
        findings.AddRange(repeats.Select(repeat => new ApprovalFinding.Repeats(repeat, order.Again)));
        if (order.Again && string.IsNullOrWhiteSpace(order.Reason))
            findings.Add(new ApprovalFinding.NoReason());
    }

    /// <summary>Before the approval it belongs to, whose hash it names.</summary>
    static void RecordAgain(
        Who who,
        ApprovalOrder order,
        PlannedCampaign planned,
        IReadOnlyList<RepeatedContent> repeats,
        IRegistry registry,
        DateTimeOffset now)
    {
        if (repeats.Count == 0)
            return;

        var runs = string.Join(", ", repeats.Select(repeat => repeat.Run.Key));
        registry.RecordEvent(
            who,
            "approve-again",
            $"{planned.Key}, approval {planned.ApprovedHash}: same text as {runs}. {order.Reason!.Trim()}",
            now);
    }

    static Approval Record(
        Who who, ApprovalOrder order, PlannedCampaign planned, IRegistry registry, RunKey key, DateTimeOffset now)
    {
        var approval = new Approval
        {
            Campaign = key.Campaign,
            Date = key.DateText,
            Hash = planned.ApprovedHash,
            ApprovedBy = who.Person,
            Document = order.Document?.Trim(),
            At = now.ToSql(),
            ByOs = who.ByOs,
            Identity = who.Identity,
        };

        // In one go: killed in between, either date is approved, never both.
        var others = registry
            .FindOtherDates(key, planned.Campaign.Schedule.IsYearly)
            .ToDictionary(other => other.Id, _ => ReplacedWords.OfOtherDate(key.Date, who.Person, null));
        var state = registry.Find(key)!.State;
        if (order.EveryYear)
            registry.Approve(approval with { Date = null }, others);
        if (!order.EveryYear || state == RunState.Held)
            registry.Approve(approval, others);
        if (state != RunState.Sending)
            registry.SetState(key, RunState.Approved, now);
        return approval;
    }
}
