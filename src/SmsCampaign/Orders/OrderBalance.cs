namespace SmsCampaign.Orders;

/// <summary>What was asked of a carrier and what it reports, side by side: subscribers. Null is what it does not
/// say.</summary>
/// <param name="Estimate">Of the letter.</param>
public sealed record OrderBalance(long Estimate, CarrierResult Result)
{
    public long? InScope => Result.Sum(row => row.InScope);

    public long? Excluded => Result.Sum(row => row.Excluded);

    public long? NotSent => Result.Sum(row => row.NotSent);

    public long? Sent => Result.Sum(row => row.Sent);

    public long? Succeeded => Result.Sum(row => row.Succeeded);

    public long? Failed => Result.Sum(row => row.Failed);

    public long? Unknown => Result.Sum(row => row.Unknown);

    public long? Parts => Result.Sum(row => row.Parts);

    /// <summary>How many fewer were sent to than were estimated; below zero: more.</summary>
    public long? Difference => Sent is { } sent ? Estimate - sent : null;

    /// <summary>Of those sent to whose fate it does not tell: neither as succeeded nor as failed nor as not
    /// known.</summary>
    public long? Untold => Sent is { } sent ? sent - (Succeeded ?? 0) - (Failed ?? 0) - (Unknown ?? 0) : null;
}
