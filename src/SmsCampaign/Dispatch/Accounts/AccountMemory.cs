using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// Tells paces what was handed over before this process began, from the ledgers: what counts towards this minute and
/// this day. What is not known, as a crash cut it off, counts as handed over at the last moment it can have been.
/// </summary>
static class AccountMemory
{
    /// <param name="accounts">By lane name.</param>
    /// <param name="read">Reads a ledger, and notes one that cannot be read.</param>
    public static void Recall(
        IReadOnlyDictionary<string, LaneAccount> accounts,
        IEnumerable<RunAddress> ledgers,
        ProcessClock clock,
        Action<RunAddress, Action<RunAddress>> read)
    {
        var now = clock.Now();
        var recalled = accounts.Values
            .Where(account => account.Pace.RemembersFrom(now) is not null)
            .ToDictionary(
                account => account.Lane.Name, account => new Recalled(account.Pace.RemembersFrom(now)!.Value));
        if (recalled.Count == 0)
            return;

        foreach (var ledger in ledgers)
            read(ledger, Add);

        foreach (var (name, account) in recalled)
            account.Tell(accounts[name].Pace);

        void Add(RunAddress address)
        {
            using var ledger = Ledgers.RunAt(address).ReadHandOvers();
            var ofLane = ledger.Info.Lanes.Values
                .Where(lane => recalled.ContainsKey(lane.Name))
                .ToDictionary(lane => lane.Id, lane => recalled[lane.Name]);
            if (ofLane.Count > 0)
                Read(ledger, ofLane, now);
        }
    }

    static void Read(IHandOverReader ledger, Dictionary<int, Recalled> ofLane, long now)
    {
        foreach (var attempt in ledger.ReadAttempts())
        {
            if (!ofLane.TryGetValue(attempt.Lane, out var lane))
                continue;

            if (attempt.HandOver is { } each)
                lane.Add(each.At, each.Messages * each.Parts, each.Messages, 1, now);
            else if (ledger.FindUnknown(attempt) is { } unknown)
                lane.Add(Math.Min(unknown.Until, now), unknown.Parts, unknown.Messages, unknown.Requests, now);
        }

        for (var table = 1; table < IHandOverReader.Tables; table++)
        {
            foreach (var each in ledger.Read(table))
            {
                if (ofLane.TryGetValue(each.Lane, out var lane))
                    lane.Add(each.At, each.Messages * each.Parts, each.Messages, 1, now);
            }
        }
    }

    /// <summary>What counts of one account: one by one where a sliding minute holds it, in one
    /// sum before that.</summary>
    sealed class Recalled(long from)
    {
        readonly List<(long At, long Parts, long Messages, long Requests)> _lately = [];
        (long At, long Parts, long Messages, long Requests) _before;

        public void Add(long at, long parts, long messages, long requests, long now)
        {
            if (at < from)
                return;

            if (at > now - 2 * ContractLimits.LongestPeriod)
                _lately.Add((at, parts, messages, requests));
            else
                _before = (
                    Math.Max(_before.At, at),
                    _before.Parts + parts,
                    _before.Messages + messages,
                    _before.Requests + requests);
        }

        public void Tell(Pace pace)
        {
            foreach (var (at, parts, messages, requests) in _lately
                .OrderBy(each => each.At)
                .Prepend(_before)
                .Where(each => each.Requests > 0))
                pace.Remember(at, parts, messages, requests);
        }
    }
}
