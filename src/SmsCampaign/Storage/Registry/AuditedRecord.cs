namespace SmsCampaign.Storage.Registry;

/// <summary>What a row of the audit chain is about.</summary>
public enum AuditSubject
{
    /// <summary>Approvals, and what was submitted, refused or taken back.</summary>
    Approval,

    /// <summary>What was decided of a run, by the schedule or by a person.</summary>
    Run,

    /// <summary>A lane that stopped, or goes on.</summary>
    Lane,

    /// <summary>What a person settled of uncertain messages.</summary>
    Uncertain,

    /// <summary>What was asked of the process that sends.</summary>
    Command,

    /// <summary>What carriers were asked to text themselves.</summary>
    Carrier,

    /// <summary>Reports that were handed in.</summary>
    Report,

    /// <summary>Numbers that were erased.</summary>
    Privacy,

    /// <summary>Whatever else a person did that has to be accounted for.</summary>
    Event,

    /// <summary>Where the chain begins.</summary>
    Start,
}

/// <summary>A row of the audit chain, read for a person. Whether it was changed is not looked at here
/// (<see cref="IAuditLog.Verify"/>).</summary>
/// <param name="At">Null where what is kept of it is no time.</param>
/// <param name="Record">Which record it bears witness to.</param>
/// <param name="Person">Who did it, as they named themselves; null where the record names nobody.</param>
/// <param name="Account">As the system knew them; null where the record has none.</param>
/// <param name="Campaign">Null: it is about none, or that cannot be told.</param>
/// <param name="Detail">What was done, as recorded; empty where the record says no more. May hold what a gateway or a
/// person wrote.</param>
public sealed record AuditedRecord(
    long Row,
    DateTimeOffset? At,
    AuditSubject Subject,
    Wording Record,
    string? Person,
    string? Account,
    string? Campaign,
    Wording Detail);
