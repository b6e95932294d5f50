namespace SmsCampaign.Dispatch;

/// <summary>
/// How many messages an account has handed over that are not yet answered and recorded: what one crash can make
/// uncertain (rule 2).
/// </summary>
/// <param name="most">Most at a time.</param>
public sealed class InFlight(int most)
{
    readonly Lock _lock = new();
    readonly Signal _freed = new();
    int _count;

    public int Most => most;

    /// <summary>Ends when some are answered. Take it before looking for room.</summary>
    internal Task Freed => _freed.Next;

    /// <summary>Calls for the room there is.</summary>
    /// <param name="take">Given how many are in flight, the calls to be made beside them.</param>
    internal List<T> Take<T>(Func<int, List<T>> take, Func<T, int> messages)
    {
        lock (_lock)
        {
            var calls = take(_count);
            _count += calls.Sum(messages);
            return calls;
        }
    }

    internal void Release(int messages)
    {
        lock (_lock)
            _count -= messages;
        _freed.Set();
    }
}
