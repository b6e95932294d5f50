using SmsCampaign.Carriers;
using SmsCampaign.Office;

namespace SmsCampaign.WebConsole.Live;

/// <summary>How fast lanes were of late, for a chart: since somebody watches, in memory alone.</summary>
public sealed class RateHistory
{
    /// <summary>How much of it is shown.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    readonly Dictionary<(string Run, string Lane), List<(DateTimeOffset At, double Rate)>> _rates = [];
    readonly Lock _lock = new();

    /// <summary>Notes what was measured, in the unit of the contract.</summary>
    public void Note(IReadOnlyList<LiveRun> runs, DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach (var run in runs.Where(run => run.IsUnderWay))
            {
                foreach (var lane in run.Lanes ?? [])
                {
                    if (lane.Rate is not { } rate)
                        continue;
                    var key = (run.Overview.Run.Key, lane.Lane.Name);
                    if (!_rates.TryGetValue(key, out var rates))
                        _rates[key] = rates = [];
                    rates.RemoveAll(each => now - each.At > Window || each.At > now);
                    rates.Add((now, lane.Lane.RateUnit == RateUnit.Parts ? rate.Parts : rate.Messages));
                }
            }

            foreach (var gone in _rates.Where(each => now - each.Value[^1].At > Window).ToList())
                _rates.Remove(gone.Key);
        }
    }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<(DateTimeOffset At, double Rate)> Of(string run, string lane)
    {
        lock (_lock)
            return [.. _rates.GetValueOrDefault((run, lane), [])];
    }
}
