using SmsCampaign.Office;

namespace SmsCampaign.WebConsole.Words;

/// <summary>What the fields of a campaign file are called, and what came of saving them.</summary>
public static class EditWords
{
    public static Wording Of(EditField field) => field.Declared switch
    {
        "title" => new("Tên chiến dịch", "Title"),
        "mode" => new("Chế độ", "Mode"),
        "sender" => new("Tên định danh hiện trên máy", "Sender that phones show"),
        "directive.issuer" => new("Cơ quan ban hành", "Issued by"),
        "directive.number" => new("Số văn bản", "Number"),
        "directive.date" => new("Ngày văn bản", "Date of the order"),
        "directive.item" => new("Mục giao việc", "Item"),
        "directive.legalBasis" => new("Căn cứ pháp lý", "Based on"),
        "directive.text" => new("Nguyên văn thông điệp trong văn bản", "The order's words of the message"),
        "directive.reportTo" => new("Nơi nhận báo cáo", "Report to"),
        "directive.reportBy" => new("Hạn báo cáo", "Report due"),
        "directive.reports" => new("Các ngày báo cáo định kỳ", "Days of further reports"),
        "schedule.date" => new("Ngày gửi", "Day of sending"),
        "schedule.yearly" => new("Ngày gửi hằng năm", "Day of every year"),
        "schedule.window.from" => new("Từ giờ", "From"),
        "schedule.window.to" => new("Đến giờ", "To"),
        "schedule.missed" => new("Khi máy không chạy lúc mở khung giờ", "Where the opening was missed"),
        "schedule.leftovers" => new("Khi hết giờ mà còn tin", "Where messages are left at the end"),
        "messages.language" => new("Mã ngôn ngữ", "Language tag"),
        "messages.form" => new("Cách viết", "Form"),
        "messages.text" => new("Nội dung gửi đi", "What is sent"),
        "segments.name" => new("Tên nhóm", "Name of the segment"),
        "segments.file" => new("Tệp danh sách thuê bao", "File of subscribers"),
        "segments.message" => new("Tin gửi", "Message"),
        "segments.priority" => new("Thứ tự ưu tiên của nhóm", "Rank of the segment"),
        "segments.filter" => Filter(field),
        "segments.areas" => new("Địa bàn", "Areas"),
        "segments.estimate" => new("Ước tính số thuê bao", "Estimate of subscribers"),
        "segments.exclude" => new("Không nhắn tới", "Not texted"),
        "segments.acknowledgeBy" => new("Hạn nhà mạng trả lời công văn", "The carrier answers by"),
        "segments.reportBy" => new("Hạn nhà mạng gửi biểu báo cáo", "The carrier reports by"),
        "suppression" => new("Danh sách đã đề nghị không nhận tin", "Lists of who asked for nothing"),
        "lanes" => new("Kênh gửi", "Lanes"),
        "laneStopped" => new("Khi một kênh dừng", "Where a lane stops"),
        "priority" => new("Mức ưu tiên của chiến dịch", "Priority of the campaign"),
        "limits.messages" => new("Số thuê bao nhiều nhất", "Most subscribers"),
        "limits.costVnd" => new("Chi phí nhiều nhất, đồng, chưa thuế", "Most cost, VND before tax"),
        _ => new($"{field.Path}", $"{field.Path}"),
    };

    /// <summary>One of a field's fixed words.</summary>
    public static Wording Choice(EditField field, string choice) => (field.Declared, choice) switch
    {
        ("mode", "exercise") => new("Diễn tập, không tới máy thật", "Exercise, to no real phone"),
        ("mode", "live") => new("Gửi thật tới máy của người dân", "Live, to people's phones"),
        ("messages.form", "accented") => new("Có dấu", "With diacritics"),
        ("messages.form", "unaccented") => new("Không dấu, chương trình tự bỏ dấu", "Without, taken off when sent"),
        ("schedule.missed", "start-late") => new("Gửi muộn, nếu còn trong khung giờ", "Sent late, within the hours"),
        ("schedule.missed", "skip") => new("Bỏ lần này", "Not this time"),
        ("schedule.leftovers", "next-day") => new("Gửi tiếp cùng giờ hôm sau", "In the same hours of the next day"),
        ("schedule.leftovers", "drop") => new("Không gửi nữa, ghi vào báo cáo", "Not sent, and reported so"),
        ("laneStopped", "hold") => new("Tin của kênh chờ người cho gửi tiếp", "Its messages wait for a person"),
        ("laneStopped", "fallback") => new("Chuyển sang kênh thay thế", "They go to the lane that stands in"),
        (_, "hold") => new("Dừng, chờ người phụ trách quyết định", "Wait for a person"),
        _ => new($"{choice}", $"{choice}"),
    };

