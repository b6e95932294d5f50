namespace SmsCampaign.Receipts;

/// <summary>Whoever waits until one who works behind has come to what was there when they asked.</summary>
/// <remarks>Asked on any thread; taken and told on the one that works.</remarks>
sealed class CaughtUp
{
    readonly Lock _lock = new();
    readonly Signal _asks = new();
    Signal _waiting = new();
    bool _isAsked;

    /// <summary>Those whose answer the work under way brings.</summary>
    readonly List<Signal> _taken = [];

    /// <summary>Ends when somebody asks. Take it before <see cref="Take"/>.</summary>
    public Task Asked => _asks.Next;

    public Task AskAsync()
    {
        Task told;
        lock (_lock)
        {
            _isAsked = true;
            told = _waiting.Next;
        }

        _asks.Set();
        return told;
    }

    /// <summary>Before a reading: it is for those who have asked by now, and were not told yet.</summary>
    /// <returns>Whether there are any.</returns>
    public bool Take()
    {
        lock (_lock)
        {
            if (_isAsked)
                _taken.Add(_waiting);
            if (_isAsked)
                _waiting = new Signal();
            _isAsked = false;
        }

        return _taken.Count > 0;
    }

    /// <summary>After a reading that found all there was.</summary>
    public void Tell()
    {
        foreach (var one in _taken)
            one.Set();
        _taken.Clear();
    }
}
