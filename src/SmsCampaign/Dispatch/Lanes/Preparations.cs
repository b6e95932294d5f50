using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// Writes down a lane's requests that carry no message: each counts as a message's hand-over does. Its row is on disk
/// before it can leave, with the moment the pace let it go, and has the moment it left when that is known.
/// </summary>
sealed class Preparations(ISendingLedger ledger, int lane, Pace pace)
{
    /// <param name="granted">Microseconds.</param>
    public Task BeginAsync(long granted) =>
        ledger.HoldAsync(lane, new LaneChange(LaneChangeKind.Prepared, granted, null, pace.RateInForce));

    /// <param name="granted">As of <see cref="BeginAsync"/>.</param>
    /// <param name="left">Microseconds; null: nothing left, and it counts for nothing.</param>
    public Task EndAsync(long granted, long? left) =>
        left == granted ? Task.CompletedTask : ledger.MovePreparationAsync(lane, granted, left);
}
