namespace SmsCampaign.Office.Readiness;

/// <summary>Whether the machine knows the time zones that the hours of sending are in.</summary>
/// <param name="find">Finds a zone by its name; unset: as the machine has it.</param>
sealed class ZoneCheck(Func<string, TimeZoneInfo?>? find = null) : IReadyCheck
{
    public const string Called = "zone";

    /// <summary>Hà Nội's, all year round since 1975.</summary>
    static readonly TimeSpan OfVietnam = TimeSpan.FromHours(7);

    static readonly Wording Install = new(
        "Hãy báo kỹ sư phụ trách cài lại gói tzdata: sudo apt install --reinstall tzdata",
        "Have your engineer install the package tzdata again: sudo apt install --reinstall tzdata");

    public string Name => Called;

    public Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken) =>
        Find(about).Alone();

    ReadyFinding Find(ReadyCase about)
    {
        if ((find ?? Known)(CalendarDay.VietnamZone) is not { } vietnam)
            return ReadyFinding.Bad(
                new Wording(
                    $"không có dữ liệu múi giờ {CalendarDay.VietnamZone}.",
                    $"there is no time zone data of {CalendarDay.VietnamZone}."),
                Install);

        var offset = vietnam.GetUtcOffset(about.Now);
        if (offset != OfVietnam)
        {
            var found = new Wording($"UTC{offset.TotalHours:+0.##;-0.##}", $"UTC{offset.TotalHours:+0.##;-0.##}");
            return ReadyFinding.Bad(
                new Wording(
                    $"máy cho giờ Việt Nam là {found}, đúng ra là UTC+7.",
                    $"this machine takes Vietnam to be {found}; it is UTC+7."),
                Install);
        }

        var zone = about.Schedule?.Window.Zone ?? vietnam;
        var local = Figures.Moment(TimeZoneInfo.ConvertTime(about.Now, zone));
        return ReadyFinding.Good(new Wording(
            $"{Figures.Zone(zone)}; bây giờ là {local}.", $"{Figures.Zone(zone)}; it is {local} now."));
    }

    static TimeZoneInfo? Known(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
}
