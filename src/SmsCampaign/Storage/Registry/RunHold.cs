namespace SmsCampaign.Storage.Registry;

/// <summary>That a run waits for a person, and the decision by which it does: whoever lets it go on has looked at that
/// one, and at no other.</summary>
/// <param name="Decision">Its row; null where none is on record.</param>
/// <param name="At">Null where <paramref name="Decision"/> is.</param>
/// <param name="Why">Ends with the way on; empty where <paramref name="Decision"/> is null.</param>
public sealed record RunHold(long? Decision, DateTimeOffset? At, Wording Why);
