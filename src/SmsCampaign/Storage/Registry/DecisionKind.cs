namespace SmsCampaign.Storage.Registry;

/// <summary>What was chosen to be done about a run. Stored in lower case: never rename.</summary>
public enum DecisionKind
{
    /// <summary>Began as the window opened.</summary>
    Fired,

    /// <summary>Began after the window had opened.</summary>
    Late,

    /// <summary>Could not begin as a file could not be read, or not be sent as another program held one; it is tried
    /// every minute while the window is open.</summary>
    Delayed,

    /// <summary>Went on after a restart, a release, or on a following day.</summary>
    Resumed,

    /// <summary>The window closed; it goes on at the next opening.</summary>
    Closed,

    /// <summary>A person had the window of one day close later.</summary>
    Extended,

    /// <summary>Waits for a person.</summary>
    Held,

    /// <summary>Not sent this time.</summary>
    Skipped,

    /// <summary>What was not sent will not be.</summary>
    Leftover,

    /// <summary>Everything is settled and the report is written.</summary>
    Finished,

    /// <summary>A person paused it, or a lane of it.</summary>
    Paused,

    /// <summary>A person let it, or a lane of it, go on after a pause.</summary>
    Continued,

    /// <summary>A person called it, or a lane of it, off.</summary>
    Cancelled,

    /// <summary>A person ended it, or a lane of it, early.</summary>
    Ended,

    /// <summary>A person let it go on that was held, under the approval it has.</summary>
    Released,

    /// <summary>A person let a lane of it go on that the program held. Says nothing of the run as a whole.</summary>
    Reopened,

    /// <summary>The one before that a person let a lane go on did not come to pass: another had just decided.</summary>
    NotReopened,

    /// <summary>A person slowed an account down. Stands among the events: it is about no run.</summary>
    Slowed,
}

/// <summary>How a <see cref="DecisionKind"/> is stored, and shown to scripts.</summary>
public static class DecisionKinds
{
    static readonly Dictionary<string, DecisionKind> ByWord = Enum.GetValues<DecisionKind>().ToDictionary(ToWord);

    /// <summary>As "fired".</summary>
    public static string ToWord(this DecisionKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Whether a person decided it, at the moment it was recorded, and no schedule asked for it.</summary>
    public static bool IsPersons(this DecisionKind kind) => kind is
        DecisionKind.Paused or DecisionKind.Continued or DecisionKind.Cancelled or DecisionKind.Ended
        or DecisionKind.Slowed or DecisionKind.Released or DecisionKind.Reopened
        or DecisionKind.NotReopened;

    /// <returns>Null where no program up to this one has written such a word.</returns>
    public static DecisionKind? Find(string word) => ByWord.TryGetValue(word, out var kind) ? kind : null;
}
