namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// What an account has under way, whatever runs it sends: messages under an intent and not yet answered and recorded,
/// which is what one crash can make uncertain (rule 2), and calls being made.
/// </summary>
/// <param name="most">Most messages at a time.</param>
/// <param name="connections">Most calls at a time. Unset: as many as messages.</param>
public sealed class InFlight(int most, int? connections = null)
{
    readonly Lock _lock = new();
    readonly Signal _freed = new();
    int _count;
    int _calls;
    bool _wanted;

    public int Most => most;

    /// <summary>Ends when there is more room, where somebody had looked for it in vain.
    /// Take it before looking.</summary>
    internal Task Freed => _freed.Next;

    internal InFlightShare Share() => new(this);

    /// <summary>Takes room for messages.</summary>
    /// <returns>How many: <paramref name="least"/> to <paramref name="wanted"/>, or 0 where there is no
    /// room for the least.</returns>
    internal int Reserve(int least, int wanted)
    {
        lock (_lock)
        {
            var room = Math.Min(wanted, most - _count);
            if (room < least)
            {
                _wanted = true;
                return 0;
            }

            _count += room;
            return room;
        }
    }

    internal void Release(int messages)
    {
        if (messages == 0)
            return;

        bool wanted;
        lock (_lock)
        {
            _count -= messages;
            (wanted, _wanted) = (_wanted, false);
        }

        if (wanted)
            _freed.Set();
    }

    /// <summary>To be held from asking <see cref="HasConnection()"/> to <see cref="Connect"/>.</summary>
    internal Lock Connecting => _lock;

    internal bool HasConnection()
    {
        var has = _calls < (connections ?? most);
        _wanted |= !has;
        return has;
    }

    /// <summary>Takes a connection.</summary>
    internal void Connect() => _calls++;

    internal void Disconnect()
    {
        bool wanted;
        lock (_lock)
        {
            _calls--;
            (wanted, _wanted) = (_wanted, false);
        }

        if (wanted)
            _freed.Set();
    }
}

/// <summary>The room one lane of one run has taken. Gives back what it still has when it ends,
/// however it ends.</summary>
sealed class InFlightShare(InFlight account) : IDisposable
{
    int _taken;

    /// <inheritdoc cref="InFlight.Reserve"/>
    public int Reserve(int least, int wanted)
    {
        var taken = account.Reserve(least, wanted);
        Interlocked.Add(ref _taken, taken);
        return taken;
    }

    public void Release(int messages)
    {
        Interlocked.Add(ref _taken, -messages);
        account.Release(messages);
    }

    public void Dispose() => Release(Volatile.Read(ref _taken));
}
