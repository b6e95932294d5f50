namespace SmsCampaign.Audience;

/// <summary>What came of importing an audience.</summary>
/// <param name="Audience">Null where there is an error among the problems: what the sink got is
/// then to be thrown away.</param>
/// <param name="Problems">Every error and warning, file by file.</param>
public sealed record AudienceReading(ImportedAudience? Audience, IReadOnlyList<Problem> Problems);
