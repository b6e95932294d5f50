using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Receipts;

/// <summary>One receipt of a callback, as its adapter read it.</summary>
/// <param name="Item">Position in the callback.</param>
/// <param name="ById">Whether the carrier's id goes before our reference: only the id tells the part.</param>
/// <param name="ReceivedAt">Microseconds.</param>
readonly record struct ReadReceipt(
    long RawId, int Item, string Lane, DeliveryReceipt Receipt, bool ById, long ReceivedAt)
{
    public (long Receipt, int Item) Key => (RawId, Item);

    /// <summary>Whether it names its message by our reference.</summary>
    public bool IsByReference(out string code, out long seq)
    {
        (code, seq) = ("", 0);
        return !ById && Receipt.Reference is { } reference && MessageReference.TryParse(reference, out code, out seq);
    }

    public OddReceipt Odd(ReceiptOddity kind, string? run, string detail) =>
        new(RawId, Item, kind, run, detail) { Lane = Lane };
}
