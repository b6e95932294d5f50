using SmsCampaign.Carriers;

namespace SmsCampaign.Receipts;

/// <summary>One receipt of a callback, as its adapter read it.</summary>
/// <param name="Item">Position in the callback.</param>
/// <param name="ById">Whether the carrier's id goes before our reference: only the id tells the part.</param>
/// <param name="ReceivedAt">Microseconds.</param>
readonly record struct ReadReceipt(long RawId, int Item, string Lane, DeliveryReceipt Receipt, bool ById, long ReceivedAt)
{
    public (long Receipt, int Item) Key => (RawId, Item);

    public OddReceipt Odd(Storage.ReceiptOddity kind, string? run, string detail) => new(RawId, Item, kind, run, detail) { Lane = Lane };
}
