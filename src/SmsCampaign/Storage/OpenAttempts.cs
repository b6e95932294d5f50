using SmsCampaign.Carriers;

namespace SmsCampaign.Storage;

/// <summary>
/// The intents of this process that have calls not yet made or answered, and the messages that were tried and put off. Kept in
/// memory, so that an answer or a receipt need not look for its attempt on disk. Used on the writer's thread.
/// </summary>
sealed class OpenAttempts
{
    readonly Dictionary<long, Open> _open = [];
    readonly HashSet<long> _tried;
    readonly HashSet<long> _inDoubt;
    readonly HashSet<long> _waiting = [];

    /// <param name="tried">Keys of messages that were tried before this start without being settled.</param>
    /// <param name="inDoubt">Keys of those among them that may have been sent.</param>
    public OpenAttempts(IEnumerable<long> tried, IEnumerable<long> inDoubt) => (_tried, _inDoubt) = ([.. tried], [.. inDoubt]);

    public void Begin(long attempt, PlannedCall call)
    {
        _open[attempt] = new Open(call.Messages[0].Seq, call.Messages[^1].Seq, call.Calls);

        if (_waiting.Count > 0)
        {
            foreach (var message in call.Messages)
                _waiting.Remove(message.Seq);
        }
    }

    /// <summary>Takes note of a message tried in an earlier attempt that nothing else tells of any more.</summary>
    public void MarkTried(long seq, bool mayBeSent)
    {
        _tried.Add(seq);
        if (mayBeSent)
            _inDoubt.Add(seq);
        else
            _inDoubt.Remove(seq);
    }

    /// <summary>Takes note of a message that is planned again.</summary>
    public void PutBack(long seq, bool tried, bool mayBeSent)
    {
        _waiting.Add(seq);
        if (tried)
            _tried.Add(seq);
        if (mayBeSent)
            _inDoubt.Add(seq);
    }

    /// <summary>Takes note of one call's answer.</summary>
    /// <returns>What is to be written of the attempt as a whole, where it was its last call; else null.</returns>
    public AttemptEnd? Answer(in CallResult result)
    {
        var open = _open[result.Attempt];
        foreach (var each in result.Results)
        {
            if (each.Outcome > open.Worst)
                (open.Worst, open.Note) = (each.Outcome, each.Reason);
        }

        if (result.HandedAt > (open.Handed ?? 0))
            open.Handed = result.HandedAt;

        if (--open.Calls > 0)
            return null;

        _open.Remove(result.Attempt);
        return new AttemptEnd(open.Handed, open.Worst, open.Note);
    }

    /// <summary>Whether a message without a status may be on its way.</summary>
    public bool IsInFlight(long seq)
    {
        foreach (var open in _open.Values)
        {
            if (open.First <= seq && seq <= open.Last)
                return !_waiting.Contains(seq);
        }

        return false;
    }

    /// <summary>Whether a message without a status was ever tried, or is being tried.</summary>
    public bool WasTried(long seq) => IsInFlight(seq) || _tried.Contains(seq);

    /// <summary>Whether a message that waits to be repeated may have been sent: its answer was lost or cut off.</summary>
    public bool IsInDoubt(long seq) => _inDoubt.Contains(seq);

    sealed class Open(long first, long last, int calls)
    {
        public long First => first;
        public long Last => last;
        public int Calls { get; set; } = calls;
        public long? Handed { get; set; }
        public SendOutcome Worst { get; set; }
        public string? Note { get; set; }
    }
}

/// <param name="HandedAt">The last of its hand-overs; null where nothing left.</param>
readonly record struct AttemptEnd(long? HandedAt, SendOutcome Worst, string? Note);
