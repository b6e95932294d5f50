using SmsCampaign.Campaigns;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What somebody asks for: that today's window of a run closes later.</summary>
/// <param name="Campaign">Its id or its file.</param>
/// <param name="Date">Date of the run; null: the one that may send today.</param>
/// <param name="Until">First moment after the window, local time of its zone.</param>
public sealed record ExtendOrder(string Campaign, DateOnly? Date, TimeOnly Until, string Reason);

/// <summary>What came of it.</summary>
public abstract record ExtendResult
{
    ExtendResult()
    {
    }

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<ExtendFinding> Findings) : ExtendResult;

    /// <summary>It stands in ledger.db, and whoever sends closes by it.</summary>
    /// <param name="Was">When it would have closed, local time.</param>
    /// <param name="Left">Messages not sent yet.</param>
    /// <param name="IsHeld">Whether the run waits for an approval all the same.</param>
    /// <param name="ByWorker">Whether a running worker has taken it up.</param>
    public sealed record Extended(
        RunKey Run, DateOnly Day, TimeOnly Was, TimeOnly Closes, long Left, bool IsHeld, bool ByWorker) : ExtendResult
    {
        /// <summary>Whether the window as it was had closed before this was known to be done, and the campaign gives up
        /// what is left then: it may have been given up just before.</summary>
        public bool ClosedMeanwhile { get; init; }

        /// <summary>What is to be looked at where it <see cref="ClosedMeanwhile"/>.</summary>
        public static Wording MayBeGivenUp => new(
            "LƯU Ý: khung giờ cũ đã đóng trong lúc ghi quyết định nên phần còn lại có thể đã thôi gửi. Hãy xem lượt "
                + "gửi còn gửi hay không; phần không gửi thì gửi vào ngày khác (lệnh send-rest).",
            "NOTE: the window as it was closed while this was written down, so the rest may have been given up. Look "
                + "whether the run is still sent; what is not goes on another date (command send-rest).");
    }

    /// <summary>The worker was asked, and says why not.</summary>
    public sealed record NotDone(Wording Why) : ExtendResult;

    /// <summary>The worker was asked and has not answered: it may be so or not.</summary>
    public sealed record NotKnown(Wording Why) : ExtendResult;
}

/// <summary>What speaks against it.</summary>
public abstract record ExtendFinding
{
    ExtendFinding()
    {
    }

    public sealed record NoName : ExtendFinding;

    public sealed record NoReason : ExtendFinding;

    /// <param name="There">The campaign's runs, the newest first; none: it has none.</param>
    /// <param name="Others">The ids of the campaigns that have.</param>
    public sealed record NoRun(IReadOnlyList<RunRecord> There, IReadOnlyList<string> Others) : ExtendFinding;

    /// <summary>A row about it cannot be read.</summary>
    public sealed record Unreadable(Wording Why) : ExtendFinding;

    public sealed record NotApproved(RunKey Run) : ExtendFinding;

    /// <summary>It is over: what is left of it can only be sent on another date.</summary>
    public sealed record IsOver(RunKey Run) : ExtendFinding;

    /// <summary>Today is none of the days on which it may send.</summary>
    public sealed record NotToday(RunKey Run, DateOnly Today, DateOnly First, DateOnly Last) : ExtendFinding;

    public sealed record NothingLeft(RunKey Run) : ExtendFinding;

    /// <param name="Present">When it closes today as it is.</param>
    public sealed record NotLater(RunKey Run, TimeOnly Present) : ExtendFinding;

    /// <param name="Present">When it closes today as it is.</param>
    public sealed record TooLate(RunKey Run, TimeOnly Present) : ExtendFinding;

    /// <param name="Now">Local time.</param>
    public sealed record IsPast(RunKey Run, DateTimeOffset Now) : ExtendFinding;

    /// <summary>The window has closed, or the start was missed, and the campaign says that the rest is not
    /// sent.</summary>
    public sealed record MayNotGoOn(RunKey Run) : ExtendFinding;

