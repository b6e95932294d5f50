namespace SmsCampaign.Campaigns;

/// <summary>
/// What two readings of a campaign file say differently, key by key, for the person who must decide on it.
/// </summary>
static class CampaignDifferences
{
    /// <summary>Characters of a value that is shown; of a longer one the place that differs.</summary>
    const int Shown = 40;

    /// <summary>Characters around that place.</summary>
    const int Around = 12;

    /// <returns>As "schedule.window.to 20:00 → 21:00", in the order of the file's keys.</returns>
    public static IReadOnlyList<string> Between(Campaign before, Campaign now)
    {
        var (old, changed) = (Values(before), Values(now));
        var keys = old.Keys.Concat(changed.Keys).Distinct();
        return [.. keys
            .Where(key => old.GetValueOrDefault(key) != changed.GetValueOrDefault(key))
            .Select(key => Describe(key, old.GetValueOrDefault(key, ""), changed.GetValueOrDefault(key, "")))];
    }

    static string Describe(string key, string old, string now)
    {
        var (before, after) = old.Length <= Shown && now.Length <= Shown ? (old, now) : Excerpts(old, now);
        return $"{key} {OneLine(before)} → {OneLine(after)}".Replace("  ", " ", StringComparison.Ordinal).TrimEnd();
    }

    /// <summary>What differs of two long values, with some letters before and behind.</summary>
    static (string Old, string Now) Excerpts(string old, string now)
    {
        var shorter = Math.Min(old.Length, now.Length);
        var same = 0;
        while (same < shorter && old[same] == now[same])
            same++;

        var end = 0;
        while (end < shorter - same && old[^(end + 1)] == now[^(end + 1)])
            end++;

        return (Excerpt(old, same, end), Excerpt(now, same, end));
    }

    static string Excerpt(string value, int same, int end)
    {
        var from = Math.Max(0, same - Around);
        var to = Math.Min(value.Length, Math.Min(value.Length - end + Around, from + Shown));
        if (from > 0 && char.IsLowSurrogate(value[from]))
            from--;
        if (to < value.Length && char.IsLowSurrogate(value[to]))
            to++;
        return value.Length == 0 ? "" : $"“{(from > 0 ? "…" : "")}{value[from..to]}{(to < value.Length ? "…" : "")}”";
    }

    static string OneLine(string value) => value.ReplaceLineEndings("⏎");

    /// <summary>Everything that <see cref="CampaignHash"/> is taken of, by key.</summary>
    static Dictionary<string, string> Values(Campaign campaign) =>
        CampaignKey.ValuesOf(campaign).ToDictionary(value => value.Key, value => value.Value);
}
