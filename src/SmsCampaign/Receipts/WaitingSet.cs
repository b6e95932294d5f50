namespace SmsCampaign.Receipts;

/// <summary>
/// Receipts whose message is not known yet, in the order they came: what the file of receipts notes as waiting or set
/// aside, held in memory so that one that comes later, and names the same message, never passes them.
/// </summary>
sealed class WaitingSet
{
    readonly SortedDictionary<(long Receipt, int Item), ReadReceipt> _all = [];
    readonly Dictionary<(string Lane, string Id), List<(long Receipt, int Item)>> _byId = [];
    readonly Dictionary<string, int> _byLane = [];

    public int Count => _all.Count;

    public bool AnyOf(string lane) => _byLane.GetValueOrDefault(lane) > 0;

    public void Add(in ReadReceipt receipt)
    {
        if (!_all.TryAdd(receipt.Key, receipt))
            return;

        _byLane[receipt.Lane] = _byLane.GetValueOrDefault(receipt.Lane) + 1;
        if (receipt.Receipt.CarrierMessageId is not { } id)
            return;

        if (!_byId.TryGetValue((receipt.Lane, id), out var same))
            _byId[(receipt.Lane, id)] = same = new List<(long, int)>(1);
        same.Add(receipt.Key);
    }

    public void Remove((long Receipt, int Item) key)
    {
        if (!_all.Remove(key, out var receipt))
            return;

        _byLane[receipt.Lane]--;
        if (receipt.Receipt.CarrierMessageId is { } id && _byId.TryGetValue((receipt.Lane, id), out var same) && same.Remove(key) && same.Count == 0)
            _byId.Remove((receipt.Lane, id));
    }

    /// <summary>Those that name an id and came before another that does.</summary>
    public IEnumerable<ReadReceipt> Before(string lane, string id, (long Receipt, int Item) key) =>
        _byId.TryGetValue((lane, id), out var same) ? same.Where(each => each.CompareTo(key) < 0).Select(each => _all[each]) : [];

    /// <summary>As they are at this moment.</summary>
    public List<ReadReceipt> ToList() => [.. _all.Values];

    public void Clear()
    {
        _all.Clear();
        _byId.Clear();
        _byLane.Clear();
    }
}
