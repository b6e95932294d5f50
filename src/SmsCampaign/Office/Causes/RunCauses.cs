using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Reports;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Causes;

/// <summary>What a person must know of a run.</summary>
static class RunCauses
{
    /// <summary>How long after its opening a run may not have begun.</summary>
    internal static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    /// <summary>As <see cref="Late"/>, of one whose audience is still to be imported.</summary>
    internal static readonly TimeSpan LateUnread = TimeSpan.FromMinutes(10);

    /// <summary>How long messages are uncertain before a person is asked: receipts and inquiries settle most.</summary>
    internal static readonly TimeSpan UncertainAfter = TimeSpan.FromMinutes(30);

    /// <summary>How long after it was over it is told that a run is.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromHours(24);

    public static IEnumerable<Cause> Find(StatusView view) =>
        FindNotStarted(view).Concat(view.Runs.Where(run => !run.Run.Simulated).SelectMany(run => Find(run, view)));

    static IEnumerable<Cause> Find(RunOverview run, StatusView view)
    {
        if (run.Damage is { } damage)
            yield return new Cause(Damaged(run, damage, view));
        else if (run.Unreadable is { } unreadable)
            yield return new Cause(Damaged(run, unreadable, view));

        if (run.Run.State == RunState.Held)
            yield return new Cause(Held(run, view));
        if (run.Run is { State: RunState.Skipped, FinishedSince: { } skipped } && view.At - skipped < Fresh)
            yield return new Cause(Skipped(run, skipped));
        if (run.Run is { State: RunState.Finished or RunState.Cancelled or RunState.Ended, FinishedSince: { } over }
            && view.At - over < Fresh
            && run.Letters.HasOwn) // of one that carriers text there is nothing of ours that is finished
            yield return new Cause(Finished(run, over));
        if (run is { Run.State: RunState.Sending or RunState.Held, Status.Uncertain: > 0 })
            yield return new Cause(Uncertain(run, view), UncertainAfter);
    }

    static IEnumerable<Cause> FindNotStarted(StatusView view)
    {
        foreach (var opening in view.Openings.Where(opening => opening.IsOpen))
        {
            var run = view.Runs.FirstOrDefault(each => each.Run.FindKey() == opening.Run);
            var patience = run is null ? LateUnread : Late;
            if (run is { Run.State: not RunState.Approved } || view.At - opening.Opens < patience)
                continue;

            var name = NameOf(opening.Run.Campaign, Figures.Date(opening.Run.Date));
            var closes = VietnamTime.Expected(opening.Closes);
            var why = run?.Decisions is [.., { What: DecisionKind.Delayed } delayed]
                ? new Wording($" {delayed.Reason}", $" {delayed.Reason}")
                : new Wording("", "");
            yield return new Cause(
                new Alert(
                    AlertKind.NotStarted,
                    opening.Run.ToString(),
                    AlertSeverity.Urgent,
                    opening.Opens,
                    new Wording($"đã tới giờ mà chưa gửi: {name}", $"due and not begun: {name}"),
                    new Wording(
                        $"Khung giờ gửi mở tới {closes}.{why}", $"The window is open until {closes}.{why}"),
                    new Wording(
                        $"xem lý do bằng 'sms-campaign status {opening.Run.Campaign}' và báo kỹ sư phụ trách ngay",
                        $"see why by 'sms-campaign status {opening.Run.Campaign}' and tell your engineer now")),
                patience);
        }
    }

    static Alert Held(RunOverview run, StatusView view)
    {
        var decision = run.Decisions.LastOrDefault(each => each.What == DecisionKind.Held);
        var name = NameOf(run);
        return new Alert(
            AlertKind.RunHeld,
            run.Run.Key,
            AlertSeverity.Urgent,
            decision?.At ?? view.At,
            new Wording($"đang dừng, chờ người phụ trách quyết định: {name}", $"held, waits for a person: {name}"),
            decision?.Reason ?? new Wording("", ""),
            new Wording(
                $"xem 'sms-campaign status {run.Run.Campaign} --history' rồi quyết định theo lý do trên",
                $"see 'sms-campaign status {run.Run.Campaign} --history' and decide by the reason above"));
    }

    static Alert Skipped(RunOverview run, DateTimeOffset at)
    {
        var name = NameOf(run);
        return new Alert(
            AlertKind.Skipped,
            run.Run.Key,
            AlertSeverity.Urgent,
            at,
            new Wording($"đã lỡ giờ mở nên KHÔNG gửi: {name}", $"missed its opening and is NOT sent: {name}"),
            run.Decisions.LastOrDefault(each => each.What == DecisionKind.Skipped)?.Reason ?? new Wording("", ""),
            new Wording(
                "vẫn muốn gửi thì báo kỹ sư phụ trách: cần ngày gửi mới và phê duyệt mới",
                "to send it all the same tell your engineer: it takes another date and another approval"));
    }

