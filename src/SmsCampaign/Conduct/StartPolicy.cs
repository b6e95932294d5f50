using SmsCampaign.Campaigns;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Conduct;

/// <summary>What is to be done about a run at a moment.</summary>
public enum StartChoice
{
    /// <summary>Its window has not opened yet. Nothing to record.</summary>
    NotYet,

    /// <summary>Its window has just opened.</summary>
    Fire,

    /// <summary>The opening was missed; the window is open and the run may still begin.</summary>
    Late,

    /// <summary>It has begun before and the window is open: it goes on.</summary>
    Resume,

    /// <summary>The window is closed; it goes on at the next opening.</summary>
    Wait,

    /// <summary>A person has to decide.</summary>
    Hold,

    /// <summary>Its start was missed: it is not sent this time.</summary>
    Skip,

    /// <summary>The window is closed for good: what is not sent becomes leftover.</summary>
    Leave,
}

/// <param name="Day">The day to send on; the day looked at where nothing is to be sent now.</param>
/// <param name="Due">When what is decided on should have happened.</param>
/// <param name="Wake">When to look again; null where nothing more is to be waited for.</param>
public sealed record StartAnswer(
    StartChoice Choice, DateOnly Day, DateTimeOffset Due, Wording Reason, DateTimeOffset? Wake = null)
{
    public bool Sends => Choice is StartChoice.Fire or StartChoice.Late or StartChoice.Resume;

    /// <summary>What is recorded where it sends.</summary>
    internal DecisionKind Kind => Choice switch
    {
        StartChoice.Fire => DecisionKind.Fired,
        StartChoice.Late => DecisionKind.Late,
        _ => DecisionKind.Resumed,
    };
}

/// <summary>
/// Decides when a run starts, goes on and ends: rule 5, and what the campaign file says of a missed start and of
/// leftovers.
/// </summary>
/// <param name="occurrence">The date the run is for.</param>
/// <param name="approvedAt">When the approval that stands was given, or a person let the run go on since. One given
/// after the opening is itself the person's decision to start late: the policies for a missed start ask for no other.
/// One given after the last hour of the date (a release) lets the run go on from the next opening.</param>
/// <param name="begun">Whether anything of the run was ever let go.</param>
public sealed class StartPolicy(Schedule schedule, DateOnly occurrence, DateTimeOffset approvedAt, bool begun)
{
    /// <summary>A start within this time after the opening is on time: a restart at 08:00 is no missed start.</summary>
    public static readonly TimeSpan OnTime = TimeSpan.FromMinutes(1);

    readonly SendWindow _window = schedule.Window;

    /// <summary>The day on which a person has it sent from a terminal: their word is the decision to start. It goes for
    /// that day, and no other. Null: nobody does.</summary>
    public DateOnly? ByHandOn { get; init; }

    /// <summary>Whether it was there at the opening and only could not read or write what it needs: no
    /// start was missed.</summary>
    public bool WasDelayed { get; init; }

    /// <summary>The first day on which the run may send.</summary>
    public DateOnly FirstDay { get; } = FirstDayOf(schedule.Window, occurrence, approvedAt);

    public StartAnswer Decide(DateTimeOffset now)
    {
        if (ByHandOn is { } byHand)
            return DecideByHand(byHand, now);

        var opens = _window.OpensOn(FirstDay);
        if (now < opens)
        {
            var at = ToCome(opens);
            return new StartAnswer(
                StartChoice.NotYet,
                FirstDay,
                opens,
                new Wording($"Khung giờ gửi mở lúc {at}.", $"Opens at {at}."),
                opens);
        }

        return begun ? GoOn(now) : Start(now, opens);
    }

    StartAnswer DecideByHand(DateOnly day, DateTimeOffset now)
    {
        if (now >= _window.ClosesOn(day))
            return schedule.SendDays(FirstDay).FirstOrDefault(each => each > day) is var next && next != default
                ? WaitFor(next)
                : Over();

        // Before the opening it is waited for at the terminal.
        var opens = _window.OpensOn(day);
        var choice = begun ? StartChoice.Resume : now > opens ? StartChoice.Late : StartChoice.Fire;
        return new StartAnswer(choice, day, opens, new Wording("Một người chạy lệnh 'send'.", "A person ran 'send'."));
    }

