using SmsCampaign.Carriers;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>What one call counts for under a contract, beside being one request.</summary>
/// <param name="Parts">Of all its messages together.</param>
public readonly record struct CallCost(int Parts, int Messages)
{
    /// <summary>Of a request that carries no message, such as a login.</summary>
    public static CallCost OnlyRequest => default;

    public int In(RateUnit unit) => unit switch
    {
        RateUnit.Parts => Parts,
        RateUnit.Messages => Messages,
        _ => 1,
    };
}
