using System.Globalization;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Twilio;

/// <summary>
/// Twilio's words for where a message stands, the same in answers, in callbacks and when it is asked
/// (twilio.com/docs/messaging/api/message-resource, "Message Status values").
/// </summary>
static class TwilioStatus
{
    /// <param name="errorCode">As written; null or empty where none came.</param>
    /// <exception cref="FormatException">A status that no message of ours has.</exception>
    public static DeliveryReceipt Read(string? reference, string sid, string status, string? errorCode)
    {
        var to = status switch
        {
            "accepted" or "scheduled" or "queued" or "sending" => MessageStatus.Accepted,
            "sent" or "partially_delivered" =>
                MessageStatus.Sent, // some of its parts: nobody may say that the phone has it
            "delivered" or "read" => MessageStatus.Delivered,
            "undelivered" or "failed" or "canceled" => MessageStatus.Failed,
            _ => throw new FormatException($"unknown status '{CarrierCode.Clean(status, [])}'"),
        };

        var code = int.TryParse(errorCode, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
            ? number
            : (int?)null;
        return new DeliveryReceipt(
            reference,
            sid,
            to,
            to == MessageStatus.Failed ? TwilioCodes.FailureOf(code) : null,
            code is { } known ? known.ToString(CultureInfo.InvariantCulture) : status,
            At: null); // RawDlrDoneDate has no time zone, and what it means varies between carriers
    }
}