    public static Wording Of(VersionCause cause) => cause switch
    {
        VersionCause.Fields => new("sửa trên trang Soạn", "by the fields"),
        VersionCause.Text => new("sửa cả tệp trên trang", "by the whole text"),
        VersionCause.Lists => new("trên trang Danh sách", "on the page of its lists"),
        VersionCause.Outside => new("sửa ngoài trang web", "not on the pages"),
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };

    /// <summary>Why nothing is saved; null where it is, or nothing was to be.</summary>
    public static Wording? Refusal(EditResult result) => result switch
    {
        EditResult.Stale(var now) => new Wording(
            $"{WhoOf(now)} đã lưu tệp khác từ khi mở trang này. CHƯA lưu gì; những gì đã gõ còn nguyên bên dưới. Xem "
                + $"các chỗ khác nhau, sửa lại nếu cần, rồi bấm Lưu.",
            $"{WhoOf(now)} saved another file since this page was opened. NOTHING is saved; what was typed is still "
                + $"there. Look at what differs, change it where needed, and save."),
        EditResult.OutOfPlace(var path, var line) => new Wording(
            $"CHƯA lưu: không thay được giá trị của '{path}'{At(line)} ngay tại chỗ mà giữ nguyên chú thích và thứ "
                + $"tự. Hãy sửa chỗ đó ở trang 'Sửa cả tệp'.",
            $"NOT saved: the value of '{path}'{At(line)} cannot be replaced in its place with all comments kept. "
                + $"Change it on the page 'Whole file'."),
        EditResult.ApprovedSince => new Wording(
            "CHƯA lưu: chiến dịch đã được phê duyệt từ khi mở trang này, lưu thay đổi sẽ làm phê duyệt hết hiệu lực. "
                + "Nếu vẫn cần thay đổi, xem lại trang rồi làm lại.",
            "NOT saved: it has been approved since this page was opened, and a change makes the approval void. If it "
                + "is to be changed all the same, look at the page and do it again."),
        EditResult.Stopped(var why) => new Wording("CHƯA lưu. ", "NOT saved. ") + why,
        EditResult.Busy => new Wording(
            "CHƯA lưu: người khác đang lưu tệp này. Bấm Lưu lại.",
            "NOT saved: somebody else is saving it. Save again."),
        EditResult.Unwritable(var why) => new Wording(
            $"CHƯA lưu: không ghi được tệp ({FaultWords.Of(why)}). Báo kỹ sư phụ trách kiểm tra quyền ghi và chỗ trống "
                + $"trên đĩa.",
            $"NOT saved: the file cannot be written ({FaultWords.Of(why)}). Let the engineer check the right to write "
                + $"and the room on the disk."),
        EditResult.Gone => new Wording("CHƯA lưu: tệp không còn ở đó.", "NOT saved: the file is gone."),
        EditResult.Refused => new Wording(
            "CHƯA lưu: tệp như đã gõ không đọc được hoặc mang mã khác.",
            "NOT saved: the file as typed cannot be read, or has another id."),
        _ => null,
    };

    /// <summary>Who saved a file last, as far as it is known.</summary>
    public static Wording WhoOf(EditedFile now) => now.Last is { Person.Length: > 0 } last && last.Hash == now.Hash
        ? new Wording(
            $"{last.Person} (bản {last.Number}, {VietnamTime.Moment(last.At)})",
            $"{last.Person} (version {last.Number}, {VietnamTime.Moment(last.At)})")
        : new Wording("Ai đó ngoài trang web", "Somebody outside the pages");

    static Wording Filter(EditField field)
    {
        var column = field.Path[(field.Path.IndexOf(".filter.", StringComparison.Ordinal) + ".filter.".Length)..];
        return new Wording($"Chỉ lấy dòng có '{column}' là", $"Rows alone whose '{column}' is");
    }

    static Wording At(int? line) => line is null ? default : new($" (dòng {line})", $" (line {line})");
}
