using SmsCampaign.Dispatch;
using SmsCampaign.Storage;

namespace SmsCampaign.Receipts;

/// <summary>
/// Applies receipts behind their intake: reads what came, finds each message, moves its status forward, and notes what
/// was odd. Goes on after a crash where it was; applying a receipt twice changes nothing.
/// </summary>
/// <remarks>
/// What has piled up is settled in large batches sorted by message, so that a ledger is walked forward even where a storm
/// came in any order; a batch is applied in small slices, so that sending waits for none of it. While one batch is applied
/// the next is read.
/// </remarks>
public sealed class ReceiptSettler(ReceiptStore store, OpenRuns runs, LaneAccounts accounts, ProcessClock clock)
{
    /// <summary>Receipts settled together where so many wait: measured, see the benchmarks' README. Some 60 bytes each.</summary>
    const int Together = 200_000;

    /// <summary>Callbacks read together before their messages are looked for.</summary>
    const int ReadTogether = 2_000;

    /// <summary>Bytes of their bodies, whichever is reached first.</summary>
    const int MostBytes = 4_000_000;

    /// <summary>Receipts applied in one commit: some 10 ms for which an intent to send waits at most.</summary>
    const int Slice = 2_000;

    const int PlaceBits = 24;

    /// <summary>Waiting receipts looked at together.</summary>
    const int WaitingTogether = 1_000;

    /// <summary>Pause before the next few receipts, so that a stream of them does not become a commit each.</summary>
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    /// <summary>How often receipts that wait for their message's answer are tried again, at least.</summary>
    static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>How long an unknown id is waited for. An answer takes two minutes at most (AnswerTimeout).</summary>
    static readonly TimeSpan MostWaiting = TimeSpan.FromMinutes(10);

    readonly ReceiptReader _reader = new(accounts);
    readonly ReceiptMatcher _matcher = new(runs);
    Task<ReceiptBatch>? _ahead;
    long? _through;
    bool _anyWaiting = true;

    /// <summary>Settles what comes until it is asked to stop.</summary>
    /// <exception cref="Storage.Sqlite.LedgerException">A ledger cannot be written.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        var again = Again;
        while (!stopping.IsCancellationRequested)
        {
            var appended = store.Appended;
            if (await SettleNewAsync())
            {
                if (_ahead is null)
                    await PauseAsync(Gather, stopping);
                continue;
            }

            if (_anyWaiting)
            {
                // However many wait in vain, trying them takes a sixth of the time at most.
                var began = clock.Time.GetTimestamp();
                await SettleWaitingAsync();
                var took = clock.Time.GetElapsedTime(began);
                again = took * 5 > Again ? took * 5 : Again;
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            var pause = _anyWaiting ? again : Timeout.InfiniteTimeSpan;
            await Task.WhenAny(appended, Task.Delay(pause, clock.Time, either.Token));
            await either.CancelAsync();
        }
    }

    /// <summary>Settles the next callbacks that came.</summary>
    /// <returns>False where there were none.</returns>
    internal async Task<bool> SettleNewAsync()
    {
        var batch = await (_ahead ?? ReadAfterAsync(_through ??= store.ReadProgress()));
        _ahead = null;
        if (batch.Through is not { } through)
            return false;

        if (batch.IsFull)
            _ahead = Task.Run(() => ReadAfterAsync(through));

        await ApplyAsync(batch, through);
        await store.NoteAsync(through, batch.Odd, []);
        _through = through;
        _anyWaiting |= batch.Odd.Exists(each => each.Kind == ReceiptOddity.Waiting);
        return true;
    }

    /// <summary>Tries the receipts again whose message was not known.</summary>
    internal async Task SettleWaitingAsync()
    {
        (long Receipt, int Item) last = default;
        _anyWaiting = false;
        for (List<(RawReceipt Receipt, int Item)> waiting; (waiting = store.ReadWaiting(last, WaitingTogether)).Count > 0;)
        {
            last = (waiting[^1].Receipt.Id, waiting[^1].Item);
            await SettleWaitingAsync(waiting);
        }
    }

    async Task SettleWaitingAsync(List<(RawReceipt Receipt, int Item)> waiting)
    {
        var batch = new ReceiptBatch();
        var read = new List<ReadReceipt>();
        foreach (var (raw, item) in waiting)
        {
            var all = new List<ReadReceipt>();
            _reader.Read(raw, all, batch.Odd);
            read.AddRange(all.Where(receipt => receipt.Item == item));
        }

        await _matcher.MatchAsync(read, batch);
        await ApplyAsync(batch, null);

        // What waits in vain for long is unknown for good.
        var oldest = clock.Now() - (long)MostWaiting.TotalMicroseconds;
        var tooOld = waiting.Where(each => each.Receipt.ReceivedAt < oldest).Select(each => each.Receipt.Id).ToHashSet();
        var known = waiting.Select(each => (each.Receipt.Id, each.Item)).ToHashSet();
        var noted = new List<OddReceipt>();
        foreach (var odd in batch.Odd)
        {
            if (odd.Kind != ReceiptOddity.Waiting)
                noted.Add(odd);
            else if (tooOld.Contains(odd.Receipt))
                noted.Add(odd with { Kind = ReceiptOddity.Unknown });
            else
                _anyWaiting = true; // and noted so already

            known.Remove((odd.Receipt, odd.Item));
        }

        if (noted.Count > 0 || known.Count > 0)
            await store.NoteAsync(null, noted, [.. known]);
    }

    async Task<ReceiptBatch> ReadAfterAsync(long id)
    {
        var batch = new ReceiptBatch();
        var read = new List<ReadReceipt>();
        do
        {
            read.Clear();
            batch.IsFull = ReadSome(batch.Through ?? id, read, batch);
            await _matcher.MatchAsync(read, batch);
        }
        while (batch.IsFull && batch.Count < Together);

        return batch;
    }

    /// <returns>Whether there may be more.</returns>
    bool ReadSome(long after, List<ReadReceipt> read, ReceiptBatch batch)
    {
        var (count, bytes) = (0, 0L);
        foreach (var raw in store.Read(after))
        {
            _reader.Read(raw, read, batch.Odd);
            batch.Through = raw.Id;
            bytes += raw.Body.Length;
            if (++count == ReadTogether || bytes >= MostBytes)
                return true;
        }

        return false;
    }

    static async Task ApplyAsync(ReceiptBatch batch, long? through)
    {
        foreach (var (run, receipts) in batch.Matched)
        {
            var keys = SortByMessage(receipts);
            for (var from = 0; from < keys.Length;)
            {
                var slice = NextSlice(receipts, keys, from);
                from += slice.Length;

                ReceiptMark? mark = through is { } id ? new ReceiptMark(id, from == keys.Length ? null : slice[^1].Seq) : null;
                foreach (var (at, kind) in await run.ApplyAsync(slice, mark))
                    batch.Odd.Add(new OddReceipt(slice[at].RawId, slice[at].Item, kind, run.Info.Key.ToString(), slice[at].Status.ToString()));
            }
        }
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

    async Task PauseAsync(TimeSpan pause, CancellationToken stopping) =>
        await Task.Delay(pause, clock.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
