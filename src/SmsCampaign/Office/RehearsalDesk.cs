using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Planning;
using SmsCampaign.Storage;

namespace SmsCampaign.Office;

/// <summary>A campaign that is to be rehearsed, before its lists are read.</summary>
/// <param name="Lanes">The campaign's, in its order.</param>
/// <param name="LaneOfCarrier">Which of them serves a carrier, by its name in the prefix table.</param>
public sealed record RehearsedCampaign(
    Campaign Campaign, DateOnly Date, IReadOnlyList<Lane> Lanes, IReadOnlyDictionary<string, string> LaneOfCarrier);

/// <summary>Prepares a campaign to be played through, in a folder of its own: what the installation knows is read, and
/// nothing of it is touched.</summary>
/// <param name="data">The installation's.</param>
public sealed class RehearsalDesk(DataFolder data, TimeProvider time)
{
    /// <summary>Reads the campaign file and the installation file alone.</summary>
    /// <returns>Null where there is an error among <paramref name="problems"/>.</returns>
    public RehearsedCampaign? Read(PreparationRequest request, List<Problem> problems)
    {
        var files = CampaignFiles.Read(request with { Simulated = true }, null, time.GetUtcNow(), problems);
        return files is null
            ? null
            : new RehearsedCampaign(files.Campaign, files.Date, files.Lanes, files.LaneOfCarrier());
    }

    /// <summary>Makes a folder for a rehearsal, and takes away those that one was killed in.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public RehearsalFolder MakeFolder() => new(data);

    /// <summary>Imports and plans as for the real run: who has got the message in another run of the campaign
    /// is left out.</summary>
    /// <param name="own">The rehearsal's folder.</param>
    /// <param name="begins">Told of each step that may take long.</param>
    /// <exception cref="LedgerException">The disk is full, or a ledger is broken.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Preparation Prepare(
        PreparationRequest request, DataFolder own, Action<Wording> begins, CancellationToken cancellationToken) =>
        new CampaignPreparation(time) { Known = data, Begins = begins }.Prepare(
            request with { Simulated = true }, own, ChangedRun.PlanAgain, cancellationToken);

    /// <summary>Where the report of a rehearsal belongs: never where a real one lies.</summary>
    public string ReportFolderOf(PlannedCampaign planned) =>
        Path.Combine(data.Reports(planned.Key, planned.Campaign.Schedule.IsYearly, live: false), "dien-tap");
}
