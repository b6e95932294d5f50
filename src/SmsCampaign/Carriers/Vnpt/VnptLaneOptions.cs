using System.ComponentModel.DataAnnotations;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Vnpt;

[Meaning(
    "Tài khoản tại cổng SMS Brandname của VNPT VinaPhone: RQST/RPLY bằng JSON qua HTTP. Nội dung đi theo mẫu "
        + "tin đã được VNPT duyệt; một danh sách chỉ gồm số của một mạng. Không tài liệu công khai nào nói danh "
        + "sách dài nhất, tốc độ hay thời gian nhớ mã yêu cầu: hãy hỏi VNPT.",
    "An account at VNPT VinaPhone's SMS Brandname gateway: RQST/RPLY as JSON over HTTP. Text goes through "
        + "templates that VNPT has approved; a list must be of one network. No document open to the public gives "
        + "the longest list, the rate or how long a request id is remembered: ask VNPT.")]
public sealed class VnptLaneOptions : LaneOptions
{
    [Meaning(
        "Địa chỉ cổng do VNPT cấp, ví dụ https://MÁY-CHỦ/smsbn/api.",
        "Where the gateway is, such as https://HOST/smsbn/api. VNPT gives it.")]
    [Required]
    public Uri? Url { get; set; }

    [Meaning("Mã đại lý.", "The agent's id.")]
    [Required, MinLength(1)]
    public string AgentId { get; set; } = "";

    [Meaning("Tên dùng cho API.", "User of the API.")]
    [Required, MinLength(1)]
    public string ApiUser { get; set; } = "";

    [Meaning("Mật khẩu của API.", "Password of the API.")]
    [Required, Secret]
    public string ApiPass { get; set; } = "";

    [Meaning("Tên đăng nhập của đại lý tại cổng quản lý của VNPT.", "The agent's login at VNPT's portal.")]
    [Required, MinLength(1)]
    public string UserName { get; set; } = "";

    [Meaning("Mã của tên định danh (label) tại VNPT.", "Id of the sender name (label) at VNPT.")]
    [Required, MinLength(1)]
    public string LabelId { get; set; } = "";

    [Meaning("Mã hợp đồng.", "Id of the contract.")]
    [Required, MinLength(1)]
    public string ContractId { get; set; } = "";

    [Meaning(
        "1: chăm sóc khách hàng, tin tuyên truyền đi theo loại này; 2: quảng cáo, với giờ và giới hạn riêng "
            + "của VNPT.",
        "1: care, which public messages are sent as; 2: advertising, with VNPT's own hours and limits.")]
    [Range(1, 2)]
    public int ContractTypeId { get; set; } = 1;

    [Meaning(
        "Các mẫu tin VNPT đã duyệt cho tên định danh. Mỗi mẫu có id, và text với {1}, {2} ở chỗ các tham số; "
            + "không có text thì cả nội dung là một tham số.",
        "The templates that VNPT has approved for the label. Each has id, and text with {1}, {2} for the "
            + "parameters; without text the whole text is one parameter.")]
    [Required, MinLength(1)]
    public List<VnptTemplate> Templates { get; set; } = [];

    [Meaning(
        "Mã đơn hàng của bộ phận thương mại điện tử, nếu hợp đồng có.",
        "Order of the e-commerce department, where the contract has one.")]
    public string SaleOrderId { get; set; } = "";

    [Meaning("Mã gói của đơn hàng đó.", "Package of that order.")]
    public string PackageId { get; set; } = "";

    [Meaning(
        "Các ký tự cổng không nhận: các chương trình đã tích hợp báo trả lời -1 với ký tự có nghĩa trong XML, "
            + "kể cả khi đã viết thoát (với JSON đây là giả định). Để trống: không có ký tự nào.",
        "Characters that the gateway does not take: integrations report answer -1 for those that mean "
            + "something in XML, also where they are escaped (an assumption for JSON). Empty: none.")]
    public string ForbiddenCharacters { get; set; } = "&<>\"'";

    [Meaning(
        "Cách hỏi VNPT kết quả của một tin. Không ghi: không hỏi.",
        "How VNPT is asked what became of a message. Unset: it is not.")]
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
    [Meaning("Mã của mẫu tin tại VNPT.", "Its id at VNPT.")]
    [Required, MinLength(1)]
    public string Id { get; set; } = "";

    [Meaning(
        "Nguyên văn mẫu tin đã duyệt, với {1}, {2} ở chỗ các tham số. Không ghi: cả nội dung là một tham số.",
        "Its text as approved, with {1}, {2} where the parameters go. Unset: the whole text is one parameter.")]
    public string? Text { get; set; }
}

/// <summary>How a message is asked about. Integrations disagree; VNPT says which holds for the account.</summary>
public enum VnptInquiryVariant
{
    [Meaning(
        "Theo mã yêu cầu và thuê bao, kèm tên định danh, mẫu tin và ngày (MSISND, SCHEDULETIME).",
        "By request id and subscriber, with label, template and day (MSISND, SCHEDULETIME).")]
    Subscriber,

    [Meaning("Chỉ theo mã yêu cầu và giờ gửi (SENDTIME).", "By request id and time of sending alone (SENDTIME).")]
    Request,
}

/// <summary>How VNPT is asked: get_sms_status_api, one message a request.</summary>
public sealed class VnptInquiryOptions : InquiryOptions
{
    [Meaning("Hỏi bằng những gì.", "What it is asked by.")]
    public VnptInquiryVariant Variant { get; set; } = VnptInquiryVariant.Subscriber;
}
