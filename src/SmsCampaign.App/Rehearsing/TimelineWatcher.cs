using System.Globalization;
using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Dispatch.Words;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.App.Rehearsing;

/// <summary>Writes on the timeline what one process of a rehearsal decides, sees and is told.</summary>
sealed class TimelineWatcher : IRunWatcher
{
    readonly Timeline _timeline;
    readonly TimeProvider _time;
    readonly Func<string, Lane> _laneOf;
    readonly Func<DateTimeOffset, DateTimeOffset> _toLocal;
    readonly OutageNews _outages;
    readonly HashSet<string> _slowed = [];
    volatile bool _isOver;

    public TimelineWatcher(
        Timeline timeline, TimeProvider time, Func<string, Lane> laneOf, Func<DateTimeOffset, DateTimeOffset> toLocal)
    {
        (_timeline, _time, _laneOf, _toLocal) = (timeline, time, laneOf, toLocal);
        _outages = new OutageNews(SayAway, SayBack);
    }

    public ReportResult? Report { get; private set; }

    public Exception? Unwritable { get; private set; }

    /// <summary>The power is gone: whatever the process still says, it never happened.</summary>
    public void End() => _isOver = true;

    public void Decided(Decision decision) => Add(
        decision.What switch
        {
            DecisionKind.Fired or DecisionKind.Late or DecisionKind.Resumed => RehearsalEventKind.Began,
            DecisionKind.Finished => RehearsalEventKind.Reported,
            _ => RehearsalEventKind.Decided,
        },
        decision.Reason);

    public void Sent(RunKey run, SendEnd how, long left)
    {
        if (how != SendEnd.Stopped)
            Add(RehearsalEventKind.Closed, how == SendEnd.Done
                ? new Wording("Mọi tin đã được chuyển đi.", "Everything is handed over.")
                : new Wording(
                    $"Khung giờ gửi đóng, còn {Figures.Counted(left, "message")} tin chưa gửi.",
                    $"The window closes with {Figures.Counted(left, "message")} not sent."), count: left);
    }

    public void LaneUnready(RunKey run, string lane, AccountFinding found)
    {
    }

    public void ReceiptsBehind(RunKey run)
    {
    }

    public void LaneReopened(RunKey run, string lane)
    {
    }

    public void LaneFaulted(RunKey run, string lane, Exception why) => Add(
        RehearsalEventKind.Fault,
        new Wording(
            $"Kênh gửi '{lane}' gặp lỗi của chương trình (mã {why.GetType().Name}); các kênh khác vẫn gửi.",
            $"The lane '{lane}' met a fault of the program ({NumberMask.In(why.Message)}); the others go on."),
        lane);

    public void Faulted(string run, Wording reason, Exception why) => Add(RehearsalEventKind.Fault, reason);

    public void HeldUp(RunKey run, Wording reason, bool isOnRecord) => Add(RehearsalEventKind.Fault, reason);

    public void Reported(RunKey run, ReportResult report) => (Report, Unwritable) = (report, null);

    public void ReportUnwritable(RunKey run, Exception why) => Unwritable = why;

    public void Ended(RunKey run, RunState state)
    {
    }

    /// <summary>A change of a lane's pace. Of those that come again and again the first is told, and when it
    /// is over.</summary>
    public void Note(string lane, LaneChange change)
    {
        switch (change.Kind)
        {
            case LaneChangeKind.NotTaken or LaneChangeKind.Breaker or LaneChangeKind.Answered:
                _outages.Note(lane, change);
                break;
            case LaneChangeKind.Throttled when _slowed.Add(lane):
            case LaneChangeKind.AtContract when _slowed.Remove(lane):
            case LaneChangeKind.Quota or LaneChangeKind.Stopped or LaneChangeKind.Faulted or LaneChangeKind.Unread:
            case LaneChangeKind.TrialBegun or LaneChangeKind.TrialPassed or LaneChangeKind.TrialHeld:
                Say(lane, change);
                break;
        }
    }

    void Say(string lane, LaneChange change)
    {
        Wording? until = change.Until is { } micros and < long.MaxValue
            ? Figures.Expected(_toLocal(ProcessClock.FromMicros(micros)))
            : null;
        var what = LaneChangeWords.Of(change, until, _laneOf(lane).Options.RateUnit);
        Add(
            RehearsalEventKind.LaneChanged,
            new Wording($"Kênh gửi '{lane}': {what}.", $"The lane '{lane}': {what}."),
            lane,
            at: ProcessClock.FromMicros(change.At));
    }

    void SayAway(string lane, long since, LaneChange change)
    {
        if (!_slowed.Add($"away {lane}"))
            return; // told again and again while it lasts

        var (at, what) = (
            _toLocal(ProcessClock.FromMicros(since)).ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            LaneChangeWords.Of(change with { Until = null }, null, default));
        Add(
            RehearsalEventKind.OutageSeen,
            new Wording(
                $"Chương trình thấy kênh gửi '{lane}' không chuyển được tin từ {at}: {what}. Tin chưa gửi vẫn chờ.",
                $"The program sees that the lane '{lane}' hands nothing over since {at}: {what}. "
                    + $"What is not sent waits."),
            lane,
            at: ProcessClock.FromMicros(change.At));
    }

    void SayBack(string lane, TimeSpan after)
    {
        _slowed.Remove($"away {lane}");
        Add(
            RehearsalEventKind.OutageOver,
            new Wording(
                $"Kênh gửi '{lane}' chuyển tin được trở lại, sau {Figures.Duration(after)}.",
                $"The lane '{lane}' hands over again, after {Figures.Duration(after)}."),
            lane);
    }

    void Add(
        RehearsalEventKind kind, Wording words, string? lane = null, long? count = null, DateTimeOffset? at = null)
    {
        if (!_isOver)
            _timeline.Add(new RehearsalEvent(at ?? _time.GetUtcNow(), kind, words, lane, count));
    }
}
