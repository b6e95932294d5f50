using System.Globalization;
using System.Text.Json;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.SpeedSms;

/// <summary>
/// What SpeedSMS says of messages it has taken, by itself or asked: two different sets of numbers.
/// </summary>
static class SpeedSmsReceipts
{
    /// <summary>Reads a callback: { "type": "report", "tranId", "phone", "status" }, where 0 is delivered, 1 to 63 a
    /// failure that may yet be mended, 64 and above a failure.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DeliveryReceipt Read(ReadOnlyMemory<byte> body, SpeedSmsLaneOptions options)
    {
        if (GatewayJson.ObjectIn(body) is not { } root)
            throw new FormatException("a callback without readable JSON");
        if (GatewayJson.TextIn(root, "type") is { } type && type != "report")
            throw new FormatException($"a callback of type {CarrierCode.Clean(type, options.Secrets)}");
        if (SpeedSmsNumbers.TranIdIn(root) is not { } tranId)
            throw new FormatException("no tranId in the callback");
        if (SpeedSmsNumbers.NumberIn(GatewayJson.FieldIn(root, "phone")) is not { } number)
            throw new FormatException("no phone in the callback");
        if (SpeedSmsNumbers.StatusIn(root) is not (>= 0 and var status))
            throw new FormatException("no status in the callback, or an unknown one");

        var code = CarrierCode.Clean(status.ToString(CultureInfo.InvariantCulture), []);
        return new DeliveryReceipt(
            Reference: null,
            SpeedSmsNumbers.ReceiptId(tranId, number),
            status switch
            {
                0 => MessageStatus.Delivered,
                < SpeedSmsCodes.FirstFailed => MessageStatus.Accepted,
                _ => MessageStatus.Failed,
            },
            status < SpeedSmsCodes.FirstFailed ? null
                : options.Failures.TryGetValue(code, out var failure) ? failure
                : FailureClass.Unknown,
            code,
            At: null);
    }

    /// <summary>Reads the answer about a call: { "data": [{ "phone", "status" }] }, where 0 is waiting, -1 being sent,
    /// 1 sent, 2 failed.</summary>
    /// <param name="messages">The first is of that call; of others nothing was asked.</param>
    public static IReadOnlyList<QueryAnswer> ReadStates(CarrierAnswer answer, IReadOnlyList<QueriedSms> messages)
    {
        var root = GatewayJson.ObjectIn(answer.Body);
        if (answer.Status == System.Net.HttpStatusCode.TooManyRequests
            || (root is { } tooFast && SpeedSmsCodes.IsTooFast(tooFast)))
            return CannotSay(messages, "code 429", SpeedSmsCodes.WaitAsked(answer));
        if (!answer.IsSuccess)
            return CannotSay(messages, $"HTTP {(int)answer.Status}", answer.RetryAfter);
        if (root is not { } read || GatewayJson.TextIn(read, "status") is not { } status)
            return CannotSay(messages, "an answer that makes no sense");
        if (status != "success" || GatewayJson.FieldIn(read, "data") is not { ValueKind: JsonValueKind.Array } list)
            return CannotSay(messages, SpeedSmsCodes.CodeIn(read) is { } code
                ? $"code {CarrierCode.Clean($"{code:000}", [])}"
                : "an answer without the messages");

        var byNumber = list.EnumerateArray().ToLookup(
            each => SpeedSmsNumbers.NumberIn(GatewayJson.FieldIn(each, "phone")));
        return [.. messages.Select(message =>
            message.CarrierMessageId != messages[0].CarrierMessageId
                ? QueryAnswer.CannotSay("of another call than the one asked about")
            : message.Call is not { } call ? QueryAnswer.CannotSay("its number is not known")
            : ReadState([.. byNumber[call.To.Msisdn]], message, call.To.Msisdn))];
    }

    public static IReadOnlyList<QueryAnswer> CannotSay(
        IReadOnlyList<QueriedSms> messages, string why, TimeSpan? retryAfter = null) =>
        [.. messages.Select(_ => QueryAnswer.CannotSay(why, retryAfter))];

    static QueryAnswer ReadState(IReadOnlyList<JsonElement> states, QueriedSms message, long number)
    {
        if (states.Count != 1)
            return QueryAnswer.CannotSay(
                states.Count == 0 ? "an answer without the message" : "two answers for one message");
        if (SpeedSmsNumbers.StatusIn(states[0]) is not { } status)
            return QueryAnswer.CannotSay("an answer without a status");

        MessageStatus? to = status switch
        {
            0 or -1 => MessageStatus.Accepted,
            1 => MessageStatus.Sent,
            2 => MessageStatus.Failed,
            _ => null,
        };
        var code = CarrierCode.Clean(status.ToString(CultureInfo.InvariantCulture), []);
        return to is { } known
            ? QueryAnswer.Known(new DeliveryReceipt(
                message.Reference, SpeedSmsNumbers.ReceiptId(message.CarrierMessageId!, number), known,
                known == MessageStatus.Failed ? FailureClass.Unknown : null, code, At: null))
            : QueryAnswer.CannotSay($"unknown status {code}");
    }
}
