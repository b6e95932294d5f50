namespace SmsCampaign.Campaigns;

/// <summary>A value of a campaign file that is yet to be written.</summary>
/// <param name="Text">Null where it is asked for, or left out.</param>
/// <param name="Question">What is asked; null where the value stands, or the key is left out.</param>
/// <param name="Source">Where it is from, for the comment above it.</param>
public sealed record DraftValue(string? Text, Wording? Question = null, Wording? Source = null)
{
    public static DraftValue None { get; } = new((string?)null);

    public bool IsLeftOut => Text is null && Question is null;
}

/// <summary>What a new campaign file says: what is known, and what is asked of a person.</summary>
public sealed record CampaignDraft
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required DraftValue Issuer { get; init; }

    public DraftValue Number { get; init; } = DraftValue.None;

    public DraftValue Date { get; init; } = DraftValue.None;

    public DraftValue Item { get; init; } = DraftValue.None;

    public DraftValue LegalBasis { get; init; } = DraftValue.None;

    /// <summary>The order's words.</summary>
    public required DraftValue Text { get; init; }

    /// <summary>What is sent.</summary>
    public required DraftValue Sent { get; init; }

    public required DraftValue ReportTo { get; init; }

    public required DraftValue ReportBy { get; init; }

    public required DraftValue Sender { get; init; }

    public required DraftValue SendDate { get; init; }

    /// <summary>As 08:00.</summary>
    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary>Carriers that text their own subscribers, by their names in the installation file.</summary>
    public IReadOnlyList<string> HeldBy { get; init; } = [];

    /// <summary>Of <see cref="HeldBy"/>.</summary>
    public DraftValue Area { get; init; } = DraftValue.None;

    /// <summary>By when each of them answers and reports, which the department decides.</summary>
    public DraftValue AcknowledgeBy { get; init; } = DraftValue.None;

    public DraftValue HolderReportBy { get; init; } = DraftValue.None;

    /// <summary>Names of lists in the campaign's folder; a question where none is known.</summary>
    public IReadOnlyList<DraftValue> Lists { get; init; } = [];

    /// <summary>Names of lists of those who are not texted.</summary>
    public IReadOnlyList<string> Suppression { get; init; } = [];

    /// <summary>Of the installation file, for <see cref="Lists"/>.</summary>
    public IReadOnlyList<string> Lanes { get; init; } = [];
}
