namespace SmsCampaign.Storage.Run;

/// <summary>
/// Who sends what, in which order: the lanes as they stood when the plan was made, and each one's batches.
/// </summary>
/// <param name="Hash">SHA-256 over lanes and batches. The same plan always has the same hash.</param>
public sealed record Plan(IReadOnlyList<PlannedLane> Lanes, IReadOnlyList<Batch> Batches, string Hash);

/// <param name="Id">Position in <see cref="Plan.Lanes"/>, counted from 1.</param>
/// <param name="Settings">JSON of every setting the plan depends on.</param>
public sealed record PlannedLane(
    int Id,
    string Name,
    int Rate,
    Carriers.RateUnit RateUnit,
    Carriers.ReceiptTrust ReceiptTrust,
    TimeSpan ReceiptTimeout,
    decimal PricePerPart,
    string Settings);

/// <summary>
/// A range of messages, next to each other in sending order, that one lane sends with one text.
/// </summary>
/// <param name="Carrier">Position in the audience's carriers, counted from 1.</param>
/// <param name="Segment">Position in the audience's segments, counted from 1.</param>
/// <param name="FirstSeq">Key of the first message (see <see cref="Messages.MessageSeq"/>).</param>
/// <param name="LastSeq">Key of the last, included.</param>
/// <param name="Parts">Parts of one message as the lane counts them.</param>
public sealed record Batch(int Lane, int Carrier, int Segment, long FirstSeq, long LastSeq, int Parts)
{
    public long Messages => LastSeq - FirstSeq + 1;
}
