using SmsCampaign.Messages;
using SmsCampaign.Office.Causes;
using SmsCampaign.Reports;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What a lane of a run is doing.</summary>
public enum LaneState
{
    Sending,

    /// <summary>It goes on below its contract, as a person has set.</summary>
    Slowed,

    /// <summary>By a person; it goes on by <c>resume</c>.</summary>
    Paused,

    /// <summary>By a person, for good.</summary>
    CalledOff,

    /// <summary>By a person, for good.</summary>
    Ended,

    /// <summary>Its gateway has refused in a way that only a person can mend.</summary>
    Stopped,

    /// <summary>Its run waits for a person, or the lane does, as too much failed.</summary>
    Held,

    /// <summary>Its first batch is sent, or waited for.</summary>
    FirstBatch,

    /// <summary>Its gateway takes nothing, and is tried again.</summary>
    NotTaken,

    /// <summary>Its gateway says that it is too fast.</summary>
    TooFast,

    /// <summary>Nobody sends.</summary>
    NoWorker,

    /// <summary>The window is open, and the run has not begun.</summary>
    NotBegun,

    /// <summary>The window is closed.</summary>
    Closed,

    /// <summary>Nothing is left to hand over.</summary>
    AllSent,
}

/// <summary>A lane of a run at a moment.</summary>
/// <param name="SetRate">Below the contract, as a person has set it; null where nobody has.</param>
/// <param name="Rate">As measured; null where it is not known.</param>
public sealed record LiveLane(LaneStatus Lane, LaneState State, int? SetRate, LaneRate? Rate)
{
    /// <summary>Messages still to be handed over.</summary>
    public long Waiting => Lane.Count(MessageStatus.Planned);

    public bool IsMoving => State is LaneState.Sending or LaneState.Slowed;

    /// <summary>How long it takes for what waits at the rate that is measured; null where that is not known, as of
    /// one that stands still.</summary>
    public TimeSpan? Left => State == LaneState.AllSent ? TimeSpan.Zero
        : IsMoving && Rate is { Messages: > 0 and var rate } && Waiting / rate < TimeSpan.MaxValue.TotalSeconds
        ? TimeSpan.FromSeconds(Waiting / rate)
        : null;
}

/// <summary>A run at a moment, lane by lane.</summary>
/// <param name="Opening">Its window, open or to come; null where it sends no more.</param>
/// <param name="Lanes">Null where its ledger cannot be read: then nothing is known of them.</param>
public sealed record LiveRun(RunOverview Overview, RunOpening? Opening, IReadOnlyList<LiveLane>? Lanes)
{
    /// <summary>Whether it is being sent, or would be.</summary>
    public bool IsUnderWay =>
        Overview.Run.State is RunState.Sending or RunState.Held || Opening is { IsOpen: true };

    /// <summary>How long it takes for all that waits; null where that is not known of each lane.</summary>
    public TimeSpan? Left =>
        Lanes is null || Lanes.Any(lane => lane.Left is null) ? null : Lanes.Max(lane => lane.Left) ?? TimeSpan.Zero;

    /// <summary>Messages that the lanes would not have handed over when the window closes, at the rates that are
    /// measured.</summary>
    /// <param name="open">How long it is open yet.</param>
    public long LeftAfter(TimeSpan open) => (Lanes ?? [])
        .Where(lane => lane.Left > open)
        .Sum(lane => (long)Math.Ceiling(lane.Waiting - lane.Rate!.Value.Messages * open.TotalSeconds));

    /// <summary>Of every run, in the order of the view.</summary>
    public static IReadOnlyList<LiveRun> ReadAll(StatusView view, LaneRates rates) =>
    [
        .. view.Runs.Select(run =>
        {
            var opening = view.Openings.FirstOrDefault(each => each.Run == run.Run.FindKey());
            return new LiveRun(
                run,
                opening,
                run.Status is null ? null :
                [
                    .. run.Status.Lanes
                        .Where(lane => lane.Name.Length > 0)
                        .Select(lane => Of(run, lane, opening, view, rates)),
                ]);
        }),
    ];

    static LiveLane Of(RunOverview run, LaneStatus lane, RunOpening? opening, StatusView view, LaneRates rates)
    {
        var rate = LaneFlows.RateOf(run, lane, view);
        int? set = rate < lane.Rate ? rate : null;
        return new LiveLane(
            lane, StateOf(run, lane, opening, view, set is not null), set, rates.Find(run.Run.Key, lane.Name));
    }

    static LaneState StateOf(RunOverview run, LaneStatus lane, RunOpening? opening, StatusView view, bool isSlowed)
    {
        var orders = view.Orders
            .Where(order => run.Run.FindKey() is { } key && order.Concerns(key, lane.Name))
            .ToList();
        var trial = run.Trials.GetValueOrDefault(lane.Name);
        return lane.Count(MessageStatus.Planned) + lane.Count(MessageStatus.Submitting) == 0 ? LaneState.AllSent
            : orders.Exists(order => order.Kind == OrderKind.Cancel) ? LaneState.CalledOff
            : orders.Exists(order => order.Kind == OrderKind.End) ? LaneState.Ended
            : view.Stopped.Any(stop => stop.Lane == lane.Name) ? LaneState.Stopped
            : orders.Exists(order => order.HoldsBack) ? LaneState.Paused
            : run.Run.State == RunState.Held || run.IsUnapproved || trial is { IsHeld: true } ? LaneState.Held
            : opening is not { IsOpen: true } ? LaneState.Closed
            : !view.Worker.IsThere ? LaneState.NoWorker
            : run.Run.State != RunState.Sending ? LaneState.NotBegun
            : view.Outages.Any(outage => outage.Lane == lane.Name) ? LaneState.NotTaken
            : view.Throttled.Any(hold => hold.Lane == lane.Name) ? LaneState.TooFast
            : trial is { IsUnderWay: true } ? LaneState.FirstBatch
            : isSlowed ? LaneState.Slowed
            : LaneState.Sending;
    }
}
