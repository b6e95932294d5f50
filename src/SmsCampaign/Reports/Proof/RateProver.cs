using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports.Proof;

/// <summary>
/// Recomputes from ledgers what a run and the others on its accounts handed over when, and holds it to the contracts.
/// </summary>
public static class RateProver
{
    /// <summary>Some 6 MB of them; more took no less time.</summary>
    const int MostAtATime = 500_000;

    /// <param name="run">Its ledger may be in use.</param>
    /// <param name="others">Other runs that may have sent on the same accounts meanwhile.</param>
    /// <exception cref="Storage.LedgerException">A ledger cannot be read.</exception>
    public static RateProof Prove(RunAddress run, IEnumerable<RunAddress> others) => Prove(run, others, MostAtATime);

    internal static RateProof Prove(RunAddress run, IEnumerable<RunAddress> others, int mostAtATime)
    {
        var ledgers = new List<IHandOverReader>();
        try
        {
            ledgers.Add(Ledgers.RunAt(run).ReadHandOvers());
            var lanes = ledgers[0].Info.Lanes.Values.OrderBy(lane => lane.Id).ToList();
            ledgers.AddRange(others.Where(other => other != run).Select(other => Ledgers.RunAt(other).ReadHandOvers()));
            Ledgers.Straighten(ledgers);
            return Prove(ledgers, lanes, mostAtATime);
        }
        finally
        {
            foreach (var ledger in ledgers)
                ledger.Dispose();
        }
    }

    static RateProof Prove(List<IHandOverReader> ledgers, List<RunLane> lanes, int mostAtATime)
    {
        var accounts = ledgers.ConvertAll(ledger => ledger.Info.Lanes.Values
            .Where(lane => lanes.Exists(own => own.Name == lane.Name))
            .ToDictionary(lane => lane.Id, lane => lanes.FindIndex(own => own.Name == lane.Name)));
        var histories = ledgers.ConvertAll(ledger => ledger.ReadHistory());
        var works = ledgers.Select((_, at) => accounts[at].ToDictionary(
            pair => pair.Value, pair => new LaneWork(histories[at][pair.Key], ledgers[at].Info.Lanes[pair.Key].Rate)))
            .ToList();
        var unknown = lanes.ConvertAll(_ => new List<UnknownHandOver>());

        var sent = lanes.ConvertAll(_ => new HashSet<int>());
        var stream = new HandOverStream(ledgers, accounts, mostAtATime);
        stream.Survey(
            (at, account, attempt) =>
            {
                works[at][account].Note(attempt);
                if (ledgers[at].FindUnknown(attempt) is { } each)
                    unknown[account].Add(each with { IsOwn = at == 0 });
            },
            (at, account, moment) =>
            {
                works[at][account].NoteHandOver(moment);
                sent[account].Add(at);
            });

        var left = ledgers.ConvertAll(ledger => ledger.ReadLanesWithWork());
        var meters =
            lanes.Select((lane, account) => new AccountMeter(lane, unknown[account], WorkOf(account))).ToList();
        stream.Read((account, each) => meters[account].Add(each));

        return new RateProof(
            [.. meters.Select((meter, account) => (meter, account)).Where(each => each.meter.MayHaveOwn)
                .Select(each => each.meter.End(otherRuns: sent[each.account].Count - 1))],
            ledgers.Count)
        {
            UnknownClocks = ledgers.Count(ledger => ledger.HasUnknownClocks),
        };

        List<Interval> WorkOf(int account) => Interval.Union(ledgers.SelectMany((_, at) => accounts[at]
            .Where(pair => pair.Value == account)
            .SelectMany(pair => works[at][account].Intervals(left[at].Contains(pair.Key)))));
    }
}
