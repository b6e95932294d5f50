namespace SmsCampaign.Storage.Registry;

/// <summary>What a walk over the audit chain found.</summary>
/// <param name="Rows">Rows of the chain.</param>
/// <param name="Broken">The first row that does not fit the one before, or its own hash; null where all do. What comes
/// after it is not looked at.</param>
/// <param name="Findings">Everything that is wrong, in the order found.</param>
/// <param name="Notes">What a person may want to know, and is no fault.</param>
public sealed record AuditReport(
    long Rows, AuditHead Head, long? Broken, IReadOnlyList<Wording> Findings, IReadOnlyList<Wording> Notes)
{
    public bool Holds => Findings.Count == 0;
}