    StartAnswer Start(DateTimeOffset now, DateTimeOffset opens)
    {
        var isOpen = _window.IsOpen(now, FirstDay);
        if (isOpen && now - opens <= OnTime)
            return new StartAnswer(
                StartChoice.Fire, FirstDay, opens, new Wording("Khung giờ gửi mở.", "The window opens."));

        var approved = Past(approvedAt);
        var started = Past(now);
        var mayStart = approvedAt > opens || WasDelayed;
        if (!mayStart && schedule.Missed == MissedPolicy.Hold)
        {
            return new StartAnswer(StartChoice.Hold, FirstDay, opens, new Wording(
                $"Lỡ giờ mở, đến {started} chương trình mới hoạt động; chiến dịch ghi 'missed: "
                    + $"hold' nên chờ người phụ trách quyết định.",
                $"The opening was missed, it is {started} now; the campaign says 'missed: "
                    + $"hold', so a person decides."));
        }

        if (!mayStart && schedule.Missed == MissedPolicy.Skip)
        {
            return new StartAnswer(StartChoice.Skip, FirstDay, opens, new Wording(
                $"Lỡ giờ mở, đến {started} chương trình mới hoạt động; chiến dịch ghi 'missed: "
                    + $"skip' nên không gửi lượt này.",
                $"The opening was missed, it is {started} now; the campaign says 'missed: "
                    + $"skip', so it is not sent this time."));
        }

        if (NextDay(now) is not { } day)
            return Over();
        if (now < _window.OpensOn(day))
            return WaitFor(day);

        return new StartAnswer(StartChoice.Late, day, opens, WasDelayed
            ? new Wording(
                $"Lúc mở chưa đọc được hoặc chưa ghi được tệp cần thiết, đến {started} mới được.",
                $"At the opening a file could not be read or written; by {started} it could.")
            : approvedAt > opens
            ? new Wording(
                $"Được phê duyệt hoặc cho gửi tiếp lúc {approved}, sau giờ mở, nên gửi ngay.",
                $"Approved or let go on at {approved}, after the opening, so it starts at once.")
            : new Wording(
                $"Lỡ giờ mở, đến {started} mới bắt đầu được; khung giờ còn mở đến {Hour(day)} và chiến "
                    + $"dịch ghi 'missed: start-late'.",
                $"The opening was missed, it starts at {started}; the window is open until {Hour(day)} and the "
                    + $"campaign says 'missed: start-late'."));
    }

    StartAnswer GoOn(DateTimeOffset now)
    {
        if (NextDay(now) is not { } day)
            return Over();

        var opens = _window.OpensOn(day);
        return now < opens
            ? WaitFor(day)
            : new StartAnswer(StartChoice.Resume, day, opens, new Wording(
                "Gửi tiếp phần còn lại từ chỗ đã dừng.", "Goes on with the rest from where it stopped."));
    }

    /// <summary>The window is closed, and will open again on a day the campaign allows.</summary>
    StartAnswer WaitFor(DateOnly next)
    {
        var opens = _window.OpensOn(next);
        var before = next.AddDays(-1);
        var at = ToCome(opens);
        return new StartAnswer(StartChoice.Wait, before, _window.ClosesOn(before), new Wording(
            $"Hết khung giờ; chiến dịch ghi 'leftovers: next-day' nên gửi tiếp lúc {at}.",
            $"The window closed; the campaign says 'leftovers: next-day', so it goes on at {at}."), opens);
    }

    /// <summary>No day is left.</summary>
    StartAnswer Over()
    {
        var last = schedule.SendDays(FirstDay).Last();
        var closed = _window.ClosesOn(last);
        var at = ToCome(closed);
        return schedule.Leftovers switch
        {
            LeftoverPolicy.Hold => new StartAnswer(StartChoice.Hold, last, closed, new Wording(
                $"Hết khung giờ lúc {at} mà còn tin chưa gửi; chiến dịch ghi 'leftovers: "
                    + $"hold' nên chờ người phụ trách quyết định.",
                $"The window closed at {at} with messages not sent; the campaign says 'leftovers: "
                    + $"hold', so a person decides.")),
            LeftoverPolicy.Drop => new StartAnswer(StartChoice.Leave, last, closed, new Wording(
                $"Hết khung giờ lúc {at} mà còn tin chưa gửi; chiến dịch ghi 'leftovers: drop' nên không gửi nữa.",
                $"The window closed at {at} with messages not sent; the campaign says 'leftovers: "
                    + $"drop', so they are not sent.")),
            _ => new StartAnswer(StartChoice.Leave, last, closed, new Wording(
                $"Đã qua {Schedule.MostDays} ngày gửi, ngày cuối hết giờ lúc {at}; tin còn lại không gửi nữa.",
                $"All {Schedule.MostDays} days of sending are over, the last closed at {at}; "
                    + $"what is left is not sent.")),
        };
    }

    /// <summary>The first allowed day whose window has not closed; null where there is none.</summary>
    DateOnly? NextDay(DateTimeOffset now)
    {
        foreach (var day in schedule.SendDays(FirstDay))
        {
            if (now < _window.ClosesOn(day))
                return day;
        }

        return null;
    }

    Wording Past(DateTimeOffset moment) => Figures.Moment(_window.ToLocal(moment));

    /// <summary>An opening or closing: a whole minute, whether it is to come or not.</summary>
    Wording ToCome(DateTimeOffset moment) => Figures.Expected(_window.ToLocal(moment));

    string Hour(DateOnly day) => Figures.ExpectedTime(_window.ToLocal(_window.ClosesOn(day)));

    static DateOnly FirstDayOf(SendWindow window, DateOnly occurrence, DateTimeOffset approvedAt)
    {
        if (approvedAt < window.ClosesOn(occurrence))
            return occurrence;

        var day = window.DayOf(approvedAt);
        return approvedAt < window.ClosesOn(day) ? day : day.AddDays(1);
    }
}
