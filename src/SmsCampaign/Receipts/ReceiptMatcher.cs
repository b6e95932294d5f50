using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Storage;

namespace SmsCampaign.Receipts;

/// <summary>
/// Finds the message that a receipt is about: by our reference, else by the gateway's id among the messages of its lane,
/// for two gateways may use the same ids.
/// </summary>
sealed class ReceiptMatcher(OpenRuns runs)
{
    /// <summary>Ids looked up in one go: what sends waits for no more than some milliseconds.</summary>
    const int IdsTogether = 2_000;

    /// <summary>Codes kept as one text each, however many receipts say them.</summary>
    const int MostCodes = 1_000;

    readonly HashSet<string> _codes = [];

    /// <summary>Adds them to the batch, or what is odd about them.</summary>
    public async Task MatchAsync(List<ReadReceipt> receipts, ReceiptBatch batch)
    {
        var (matched, odd) = (batch.Matched, batch.Odd);
        var byId = new List<ReadReceipt>();
        string? lastCode = null;
        RunLedger? lastRun = null;

        foreach (var receipt in receipts)
        {
            if (receipt.ById || receipt.Receipt.Reference is not { } reference || !MessageReference.TryParse(reference, out var code, out var seq))
            {
                byId.Add(receipt);
                continue;
            }

            if (code != lastCode)
                (lastCode, lastRun) = (code, runs.FindByCode(code));

            if (lastRun is not { } run)
                odd.Add(receipt.Odd(ReceiptOddity.Unknown, null, "a reference of no run here"));
            else if (LaneOf(run, seq, receipt.Lane) is not { } lane)
                odd.Add(receipt.Odd(ReceiptOddity.Unexpected, run.Info.Key.ToString(), "a message of another lane"));
            else
                Add(matched, run, receipt, new NamedMessage(seq, receipt.Receipt.Part ?? 0, receipt.Receipt.Parts ?? 0), lane);
        }

        if (byId.Count > 0)
            await MatchIdsAsync(byId, matched, odd);
    }

    /// <summary>A gateway may speak only of messages it was given.</summary>
    static int? LaneOf(RunLedger run, long seq, string lane) =>
        run.LaneOf(seq) is { } id && run.Info.Lanes[id].Name == lane ? id : null;

    async Task MatchIdsAsync(
        List<ReadReceipt> receipts, Dictionary<RunLedger, List<MatchedReceipt>> matched, List<OddReceipt> odd)
    {
        var found = new (RunLedger Run, int Lane, NamedMessage Message)?[receipts.Count];
        var ambiguous = new HashSet<int>();
        foreach (var run in runs.OpenThoseAwaited())
        {
            foreach (var (at, lane, message) in await FindAsync(run, receipts))
            {
                // A gateway that uses an id again in a later run: whose receipt it is, nobody can tell.
                if (message.IsAmbiguous || found[at] is not null)
                    ambiguous.Add(at);
                found[at] = (run, lane, message);
            }
        }

        for (var at = 0; at < receipts.Count; at++)
        {
            var receipt = receipts[at];
            if (ambiguous.Contains(at))
                odd.Add(receipt.Odd(ReceiptOddity.Ambiguous, found[at]!.Value.Run.Info.Key.ToString(), "an id given to two messages"));
            else if (found[at] is not { } there)
                odd.Add(receipt.Odd(ReceiptOddity.Waiting, null, "an id no answer has named"));
            else if (receipt.Receipt.Part is { } part)
                Add(matched, there.Run, receipt, there.Message with { Part = part, Parts = receipt.Receipt.Parts ?? 0 }, there.Lane);
            else
                Add(matched, there.Run, receipt, there.Message, there.Lane);
        }
    }

    static async Task<List<(int At, int Lane, NamedMessage Message)>> FindAsync(RunLedger run, List<ReadReceipt> receipts)
    {
        // In the order of their index.
        var lanes = run.Info.Lanes.Values.ToDictionary(lane => lane.Name, lane => lane.Id);
        var asked = new List<(int At, int Lane, string Id)>();
        for (var at = 0; at < receipts.Count; at++)
        {
            if (receipts[at].Receipt.CarrierMessageId is { } id && lanes.TryGetValue(receipts[at].Lane, out var lane))
                asked.Add((at, lane, id));
        }

        asked.Sort((one, other) => one.Lane != other.Lane ? one.Lane.CompareTo(other.Lane) : string.CompareOrdinal(one.Id, other.Id));

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

    void Add(Dictionary<RunLedger, List<MatchedReceipt>> matched, RunLedger run, in ReadReceipt receipt, NamedMessage message, int lane)
    {
        if (!matched.TryGetValue(run, out var list))
            matched[run] = list = [];
        list.Add(new MatchedReceipt(receipt.RawId, receipt.Item, lane, message, receipt.Receipt) { Code = OneOf(receipt.Receipt.Code) });
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
}
