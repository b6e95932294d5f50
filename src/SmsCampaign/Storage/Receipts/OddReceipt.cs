using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Receipts;

/// <summary>Something to remember about a receipt.</summary>
/// <param name="Item">Position in a callback that carries several.</param>
/// <param name="Run">Key of the run it belongs to; null where none is known.</param>
/// <param name="Detail">Holds no phone number.</param>
public sealed record OddReceipt(long Receipt, int Item, ReceiptOddity Kind, string? Run, string Detail)
{
    /// <summary>The lane whose gateway brought it; null where a run tells.</summary>
    public string? Lane { get; init; }

    /// <summary>How many receipts it stands for: more than one where the rest of a callback was not read.</summary>
    public int Count { get; init; } = 1;
}
