using SmsCampaign.Storage.Run;

namespace SmsCampaign.App;

/// <summary>
/// Makes news of the changes of lanes' paces: that a gateway takes nothing, since when, and that it does again. It is
/// tried every few seconds while it takes nothing, and each try is a change. Safe for several threads.
/// </summary>
/// <param name="away">Told the lane, since when (microseconds), and the last change.</param>
/// <param name="back">Told the lane and for how long it took nothing, where <paramref name="away"/> was told.</param>
sealed class OutageNews(Action<string, long, LaneChange> away, Action<string, TimeSpan> back)
{
    /// <summary>A gateway that is back sooner is no news.</summary>
    public static readonly TimeSpan Notable = TimeSpan.FromSeconds(10);

    /// <summary>How often it is told that a gateway still takes nothing.</summary>
    public static readonly TimeSpan ToldAgain = TimeSpan.FromMinutes(10);

    readonly Lock _lock = new();
    readonly Dictionary<string, Outage> _outages = [];

    public void Note(string lane, LaneChange change)
    {
        lock (_lock)
        {
            switch (change.Kind)
            {
                case LaneChangeKind.NotTaken or LaneChangeKind.Breaker:
                    NoteAway(lane, change);
                    break;
                case LaneChangeKind.Answered when _outages.Remove(lane, out var outage) && outage.ToldAt is not null:
                    back(lane, TimeSpan.FromMicroseconds(change.At - outage.Since));
                    break;
            }
        }
    }

    void NoteAway(string lane, LaneChange change)
    {
        if (!_outages.TryGetValue(lane, out var outage))
            _outages[lane] = outage = new Outage(change.At, ToldAt: null);

        var isDue = outage.ToldAt is { } told
            ? change.At - told >= (long)ToldAgain.TotalMicroseconds
            : change.Kind == LaneChangeKind.Breaker || change.At - outage.Since >= (long)Notable.TotalMicroseconds;
        if (!isDue)
            return;

        _outages[lane] = outage with { ToldAt = change.At };
        away(lane, outage.Since, change);
    }

    /// <param name="Since">Microseconds, as are all of a <see cref="LaneChange"/>.</param>
    /// <param name="ToldAt">Null where it is not told yet.</param>
    readonly record struct Outage(long Since, long? ToldAt);
}
