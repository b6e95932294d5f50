using SmsCampaign.Messages;

namespace SmsCampaign.Carriers;

/// <summary>
/// What a lane's receipts are worth. Settling, waiting, asking and reporting all go by this, so that none believes more
/// than another.
/// </summary>
public static class ReceiptWorth
{
    /// <summary>The furthest a lane's receipts can bring a message that went well.</summary>
    public static MessageStatus Best(this ReceiptTrust trust) => trust switch
    {
        ReceiptTrust.Handset => MessageStatus.Delivered,
        ReceiptTrust.Network => MessageStatus.Sent,
        ReceiptTrust.Gateway or ReceiptTrust.None => MessageStatus.Accepted,
        _ => throw new ArgumentOutOfRangeException(nameof(trust), trust, null),
    };

    /// <summary>What a receipt says, no further than the lane is trusted for. A failure is believed of whoever is
    /// believed at all.</summary>
    /// <returns>Null where the lane's receipts are not to be believed.</returns>
    public static MessageStatus? WorthOf(this ReceiptTrust trust, MessageStatus said) =>
        trust == ReceiptTrust.None ? null : trust.Believe(said);

    /// <summary>Where a message stands, as far as the lane's receipts are believed: never "delivered" where they can
    /// only say "sent", never "sent" where they can only say "accepted".</summary>
    public static MessageStatus Believe(this ReceiptTrust trust, MessageStatus stands) =>
        stands is MessageStatus.Sent or MessageStatus.Delivered && stands > trust.Best() ? trust.Best() : stands;

    /// <summary>Whether a message may yet get a better status from a receipt.</summary>
    public static bool Awaits(this ReceiptTrust trust, MessageStatus stands) => stands switch
    {
        MessageStatus.Uncertain => trust != ReceiptTrust.None,
        MessageStatus.Accepted or MessageStatus.Sent => stands < trust.Best(),
        _ => false,
    };
}
