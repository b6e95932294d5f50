using static SmsCampaign.Campaigns.CampaignKeyForms;

namespace SmsCampaign.Campaigns;

/// <summary>The keys of a segment whose subscribers a carrier holds, beneath <see cref="SegmentKeys"/>.</summary>
static class HeldKeys
{
    /// <summary>More than the subscribers of the country (120 million), so a slip.</summary>
    const long MostSubscribers = 1_000_000_000;

    static readonly Wording WithHolder = new("không (phải ghi khi có `heldBy`)", "no (required with `heldBy`)");

    public static readonly CampaignKey HeldBy = Text("heldBy", new(
        "Nhà mạng giữ danh sách thuê bao và tự nhắn tin theo công văn của Sở, một tên trong `holders` của tệp cấu "
            + "hình; "
            + "ghi thay cho `file`, cùng các khóa dưới đây",
        "The carrier that holds the subscribers and texts them itself, as a letter asks it to: a name from `holders` "
            + "of "
            + "the installation file, in place of `file`, with the keys below"))
        with
    {
        Required = false,
        Example = "viettel",
        Unset = new("`file` hoặc `heldBy`", "`file` or `heldBy`"),
        Value = Of(held => held.HeldBy),
    };

    public static readonly IReadOnlyList<CampaignKey> All =
    [
        HeldBy,
        List("areas", new(
            "Địa bàn của thuê bao, ghi như sẽ viết trong công văn",
            "Where the subscribers are, as the letter is to say it"))
            with
        {
            Required = false,
            Example = "[tỉnh Đắk Lắk]",
            Unset = WithHolder,
            IsDistinct = true,
            Value = Of(held => string.Join(", ", held.Areas)),
        },
        List("subscribers", new(
            "Loại thuê bao: `prepaid` (trả trước), `postpaid` (trả sau)",
            "Which subscribers: `prepaid`, `postpaid`"))
            with
        {
            Required = false,
            Example = "[prepaid, postpaid]",
            Unset = new("không (cả hai loại)", "no (both)"),
            IsDistinct = true,
            Value = Of(held => held.Classes.Count == 2 ? "" : string.Join(", ", held.Classes.Select(WordOf))),
        },
        Choice("located", [.. Criteria], new(
            "Thuê bao thuộc địa bàn theo gì. `registered`: nơi đăng ký. `serving`: trạm đang phục vụ",
            "By what a subscriber is of an area. `registered`: where they registered. `serving`: the cell that serves "
                + "them"))
            with
        {
            Required = false,
            Example = "registered",
            Default = "registered",
            Value = item => item is HeldSegment held ? WordOf(held.Criterion) : "registered",
        },
        Number("estimate", MostSubscribers, new(
            "Ước tính số thuê bao, chỉ viết chữ số",
            "Subscribers, as estimated, digits alone"))
            with
        {
            Example = "1450000",
            Unset = WithHolder,
            Value = Of(held => Plain(held.Estimate)),
        },
        List("exclude", new(
            "Thuê bao không gửi tới, ghi như sẽ viết trong công văn",
            "Subscribers who are not texted, as the letter is to say it"))
            with
        {
            Required = false,
            Example = "[thuê bao đã từ chối nhận tin]",
            IsDistinct = true,
            Value = Of(held => string.Join(", ", held.Exclude)),
        },
        Text("acknowledgeBy", new(
            "Nhà mạng phải trả lời đồng ý hay từ chối chậm nhất hết ngày này; chiến dịch hằng năm viết được ngày/tháng",
            "By the end of which day the carrier says yes or no; for a campaign of every year day/month will do"))
            with
        {
            Required = false,
            Example = "20/7/2025",
            Pattern = CampaignKeys.DateOrDay,
            Unset = WithHolder,
            Value = Of(held => DayOf(held.AcknowledgeBy)),
        },
        Text("reportBy", new(
            "Nhà mạng phải báo cáo kết quả chậm nhất hết ngày này",
            "By the end of which day the carrier reports"))
            with
        {
            Required = false,
            Example = "8/8/2025",
            Pattern = CampaignKeys.DateOrDay,
            Unset = WithHolder,
            Value = Of(held => DayOf(held.ReportBy)),
        },
        Choice("resultNumbers", [.. Numbers], new(
            "Nhà mạng báo cáo bằng danh sách từng số thì lưu các số thế nào. `hashed`: chỉ lưu mã băm bằng khóa của "
                + "nơi cài đặt. `full`: lưu nguyên số",
            "How numbers are kept that a carrier lists in its report. `hashed`: by a hash with the installation's key "
                + "alone. `full`: as they are"))
            with
        {
            Required = false,
            Example = "hashed",
            Default = "hashed",
            Value = item => item is HeldSegment held ? WordOf(held.ResultNumbers) : "hashed",
        },
        Map("contact", new(
            "Đầu mối ở nhà mạng, gồm các khóa dưới đây",
            "Whom to ask at the carrier, with the keys below"),
            Text("name", new("Họ tên", "Name"))
                with { Example = "Nguyễn Văn A", Value = OfContact(contact => contact.Name) },
            Text("title", new("Chức vụ, đơn vị", "Office"))
                with
            {
                Required = false,
                Example = "Trưởng phòng",
                Value = OfContact(contact => contact.Title),
            },
            Text("phone", new("Điện thoại", "Telephone"))
                with
            {
                Required = false,
                Example = "\"0262 3 000 000\"",
                MayBeDigits = true,
                Value = OfContact(contact => contact.Phone),
            },
            Text("email", new("Thư điện tử", "Mail"))
                with
            {
                Required = false,
                Example = "dau-moi@example.vn",
                Value = OfContact(contact => contact.Email),
            })
            with
        {
            Required = false,
        },
    ];

    public static string WordOf(SubscriberClass which) => which == SubscriberClass.Prepaid ? "prepaid" : "postpaid";

    public static string WordOf(ListedNumbers numbers) => Numbers[(int)numbers];

    public static string WordOf(AreaCriterion criterion) => Criteria[(int)criterion];

    static IReadOnlyList<string> Criteria => ["registered", "serving"];

    static IReadOnlyList<string> Numbers => ["hashed", "full"];

    static string? DayOf(HeldDay day) =>
        CampaignKeyForms.Day(day.Date, day.Date is null ? day.Day : null, day.Date is null ? day.Month : null);

    static Func<object, string?> Of(Func<HeldSegment, string?> value) =>
        item => item is HeldSegment held ? value(held) : null;

    static Func<object, string?> OfContact(Func<HolderContact, string?> value) =>
        item => item is HeldSegment { Contact: { } contact } ? value(contact) : null;
}
