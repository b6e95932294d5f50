using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace SmsCampaign.WebConsole.Uploads;

/// <summary>Keeps what came of uploads for as long as somebody looks at it. Of a process that has ended nothing is
/// known: what was taken stands on the disk.</summary>
sealed class OutcomeShelf<T>(TimeProvider time) where T : class
{
    const int Most = 100;

    static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<string, (string Person, string About, DateTimeOffset At, T Outcome)> _all = new();

    /// <param name="about">Of which run or campaign.</param>
    /// <returns>By which whoever brought it finds it again.</returns>
    public string Put(string person, string about, T outcome)
    {
        var now = time.GetUtcNow();
        foreach (var (old, _) in _all.Where(each => now - each.Value.At > Longest))
            _all.TryRemove(old, out _);
        foreach (var (old, _) in _all.OrderBy(each => each.Value.At).Take(Math.Max(0, _all.Count - Most + 1)))
            _all.TryRemove(old, out _);

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _all[id] = (person, about, now, outcome);
        return id;
    }

    /// <returns>Null where there is none any more, or another person brought it.</returns>
    public T? Find(string id, string person, string about) =>
        _all.TryGetValue(id, out var kept) && IsOf(kept, person, about) ? kept.Outcome : null;

    /// <summary>The newest that somebody brought.</summary>
    /// <returns>Null where there is none any more.</returns>
    public (string Id, T Outcome, DateTimeOffset At)? FindLast(string person, string about)
    {
        var own = _all.Where(each => IsOf(each.Value, person, about)).ToList();
        if (own.Count == 0)
            return null;

        var (id, kept) = own.MaxBy(each => each.Value.At);
        return (id, kept.Outcome, kept.At);
    }

    bool IsOf((string Person, string About, DateTimeOffset At, T Outcome) kept, string person, string about) =>
        kept.Person == person && kept.About == about && time.GetUtcNow() - kept.At <= Longest;
}
