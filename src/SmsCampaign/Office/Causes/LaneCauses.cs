using SmsCampaign.Dispatch.Words;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Office.Causes;

/// <summary>What a person must know of a lane, as <c>status</c> has it.</summary>
static class LaneCauses
{
    /// <summary>A gateway that is back sooner is no news.</summary>
    internal static readonly TimeSpan HeldAfter = TimeSpan.FromMinutes(1);

    /// <summary>How long a gateway may take nothing before a person is woken.</summary>
    internal static readonly TimeSpan UrgentAfter = TimeSpan.FromMinutes(15);

    /// <summary>How long a first batch may be under way before a person looks: by the defaults its receipts have
    /// 5 minutes.</summary>
    internal static readonly TimeSpan TriedAfter = TimeSpan.FromMinutes(15);

    /// <summary>How long before an opening a stopped lane is urgent.</summary>
    static readonly TimeSpan Soon = TimeSpan.FromHours(24);

    public static IEnumerable<Cause> Find(StatusView view) =>
    [
        .. view.Orders.Where(order => order.Kind == OrderKind.Pause).Select(order => new Cause(Paused(order, view))),
        .. view.Stopped.Select(stop => new Cause(Stopped(stop, view))),
        .. view.Runs
            .Where(run => !run.Run.Simulated)
            .SelectMany(run => run.Trials.Where(lane => lane.Value.IsHeld).Select(
                lane => new Cause(Tried(run, lane.Key, lane.Value)))),
        .. view.Runs
            .Where(run => LaneFlows.IsMeasured(run, view))
            .SelectMany(run => run.Trials
                .Where(lane => lane.Value.IsUnderWay && !LaneFlows.IsHeldBack(run, lane.Key, view))
                .Select(lane => new Cause(TriedLong(run, lane.Key, lane.Value), TriedAfter))),
        .. view.Outages.Select(outage => new Cause(Held(outage, view), HeldAfter)),
        .. view.Throttled
            .Where(hold => view.Outages.All(outage => outage.Lane != hold.Lane))
            .Select(hold => new Cause(Throttled(hold.Lane, hold.Until, view), HeldAfter)),
    ];

    /// <summary>Whoever must know is told, also that it still stands.</summary>
    static Alert Paused(StandingOrder order, StatusView view)
    {
        var (scope, given) = (
            OrderWords.Scope(order),
            OrderWords.Given(order, order.At is { } at ? VietnamTime.Moment(at) : null));
        return new Alert(
            AlertKind.Paused,
            $"{order.Run} {order.Lane}".Trim(),
            AlertSeverity.Warning,
            order.At ?? view.At,
            NumberMask.In(new Wording($"đang tạm dừng gửi: {scope}", $"paused: {scope}")),
            NumberMask.In(new Wording($"Tạm dừng {given}.", $"Paused {given}.")),
            new Wording($"khi cho gửi tiếp: {OrderWords.WayOn(order)}", $"to let it go on: {OrderWords.WayOn(order)}"));
    }

    static Alert Stopped(LaneStop stop, StatusView view) => new(
        AlertKind.LaneStopped,
        stop.Lane,
        view.MissesLane || view.Openings.Any(opening => opening.Opens - view.At < Soon)
            ? AlertSeverity.Urgent
            : AlertSeverity.Warning,
        stop.At ?? view.At,
        new Wording($"kênh gửi '{stop.Lane}' đã dừng hẳn", $"the lane '{stop.Lane}' has stopped"),
        NumberMask.In(LaneStopWords.Of(
            stop, stop.At is { } at ? VietnamTime.Moment(at) : null, view.WaitingFor(stop.Lane))),
        LaneStopWords.Advice(stop));

