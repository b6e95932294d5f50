using SmsCampaign.Storage.Registry;

namespace SmsCampaign.WebConsole.People;

/// <summary>What of the audit chain somebody may see: what is about a campaign with that campaign's rights; what is
/// about none where they may look at every campaign, or administer.</summary>
public sealed class JournalSight(CurrentPerson person)
{
    /// <summary>Whether they see what is about no campaign, and may have the chain verified.</summary>
    public bool SeesOffice { get; } = person.Grants.Any(grant => grant.Campaign is null);

    /// <summary>Whether there is a page for them at all.</summary>
    public bool IsAny => person.May(Right.See) || SeesOffice;

    public bool Sees(AuditedRecord record) =>
        record.Campaign is { } campaign ? person.May(Right.See, campaign) : SeesOffice;
}
