using System.Collections.Frozen;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Vnpt;

/// <summary>
/// What ERROR in an answer to <c>send_sms_list</c> means. Source: the table in public integrations of VNPT's document
/// (config/gateways/SOURCES.md, vnpt). One answer holds for the whole list. A code that is not here is kept by its
/// number and never guessed at.
/// </summary>
static class VnptCodes
{
    static readonly FrozenDictionary<int, Func<int, SendResult>> Table = new Dictionary<int, Func<int, SendResult>>
    {
        [0] = _ => SendResult.Accepted(null),  // accepted
        [33] = _ => SendResult.Accepted(null), // duplicate request id: this very list was taken

        // XML characters, data too long or an internal error: it does not say whether before or after
        [-1] = _ => SendResult.Uncertain(Name(-1)),
        [1] = _ => SendResult.Misconfigured(Name(1)), // username, password, IP or API status
        [2] = _ => SendResult.Misconfigured(Name(2)), // schedule time wrong format: we send none
        [3] = _ => SendResult.Misconfigured(Name(3)), // method id invalid
        [7] = _ => SendResult.Rejected(FailureClass.Content, Name(7)), // template invalid or not of this label
        [8] = _ => SendResult.Deferred(Name(8)), // outside permitted sending time
        [9] = _ => SendResult.Misconfigured(Name(9)), // contract_type_id invalid
        [10] = _ => SendResult.Misconfigured(Name(10)), // user_name invalid
        [11] = _ => SendResult.Rejected(FailureClass.Content, Name(11)), // message length invalid
        [12] = _ => SendResult.Deferred(Name(12)), // time not allowed by VinaPhone's policy
        [13] = _ => SendResult.Misconfigured(Name(13)), // contract invalid
        [14] = _ => SendResult.Misconfigured(Name(14)), // label invalid
        [15] = _ => SendResult.Misconfigured(Name(15)), // agent invalid
        [16] = _ => SendResult.TooFast(Name(16)), // sending too fast
        [17] = _ => SendResult.Rejected(FailureClass.Content, Name(17)), // character format invalid
        [20] = _ => SendResult.Misconfigured(Name(20)), // quota of the contract exhausted
        [21] = _ => SendResult.Misconfigured(Name(21)), // quota of the customer exhausted
        [22] = _ => SendResult.Misconfigured(Name(22)), // quota of the agent exhausted
        [23] = count => OfOne(23, count), // more than one network in one command, or a bad number
        [24] = _ => SendResult.Misconfigured(Name(24)), // schedule earlier than system time
        [25] = count => OfOne(25, count), // wrong network, ported, or the label invalid for it
        // subscriber got 3 ads today
        [26] = count => count > 1 ? SendResult.Split(Name(26)) : SendResult.Rejected(FailureClass.Number, Name(26)),
        [30] = _ => SendResult.Rejected(FailureClass.Content, Name(30)), // forbidden keyword
        [31] = _ => SendResult.Misconfigured(Name(31)), // customer status invalid
        [32] = _ => SendResult.Rejected(FailureClass.Content, Name(32)), // template id invalid (old)
    }.ToFrozenDictionary();

    /// <summary>What a code means for each message of a list.</summary>
    /// <param name="count">Messages of the list.</param>
    public static SendResult Of(int code, int count) =>
        Table.TryGetValue(code, out var meaning) ? meaning(count) : SendResult.UnknownCode($"{code}");

    /// <summary>Something is wrong with one number: which, only a list of one tells.</summary>
    static SendResult OfOne(int code, int count) =>
        count > 1 ? SendResult.Split(Name(code)) : SendResult.WrongNetwork(Name(code));

    static string Name(int code) => $"code {code}";
}
