using SmsCampaign.Campaigns;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Planning;

/// <summary>What is said of a run whose day is over, or its window closed, when it is prepared.</summary>
static class PastDate
{
    /// <param name="stops">Whether a run whose last day is over is an error.</param>
    static void Find(
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

    /// <summary>What is said of the run, and of answers that carriers can no longer give in time.</summary>
    /// <param name="stops">As of <see cref="Find"/>: not to who only looks.</param>
    /// <param name="registry">Where letters are recorded; null where there is none yet.</param>
    public static void FindForRun(
        CampaignFiles files,
        PreparationRequest request,
        DateTimeOffset now,
        bool stops,
        IRegistry? registry,
        List<Problem> problems)
    {
        Find(files, request, now, stops, problems);
        if (!request.Simulated)
        {
            var run = new RunKey(files.Campaign.Id, files.Date, request.Simulated);
            FindUnanswerable(files, now, LettersGone(registry, run), problems);
        }
    }

    /// <summary>What is said of letters to carriers that ask for what can no longer be: to text, or to answer, on a day
    /// that is over.</summary>
    /// <param name="answered">Segments whose letter has left: the carrier has it, and another day changes
    /// nothing.</param>
    public static void FindForLetters(
        CampaignFiles files, DateTimeOffset now, IReadOnlySet<string> answered, List<Problem> problems)
    {
        var schedule = files.Campaign.Schedule;
        var today = schedule.Window.DayOf(now);
        if (files.Date >= today)
        {
            FindUnanswerable(files, now, answered, problems);
            return;
        }

        var date = Figures.Date(files.Date);
        problems.Add(new Problem(
            files.Places.Of(schedule.IsYearly ? "schedule.yearly" : "schedule.date"),
            new Wording(
                $"Ngày nhắn tin {date} đã qua (hôm nay là {Figures.Date(today)}): công văn đề nghị nhà mạng nhắn vào "
                    + $"ngày đã qua. Nếu là đợt mới, hãy sửa ngày rồi chạy lại; chỉ dùng tiếp khi soạn lại cho hồ sơ.",
                $"The day of sending, {date}, is past (today is {Figures.Date(today)}): the letters ask carriers to "
                    + $"text on it. For a new day change the date and run this again; go on only to complete files."),
            Severity.Warning));
    }

    /// <summary>By when carriers are to answer, of a day that is over.</summary>
    /// <param name="answered">As of <see cref="FindForLetters"/>.</param>
    static void FindUnanswerable(
        CampaignFiles files, DateTimeOffset now, IReadOnlySet<string> answered, List<Problem> problems)
    {
        var today = files.Campaign.Schedule.Window.DayOf(now);
        if (files.Date < today) // of that everything is said already
            return;

        foreach (var held in files.Campaign.HeldSegments.Where(held => !answered.Contains(held.Name)))
        {
            var by = held.AcknowledgeBy.Before(files.Date.AddDays(-1));
            if (by >= today)
                continue;

            problems.Add(new Problem(
                files.Places.OfSegment(held.Name, "acknowledgeBy"),
                new Wording(
                    $"Hạn nhà mạng trả lời {Figures.Date(by)} (nhóm '{held.Name}') đã qua (hôm nay là "
                        + $"{Figures.Date(today)}), chưa ghi nhận công văn gửi đi. Hãy sửa 'acknowledgeBy' thành một "
                        + $"ngày từ hôm nay tới trước ngày gửi.",
                    $"The carrier was to answer by {Figures.Date(by)} (segment '{held.Name}'), which is past (today is "
                        + $"{Figures.Date(today)}); no letter is recorded as sent. Change 'acknowledgeBy' to a day "
                        + $"from today on, before the day of sending."),
                Severity.Warning));
        }
    }

    /// <summary>Segments whose newest letter has left.</summary>
    static HashSet<string> LettersGone(IRegistry? registry, RunKey run) =>
    [
        .. (registry?.WorkOrders.Read(run) ?? [])
            .GroupBy(order => order.Segment)
            .Where(orders => orders.MaxBy(order => order.Revision)!.Steps.Count > 0)
            .Select(orders => orders.Key),
    ];

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
