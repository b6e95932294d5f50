using System.ComponentModel.DataAnnotations;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Twilio;

/// <summary>
/// An account at Twilio (REST API 2010-04-01, the Message resource: twilio.com/docs/messaging/api/message-resource).
/// One message a call. Repeats are not dropped. Text is sent as it is, never "smart encoded".
/// </summary>
public sealed class TwilioLaneOptions : LaneOptions
{
    /// <summary>Where the API is. https://api.twilio.com/ unless set.</summary>
    public Uri Url { get; set; } = new("https://api.twilio.com/");

    /// <summary>The account's SID: AC and 32 hexadecimal digits. Required.</summary>
    [Required, RegularExpression("AC[0-9a-fA-F]{32}")]
    public string AccountSid { get; set; } = "";

    /// <summary>The account's auth token: lets requests in, unless apiKey does, and proves
    /// callbacks. Required.</summary>
    [Required, Secret]
    public string AuthToken { get; set; } = "";

    /// <summary>SID of an API key to send with in place of the auth token: SK and 32 hexadecimal
    /// digits. Unset: none.</summary>
    [RegularExpression("SK[0-9a-fA-F]{32}")]
    public string? ApiKey { get; set; }

    /// <summary>The secret of apiKey.</summary>
    [Secret]
    public string? ApiKeySecret { get; set; }

    /// <summary>SID of the messaging service that chooses the sender: MG and 32 hexadecimal digits. Unset: the
    /// campaign's sender name is the alphanumeric sender ID.</summary>
    [RegularExpression("MG[0-9a-fA-F]{32}")]
    public string? MessagingServiceSid { get; set; }

    /// <summary>How long a message may wait at Twilio before it is dropped, in whole seconds. 00:00:01 to 10:00:00,
    /// Twilio's own limit and its default where unset.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "10:00:00")]
    public TimeSpan? ValidityPeriod { get; set; }

    /// <summary>The receipts address as Twilio sees it, through whatever proxy stands in front:
    /// https://YOUR-HOST/receipts/LANE. Callbacks are checked against it, so it must be exactly this.
    /// Unset: none come.</summary>
    public Uri? StatusCallback { get; set; }

    /// <summary>Whether Twilio is asked what became of messages it gave an id to. Unset: it is not. It is asked by
    /// Twilio's id, so only about messages it gave one to.</summary>
    public TwilioInquiryOptions? Inquiry { get; set; }

    /// <summary>Twilio chooses by the standard's alphabet.</summary>
    protected override LengthTable? OwnAlphabet => LengthTable.Standard;

    internal override bool TakesCallbacks => StatusCallback is not null;

    internal override bool SignsCallbacks => true;

    protected internal override IEnumerable<LaneAddress> Addresses => [new("url", Url)];

    protected override InquiryOptions? Asking => Inquiry;

    protected internal override IEnumerable<SettingsFault> OwnFaults()
    {
        if (MostPerCall > 1)
            yield return SettingsFault.Of(
                "mostPerCall",
                "Twilio nhận mỗi lần một tin: chỉ được là 1.",
                "Twilio takes one message a call: only 1.");

        if (ApiKey is null != ApiKeySecret is null)
            yield return SettingsFault.Of(
                ApiKey is null ? "apiKeySecret" : "apiKey",
                "'apiKey' và 'apiKeySecret' phải đi cùng nhau.",
                "'apiKey' and 'apiKeySecret' go together.");

        if (ValidityPeriod is { } period && period.Ticks % TimeSpan.TicksPerSecond != 0)
            yield return SettingsFault.Of("validityPeriod", "Cần số giây nguyên.", "Expected whole seconds.");

        foreach (var fault in GatewayAddress.CheckOurs("statusCallback", StatusCallback))
            yield return fault;

        if (Inquiry is { AbsentMeansNotTaken: true })
        {
            yield return SettingsFault.Of("inquiry.absentMeansNotTaken",
                "Không dùng được: Twilio chỉ trả lời theo mã của họ, mà tin chưa rõ không có mã.",
                "Not possible: Twilio answers only by its own id, which an uncertain message has not.");
        }
    }
}

/// <summary>How Twilio is asked: by the message's SID, one a request.</summary>
public sealed class TwilioInquiryOptions : InquiryOptions;
