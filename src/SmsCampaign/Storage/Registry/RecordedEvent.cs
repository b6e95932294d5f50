namespace SmsCampaign.Storage.Registry;

/// <summary>What a person did that has to be accounted for, as it is on record.</summary>
/// <param name="At">Null where what is kept of it is no time.</param>
/// <param name="Who">The name that was given.</param>
/// <param name="ByOs">As of <see cref="SmsCampaign.Who.ByOs"/>.</param>
/// <param name="Detail">In English.</param>
public sealed record RecordedEvent(DateTimeOffset? At, string Who, string ByOs, string Detail);
