using SmsCampaign.Carriers;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.WebConsole.Live;

/// <summary>An account at a moment, over all runs.</summary>
/// <param name="Lane">As the installation file has it; null where it does not, or cannot be read.</param>
/// <param name="Orders">About the account as a whole.</param>
/// <param name="Runs">Those in which messages wait for it or are on their way.</param>
/// <param name="Held">Of those, where the program itself holds it.</param>
/// <param name="Waiting">Over all runs; null where that is not known of each.</param>
public sealed record LaneNow(
    string Name,
    Lane? Lane,
    LaneStop? Stop,
    IReadOnlyList<StandingOrder> Orders,
    LaneOutage? Outage,
    DateTimeOffset? TooFastUntil,
    IReadOnlyList<(LiveRun Run, LiveLane Lane)> Runs,
    IReadOnlyList<(RunOverview Run, LaneTrial Trial)> Held,
    long? Waiting)
{
    /// <summary>What persons have ordered of it in one run alone, and holds there.</summary>
    public IReadOnlyList<StandingOrder> OrdersOfRuns { get; init; } = [];

    /// <summary>The runs that send or will again and cannot be read: whether it is held there is not known.</summary>
    public IReadOnlyList<RunOverview> Unread { get; init; } = [];

    public bool IsPaused => Orders.Any(order => order.Kind == OrderKind.Pause);

    /// <summary>As a person has set it, below the contract; null where nobody has.</summary>
    public int? SetRate => Orders.FirstOrDefault(order => order.Kind == OrderKind.Rate)?.Rate;

    /// <summary>Whether it goes on only by a person.</summary>
    public bool NeedsPerson => Stop is not null || IsPaused || Held.Count > 0;

    /// <summary>Those of the installation file in its order, then whatever else the records name.</summary>
    public static IReadOnlyList<LaneNow> ReadAll(Sight sight, IReadOnlyList<Lane> known)
    {
        var view = sight.View!;
        var names = known.Select(lane => lane.Name)
            .Concat(view.Stopped.Select(stop => stop.Lane))
            .Concat(view.OrdersOfAll.Select(order => order.Lane).OfType<string>())
            .Concat(sight.Runs.Where(Waits).SelectMany(run => run.Lanes!).Select(lane => lane.Lane.Name))
            .Distinct();
        return [.. names.Select(name => Of(name, sight, view, known.FirstOrDefault(lane => lane.Name == name)))];
    }

    /// <summary>Whether a run that sends or will again cannot be read.</summary>
    public static bool IsUnread(RunOverview run) => run is
    {
        Run: { Simulated: false, State: RunState.Approved or RunState.Sending or RunState.Held },
        Status: null,
    };

    static bool Waits(LiveRun run) => run is { IsUnderWay: true, Lanes: not null };

    static LaneNow Of(string name, Sight sight, StatusView view, Lane? lane) => new(
        name,
        lane,
        view.Stopped.FirstOrDefault(stop => stop.Lane == name),
        [.. view.OrdersOfAll.Where(order => order.Lane is null || order.Lane == name)],
        view.Outages.FirstOrDefault(outage => outage.Lane == name),
        view.Throttled.Where(hold => hold.Lane == name).Select(hold => (DateTimeOffset?)hold.Until).FirstOrDefault(),
        [
            .. sight.Runs
                .Where(run => run.Overview.Run.State is RunState.Approved or RunState.Sending or RunState.Held)
                .SelectMany(run => (run.Lanes ?? []).Select(each => (run, each)))
                .Where(each => each.each.Lane.Name == name && each.each.State != LaneState.AllSent),
        ],
        [
            .. view.Runs
                .Where(run => !run.Run.Simulated && run.Trials.TryGetValue(name, out var trial) && trial.IsHeld)
                .Select(run => (run, run.Trials[name])),
        ],
        view.WaitingFor(name))
    {
        OrdersOfRuns =
            [.. view.Orders.Where(order => order is { HoldsBack: true, Run: not null } && order.Lane == name)],
        Unread = [.. view.Runs.Where(IsUnread)],
    };
}
