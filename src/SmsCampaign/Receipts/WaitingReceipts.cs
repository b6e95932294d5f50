using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Receipts;

/// <summary>
/// Tries receipts again that name an id which no answer has named yet, as the answer may still be on its way, and those
/// of runs that were set aside. Also those behind such a one whose message is still on its way.
/// </summary>
sealed class WaitingReceipts(
    IReceiptLog store,
    ReceiptReader reader,
    ReceiptMatcher matcher,
    ReceiptApplier applier,
    OpenRuns runs,
    WaitingSet waiting,
    HeldRuns busyRuns,
    ProcessClock clock)
{
    /// <summary>Looked at together.</summary>
    const int Together = 1_000;

    /// <summary>How long an unknown id is waited for. An answer takes two minutes at most (AnswerTimeout).</summary>
    static readonly TimeSpan MostWaiting = TimeSpan.FromMinutes(10);

    bool _loaded;

    /// <summary>Given each batch that was tried.</summary>
    public Action<ReceiptBatch>? Tried { get; set; }

    /// <summary>Takes in what waits since before this start.</summary>
    public void Load()
    {
        if (_loaded)
            return;

        _loaded = true;
        foreach (var callback in store.ReadWaiting().GroupBy(each => each.Receipt, each => each.Item))
        {
            var items = callback.ToHashSet();
            var read = new List<ReadReceipt>();
            if (store.Find(callback.Key) is { } raw)
                reader.Read(raw, read, []);
            foreach (var receipt in read.Where(receipt => items.Contains(receipt.Item)))
                waiting.Add(receipt);
        }
    }

    /// <summary>Tries all of them again.</summary>
    /// <returns>Whether any wait on.</returns>
    public async Task<bool> SettleAsync(CancellationToken stopping)
    {
        Load();
        var all = waiting.ToList();
        var held = await matcher.FindThoseToHoldAsync(all);
        foreach (var some in all.Chunk(Together))
        {
            if (stopping.IsCancellationRequested)
                return true;

            await SettleAsync([.. some], held, stopping);
        }

        return waiting.Count > 0;
    }

    async Task SettleAsync(List<ReadReceipt> some, HashSet<(long Receipt, int Item)> held, CancellationToken stopping)
    {
        var batch = new ReceiptBatch();
        await matcher.MatchAsync(some, batch, held, waited: true);
        await applier.ApplyAsync(batch, null, stopping);

        var received = some.ToDictionary(receipt => receipt.Key, receipt => receipt.ReceivedAt);
        var oldest = clock.Now() - (long)MostWaiting.TotalMicroseconds;
        for (var at = batch.Odd.Count - 1; at >= 0; at--)
        {
            var odd = batch.Odd[at];
            if (odd.Kind is not (ReceiptOddity.Waiting or ReceiptOddity.SetAside))
                continue;

            // What waits in vain for long is unknown for good, unless it may be of a run that nobody can look into.
            var kind = odd.Kind == ReceiptOddity.SetAside
                || received[(odd.Receipt, odd.Item)] >= oldest
                || held.Contains((odd.Receipt, odd.Item))
                ? odd.Kind
                : runs.SetAside.Count > 0 || busyRuns.Any ? ReceiptOddity.SetAside
                : ReceiptOddity.Unknown;
            if (kind == odd.Kind)
                batch.Odd.RemoveAt(at); // and noted so already
            else
                batch.Odd[at] = odd with { Kind = kind };
        }

        if (batch.Odd.Count > 0 || batch.Settled.Count > 0)
            await applier.NoteAsync(batch, null);
        Forget(batch);
        Tried?.Invoke(batch);
    }

    /// <summary>What a batch has settled, or noted as odd for good, waits no more.</summary>
    public void Forget(ReceiptBatch batch)
    {
        foreach (var odd in batch.Odd)
        {
            if (odd.Kind is not (ReceiptOddity.Waiting or ReceiptOddity.SetAside))
                waiting.Remove((odd.Receipt, odd.Item));
        }

        foreach (var settled in batch.Settled.Concat(batch.Told))
            waiting.Remove(settled);
    }

    /// <summary>After a stop in the middle: what of it was taken in before it was noted is read again.</summary>
    public void Reload()
    {
        waiting.Clear();
        _loaded = false;
    }
}
