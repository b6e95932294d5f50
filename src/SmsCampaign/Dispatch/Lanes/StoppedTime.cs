using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// How long a lane has stood still until a person let it go on, by its history in the run's ledger: time that counts
/// against no message. Safe for several threads.
/// </summary>
sealed class StoppedTime
{
    readonly Lock _lock = new();
    readonly List<(long From, long To)> _stops = [];
    bool _isStopped;
    bool _isPaused;
    bool _isHeld;
    long? _since;

    public StoppedTime(IEnumerable<LaneChange> history)
    {
        foreach (var change in history)
            Note(change);
    }

    public void Note(LaneChange change)
    {
        lock (_lock)
        {
            // Let go on while no process ran, it goes on with the next; what still stands
            // is told of as it is opened.
            if (change.Kind is LaneChangeKind.Opened)
                (_isStopped, _isPaused, _isHeld) = (false, false, false);
            else if (change.Kind is LaneChangeKind.Stopped or LaneChangeKind.Faulted or LaneChangeKind.Resumed)
                _isStopped = change.Kind != LaneChangeKind.Resumed;
            else if (change.Kind is LaneChangeKind.Paused or LaneChangeKind.Unpaused)
                _isPaused = change.Kind == LaneChangeKind.Paused;
            else if (change.Kind is LaneChangeKind.TrialHeld or LaneChangeKind.TrialReleased)
                _isHeld = change.Kind == LaneChangeKind.TrialHeld;

            if (_isStopped || _isPaused || _isHeld)
            {
                _since ??= change.At;
            }
            else if (_since is { } since)
            {
                _stops.Add((since, change.At));
                _since = null;
            }
        }
    }

    /// <summary>Microseconds of a stretch of time in which the lane stood still.</summary>
    public long Within(long from, long to)
    {
        lock (_lock)
            return _stops.Sum(stop => Overlap(stop.From, stop.To)) + (_since is { } since ? Overlap(since, to) : 0);

        long Overlap(long began, long ended) => Math.Max(0, Math.Min(ended, to) - Math.Max(began, from));
    }
}
