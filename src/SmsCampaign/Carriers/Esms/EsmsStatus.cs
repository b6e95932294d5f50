using System.Globalization;
using System.Text.Json;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Esms;

/// <summary>
/// eSMS's words for where a message stands: in callbacks (developers.esms.vn/en/esms-api/callback-url), in answers to
/// GetSendStatus and in those to GetSmsReceiverStatus_get.
/// </summary>
static class EsmsStatus
{
    /// <summary>Of a callback or an answer of GetSendStatus. It is about one message, so the counts
    /// are of it alone.</summary>
    /// <param name="success">SendSuccess as written; null where there is none. So the next.</param>
    /// <param name="telco">telcoid as written: the network it went to.</param>
    /// <exception cref="FormatException">A status that no message of ours has.</exception>
    public static DeliveryReceipt Read(
        string? reference, string? id, string status, string? success, string? failed, string? telco)
    {
        var to = status switch
        {
            "1" or "2" => MessageStatus.Accepted, // waits to be approved; waits to be sent
            "4" => MessageStatus.Failed,          // rejected
            "5" => Outcome(Count(success), Count(failed)),
            "7" => MessageStatus.Sent,            // given to the network, which has not reported yet
            _ => throw new FormatException($"unknown SendStatus '{CarrierCode.Clean(status, [])}'"),
        };

        var code = IsTelco(telco) ? $"{status} telco {telco}" : status;
        return Receipt(reference, id, to, code);
    }

    /// <summary>Of the one receiver in an answer of GetSmsReceiverStatus_get.</summary>
    /// <exception cref="FormatException">It does not say what became of the message.</exception>
    public static DeliveryReceipt ReadReceiver(string? reference, string? id, JsonElement receiver) =>
        (TruthIn(receiver, "IsSent"), TruthIn(receiver, "SentResult")) switch
        {
            (false, _) => Receipt(reference, id, MessageStatus.Accepted, "not sent yet"),
            (true, true) => Receipt(reference, id, MessageStatus.Delivered, "SentResult true"),
            (true, false) => Receipt(reference, id, MessageStatus.Failed, "SentResult false"),
            _ => throw new FormatException("a receiver without IsSent and SentResult"),
        };

    // No reason for a failure is ever given, so its class is not known.
    static DeliveryReceipt Receipt(string? reference, string? id, MessageStatus to, string code) =>
        new(reference, id, to, to == MessageStatus.Failed ? FailureClass.Unknown : null, code, At: null);

    static MessageStatus Outcome(int? success, int? failed) =>
        success is not { } good || failed is not { } bad
            ? throw new FormatException("SendStatus 5 without SendSuccess and SendFailed")
        : good > 0 && bad > 0 ? throw new FormatException("SendSuccess and SendFailed of one message")
        : good > 0 ? MessageStatus.Delivered
        : bad > 0 ? MessageStatus.Failed
        : MessageStatus.Sent; // done, and no outcome counted

    static int? Count(string? written) =>
        int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    /// <summary>1 Viettel, 2 MobiFone, 3 VinaPhone, 4 Vietnamobile, 5 Gtel, 6 iTel, 7 Reddi.</summary>
    static bool IsTelco(string? telco) => telco is { Length: 1 or 2 } && telco.All(char.IsAsciiDigit);

    /// <summary>true, "true" or "True": the document has them as text, its sample as they are.</summary>
    static bool? TruthIn(JsonElement receiver, string name) => GatewayJson.FieldIn(receiver, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => bool.TryParse(GatewayJson.TextIn(receiver, name), out var truth) ? truth : null,
    };
}
