namespace SmsCampaign.Campaigns;

/// <summary>
/// How a campaign shares an account with others that want to send on it at the same time: 1
/// is highest, as for segments.
/// </summary>
public static class CampaignPriority
{
    public const int Highest = 1;
    public const int Lowest = 10;
    public const int Standard = 5;

    /// <summary>Shares of the account's rate: 10 at priority 1, 6 at 5, 1 at 10. Every campaign gets some.</summary>
    public static int SharesOf(int priority)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(priority, Highest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priority, Lowest);
        return Lowest + Highest - priority;
    }
}
