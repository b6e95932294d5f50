namespace SmsCampaign.App.Rehearsing;

/// <summary>What happens on a rehearsed day. The words are stored in JSON: never rename.</summary>
enum RehearsalEventKind
{
    /// <summary>Sending begins or goes on, as the schedule decided.</summary>
    Began,

    /// <summary>A lane hands over its first message.</summary>
    LaneBegan,

    /// <summary>A lane's last message is handed over.</summary>
    LaneDone,

    /// <summary>A lane has handed over its last and has messages left.</summary>
    LaneEnded,

    /// <summary>A gateway goes away, as the scenario has it.</summary>
    OutageBegan,

    /// <summary>It is back, as the scenario has it.</summary>
    OutageEnded,

    /// <summary>The program has seen that a gateway takes nothing.</summary>
    OutageSeen,

    /// <summary>The program hands over to it again.</summary>
    OutageOver,

    /// <summary>A gateway begins to be slow, as the scenario has it.</summary>
    SlowBegan,

    /// <summary>It is as fast as its contract again.</summary>
    SlowEnded,

    /// <summary>A lane's pace is held or changed: too fast, quota, breaker, restart.</summary>
    LaneChanged,

    /// <summary>The machine has no power from here on.</summary>
    PowerCut,

    /// <summary>It has power again, and the program goes on.</summary>
    PowerBack,

    /// <summary>The window closes, or all is sent.</summary>
    Closed,

    /// <summary>What becomes of what is left, or of the run.</summary>
    Decided,

    /// <summary>The last receipt that comes is brought.</summary>
    ReceiptsDone,

    /// <summary>The report can be written.</summary>
    Reported,

    /// <summary>Something of the scenario that the day was over before.</summary>
    NotReached,

    /// <summary>Something that must not be: a lane's fault, a run set aside.</summary>
    Fault,
}

/// <param name="Lane">Null where it is not about one.</param>
/// <param name="Count">Messages it is about; null where it is not about any.</param>
sealed record RehearsalEvent(
    DateTimeOffset At, RehearsalEventKind Kind, Wording Words, string? Lane = null, long? Count = null);

/// <summary>What happened so far, in the order of time. Safe for several threads.</summary>
sealed class Timeline
{
    readonly Lock _lock = new();
    readonly List<RehearsalEvent> _events = [];

    public void Add(RehearsalEvent what)
    {
        lock (_lock)
            _events.Add(what);
    }

    /// <summary>Of one moment in the order in which they were added.</summary>
    public IReadOnlyList<RehearsalEvent> Events
    {
        get
        {
            lock (_lock)
                return [.. _events.OrderBy(what => what.At)];
        }
    }
}

/// <summary>How far a rehearsal is, for who waits at a screen.</summary>
sealed class RehearsalPace(long total)
{
    long _now;
    long _sent;

    public long Total => total;

    /// <summary>The hour of the day that is played; null before it begins.</summary>
    public DateTimeOffset? Now =>
        Interlocked.Read(ref _now) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Messages handed over.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public void Note(DateTimeOffset now, long sent)
    {
        Interlocked.Exchange(ref _now, now.UtcTicks);
        Interlocked.Exchange(ref _sent, sent);
    }
}
