using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>A row that is not a recipient.</summary>
/// <param name="StandsInSource">Where the number of a duplicate stands; null for every other.</param>
/// <param name="Earlier">Date of the run that may have sent the message already; null for every other.</param>
readonly record struct ExclusionLine(
    int Source, long Line, int Segment, ExclusionReason Reason, long? Number, string? Written,
    int? StandsInSource, long StandsAtLine, int StandsInSegment, string? Earlier);
