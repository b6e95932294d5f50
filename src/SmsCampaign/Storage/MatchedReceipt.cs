using SmsCampaign.Carriers;

namespace SmsCampaign.Storage;

/// <summary>A receipt whose message is known.</summary>
/// <param name="RawId">Id of the raw receipt it stands in.</param>
/// <param name="Item">Position in a callback that carries several.</param>
public sealed record MatchedReceipt(long RawId, int Item, int Lane, long Seq, DeliveryReceipt Receipt);

/// <summary>Why a receipt did not simply settle its message. Stored by name; the raw receipt is kept in any case.</summary>
public enum ReceiptOddity
{
    /// <summary>Names an id nobody knows yet: the answer with the id may still be on its way. Tried again.</summary>
    Waiting,

    /// <summary>Names an id nobody knew until the lane's receipt time was over.</summary>
    Unknown,

    /// <summary>Not a receipt this lane's gateway sends.</summary>
    Unreadable,

    /// <summary>Says what is known already.</summary>
    Repeated,

    /// <summary>Says less than what is known already: came out of order.</summary>
    Outdated,

    /// <summary>Says the opposite of a final status, or of the gateway's own answer.</summary>
    Contradicting,

    /// <summary>About a message that was never tried.</summary>
    Unexpected,

    /// <summary>The lane's receipts are not trusted at all.</summary>
    Untrusted,
}
