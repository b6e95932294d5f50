namespace SmsCampaign.Storage.Registry;

/// <summary>What is asked of the process that sends.</summary>
/// <param name="Kind">Stored: never rename one.</param>
/// <param name="Run">The run it is about; null: none.</param>
/// <param name="Arguments">JSON, as the kind has it.</param>
/// <param name="Seen">JSON of what was looked at, as the kind has it: where it is otherwise by
/// now, it is refused.</param>
/// <param name="Who">Who answers for it.</param>
public sealed record CommandOrder(string Kind, RunKey? Run, string Arguments, string Seen, Who Who);

/// <summary>What came of a command. Stored by name in lower case.</summary>
public enum CommandOutcome
{
    /// <summary>It is as was asked.</summary>
    Done,

    /// <summary>It was not done, and need not be asked again as it stands: what was looked at is
    /// otherwise by now.</summary>
    Refused,

    /// <summary>It was tried and could not be done.</summary>
    Failed,
}

/// <summary>What the process that sends answers.</summary>
public sealed record CommandAnswer(CommandOutcome Outcome, Wording Words);

/// <summary>A row of the table command.</summary>
/// <param name="Run">As it is written; null: of none.</param>
/// <param name="TakenBy">The process that took it up first; null: none has. One that is taken and not answered
/// may be done or not.</param>
/// <param name="Answer">Null: there is none yet.</param>
public sealed record AskedCommand(
    long Id, string Kind, string? Run, string Arguments, string Seen, Who Who, string? TakenBy, CommandAnswer? Answer)
{
    /// <summary>Why it is not done: the audit chain does not bear out that it was asked, as it stands. Null where it
    /// does.</summary>
    public Unvouched? Unvouched { get; init; }
}
