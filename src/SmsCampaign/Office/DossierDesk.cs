using SmsCampaign.Campaigns;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>
/// Lays before whoever submits or approves a run what would be bound, by what is on record of it: no list of
/// subscribers is read, as that may take long. Whoever submits or approves has the lists compared by
/// <see cref="SubmissionDesk"/> and <see cref="ApprovalDesk"/>.
/// </summary>
public sealed class DossierDesk(DataFolder data, string installation, TimeProvider time)
{
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public Dossier Read(RunRecord run)
    {
        var registry = Ledgers.OpenRegistry(data);
        var overview = RunOverview.Read(data, registry, run, installation, time, files: false);
        var (plan, trouble) = ReadPlan(run, overview);
        var kept = CampaignFile.ReadKept(run.Definition, run.CampaignFile);
        var waits = overview.Submissions is [{ IsOpen: true } last, ..] ? last : null;
        return new Dossier(overview, kept, plan)
        {
            Trouble = trouble,
            Waits = waits,
            SinceSubmitted = waits is null || kept is null ? [] : SubmittedPlan.FindChanges(waits, run, kept),
            SinceApproved = overview.IsUnverified || kept is null ? null : Compare(registry, overview, kept),
            Repeats = plan?.Planned is not { } planned || run.State.IsOver() ? []
                : new ContentGuard(data).Find(
                    run.ToKey(),
                    planned.Campaign.Mode,
                    registry.Contents.Read(run.Code),
                    run.AddressIn(data)),
            Imbalance = run.State.IsOver() ? null : RunImbalance.TryFind(data, run),
            IsPast = kept is not null && PlanReview.IsPast(run, kept.Schedule, time.GetUtcNow()),
        };
    }

    (PlanOnRecord? Plan, Wording? Trouble) ReadPlan(RunRecord run, RunOverview overview)
    {
        if (overview.Status is null)
            return (null, overview.Damage ?? overview.Unreadable ?? new Wording(
                "Không thấy sổ của lượt gửi.", "The ledger of the run is not there."));
        try
        {
            return (PlanOnRecord.Read(data, run, installation, time), null);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            return (null, StorageFaults.Describe(broken, data) ?? FaultWords.Of(broken));
        }
    }

    /// <summary>With what was approved last and is not what counts now.</summary>
    DossierComparison? Compare(IRegistry registry, RunOverview overview, Campaign kept)
    {
        var run = overview.Run;
        var approvals = run.Simulated ? [] : registry.ReadApprovals(run.Campaign);
        if ((overview.Counting?.Hash == run.ApprovedHash
            ? approvals.FirstOrDefault(approval => approval.Hash != run.ApprovedHash)
            : approvals is [var newest, ..] ? newest : null) is not { } last)
            return null;

        if (last.Hash == run.ApprovedHash)
            return new DossierComparison(last) { IsSame = true };

        var planned = registry.ReadRuns(run.Campaign)
            .FirstOrDefault(other => !other.Simulated && other.ApprovedHash == last.Hash);
        var (definition, audience, seal) = planned is not null
            ? (planned.Definition, planned.AudienceHash, planned.Seal)
            : (last.Submission?.Definition, last.Submission?.AudienceHash, last.Submission?.Seal);
        if (definition is null || CampaignFile.ReadKept(definition, run.CampaignFile) is not { } before)
            return new DossierComparison(last);

        return new DossierComparison(last)
        {
            Texts = [.. DossierText.Between(before, kept)],
            IsSameAudience = audience == run.AudienceHash,
            Counts = planned is null ? null : DossierCounts.Read(data, planned),
            Others = [.. DossierComparison.FindOthers(before, kept, seal ?? "", run.Seal, isOfDate: planned is null)],
        };
    }
}
