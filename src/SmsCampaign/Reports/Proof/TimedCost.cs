namespace SmsCampaign.Reports.Proof;

/// <summary>A request and what it counted for.</summary>
/// <param name="At">When it was handed over, microseconds.</param>
/// <param name="Parts">Of one message.</param>
/// <param name="IsOwn">Whether of the run that is proved, or of another on the same account.</param>
readonly record struct TimedCost(long At, int Messages, int Parts, bool IsOwn)
{
    public int AllParts => Messages * Parts;
}

/// <summary>Collects hand-overs in twelve bytes each and gives them back by time.</summary>
sealed class SortedHandOvers
{
    // One number: is own (1 bit), parts of a message (8), messages (23).
    const int PartsBits = 8;

    readonly List<long> _at = [];
    readonly List<uint> _cost = [];

    public void Add(TimedCost each)
    {
        _at.Add(each.At);
        _cost.Add(((uint)each.Messages << (PartsBits + 1)) | ((uint)each.Parts << 1) | (each.IsOwn ? 1u : 0));
    }

    public IEnumerable<TimedCost> InOrder()
    {
        var (at, cost) = (_at.ToArray(), _cost.ToArray());
        Array.Sort(at, cost);
        for (var place = 0; place < at.Length; place++)
        {
            var packed = cost[place];
            yield return new TimedCost(
                at[place],
                (int)(packed >> (PartsBits + 1)),
                (int)(packed >> 1) & ((1 << PartsBits) - 1),
                (packed & 1) == 1);
        }
    }
}
