using System.Globalization;
using SmsCampaign.EngineTrial.Machines;

namespace SmsCampaign.EngineTrial;

/// <summary>Who owned what and when, by what the nodes wrote down of themselves.</summary>
sealed class View(Nodes nodes)
{
    /// <summary>Between two words of a node about an account, while it takes itself for its owner: seconds.</summary>
    const double Silence = 0.3;

    public IReadOnlyList<Belief> Beliefs() => nodes.Beliefs();

    /// <summary>Who has counted each account last.</summary>
    public Dictionary<string, string> Owners() =>
        Beliefs()
            .Where(belief => belief.What == "counted")
            .GroupBy(belief => belief.Account)
            .ToDictionary(group => group.Key, group => group.MaxBy(belief => belief.At)!.Node);

    public IEnumerable<string> Shares() =>
        Owners()
            .GroupBy(owner => owner.Value)
            .OrderBy(group => group.Key)
            .Select(group => $"{group.Key}: {group.Count()}");

    public int Busiest()
    {
        var name = Owners().GroupBy(owner => owner.Value).MaxBy(group => group.Count())!.Key;
        return int.Parse(name.AsSpan("node".Length), CultureInfo.InvariantCulture);
    }

    /// <returns>Whether all were counted in time.</returns>
    public async Task<bool> DoAllCountAsync(double since, TimeSpan patience)
    {
        var until = since + patience.TotalSeconds;
        while (BeliefLog.Now < until)
        {
            var counted = Beliefs().Where(belief => belief.What == "counted" && belief.At > since)
                .Select(belief => belief.Account).Distinct().Count();
            if (counted == Node.Accounts.Length)
                return true;
            await Pause.ForSecondsAsync(0.1);
        }

        return false;
    }

    /// <returns>NaN for each that nobody has counted in time.</returns>
    public async Task<List<double>> TakeoversAsync(
        IReadOnlyList<string> accounts, IReadOnlyList<string> from, double at, TimeSpan patience)
    {
        while (true)
        {
            var first = Beliefs()
                .Where(belief => belief.What == "counted" && belief.At > at && !from.Contains(belief.Node))
                .GroupBy(belief => belief.Account)
                .ToDictionary(group => group.Key, group => group.Min(belief => belief.At));
            if (accounts.All(first.ContainsKey) || BeliefLog.Now > at + patience.TotalSeconds)
            {
                return
                [
                    .. accounts.Select(account => first.TryGetValue(account, out var taken) ? taken - at : double.NaN),
                ];
            }

            await Pause.ForSecondsAsync(0.1);
        }
    }

    /// <summary>For how long two nodes took themselves for the owner of one account: the longest, and of how
    /// many.</summary>
    public string Overlap(double from, double to)
    {
        var longest = new List<double>();
        var beliefs = Beliefs().Where(belief => belief.At >= from && belief.At <= to);
        foreach (var account in beliefs.GroupBy(belief => belief.Account))
        {
            var spans = account.GroupBy(belief => belief.Node)
                .SelectMany(node => SpansOf(node.Key, [.. node.Select(belief => belief.At).Order()]))
                .ToList();
            var overlap = spans
                .SelectMany(one => spans, (one, other) => (One: one, Other: other))
                .Where(pair => string.CompareOrdinal(pair.One.Node, pair.Other.Node) < 0)
                .Sum(pair => Math.Max(
                    0, Math.Min(pair.One.To, pair.Other.To) - Math.Max(pair.One.From, pair.Other.From)));
            if (overlap > 0)
                longest.Add(overlap);
        }

        return longest.Count == 0
            ? "0 s"
            : string.Create(CultureInfo.InvariantCulture, $"up to {longest.Max():F1} s ({longest.Count} accounts)");
    }

    public int Fenced(string node, double since) =>
        Beliefs().Count(belief => belief.Node == node && belief.What == "fenced" && belief.At >= since);

    static IEnumerable<(string Node, double From, double To)> SpansOf(string node, List<double> moments)
    {
        var from = moments[0];
        for (var each = 1; each <= moments.Count; each++)
        {
            if (each < moments.Count && moments[each] - moments[each - 1] <= Silence)
                continue;
            yield return (node, from, moments[each - 1]);
            if (each < moments.Count)
                from = moments[each];
        }
    }
}