    /// <summary>Its messages wait on the day they are to be sent.</summary>
    static Alert Tried(RunOverview run, string lane, LaneTrial trial)
    {
        var since = ProcessClock.FromMicros(trial.Since);
        var waiting = run.Status!.Lanes.First(each => each.Name == lane).Count(MessageStatus.Planned);
        return new Alert(
            AlertKind.LaneStopped,
            $"{run.Run.Key} {lane}",
            AlertSeverity.Urgent,
            since,
            new Wording($"kênh gửi '{lane}' đứng chờ người phụ trách", $"the lane '{lane}' is held for a person"),
            NumberMask.In(LaneTrialWords.Held(lane, trial, VietnamTime.Moment(since), waiting)),
            LaneTrialWords.Advice(trial, run.Run.Key, lane));
    }

    /// <summary>Neither its answers nor its receipts have said for long whether it may go on.</summary>
    static Alert TriedLong(RunOverview run, string lane, LaneTrial trial)
    {
        var since = ProcessClock.FromMicros(trial.BegunAt);
        return new Alert(
            AlertKind.LaneHeld,
            $"{run.Run.Key} {lane}",
            AlertSeverity.Warning,
            since,
            new Wording(
                $"loạt tin đầu của kênh gửi '{lane}' chưa có kết quả",
                $"the first batch of the lane '{lane}' has no result yet"),
            LaneTrialWords.UnderWay(lane, trial, VietnamTime.Moment(since)),
            new Wording(
                $"xem 'sms-campaign status {run.Run.Campaign} --lanes'; nếu kéo dài, hỏi nhà mạng vì sao báo bận hoặc "
                    + "chưa trả biên nhận",
                $"see 'sms-campaign status {run.Run.Campaign} --lanes'; if this lasts, ask the carrier why it is busy "
                    + "or brings no receipts"));
    }

    static Alert Held(LaneOutage outage, StatusView view)
    {
        var since = ProcessClock.FromMicros(outage.Since);
        var what = LaneChangeWords.Of(
            new LaneChange(outage.Kind, outage.LastAt, null, 0, outage.Reason, outage.Cause), null, default);
        var isOpen = view.Openings.Any(opening => opening.IsOpen);
        return new Alert(
            AlertKind.LaneHeld,
            outage.Lane,
            isOpen && view.At - since > UrgentAfter ? AlertSeverity.Urgent : AlertSeverity.Warning,
            since,
            new Wording(
                $"kênh gửi '{outage.Lane}' không chuyển được tin", $"the lane '{outage.Lane}' hands nothing over"),
            NumberMask.In(new Wording(
                $"{Upper(what)}. Các tin chưa gửi vẫn chờ và tự gửi tiếp khi nhà mạng nhận.",
                $"{Upper(what)}. What is not sent waits, and goes on by itself once the gateway takes it.")),
            new Wording(
                $"kiểm tra bằng 'sms-campaign doctor {outage.Lane}' và gọi đầu mối của nhà mạng",
                $"look by 'sms-campaign doctor {outage.Lane}' and call the carrier"));
    }

    static Alert Throttled(string lane, DateTimeOffset until, StatusView view)
    {
        var moment = VietnamTime.Moment(until);
        return new Alert(
            AlertKind.LaneHeld,
            lane,
            AlertSeverity.Warning,
            view.At,
            new Wording(
                $"kênh gửi '{lane}' bị nhà mạng báo gửi quá nhanh", $"the lane '{lane}' is told that it is too fast"),
            new Wording(
                $"Đang dừng tới {moment}. Các tin chưa gửi vẫn chờ và tự gửi tiếp.",
                $"It stands still until {moment}. What is not sent waits, and goes on by itself."),
            new Wording(
                "nếu kéo dài, gọi đầu mối của nhà mạng. Xem: sms-campaign status --history",
                "if this lasts, call the carrier. See: sms-campaign status --history"));
    }

    static Wording Upper(Wording words) => new(
        char.ToUpperInvariant(words.In(Language.Vietnamese)[0]) + words.In(Language.Vietnamese)[1..],
        char.ToUpperInvariant(words.In(Language.English)[0]) + words.In(Language.English)[1..]);
}
