using SmsCampaign.Dispatch.Words;
using SmsCampaign.Messages;
using SmsCampaign.Office.Causes;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office.Readiness;

/// <summary>Whether a lane stands still until a person lets it go on, goes on otherwise than the campaign says as a
/// person decided, or is not in the installation any more.</summary>
sealed class LaneStopCheck : IReadyCheck
{
    public const string Called = "lane-stop";

    public string Name => Called;

    public Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken)
    {
        var stops = about.Registry?.Stops.Read() ?? [];
        return Task.FromResult<IReadOnlyList<ReadyFinding>>(
        [
            .. about.MissingLanes.Select(lane => ReadyFinding.Bad(
                new Wording(
                    $"kế hoạch dùng kênh '{lane}' mà tệp cấu hình không có.",
                    $"the plan uses the lane '{lane}', which the installation file does not have."),
                new Wording(
                    "Hãy trả kênh về tệp cấu hình, hoặc lập kế hoạch lại bằng 'plan' rồi trình phê duyệt.",
                    "Put the lane back into the file, or plan again with 'plan' and have it approved."))
                with { Subject = lane }),
            .. about.Lanes
                .Select(lane => stops.FirstOrDefault(stop => stop.Lane == lane.Name))
                .Where(stop => stop is not null)
                .Select(stop => ReadyFinding.Bad(
                    LaneStopWords.Of(stop!, stop!.At is { } at ? VietnamTime.Moment(at) : null)
                        + (stop.Unreadable is { } unreadable
                            ? new Wording($" {unreadable}", $" {unreadable}")
                            : new Wording("", "")),
                    LaneStopWords.Advice(stop)) with { Subject = stop.Lane }),
            .. FindSilent(about),
            .. FindTried(about),
        ]);
    }

    /// <summary>Lanes that hand nothing over at this moment, or did not when a window closed.</summary>
    static IEnumerable<ReadyFinding> FindSilent(ReadyCase about)
    {
        if (about.UnderWay.Value is not { } view)
            yield break;

        var advice = new Wording(
            "Hãy gọi đầu mối của nhà mạng; chương trình tự thử lại trong khung giờ gửi, tin chưa gửi vẫn chờ.",
            "Call the carrier; it is tried again by itself within the window, and what is not sent waits.");
        foreach (var lane in about.Lanes)
        {
            Wording? said = null;
            if (view.Outages.FirstOrDefault(outage => outage.Lane == lane.Name) is { } outage)
            {
                var since = VietnamTime.Moment(ProcessClock.FromMicros(outage.Since));
                var what = LaneChangeWords.Of(
                    new LaneChange(outage.Kind, outage.LastAt, null, 0, outage.Reason, outage.Cause), null, default);
                said = new Wording(
                    $"không chuyển được tin nào từ {since}: {what}.", $"hands nothing over since {since}: {what}.");
            }
            else if (view.Throttled.FirstOrDefault(hold => hold.Lane == lane.Name) is { Lane: not null } hold)
            {
                var until = VietnamTime.Moment(hold.Until);
                said = new Wording(
                    $"đang đứng tới {until}: nhà mạng báo gửi quá nhanh.",
                    $"stands still until {until}: its gateway says that it is too fast.");
            }

            if (said is not { } found)
                continue;
            var isNow = view.Runs.Any(run => LaneFlows.IsMeasured(run, view)
                && run.Status!.Lanes.Any(each => each.Name == lane.Name && each.Count(MessageStatus.Planned) > 0));
            yield return (isNow ? ReadyFinding.Bad(found, advice) : ReadyFinding.Note(found, advice)) with
            {
                Subject = lane.Name,
            };
        }
    }

    /// <summary>Of the run, as it may have sent on a day before.</summary>
    static IEnumerable<ReadyFinding> FindTried(ReadyCase about)
    {
        if (about.Key is not { } key || about.Overview.Value is not { } overview)
            yield break;

        foreach (var (lane, trial) in overview.Trials.Where(lane => lane.Value.IsHeld || lane.Value.IsOverruled))
        {
            var at = VietnamTime.Moment(ProcessClock.FromMicros(trial.Since));
            var found = trial.IsHeld
                ? ReadyFinding.Bad(
                    LaneTrialWords.Held(lane, trial, at, StandingTrials.CountWaiting(overview.Status!, lane)),
                    LaneTrialWords.Advice(trial, key.ToString(), lane))
                : ReadyFinding.Note(LaneTrialWords.Overruled(lane, trial, at));
            yield return found with { Subject = lane };
        }
    }
}
