using System.Globalization;

namespace SmsCampaign.Storage.Registry;

/// <summary>A row of the table work_order: what a carrier is asked to text to its own subscribers. Of a segment the
/// highest revision counts.</summary>
public sealed record KeptOrder
{
    public long Id { get; init; }

    /// <summary>Key of the run it is for, as it is stored.</summary>
    public required string Run { get; init; }

    /// <summary>Name of the campaign's segment.</summary>
    public required string Segment { get; init; }

    /// <summary>Name of the installation file's holder.</summary>
    public required string Holder { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Revision { get; init; }

    /// <summary>The order as JSON, as the carrier gets it.</summary>
    public required string Content { get; init; }

    /// <summary>The name that was given; that of the account where none was.</summary>
    public required string MadeBy { get; init; }

    /// <summary>As of <see cref="Who.ByOs"/>.</summary>
    public required string ByOs { get; init; }
    public required string At { get; init; }

    /// <summary>Whether the audit chain bears witness to it.</summary>
    public bool IsWitnessed { get; init; }

    /// <summary>What became of it, by its dates, of one day in the order it was recorded; those alone that the audit
    /// chain bears witness to.</summary>
    public IReadOnlyList<OrderStep> Steps { get; init; } = [];

    /// <summary>What the carrier has reported, in the order it was recorded; those alone that the audit chain bears
    /// witness to. The last counts.</summary>
    public IReadOnlyList<KeptResult> Results { get; init; } = [];

    /// <summary>Rows about it that the audit chain does not bear witness to, as "order_step 3": of them nothing is
    /// taken, and what they took the place of is not known.</summary>
    public IReadOnlyList<string> Doubtful { get; init; } = [];

    /// <summary>Whether this account may not read the chain's key: what it says is not verified then.</summary>
    public bool IsUnverified { get; init; }

    /// <exception cref="LedgerRowException">The row's time cannot be read.</exception>
    public DateTimeOffset MadeAt => SqlTime.FromSql(At, "work_order", Id.ToString(CultureInfo.InvariantCulture));
}

/// <summary>What became of a work order. Stored by its word.</summary>
public enum OrderStepKind
{
    /// <summary>The signed letter left.</summary>
    Sent,

    /// <summary>The carrier said that it will text.</summary>
    Acknowledged,

    /// <summary>The carrier said that it will not.</summary>
    Refused,

    /// <summary>The carrier was told not to text after all.</summary>
    Withdrawn,
}

/// <summary>A row of the table order_step.</summary>
public sealed record OrderStep
{
    public long Id { get; init; }

    /// <summary><see cref="KeptOrder.Id"/>.</summary>
    public required long Order { get; init; }
    public required OrderStepKind Kind { get; init; }

    /// <summary>Number of the letter that says so; null where there is none, as by telephone.</summary>
    public string? Document { get; init; }

    /// <summary>The letter's date, or the day it was said.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Who said so at the carrier, or signed the letter; null where that is not known.</summary>
    public string? SaidBy { get; init; }

    /// <summary>Why it refused, or what it added.</summary>
    public string? Note { get; init; }

    /// <summary>Messages a second the carrier says it will send; null where it does not.</summary>
    public int? Rate { get; init; }

    /// <summary>Who recorded it.</summary>
    public required string RecordedBy { get; init; }

    /// <summary>As of <see cref="Who.ByOs"/>.</summary>
    public required string ByOs { get; init; }
    public required string At { get; init; }

    /// <exception cref="LedgerRowException">The row's time cannot be read.</exception>
    public DateTimeOffset RecordedAt => SqlTime.FromSql(At, "order_step", Id.ToString(CultureInfo.InvariantCulture));
}
