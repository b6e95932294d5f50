using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Receipts;

/// <summary>
/// Finds the message that a receipt is about: by our reference, else by the gateway's id among the messages of its
/// lane, for two gateways may use the same ids. What waits for the same id goes with it: it came first.
/// </summary>
sealed class ReceiptMatcher(OpenRuns runs, ReceiptReader reader, WaitingSet waiting, HeldRuns busyRuns)
{
    /// <summary>Ids looked up in one go: what sends waits for no more than some milliseconds.</summary>
    const int IdsTogether = 2_000;

    /// <summary>Codes kept as one text each, however many receipts say them.</summary>
    const int MostCodes = 1_000;

    readonly HashSet<string> _codes = [];

    /// <summary>Receipts of one lane that may wait for an answer to name their id. What can be on its way is bounded by
    /// the lanes' maxInFlight, 10,000 messages at most, some of many parts: more is a stranger's.</summary>
    public int MostWaiting { get; set; } = 50_000;

    /// <summary>Those that name our reference, of messages on their way, where one that came before waits by the
    /// gateway's id: it may be about the same message, which the answer will tell. To be asked before ids are looked
    /// for: what is on its way no more has its id by then.</summary>
    /// <param name="receipts">In the order they came.</param>
    public async Task<HashSet<(long Receipt, int Item)>> FindThoseToHoldAsync(List<ReadReceipt> receipts)
    {
        var hold = new HashSet<(long, int)>();
        if (!waiting.AnyOnlyById && !receipts.Exists(receipt => receipt.ById || receipt.Receipt.Reference is null))
            return hold;

        foreach (var (run, asked) in FindBehindIds(receipts))
        {
            if (busyRuns.IsLeftAlone(run)) // none of them is applied now
                continue;

            try
            {
                var inFlight = await run.AreInFlightAsync([.. asked.Select(each => each.Seq)]);
                hold.UnionWith(asked.Where((_, at) => inFlight[at]).Select(each => each.Key));
            }
            catch (LedgerException thrown) // its own fault: the others go on
                when (busyRuns.TryNote(run, thrown) || runs.TrySetAside(run, thrown))
            {
            }
        }

        return hold;
    }

    Dictionary<ISettlingLedger, List<((long Receipt, int Item) Key, long Seq)>> FindBehindIds(
        List<ReadReceipt> receipts)
    {
        var behind = new Dictionary<ISettlingLedger, List<((long, int), long)>>();
        var byCode = runs.LookUp();
        var lanesWithIds = new HashSet<string>();
        foreach (var receipt in receipts)
        {
            if (!receipt.IsByReference(out var code, out var seq))
            {
                lanesWithIds.Add(receipt.Lane);
            }
            else if (receipt.Receipt.CarrierMessageId is null && reader.KeepsIds(receipt.Lane)
                && (lanesWithIds.Contains(receipt.Lane) || waiting.AnyOnlyByIdBefore(receipt.Lane, receipt.Key))
                && byCode.Find(code, out _) is { } run)
            {
                if (!behind.TryGetValue(run, out var asked))
                    behind[run] = asked = [];
                asked.Add((receipt.Key, seq));
            }
        }

        return behind;
    }

    /// <summary>Adds them to the batch in the order they came, or what is odd about them.</summary>
    /// <param name="held">As of <see cref="FindThoseToHoldAsync"/>: they wait.</param>
    /// <param name="waited">Whether they are those that waited.</param>
    public async Task MatchAsync(
        List<ReadReceipt> receipts, ReceiptBatch batch, IReadOnlySet<(long, int)> held, bool waited = false)
    {
        Found[]? byId = null;
        var byCode = runs.LookUp();

        for (var at = 0; at < receipts.Count; at++)
        {
            var receipt = receipts[at];
            if (!receipt.IsByReference(out var code, out var seq))
            {
                if (receipt.Receipt.CarrierMessageId is null) // no answer will ever name it
                {
                    batch.Odd.Add(receipt.Odd(ReceiptOddity.Unknown, null, "neither an id nor a reference of ours"));
                    continue;
                }

                byId ??= await FindAsync(receipts);
                Place(receipt, byId[at], batch, waited);
                continue;
            }

            if (held.Contains(receipt.Key))
            {
                Keep(
                    receipt,
                    receipt.Odd(ReceiptOddity.Waiting, null, "behind an id that its message's answer may name"),
                    batch);
                continue;
            }

            if (byCode.Find(code, out var damaged) is not { } run)
            {
                if (damaged is null)
                    batch.Odd.Add(receipt.Odd(ReceiptOddity.Unknown, null, "a reference of no run here"));
                else
                    Keep(
                        receipt,
                        receipt.Odd(ReceiptOddity.SetAside, damaged.Key, "its ledger cannot be opened"),
                        batch);
            }
            else if (LaneOf(run, seq, receipt.Lane) is not { } lane)
                batch.Odd.Add(
                    receipt.Odd(ReceiptOddity.Unexpected, run.Info.Key.ToString(), "a message of another lane"));
            else
                Add(batch, run, receipt, new NamedMessage(seq, 0, 0), lane, waited);
        }
    }

