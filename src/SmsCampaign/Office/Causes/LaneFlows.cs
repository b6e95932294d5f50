using SmsCampaign.Reports;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Causes;

/// <summary>How much of a lane of a run moved in a stretch of time without a hold.</summary>
/// <param name="Seconds">How long it is.</param>
/// <param name="Messages">Handed over and answered.</param>
/// <param name="Receipts">Messages that a receipt brought further.</param>
readonly record struct LaneFlow(double Seconds, long Messages, long Parts, long Receipts)
{
    public double MessagesASecond => Messages / Seconds;

    public double PartsASecond => Parts / Seconds;
}

/// <summary>
/// Looks at the lanes of runs under way every few seconds and knows how much moved lately. In memory alone: after a
/// kill nothing is said of a rate before it was measured anew.
/// </summary>
sealed class LaneFlows
{
    /// <summary>How long looks are kept.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(20);

    readonly Dictionary<(string Run, string Lane), List<Sample>> _samples = [];

    /// <summary>How much of a lane was handed over, and since when it has been that much, whatever holds it.</summary>
    readonly Dictionary<(string Run, string Lane), (long HandedOver, long Since)> _handedOver = [];

    long _at;

    /// <summary>Notes how far every lane is. One that is held, stopped, or whose window is closed is measured anew
    /// afterwards.</summary>
    /// <param name="at">By the process clock, microseconds.</param>
    public void Note(StatusView view, long at)
    {
        _at = at;
        var flowing = new HashSet<(string, string)>();
        var open = new HashSet<(string, string)>();
        foreach (var run in view.Runs.Where(run => IsMeasured(run, view)))
        {
            foreach (var lane in run.Status!.Lanes)
            {
                var key = (run.Run.Key, lane.Name);
                open.Add(key);
                if (!_handedOver.TryGetValue(key, out var last) || last.HandedOver != lane.HandedOver)
                    _handedOver[key] = (lane.HandedOver, at);
            }

            foreach (var lane in run.Status!.Lanes.Where(lane => !IsStill(run, lane.Name, view)))
            {
                var key = (run.Run.Key, lane.Name);
                flowing.Add(key);
                if (!_samples.TryGetValue(key, out var samples))
                    _samples[key] = samples = [];
                samples.RemoveAll(sample => at - sample.At > (long)Kept.TotalMicroseconds);
                samples.Add(new Sample(at, lane.HandedOver, lane.PartsHandedOver, lane.Confirmed ?? 0));
            }
        }

        foreach (var gone in _samples.Keys.Where(key => !flowing.Contains(key)).ToList())
            _samples.Remove(gone);
        foreach (var gone in _handedOver.Keys.Where(key => !open.Contains(key)).ToList())
            _handedOver.Remove(gone);
    }

    /// <summary>How long nothing of a lane has been handed over, in an open window, as far as it was looked.</summary>
    public TimeSpan StandsFor(string run, string lane) => _handedOver.TryGetValue((run, lane), out var last)
        ? TimeSpan.FromMicroseconds(_at - last.Since)
        : TimeSpan.Zero;

    /// <returns>Null where it has not been measured for so long.</returns>
    public LaneFlow? Over(TimeSpan stretch, string run, string lane)
    {
        if (_samples.GetValueOrDefault((run, lane)) is not [.., var last] samples)
            return null;

        var from = samples.FindLastIndex(sample => last.At - sample.At >= (long)stretch.TotalMicroseconds);
        return from < 0
            ? null
            : new LaneFlow(
                (last.At - samples[from].At) / 1e6,
                last.Messages - samples[from].Messages,
                last.Parts - samples[from].Parts,
                last.Receipts - samples[from].Receipts);
    }

    /// <summary>Whether its window is open and it is sent from.</summary>
    public static bool IsMeasured(RunOverview run, StatusView view) =>
        run is { Run: { Simulated: false, State: RunState.Sending }, Status: not null }
        && run.Run.FindKey() is { } key
        && view.Openings.Any(opening => opening.IsOpen && opening.Run == key);

    /// <summary>How fast a lane may go: as contracted, or as a person has slowed it.</summary>
    public static int RateOf(RunOverview run, LaneStatus lane, StatusView view) => view.Orders
        .Where(order => run.Run.FindKey() is { } key && order.Concerns(key, lane.Name))
        .Select(order => order.Rate ?? lane.Rate)
        .Append(lane.Rate)
        .Min();

    /// <summary>Whether something is known to hold a lane of a run. One that is slowed moves.</summary>
    public static bool IsStill(RunOverview run, string lane, StatusView view) =>
        run.Trials.GetValueOrDefault(lane) is { IsOverruled: false } || IsHeldBack(run, lane, view);

    /// <summary>Whether it is held by something else than the way it is tried.</summary>
    public static bool IsHeldBack(RunOverview run, string lane, StatusView view) =>
        (run.Run.FindKey() is { } key && view.Orders.Any(order => order.HoldsBack && order.Concerns(key, lane)))
        || view.Stopped.Any(stop => stop.Lane == lane)
        || view.Outages.Any(outage => outage.Lane == lane)
        || view.Throttled.Any(hold => hold.Lane == lane);

    readonly record struct Sample(long At, long Messages, long Parts, long Receipts);
}
