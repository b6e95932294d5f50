namespace SmsCampaign.Storage.Registry;

/// <summary>How one thing stands that sending depends on. Stored by name in lower case; a worse one is
/// greater.</summary>
public enum ReadyLight
{
    /// <summary>It was looked at and is as it must be.</summary>
    Green,

    /// <summary>A person should know of it, or it could not be looked at.</summary>
    Amber,

    /// <summary>As it is, the run would not be sent, or not all of it.</summary>
    Red,
}

/// <summary>Why the worker looked. Stored by name in lower case.</summary>
public enum ReadyStage
{
    /// <summary>The evening before an opening.</summary>
    DayBefore,

    /// <summary>An hour before it.</summary>
    HourBefore,

    /// <summary>Five minutes before it.</summary>
    MinutesBefore,

    /// <summary>The look before was red.</summary>
    Again,
}

/// <summary>What was found of one thing.</summary>
/// <param name="Check">Which check found it: a name of <c>Office/Readiness</c>. Stored: never rename one.</param>
/// <param name="Subject">What it is about where a check looks at several, such as a lane's name; null: at one
/// thing alone.</param>
/// <param name="Found">What is so. Holds no secret and no phone number.</param>
/// <param name="ToDo">What a person is to do about it; null where there is nothing to do.</param>
public sealed record ReadyLine(
    string Check, string? Subject, ReadyLight Light, Wording Found, Wording? ToDo = null);

/// <summary>What the worker found when it looked whether all is ready for an opening.</summary>
/// <param name="Run">Whose.</param>
/// <param name="Opens">The opening.</param>
/// <param name="Process">Which process looked: PID and machine.</param>
/// <param name="Lines">At least one, in the order of the checks.</param>
public sealed record ReadyLook(
    RunKey Run,
    DateTimeOffset Opens,
    ReadyStage Stage,
    DateTimeOffset At,
    string Process,
    IReadOnlyList<ReadyLine> Lines)
{
    /// <summary>The worst of all.</summary>
    public ReadyLight Light => Lines.Max(line => line.Light);

    public int Count(ReadyLight light) => Lines.Count(line => line.Light == light);
}
