namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// Where a lane stands between two of its turns. Changes only by what is here, and only on the lane's own loop; what
/// may leave at this very moment, whoever asks, is the <see cref="LaneGate"/>'s to say.
/// </summary>
readonly record struct LaneState
{
    /// <summary>A lane that may send nothing for so long keeps no intents.</summary>
    static readonly TimeSpan LongWait = TimeSpan.FromSeconds(2);

    public LanePhase Phase { get; private init; }

    /// <summary>Before this moment no intents are written, microseconds of the process clock.
    /// Outlasts a stop.</summary>
    public long HeldUntil { get; private init; }

    /// <summary>Null where it is not held.</summary>
    public HeldFor? HeldFor { get; private init; }

    /// <summary>Stopped: whether it was tried to move what is planned to another lane. Once a stop.</summary>
    public bool HasMoved { get; private init; }

    /// <summary>Closing: with what it ends.</summary>
    public LaneEnd? End { get; private init; }

    /// <summary>As a turn begins. A stop comes before a hold, and nothing opens a lane that is closing.</summary>
    public LaneState At(long now, bool isStopped) => this switch
    {
        { Phase: LanePhase.Closing } => this,
        { Phase: LanePhase.Stopped } when isStopped => this,
        _ when isStopped => this with { Phase = LanePhase.Stopped, HasMoved = false },
        _ when now < HeldUntil => this with { Phase = LanePhase.Held },
        _ => default,
    };

    /// <summary>No call leaves before a moment: intents follow shortly before it.</summary>
    /// <param name="callsFrom">Microseconds.</param>
    public LaneState Hold(long callsFrom, HeldFor why) => Phase is LanePhase.Stopped or LanePhase.Closing
        ? this
        : this with
        {
            Phase = LanePhase.Held,
            HeldUntil = callsFrom - (long)IntentStock.Ahead.TotalMicroseconds,
            HeldFor = why,
        };

    /// <summary>Whether what stands by for a call at <paramref name="next"/> is put back: it would only be uncertain
    /// after a crash, and may be worth nothing by then.</summary>
    /// <param name="next"><see cref="long.MaxValue"/> where that is not a matter of time.</param>
    public static bool IsLongWait(long next, long now) =>
        next != long.MaxValue && next > now + (long)LongWait.TotalMicroseconds;

    /// <summary>It was tried to move what is planned to another lane.</summary>
    public LaneState Move() => Phase == LanePhase.Stopped ? this with { HasMoved = true } : this;

    /// <summary>For good, with its first end.</summary>
    public LaneState Close(LaneEnd end) =>
        Phase == LanePhase.Closing ? this : default(LaneState) with { Phase = LanePhase.Closing, End = end };
}

/// <summary>What a lane does at a turn.</summary>
enum LanePhase
{
    /// <summary>Writes intents ahead of the pace, and makes calls as the pace lets them.</summary>
    Open,

    /// <summary>Writes no intents before <see cref="LaneState.HeldUntil"/>: a crash meanwhile must not make uncertain
    /// what could not have left.</summary>
    Held,

    /// <summary>Its account is stopped until a person lets it go on: nothing leaves, nothing stands by, nothing is
    /// given up for having waited.</summary>
    Stopped,

    /// <summary>Nothing more leaves: what is under way is waited for and written down.</summary>
    Closing,
}

/// <summary>Why a lane is held.</summary>
enum HeldFor
{
    /// <summary>A process before may have handed over a moment ago.</summary>
    Restart,

    /// <summary>The pace lets nothing go for long: the gateway asked for a pause, a quota is used up, the contract
    /// counts by the minute.</summary>
    Pace,
}

/// <summary>Why a lane stopped sending.</summary>
public enum LaneEnd
{
    /// <summary>Nothing of the run is planned on it any more.</summary>
    Done,

    /// <summary>The window closed.</summary>
    Closed,

    /// <summary>A person has called off, or ended early, what is left on it of the run.</summary>
    CalledOff,

    /// <summary>A person or the system asked the process to stop.</summary>
    Stopped,
}
