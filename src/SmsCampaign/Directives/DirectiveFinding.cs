namespace SmsCampaign.Directives;

/// <summary>What a campaign needs to know of an order.</summary>
public enum DirectiveField
{
    /// <summary>Where the order speaks of the message.</summary>
    Passage,
    Issuer,
    Number,
    Date,
    LegalBasis,
    Item,

    /// <summary>The words it quotes.</summary>
    Text,

    /// <summary>What is sent: its words, or mended where they have a slip.</summary>
    Sent,
    Sender,
    SendDate,
    ReportTo,
    ReportBy,

    /// <summary>Who texts: <see cref="DirectiveFindings.Held"/>, or the department itself.</summary>
    Delivery,
}

/// <summary>What was found of a field.</summary>
/// <param name="Value">Null where it is asked for, or is not there.</param>
/// <param name="Words">The words it was taken from; null where there are none.</param>
/// <param name="Question">What a person must say; null where the value is sure, or the campaign goes without
/// it.</param>
public sealed record DirectiveFinding(
    DirectiveField Field, string? Value, string? Words, DirectivePlace? Place, Wording? Question);

/// <summary>What was found in an order, a finding a field.</summary>
public sealed record DirectiveFindings(IReadOnlyList<DirectiveFinding> All)
{
    /// <summary>Value of <see cref="DirectiveField.Delivery"/> where carriers text their own subscribers.</summary>
    public const string Held = "held";

    /// <summary>Where the department texts from a list of its own.</summary>
    public const string Own = "own";

    /// <summary>What the department should know beside: other dates of the order, and what to prepare.</summary>
    public IReadOnlyList<Wording> Notes { get; init; } = [];

    public DirectiveFinding Of(DirectiveField field) => All.Single(finding => finding.Field == field);
}
