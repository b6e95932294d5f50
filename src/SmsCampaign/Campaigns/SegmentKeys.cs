using SmsCampaign.Files.Binding;
using static SmsCampaign.Campaigns.CampaignKeyForms;

namespace SmsCampaign.Campaigns;

/// <summary>The keys of a segment of the campaign file, beneath <see cref="CampaignKeys"/>.</summary>
static class SegmentKeys
{
    /// <summary>Lowest priority of a segment; far more than there are segments.</summary>
    const long LowestSegment = 1000;

    public static readonly FileKey[] All =
    [
        Text("name", new(
            "Tên nhóm nhận tin, hiện trong báo cáo; không trùng nhau",
            "Its name, shown in the report; no two have one"))
            with { Example = "xa-bien-gioi", MayBeDigits = true },
        Text("file", new(
            "Tệp thuê bao CSV hoặc XLSX; đường dẫn tính từ thư mục của tệp chiến dịch",
            "CSV or XLSX file of subscribers; its path begins at the campaign file's folder"))
            with
            {
                Required = false,
                Unset = new("`file` hoặc `heldBy`", "`file` or `heldBy`"),
                Example = "subscribers.csv",
                Value = OfSegment((segment, campaign) => Relative(segment.File, campaign)),
            },
        new CampaignKey("sheet", KeyKind.TextOrList, Required: false)
        {
            Words = new(
                "Trang tính cần đọc của tệp Excel, một tên hoặc danh sách tên",
                "Sheets of the workbook to read, one name or a list"),
            Example = "Đợt 1",
            Unset = new(
                "không (trang đang hiện có cột số điện thoại; có nhiều trang như vậy thì phải ghi)",
                "no (the visible sheet with numbers; where there are several it must be said)"),
            MayBeDigits = true,
            Value = OfSegment((segment, _) => string.Join(", ", segment.Sheets)),
        },
        Choice("hiddenRows", ["take", "leave"], new(
            "Hàng đang ẩn trong Excel (do bộ lọc hoặc ẩn bằng tay). `take`: vẫn gửi. `leave`: không gửi, đếm vào "
            + "loại trừ",
            "Rows that Excel hides (by a filter or by hand). `take`: sent to. `leave`: "
                + "not sent to, counted as excluded"))
            with
            {
                Required = false,
                Example = "take",
                Unset = new("không (có hàng ẩn thì báo lỗi để hỏi)", "no (hidden rows are an error that asks)"),
                Value = OfSegment((segment, _) =>
                    segment.HiddenRows switch { HiddenRows.Take => "take", HiddenRows.Leave => "leave", _ => "" }),
            },
        Map("columns", new(
            "Tên cột trong tệp khi không phải tên thường gặp (xem mục 5), gồm các khóa dưới đây",
            "Names of the file's columns where they are not the usual ones, with the keys below"),
            Column("phone", new("Tên cột số điện thoại", "The column of numbers"), "Máy 1"),
            Column("carrier", new("Tên cột nhà mạng", "The column of carriers"), "Thuê bao của"),
            Column("commune", new(
                "Tên cột xã/phường",
                "The column of communes"), "Nơi ở")) with { Required = false },
        new CampaignKey("filter", KeyKind.Filter, Required: false)
        {
            Words = new(
                "Chỉ lấy các dòng có giá trị này ở cột này, không phân biệt chữ hoa, chữ thường; "
                + "nhiều cột thì phải khớp mọi cột. "
                + "Dòng không nhóm nào lấy được đếm là \"ngoài mọi nhóm nhận tin\"",
                "Takes the rows alone that have this value in this column, case ignored; of several columns all. "
                + "Rows that no segment takes are counted as outside all segments"),
            Example = "xã/phường: [Ea Bung, Buôn Đôn]",
            Unset = new("không (cả tệp)", "no (all of the file)"),
            Items = item => item is (Campaign, Segment segment)
                ? segment.Filter.Select(filter => (filter.Column, (object)string.Join(", ", filter.Values)))
                : [],
        },
        Text("message", new(
            "Tên tin gửi cho nhóm nhận tin, một trong các tên ở `messages`",
            "Name of the text it is sent, one of those in `messages`"))
            with
            {
                Example = "thong-diep",
                MayBeDigits = true,
                Value = item => item switch
                {
                    (Campaign, Segment segment) => segment.Message,
                    HeldSegment held => held.Message,
                    _ => null,
                },
            },
        Number("priority", LowestSegment, new(
            "Thứ tự ưu tiên, 1 là cao nhất; bằng nhau thì theo thứ tự trong tệp",
            "Its rank, 1 is highest; equals stand in the order of the file"))
            with { Example = "1", Default = "1", Value = OfSegment((segment, _) => Plain(segment.Priority)) },
        .. HeldKeys.All,
    ];

    /// <summary>Those that say something of a file's rows, and nothing of a segment that a carrier holds.</summary>
    public static readonly IReadOnlySet<string> OfOwnFile =
        new HashSet<string> { "sheet", "hiddenRows", "columns", "filter", "priority" };

    static CampaignKey Column(string name, Wording words, string example) => new(name, KeyKind.Text, Required: false)
    {
        Words = words,
        Example = example,
        MayBeDigits = true,
        Value = OfSegment((segment, _) => segment.Columns.GetValueOrDefault(name)),
    };

    static Func<object, string?> OfSegment(Func<Segment, Campaign, string?> value) =>
        item => item is (Campaign campaign, Segment segment) ? value(segment, campaign) : null;
}
