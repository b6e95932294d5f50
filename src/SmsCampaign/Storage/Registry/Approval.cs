namespace SmsCampaign.Storage.Registry;

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

    /// <summary>Whose account it was; null for one from before that was kept.</summary>
    public Identity? Identity { get; init; }

    /// <summary>The submission it was given on; null where on none.</summary>
    public long? SubmissionId { get; init; }

    /// <summary>That submission; null where there is none, or its row is gone.</summary>
    public Submission? Submission { get; init; }

    /// <summary>Why it replaces another, or goes again; null where nobody had to say.</summary>
    public string? Reason { get; init; }

    /// <summary>The approval that took its place; null where none has.</summary>
    public long? ReplacedBy { get; init; }

    /// <summary>The revocation by which a person withdrew it; null where nobody has.</summary>
    public long? RevokedBy { get; init; }

    /// <summary>Whether the audit chain bears witness to it, and to nothing that voids it.</summary>
    public bool IsWitnessed { get; init; }

    /// <summary>What is said of one that is revived (<see cref="IsRevived"/>): what was found,
    /// and the ways out.</summary>
    public Wording Revived
    {
        get
        {
            var at = Figures.Moment(ApprovedAt.ToOffset(TimeSpan.FromHours(7)));
            return new Wording(
                $"Phê duyệt của {ApprovedBy} lúc {at} (chiến dịch {Campaign}) đã hết hiệu lực, nhưng ledger.db không "
                    + $"ghi điều đó: tệp là bản cũ được đặt lại. Không gửi theo phê duyệt này. "
                    + $"Hãy khôi phục bản mới nhất bằng 'restore'; nếu không còn bản nào mới hơn, xem lại bằng 'plan' "
                    + $"rồi phê duyệt lại bằng 'approve'.",
                $"The approval by {ApprovedBy} of {at} (campaign {Campaign}) is void, and ledger.db does not say so: "
                    + $"the file is an older copy that was put back. Nothing is sent by it. "
                    + $"Restore the newest copy with 'restore'; where there is none, look at it with 'plan' and "
                    + $"approve again with 'approve'.");
        }
    }

    /// <summary>Whether it was voided after what this ledger.db knows: the file is an older copy.</summary>
    public bool IsRevived { get; init; }

    /// <summary>Whether the audit chain could not be asked as this was read, for want of its key or of the marks: that
    /// it is not witnessed then says nothing of it.</summary>
    public bool IsUnasked { get; init; }

    /// <summary>Whether it may be relied on.</summary>
    public bool Stands => VoidedAt is null && IsWitnessed;

    /// <summary>Whether another person submitted what it approves, as the audit chain bears witness to: the very same
    /// by its code, for this date or, where every year is approved, for every year.</summary>
    public bool IsByTwo =>
        Identity is { } approver
        && Submission is { IsWitnessed: true, Identity: { } submitter } submitted
        && !submitter.IsSameAs(approver)
        && submitted.Campaign == Campaign
        && submitted.Hash == Hash
        && (Date is null ? submitted.EveryYear : submitted.Date == Date);

    /// <exception cref="LedgerException">The row's time cannot be read.</exception>
    public DateTimeOffset ApprovedAt => Moment(At);

    /// <summary>Null where it was not voided.</summary>
    /// <exception cref="LedgerException">The row's time cannot be read.</exception>
    public DateTimeOffset? VoidedSince => VoidedAt is { } voided ? Moment(voided) : null;

    DateTimeOffset Moment(string text) =>
        SqlTime.FromSql(text, "approval", Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
