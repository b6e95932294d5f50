using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.SpeedSms;

[Meaning(
    "Tài khoản tại đại lý SpeedSMS (speedsms.vn, \"SMS API\"). Danh sách tới 100 số với cùng một nội dung. "
        + "SpeedSMS nhận 60 yêu cầu trong 60 giây, tính cả yêu cầu hỏi: nếu mostPerCall là 1 thì mỗi giây một "
        + "tin.",
    "An account at SpeedSMS, an aggregator (speedsms.vn, \"SMS API\"). Lists of up to 100 numbers with one "
        + "text. It takes 60 requests in 60 seconds, those of an inquiry included: without mostPerCall above 1 "
        + "that is one message a second.")]
public sealed class SpeedSmsLaneOptions : LaneOptions
{
    /// <summary>Numbers in one request, by the document.</summary>
    const int MostNumbers = 100;

    /// <summary>Requests in 60 seconds, by the document.</summary>
    internal const int MostRequests = 60;

    [Meaning("Địa chỉ của API, có dấu gạch chéo ở cuối.", "Where the API is, with a slash at the end.")]
    public Uri Url { get; set; } = new("https://api.speedsms.vn/index.php/");

    [Meaning("Mã truy cập API (access token) của tài khoản.", "The account's API access token.")]
    [Required, Secret]
    public string Token { get; set; } = "";

    [Meaning(
        "sms_type của mọi tin. 3: dưới tên định danh của chiến dịch, là brandname của tài khoản. Các loại khác "
            + "đi dưới một số hoặc tên của SpeedSMS: 2 số ngẫu nhiên, 4 Verify hoặc Notify, 5 điện thoại Android.",
        "sms_type of every message. 3: under the campaign's sender name, a brandname of the account. The "
            + "others go out under a number or a name of SpeedSMS's own: 2 a number at random, 4 Verify or "
            + "Notify, 5 an Android phone.")]
    [Range(1, 8)]
    public int SmsType { get; set; } = 3;

    [Meaning(
        "Nhóm nguyên nhân của từng trạng thái từ 64 trở lên trong biên nhận; không có ở đây thì là unknown. "
            + "Không có tài liệu nào nói.",
        "The class of failure of each status from 64 in a callback; unknown where it is not here. No document "
            + "says.")]
    public Dictionary<string, FailureClass> Failures { get; set; } = [];

    [Meaning(
        "Cách hỏi SpeedSMS kết quả của những tin đã có mã của SpeedSMS. Không ghi: không hỏi. Hỏi theo mã của "
            + "yêu cầu, mỗi lần một mã cho mọi tin trong đó; perMinute thay cho perSecond.",
        "Whether SpeedSMS is asked what became of messages it gave an id to. Unset: it is not. It is asked by "
            + "the call's id, one a request, for all its messages; perMinute takes the place of perSecond.")]
    public SpeedSmsInquiryOptions? Inquiry { get; set; }

    /// <summary>SpeedSMS knows texts with and without diacritics only.</summary>
    protected override LengthTable? OwnAlphabet => LengthTable.Care;

    /// <inheritdoc/>
    protected override IEnumerable<LaneLimit> OwnLimits =>
        [new LaneLimit
        {
            Most = MostRequests - (Inquiry?.PerMinute ?? 0),
            Of = RateUnit.Requests,
            Per = LimitPeriod.Minute,
        }];

    internal override bool TakesCallbacks => ReceiptTrust != SmsCampaign.Carriers.ReceiptTrust.None;

    protected internal override IEnumerable<LaneAddress> Addresses => [new("url", Url)];

    protected override InquiryOptions? Asking => Inquiry;

    protected internal override IEnumerable<SettingsFault> OwnFaults()
    {
        foreach (var fault in GatewayAddress.CheckFolder("url", Url, "https://…/index.php/"))
            yield return fault;

        if (MostPerCall > MostNumbers)
            yield return SettingsFault.Of(
                "mostPerCall",
                $"SpeedSMS nhận mỗi lần nhiều nhất {MostNumbers} số.",
                $"SpeedSMS takes {MostNumbers} numbers a call at most.");

        foreach (var status in Failures.Keys.Where(status =>
            !int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < SpeedSmsCodes.FirstFailed))
        {
            yield return SettingsFault.Of("failures",
                $"'{status}': cần số từ {SpeedSmsCodes.FirstFailed}.",
                $"'{status}': expected a number from {SpeedSmsCodes.FirstFailed}.");
        }

        if (Inquiry is { AbsentMeansNotTaken: true })
        {
            yield return SettingsFault.Of("inquiry.absentMeansNotTaken",
                "Không dùng được: SpeedSMS chỉ trả lời theo mã của họ, mà tin chưa rõ thường không có mã.",
                "Not possible: SpeedSMS answers only by its own id, which an uncertain message seldom has.");
        }

        if (Inquiry is { PerSecond: not 1 })
            yield return SettingsFault.Of(
                "inquiry.perSecond", "Với SpeedSMS hãy dùng perMinute.", "With SpeedSMS use perMinute.");
    }
}

/// <summary>How SpeedSMS is asked: by the id of a call, one a request, for all the messages in it.</summary>
public sealed class SpeedSmsInquiryOptions : InquiryOptions
{
    [Meaning(
        "Số yêu cầu hỏi nhiều nhất mỗi phút, trong tổng số 60 mà SpeedSMS nhận. Việc chuyển tin dùng phần còn "
            + "lại của 60.",
        "Most requests a minute, of the 60 that SpeedSMS takes in all. What hands over messages keeps to what "
            + "these leave of the 60.")]
    [Range(1, 30)]
    public int PerMinute { get; set; } = 6;

    internal override TimeSpan Between => TimeSpan.FromMinutes(1.0 / PerMinute);
}
