using SmsCampaign.Carriers;

namespace SmsCampaign.Storage.Run;

/// <summary>
/// The intents of this process that have calls not yet made or answered, and the messages that were tried and put off.
/// Kept in memory, so that an answer or a receipt need not look for its attempt on disk. Used on the writer's thread,
/// and set back with its transaction.
/// </summary>
sealed class OpenAttempts
{
    readonly Dictionary<long, Open> _open = [];
    readonly HashSet<long> _tried;
    readonly HashSet<long> _inDoubt;
    readonly HashSet<long> _waiting = [];

    // Of the transaction at hand.
    readonly List<Change> _changes = [];

    /// <param name="tried">Keys of messages that were tried before this start without being settled.</param>
    /// <param name="inDoubt">Keys of those among them that may have been sent.</param>
    public OpenAttempts(IEnumerable<long> tried, IEnumerable<long> inDoubt) =>
        (_tried, _inDoubt) = ([.. tried], [.. inDoubt]);

    public void Begin(long attempt, PlannedCall call)
    {
        _open.Add(attempt, new Open(call.Lane, call.Messages[0].Seq, call.Messages[^1].Seq, call.Calls));
        _changes.Add(new Change(ChangeKind.Begun, attempt));

        if (_waiting.Count > 0)
        {
            foreach (var message in call.Messages)
                Remove(_waiting, message.Seq, ChangeKind.NotWaiting);
        }
    }

    /// <summary>Takes note of a message tried in an earlier attempt that nothing else tells of any more.</summary>
    public void MarkTried(long seq, bool mayBeSent)
    {
        Add(_tried, seq, ChangeKind.Tried);
        if (mayBeSent)
            Add(_inDoubt, seq, ChangeKind.InDoubt);
        else
            Remove(_inDoubt, seq, ChangeKind.NotInDoubt);
    }

    /// <summary>Takes note of a message that is planned again.</summary>
    public void PutBack(long seq, bool tried, bool mayBeSent)
    {
        Add(_waiting, seq, ChangeKind.Waiting);
        if (tried)
            Add(_tried, seq, ChangeKind.Tried);
        if (mayBeSent)
            Add(_inDoubt, seq, ChangeKind.InDoubt);
    }

    /// <summary>Takes note of one call's answer.</summary>
    /// <returns>What is to be written of the attempt as a whole, where it was its last call; else null.</returns>
    public AttemptEnd? Answer(in CallResult result)
    {
        var open = _open[result.Attempt];
        _changes.Add(new Change(ChangeKind.Answered, result.Attempt, open, open.Progress));

        var progress = open.Progress;
        foreach (var each in result.Results)
        {
            if (each.Outcome > progress.Worst)
                (progress.Worst, progress.Note) = (each.Outcome, each.Reason);
        }

        if (result.HandedAt > (progress.Handed ?? 0))
            progress.Handed = result.HandedAt;

        progress.Calls--;
        open.Progress = progress;
        if (progress.Calls > 0)
            return null;

        _open.Remove(result.Attempt);
        return new AttemptEnd(progress.Handed, progress.Worst, progress.Note);
    }

    /// <summary>The intents that have calls not made or not answered, the newest first.</summary>
    public IReadOnlyList<OpenAttempt> Read() =>
        _open.Count == 0 ? [] : [.. _open
            .OrderByDescending(open => open.Key)
            .Select(open => new OpenAttempt(open.Key, open.Value.Lane, open.Value.First, open.Value.Last))];

    /// <summary>Takes note that no answer is waited for any more.</summary>
    public void End(long attempt)
    {
        var open = _open[attempt];
        _changes.Add(new Change(ChangeKind.Answered, attempt, open, open.Progress));
        _open.Remove(attempt);
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

    /// <summary>Whether a message that waits to be repeated may have been sent: its answer was
    /// lost or cut off.</summary>
    public bool IsInDoubt(long seq) => _inDoubt.Contains(seq);

    /// <summary>What was written is on disk.</summary>
    public void Keep() => _changes.Clear();

    /// <summary>What was written was taken back: all is as it was before.</summary>
    public void TakeBack()
    {
        for (var at = _changes.Count - 1; at >= 0; at--)
            Undo(_changes[at]);
        _changes.Clear();
    }

    void Undo(in Change change)
    {
        _ = change.Kind switch
        {
            ChangeKind.Begun => _open.Remove(change.Key),
            ChangeKind.Waiting => _waiting.Remove(change.Key),
            ChangeKind.NotWaiting => _waiting.Add(change.Key),
            ChangeKind.Tried => _tried.Remove(change.Key),
            ChangeKind.InDoubt => _inDoubt.Remove(change.Key),
            ChangeKind.NotInDoubt => _inDoubt.Add(change.Key),
            ChangeKind.Answered => Reopen(change.Key, change.Open!, change.Before),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change.Kind, null),
        };
    }

    bool Reopen(long attempt, Open open, Progress before)
    {
        open.Progress = before;
        return _open.TryAdd(attempt, open);
    }

    void Add(HashSet<long> set, long seq, ChangeKind kind)
    {
        if (set.Add(seq))
            _changes.Add(new Change(kind, seq));
    }

    void Remove(HashSet<long> set, long seq, ChangeKind kind)
    {
        if (set.Remove(seq))
            _changes.Add(new Change(kind, seq));
    }

    enum ChangeKind
    {
        Begun,
        Answered,
        Waiting,
        NotWaiting,
        Tried,
        InDoubt,
        NotInDoubt,
    }

    /// <param name="Key">Of the attempt or the message.</param>
    /// <param name="Before">Of an answer: where the attempt stood.</param>
    readonly record struct Change(ChangeKind Kind, long Key, Open? Open = null, Progress Before = default);

    /// <param name="Calls">Not answered yet.</param>
    /// <param name="Handed">The last of its hand-overs so far.</param>
    record struct Progress(int Calls, long? Handed, SendOutcome Worst, string? Note);

    sealed class Open(int lane, long first, long last, int calls)
    {
        public int Lane => lane;
        public long First => first;
        public long Last => last;
        public Progress Progress { get; set; } = new(calls, null, default, null);
    }
}

/// <param name="HandedAt">The last of its hand-overs; null where nothing left.</param>
readonly record struct AttemptEnd(long? HandedAt, SendOutcome Worst, string? Note);

/// <param name="First">Its first message, and the last.</param>
readonly record struct OpenAttempt(long Id, int Lane, long First, long Last);
