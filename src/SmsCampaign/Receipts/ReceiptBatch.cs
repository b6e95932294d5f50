using SmsCampaign.Storage;

namespace SmsCampaign.Receipts;

/// <summary>Receipts settled together.</summary>
sealed class ReceiptBatch
{
    /// <summary>Those whose message is known, in the order they came.</summary>
    public Dictionary<RunLedger, List<MatchedReceipt>> Matched { get; } = [];

    /// <summary>What was odd about them, as far as is known.</summary>
    public List<OddReceipt> Odd { get; } = [];

    /// <summary>Id of the last callback; null where there were none.</summary>
    public long? Through { get; set; }

    /// <summary>Whether there may be more than is settled together.</summary>
    public bool IsFull { get; set; }

    public int Count => Matched.Values.Sum(receipts => receipts.Count) + Odd.Count;
}
