using System.Globalization;

namespace SmsCampaign.Storage.Registry;

/// <summary>A row of the table submission: what somebody asks to have approved. Of a run the newest counts.</summary>
public sealed record Submission
{
    public long Id { get; init; }
    public required string Campaign { get; init; }

    /// <summary>The run's date, as it is stored.</summary>
    public required string Date { get; init; }

    /// <summary>Whether every year's run is meant.</summary>
    public bool EveryYear { get; init; }

    /// <summary><see cref="Campaigns.ApprovalHash"/> of what was looked at.</summary>
    public required string Hash { get; init; }

    /// <summary>The campaign file's text, to name what has changed since.</summary>
    public required string Definition { get; init; }
    public required string DefinitionHash { get; init; }
    public required string AudienceHash { get; init; }
    public required string PlanHash { get; init; }

    /// <summary>As of <see cref="RunRecord.Seal"/>.</summary>
    public required string Seal { get; init; }

    /// <summary>The name that was given.</summary>
    public required string SubmittedBy { get; init; }

    /// <summary>Null where what is kept of it is none that this program knows.</summary>
    public required Identity? Identity { get; init; }

    /// <summary>As of <see cref="Who.ByOs"/>.</summary>
    public required string ByOs { get; init; }

    /// <summary>Null where none was given.</summary>
    public string? Note { get; init; }
    public required string At { get; init; }

    /// <summary>Whether the audit chain bears witness to it.</summary>
    public bool IsWitnessed { get; init; }

    /// <summary>Who refused it, returned it or withdrew it, and why; null where nobody has.</summary>
    public Rejection? Rejected { get; init; }

    /// <summary>The first approval that was given on it, be it void by now; null where none was.</summary>
    public long? ApprovedAs { get; init; }

    /// <summary>Whether it waits for an answer. Each is answered once.</summary>
    public bool IsOpen => IsWitnessed && Rejected is null && ApprovedAs is null;

    /// <exception cref="LedgerException">The row's time cannot be read.</exception>
    public DateTimeOffset SubmittedAt =>
        SqlTime.FromSql(At, "submission", Id.ToString(CultureInfo.InvariantCulture));
}

/// <summary>What became of what was submitted where it is not approved. Stored by name: never rename one.</summary>
public enum RejectionKind
{
    /// <summary>Không phê duyệt: who approves will not have it.</summary>
    Refused,

    /// <summary>Trả lại để sửa: who approves asks for changes.</summary>
    Returned,

    /// <summary>Rút hồ sơ: who submitted it takes it back.</summary>
    Withdrawn,
}

/// <summary>A row of the table rejection.</summary>
public sealed record Rejection
{
    public required long Submission { get; init; }

    /// <summary>Null where what is kept of it is none that this program knows: it is answered all the same.</summary>
    public RejectionKind? Kind { get; init; } = RejectionKind.Refused;

    /// <summary>The name that was given.</summary>
    public required string RejectedBy { get; init; }

    /// <summary>As of <see cref="Registry.Submission.Identity"/>.</summary>
    public required Identity? Identity { get; init; }

    /// <summary>As of <see cref="Who.ByOs"/>.</summary>
    public required string ByOs { get; init; }
    public required string Reason { get; init; }
    public required string At { get; init; }

    /// <exception cref="LedgerException">The row's time cannot be read.</exception>
    public DateTimeOffset RejectedAt =>
        SqlTime.FromSql(At, "rejection", $"of submission {Submission.ToString(CultureInfo.InvariantCulture)}");
}
