using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>A receipt whose message is known, and no more of it than settling needs: hundreds of thousands lie in
/// memory together.</summary>
/// <param name="RawId">Id of the raw receipt it stands in.</param>
/// <param name="Item">Position in a callback that carries several.</param>
/// <param name="Lane">Id of the run's lane.</param>
/// <param name="Part">The part it is about; 0: the message as a whole.</param>
/// <param name="Parts">How many the gateway says there are; 0 where it does not say.</param>
/// <param name="At">The moment the carrier gives, microseconds; null where it gives none.</param>
public readonly record struct MatchedReceipt(
    long RawId,
    long Seq,
    int Item,
    short Lane,
    byte Part,
    byte Parts,
    MessageStatus Status,
    FailureClass? Failure,
    string? Code,
    long? At)
{
    public MatchedReceipt(long rawId, int item, int lane, NamedMessage message, DeliveryReceipt receipt)
        : this(
            rawId, message.Seq, item, checked((short)lane), checked((byte)message.Part), checked((byte)message.Parts),
            receipt.Status,
            receipt.Failure,
            receipt.Code,
            receipt.At is { } moment ? ProcessClock.ToMicros(moment) : null)
    {
    }

    /// <summary>Whether it waited until its message was known: no mark tells whether it has been applied.</summary>
    public bool Waited { get; init; }
}

/// <summary>How far a run has applied a batch of receipts that is sorted by message: what is written with a slice of
/// it, so that after a crash no receipt is applied twice.</summary>
/// <param name="Through">Id of the batch's last raw receipt.</param>
/// <param name="Seq">The slice's last message; null: the slice is the batch's last.</param>
public readonly record struct ReceiptMark(long Through, long? Seq);

/// <summary>What is to be noted of a receipt that a run has settled: written in the commit that settles it, and taken
/// out when the file of receipts has it, so that no crash between the two loses it.</summary>
/// <param name="Kind">Null: it waited, and has settled its message.</param>
public readonly record struct ReceiptNote(long Receipt, int Item, ReceiptOddity? Kind, string Detail);

/// <summary>Why a receipt did not simply settle its message. Stored by name; the raw receipt is
/// kept in any case.</summary>
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

    /// <summary>Names an id that the gateway gave to two messages.</summary>
    Ambiguous,

    /// <summary>About a message that was never tried.</summary>
    Unexpected,

    /// <summary>The lane's receipts are not trusted at all.</summary>
    Untrusted,

    /// <summary>About a run whose ledger cannot be opened, or perhaps about one. Applied when it is mended.</summary>
    SetAside,
}
