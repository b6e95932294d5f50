using SmsCampaign.Files;

namespace SmsCampaign.Campaigns;

/// <summary>What the installation file leaves a campaign to choose from.</summary>
/// <param name="LaneNames">Lanes it defines.</param>
/// <param name="Roots">Where the files that a campaign names may lie; null: anywhere.</param>
sealed record CampaignBounds(IReadOnlyCollection<string> LaneNames, FileRoots? Roots);
