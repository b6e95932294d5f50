namespace SmsCampaign.Storage.Registry;

/// <summary>What was done about the numbers that are kept of a run. Stored by its word: never rename.</summary>
public enum PurgeStepKind
{
    /// <summary>Persons were told that they will be erased.</summary>
    Announced,

    /// <summary>On one more day they were found to be due.</summary>
    Seen,

    /// <summary>A person wants them kept for now.</summary>
    Held,

    /// <summary>A person wants them kept no longer than others.</summary>
    LetGo,

    /// <summary>They are being erased: until that is done nothing else is done with the run.</summary>
    Begun,

    /// <summary>They are erased.</summary>
    Done,

    /// <summary>Receipts that came since were gone through as well.</summary>
    Swept,

    /// <summary>Single numbers were erased, as their subscribers asked.</summary>
    Subject,
}

/// <summary>How far the numbers of a run are erased.</summary>
public enum PurgeState
{
    None,

    /// <summary>Begun and not done: cut off, or brought back by a backup.</summary>
    Begun,

    Done,
}

/// <summary>A row of the table purge_step.</summary>
public sealed record PurgeStep
{
    public long Id { get; init; }

    /// <summary>Key of the run.</summary>
    public required string Run { get; init; }
    public required string Code { get; init; }
    public required PurgeStepKind Kind { get; init; }

    /// <summary>The day it was in Vietnam.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Id of the key of the hashes; empty where none are made yet.</summary>
    public string KeyId { get; init; } = "";

    public PurgeCounts Counts { get; init; } = new();

    /// <summary>Id of the last receipt that was gone through.</summary>
    public long Through { get; init; }

    /// <summary>What the run's ledger gives since, as <see cref="Run.RunSeal.ToText"/> writes it; empty where it is
    /// not done.</summary>
    public string Seal { get; init; } = "";

    /// <summary>Whether before it was begun the ledger still was what had been approved.</summary>
    public bool WasKept { get; init; }

    public required string Person { get; init; }
    public required string ByOs { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether the audit chain bears witness to it as it stands.</summary>
    public bool IsWitnessed { get; init; }
}

/// <summary>How much was erased.</summary>
/// <param name="Messages">Rows whose numbers are hashes now.</param>
/// <param name="Exclusions">Likewise.</param>
/// <param name="Receipts">Callbacks in which numbers were.</param>
/// <param name="Files">Files with numbers in full that were deleted.</param>
/// <param name="Learned">Numbers of other networks that were deleted.</param>
/// <param name="Lists">Carriers' lists with numbers in full that were deleted.</param>
public sealed record PurgeCounts(
    long Messages = 0, long Exclusions = 0, long Receipts = 0, long Files = 0, long Learned = 0, long Lists = 0);

/// <summary>What erasing the numbers of a run could not do yet.</summary>
/// <param name="Code">Of the run.</param>
/// <param name="Receipts">Raw ones that still have its numbers.</param>
/// <param name="Stale">Which files may have older copies of them in their gaps, and why; null: none.</param>
/// <param name="At">When it was last looked at.</param>
public sealed record PurgeLeft(string Code, long Receipts, Wording? Stale, DateTimeOffset At)
{
    public bool IsAny => Receipts > 0 || Stale is not null;
}

/// <summary>That a number is never texted again.</summary>
public sealed record ErasedSubject
{
    public required long Hash { get; init; }
    public required string KeyId { get; init; }

    /// <summary>Whether it is erased everywhere; else it is only asked for.</summary>
    public required bool IsDone { get; init; }

    /// <summary>Ledgers it was erased in; still to do, where it is only asked for.</summary>
    public required long Runs { get; init; }
    public required string Person { get; init; }
    public required string ByOs { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }
}
