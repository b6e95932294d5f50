using System.Web;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch;
using SmsCampaign.Storage;

namespace SmsCampaign.Receipts;

/// <summary>
/// Applies receipts behind their intake: reads what came, finds each message, moves its status forward, and notes what
/// was odd. Goes on after a crash where it was; applying a receipt twice changes nothing.
/// </summary>
public sealed class ReceiptSettler(ReceiptStore store, OpenRuns runs, LaneAccounts accounts, ProcessClock clock)
{
    /// <summary>Callbacks settled together.</summary>
    const int Together = 1_000;

    /// <summary>How often receipts that wait for their message's answer are tried again.</summary>
    static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>How long an unknown id is waited for. An answer takes two minutes at most (AnswerTimeout).</summary>
    static readonly TimeSpan MostWaiting = TimeSpan.FromMinutes(10);

    bool _anyWaiting = true;

    /// <summary>Settles what comes until it is asked to stop.</summary>
    /// <exception cref="Storage.Sqlite.LedgerException">A ledger cannot be written.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var appended = store.Appended;
            if (await SettleNewAsync())
                continue;

            if (_anyWaiting)
                await SettleWaitingAsync();

            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            var pause = _anyWaiting ? Again : Timeout.InfiniteTimeSpan;
            await Task.WhenAny(appended, Task.Delay(pause, clock.Time, either.Token));
            await either.CancelAsync();
        }
    }

    /// <summary>Settles the next callbacks that came.</summary>
    /// <returns>False where there were none.</returns>
    internal async Task<bool> SettleNewAsync()
    {
        var raw = store.Read(store.ReadProgress(), Together);
        if (raw.Count == 0)
            return false;

        var items = new List<Item>();
        var odd = new List<OddReceipt>();
        foreach (var receipt in raw)
            Read(receipt, items, odd);

        await ApplyAsync(items, raw[^1].Id, odd);
        await store.NoteAsync(raw[^1].Id, odd, []);
        _anyWaiting |= odd.Exists(each => each.Kind == ReceiptOddity.Waiting);
        return true;
    }

    /// <summary>Tries the receipts again whose message was not known.</summary>
    internal async Task SettleWaitingAsync()
    {
        var waiting = store.ReadWaiting();
        _anyWaiting = waiting.Count > 0;
        if (!_anyWaiting)
            return;

        var items = new List<Item>();
        var odd = new List<OddReceipt>();
        foreach (var (receipt, at) in waiting)
        {
            var all = new List<Item>();
            Read(receipt, all, odd);
            items.AddRange(all.Where(item => item.At == at));
        }

        await ApplyAsync(items, null, odd);

        // What waits in vain for long is unknown for good.
        var oldest = clock.Now() - (long)MostWaiting.TotalMicroseconds;
        var tooOld = waiting.Where(each => each.Receipt.ReceivedAt < oldest).Select(each => each.Receipt.Id).ToHashSet();
        var noted = odd
            .Select(each => each.Kind == ReceiptOddity.Waiting && tooOld.Contains(each.Receipt) ? each with { Kind = ReceiptOddity.Unknown } : each)
            .ToList();

        var still = odd.Select(each => (each.Receipt, each.Item)).ToHashSet();
        var settled = waiting.Select(each => (each.Receipt.Id, each.Item)).Where(each => !still.Contains(each)).ToList();
        await store.NoteAsync(null, noted, settled);
    }

    void Read(RawReceipt raw, List<Item> items, List<OddReceipt> odd)
    {
        if (accounts.Find(raw.Lane)?.Receipts is not { } source)
        {
            odd.Add(new OddReceipt(raw.Id, 0, ReceiptOddity.Unreadable, null, "the installation's lane takes no receipts"));
            return;
        }

        try
        {
            var receipts = source.ReadReceipts(new ReceiptCallback(ReadQuery(raw.Query), raw.Body, raw.ContentType));
            for (var at = 0; at < receipts.Count; at++)
                items.Add(new Item(raw, at, receipts[at]));
        }
        catch (FormatException unreadable)
        {
            odd.Add(new OddReceipt(raw.Id, 0, ReceiptOddity.Unreadable, null, unreadable.Message));
        }
        catch (Exception mistake) // the adapter's: one receipt it breaks on must not stop all after it. Its words may hold a number
        {
            odd.Add(new OddReceipt(raw.Id, 0, ReceiptOddity.Unreadable, null, $"the adapter failed: {mistake.GetType().Name}"));
        }
    }

    async Task ApplyAsync(List<Item> items, long? through, List<OddReceipt> odd)
    {
        var matched = new Dictionary<RunLedger, List<(Item Item, MatchedReceipt Receipt)>>();
        void Add(RunLedger run, int lane, long seq, Item item)
        {
            if (!matched.TryGetValue(run, out var list))
                matched[run] = list = [];
            list.Add((item, new MatchedReceipt(item.Raw.Id, item.At, lane, seq, item.Receipt)));
        }

        var byCarrierId = new List<Item>();
        foreach (var item in items)
        {
            if (item.Receipt.Reference is not { } reference || !MessageReference.TryParse(reference, out var code, out var seq))
                byCarrierId.Add(item);
            else if (runs.FindByCode(code) is { } run)
                MatchReference(run, seq, item);
            else
                odd.Add(item.Odd(ReceiptOddity.Unknown, null, "a reference of no run here"));
        }

        foreach (var (item, found) in await FindAsync(byCarrierId))
        {
            if (found is { } there)
                Add(there.Run, there.Lane, there.Seq, item);
            else
                odd.Add(item.Odd(ReceiptOddity.Waiting, null, "an id no answer has named"));
        }

        foreach (var (run, receipts) in matched)
        {
            var oddities = await run.ApplyAsync([.. receipts.Select(each => each.Receipt)], through);
            for (var at = 0; at < oddities.Count; at++)
            {
                if (oddities[at] is { } kind)
                    odd.Add(receipts[at].Item.Odd(kind, run.Info.Key.ToString(), receipts[at].Receipt.Receipt.Status.ToString()));
            }
        }

        void MatchReference(RunLedger run, long seq, Item item)
        {
            // A gateway may speak only of messages it was given.
            if (run.Info.LaneOfCarrier.TryGetValue(MessageSeq.CarrierOf(seq), out var lane) && run.Info.Lanes[lane].Name == item.Raw.Lane)
                Add(run, lane, seq, item);
            else
                odd.Add(item.Odd(ReceiptOddity.Unexpected, run.Info.Key.ToString(), "a message of another lane"));
        }
    }

    /// <summary>Looks for ids by lane: two gateways may use the same ids.</summary>
    async Task<List<(Item Item, (RunLedger Run, int Lane, long Seq)? Found)>> FindAsync(List<Item> items)
    {
        var found = new (RunLedger Run, int Lane, long Seq)?[items.Count];

        foreach (var run in items.Count > 0 ? runs.OpenThoseAwaited() : [])
        {
            var asked = Enumerable.Range(0, items.Count)
                .Where(at => found[at] is null && items[at].Receipt.CarrierMessageId is not null)
                .Select(at => (At: at, Lane: run.Info.Lanes.Values.FirstOrDefault(lane => lane.Name == items[at].Raw.Lane)?.Id))
                .Where(each => each.Lane is not null)
                .ToList();

            var seqs = await run.FindAsync([.. asked.Select(each => (each.Lane!.Value, items[each.At].Receipt.CarrierMessageId!))]);
            for (var at = 0; at < seqs.Count; at++)
            {
                if (seqs[at] is { } seq)
                    found[asked[at].At] = (run, asked[at].Lane!.Value, seq);
            }
        }

        return [.. items.Select((item, at) => (item, found[at]))];
    }

    static Dictionary<string, string> ReadQuery(string query)
    {
        var read = HttpUtility.ParseQueryString(query);
        return read.AllKeys.OfType<string>().ToDictionary(name => name, name => read[name] ?? "");
    }

    /// <summary>One receipt in a callback.</summary>
    sealed record Item(RawReceipt Raw, int At, DeliveryReceipt Receipt)
    {
        public OddReceipt Odd(ReceiptOddity kind, string? run, string detail) => new(Raw.Id, At, kind, run, detail);
    }
}
