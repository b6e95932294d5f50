using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Storage;

/// <summary>
/// What a run's ledger says of the run as a whole, as it was planned and approved.
/// </summary>
public sealed record RunInfo
{
    public required RunKey Key { get; init; }

    /// <summary>Stands in every message reference.</summary>
    public required string Code { get; init; }
    public required string Sender { get; init; }

    /// <summary>How the run shares an account with others: <see cref="CampaignPriority"/>.</summary>
    public int Priority { get; init; } = CampaignPriority.Standard;

    /// <summary>The campaign's zone; UTC where the ledger names none.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>By lane id.</summary>
    public required IReadOnlyDictionary<int, RunLane> Lanes { get; init; }

    /// <summary>The text to send, by segment id.</summary>
    public required IReadOnlyDictionary<int, SmsText> TextOfSegment { get; init; }

    /// <summary>Lane id by carrier id: which lane sends a carrier's messages.</summary>
    public required IReadOnlyDictionary<int, int> LaneOfCarrier { get; init; }

    /// <summary>Carriers' names by id.</summary>
    public IReadOnlyDictionary<int, string> Carriers { get; init; } = new Dictionary<int, string>();

    /// <summary>Whether what a stopped lane holds may go to another.</summary>
    public bool UsesFallback { get; init; }

    /// <summary>A run planned before there was a choice has the default.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    /// <summary>Likewise, as with <see cref="Guard"/>.</summary>
    public CanaryPolicy Canary { get; init; } = CanaryPolicy.Default;

    public GuardPolicy Guard { get; init; } = GuardPolicy.Default;
}

/// <summary>A lane as the run was planned with it.</summary>
public sealed record RunLane(
    int Id,
    string Name,
    int Rate,
    RateUnit RateUnit,
    ReceiptTrust ReceiptTrust,
    TimeSpan ReceiptTimeout,
    decimal PricePerPart)
{
    /// <summary>What one call costs as the lane's contract counts.</summary>
    public int CostOf(int parts, int messages) => RateUnit switch
    {
        RateUnit.Parts => parts * messages,
        RateUnit.Messages => messages,
        _ => 1,
    };

    /// <summary>Names of the carriers it serves.</summary>
    public IReadOnlyList<string> Carriers { get; init; } = [];

    /// <summary>Names of those it may take over from their own lane.</summary>
    public IReadOnlyList<string> FallbackFor { get; init; } = [];

    /// <summary>The contract's limits besides <see cref="Rate"/>.</summary>
    public IReadOnlyList<LaneLimit> Limits { get; init; } = [];

    /// <summary>Zone whose calendar days they count.</summary>
    public TimeZoneInfo DayZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Every limit of the contract, the main one first.</summary>
    public IEnumerable<LaneLimit> AllLimits =>
        Limits.Prepend(new LaneLimit { Most = Rate, Of = RateUnit, Per = LimitPeriod.Second });

    /// <summary>Whether a message may yet get a better status from a receipt.</summary>
    public bool AwaitsReceipt(MessageStatus status) => ReceiptTrust.Awaits(status);
}
