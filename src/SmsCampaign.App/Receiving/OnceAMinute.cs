namespace SmsCampaign.App.Receiving;

/// <summary>
/// Counts what strangers can bring about a million times over, and says when to log it: at once, then a minute after it
/// was last said, each thing by itself. Safe for several threads.
/// </summary>
sealed class OnceAMinute<T>(TimeProvider time)
    where T : notnull
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    readonly Lock _lock = new();
    readonly Dictionary<T, (long LoggedAt, long Unlogged)> _seen = [];

    /// <param name="what">Few there are: a lane and a reason, never what a stranger wrote.</param>
    /// <returns>Whether it is to be logged now.</returns>
    /// <param name="unlogged">How many since it was last logged, these included.</param>
    public bool IsDue(T what, long count, out long unlogged)
    {
        lock (_lock)
        {
            var isFirst = !_seen.TryGetValue(what, out var seen);
            unlogged = seen.Unlogged + count;
            var isDue = isFirst || time.GetElapsedTime(seen.LoggedAt) >= Every;
            _seen[what] = isDue ? (time.GetTimestamp(), 0) : (seen.LoggedAt, unlogged);
            return isDue;
        }
    }
}
