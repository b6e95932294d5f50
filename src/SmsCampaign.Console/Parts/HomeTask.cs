using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.WebConsole.People;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>Something that waits for a person.</summary>
/// <param name="Mine">Whether who looks may do it.</param>
public sealed record HomeTask(Wording What, string Href, bool Mine)
{
    /// <summary>How long before a report is due it is asked for.</summary>
    const int DaysBefore = 30;

    /// <param name="view">What of all runs they may see.</param>
    public static IEnumerable<HomeTask> Find(StatusView view, CurrentPerson person)
    {
        var today = VietnamTime.DateOf(view.At);
        foreach (var run in view.Runs)
        {
            var record = run.Run;
            var href = Addresses.Of(record);
            var name = new Wording(
                $"{record.Campaign}, {record.DateWords}", $"{record.Campaign}, {record.DateWords}");
            if (run.State == OfficerState.Submitted)
                yield return new(
                    new($"Phê duyệt: {name}", $"To approve: {name}"),
                    $"{href}/trinh-duyet",
                    person.May(Right.Approve, record.Campaign));
            if (run is { State: OfficerState.Draft, Submissions: [{ Rejected.Kind: RejectionKind.Returned }, ..] })
                yield return new(
                    new($"Sửa hồ sơ bị trả lại: {name}", $"To change, as it was returned: {name}"),
                    $"{href}/trinh-duyet",
                    person.May(Right.Draft, record.Campaign));
            if (run.Status?.Uncertain is > 0 and var uncertain && record.State.IsOver())
                yield return new(
                    new(
                        $"Chưa rõ kết quả: {Figures.Count(uncertain)} tin của {name}",
                        $"Uncertain: {Figures.Counted(uncertain, "message")} of {name}"),
                    $"{href}/chua-ro",
                    person.May(Right.Operate, record.Campaign));
            foreach (var order in run.Letters.Orders.Where(order => order.AwaitsReport))
                yield return new(
                    new(
                        $"Chờ kết quả của {order.Kept.Holder}: {name}",
                        $"Result awaited of {order.Kept.Holder}: {name}"),
                    $"{href}/phoi-hop",
                    person.May(Right.Draft, record.Campaign));
            foreach (var report in run.Reports
                .Where(report => report.Submission is null && report.DaysLeft(today) <= DaysBefore))
                yield return new(
                    report.StateOn(today) == DueState.Overdue
                        ? new(
                            $"Báo cáo QUÁ HẠN {Figures.Date(report.Due)}: {name}",
                            $"Report OVERDUE since {Figures.Date(report.Due)}: {name}")
                        : new(
                            $"Báo cáo, hạn {Figures.Date(report.Due)}: {name}",
                            $"Report due {Figures.Date(report.Due)}: {name}"),
                    $"{href}/bao-cao",
                    person.May(Right.Draft, record.Campaign));
        }

        foreach (var stop in view.Stopped)
            yield return new(
                new($"Kênh gửi {stop.Lane} đã dừng", $"The lane {stop.Lane} has stopped"),
                "/kenh-gui",
                person.May(Right.Operate));
    }
}
