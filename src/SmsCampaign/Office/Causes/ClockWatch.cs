using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Causes;

/// <summary>Notices that the clock of the machine was set: by the process clock, which goes on evenly. Of what happened
/// while no process ran nothing is known.</summary>
sealed class ClockWatch(ProcessClock clock)
{
    /// <summary>Smallest step that is told.</summary>
    public static readonly TimeSpan Notable = TimeSpan.FromMinutes(2);

    TimeSpan _offset = OffsetOf(clock);

    /// <param name="isSoon">Whether a window is open, or opens soon.</param>
    /// <returns>Null where it was not set since it was last looked.</returns>
    public Cause? Look(bool isSoon)
    {
        var (before, now) = (_offset, OffsetOf(clock));
        if ((now - before).Duration() <= Notable)
            return null;

        _offset = now;
        var at = clock.Time.GetUtcNow();
        var (by, was) = (Figures.Duration((now - before).Duration()), VietnamTime.Moment(at - (now - before)));
        var forward = now > before;
        return new Cause(new Alert(
            AlertKind.ClockStep,
            at.ToSql(),
            isSoon ? AlertSeverity.Urgent : AlertSeverity.Warning,
            at,
            forward
                ? new Wording($"đồng hồ máy nhảy tới {by}", $"the machine's clock went forward by {by}")
                : new Wording($"đồng hồ máy lùi lại {by}", $"the machine's clock was set back by {by}"),
            new Wording(
                $"Nếu đồng hồ không bị chỉnh thì lúc đó là {was}. Máy ngủ hoặc máy ảo bị tạm dừng cũng gây ra như vậy.",
                $"Had it not been set, it would have been {was}. A machine that slept, or was paused, looks so too."),
            new Wording(
                "kiểm tra ngày giờ và đồng bộ giờ của máy (timedatectl); so với 'sms-campaign status' rồi báo kỹ sư "
                    + "phụ trách nếu sai",
                "check the machine's time and its synchronisation (timedatectl); compare 'sms-campaign status', and "
                    + "tell your engineer where it is wrong")));
    }

    static TimeSpan OffsetOf(ProcessClock clock) =>
        TimeSpan.FromMicroseconds(ProcessClock.ToMicros(clock.Time.GetUtcNow()) - clock.Now());
}
