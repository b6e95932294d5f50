namespace SmsCampaign.Storage.Registry;

/// <summary>Something that persons are to be told. Holds no phone number in full, and no text of a message.</summary>
/// <param name="About">With <paramref name="Kind"/> the cause, which is told once: key of a run, name of a lane, or
/// both with a space between; empty where there is only one such thing.</param>
/// <param name="Since">When it began, as far as is known.</param>
/// <param name="What">In one line without a full stop: the subject of a mail.</param>
/// <param name="Detail">Figures, and why, in whole sentences; may be empty.</param>
/// <param name="Next">What to do, with the command that does it.</param>
public sealed record Alert(
    AlertKind Kind,
    string About,
    AlertSeverity Severity,
    DateTimeOffset Since,
    Wording What,
    Wording Detail,
    Wording Next)
{
    public bool IsOf(Alert other) => (Kind, About) == (other.Kind, other.About);

    /// <summary>Id of the campaign that it is about; null where it is about none.</summary>
    public string? FindCampaign() => RunKey.FindCampaign(About.Split(' ')[0]);
}

/// <summary>A row of the table alert.</summary>
/// <param name="OverAt">Null while it is so; of what does not last (<see cref="AlertKinds.IsEvent"/>) when it
/// happened.</param>
public sealed record RaisedAlert(long Id, Alert Alert, DateTimeOffset RaisedAt, DateTimeOffset? OverAt)
{
    public bool IsOpen => OverAt is null;
}

/// <summary>What is said of an alert. Stored in lower case: never rename.</summary>
public enum AlertNews
{
    Raised,

    /// <summary>It still is so.</summary>
    Reminder,

    Over,
}

/// <summary>A row of the table alert_told: what a receiver knows of an alert.</summary>
/// <param name="Receiver">mail:ADDRESS, webhook or command.</param>
/// <param name="Told">Null where nothing was delivered yet.</param>
/// <param name="Times">How often something was.</param>
/// <param name="Failing">Null where the last try succeeded, or there was none.</param>
public sealed record AlertTelling(long Alert, string Receiver, AlertTold? Told, int Times, AlertFailure? Failing);

/// <summary>The last that was delivered.</summary>
/// <param name="Severity">As it then was.</param>
public sealed record AlertTold(AlertNews News, AlertSeverity Severity, DateTimeOffset At);

/// <summary>Tries that failed, since the last that did not.</summary>
/// <param name="Trouble">Of the last.</param>
/// <param name="Since">When the first was.</param>
public sealed record AlertFailure(int Tries, DateTimeOffset Since, DateTimeOffset NextTry, Wording Trouble);
