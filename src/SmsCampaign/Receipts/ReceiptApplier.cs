using SmsCampaign.Storage;

namespace SmsCampaign.Receipts;

/// <summary>
/// Brings a batch of receipts to its runs' ledgers, sorted by message, a slice a commit.
/// </summary>
static class ReceiptApplier
{
    /// <summary>Receipts applied in one commit: some 10 ms for which an intent to send waits at most.</summary>
    const int Slice = 2_000;

    const int PlaceBits = 24;

    /// <param name="through">Id of the batch's last callback: what of it is applied is not applied again after a crash.
    /// Null for receipts that waited and are tried once more.</param>
    /// <returns>False where it was stopped between two slices.</returns>
    public static async Task<bool> ApplyAsync(ReceiptBatch batch, long? through, CancellationToken stopping)
    {
        foreach (var (run, receipts) in batch.Matched)
        {
            var keys = SortByMessage(receipts);
            for (var from = 0; from < keys.Length;)
            {
                if (stopping.IsCancellationRequested)
                    return false;

                var slice = NextSlice(receipts, keys, from);
                from += slice.Length;

                ReceiptMark? mark = through is { } id ? new ReceiptMark(id, from == keys.Length ? null : slice[^1].Seq) : null;
                foreach (var (at, kind) in await run.ApplyAsync(slice, mark))
                    batch.Odd.Add(new OddReceipt(slice[at].RawId, slice[at].Item, kind, run.Info.Key.ToString(), slice[at].Status.ToString()));
            }
        }

        return true;
    }

    /// <returns>The key of each message in the high bits, the place of its receipt in the low 24.</returns>
    static long[] SortByMessage(List<MatchedReceipt> receipts)
    {
        // A key has 32 bits (MessageSeq). Receipts of one message stay in the order they came.
        var keys = new long[receipts.Count];
        for (var at = 0; at < keys.Length; at++)
            keys[at] = (receipts[at].Seq << PlaceBits) | (uint)at;

        Array.Sort(keys);
        return keys;
    }

    /// <summary>All receipts of a message are in one slice: a mark names the last message.</summary>
    static MatchedReceipt[] NextSlice(List<MatchedReceipt> receipts, long[] keys, int from)
    {
        var end = Math.Min(from + Slice, keys.Length);
        while (end < keys.Length && keys[end] >> PlaceBits == keys[end - 1] >> PlaceBits)
            end++;

        var slice = new MatchedReceipt[end - from];
        for (var at = 0; at < slice.Length; at++)
            slice[at] = receipts[(int)(keys[from + at] & ((1 << PlaceBits) - 1))];
        return slice;
    }
}
