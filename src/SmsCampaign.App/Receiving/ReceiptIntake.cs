using SmsCampaign.Receipts;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Receiving;

/// <summary>What takes receipts in, and within which bounds.</summary>
/// <param name="Guards">Of the lanes whose receipts are taken.</param>
sealed record ReceiptIntake(KeepReceipt Keep, CallbackGuards Guards, TimeProvider Time)
{
    public ReceiptBudget Budget { get; init; } = new();

    public ConnectionPlaces Places { get; init; } = new(Time);

    /// <summary>Whether the process goes on, for <c>/healthz</c>.</summary>
    public Func<bool> Lives { get; init; } = () => true;

    /// <summary>Null: there is always room on the disk.</summary>
    public DiskFloor? Floor { get; init; }
}
