namespace SmsCampaign.Storage;

/// <summary>A row of the table approval.</summary>
public sealed record Approval
{
    public long Id { get; init; }
    public required string Campaign { get; init; }

    /// <summary>The date approved; null where every year is.</summary>
    public string? Date { get; init; }

    /// <summary><see cref="Campaigns.ApprovalHash"/> of what was approved.</summary>
    public required string Hash { get; init; }
    public required string ApprovedBy { get; init; }

    /// <summary>Number of the approving document; null where none was given.</summary>
    public string? Document { get; init; }
    public required string At { get; init; }
    public string? VoidedAt { get; init; }
    public string? VoidReasonVi { get; init; }
    public string? VoidReasonEn { get; init; }

    /// <summary>The account of the operating system it was given by; empty for one from before that was kept.</summary>
    public string ByOs { get; init; } = "";

    /// <summary>Whether the audit chain bears witness to it, and to nothing that voids it.</summary>
    public bool IsWitnessed { get; init; }

    /// <summary>Whether it may be relied on.</summary>
    public bool Stands => VoidedAt is null && IsWitnessed;

    public DateTimeOffset ApprovedAt => SqlTime.FromSql(At);
}
