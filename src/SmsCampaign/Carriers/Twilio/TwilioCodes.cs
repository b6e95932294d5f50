using System.Collections.Frozen;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Twilio;

/// <summary>
/// What Twilio's codes mean. Source: twilio.com/docs/api/errors, a page a code. A code that is not here is kept by its
/// number and never guessed at.
/// </summary>
static class TwilioCodes
{
    /// <summary>Refused for good, or failed after it was taken: what is wrong with the message
    /// or its recipient.</summary>
    static readonly FrozenDictionary<int, FailureClass> Failures = new Dictionary<int, FailureClass>
    {
        [21211] = FailureClass.Number,   // invalid 'To' number
        [21214] = FailureClass.Number,   // 'To' cannot be reached
        [21217] = FailureClass.Number,   // number does not appear to be valid
        [21265] = FailureClass.Number,   // 'To' may not be a short code
        [21610] = FailureClass.Number,   // the recipient has unsubscribed
        [21614] = FailureClass.Number,   // 'To' is no mobile number
        [30004] = FailureClass.Number,   // message blocked: the recipient takes none, or is on a list
        [30005] = FailureClass.Number,   // unknown destination handset
        [30006] = FailureClass.Number,   // landline or unreachable carrier

        [21602] = FailureClass.Content,  // message body is required
        [21605] = FailureClass.Content,  // body longer than 160 characters on a lane that takes no more
        [21617] = FailureClass.Content,  // body longer than 1,600 characters
        [30007] = FailureClass.Content,  // message filtered

        [30033] = FailureClass.Sender,   // sender's campaign suspended
        [30034] = FailureClass.Sender,   // message from an unregistered number
        [30035] = FailureClass.Sender,   // sender's number still being configured
        [30037] = FailureClass.Sender,   // outbound messaging disabled

        [30003] = FailureClass.Network,  // unreachable destination handset
        [30008] = FailureClass.Unknown,  // unknown error
        [30010] = FailureClass.Quota,    // message price exceeds max price
        [30023] = FailureClass.Quota,    // daily message cap reached
        [30036] = FailureClass.Expired,  // validity period expired
        [30410] = FailureClass.Gateway,  // provider timeout
        [30500] = FailureClass.Gateway,  // provider outage
        [63038] = FailureClass.Quota,    // account exceeded its daily messages limit
    }.ToFrozenDictionary();

    /// <summary>Not taken because the account or the lane is not as it must be: the lane stops, and a
    /// person can mend it.</summary>
    static readonly FrozenSet<int> NotSetUp = FrozenSet.Create(
        20003,  // authentication error
        20005,  // account not active
        20006,  // access denied
        20403,  // forbidden
        20404,  // not found: a wrong account SID
        21212,  // invalid 'From' number
        21408,  // permission to send to the region not enabled
        21603,  // 'From' is required
        21606,  // 'From' is not one of the account's that can send
        21608,  // a trial account may send only to verified numbers
        21659,  // 'From' is no number or sender of the account's
        21701,  // the messaging service does not exist
        21703,  // the messaging service has no sender
        21704,  // the messaging service has no senders left
        21705,  // the messaging service SID is invalid
        30002); // account suspended

    /// <summary>Not taken now, for nothing that a person must mend: the lane waits.</summary>
    static readonly FrozenSet<int> Later = FrozenSet.Create(
        63038); // account exceeded its daily messages limit

    /// <summary>Not taken, for a reason that may be this recipient's own or the account's: it waits alone, the lane
    /// goes on, and after its tries it is failed.</summary>
    static readonly FrozenSet<int> MayBeItsOwn = FrozenSet.Create(
        21612); // 'To' cannot be reached from this 'From'

    /// <summary>Not taken: too fast.</summary>
    static readonly FrozenSet<int> TooFast = FrozenSet.Create(
        14107,  // send rate limit exceeded
        20429,  // too many requests
        21611,  // 'From' has as many messages queued as it may
        30001,  // queue overflow
        30022); // rate exceeded at the carriers

    /// <summary>What a code means in the answer to a request.</summary>
    /// <returns>Null where the HTTP status decides.</returns>
    public static SendResult? Refusal(int code, TimeSpan? retryAfter)
    {
        var reason = $"code {code}";
        return TooFast.Contains(code) ? SendResult.TooFast(reason, retryAfter)
            : MayBeItsOwn.Contains(code) ? SendResult.Busy(reason, retryAfter)
            : Later.Contains(code) ? SendResult.Deferred(reason, retryAfter)
            : NotSetUp.Contains(code) ? SendResult.Misconfigured(reason)
            : Failures.TryGetValue(code, out var failure) ? SendResult.Rejected(failure, reason)
            : null;
    }

    /// <returns>Null where it is none of Twilio's: 1 to 999,999.</returns>
    public static int? Known(int? code) => code is > 0 and < 1_000_000 ? code : null;

    /// <summary>Why a message failed that had been taken.</summary>
    public static FailureClass FailureOf(int? code) =>
        code is { } given && Failures.TryGetValue(given, out var failure) ? failure : FailureClass.Unknown;
}
