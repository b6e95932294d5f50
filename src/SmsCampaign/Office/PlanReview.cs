using SmsCampaign.Campaigns;
using SmsCampaign.Files;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>
/// What submitting and approving have in common: plans the campaign, or takes up what is planned, and holds it to what
/// was looked at.
/// </summary>
sealed class PlanReview(DataFolder data, TimeProvider time)
{
    /// <param name="request">Of no date: a run that is held goes before the next one to come.</param>
    /// <param name="seen">The code of what was looked at, or the whole of it; null where none was given.</param>
    /// <exception cref="LedgerException">The disk is full, or a ledger is broken.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Review Look(
        Who who, PreparationRequest request, string? seen, bool everyYear, CancellationToken cancellationToken)
    {
        request = request with { Date = request.Date ?? FindHeld(request.CampaignFile) };
        var preparation = new CampaignPreparation(time).Prepare(request, data, ChangedRun.Tell, cancellationToken);
        List<ApprovalFinding> findings =
            [.. preparation.Problems.Select(problem => new ApprovalFinding.OfFiles(problem))];
        if (preparation.Planned is not { } planned)
            return new Review(findings, null, null);

        // Of another plan than was looked at, nobody wants to read it all to find at its end that it is refused.
        var registry = Ledgers.OpenRegistry(data);
        var isOther = FindWrongCode(planned, seen, registry, findings);
        var plan = isOther ? null : new SeenPlan(
            planned, preparation.Run is { } found ? RunLeft.Read(data, registry.Find(found.Key)!) : null);
        if (preparation.Run is not { } run)
            return new Review(findings, plan, null);

        FindOwn(who, everyYear, planned, registry.Find(run.Key)!, findings);
        FindMissingKey(registry, findings);
        FindForged(planned, run, registry, findings, cancellationToken);
        return new Review(findings, plan, new ReviewedRun(run.Key, planned, registry, preparation.Repeats));
    }

    /// <summary>A run that is held goes before the next one to come, unless the campaign has another date by now. One
    /// that sends what another left has none of the campaign's dates.</summary>
    DateOnly? FindHeld(string campaignFile) => KnownRuns.Read(data, campaignFile)
        .Where(run => run is { State: RunState.Held, Simulated: false })
        .Where(run => run.RestOf is not null || RunsOn(campaignFile, run.ToKey().Date))
        .Select(run => (DateOnly?)run.ToKey().Date)
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

        if (ApprovalHash.IsCodeOf(seen, planned.ApprovedHash))
            return false;

        var given = seen.Trim().ToLowerInvariant();
        findings.Insert(0, new ApprovalFinding.OtherCode(
            given, code, given.Length < code.Length ? null : OwnerOf(given, planned, registry), planned.Campaign.File));
        return true;
    }

    /// <summary>What else a code is of, as far as is known.</summary>
    static CodeOwner? OwnerOf(string code, PlannedCampaign planned, IRegistry registry)
    {
        bool IsIt(string hash) => hash.StartsWith(code, StringComparison.Ordinal);
        return registry.ReadRuns().FirstOrDefault(run => IsIt(run.ApprovedHash)) is { } run
            ? new CodeOwner.OfRun(run.ToKey())
            : registry.Submissions.Read(planned.Key).FirstOrDefault(each => IsIt(each.Hash)) is { } submitted
            ? new CodeOwner.OfSubmission(submitted, SubmittedPlan.FindChanges(submitted, planned))
            : registry.ReadApprovals().LastOrDefault(approval => IsIt(approval.Hash)) is { } approval
            ? new CodeOwner.OfApproval(approval.ApprovedAt)
            : null;
    }

    void FindOwn(Who who, bool everyYear, PlannedCampaign planned, RunRecord run, List<ApprovalFinding> findings)
    {
        var (schedule, file, date) = (planned.Campaign.Schedule, planned.Campaign.File, run.ToKey().Date);
        if (!who.IsNamed)
            findings.Add(new ApprovalFinding.NoName());
        if (everyYear && run.RestOf is not null)
            findings.Add(new ApprovalFinding.EveryYearOfRest(date, run.RestOfWords));
        else if (everyYear && !schedule.IsYearly)
            findings.Add(new ApprovalFinding.NotYearly(file, date));
        if (run.State is RunState.Finished or RunState.Skipped)
            findings.Add(new ApprovalFinding.IsOver(date));
        if (EndedRuns.IsEnded(Ledgers.OpenRegistry(data), run, out var decision))
            findings.Add(new ApprovalFinding.IsEnded(date, decision));

        var now = time.GetUtcNow();
        if (IsPast(run, schedule, now))
            findings.Add(new ApprovalFinding.DateIsPast(file, date, schedule.Window.ToLocal(now)));
    }

    /// <summary>Whether its days are over. A run held by a policy may be let go on later; any other would go out on a
    /// day nobody meant.</summary>
    public static bool IsPast(RunRecord run, Schedule schedule, DateTimeOffset now) =>
        run.State is RunState.Planned or RunState.Approved
        && now >= schedule.Window.ClosesOn(schedule.SendDays(run.ToKey().Date).Last());

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
        if (RunImbalance.Find(data, registry.Find(run.Key)!) is { } imbalance)
            findings.Add(new ApprovalFinding.DoesNotBalance(imbalance));
    }
}

/// <summary>What a review has come to.</summary>
/// <param name="Findings">To be added to by who asked.</param>
/// <param name="Plan">What there is to look at; null where there is none, or where another plan was looked at.</param>
/// <param name="Run">Null where it cannot be planned as it is: the findings say why.</param>
sealed record Review(List<ApprovalFinding> Findings, SeenPlan? Plan, ReviewedRun? Run)
{
    public bool HasErrors => Plan is null || Run is null || Findings.Exists(finding => finding.IsError);
}

/// <summary>A run that is planned as its files say.</summary>
/// <param name="Repeats">The runs of other campaigns that say the same to much the same people.</param>
sealed record ReviewedRun(
    RunKey Key, PlannedCampaign Planned, IRegistry Registry, IReadOnlyList<RepeatedContent> Repeats)
{
    public bool TakesTwoPersons => Planned.Installation.Approval.TwoPersons;

    /// <summary>What was submitted of it last, be it answered by now; null where nothing was.</summary>
    public Submission? ReadSubmission() => Registry.Submissions.Read(Key) is [var last, ..] ? last : null;
}
