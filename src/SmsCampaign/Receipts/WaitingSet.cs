namespace SmsCampaign.Receipts;

/// <summary>
/// Receipts whose message is not known yet, in the order they came: what the file of receipts notes as waiting or set
/// aside, held in memory so that one that comes later, and names the same message, never passes them.
/// </summary>
sealed class WaitingSet
{
    readonly SortedDictionary<(long Receipt, int Item), ReadReceipt> _all = [];
    readonly Dictionary<(string Lane, string Id), List<(long Receipt, int Item)>> _byId = [];
    readonly Dictionary<(string Code, long Seq), List<(long Receipt, int Item)>> _byReference = [];
    readonly Dictionary<string, int> _byLane = [];

    /// <summary>By lane those that only the gateway's id tells the message of.</summary>
    readonly Dictionary<string, SortedSet<(long Receipt, int Item)>> _onlyById = [];

    public int Count => _all.Count;

    public bool AnyOf(string lane) => CountOf(lane) > 0;

    public int CountOf(string lane) => _byLane.GetValueOrDefault(lane);

    /// <summary>Whether any wait whose message only an answer can tell.</summary>
    public bool AnyOnlyById => _onlyById.Count > 0;

    /// <summary>Whether one of the lane, whose message only an answer can tell, came before another.</summary>
    public bool AnyOnlyByIdBefore(string lane, (long Receipt, int Item) key) =>
        _onlyById.TryGetValue(lane, out var keys) && keys.Min.CompareTo(key) < 0;

    public void Add(in ReadReceipt receipt)
    {
        if (!_all.TryAdd(receipt.Key, receipt))
            return;

        _byLane[receipt.Lane] = _byLane.GetValueOrDefault(receipt.Lane) + 1;
        if (receipt.Receipt.CarrierMessageId is { } id)
            ListOf(_byId, (receipt.Lane, id)).Add(receipt.Key);

        if (receipt.IsByReference(out var code, out var seq))
            ListOf(_byReference, (code, seq)).Add(receipt.Key);
        else if (_onlyById.TryGetValue(receipt.Lane, out var keys))
            keys.Add(receipt.Key);
        else
            _onlyById[receipt.Lane] = [receipt.Key];
    }

    public void Remove((long Receipt, int Item) key)
    {
        if (!_all.Remove(key, out var receipt))
            return;

        _byLane[receipt.Lane]--;
        if (receipt.Receipt.CarrierMessageId is { } id)
            Remove(_byId, (receipt.Lane, id), key);

        if (receipt.IsByReference(out var code, out var seq))
            Remove(_byReference, (code, seq), key);
        else if (_onlyById.TryGetValue(receipt.Lane, out var keys) && keys.Remove(key) && keys.Count == 0)
            _onlyById.Remove(receipt.Lane);
    }

    /// <summary>Those that name an id and came before another that does.</summary>
    public IEnumerable<ReadReceipt> Before(string lane, string id, (long Receipt, int Item) key) =>
        Before(_byId, (lane, id), key);

    /// <summary>Those that name a message by our reference and came before another that is about it.</summary>
    public IEnumerable<ReadReceipt> Before(string code, long seq, (long Receipt, int Item) key) =>
        Before(_byReference, (code, seq), key);

    /// <summary>As they are at this moment.</summary>
    public List<ReadReceipt> ToList() => [.. _all.Values];

    public void Clear()
    {
        _all.Clear();
        _byId.Clear();
        _byReference.Clear();
        _byLane.Clear();
        _onlyById.Clear();
    }

    IEnumerable<ReadReceipt> Before<T>(
        Dictionary<T, List<(long Receipt, int Item)>> by, T what, (long Receipt, int Item) key)
        where T : notnull => by.TryGetValue(what, out var same)
            ? same.Where(each => each.CompareTo(key) < 0).Select(each => _all[each])
            : [];

    static List<(long Receipt, int Item)> ListOf<T>(Dictionary<T, List<(long Receipt, int Item)>> by, T what)
        where T : notnull
    {
        if (!by.TryGetValue(what, out var same))
            by[what] = same = new List<(long, int)>(1);
        return same;
    }

    static void Remove<T>(Dictionary<T, List<(long Receipt, int Item)>> by, T what, (long Receipt, int Item) key)
        where T : notnull
    {
        if (by.TryGetValue(what, out var same) && same.Remove(key) && same.Count == 0)
            by.Remove(what);
    }
}
