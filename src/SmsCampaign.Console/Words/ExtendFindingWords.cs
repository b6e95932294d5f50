using SmsCampaign.Office;

namespace SmsCampaign.WebConsole.Words;

/// <summary>What speaks against extending a window, for a page.</summary>
public static class ExtendFindingWords
{
    public static Wording Of(ExtendFinding finding) => finding switch
    {
        ExtendFinding.NoName => new(
            "Tài khoản này chưa có họ tên. Nhờ quản trị ghi họ tên.",
            "This account has no full name. Ask an administrator to give it one."),
        ExtendFinding.NoReason => new("Hãy ghi lý do, căn cứ.", "Say on what grounds."),
        ExtendFinding.NotApproved => new(
            "Lượt gửi chưa được phê duyệt nên chưa có khung giờ để kéo dài.",
            "The run is not approved, so there is no window to extend."),
        ExtendFinding.IsOver => new(
            "Lượt gửi đã kết thúc. Phần chưa gửi chỉ gửi được vào ngày khác.",
            "The run is over. What was not sent can only go on another date."),
        ExtendFinding.NothingLeft => new(
            "Không còn tin nào chờ gửi: không cần kéo dài khung giờ.",
            "Nothing waits to be sent: there is no need to extend."),
        ExtendFinding.NotLater(_, var present) => new(
            $"Khung giờ hôm nay đóng lúc {present:HH:mm}: giờ mới phải muộn hơn. Muốn dừng sớm hơn thì tạm dừng hoặc "
                + $"kết thúc sớm.",
            $"Today's window closes at {present:HH:mm}: the new hour must be later. To stop earlier, pause or end it."),
        ExtendFinding.TooLate(_, var present) => new(
            $"Khung giờ hôm nay đóng lúc {present:HH:mm} và muộn nhất là 22:00: sau giờ đó người dân bị làm phiền. "
                + $"Phần còn lại gửi vào ngày khác.",
            $"Today's window closes at {present:HH:mm}, 22:00 is the latest: after that people are disturbed. Send the "
                + $"rest on another date."),
        ExtendFinding.IsPast(_, var now) => new(
            $"Bây giờ đã là {Figures.Moment(now)}: giờ mới phải còn ở phía trước.",
            $"It is {Figures.Moment(now)} by now: the new hour must be still to come."),
        ExtendFinding.MayNotGoOn => new(
            "Theo tệp chiến dịch, phần còn lại không gửi tiếp sau khi khung giờ đã đóng hoặc đã lỡ. Muốn gửi thì gửi "
                + "vào ngày khác.",
            "By the campaign file the rest is not sent once its window has closed or was missed. It can go on another "
                + "date."),
        _ => finding.ToWords(), // these name no option
    };
}
