using SmsCampaign.Storage;

namespace SmsCampaign.Receipts;

/// <summary>
/// Receipts that name an id which no answer has named yet: the answer may still be on its way.
/// </summary>
sealed class WaitingReceipts(ReceiptStore store, ReceiptReader reader, ReceiptMatcher matcher, ProcessClock clock)
{
    /// <summary>Looked at together.</summary>
    const int Together = 1_000;

    /// <summary>How long an unknown id is waited for. An answer takes two minutes at most (AnswerTimeout).</summary>
    static readonly TimeSpan MostWaiting = TimeSpan.FromMinutes(10);

    /// <summary>Tries all of them again.</summary>
    /// <returns>Whether any wait on.</returns>
    public async Task<bool> SettleAsync(CancellationToken stopping)
    {
        (long Receipt, int Item) last = default;
        var any = false;
        for (List<(long Receipt, int Item)> waiting; (waiting = store.ReadWaiting(last, Together)).Count > 0;)
        {
            if (stopping.IsCancellationRequested)
                return true;

            last = waiting[^1];
            any |= await SettleAsync(waiting, stopping);
        }

        return any;
    }

    async Task<bool> SettleAsync(List<(long Receipt, int Item)> waiting, CancellationToken stopping)
    {
        var batch = new ReceiptBatch();
        var read = new List<ReadReceipt>();
        var tooOld = new HashSet<long>();
        var oldest = clock.Now() - (long)MostWaiting.TotalMicroseconds;
        foreach (var callback in waiting.GroupBy(each => each.Receipt, each => each.Item))
        {
            var raw = store.Read(callback.Key - 1).First();
            var all = new List<ReadReceipt>();
            reader.Read(raw, all, batch.Odd);
            read.AddRange(all.IntersectBy(callback, receipt => receipt.Item));
            if (raw.ReceivedAt < oldest)
                tooOld.Add(raw.Id);
        }

        await matcher.MatchAsync(read, batch);
        if (!await ReceiptApplier.ApplyAsync(batch, null, stopping))
            return true;

        // What waits in vain for long is unknown for good.
        var known = waiting.ToHashSet();
        var noted = new List<OddReceipt>();
        var any = false;
        foreach (var odd in batch.Odd)
        {
            if (odd.Kind != ReceiptOddity.Waiting)
                noted.Add(odd);
            else if (tooOld.Contains(odd.Receipt))
                noted.Add(odd with { Kind = ReceiptOddity.Unknown });
            else
                any = true; // and noted so already

            known.Remove((odd.Receipt, odd.Item));
        }

        if (noted.Count > 0 || known.Count > 0)
            await store.NoteAsync(null, noted, [.. known]);
        return any;
    }
}