    static Alert Finished(RunOverview run, DateTimeOffset at)
    {
        var (name, status) = (NameOf(run), run.Status);
        var isRight = status is { Balances: true };
        var left = status?.Count(MessageStatus.Leftover) ?? 0;
        if (isRight && left > 0 && run.Run.State == RunState.Finished)
            return FinishedWithout(run, at, left);

        return new Alert(
            AlertKind.Finished,
            run.Run.Key,
            isRight ? AlertSeverity.Info : AlertSeverity.Urgent,
            at,
            isRight
                ? new Wording($"đã xong: {name}", $"finished: {name}")
                : new Wording(
                    $"đã xong nhưng số liệu KHÔNG cân đối: {name}", $"finished, and does NOT balance: {name}"),
            status is null ? new Wording("", "") : Totals(status),
            isRight
                ? new Wording(
                    $"lấy báo cáo bằng 'sms-campaign report {run.Run.Campaign}'",
                    $"get the report by 'sms-campaign report {run.Run.Campaign}'")
                : new Wording(
                    "không dùng báo cáo này; báo kỹ sư phụ trách", "do not use the report; tell your engineer"));
    }

    /// <summary>Nobody decided that it should not be sent.</summary>
    static Alert FinishedWithout(RunOverview run, DateTimeOffset at, long left)
    {
        var (name, status, campaign) = (NameOf(run), run.Status!, run.Run.Campaign);
        var (few, many) = (Figures.Count(left), Figures.Counted(left, "message"));
        return new Alert(
            AlertKind.Finished,
            run.Run.Key,
            left == status.Messages ? AlertSeverity.Urgent : AlertSeverity.Warning,
            at,
            new Wording($"đã xong, còn {few} tin KHÔNG gửi: {name}", $"finished, {many} NOT sent: {name}"),
            Totals(status),
            new Wording(
                $"xem lý do bằng 'sms-campaign status {campaign} --history'; muốn gửi phần còn lại vào ngày khác: "
                    + $"'sms-campaign send-rest {campaign} --on NGÀY'",
                $"see why by 'sms-campaign status {campaign} --history'; to send the rest on another date: "
                    + $"'sms-campaign send-rest {campaign} --on DATE'"));
    }

    /// <summary>What there is none of says nothing.</summary>
    static Wording Totals(RunStatus status)
    {
        var (rows, excluded, messages, parts) = (
            Figures.Count(status.Audience), Figures.Count(status.Excluded),
            Figures.Count(status.Messages), Figures.Count(status.PartsHandedOver));
        var counts = Wording.Join("; ", Enum.GetValues<MessageStatus>()
            .Where(each => status.Count(each) > 0)
            .Select(each => new Wording(
                $"{MessageStatusWords.Of(each)}: {Figures.Count(status.Count(each))}",
                $"{MessageStatusWords.Of(each)}: {Figures.Count(status.Count(each))}")));
        return new Wording(
            $"Số dòng danh sách: {rows}; loại trừ: {excluded}; số tin: {messages}; phần đã chuyển: {parts}. "
                + $"Theo kết quả: {counts}.",
            $"Rows of the audience: {rows}; excluded: {excluded}; messages: {messages}; parts handed over: {parts}. "
                + $"By status: {counts}.");
    }

    static Alert Uncertain(RunOverview run, StatusView view)
    {
        var (name, count) = (NameOf(run), Figures.Counted(run.Status!.Uncertain, "message"));
        return new Alert(
            AlertKind.UncertainWaiting,
            run.Run.Key,
            AlertSeverity.Warning,
            view.At,
            new Wording($"có tin chưa rõ kết quả: {name}", $"messages are uncertain: {name}"),
            new Wording(
                $"{count} tin chưa rõ nhà mạng có nhận hay không. Chương trình không tự gửi lại các tin này.",
                $"Of {count} it is not known whether the gateway took them. They are not sent again by themselves."),
            new Wording(
                $"hỏi nhà mạng rồi ghi kết quả bằng 'sms-campaign resolve {run.Run.Campaign}'",
                $"ask the carrier and settle them by 'sms-campaign resolve {run.Run.Campaign}'"));
    }

    static Alert Damaged(RunOverview run, Wording damage, StatusView view)
    {
        var name = NameOf(run);
        return new Alert(
            AlertKind.LedgerDamaged,
            run.Run.Key,
            AlertSeverity.Urgent,
            view.At,
            new Wording($"không dùng được sổ gửi tin: {name}", $"the ledger cannot be used: {name}"),
            damage,
            new Wording(
                "báo kỹ sư phụ trách khôi phục từ bản sao lưu (sms-campaign restore). Các lượt khác vẫn chạy",
                "your engineer restores it from a backup (sms-campaign restore). Other runs go on"));
    }

    internal static Wording NameOf(RunOverview run) => NameOf(run.Run.Campaign, run.Run.DateWords);

    internal static Wording NameOf(string campaign, Wording date) => new(
        $"{NumberMask.In(campaign)}, ngày {date}", $"{NumberMask.In(campaign)}, {date}");
}
