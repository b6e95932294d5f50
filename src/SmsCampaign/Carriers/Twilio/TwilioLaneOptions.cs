using System.ComponentModel.DataAnnotations;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Twilio;

[Meaning(
    "Tài khoản tại Twilio (REST API 2010-04-01, Message resource: "
        + "twilio.com/docs/messaging/api/message-resource). Mỗi yêu cầu một tin. Tin lặp không bị bỏ qua. Nội "
        + "dung được gửi nguyên văn, không \"smart encoded\".",
    "An account at Twilio (REST API 2010-04-01, the Message resource: "
        + "twilio.com/docs/messaging/api/message-resource). One message a call. Repeats are not dropped. Text is "
        + "sent as it is, never \"smart encoded\".")]
public sealed class TwilioLaneOptions : LaneOptions
{
    [Meaning("Địa chỉ của API.", "Where the API is.")]
    public Uri Url { get; set; } = new("https://api.twilio.com/");

    [Meaning("SID của tài khoản: AC và 32 chữ số thập lục phân.", "The account's SID: AC and 32 hexadecimal digits.")]
    [Required, RegularExpression("AC[0-9a-fA-F]{32}")]
    public string AccountSid { get; set; } = "";

    [Meaning(
        "Auth token của tài khoản: dùng để đăng nhập, trừ khi có apiKey, và để kiểm tra chữ ký của biên nhận.",
        "The account's auth token: lets requests in, unless apiKey does, and proves callbacks.")]
    [Required, Secret]
    public string AuthToken { get; set; } = "";

    [Meaning(
        "SID của API key dùng để gửi thay cho auth token: SK và 32 chữ số thập lục phân. Không ghi: không dùng.",
        "SID of an API key to send with in place of the auth token: SK and 32 hexadecimal digits. Unset: none.")]
    [RegularExpression("SK[0-9a-fA-F]{32}")]
    public string? ApiKey { get; set; }

    [Meaning("Giá trị bí mật của apiKey.", "The secret of apiKey.")]
    [Secret]
    public string? ApiKeySecret { get; set; }

    [Meaning(
        "SID của messaging service chọn tên định danh: MG và 32 chữ số thập lục phân. Không ghi: tên định danh "
            + "của chiến dịch.",
        "SID of the messaging service that chooses the sender: MG and 32 hexadecimal digits. Unset: the "
            + "campaign's sender name is the alphanumeric sender ID.")]
    [RegularExpression("MG[0-9a-fA-F]{32}")]
    public string? MessagingServiceSid { get; set; }

    [Meaning(
        "Tin được chờ tại Twilio bao lâu trước khi bị bỏ, tính bằng giây nguyên. Không ghi: 10 giờ, giới hạn "
            + "của Twilio.",
        "How long a message may wait at Twilio before it is dropped, in whole seconds. Unset: 10 hours, "
            + "Twilio's own limit.")]
    [Range(typeof(TimeSpan), "00:00:01", "10:00:00")]
    public TimeSpan? ValidityPeriod { get; set; }

    [Meaning(
        "Địa chỉ nhận biên nhận theo cách Twilio gọi tới, qua máy chủ ủy quyền nếu có: "
            + "https://MÁY-CHỦ/receipts/KÊNH. Chữ ký của biên nhận được kiểm tra theo địa chỉ này nên phải ghi "
            + "đúng như vậy. Không ghi: không có biên nhận.",
        "The receipts address as Twilio sees it, through whatever proxy stands in front: "
            + "https://YOUR-HOST/receipts/LANE. Callbacks are checked against it, so it must be exactly this. "
            + "Unset: none come.")]
    public Uri? StatusCallback { get; set; }

    [Meaning(
        "Có hỏi Twilio kết quả của những tin đã có mã của Twilio hay không. Không ghi: không hỏi. Chỉ hỏi được "
            + "theo mã của Twilio.",
        "Whether Twilio is asked what became of messages it gave an id to. Unset: it is not. It is asked by "
            + "Twilio's id, so only about messages it gave one to.")]
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
