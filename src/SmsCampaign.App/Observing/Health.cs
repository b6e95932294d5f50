using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Telemetry;

namespace SmsCampaign.App.Observing;

/// <summary>What is said of the process to whoever watches over it. Holds no phone number.</summary>
/// <param name="Reasons">Why it is not well; none where it is.</param>
/// <param name="Notes">What a person should know and does not make it unwell.</param>
sealed record HealthReport(
    string Status, DateTimeOffset At, IReadOnlyList<HealthReason> Reasons, IReadOnlyList<HealthReason> Notes)
{
    public bool IsWell => Reasons.Count == 0;
}

/// <param name="Code">For a program: never renamed.</param>
/// <param name="About">A loop or a lane; null where there is only one such thing.</param>
sealed record HealthReason(string Code, string? About, string Vi, string En)
{
    public static HealthReason Of(string code, Wording words, string? about = null) =>
        new(code, about, words.Vi, words.En);
}

/// <summary>Tells whether the process lives, and whether it is ready to send and to take receipts.</summary>
/// <param name="isStopping">Whether the process was asked to end.</param>
sealed class Health(
    Station station, StationReader reader, DiskFloor floor, ManagementSettings settings, Func<bool> isStopping)
{
    /// <summary>Of the loop that begins and conducts runs (<see cref="LoopWatch"/>).</summary>
    public const string Conducting = "campaigns";

    /// <summary>Readings older than this say nothing of now.</summary>
    internal static readonly TimeSpan Stale = TimeSpan.FromMinutes(1);

    /// <summary>Whether its vital loops go on: where not, only starting it again helps. Others that hang are
    /// notes.</summary>
    public HealthReport Live()
    {
        var stuck = station.Accounts.Loops.FindStuck();
        IReadOnlyList<HealthReason> reasons = [.. stuck.Where(loop => loop.IsVital).Select(Describe)];
        return new HealthReport(
            reasons.Count == 0 ? OwnAnswers.Live : OwnAnswers.Stuck,
            Now,
            reasons,
            [.. stuck.Where(loop => !loop.IsVital).Select(Describe)]);
    }

    /// <summary>Whether what is due would be sent now, and receipts taken.</summary>
    public HealthReport Ready()
    {
        IReadOnlyList<HealthReason> reasons =
            [.. station.Accounts.Loops.FindStuck().Select(Describe), .. FindStarting(), .. FindUnread(), .. FindDisk()];
        return new HealthReport(
            reasons.Count == 0 ? "ready" : "not-ready", Now, reasons, [.. FindStopped(), .. FindOpen()]);
    }

    DateTimeOffset Now => station.Clock.Time.GetUtcNow();

    static HealthReason Describe(StuckLoop stuck) => HealthReason.Of(
        "loop-stuck",
        stuck.IsVital
            ? new Wording(
                $"vòng lặp '{stuck.Name}' không chạy tiếp từ {stuck.Since:u}: dịch vụ có thể đã treo, hãy khởi động "
                    + $"lại.",
                $"the loop '{stuck.Name}' has not gone on since {stuck.Since:u}: the service may be stuck, start it "
                    + $"again.")
            : new Wording(
                $"vòng lặp '{stuck.Name}' không chạy tiếp từ {stuck.Since:u}: phần việc đó đứng yên, các việc khác vẫn "
                    + $"chạy; hãy báo kỹ sư phụ trách.",
                $"the loop '{stuck.Name}' has not gone on since {stuck.Since:u}: what it does stands still, and "
                    + $"everything else goes on; tell your engineer."),
        stuck.Name);

    IEnumerable<HealthReason> FindStarting()
    {
        if (isStopping())
            yield return HealthReason.Of(
                "stopping", new Wording("dịch vụ đang dừng theo yêu cầu.", "the service is stopping as it was asked."));
        else if (!station.Accounts.Loops.HasBegun(Conducting) || reader is { Latest: null, Trouble: null })
            yield return HealthReason.Of(
                "starting", new Wording("dịch vụ đang khởi động.", "the service is starting."));
    }

    IEnumerable<HealthReason> FindUnread()
    {
        if (station.Accounts.Orders.Trouble is { } trouble)
            yield return HealthReason.Of("orders-unread", new Wording(
                $"không đọc được các lệnh tạm dừng trong ledger.db nên không gửi gì ({FaultWords.Of(trouble)}).",
                $"what persons ordered cannot be read from ledger.db, and nothing is sent: {FaultWords.Of(trouble)}."));
        if (reader.Trouble is { } unread)
            yield return HealthReason.Of("ledger-unread", unread);
        else if (reader.Age > Stale)
            yield return HealthReason.Of("reading-stale", new Wording(
                $"số liệu đã cũ {(long)reader.Age.TotalSeconds} giây.",
                $"the figures are {(long)reader.Age.TotalSeconds} s old."));
        if (reader.Latest is { UnreadLedgers: > 0 and var some })
            yield return HealthReason.Of("run-unread", new Wording(
                $"{some} sổ gửi tin không đọc được; xem 'sms-campaign status'.",
                $"{Figures.Counted(some, "ledger")} cannot be read; see 'sms-campaign status'."));
    }

    IEnumerable<HealthReason> FindDisk()
    {
        if (floor.IsBelow)
            yield return HealthReason.Of("disk-low", new Wording(
                "đĩa còn ít chỗ nên chương trình tạm không nhận biên nhận.",
                "the disk has too little room, and receipts are not taken for now."));
    }

    IEnumerable<HealthReason> FindStopped()
    {
        foreach (var lane in reader.Latest?.Lanes ?? [])
        {
            if (lane.IsStopped)
                yield return HealthReason.Of(
                    "lane-stopped",
                    new Wording(
                        $"kênh gửi '{lane.Lane}' đứng lại tới khi có người cho gửi tiếp.",
                        $"the lane '{lane.Lane}' goes on only by a person."),
                    lane.Lane);
            else if (lane.IsAway)
                yield return HealthReason.Of(
                    "lane-away",
                    new Wording(
                        $"cổng nhắn tin của kênh '{lane.Lane}' không nhận tin; chương trình đang thử lại.",
                        $"the gateway of the lane '{lane.Lane}' takes nothing, and is tried again."),
                    lane.Lane);
        }
    }

    IEnumerable<HealthReason> FindOpen()
    {
        if (settings.Address is { IsLoopback: false } address)
            yield return HealthReason.Of("management-open", new Wording(
                $"địa chỉ giám sát {address} mở ra ngoài máy này, không có mật khẩu.",
                $"the management address {address} is open beyond this machine, without a password."));
    }
}