    /// <summary>A gateway may speak only of messages it was given.</summary>
    static int? LaneOf(ISettlingLedger run, long seq, string lane) =>
        run.LaneOf(seq) is { } id && run.Info.Lanes[id].Name == lane ? id : null;

    void Place(in ReadReceipt receipt, Found found, ReceiptBatch batch, bool waited)
    {
        if (found.IsAmbiguous)
        {
            batch.Odd.Add(
                receipt.Odd(ReceiptOddity.Ambiguous, found.Run!.Info.Key.ToString(), "an id given to two messages"));
        }
        else if (found.Run is { } run)
        {
            Add(batch, run, receipt, found.Message, found.Lane, waited);
        }
        else if (waited || waiting.CountOf(receipt.Lane) < MostWaiting || runs.SetAside.Count > 0 || busyRuns.Any)
        {
            Keep(receipt, receipt.Odd(ReceiptOddity.Waiting, null, "an id no answer has named"), batch);
        }
        else
        {
            batch.Odd.Add(receipt.Odd(
                ReceiptOddity.Unknown, null, "an id no answer has named, behind more than can be on their way"));
        }
    }

    void Keep(in ReadReceipt receipt, OddReceipt why, ReceiptBatch batch)
    {
        batch.Odd.Add(why);
        waiting.Add(receipt);
    }

    /// <summary>One a receipt; none for those that give no id.</summary>
    async Task<Found[]> FindAsync(List<ReadReceipt> receipts)
    {
        var found = new Found[receipts.Count];
        foreach (var run in runs.OpenThoseAwaited().Where(run => !busyRuns.IsLeftAlone(run)))
        {
            try
            {
                foreach (var (at, lane, message) in await FindAsync(run, receipts))
                {
                    // A gateway that uses an id again in a later run: whose receipt it is, nobody can tell.
                    found[at] = new Found(run, lane, message, message.IsAmbiguous || found[at].Run is not null);
                }
            }
            catch (LedgerException thrown) // its own fault: the others go on
                when (busyRuns.TryNote(run, thrown) || runs.TrySetAside(run, thrown))
            {
            }
        }

        return found;
    }

    static async Task<List<(int At, int Lane, NamedMessage Message)>> FindAsync(
        ISettlingLedger run, List<ReadReceipt> receipts)
    {
        // In the order of their index.
        var lanes = run.Info.Lanes.Values.ToDictionary(lane => lane.Name, lane => lane.Id);
        var asked = new List<(int At, int Lane, string Id)>();
        for (var at = 0; at < receipts.Count; at++)
        {
            if (!receipts[at].IsByReference(out _, out _)
                && receipts[at].Receipt.CarrierMessageId is { } id
                && lanes.TryGetValue(receipts[at].Lane, out var lane))
                asked.Add((at, lane, id));
        }

        asked.Sort((one, other) =>
            one.Lane != other.Lane ? one.Lane.CompareTo(other.Lane) : string.CompareOrdinal(one.Id, other.Id));

        var found = new List<(int, int, NamedMessage)>();
        foreach (var some in asked.Chunk(IdsTogether))
        {
            var messages = await run.FindAsync([.. some.Select(each => (each.Lane, each.Id))]);
            for (var at = 0; at < some.Length; at++)
            {
                if (messages[at] is { } message)
                    found.Add((some[at].At, some[at].Lane, message));
            }
        }

        return found;
    }

    void Add(
        ReceiptBatch batch, ISettlingLedger run, in ReadReceipt receipt, NamedMessage message, int lane, bool waited)
    {
        if (waiting.Count > 0 && receipt.Receipt.CarrierMessageId is { } id)
        {
            foreach (var earlier in waiting.Before(receipt.Lane, id, receipt.Key))
                batch.Add(run, Match(earlier, message, lane) with { Waited = true });
        }

        foreach (var earlier in waiting.Count > 0 ? waiting.Before(run.Info.Code, message.Seq, receipt.Key) : [])
            batch.Add(run, Match(earlier, new NamedMessage(message.Seq, 0, 0), lane) with { Waited = true });

        batch.Add(run, Match(receipt, message, lane) with { Waited = waited });
    }

    MatchedReceipt Match(in ReadReceipt receipt, NamedMessage message, int lane)
    {
        var named = receipt.Receipt.Part is { } part
            ? message with { Part = part, Parts = receipt.Receipt.Parts ?? 0 }
            : message;
        return new MatchedReceipt(receipt.RawId, receipt.Item, lane, named, receipt.Receipt)
        {
            Code = OneOf(receipt.Receipt.Code),
        };
    }

    string? OneOf(string? code)
    {
        if (code is null)
            return null;
        if (_codes.TryGetValue(code, out var known))
            return known;

        if (_codes.Count < MostCodes)
            _codes.Add(code);
        return code;
    }

    readonly record struct Found(ISettlingLedger? Run, int Lane, NamedMessage Message, bool IsAmbiguous);
}
