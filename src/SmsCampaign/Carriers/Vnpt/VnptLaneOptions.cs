using System.ComponentModel.DataAnnotations;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Vnpt;

/// <summary>
/// An account at VNPT VinaPhone's SMS Brandname gateway: RQST/RPLY as JSON over HTTP. Text goes through templates that
/// VNPT has approved; a list must be of one network. No document open to the public gives the longest list, the rate or
/// how long a request id is remembered: ask VNPT.
/// </summary>
public sealed class VnptLaneOptions : LaneOptions
{
    /// <summary>Where the gateway is, such as https://HOST/smsbn/api. VNPT gives it; required.</summary>
    [Required]
    public Uri? Url { get; set; }

    /// <summary>The agent's id. Required.</summary>
    [Required, MinLength(1)]
    public string AgentId { get; set; } = "";

    /// <summary>User of the API. Required.</summary>
    [Required, MinLength(1)]
    public string ApiUser { get; set; } = "";

    /// <summary>Password of the API. Required.</summary>
    [Required, Secret]
    public string ApiPass { get; set; } = "";

    /// <summary>The agent's login at VNPT's portal. Required.</summary>
    [Required, MinLength(1)]
    public string UserName { get; set; } = "";

    /// <summary>Id of the sender name (label) at VNPT. Required.</summary>
    [Required, MinLength(1)]
    public string LabelId { get; set; } = "";

    /// <summary>Id of the contract. Required.</summary>
    [Required, MinLength(1)]
    public string ContractId { get; set; } = "";

    /// <summary>1: care, which public messages are sent as; 2: advertising, with VNPT's own hours and
    /// limits. 1 unless set.</summary>
    [Range(1, 2)]
    public int ContractTypeId { get; set; } = 1;

    /// <summary>The templates that VNPT has approved for the label. At least one. Each has id, and text with {1}, {2}
    /// for the parameters; without text the whole text is one parameter.</summary>
    [Required, MinLength(1)]
    public List<VnptTemplate> Templates { get; set; } = [];

    /// <summary>Order of the e-commerce department, where the contract has one. None unless set.</summary>
    public string SaleOrderId { get; set; } = "";

    /// <summary>Package of that order. None unless set.</summary>
    public string PackageId { get; set; } = "";

    /// <summary>Characters that the gateway does not take: integrations report answer -1 for those that mean
    /// something in XML, also where they are escaped (an assumption for JSON). None where empty; &amp; &lt;
    /// &gt; " ' unless set.</summary>
    public string ForbiddenCharacters { get; set; } = "&<>\"'";

    /// <summary>How VNPT is asked what became of a message. Unset: it is not.</summary>
    public VnptInquiryOptions? Inquiry { get; set; }

    /// <summary>The gateway (DATACODING) knows texts with and without diacritics only.</summary>
    protected override LengthTable? OwnAlphabet => LengthTable.Care;

    protected override IEnumerable<Wording> OwnFaultsOf(SmsText text)
    {
        foreach (var fault in ForbiddenText.FaultsOf(text.Value, ForbiddenCharacters))
            yield return fault;

        var parsed =
            Templates.Select(template => VnptTemplateText.TryParse(template)).OfType<VnptTemplateText>().ToList();
        if (parsed.Count == 0 || parsed.Exists(template => template.Match(text.Value) is not null))
            yield break;

        var nearest = parsed.MaxBy(template => template.MatchedOf(text.Value))!;
        var missing = nearest.MissingOf(text.Value);
        yield return new Wording(
            $"Nội dung không khớp mẫu tin nào đã đăng ký với VNPT. Gần nhất là mẫu {nearest.Id}: "
                + $"chưa thấy “{missing}” đúng từng chữ ở chỗ của mẫu. Hãy sửa nội dung theo mẫu, hoặc đăng ký "
                + $"mẫu mới với VNPT và ghi vào templates.",
            $"It fits no template registered with VNPT. The nearest is {nearest.Id}: '{missing}' does not stand, "
                + $"letter by letter, where the template has it. Change the text, or register a template with "
                + $"VNPT and add it to templates.");
    }

    protected internal override IEnumerable<LaneAddress> Addresses => [new("url", Url)];

    protected override InquiryOptions? Asking => Inquiry;

    protected internal override IEnumerable<SettingsFault> OwnFaults()
    {
        for (var at = 0; at < Templates.Count; at++)
        {
            if (VnptTemplateText.TryParse(Templates[at]) is null)
            {
                yield return SettingsFault.Of($"templates[{at}].text",
                    "Các tham số {1}, {2}… phải đánh số từ 1, mỗi số một lần, và giữa hai tham số phải có chữ.",
                    "The parameters {1}, {2}… must be numbered from 1, each once, with words between any two.");
            }
        }

        if (Inquiry is { Variant: VnptInquiryVariant.Subscriber } && Templates.Count > 1)
        {
            yield return SettingsFault.Of("inquiry.variant",
                "Kiểu subscriber hỏi kèm mã mẫu tin nên chỉ dùng được khi kênh có một mẫu.",
                "The variant subscriber asks by the template, so the lane can have only one.");
        }

        if (Inquiry is { Variant: VnptInquiryVariant.Request } && MostPerCall > 1)
        {
            yield return SettingsFault.Of("inquiry.variant",
                "Kiểu request chỉ hỏi được theo cả yêu cầu, không biết từng số: cần mostPerCall là 1.",
                "The variant request tells only of the whole call, not of a number: mostPerCall must be 1.");
        }

        if (Inquiry is { AbsentMeansNotTaken: true })
        {
            yield return SettingsFault.Of("inquiry.absentMeansNotTaken",
                "Không dùng được: VNPT không có câu trả lời nào nghĩa là không có tin này.",
                "Not possible: no answer of VNPT's means that it does not know a message.");
        }
    }
}

/// <summary>A template that VNPT has approved.</summary>
public sealed class VnptTemplate
{
    /// <summary>Its id at VNPT. Required.</summary>
    [Required, MinLength(1)]
    public string Id { get; set; } = "";

    /// <summary>Its text as approved, with {1}, {2} where the parameters go. Unset: the whole text
    /// is one parameter.</summary>
    public string? Text { get; set; }
}

/// <summary>How a message is asked about. Integrations disagree; VNPT says which holds for the account.</summary>
public enum VnptInquiryVariant
{
    /// <summary>By request id and subscriber, with label, template and day (MSISND, SCHEDULETIME).</summary>
    Subscriber,

    /// <summary>By request id and time of sending alone (SENDTIME).</summary>
    Request,
}

/// <summary>How VNPT is asked: get_sms_status_api, one message a request.</summary>
public sealed class VnptInquiryOptions : InquiryOptions
{
    /// <summary>subscriber or request. subscriber unless set.</summary>
    public VnptInquiryVariant Variant { get; set; } = VnptInquiryVariant.Subscriber;
}
