namespace SmsCampaign.Storage.Run;

/// <summary>
/// Reads every hand-over of a run, at one moment, a range of keys at a time. Moments are straightened where a clock
/// was set back between two processes (<see cref="Ledgers.Straighten"/> for those of several ledgers together).
/// Used by one thread at a time.
/// </summary>
interface IHandOverReader : IDisposable
{
    /// <summary>Places where hand-overs stand, each with keys of its own: 0 attempts, 1 and 2 messages that left one by
    /// one, settled or tried again, 3 requests that carry no message.</summary>
    const int Tables = 4;

    RunInfo Info { get; }

    /// <summary>Whether it is not known of all that was handed over by which process's clock, as the ledger is
    /// of a version before.</summary>
    bool HasUnknownClocks { get; }

    /// <summary>Every attempt in the order they were begun.</summary>
    IEnumerable<AttemptRow> ReadAttempts(long from = 0, long through = long.MaxValue);

    /// <summary>The hand-overs in one of the places by key. The attempts must have been read before.</summary>
    IEnumerable<HandOver> Read(int table, long from = 0, long through = long.MaxValue);

    /// <summary>What of an attempt was handed over, or not, at a moment nobody knows.</summary>
    /// <returns>Null where all is known.</returns>
    UnknownHandOver? FindUnknown(in AttemptRow attempt);

    /// <summary>Lanes on which something is still to be sent.</summary>
    HashSet<int> ReadLanesWithWork();

    /// <summary>Every lane's history, the first change first.</summary>
    ILookup<int, LaneChange> ReadHistory();
}
