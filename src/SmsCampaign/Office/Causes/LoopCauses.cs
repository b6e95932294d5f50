using SmsCampaign.Storage.Registry;
using SmsCampaign.Telemetry;

namespace SmsCampaign.Office.Causes;

/// <summary>Parts of the process that hang while the rest of it goes on, as only the process itself can see.</summary>
static class LoopCauses
{
    /// <summary>Nothing where the process as a whole shows no sign of life: that is told by itself.</summary>
    public static IEnumerable<Cause> Find(StatusView view, IReadOnlyList<StuckLoop> stuck) =>
        view.Worker is { State: WorkerState.IsStuck } ? [] : stuck.Select(loop => new Cause(new Alert(
            AlertKind.WorkerStuck,
            loop.Name,
            AlertSeverity.Urgent,
            loop.Since,
            new Wording(
                $"một phần của dịch vụ gửi đứng yên ('{loop.Name}')",
                $"a part of the worker stands still ('{loop.Name}')"),
            new Wording(
                $"Vòng lặp '{loop.Name}' không chạy tiếp từ {VietnamTime.Moment(loop.Since)}; các việc khác vẫn chạy.",
                $"The loop '{loop.Name}' has not gone on since {VietnamTime.Moment(loop.Since)}; everything else goes "
                    + $"on."),
            new Wording(
                "kỹ sư phụ trách xem nhật ký rồi khởi động lại dịch vụ (systemctl restart sms-campaign); không tin nào "
                    + "bị gửi hai lần. Xem: sms-campaign status",
                "your engineer looks at the log and starts the service again (systemctl restart sms-campaign); nothing "
                    + "is sent twice. See: sms-campaign status"))));
}
