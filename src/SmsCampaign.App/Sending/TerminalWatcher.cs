using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Sending;

/// <summary>
/// Tells the person at the terminal what becomes of the run they send, and keeps what is to be told at the end.
/// </summary>
sealed class TerminalWatcher(Terminal terminal) : IRunWatcher
{
    (SendEnd End, long Left)? _sent;

    /// <summary>Null until it is written.</summary>
    public ReportResult? Report { get; private set; }

    /// <summary>Why the report could not be written; null where it was not tried, or is written.</summary>
    public Exception? Unwritable { get; private set; }

    public void Decided(Decision decision)
    {
        Wording? what = decision.What switch
        {
            DecisionKind.Leftover => new(
                "theo chiến dịch, số này không gửi nữa và được báo cáo là còn lại",
                "by the campaign's policy they are not sent and reported as leftover"),
            DecisionKind.Held => new(
                "theo chiến dịch, chờ người phụ trách quyết định", "by the campaign's policy they wait for a person"),
            DecisionKind.Closed => new(
                "theo chiến dịch, gửi tiếp vào ngày hôm sau: để dịch vụ gửi chạy, hoặc chạy lại lệnh này",
                "by the campaign's policy they go on the next day: leave the worker running, or run this again"),
            _ => null,
        };
        if (what is not { } words)
            return;

        if (_sent is not { End: SendEnd.Closed } sent)
        {
            terminal.SayError(decision.Reason);
            return;
        }

        var count = Figures.Counted(sent.Left, "message");
        terminal.Say(new Wording(
            $"Đã hết khung giờ gửi, còn {count} tin chưa gửi; {words}.",
            $"The window closed with {count} still planned; {words}."));
    }

    public void Sent(RunKey run, SendEnd how, long left) => _sent = (how, left);

    public void LaneUnready(RunKey run, string lane, AccountFinding found) => terminal.SayError(new Wording(
        $"Kênh gửi '{lane}' trước giờ mở: {NumberMask.In(found.Words)} Vẫn bắt đầu gửi đúng giờ.",
        $"The lane '{lane}' before the opening: {NumberMask.In(found.Words)} Sending begins on time all the same."));

    public void ReceiptsBehind(RunKey run) => terminal.SayError(new Wording(
        $"Còn biên nhận đã tới mà chưa xử lý xong, nên báo cáo có thể thiếu kết quả. Chạy lại 'sms-campaign report "
            + $"{run.Campaign}' sau ít phút để có số mới.",
        $"Receipts that came are not settled yet, so the report may lack outcomes. Run 'sms-campaign report "
            + $"{run.Campaign}' again in a few minutes."));

    public void LaneReopened(RunKey run, string lane) => terminal.SayError(new Wording(
        $"Kênh gửi '{lane}' đã tự đóng vì đồng hồ máy có lúc chỉ ngoài khung giờ; nay đồng hồ trong khung giờ nên gửi "
            + $"tiếp. Hãy kiểm tra đồng bộ giờ của máy.",
        $"The lane '{lane}' had closed as the clock was outside the hours for a moment; it is within them and the lane "
            + $"sends again. See to the machine's clock."));

    public void LaneFaulted(RunKey run, string lane, Exception why) => terminal.SayError(new Wording(
        $"Kênh gửi '{lane}' gặp lỗi của chương trình (mã {why.GetType().Name}); các kênh khác vẫn gửi.",
        $"The lane '{lane}' met a fault of the program ({NumberMask.In(why.Message)}); the other lanes go on."));

    public void Faulted(string run, Wording reason, Exception why) => terminal.SayError(reason);

    public void HeldUp(RunKey run, Wording reason, bool isOnRecord) => terminal.SayError(reason);

    public void Reported(RunKey run, ReportResult report) => (Report, Unwritable) = (report, null);

    public void ReportUnwritable(RunKey run, Exception why) => Unwritable = why;

    public void Ended(RunKey run, RunState state)
    {
    }
}