    public Wording ToWords() => this switch
    {
        NoName => new("Cần ghi người quyết định: --by \"Họ tên\".", "Say who decides: --by NAME."),
        NoReason => new("Cần ghi lý do: --reason \"…\".", "Say why: --reason \"…\"."),
        NoRun(var there, var others) => Describe(there, others),
        Unreadable(var why) => why,
        NotApproved(var run) => new(
            $"Lượt gửi {run} chưa được phê duyệt nên chưa có khung giờ để kéo dài. Hãy phê duyệt bằng 'approve' trước.",
            $"The run {run} is not approved, so there is no window to extend. Approve it first with 'approve'."),
        IsOver(var run) => new(
            $"Lượt gửi {run} đã kết thúc. Phần chưa gửi chỉ gửi được vào ngày khác: dùng 'send-rest'.",
            $"The run {run} is over. What was not sent can only go on another date: use 'send-rest'."),
        NotToday(var run, var today, var first, var last) => Describe(run, today, first, last),
        NothingLeft(var run) => new(
            $"Lượt gửi {run} không còn tin nào chờ gửi: không cần kéo dài khung giờ.",
            $"Nothing of the run {run} waits to be sent: there is no need to extend."),
        NotLater(var run, var present) => new(
            $"Khung giờ hôm nay của {run} đóng lúc {present:HH:mm}: --until phải muộn hơn giờ đó. Muốn dừng sớm hơn, "
                + $"dùng 'pause' hoặc 'end'.",
            $"Today's window of {run} closes at {present:HH:mm}: --until must be later than that. To stop earlier, use "
                + $"'pause' or 'end'."),
        TooLate(var run, var present) => Describe(run, present),
        IsPast(var run, var now) => new(
            $"Bây giờ đã là {Figures.Moment(now)}: --until của {run} phải là giờ còn ở phía trước, hôm nay.",
            $"It is {Figures.Moment(now)} by now: --until of {run} must be an hour still to come today."),
        MayNotGoOn(var run) => new(
            $"Theo tệp chiến dịch, phần còn lại của {run} không gửi tiếp sau khi khung giờ đã đóng hoặc đã lỡ. Muốn "
                + $"gửi "
                + $"vào ngày khác, dùng 'send-rest'.",
            $"By the campaign file the rest of {run} is not sent once its window has closed or was missed. To send it "
                + $"on "
                + $"another date, use 'send-rest'."),
        _ => throw new InvalidOperationException($"no words for {this}"),
    };

    static Wording Describe(IReadOnlyList<RunRecord> there, IReadOnlyList<string> others)
    {
        if (there.Count > 0)
        {
            var dates = Wording.Join(", ", there.Select(run => run.DateWords).Distinct());
            return new Wording(
                $"Chiến dịch không có lượt gửi của ngày đó. Đang có: {dates}.",
                $"The campaign has no run of that date. There are: {dates}.");
        }

        var ids = others.Count == 0 ? new Wording("chưa có", "none") : new Wording(
            string.Join(", ", others), string.Join(", ", others));
        return new Wording(
            $"Chiến dịch chưa có lượt gửi nào. Các chiến dịch đã có lượt gửi: {ids}.",
            $"The campaign has no run. Campaigns that have: {ids}.");
    }

    static Wording Describe(RunKey run, DateOnly today, DateOnly first, DateOnly last)
    {
        var (on, from, to) = (Figures.Date(today), Figures.Date(first), Figures.Date(last));
        return first == last
            ? new Wording(
                $"Hôm nay {on} không phải ngày gửi của {run} (ngày {from}): chỉ kéo dài được khung giờ của hôm nay.",
                $"Today, {on}, is no day of {run} (which is {from}): only today's window can be extended.")
            : new Wording(
                $"Hôm nay {on} không phải ngày gửi của {run} (từ {from} đến {to}): chỉ kéo dài được khung giờ của hôm "
                    + $"nay.",
                $"Today, {on}, is no day of {run} ({from} to {to}): only today's window can be extended.");
    }

    static Wording Describe(RunKey run, TimeOnly present)
    {
        var latest = ScheduleReader.LatestCourteous;
        return present >= latest
            ? new Wording(
                $"Khung giờ hôm nay của {run} đóng lúc {present:HH:mm}, không kéo dài được nữa (muộn nhất "
                    + $"{latest:HH:mm}). "
                    + $"Phần còn lại gửi vào ngày khác bằng 'send-rest'.",
                $"Today's window of {run} closes at {present:HH:mm} and cannot be extended any more ({latest:HH:mm} at "
                    + $"the latest). Send the rest on another date with 'send-rest'.")
            : new Wording(
                $"Chỉ kéo dài được đến {latest:HH:mm}: sau giờ đó người dân bị làm phiền. Hãy ghi --until từ sau "
                    + $"{present:HH:mm} đến {latest:HH:mm}; phần còn lại gửi vào ngày khác bằng 'send-rest'.",
                $"It can be extended to {latest:HH:mm} at the latest: after that people are disturbed. Say an --until "
                    + $"after {present:HH:mm}, up to {latest:HH:mm}; send the rest on another date with 'send-rest'.");
    }
}
