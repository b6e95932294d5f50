using SmsCampaign.Campaigns;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Planning;

/// <summary>Holds what is planned by now to what was submitted to be approved.</summary>
public static class SubmittedPlan
{
    /// <returns>What is other, by name; none where it is the very same.</returns>
    public static IReadOnlyList<Wording> FindChanges(Submission submitted, PlannedCampaign planned)
    {
        return submitted.Hash == planned.ApprovedHash
            ? []
            : Find(submitted, planned.DefinitionHash, planned.Campaign, planned.Seal);
    }

    /// <summary>The same by what is kept of a run, without its files.</summary>
    /// <param name="kept">The campaign as it was planned.</param>
    public static IReadOnlyList<Wording> FindChanges(Submission submitted, RunRecord run, Campaign kept) =>
        submitted.Hash == run.ApprovedHash
            ? []
            : Find(submitted, run.DefinitionHash, kept, RunSeal.Parse(run.Seal));

    static IReadOnlyList<Wording> Find(Submission submitted, string definitionHash, Campaign now, RunSeal seal)
    {
        var changes = new List<Wording>();
        if (submitted.DefinitionHash != definitionHash)
            changes.Add(RunChanges.DescribeDefinition(now, submitted.Definition));
        changes.AddRange(RunVerification.FindPieces(RunSeal.Parse(submitted.Seal), seal));
        return changes.Count > 0
            ? [.. changes.Distinct()]
            : [new Wording("kế hoạch gửi đã khác", "the plan is another")];
    }
}
