using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>A batch with messages that may still be planned.</summary>
/// <param name="Id">Negative for what was moved here from the batch of that number on another lane.</param>
/// <param name="Parts">Of one message.</param>
public sealed record PlannedBatch(long Id, int Lane, int Segment, long FirstSeq, long LastSeq, int Parts);

/// <summary>A message still to be sent.</summary>
public readonly record struct PlannedMessage(long Seq, long Msisdn);

/// <summary>A message that was uncertain and is planned again.</summary>
/// <param name="MayBeSentSince">Where nobody knows that it was not sent, when it may have been, microseconds: its
/// gateway drops repeats. Null where a person or the gateway itself says that it was not.</param>
/// <param name="IsMoved">Whether another lane was to send it.</param>
public readonly record struct PutBackMessage(
    PlannedBatch Batch, PlannedMessage Message, long? MayBeSentSince, bool IsMoved);

/// <summary>A message that another lane was to send.</summary>
public readonly record struct MovedMessage(PlannedBatch Batch, PlannedMessage Message, MovedPlace Place);

/// <summary>Where a message stands in the order in which messages were moved to a lane.</summary>
/// <param name="At">When it was moved, microseconds.</param>
public readonly record struct MovedPlace(long At, long Seq);

/// <summary>
/// Messages next to each other in the ledger that leave under one intent (rule 2): in one call, or
/// each in a call of its own.
/// </summary>
/// <param name="Messages">At least one.</param>
/// <param name="KeepCarrierReference">Whether receipts can be matched only by the gateway's own id.</param>
/// <exception cref="ArgumentException">There is no message, or they do not lie next to each other: the ledger keeps the
/// first and the last, and takes everything in between for handed over.</exception>
public sealed record PlannedCall(
    int Lane, PlannedBatch Batch, IReadOnlyList<PlannedMessage> Messages, bool KeepCarrierReference)
{
    public IReadOnlyList<PlannedMessage> Messages { get; } = Stretch(Messages);

    /// <summary>Whether each message goes in a call of its own.</summary>
    public bool OneByOne { get; init; }

    /// <summary>Calls made under the intent.</summary>
    public int Calls => OneByOne ? Messages.Count : 1;

    static IReadOnlyList<PlannedMessage> Stretch(IReadOnlyList<PlannedMessage> messages) =>
        messages.Count > 0 && messages[^1].Seq - messages[0].Seq == messages.Count - 1
            ? messages
            : throw new ArgumentException(
                $"an intent is over messages next to each other, at least one, not over {messages.Count} others",
                nameof(messages));
}

/// <summary>What came of one call under an intent.</summary>
/// <param name="Attempt">The intent's id.</param>
/// <param name="First">Position in <see cref="PlannedCall.Messages"/> of the first message the call carried.</param>
/// <param name="HandedAt">When its request was written, microseconds; null where it never was: then the
/// results say deferred.</param>
/// <param name="Results">One a message.</param>
public readonly record struct CallResult(
    PlannedCall Call, long Attempt, int First, long? HandedAt, IReadOnlyList<SendResult> Results)
{
    /// <summary>The result of one of its messages.</summary>
    public SendResult Of(long seq) => Results[(int)(seq - Call.Messages[First].Seq)];
}

/// <summary>What is known of a message that was tried and not settled by it.</summary>
/// <param name="Counted">Tries used up.</param>
/// <param name="First">Moment of the first try, microseconds.</param>
/// <param name="MayBeSent">Whether one of the tries was lost: the message may have been sent.</param>
/// <param name="Why">Why the last of them did not settle it, where it is not the gateway's code that says it.</param>
/// <param name="Code">The gateway's to the last of them; null where none came.</param>
public sealed record EarlierTries(
    long Seq, int Counted, long First, bool MayBeSent, Reason Why = Reason.None, string? Code = null);
