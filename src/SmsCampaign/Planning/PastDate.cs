using SmsCampaign.Campaigns;

namespace SmsCampaign.Planning;

/// <summary>What is said of a run whose day is over, or its window closed, when it is prepared.</summary>
static class PastDate
{
    /// <param name="stops">Whether a run whose last day is over is an error.</param>
    public static void Find(
        CampaignFiles files, PreparationRequest request, DateTimeOffset now, bool stops, List<Problem> problems)
    {
        var schedule = files.Campaign.Schedule;
        if (request.Simulated || now < schedule.Window.ClosesOn(files.Date))
            return;

        var over = now >= schedule.Window.ClosesOn(schedule.SendDays(files.Date).Last());
        problems.Add(new Problem(
            files.Places.Of(schedule.IsYearly ? "schedule.yearly" : "schedule.date"),
            Describe(schedule, files.Date, now, over),
            over && stops ? Severity.Error : Severity.Warning));
    }

    static Wording Describe(Schedule schedule, DateOnly day, DateTimeOffset now, bool over)
    {
        var window = schedule.Window;
        var (date, today, closed) = (Figures.Date(day), Figures.Date(window.DayOf(now)), window.Closes);
        if (!over)
        {
            var next = Figures.Expected(
                window.ToLocal(window.OpensOn(schedule.SendDays(day).First(each => now < window.ClosesOn(each)))));
            return new Wording(
                $"Khung giờ gửi ngày {date} đã đóng lúc {closed:HH:mm}. Còn gửi được từ {next} (leftovers: "
                    + $"next-day), theo quy định khi lỡ giờ (missed) hoặc khi được phê duyệt lại.",
                $"The window of {date} closed at {closed:HH:mm}. It can still be sent from {next} (leftovers: "
                    + $"next-day), as the policy for missed starts says (missed), or once approved again.");
        }

        return window.DayOf(now) == day
            ? new Wording(
                $"Khung giờ gửi hôm nay ({date}) đã đóng lúc {closed:HH:mm} nên không gửi được nữa. Hãy sửa ngày; "
                    + $"muốn chạy thử thì thêm --simulate.",
                $"Today's window ({date}) closed at {closed:HH:mm}, so nothing can be sent any more. Change the date; "
                    + $"to rehearse, add --simulate.")
            : new Wording(
                $"Ngày gửi {date} đã qua (hôm nay là {today}) nên không gửi được nữa. Hãy sửa ngày; "
                    + $"muốn chạy thử thì thêm --simulate.",
                $"The date {date} is past (today is {today}), so nothing can be sent. Change the date; "
                    + $"to rehearse, add --simulate.");
    }
}
