namespace SmsCampaign.Simulator;

/// <summary>One request as it came in.</summary>
/// <param name="Microseconds">Since the network started, on a clock that only goes forward.</param>
public readonly record struct Arrival(long Microseconds, int Messages, int Parts);

/// <summary>
/// Every request of a carrier and the most that any sliding second held. A request exactly one
/// second old is no longer in it.
/// </summary>
sealed class Arrivals
{
    public const long Second = 1_000_000;

    readonly List<Arrival> _all = [];
    int _first;
    int _messages;
    int _parts;

    public IReadOnlyList<Arrival> All => _all;

    public long Messages { get; private set; }

    public long Parts { get; private set; }

    public int MostRequests { get; private set; }

    public int MostMessages { get; private set; }

    public int MostParts { get; private set; }

    /// <summary>Parts in the second that ends at <paramref name="now"/>.</summary>
    public int PartsIn(long now)
    {
        for (; _first < _all.Count && _all[_first].Microseconds <= now - Second; _first++)
        {
            _messages -= _all[_first].Messages;
            _parts -= _all[_first].Parts;
        }

        return _parts;
    }

    /// <param name="arrival">Not earlier than the one before.</param>
    public void Add(Arrival arrival)
    {
        PartsIn(arrival.Microseconds);
        _all.Add(arrival);
        _messages += arrival.Messages;
        _parts += arrival.Parts;
        Messages += arrival.Messages;
        Parts += arrival.Parts;

        MostRequests = Math.Max(MostRequests, _all.Count - _first);
        MostMessages = Math.Max(MostMessages, _messages);
        MostParts = Math.Max(MostParts, _parts);
    }
}
