namespace SmsCampaign.Settings;

/// <summary>Finds what a person probably meant by a misspelt name.</summary>
static class Nearest
{
    /// <returns>The candidate within two edits (a third of the name's length at most); null where none is near.</returns>
    public static string? To(string written, IEnumerable<string> candidates)
    {
        var most = Math.Clamp((written.Length + 2) / 3, 1, 2);
        return candidates
            .Select(candidate => (candidate, edits: Edits(written.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(pair => pair.edits <= most)
            .OrderBy(pair => pair.edits)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one into the other.</summary>
    static int Edits(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                var same = a[i - 1] == b[j - 1] ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[a.Length, b.Length];
    }
}
