using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;

namespace SmsCampaign.Office.Readiness;

/// <summary>By connections and a session of its own.</summary>
sealed class AccountAsker : IAccountAsker
{
    public async Task<IReadOnlyList<AccountFinding>?> AskAsync(Lane lane, CancellationToken cancellationToken)
    {
        using var http = CarrierHttp.CreateSender(lane.Options);
        var carrier = CarrierTypes.CreateCarrier(lane, http);
        using var owned = carrier as IDisposable;
        return carrier is IAccountCheck check ? await check.CheckAccountAsync(cancellationToken) : null;
    }
}

/// <summary>
/// In the process that sends: what is asked counts by the account's pace as any other request, so that asking never
/// breaks the contract while another run sends.
/// </summary>
sealed class PacedAccountAsker(LaneAccounts accounts, IAccountAsker asker) : IAccountAsker
{
    /// <summary>Most requests that any adapter makes to ask about its account.</summary>
    const int MostRequests = 2;

    public async Task<IReadOnlyList<AccountFinding>?> AskAsync(Lane lane, CancellationToken cancellationToken)
    {
        // On a stopped lane nothing is sent, and its pace lets nothing go.
        if (accounts.Find(lane.Name) is { Carrier: IAccountCheck, Pace: { IsStopped: false } pace })
        {
            using var turn = pace.Join(CampaignPriority.Standard);
            for (var request = 0; request < MostRequests; request++)
                await turn.TakeAsync(CallCost.OnlyRequest, cancellationToken);
        }

        return await asker.AskAsync(lane, cancellationToken);
    }
}
