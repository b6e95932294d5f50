using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Words;
using SmsCampaign.Dispatch.Words;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office.Causes;

/// <summary>What a person must know of how fast lanes are: below their contract, too late for the window, without
/// receipts.</summary>
static class FlowCauses
{
    /// <summary>How long a lane is measured.</summary>
    internal static readonly TimeSpan Measured = TimeSpan.FromMinutes(5);

    /// <summary>How long no receipt comes while messages are handed over.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromMinutes(15);

    /// <summary>Of the contracted rate, below which a lane is slow.</summary>
    internal const double SlowShare = 0.7;

    /// <summary>Messages handed over in <see cref="Silence"/> of which at least one receipt must have come.</summary>
    internal const long MostWithoutReceipt = 100;

    /// <summary>Work at the contracted rate below which the end of a run is not called slow.</summary>
    static readonly TimeSpan LeastWork = TimeSpan.FromMinutes(1);

    /// <summary>How long before the window closes a lane that hands nothing over is a risk, whatever it could do if it
    /// went on, and how long it has stood by then. Earlier it is told as a lane alone.</summary>
    static readonly (TimeSpan Left, TimeSpan Stands)[] Dead =
        [(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5)), (TimeSpan.FromHours(3), TimeSpan.FromMinutes(15))];

    /// <summary>How long a run must be at risk: a lane's pace swings.</summary>
    static readonly TimeSpan RiskAfter = TimeSpan.FromMinutes(5);

    public static IEnumerable<Cause> Find(StatusView view, LaneFlows flows)
    {
        var lanes = view.Runs
            .Where(run => run is { Run: { Simulated: false, State: RunState.Sending }, Status: not null })
            .SelectMany(run => run.Status!.Lanes.Select(lane => (Run: run, Lane: lane)))
            .Where(each => each.Lane.Name.Length > 0)
            .ToLookup(each => LaneFlows.IsMeasured(each.Run, view));
        return lanes[true].GroupBy(each => each.Lane.Name)
            .SelectMany(lane => FindOfLane(lane.Key, [.. lane], view, flows))
            .Concat(lanes[true].Select(each => each.Run).Distinct().SelectMany(run => FindRisk(run, view, flows)))
            .Concat(lanes[false].SelectMany(each => NotMeasured(each.Run, each.Lane)));
    }

    /// <summary>Outside its window what is told of a run stays as it is.</summary>
    static IEnumerable<Cause> NotMeasured(RunOverview run, LaneStatus lane) =>
    [
        Cause.Unknown(AlertKind.ReceiptsStopped, lane.Name),
        .. lane.Count(MessageStatus.Planned) > 0
            ? [Cause.Unknown(AlertKind.WindowRisk, run.Run.Key)]
            : Array.Empty<Cause>(),
    ];

    static IEnumerable<Cause> FindOfLane(
        string name, List<(RunOverview Run, LaneStatus Lane)> runs, StatusView view, LaneFlows flows)
    {
        var moving = runs.Where(each => !LaneFlows.IsStill(each.Run, name, view)).ToList();
        if (FindSilence(name, runs, view, flows, moving.Count == 0) is { } silence)
            yield return silence;

        var working = moving.Where(each => each.Lane.Count(MessageStatus.Planned) > 0).ToList();
        if (working.Count == 0 && runs.All(each => each.Lane.Count(MessageStatus.Planned) == 0))
            yield break;

        if (working.Count == 0 || working.Any(each => flows.Over(Measured, each.Run.Run.Key, name) is null))
            yield return Cause.Unknown(AlertKind.LaneSlow, name);
        else if (FindSlow(name, moving, view, flows) is { } slow)
            yield return slow;
    }

    /// <summary>What all runs of the account do together is held to its contract.</summary>
    static Cause? FindSlow(
        string name, List<(RunOverview Run, LaneStatus Lane)> runs, StatusView view, LaneFlows flows)
    {
        var (rate, unit) = (runs.Min(each => LaneFlows.RateOf(each.Run, each.Lane, view)), runs[0].Lane.RateUnit);
        var measured = runs.Sum(each => flows.Over(Measured, each.Run.Run.Key, name) is { } flow
            ? unit == RateUnit.Parts ? flow.PartsASecond : flow.MessagesASecond
            : 0);

        // How many messages a request carried is not kept: of requests it is only known that there were none.
        var share = unit == RateUnit.Requests ? (measured > 0 ? 1 : 0) : measured / rate;
        var work = runs.Sum(each => SecondsAt(rate, each.Lane));
        if (share >= SlowShare || work < LeastWork.TotalSeconds)
            return null;

        var (now, contract, percent) = (
            Figures.Count((long)Math.Round(measured)), Figures.Count(rate), Figures.Count((long)(share * 100)));
        var counted = RateUnitWords.Of(unit);
        var isSlowed = rate < runs[0].Lane.Rate;
        var allowed = isSlowed
            ? new Wording($"mức đang đặt {contract}", $"slowed to {contract}")
            : new Wording($"hợp đồng {contract}", $"contracted {contract}");
        var why = runs[0].Run.History.GetValueOrDefault(name, []) is [var change, ..] && change.Until is not null
            ? new Wording(
                $" Thay đổi nhịp gửi gần nhất: {LaneChangeWords.Of(change, null, unit)}.",
                $" The latest change of its pace: {LaneChangeWords.Of(change, null, unit)}.")
            : new Wording("", "");
        return new Cause(new Alert(
            AlertKind.LaneSlow,
            name,
            AlertSeverity.Warning,
            view.At - Measured,
            isSlowed
                ? new Wording($"kênh gửi '{name}' chậm hơn mức đang đặt", $"the lane '{name}' is below its set rate")
                : new Wording($"kênh gửi '{name}' chậm hơn hợp đồng", $"the lane '{name}' is below its contract"),
            NumberMask.In(new Wording(
                $"Trong 5 phút qua: {now} {counted}, {allowed} ({percent}%) dù còn tin chờ.{why}",
                $"In the last 5 minutes: {now} {counted}, {allowed} ({percent}%), with work to do.{why}")),
            new Wording(
                "xem 'sms-campaign status --lanes --history'; gọi đầu mối của nhà mạng hỏi vì sao chậm",
                "see 'sms-campaign status --lanes --history'; ask the carrier why it is slow")));
    }

    /// <returns>Null where receipts come, or none are awaited.</returns>
    static Cause? FindSilence(
        string name,
        List<(RunOverview Run, LaneStatus Lane)> runs,
        StatusView view,
        LaneFlows flows,
        bool isStill)
    {
        if (runs[0].Lane.ReceiptTrust is not (ReceiptTrust.Network or ReceiptTrust.Handset))
            return null;

        var measured = runs.Select(each => flows.Over(Silence, each.Run.Run.Key, name)).OfType<LaneFlow>().ToList();
        if (measured.Any(flow => flow.Receipts > 0))
            return null;

        var handedOver = measured.Sum(flow => flow.Messages);
        return isStill || handedOver < MostWithoutReceipt
            ? Cause.Unknown(AlertKind.ReceiptsStopped, name)
            : new Cause(Silent(name, view, handedOver));
    }

    static Alert Silent(string name, StatusView view, long handedOver)
    {
        var count = Figures.Counted(handedOver, "message");
        return new Alert(
            AlertKind.ReceiptsStopped,
            name,
            AlertSeverity.Warning,
            view.At - Silence,
            new Wording($"kênh gửi '{name}' không có biên nhận", $"the lane '{name}' brings no receipts"),
            new Wording(
                $"Trong 15 phút qua đã chuyển {count} tin mà không có biên nhận nào báo đã tới.",
                $"In the last 15 minutes {count} handed over, and no receipt of success came."),
            new Wording(
                "báo kỹ sư phụ trách kiểm tra địa chỉ nhận biên nhận (receipts) và gọi đầu mối của nhà mạng",
                "your engineer checks the receipts address (receipts) and calls the carrier"));
    }

    static IEnumerable<Cause> FindRisk(RunOverview run, StatusView view, LaneFlows flows)
    {
        var key = run.Run.ToKey();
        var opening = view.Openings.First(each => each.IsOpen && each.Run == key);
        var waiting = run.Status!.Lanes
            .Where(lane => lane.Count(MessageStatus.Planned) > 0)
            .ToLookup(lane => view.Stopped.All(stop => stop.Lane != lane.Name));
        var lanes = waiting[true]
            .Select(lane => new LaneEnd(lane, SecondsOf(run, lane, view, flows), SecondsAt(lane.Rate, lane)))
            .ToList();

        if (FindDead(run, opening, [.. waiting[true]], view, flows) is { } dead)
        {
            yield return new Cause(dead);
            yield break;
        }

        // Nothing is measured of what has stopped or is held, and it waits all the same.
        var isMeasured = !waiting[false].Any()
            && lanes.TrueForAll(lane => flows.Over(Measured, run.Run.Key, lane.Lane.Name) is not null);
        if (lanes.Count == 0)
        {
            if (!isMeasured)
                yield return Cause.Unknown(AlertKind.WindowRisk, run.Run.Key);
            yield break;
        }

        var worst = lanes.MaxBy(lane => lane.Seconds)!;
        var today = (opening.Closes - view.At).TotalSeconds;
        if (worst.Seconds <= today)
        {
            if (!isMeasured)
                yield return Cause.Unknown(AlertKind.WindowRisk, run.Run.Key);
            yield break;
        }

        // A run that was planned for several days is not late today.
        var later = SecondsAfterToday(run, view.At);
        var isMissed = worst.Seconds > today + later;
        if (!isMissed && worst.AtContract > today)
            yield break;

        yield return new Cause(Risk(run, opening, worst, today, isMissed), RiskAfter);
    }

    /// <summary>A lane that hands nothing over is no lane at its full rate. One that a person has paused, or that its
    /// first batch holds, is told by itself; one whose quota of the day is used up is not dead.</summary>
    /// <returns>Null where none has stood for long.</returns>
    static Alert? FindDead(
        RunOverview run, RunOpening opening, IReadOnlyList<LaneStatus> waiting, StatusView view, LaneFlows flows)
    {
        var (key, left) = (run.Run.ToKey(), opening.Closes - view.At);
        var patience = Dead
            .Where(each => left <= each.Left)
            .Select(each => each.Stands)
            .DefaultIfEmpty(TimeSpan.MaxValue)
            .First();
        var dead = waiting
            .Where(lane => flows.StandsFor(run.Run.Key, lane.Name) is var stands
                && stands >= patience
                && run.Trials.GetValueOrDefault(lane.Name) is null or { IsOverruled: true }
                && run.History.GetValueOrDefault(lane.Name, []) is not [{ Kind: LaneChangeKind.Quota }, ..]
                && !view.Orders.Any(order => order.HoldsBack && order.Concerns(key, lane.Name)))
            .MaxBy(lane => lane.Count(MessageStatus.Planned));
        if (dead is null)
            return null;

        var isLast = SecondsAfterToday(run, view.At) <= 0;
        var (name, closes, since) = (
            RunCauses.NameOf(run),
            VietnamTime.Expected(opening.Closes),
            VietnamTime.Moment(view.At - flows.StandsFor(run.Run.Key, dead.Name)));
        var (few, many) = (
            Figures.Count(dead.Count(MessageStatus.Planned)),
            Figures.Counted(dead.Count(MessageStatus.Planned), "message"));
        return new Alert(
            AlertKind.WindowRisk,
            run.Run.Key,
            isLast ? AlertSeverity.Urgent : AlertSeverity.Warning,
            opening.Opens,
            isLast
                ? new Wording($"có thể gửi không kịp khung giờ: {name}", $"may not be sent in its window: {name}")
                : new Wording($"có thể phải gửi sang ngày sau: {name}", $"may go on another day: {name}"),
            new Wording(
                $"Kênh '{dead.Name}' không chuyển được tin nào từ {since}, còn {few} tin chờ; khung giờ đóng lúc "
                    + $"{closes}.",
                $"The lane '{dead.Name}' has handed nothing over since {since}, {many} waiting; the window closes at "
                    + $"{closes}."),
            new Wording(
                $"gọi đầu mối của nhà mạng; xem 'sms-campaign status {run.Run.Campaign} --lanes --history', báo người "
                    + $"phụ trách quyết định phần còn lại",
                $"call the carrier; see 'sms-campaign status {run.Run.Campaign} --lanes --history', and have a person "
                    + $"decide on the rest"));
    }

    static Alert Risk(RunOverview run, RunOpening opening, LaneEnd worst, double today, bool isMissed)
    {
        var (name, closes, lane) = (
            RunCauses.NameOf(run), VietnamTime.Expected(opening.Closes), worst.Lane.Name);
        var (waiting, left) = (
            Figures.Count(worst.Lane.Count(MessageStatus.Planned)),
            Figures.Count((long)(worst.Lane.Count(MessageStatus.Planned) * (1 - today / worst.Seconds))));
        return new Alert(
            AlertKind.WindowRisk,
            run.Run.Key,
            isMissed ? AlertSeverity.Urgent : AlertSeverity.Warning,
            opening.Opens,
            isMissed
                ? new Wording($"có thể gửi không kịp khung giờ: {name}", $"may not be sent in its window: {name}")
                : new Wording($"có thể phải gửi sang ngày sau: {name}", $"may go on another day: {name}"),
            new Wording(
                $"Theo tốc độ đang đo, kênh '{lane}' (chậm nhất) còn {waiting} tin chờ và khi khung giờ đóng lúc "
                    + $"{closes} còn khoảng {left} tin chưa gửi.",
                $"At the measured rate the lane '{lane}' (the slowest) has {waiting} waiting, of which about {left} "
                    + $"are not sent when the window closes at {closes}."),
            new Wording(
                $"xem 'sms-campaign status {run.Run.Campaign} --lanes'; gọi đầu mối của nhà mạng, báo người phụ trách "
                    + $"quyết định phần còn lại",
                $"see 'sms-campaign status {run.Run.Campaign} --lanes'; call the carrier, and have a person decide on "
                    + $"the rest"));
    }

    /// <summary>How long a lane takes for what waits: at the measured rate, or, where it stands still or was not
    /// measured, at the most it may once it goes on.</summary>
    static double SecondsOf(RunOverview run, LaneStatus lane, StatusView view, LaneFlows flows)
    {
        var atBest = SecondsAt(LaneFlows.RateOf(run, lane, view), lane);
        var held = run.History.GetValueOrDefault(lane.Name, []) is [{ Until: { } until }, ..]
            ? Math.Max(0, (ProcessClock.FromMicros(until) - view.At).TotalSeconds)
            : 0;
        if (held > 0
            || LaneFlows.IsStill(run, lane.Name, view)
            || flows.Over(Measured, run.Run.Key, lane.Name) is not { } flow)
            return held + atBest;

        return Math.Max(atBest, lane.Count(MessageStatus.Planned) / Math.Max(flow.MessagesASecond, 1e-9));
    }

    static double SecondsAt(int rate, LaneStatus lane)
    {
        var waiting = lane.Count(MessageStatus.Planned);
        var work = lane.RateUnit == RateUnit.Parts && lane.Messages > 0
            ? waiting * ((double)lane.PartsPlanned / lane.Messages)
            : lane.RateUnit == RateUnit.Messages ? waiting : 0; // a request may carry any number
        return work / rate;
    }

    /// <summary>Open hours of the run's later days.</summary>
    static double SecondsAfterToday(RunOverview run, DateTimeOffset now)
    {
        var schedule = run.Run.ReadSchedule();
        var today = schedule.Window.DayOf(now);
        return schedule.SendDays(run.Run.ToKey().Date).Count(day => day > today)
            * schedule.Window.Length.TotalSeconds;
    }

    sealed record LaneEnd(LaneStatus Lane, double Seconds, double AtContract);
}
