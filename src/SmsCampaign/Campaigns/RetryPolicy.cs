namespace SmsCampaign.Campaigns;

/// <summary>How long a campaign goes on trying a message that its gateway does not take.</summary>
/// <param name="MostTries">1 to <see cref="LargestTries"/>. "Too fast" and "closed" are not counted.</param>
/// <param name="Validity">Counted from the message's first try: after it the message is not worth sending any more. 1
/// hour to <see cref="LargestHours"/>.</param>
public sealed record RetryPolicy(int MostTries, TimeSpan Validity)
{
    public const int LargestTries = 100;

    /// <summary>The longest a run can take: 7 days.</summary>
    public const int LargestHours = 168;

    /// <summary>10 tries, some 40 minutes of a gateway that is always busy; 24 hours.</summary>
    public static readonly RetryPolicy Default = new(10, TimeSpan.FromHours(24));
}
