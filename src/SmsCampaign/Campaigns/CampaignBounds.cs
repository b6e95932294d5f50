using SmsCampaign.Files;

namespace SmsCampaign.Campaigns;

/// <summary>What the installation file leaves a campaign to choose from.</summary>
/// <param name="LaneNames">Lanes it defines.</param>
/// <param name="Roots">Where the files that a campaign names may lie; null: anywhere.</param>
/// <param name="Holders">Carriers that text their own subscribers, by the names it gives them; null: it is not
/// asked.</param>
sealed record CampaignBounds(
    IReadOnlyCollection<string> LaneNames, FileRoots? Roots, IReadOnlyCollection<string>? Holders);
