using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Receipts;

/// <summary>
/// Brings a batch of receipts to its runs' ledgers, sorted by message, a slice a commit, and what is to be noted of
/// them to the file of receipts.
/// </summary>
/// <remarks>
/// Two files, and a crash may come between any two commits. What is odd stands in the run's ledger, in the commit that
/// settles it, until the file of receipts has it; a run that is met for the first time tells first what a process
/// before could not. So both sides may be written again, and neither loses anything.
/// </remarks>
/// <param name="goesOn">Called after each slice.</param>
sealed class ReceiptApplier(IReceiptLog store, OpenRuns runs, HeldRuns held, Action goesOn)
{
    /// <summary>Receipts applied in one commit: some 10 ms for which an intent to send waits at most.</summary>
    const int Slice = 2_000;

    const int PlaceBits = 24;

    readonly HashSet<ISettlingLedger> _met = [];

    /// <summary>Receipts that the run at hand has, in the order of their messages.</summary>
    int _applied;

    /// <summary>Called between any two commits: what it throws is a crash there.</summary>
    internal Action<SettleStep>? Reached { get; set; }

    /// <summary>Called after each slice with how many of a run are applied.</summary>
    internal Action<int>? Sliced { get; set; }

    /// <summary>Meets every run anew: what stands in its ledger to be noted is told again.</summary>
    public void Forget() => _met.Clear();

    /// <param name="through">Id of the batch's last callback: what of it is applied is not applied again after a crash.
    /// Null for receipts that waited and are tried once more.</param>
    /// <returns>False where it was stopped between two slices.</returns>
    public async Task<bool> ApplyAsync(ReceiptBatch batch, long? through, CancellationToken stopping)
    {
        var whole = true;
        foreach (var (run, receipts) in batch.Matched)
        {
            _applied = 0;
            if (held.IsLeftAlone(run))
            {
                Keep(run, receipts, batch);
                continue;
            }

            try
            {
                await MeetAsync(run, receipts, batch);
                whole &= await ApplyAsync(run, receipts, batch, through, stopping);
                held.NoteFree(run);
            }
            catch (LedgerException busy) when (held.TryNote(run, busy)) // it alone waits
            {
                Keep(run, receipts, batch);
            }
            catch (LedgerException damaged) when (runs.TrySetAside(run, damaged)) // its own fault: the others go on
            {
                foreach (var receipt in receipts)
                    batch.Odd.Add(new OddReceipt(
                        receipt.RawId,
                        receipt.Item,
                        ReceiptOddity.SetAside,
                        run.Info.Key.ToString(),
                        "its ledger is damaged"));
            }
        }

        Reached?.Invoke(SettleStep.Applied);
        return whole;
    }

    /// <summary>Notes what was odd and what waits no more, then how far the settler has come.</summary>
    /// <param name="through">Null leaves it where it is.</param>
    public async Task NoteAsync(ReceiptBatch batch, long? through)
    {
        await store.NoteAsync(batch.Odd, batch.Settled);
        Reached?.Invoke(SettleStep.Noted);
        if (through is { } id)
            await store.AdvanceAsync(id);
        Reached?.Invoke(SettleStep.Advanced);

        if (batch.Odd.Count == 0 && batch.Settled.Count == 0)
            return;

        foreach (var run in batch.Matched.Keys.Where(run => !held.IsLeftAlone(run)))
        {
            try
            {
                await run.ClearReceiptNotesAsync();
            }
            catch (LedgerException busy) when (held.TryNote(run, busy)) // what is noted once more is so no less
            {
            }
            catch (LedgerException damaged) when (runs.TrySetAside(run, damaged))
            {
            }
        }
    }

    /// <summary>Those that waited are noted so already.</summary>
    void Keep(ISettlingLedger run, List<MatchedReceipt> receipts, ReceiptBatch batch)
    {
        batch.IsAnyKept = true;
        foreach (var key in SortByMessage(receipts).Skip(_applied))
        {
            var receipt = receipts[PlaceOf(key)];
            if (!receipt.Waited)
                batch.Odd.Add(new OddReceipt(
                    receipt.RawId,
                    receipt.Item,
                    ReceiptOddity.SetAside,
                    run.Info.Key.ToString(),
                    "another program holds its ledger"));
        }
    }

    async Task MeetAsync(ISettlingLedger run, List<MatchedReceipt> receipts, ReceiptBatch batch)
    {
        if (_met.Contains(run))
            return;

        var key = run.Info.Key.ToString();
        var notes = await run.ReadReceiptNotesAsync();
        if (notes.Count > 0)
        {
            await store.NoteAsync(
                [.. notes
                    .Where(note => note.Kind is not null)
                    .Select(note => new OddReceipt(note.Receipt, note.Item, note.Kind!.Value, key, note.Detail))],
                [.. notes.Where(note => note.Kind is null).Select(note => (note.Receipt, note.Item))]);
            await run.ClearReceiptNotesAsync();

            // Those that waited are applied; of the others the mark tells.
            batch.Told.UnionWith(notes.Select(note => (note.Receipt, note.Item)));
            receipts.RemoveAll(receipt => receipt.Waited && batch.Told.Contains((receipt.RawId, receipt.Item)));
        }

        _met.Add(run);
    }

    async Task<bool> ApplyAsync(
        ISettlingLedger run,
        List<MatchedReceipt> receipts,
        ReceiptBatch batch,
        long? through,
        CancellationToken stopping)
    {
        if (batch.AnyWaited)
            receipts.Sort((one, other) =>
                one.RawId != other.RawId ? one.RawId.CompareTo(other.RawId) : one.Item.CompareTo(other.Item));

        var keys = SortByMessage(receipts);
        var slices = 0;
        for (var from = 0; from < keys.Length;)
        {
            if (stopping.IsCancellationRequested)
                return false;

            var slice = NextSlice(receipts, keys, from);
            from += slice.Length;

            ReceiptMark? mark = through is { } id
                ? new ReceiptMark(id, from == keys.Length ? null : slice[^1].Seq)
                : null;
            var odd = await run.ApplyAsync(slice, mark);
            _applied = from;
            foreach (var (at, kind) in odd)
                batch.Odd.Add(new OddReceipt(
                    slice[at].RawId, slice[at].Item, kind, run.Info.Key.ToString(), slice[at].Status.ToString()));

            if (batch.AnyWaited)
            {
                var strange = odd.Select(each => each.At).ToHashSet();
                batch.Settled.AddRange(slice
                    .Where((receipt, at) => receipt.Waited && !strange.Contains(at))
                    .Select(receipt => (receipt.RawId, receipt.Item)));
            }

            goesOn();
            Sliced?.Invoke(++slices);
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

    static int PlaceOf(long key) => (int)(key & ((1 << PlaceBits) - 1));

    /// <summary>All receipts of a message are in one slice: a mark names the last message.</summary>
    static MatchedReceipt[] NextSlice(List<MatchedReceipt> receipts, long[] keys, int from)
    {
        var end = Math.Min(from + Slice, keys.Length);
        while (end < keys.Length && keys[end] >> PlaceBits == keys[end - 1] >> PlaceBits)
            end++;

        var slice = new MatchedReceipt[end - from];
        for (var at = 0; at < slice.Length; at++)
            slice[at] = receipts[PlaceOf(keys[from + at])];
        return slice;
    }
}

/// <summary>What is on disk where a crash may come.</summary>
enum SettleStep
{
    /// <summary>The runs have their receipts.</summary>
    Applied,

    /// <summary>So has the file of receipts what was odd.</summary>
    Noted,

    /// <summary>And how far the settler has come.</summary>
    Advanced,
}
