namespace SmsCampaign.Campaigns;

/// <summary>What came of reading a campaign file.</summary>
/// <param name="Campaign">Null where there is an error among the problems.</param>
/// <param name="Problems">Every error and warning, in the order of the file.</param>
public sealed record CampaignReading(Campaign? Campaign, IReadOnlyList<Problem> Problems);
