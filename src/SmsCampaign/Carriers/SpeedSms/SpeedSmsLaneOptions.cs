using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.SpeedSms;

/// <summary>
/// An account at SpeedSMS, an aggregator (speedsms.vn, "SMS API"). Lists of up to 100 numbers with one text. It takes
/// 60 requests in 60 seconds, those of an inquiry included: without mostPerCall above 1 that is one message a second.
/// </summary>
public sealed class SpeedSmsLaneOptions : LaneOptions
{
    /// <summary>Numbers in one request, by the document.</summary>
    const int MostNumbers = 100;

    /// <summary>Requests in 60 seconds, by the document.</summary>
    internal const int MostRequests = 60;

    /// <summary>Where the API is, with a slash at the end. https://api.speedsms.vn/index.php/ unless set.</summary>
    public Uri Url { get; set; } = new("https://api.speedsms.vn/index.php/");

    /// <summary>The account's API access token. Required.</summary>
    [Required, Secret]
    public string Token { get; set; } = "";

    /// <summary>sms_type of every message. 1 to 8; 3, under the campaign's sender name as a brandname of the account,
    /// unless set. The others go out under a number or a name of SpeedSMS's own: 2 a number at random, 4 Verify or
    /// Notify, 5 an Android phone.</summary>
    [Range(1, 8)]
    public int SmsType { get; set; } = 3;

    /// <summary>The class of failure of each status from 64 in a callback; unknown where it is not here. None unless
    /// set: no document says.</summary>
    public Dictionary<string, FailureClass> Failures { get; set; } = [];

    /// <summary>Whether SpeedSMS is asked what became of messages it gave an id to. Unset: it is not. It is asked by
    /// the call's id, one a request, for all its messages; perMinute takes the place of perSecond.</summary>
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
    /// <summary>Most requests a minute, of the 60 that SpeedSMS takes in all. 1 to 30; 6 unless set. What hands over
    /// messages keeps to what these leave of the 60.</summary>
    [Range(1, 30)]
    public int PerMinute { get; set; } = 6;

    internal override TimeSpan Between => TimeSpan.FromMinutes(1.0 / PerMinute);
}
