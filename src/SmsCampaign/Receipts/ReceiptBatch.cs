using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Receipts;

/// <summary>Receipts settled together.</summary>
sealed class ReceiptBatch
{
    readonly HashSet<(long Receipt, int Item)> _waited = [];

    /// <summary>Those whose message is known, in the order they came but for those that waited.</summary>
    public Dictionary<ISettlingLedger, List<MatchedReceipt>> Matched { get; } = [];

    /// <summary>What was odd about them, as far as is known.</summary>
    public List<OddReceipt> Odd { get; } = [];

    /// <summary>Those that waited and have settled their message.</summary>
    public List<(long Receipt, int Item)> Settled { get; } = [];

    /// <summary>Those that a run told of from before a crash: they are noted.</summary>
    public HashSet<(long Receipt, int Item)> Told { get; } = [];

    /// <summary>How many were read of each lane.</summary>
    public Dictionary<string, int> Lanes { get; } = [];

    /// <summary>Id of the last callback; null where there were none.</summary>
    public long? Through { get; set; }

    /// <summary>Whether there may be more than is settled together.</summary>
    public bool IsFull { get; set; }

    /// <summary>Whether some could not be applied, as another program holds their run's ledger.</summary>
    public bool IsAnyKept { get; set; }

    public int Count => Matched.Values.Sum(receipts => receipts.Count) + Odd.Count;

    /// <summary>Whether some of them waited: they stand behind those that came after them.</summary>
    public bool AnyWaited => _waited.Count > 0;

    public void Add(ISettlingLedger run, in MatchedReceipt receipt)
    {
        if (receipt.Waited && !_waited.Add((receipt.RawId, receipt.Item)))
            return; // two that came after it have called for it

        if (!Matched.TryGetValue(run, out var list))
            Matched[run] = list = [];
        list.Add(receipt);
    }
}
