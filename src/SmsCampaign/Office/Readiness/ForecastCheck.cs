using SmsCampaign.Campaigns;
using SmsCampaign.Messages;

namespace SmsCampaign.Office.Readiness;

/// <summary>Whether what is still to be sent fits the hours that are left, lane by lane, at the contracted rates: an
/// estimate from the ledger's counts, with texts of the average length.</summary>
sealed class ForecastCheck : IReadyCheck
{
    public const string Called = "forecast";

    public string Name => Called;

    public Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken) =>
        about.Key is null
            ? Task.FromResult<IReadOnlyList<ReadyFinding>>([])
            : Find(about).Alone();

    static ReadyFinding Find(ReadyCase about)
    {
        if (about.Status is not { } status || about.Schedule is not { } schedule || about.Key is not { } key)
            return ReadyFinding.Unknown(new Wording(
                "danh sách chưa nhập nên chưa biết số tin", "the audience is not imported, so its size is not known"));
        if (status.Count(MessageStatus.Planned) == 0)
            return ReadyFinding.Good(new Wording("không còn tin nào phải gửi.", "no message is left to send."));

        var days = OpenDays(about, schedule, key.Date).ToList();
        if (days.Count == 0)
            return ReadyFinding.Bad(
                new Wording("không còn ngày nào được gửi.", "no day is left to send on."), Ways);

        var lanes = status.Lanes
            .Where(lane => lane.Count(MessageStatus.Planned) > 0)
            .Select(lane => (Lane: lane, Options: about.Lanes.FirstOrDefault(each => each.Name == lane.Name)?.Options))
            .ToList();
        if (lanes.Find(lane => lane.Options is null) is { Lane: { } lost })
            return ReadyFinding.Unknown(new Wording(
                $"không có kênh '{lost.Name}' trong tệp cấu hình", $"the lane '{lost.Name}' is not installed"));

        var slowest = lanes
            .Select(lane => (lane.Lane, Ends: LeftPace.EndOf(lane.Lane, lane.Options!, days)))
            .MaxBy(lane => lane.Ends.Left > 0 ? DateTimeOffset.MaxValue : lane.Ends.At);
        var end = VietnamTime.Expected(slowest.Ends.At);
        var closes = VietnamTime.Expected(days[0].Closes);
        var last = Figures.Date(schedule.Window.DayOf(days[^1].Opens));
        var left = Figures.Counted(lanes.Sum(lane => LeftPace.EndOf(lane.Lane, lane.Options!, days).Left), "message");
        return slowest.Ends.Left > 0
            ? ReadyFinding.Bad(
                new Wording(
                    $"KHÔNG kịp: hết giờ ngày {last} còn khoảng {left} tin chưa gửi, chậm nhất kênh "
                        + $"{slowest.Lane.Name}.",
                    $"does NOT fit: some {left} are left when the hours of {last} are over, the slowest lane is "
                        + $"{slowest.Lane.Name}."),
                Ways)
            : slowest.Ends.At > days[0].Closes
            ? ReadyFinding.Note(new Wording(
                $"không xong trong ngày đầu (đóng lúc {closes}); dự kiến xong lúc {end}, kênh {slowest.Lane.Name}.",
                $"not done on the first day (closes at {closes}); expected to end at {end}, lane {slowest.Lane.Name}."))
            : ReadyFinding.Good(new Wording(
                $"dự kiến xong lúc {end} (chậm nhất kênh {slowest.Lane.Name}), trước giờ đóng {closes}.",
                $"expected to end at {end} (slowest: {slowest.Lane.Name}), before it closes at {closes}."));
    }

    /// <summary>What is left of each day's hours, from now on.</summary>
    static IEnumerable<OpenHours> OpenDays(ReadyCase about, Schedule schedule, DateOnly date)
    {
        // A run that is let go late has its days from then on.
        var first = about.Opening is { } opening && schedule.Window.DayOf(opening.Opens) is var day && day > date
            ? schedule.SendDays(date).Contains(day) ? date : day
            : date;
        return schedule.SendDays(first)
            .Select(schedule.Window.On)
            .Where(hours => !hours.AreOver(about.Now))
            .Select(hours => hours.IsOpen(about.Now) ? hours with { Opens = about.Now } : hours);
    }

    static readonly Wording Ways = new(
        "Hãy xem các cách bằng 'check': thêm giờ, thêm ngày, tăng tốc độ hợp đồng hoặc gửi không dấu.",
        "See the ways with 'check': more hours, more days, a higher contract, or text without diacritics.");
}
