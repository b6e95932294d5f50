using SmsCampaign.Files.Binding;

using static SmsCampaign.Campaigns.CampaignKeyForms;

namespace SmsCampaign.Campaigns;

/// <summary>
/// Every key of the campaign file, declared once. config/schema/campaign.schema.json and the table of the
/// handbook are written from here (<c>UPDATE_SCHEMA=1</c>), the file is held to it, and a change of a value
/// is named and hashed by it.
/// </summary>
static class CampaignKeys
{
    const string Date = "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}";
    internal const string DateOrDay = "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}(/[0-9]{4})?";
    const string Time = "([01]?[0-9]|2[0-3]):[0-5][0-9]";

    /// <summary>Longest id: it names folders.</summary>
    internal const int LongestId = 60;

    /// <summary>More than the phones in the country (120 million subscribers), so a slip.</summary>
    const long MostMessages = 1_000_000_000;

    /// <summary>1,000 billion VND: beyond any budget for texting.</summary>
    const long MostCostVnd = 1_000_000_000_000;

    public static readonly CampaignKey Root = new("", KeyKind.Map, Required: true)
    {
        Words = new(
            "Khai báo một chiến dịch nhắn tin của tỉnh. Mỗi tệp một chiến dịch.",
            "One campaign of a province. A file a campaign."),
        Keys =
        [
            Text("id", new(
                $"Mã chiến dịch, cũng là tên thư mục báo cáo: chữ thường không dấu, chữ số, dấu `-`, "
                    + $"tối đa {LongestId} ký tự",
                $"The campaign's id, which names the report's folder: small letters without diacritics, digits and "
                + $"`-`, at most {LongestId}"))
                with
                {
                    Example = "dak-lak-2025",
                    Pattern = "[a-z0-9]([a-z0-9-]*[a-z0-9])?",
                    Most = LongestId,
                    Value = Of(campaign => campaign.Id),
                },
            Text("title", new("Tên chiến dịch, tiêu đề báo cáo", "The campaign's name, the title of its report"))
                with
                {
                    Example = "Nhắn tin Ngày toàn dân phòng, chống mua bán người",
                    MayBeDigits = true,
                    Value = Of(campaign => campaign.Title),
                },
            Choice("mode", ["exercise", "live"], new(
                "`exercise`: diễn tập, chỉ gửi tới cổng mô phỏng, không tới máy thật. `live`: "
                    + "gửi thật tới máy của người dân",
                "`exercise`: to stand-in gateways only, no real phone. `live`: to people's phones"))
                with
                {
                    Example = "exercise",
                    Value = Of(campaign => campaign.Mode == CampaignMode.Live ? "live" : "exercise"),
                },
            Map("directive", new(
                "Văn bản giao nhiệm vụ nhắn tin, gồm các khóa dưới đây",
                "The document that orders the campaign, with the keys below"),
                Text("issuer", new("Cơ quan ban hành", "Who issued it"))
                    with { Example = "UBND tỉnh Đắk Lắk", Value = Of(campaign => campaign.Directive.Issuer) },
                Text("number", new("Số, ký hiệu văn bản", "Its number"))
                    with
                    {
                        Required = false,
                        Example = "1234/UBND-NC",
                        MayBeDigits = true,
                        Value = Of(campaign => campaign.Directive.Number),
                    },
                Text("date", new("Ngày ban hành", "Its date"))
                    with
                    {
                        Required = false,
                        Example = "15/7/2025",
                        Pattern = Date,
                        Value = Of(campaign => Day(campaign.Directive.Date)),
                    },
                Text("item", new("Mục, điểm giao việc trong văn bản", "The item that orders the campaign"))
                    with
                    {
                        Required = false,
                        Example = "\"7\"",
                        MayBeDigits = true,
                        Value = Of(campaign => campaign.Directive.Item),
                    },
                Text("legalBasis", new("Căn cứ pháp lý", "What it is based on"))
                    with
                    {
                        Required = false,
                        Example = "Quyết định số 1137/QĐ-TTg ngày 13/6/2025",
                        Value = Of(campaign => campaign.Directive.LegalBasis),
                    },
                Text("text", new(
                    "**Nguyên văn** thông điệp trong văn bản; tin gửi đi được so với đoạn này, "
                        + "khác chỗ nào thì báo chỗ đó. Văn bản cho nhiều câu (như nhiều khẩu hiệu) thì ghi mỗi câu "
                        + "một dòng (xem samples/lang-son-2022): mỗi tin được so với câu gần nhất. Văn bản không cho "
                        + "sẵn lời thì không ghi",
                    "The message in the document's own words; what is sent is compared with it, "
                        + "and each difference told. Where the document quotes several, such as slogans, each on a "
                        + "line (see samples/lang-son-2022): a message is compared with the nearest. Left out where it "
                        + "quotes none"))
                    with
                    {
                        Required = false,
                        Unset = new("văn bản không cho sẵn lời", "it quotes none"),
                        Value = Of(campaign => campaign.Directive.Text),
                    },
                Text("reportTo", new("Nơi nhận báo cáo kết quả", "To whom the result is reported"))
                    with
                    {
                        Example = "UBND tỉnh (qua Công an tỉnh tổng hợp chung)",
                        Value = Of(campaign => campaign.Directive.ReportTo),
                    },
                Text("reportBy", new(
                    "Hạn báo cáo theo văn bản; chiến dịch hằng năm ghi ngày/tháng",
                    "When the report is due; of a yearly campaign day/month"))
                    with
                    {
                        Example = "30/9/2025",
                        Pattern = DateOrDay,
                        Value = Of(campaign => Day(
                            campaign.Directive.ReportBy,
                            campaign.Directive.ReportByDay,
                            campaign.Directive.ReportByMonth)),
                    },
                List("reports", new(
                    "Các ngày phải báo cáo định kỳ theo văn bản, mỗi ngày ghi ngày/tháng; kỳ đầu là ngày đầu tiên từ "
                        + "ngày gửi",
                    "The days by which the document asks for further reports, each as day/month; the first falls on or "
                        + "after the day of sending"))
                    with
                    {
                        Required = false,
                        Example = "[10/3, 10/6, 10/9, 10/12]",
                        IsDistinct = true,
                        Value = Of(campaign => string.Join(", ", campaign.Directive.Reports)),
                    }),
            Text("sender", new(
                "Tên định danh hiện trên máy người nhận: 1 đến 11 ký tự, chữ Latinh không dấu, chữ số, "
                + "`-` `_` `.` và dấu cách, "
                + "có ít nhất một chữ cái (Nghị định 91/2020/NĐ-CP, Điều 23)",
                "The sender that phones show: 1 to 11 Latin letters without diacritics, digits, "
                + "`-` `_` `.` and spaces, "
                + "with one letter at least (Decree 91/2020/NĐ-CP, article 23)"))
                with
                {
                    Example = "CHINH PHU",
                    Pattern = "(?=.*[A-Za-z])[A-Za-z0-9._-]([A-Za-z0-9._ -]{0,9}[A-Za-z0-9._-])?",
                    Value = Of(campaign => campaign.Sender),
                },
            MapList("messages", new(
                "Các nội dung tin, mỗi tin bắt đầu bằng dấu `-`; nhóm nhận tin chọn tin theo tên",
                "The texts, each begun with `-`; a segment chooses one by name"),
                Text("name", new(
                    "Tên tin, để nhóm nhận tin gọi tới; không trùng nhau",
                    "Its name, for the segments; no two have one"))
                    with { Example = "thong-diep", MayBeDigits = true },
                Text("language", new(
                    "Mã ngôn ngữ; chữ không thuộc ngôn ngữ này là lỗi. `vi` tiếng Việt, `rad` Ê Đê, `jra` Gia Rai, "
                    + "`cmo`, `mng`, `mnn` Mnông, `bdq` Ba Na, "
                    + "`sed` Xơ Đăng, `kpm` Cơ Ho, `tyz` Tày, `nut` Nùng, `mtq` Mường, `hmn` Mông (chữ Việt Nam 1961), "
                    + "`mww`, `hnj` Mông (RPA), `km` Khmer, "
                    + "`blt` Thái, `cjm-cham` Chăm, `en` tiếng Anh; ngôn ngữ khác (như `cma` Mạ, `cje` Chu "
                    + "Ru) chưa có bảng chữ cái: "
                    + "chỉ kiểm tra ký tự hỏng, ký tự lạ và độ dài",
                    "Language tag; letters of no such language are errors. A language without a table of letters is "
                    + "checked for broken and strange "
                    + "characters and for length alone"))
                    with
                    {
                        Required = false,
                        Example = "vi",
                        Default = "vi",
                        Pattern = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*",
                        Value = OfMessage(text => text.Language),
                    },
                List("letters", new(
                    "Chữ ngoài a-z mà tin được viết, khi ngôn ngữ chưa có bảng chữ cái hoặc bản dịch viết theo bảng "
                        + "khác: từng chữ, và `vi` cho mọi chữ tiếng Việt. Chữ khác là lỗi; chữ tiếng Việt không khai "
                        + "thì cảnh báo, vì có thể là tên riêng",
                    "Letters beyond a-z that the text is written with, where the language has no table of them or the "
                        + "translation follows another: each letter, and `vi` for all of Vietnamese. Any other is an "
                        + "error; a Vietnamese one that is not declared is a warning, as it may be a name's"))
                    with
                    {
                        Required = false,
                        Example = "[vi, č, ê̆]",
                        Unset = new("theo `language`", "as of `language`"),
                        IsDistinct = true,
                        Value = OfMessage(text => string.Join(", ", text.Letters)),
                    },
                Text("text", new(
                    "Nội dung gửi đi. Sau `>-` được viết nhiều dòng, chương trình nối thành một",
                    "What is sent. Behind `>-` it may have several lines, which are joined"))
                    with { Value = OfMessage(text => text.Text.Value) },
                Choice("form", ["accented", "unaccented"], new(
                    "`accented`: gửi có dấu như đã viết. `unaccented`: chương trình bỏ dấu trước khi gửi, ít phần hơn",
                    "`accented`: sent as written. `unaccented`: diacritics are taken off "
                    + "before it is sent, which makes "
                    + "fewer parts"))
                    with
                    {
                        Required = false,
                        Example = "accented",
                        Default = "accented",
                        Value = OfMessage(text => text.Unaccented ? "unaccented" : "accented"),
                    }) with
                    {
                        Items = campaign =>
                            ((Campaign)campaign).Messages.Select(message => (message.Name, (object)message)),
                    },
            Map("schedule", new(
                "Ngày, giờ gửi và cách xử lý khi lỡ giờ, gồm các khóa dưới đây; "
                    + "ghi `date` hoặc `yearly`, không ghi cả hai",
                "Day and hours, and what happens when they are missed, with the keys below; "
                    + "`date` or `yearly`, not both"),
                Text("date", new("Gửi một ngày", "Sent on one day"))
                    with
                    {
                        Required = false,
                        Example = "30/7/2025",
                        Pattern = Date,
                        Unset = EitherDay,
                        Value = Of(campaign =>
                            Day(campaign.Schedule.Date, campaign.Schedule.YearlyDay, campaign.Schedule.YearlyMonth)),
                    },
                Text("yearly", new(
                    "Gửi hằng năm vào ngày này, viết ngày/tháng; mỗi năm là một lần gửi riêng",
                    "Sent on this day every year, day/month; each year is a run of its own"))
                    with { Required = false, Example = "30/7", Pattern = "[0-9]{1,2}/[0-9]{1,2}", Unset = EitherDay },
                Map("window", new(
                    "Khung giờ được gửi, trong cùng một ngày; ngoài khung giờ không tin nào được gửi đi",
                    "The hours in which it is sent, of one day; outside them nothing leaves"),
                    Text("from", new("Giờ mở, không nên trước 07:00", "When they begin, better not before 07:00"))
                        with
                        {
                            Example = "\"08:00\"",
                            Pattern = Time,
                            Value = Of(campaign => Hour(campaign.Schedule.Window.Opens)),
                        },
                    Text("to", new("Giờ đóng, không nên sau 22:00", "When they end, better not after 22:00"))
                        with
                        {
                            Example = "\"20:00\"",
                            Pattern = Time,
                            Value = Of(campaign => Hour(campaign.Schedule.Window.Closes)),
                        }),
                Text("timeZone", new("Múi giờ của khung giờ", "Time zone of the hours"))
                    with
                    {
                        Required = false,
                        Example = ScheduleReader.DefaultZone,
                        Default = ScheduleReader.DefaultZone,
                        Unset = new("không (giờ Việt Nam)", "no (Vietnam's)"),
                        Value = Of(campaign => campaign.Schedule.Window.Zone.Id),
                    },
                Choice("missed", ["start-late", "hold", "skip"], new(
                    "Khi máy không chạy lúc mở khung giờ. `start-late`: gửi muộn nếu còn trong khung giờ. `hold`: dừng "
                    + "chờ người phụ trách quyết định. `skip`: bỏ lần này",
                    "When the machine did not run at the opening. `start-late`: sent late, within the hours. `hold`: "
                    + "waits for a person. `skip`: not this time"))
                    with
                    {
                        Example = "start-late",
                        Value = Of(campaign => campaign.Schedule.Missed switch
                        {
                            MissedPolicy.StartLate => "start-late",
                            MissedPolicy.Skip => "skip",
                            _ => "hold",
                        }),
                    },
                Choice("leftovers", ["next-day", "hold", "drop"], new(
                    $"Tin chưa gửi khi hết giờ. `next-day`: gửi tiếp cùng giờ hôm sau, "
                    + $"tối đa {Schedule.MostDays} ngày. "
                    + $"`hold`: dừng chờ người phụ trách quyết định. `drop`: không gửi nữa, ghi vào báo cáo",
                    $"What is not sent when the hours end. `next-day`: in the same hours of the "
                    + $"next, {Schedule.MostDays} "
                    + $"days at most. `hold`: waits for a person. `drop`: not sent, and reported so"))
                    with
                    {
                        Example = "next-day",
                        Value = Of(campaign => campaign.Schedule.Leftovers switch
                        {
                            LeftoverPolicy.NextDay => "next-day",
                            LeftoverPolicy.Drop => "drop",
                            _ => "hold",
                        }),
                    }) with { OneOf = ["date", "yearly"] },
            MapList("segments", new(
                "Các nhóm nhận tin, mỗi nhóm bắt đầu bằng dấu `-`. Một số có ở nhiều nhóm chỉ nhận một tin, theo "
                + "nhóm có `priority` nhỏ nhất",
                "The segments, each begun with `-`. A number in several gets one message, of the segment with the "
                + "smallest `priority`"),
                SegmentKeys.All)
                with
                {
                    OneOf = ["file", "heldBy"],
                    Items = campaign => ((Campaign)campaign).Segments
                        .Select(segment => (segment.Name, (object)((Campaign)campaign, segment)))
                        .Concat(((Campaign)campaign).HeldSegments.Select(held => (held.Name, (object)held))),
                },
            List("suppression", new(
                "Các tệp số đề nghị không nhận tin; đường dẫn tính từ thư mục của tệp chiến dịch; ô nào không đọc "
                + "được đúng như đã ghi là lỗi",
                "Files of numbers that asked for nothing; paths begin at the campaign file's folder; a cell that "
                + "cannot be read as it stands is an error"))
                with
                {
                    Required = false,
                    MayBeEmpty = true,
                    Example = "[tu-choi.csv]",
                    Value = Of(campaign =>
                        string.Join(", ", campaign.SuppressionFiles.Select(file => Relative(file, campaign)))),
                },
            List("lanes", new(
                "Các kênh gửi, theo tên kỹ sư phụ trách đã khai báo trong tệp cấu hình",
                "The lanes, by their names in the installation file"))
                with
                {
                    Required = false,
                    Unset = new(
                        "không (phải ghi khi có nhóm nhận tin với `file`)", "no (required by a segment with `file`)"),
                    Example = "[viettel, vinaphone]",
                    IsDistinct = true,
                    Value = Of(campaign => string.Join(", ", campaign.Lanes)),
                },
            Choice("laneStopped", ["hold", "fallback"], new(
                "Khi một kênh dừng vì tài khoản ở nhà mạng chưa dùng được: `hold` thì tin của kênh chờ cho tới "
                + "khi có người cho gửi tiếp, "
                + "`fallback` thì chuyển sang kênh thay thế (nếu kỹ sư phụ trách đã khai)",
                "When a lane stops as its account cannot be used: with `hold` its messages wait for a person, with "
                + "`fallback` they go to the lane that stands in for it"))
                with
                {
                    Required = false,
                    Example = "hold",
                    Default = "hold",
                    Value = Of(campaign => campaign.UsesFallback ? "fallback" : "hold"),
                },
            Number("priority", CampaignPriority.Lowest, new(
                $"Mức ưu tiên khi nhiều chiến dịch cùng gửi qua một kênh, từ 1 (cao nhất) đến "
                    + $"{CampaignPriority.Lowest}",
                $"How it shares a lane with other campaigns, 1 (highest) to {CampaignPriority.Lowest}"))
                with
                {
                    Example = "1",
                    Default = Plain(CampaignPriority.Standard),
                    Value = Of(campaign => Plain(campaign.Priority)),
                },
            Map("limits", new(
                "Giới hạn; vượt một mức thì không gửi. Nên luôn ghi",
                "Limits; beyond one of them nothing is sent. Better always written"),
                Number("messages", MostMessages, new(
                    "Số thuê bao nhiều nhất, chỉ viết chữ số",
                    "Most subscribers, digits alone"))
                    with { Example = "5000", Value = Of(campaign => Plain(campaign.Limits.Messages)) },
                Number("costVnd", MostCostVnd, new(
                    "Chi phí nhiều nhất, đồng, chưa thuế, chỉ viết chữ số",
                    "Most cost, VND before tax, digits alone"))
                    with { Example = "20000000", Value = Of(campaign => Plain(campaign.Limits.CostVnd)) }) with
                    {
                        Required = false,
                    },
            TrialKeys.Retry,
            TrialKeys.Canary,
            TrialKeys.Guard,
        ],
    };

    static Wording EitherDay => new("`date` hoặc `yearly`", "`date` or `yearly`");
}
