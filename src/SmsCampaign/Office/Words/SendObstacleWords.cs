using SmsCampaign.Campaigns;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Office.Words;

/// <summary>What keeps a run from being sent now, for who asked at a terminal.</summary>
public static class SendObstacleWords
{
    public static Wording Of(SendObstacle obstacle) => obstacle switch
    {
        SendObstacle.NotApproved(var date) => new(
            $"Chiến dịch chưa được phê duyệt cho ngày {Figures.Date(date)}. Hãy chạy 'approve' trước.",
            $"The campaign is not approved for {Figures.Date(date)}. Run 'approve' first."),
        SendObstacle.Unwitnessed(var why) => new(
            $"Có phê duyệt trong sổ nhưng chuỗi kiểm toán không xác nhận: không dùng được. "
                + $"{why} Hãy chạy 'audit verify' và báo kỹ sư phụ trách; muốn gửi thì phê duyệt lại bằng 'approve'.",
            $"An approval stands in the ledger, but the audit chain does not bear it out: it does not hold. "
                + $"{why} Run 'audit verify' and tell your engineer; to send, approve again with 'approve'."),
        SendObstacle.Revived(var words) => words,
        SendObstacle.ByOneAlone(var approval) => new(
            $"{TwoPersonsWords.Of(approval)} Hãy trình bằng 'submit', rồi người khác phê duyệt bằng 'approve'.",
            $"{TwoPersonsWords.Of(approval)} Submit it with 'submit'; then another person approves it with 'approve'."),
        SendObstacle.OtherApproved(var planned, var approved) => new(
            $"Nội dung, danh sách hoặc kế hoạch (mã {ApprovalHash.Brief(planned)}) khác với bản đã phê duyệt (mã "
                + $"{ApprovalHash.Brief(approved)}). Hãy xem lại rồi phê duyệt lại bằng 'approve'.",
            $"Definition, audience or plan ({ApprovalHash.Brief(planned)}) differ from what was approved "
                + $"({ApprovalHash.Brief(approved)}). Look at it and approve it again with 'approve'."),
        SendObstacle.NotYet(var first, var today) => new(
            $"Chưa tới ngày gửi: chiến dịch gửi ngày {Figures.Date(first)}, hôm nay là {Figures.Date(today)}. "
                + $"Hãy để dịch vụ gửi tự gửi đúng ngày, hoặc dùng --simulate để diễn tập.",
            $"Not the day yet: the campaign is sent on {Figures.Date(first)}, today is {Figures.Date(today)}. "
                + $"Leave it to 'worker', or rehearse with --simulate."),
        SendObstacle.DaysArePast(var last, var today) => new(
            $"Đã qua ngày gửi {Figures.Date(last)}, hôm nay là {Figures.Date(today)}: không gửi. "
                + $"Dùng --simulate để diễn tập, hoặc đổi ngày và phê duyệt lại.",
            $"The day {Figures.Date(last)} is past, today is {Figures.Date(today)}: nothing is sent. "
                + $"Rehearse with --simulate, or change the date and approve again."),
        SendObstacle.WindowIsClosed closed => Of(closed),
        SendObstacle.IsEnded(var order) => new(
            $"Lượt gửi đã {EndedAs(order.Kind)} {Given(order)}. Không gửi nữa; dịch vụ gửi ghi báo cáo khi chạy.",
            $"The run was {EndedAs(order.Kind)} {Given(order)}. Nothing more is sent; the worker writes its report."),
        SendObstacle.IsOver(var state) => new(
            $"Lượt gửi {Over(state)}: không gửi nữa. Xem vì sao: sms-campaign status --history",
            $"The run was {Over(state)}: nothing more is sent. See why: sms-campaign status --history"),
        SendObstacle.IsPaused(var pause) => new(
            $"Lượt gửi đang tạm dừng {Given(pause)}. Muốn gửi tiếp: {OrderWords.WayOn(pause)}",
            $"The run is paused {Given(pause)}. To go on: {OrderWords.WayOn(pause)}"),
        _ => throw new ArgumentOutOfRangeException(nameof(obstacle), obstacle, null),
    };

    static Wording Over(RunState state) => state == RunState.Cancelled
        ? new("đã hủy", "called off")
        : new("đã kết thúc sớm", "ended early");

    static Wording EndedAs(OrderKind kind) => kind == OrderKind.Cancel
        ? new("được hủy", "called off")
        : new("được kết thúc sớm", "ended early");

    static Wording Given(StandingOrder order) =>
        OrderWords.Given(order, order.At is { } at ? VietnamTime.Moment(at) : null);

    static Wording Of(SendObstacle.WindowIsClosed closed)
    {
        var next = closed.Next is { } opens
            ? new Wording(
                $"Gửi tiếp được từ {Figures.Expected(opens)}.", $"It can go on from {Figures.Expected(opens)}.")
            : new Wording(
                "Không còn ngày gửi nào: muốn gửi thì đổi ngày và phê duyệt lại.",
                "No day of sending is left: to send, change the date and approve again.");
        return new(
            $"Khung giờ gửi hôm nay ({Figures.Date(closed.Today)}) đã đóng lúc {closed.Closed:HH\\:mm}: "
                + $"không gửi ngoài giờ. {next} Xem phần còn lại bằng 'status'.",
            $"Today's window ({Figures.Date(closed.Today)}) closed at {closed.Closed:HH\\:mm}: nothing is sent outside "
                + $"it. {next} See what is left with 'status'.");
    }
}
