using System.ComponentModel.DataAnnotations;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Esms;

[Meaning(
    "Tài khoản tại eSMS.vn (ViHAT), chuyển tin tới mọi mạng: developers.esms.vn. Tin chăm sóc khách hàng "
        + "(SmsType 2), mỗi yêu cầu một tin.",
    "An account at eSMS.vn (ViHAT), which carries messages to every network: developers.esms.vn. Care messages "
        + "(SmsType 2), one a call.")]
public sealed class EsmsLaneOptions : LaneOptions
{
    [Meaning("Địa chỉ của API, có dấu gạch chéo ở cuối.", "Where the API is, ending in a slash.")]
    public Uri Url { get; set; } = new("https://rest.esms.vn/MainService.svc/json/");

    [Meaning("ApiKey của tài khoản.", "ApiKey of the account.")]
    [Required, Secret]
    public string ApiKey { get; set; } = "";

    [Meaning("SecretKey của tài khoản.", "SecretKey of the account.")]
    [Required, Secret]
    public string SecretKey { get; set; } = "";

    [Meaning(
        "Chỉ ghi true khi eSMS đã xác nhận, với tài khoản này, thời gian nhớ một RequestId (dài hơn một lượt "
            + "gửi) và chỉ tin đã nhận mới giữ RequestId. Khi ấy RequestId là mã tin, và yêu cầu không có trả "
            + "lời được gửi lại. Nếu không, RequestId gồm mã tin và số thứ tự của lần gửi, mỗi lần một khác.",
        "True only where eSMS has confirmed, for this account, how long a RequestId is remembered (longer than "
            + "a run takes) and that only a message that was taken keeps it. The RequestId is then our "
            + "reference, and an attempt without an answer is made again. Otherwise it is our reference and the "
            + "number of the attempt, another each time.")]
    public bool RepeatsDropped { get; set; }

    [Meaning(
        "Bảo cổng chỉ kiểm tra tin, không gửi tin nào. Chỉ dùng khi standIn là true, tức ở địa chỉ không phải "
            + "của eSMS.",
        "Whether the gateway is told to check messages and send none. Only where standIn is true, and so at an "
            + "address that is not eSMS's own.")]
    public bool Sandbox { get; set; }

    [Meaning(
        "Địa chỉ nhận biên nhận theo cách eSMS gọi tới: https://MÁY-CHỦ/receipts/KÊNH, không kèm "
            + "callback.secret (chương trình tự thêm). eSMS không ký biên nhận: hãy đặt callback.secret hoặc "
            + "callback.from. Không ghi: không có biên nhận.",
        "The receipts address as eSMS sees it: https://YOUR-HOST/receipts/LANE, without callback.secret, which "
            + "is added. eSMS signs nothing: set callback.secret or callback.from. Unset: no receipts.")]
    public Uri? CallbackUrl { get; set; }

    [Meaning(
        "Cách hỏi eSMS kết quả của những tin đã có mã của eSMS. Không ghi: không hỏi. Chỉ hỏi được theo mã của "
            + "eSMS, về tin trong 7 ngày gần nhất.",
        "How eSMS is asked what became of messages it gave an id to. Unset: it is not. It is asked by eSMS's "
            + "id, so only about messages it gave one to, of the last 7 days.")]
    public EsmsInquiryOptions? Inquiry { get; set; }

    /// <summary>eSMS knows texts with and without diacritics only.</summary>
    protected override LengthTable? OwnAlphabet => LengthTable.Care;

    internal override bool TakesCallbacks => CallbackUrl is not null;

    protected internal override IEnumerable<LaneAddress> Addresses => [new("url", Url)];

    protected override InquiryOptions? Asking => Inquiry;

    protected internal override IEnumerable<SettingsFault> OwnFaults()
    {
        if (MostPerCall > 1)
            yield return SettingsFault.Of(
                "mostPerCall",
                "eSMS nhận tin chăm sóc khách hàng từng tin một: chỉ được là 1.",
                "eSMS takes one care message a call: only 1.");

        foreach (var fault in GatewayAddress.CheckFolder("url", Url, "https://rest.esms.vn/MainService.svc/json/")
            .Concat(GatewayAddress.CheckOurs("callbackUrl", CallbackUrl)))
            yield return fault;

        if (Sandbox && StandIn != true)
            yield return SettingsFault.Of(
                "sandbox",
                "Ở chế độ sandbox không tin nào được gửi: chỉ dùng khi standIn là true.",
                "The sandbox sends nothing: only where standIn is true.");

        if (Inquiry is { AbsentMeansNotTaken: true })
        {
            yield return SettingsFault.Of("inquiry.absentMeansNotTaken",
                "Không dùng được: eSMS chỉ trả lời theo mã của họ, mà tin chưa rõ không có mã.",
                "Not possible: eSMS answers only by its own id, which an uncertain message has not.");
        }
    }
}

/// <summary>Which of eSMS's two inquiries is made. Both know the last 7 days.</summary>
public enum EsmsInquiryMethod
{
    [Meaning(
        "GetSendStatus: trạng thái như trong biên nhận, và số tin thành công, thất bại.",
        "GetSendStatus: the status as in callbacks, and how many succeeded and failed.")]
    SendStatus,

    [Meaning(
        "GetSmsReceiverStatus_get: tin của số đó đã gửi chưa, kết quả thế nào. Kết quả false chỉ có sau báo "
            + "cáo của mạng: đây là giả định.",
        "GetSmsReceiverStatus_get: whether the number's message was sent, and its result. That a result of "
            + "false comes only with the network's report is an assumption.")]
    ReceiverStatus,
}

/// <summary>How eSMS is asked: by its own id (SMSID), one message a request.</summary>
public sealed class EsmsInquiryOptions : InquiryOptions
{
    [Meaning("Hỏi bằng lệnh nào của eSMS.", "Which call of eSMS it is asked by.")]
    public EsmsInquiryMethod Method { get; set; } = EsmsInquiryMethod.SendStatus;
}
