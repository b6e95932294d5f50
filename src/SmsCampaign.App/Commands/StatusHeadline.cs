using SmsCampaign.Alerts.Words;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.App.Commands;

/// <summary>What is said of the whole installation before its runs: who sends, what stands still, and
/// what comes next.</summary>
sealed class StatusHeadline(StatusView view, Terminal terminal)
{
    public void Write()
    {
        WriteWorker();
        StoppedLanes.Say(view.Stopped, terminal, view.WaitingFor);
        foreach (var order in view.OrdersOfAll)
            OrderText.Say(order, terminal, isFaultSaid: true);
        foreach (var outage in view.Outages)
            WriteOutage(outage);
        foreach (var (lane, until) in view.Throttled)
        {
            var what = LaneTroubleWords.TooFast(lane, until);
            terminal.Say(
                $"{what} Xem: sms-campaign status --history", $"{what} See: sms-campaign status --history");
        }

        WriteAlerts();
        WriteOpening();
        foreach (var look in view.Ready)
            WriteReady(look);
        terminal.Say("Mọi giờ là giờ Việt Nam.", "All times are of Vietnam.");
    }

    /// <summary>What is so, the worst first, and whom it could not be told.</summary>
    void WriteAlerts()
    {
        var open = view.Alerts.Where(alert => alert.Raised.IsOpen).ToList();
        if (open.Count > 0)
        {
            var count = Figures.Counted(open.Count, "alert");
            terminal.Say($"Cảnh báo đang còn: {count}.", $"Now: {count}.");
        }

        foreach (var (alert, raised) in open
            .Select(each => (each.Raised.Alert, each.Raised))
            .OrderByDescending(each => each.Alert.Severity))
        {
            var (severity, since) = (AlertWords.Of(alert.Severity), VietnamTime.Moment(alert.Since));
            terminal.Say(
                $"  {severity}, từ {since}: {NumberMask.In(alert.What)}.",
                $"  {severity}, since {since}: {NumberMask.In(alert.What)}.");
        }

        foreach (var receiver in view.Alerts.SelectMany(alert => alert.Told)
            .Where(told => told.Failing is not null)
            .GroupBy(told => told.Receiver))
        {
            var to = AlertWords.OfReceiver(receiver.Key);
            var last = receiver.MaxBy(told => told.Failing!.NextTry)!.Failing!;
            var (count, since, next) = (
                Figures.Counted(receiver.Count(), "alert"),
                VietnamTime.Moment(receiver.Min(told => told.Failing!.Since)),
                VietnamTime.Moment(last.NextTry));
            terminal.SayError(new Wording(
                $"CHƯA BÁO ĐƯỢC {count} cảnh báo tới {to} từ {since}: {last.Trouble}. Thử lại lúc {next}. Thử "
                    + $"ngay: sms-campaign alert test",
                $"NOT DELIVERED to {to} since {since}: {count}; {last.Trouble}. Tried again at {next}. Try "
                    + $"now: sms-campaign alert test"));
        }
    }

    /// <summary>Who sends, or that nobody does.</summary>
    public void WriteWorker()
    {
        if (!view.MissesWorker)
        {
            terminal.Say(view.Worker.ToWords());
            return;
        }

        if (!view.IsUnderWay)
        {
            terminal.SayError(new Wording(
                $"{view.Worker.ToWords()} Khung giờ gửi đang mở mà chưa ai gửi: hãy khởi động dịch vụ gửi "
                    + $"(sms-campaign worker) ngay.",
                $"{view.Worker.ToWords()} A window is open and nobody sends: "
                    + $"start the service 'sms-campaign worker' now."));
            return;
        }

        terminal.SayError(new Wording(
            $"{view.Worker.ToWords()} Đang có lượt gửi dở: hãy khởi động dịch vụ gửi (sms-campaign worker) để gửi tiếp "
                + $"phần còn lại và nhận biên nhận.",
            $"{view.Worker.ToWords()} A run is under way: start the service 'sms-campaign worker' to send what "
                + $"is left and take receipts."));
    }

    void WriteOutage(LaneOutage outage)
    {
        var what = LaneTroubleWords.Of(outage, view);
        terminal.Say(
            $"{what} Xem: sms-campaign doctor {outage.Lane}", $"{what} See: sms-campaign doctor {outage.Lane}");
    }

    void WriteReady(ReadyLook look)
    {
        var (at, total) = (VietnamTime.Moment(look.At), ReadyWords.Total(look.Lines));
        terminal.Say(
            $"Dịch vụ tự kiểm tra {look.Run} lúc {at}: {total} Xem: sms-campaign ready {look.Run.Campaign}",
            $"The service looked at {look.Run} at {at}: {total} See: sms-campaign ready {look.Run.Campaign}");
    }

    void WriteOpening()
    {
        foreach (var open in view.Openings.Where(opening => opening.IsOpen))
        {
            var closes = VietnamTime.Expected(open.Closes);
            terminal.Say(
                $"Đang trong khung giờ gửi của {open.Run.Campaign}, đóng lúc {closes}.",
                $"The window of {open.Run.Campaign} is open until {closes}.");
        }

        if (view.Openings.FirstOrDefault(opening => !opening.IsOpen) is { } next)
        {
            var opens = VietnamTime.Expected(next.Opens);
            terminal.Say(
                $"Khung giờ gửi tới: {next.Run.Campaign}, mở lúc {opens}.",
                $"The next window: {next.Run.Campaign}, opens at {opens}.");
        }
        else if (view.Openings.Count == 0)
        {
            terminal.Say("Không có lượt gửi nào đã phê duyệt đang chờ tới giờ.", "No approved run waits for its time.");
        }
    }
}
