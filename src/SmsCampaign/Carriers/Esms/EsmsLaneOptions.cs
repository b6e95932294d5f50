using System.ComponentModel.DataAnnotations;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Esms;

/// <summary>
/// An account at eSMS.vn (ViHAT), which carries messages to every network: developers.esms.vn. Care
/// messages (SmsType 2), one a call.
/// </summary>
public sealed class EsmsLaneOptions : LaneOptions
{
    /// <summary>Where the API is, ending in a slash. https://rest.esms.vn/MainService.svc/json/ unless set.</summary>
    public Uri Url { get; set; } = new("https://rest.esms.vn/MainService.svc/json/");

    /// <summary>ApiKey of the account. Required.</summary>
    [Required, Secret]
    public string ApiKey { get; set; } = "";

    /// <summary>SecretKey of the account. Required.</summary>
    [Required, Secret]
    public string SecretKey { get; set; } = "";

    /// <summary>True only where eSMS has confirmed, for this account, how long a RequestId is remembered (longer
    /// than a run takes) and that only a message that was taken keeps it. The RequestId is then our reference, and
    /// an attempt without an answer is made again. Otherwise it is our reference and the number of the attempt,
    /// another each time. No unless set.</summary>
    public bool RepeatsDropped { get; set; }

    /// <summary>Whether the gateway is told to check messages and send none. Only where standIn is true, and so at an
    /// address that is not eSMS's own. No unless set.</summary>
    public bool Sandbox { get; set; }

    /// <summary>The receipts address as eSMS sees it: https://YOUR-HOST/receipts/LANE, without callback.secret, which
    /// is added. eSMS signs nothing: set callback.secret or callback.from. Unset: no receipts.</summary>
    public Uri? CallbackUrl { get; set; }

    /// <summary>How eSMS is asked what became of messages it gave an id to. Unset: it is not. It is asked by eSMS's id,
    /// so only about messages it gave one to, of the last 7 days.</summary>
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
    /// <summary>GetSendStatus: the status as in callbacks, and how many succeeded and failed.</summary>
    SendStatus,

    /// <summary>GetSmsReceiverStatus_get: whether the number's message was sent, and its result. That a result of false
    /// comes only with the network's report is an assumption.</summary>
    ReceiverStatus,
}

/// <summary>How eSMS is asked: by its own id (SMSID), one message a request.</summary>
public sealed class EsmsInquiryOptions : InquiryOptions
{
    /// <summary>sendStatus or receiverStatus. sendStatus unless set.</summary>
    public EsmsInquiryMethod Method { get; set; } = EsmsInquiryMethod.SendStatus;
}
