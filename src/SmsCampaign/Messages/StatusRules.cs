namespace SmsCampaign.Messages;

/// <summary>
/// The status machine: which status may follow which. Everything that changes a status asks here.
/// </summary>
public static class StatusRules
{
    /// <summary>Whether nothing may follow the status. A later, contradicting receipt is kept
    /// as evidence only.</summary>
    public static bool IsFinal(this MessageStatus status) =>
        status is MessageStatus.Delivered or MessageStatus.Failed or MessageStatus.Leftover;

    /// <summary>
    /// Whether the program itself (an answer, a receipt, an inquiry) may move a message from one status to the other.
    /// Staying where it is is not a move.
    /// </summary>
    public static bool MayBecome(this MessageStatus from, MessageStatus to) => (from, to) switch
    {
        (MessageStatus.Planned, MessageStatus.Submitting or MessageStatus.Leftover) => true,

        // Back to planned only by an answer that says the message was not taken.
        (MessageStatus.Submitting, MessageStatus.Planned or MessageStatus.Uncertain) => true,
        (MessageStatus.Submitting or MessageStatus.Uncertain,
            MessageStatus.Accepted or MessageStatus.Sent or MessageStatus.Delivered or MessageStatus.Failed) => true,
        (MessageStatus.Accepted, MessageStatus.Sent or MessageStatus.Delivered or MessageStatus.Failed) => true,
        (MessageStatus.Sent, MessageStatus.Delivered or MessageStatus.Failed) => true,
        _ => false,
    };

    /// <summary>
    /// Whether a person, giving a reason, may move a message so: an uncertain one to any answer, and, where the
    /// person knows that it was not sent, back to planned.
    /// </summary>
    public static bool PersonMayMove(this MessageStatus from, MessageStatus to) =>
        from == MessageStatus.Uncertain && (to == MessageStatus.Planned || from.MayBecome(to));
}
