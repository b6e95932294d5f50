namespace SmsCampaign.Campaigns;

/// <summary>The first batch of each lane: what becomes of it says whether the lane opens for the rest.</summary>
/// <param name="Messages">Of each lane, 0 to <see cref="LargestBatch"/>. 0: there is none.</param>
/// <param name="ReceiptsPercent">Of those taken, how many must have a receipt, where the lane's gateway brings any:
/// 0 to 100. 0: none is waited for.</param>
/// <param name="Within">How long the receipts may take, from the last answer on: whole minutes, 1 to
/// <see cref="LongestMinutes"/>.</param>
/// <param name="FailuresPercent">1 to 100. The lane opens where fewer were refused, failed or got no answer.</param>
public sealed record CanaryPolicy(int Messages, int ReceiptsPercent, TimeSpan Within, int FailuresPercent)
{
    public const int LargestBatch = 10_000;

    public const int LongestMinutes = 120;

    /// <summary>50 messages; 60 % of their receipts within 5 minutes; fewer than 20 % of failures.</summary>
    public static readonly CanaryPolicy Default = new(50, 60, TimeSpan.FromMinutes(5), 20);

    /// <summary>There is none.</summary>
    public static readonly CanaryPolicy None = Default with { Messages = 0 };

    public bool IsOn => Messages > 0;
}

/// <summary>When a lane that sends is held as too much of what it sends fails. Each class of failure is counted by
/// itself, and answers by themselves and receipts by themselves.</summary>
/// <param name="FailuresPercent">0 to 100: of a class so many do not hold it yet. 0: nothing does.</param>
/// <param name="Over">The time looked back upon: whole minutes, 1 to <see cref="LongestMinutes"/>.</param>
/// <param name="Messages">Answers, or receipts, of that time below which nothing is concluded,
/// <see cref="FewestMessages"/> to <see cref="MostMessages"/>; on a lane that is too slow for so many half of what it
/// can send in that time, <see cref="FewestMessages"/> at least.</param>
public sealed record GuardPolicy(int FailuresPercent, TimeSpan Over, int Messages)
{
    public const int LongestMinutes = 60;

    public const int FewestMessages = 10;

    public const int MostMessages = 1_000_000;

    /// <summary>More than 20 % of at least 200 in 5 minutes.</summary>
    public static readonly GuardPolicy Default = new(20, TimeSpan.FromMinutes(5), 200);

    /// <summary>There is none.</summary>
    public static readonly GuardPolicy None = Default with { FailuresPercent = 0 };

    public bool IsOn => FailuresPercent > 0;
}
