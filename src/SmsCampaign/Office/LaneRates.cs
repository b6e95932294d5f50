using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>How fast a lane of a run was lately.</summary>
/// <param name="Messages">Handed over and answered, a second.</param>
/// <param name="Parts">As <paramref name="Messages"/>.</param>
public readonly record struct LaneRate(double Messages, double Parts);

/// <summary>
/// Measures how fast lanes are by what their ledgers keep, read again and again: the newest reading against the oldest
/// of <see cref="Window"/>. In memory alone. Used by one thread at a time.
/// </summary>
/// <param name="time">Its even clock counts, whatever is done to the one on the wall.</param>
public sealed class LaneRates(TimeProvider time)
{
    /// <summary>Long enough for what a ledger keeps in steps of a second or so.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    /// <summary>Longest that reading the ledgers is reckoned to take.</summary>
    static readonly TimeSpan MostReading = TimeSpan.FromSeconds(2);

    readonly Dictionary<(string Run, string Lane), List<Reading>> _readings = [];

    /// <summary>Notes how far every lane of every run under way is. Of a ledger that cannot be read nothing is
    /// known from then on.</summary>
    public void Note(StatusView view)
    {
        var now = time.GetTimestamp();
        var seen = new HashSet<(string, string)>();
        foreach (var run in view.Runs.Where(run => run.Run.State == RunState.Sending))
        {
            foreach (var lane in run.Status?.Lanes ?? [])
            {
                var key = (run.Run.Key, lane.Name);
                seen.Add(key);
                if (!_readings.TryGetValue(key, out var readings))
                    _readings[key] = readings = [];
                readings.RemoveAll(reading => time.GetElapsedTime(reading.At, now) > Window);
                readings.Add(new Reading(now, lane.HandedOver, lane.PartsHandedOver, lane.LastHandedMicros));
            }
        }

        foreach (var gone in _readings.Keys.Where(key => !seen.Contains(key)).ToList())
            _readings.Remove(gone);
    }

    /// <returns>Null where there are no two readings to tell it by.</returns>
    public LaneRate? Find(string run, string lane)
    {
        if (_readings.GetValueOrDefault((run, lane)) is not [var first, .., var last] readings)
            return null;

        var seconds = SecondsOf(first, last, readings);
        return seconds <= 0 ? null : new LaneRate(
            (last.Messages - first.Messages) / seconds, (last.Parts - first.Parts) / seconds);
    }

    /// <summary>From the last hand-over before to the last one now, as the ledger has them: when it was read is some
    /// way off, and would show a lane above its contract. What passed without any since counts too.</summary>
    double SecondsOf(Reading first, Reading last, List<Reading> readings)
    {
        var elapsed = time.GetElapsedTime(first.At, last.At);
        if (first.Handed is not { } from || last.Handed is not { } to || to <= from)
            return elapsed.TotalSeconds;

        var still = time.GetElapsedTime(readings.Find(reading => reading.Handed == to).At, last.At);
        var exact = TimeSpan.FromMicroseconds(to - from) + still;
        return (exact > elapsed + MostReading ? elapsed : exact).TotalSeconds; // it stood still before it was looked at
    }

    /// <param name="At">By the even clock.</param>
    /// <param name="Handed">When the last was handed over, microseconds; null where none was.</param>
    readonly record struct Reading(long At, long Messages, long Parts, long? Handed);
}
