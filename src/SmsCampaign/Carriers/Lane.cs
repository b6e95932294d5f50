namespace SmsCampaign.Carriers;

/// <summary>An account at a gateway, by the name the installation file and the campaigns call it.</summary>
public sealed record Lane(string Name, LaneOptions Options);
