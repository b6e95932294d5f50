using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>A message whose gateway may be asked what became of it.</summary>
/// <param name="CarrierId">The gateway's id; null where none came.</param>
/// <param name="Since">When it came to its status, microseconds.</param>
/// <param name="Call">The last call that carried it; null where none is known.</param>
public readonly record struct UnsettledMessage(
    long Seq, MessageStatus Status, string? CarrierId, long Since, UnsettledCall? Call = null);

/// <param name="First">The first message the call carried.</param>
/// <param name="HandedAt">When it was handed over, microseconds; where a crash hides it, when
/// it was about to be.</param>
public sealed record UnsettledCall(long Number, long Attempt, long First, long HandedAt);

/// <summary>What a gateway answered about one message.</summary>
/// <param name="Message">As it was when it was asked about.</param>
/// <param name="Answer">What it said.</param>
public readonly record struct Inquired(UnsettledMessage Message, QueryAnswer Answer);

/// <summary>How answers of a lane's gateway are to be taken.</summary>
/// <param name="BelievesAbsence">Whether an uncertain message that the gateway does not know
/// goes back to planned.</param>
/// <param name="KeepCarrierReference">Whether receipts can be matched only by the gateway's own id.</param>
/// <param name="AskAgain">Wait before a message is asked about again; doubles with each answer
/// that says nothing new.</param>
public sealed record InquiryTerms(int Lane, bool BelievesAbsence, bool KeepCarrierReference, TimeSpan AskAgain);
