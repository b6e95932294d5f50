using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Planning;

/// <summary>Holds what is planned by now to what was submitted to be approved.</summary>
public static class SubmittedPlan
{
    /// <returns>What is other, by name; none where it is the very same.</returns>
    public static IReadOnlyList<Wording> FindChanges(Submission submitted, PlannedCampaign planned)
    {
        if (submitted.Hash == planned.ApprovedHash)
            return [];

        var changes = new List<Wording>();
        if (submitted.DefinitionHash != planned.DefinitionHash)
            changes.Add(RunChanges.DescribeDefinition(planned.Campaign, submitted.Definition));
        changes.AddRange(RunVerification.FindPieces(RunSeal.Parse(submitted.Seal), planned.Seal));
        return changes.Count > 0
            ? [.. changes.Distinct()]
            : [new Wording("kế hoạch gửi đã khác", "the plan is another")];
    }
}
