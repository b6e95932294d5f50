using SmsCampaign.Planning;
using SmsCampaign.Storage;

namespace SmsCampaign.Office;

/// <summary>What a campaign would do.</summary>
/// <param name="Changes">What of its files is other than what was approved; null where that is
/// nothing, or no question.</param>
public sealed record CheckedCampaign(Preparation Preparation, Wording? Changes);

/// <summary>Shows what a campaign would do, and stores its plan to be approved. Sends nothing, and needs nobody
/// to answer for it.</summary>
public sealed class PlanDesk(DataFolder data, TimeProvider time)
{
    /// <summary>Stores nothing.</summary>
    public CheckedCampaign Check(PreparationRequest request, CancellationToken cancellationToken)
    {
        var preparation = new CampaignPreparation(time).Check(request, cancellationToken, data);
        return new CheckedCampaign(
            preparation, preparation.Planned is { } planned ? FindChanges(planned, request) : null);
    }

    /// <summary>A run of which nothing was sent is planned anew where its files are others by now.</summary>
    /// <exception cref="LedgerException">The disk is full, or a ledger is broken.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is left behind.</exception>
    public Preparation Plan(PreparationRequest request, CancellationToken cancellationToken) =>
        new CampaignPreparation(time).Prepare(request, data, ChangedRun.PlanAgain, cancellationToken);

    Wording? FindChanges(PlannedCampaign planned, PreparationRequest request)
    {
        // Looking must not make an empty installation.
        if (planned.Simulated
            || !Ledgers.HasRegistry(data)
            || Ledgers.OpenRegistry(data).Find(planned.Key) is not { } run
            || !ApprovedFiles.Concern(data, run))
            return null;

        var changes = ApprovedFiles.FindChanges(
            data, run, request.InstallationFile, time.GetUtcNow(), out var isUnread);
        return changes.Count > 0 ? ApprovedFiles.Describe(run, changes, isUnread) : null;
    }
}
