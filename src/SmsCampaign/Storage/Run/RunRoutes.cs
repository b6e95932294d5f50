namespace SmsCampaign.Storage.Run;

/// <summary>
/// Which messages of a run another lane sends than the plan said. The writer's thread adds to it; anyone may ask,
/// and is told what is on disk.
/// </summary>
public sealed class RunRoutes
{
    readonly Lock _lock = new();
    readonly Dictionary<long, (int Lane, int Parts)> _lanes = [];

    // Of the transaction at hand. Used on the writer's thread.
    readonly Dictionary<long, (int Lane, int Parts)> _pending = [];
    volatile bool _any;

    /// <summary>The lane a message was moved to; null where it has not moved.</summary>
    public int? Find(long seq)
    {
        if (!_any)
            return null;

        lock (_lock)
            return _lanes.TryGetValue(seq, out var route) ? route.Lane : null;
    }

    /// <summary>As <see cref="Find"/>, with what is being written. On the writer's thread.</summary>
    internal (int Lane, int Parts)? FindWritten(long seq)
    {
        if (_pending.Count > 0 && _pending.TryGetValue(seq, out var pending))
            return pending;
        if (!_any)
            return null;

        lock (_lock)
            return _lanes.TryGetValue(seq, out var route) ? route : null;
    }

    internal void Add(long seq, int lane, int parts) => _pending.Add(seq, (lane, parts));

    /// <summary>What was written is on disk: shows it.</summary>
    internal void Publish()
    {
        if (_pending.Count == 0)
            return;

        lock (_lock)
        {
            foreach (var (seq, route) in _pending)
                _lanes.Add(seq, route);
        }

        _pending.Clear();
        _any = true;
    }

    /// <summary>What was written was taken back: forgets it.</summary>
    internal void TakeBack() => _pending.Clear();
}
