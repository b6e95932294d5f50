namespace SmsCampaign.Carriers;

/// <summary>
/// What a gateway says when asked about one message. Made by the methods named after its three kinds.
/// </summary>
public sealed record QueryAnswer
{
    QueryAnswer()
    {
    }

    /// <summary>The gateway does not know the message.</summary>
    public static QueryAnswer NotThere { get; } = new() { IsNotThere = true };

    /// <summary>What the gateway knows; null where it does not know the message or cannot say.</summary>
    public DeliveryReceipt? Receipt { get; private init; }

    public bool IsNotThere { get; private init; }

    /// <summary>Why it cannot say. Never holds credentials or a phone number. At most 200 characters; null where it
    /// could.</summary>
    public string? Reason { get; private init; }

    /// <summary>How long the gateway asked us to wait. Null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    public static QueryAnswer Known(DeliveryReceipt receipt) => new() { Receipt = receipt };

    public static QueryAnswer CannotSay(string reason, TimeSpan? retryAfter = null) =>
        new() { Reason = reason.Length <= 200 ? reason : reason[..200], RetryAfter = retryAfter };
}
