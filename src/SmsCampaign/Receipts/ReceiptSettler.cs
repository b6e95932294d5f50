using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Run;
using SmsCampaign.Telemetry;

namespace SmsCampaign.Receipts;

/// <summary>
/// Applies receipts behind their intake: reads what came, finds each message, moves its status forward, and notes what
/// was odd. Goes on after a crash where it was; applying a receipt twice changes nothing.
/// </summary>
/// <remarks>
/// What has piled up is settled in large batches sorted by message, so that a ledger is walked forward even where a
/// storm came in any order; a batch is applied in small slices, so that sending waits for none of it.
/// </remarks>
public sealed class ReceiptSettler
{
    /// <summary>Receipts settled together where so many wait: measured, see the benchmarks' README.
    /// Some 60 bytes each.</summary>
    const int Together = 200_000;

    /// <summary>Callbacks read together before their messages are looked for.</summary>
    const int ReadTogether = 2_000;

    /// <summary>Bytes of their bodies, whichever is reached first.</summary>
    const int MostBytes = 4_000_000;

    /// <summary>Pause before the next few receipts, so that a stream of them does not become a commit each.</summary>
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    /// <summary>How often receipts that wait for their message's answer are tried again, at least,
    /// new ones or none.</summary>
    static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>When receipts are tried again where another program holds a file.</summary>
    static readonly TimeSpan Later = TimeSpan.FromSeconds(1);

    readonly IReceiptLog _store;
    readonly OpenRuns _runs;
    readonly ReceiptReader _reader;
    readonly ReceiptMatcher _matcher;
    readonly ReceiptApplier _applier;
    readonly WaitingReceipts _waiting;
    readonly WaitingSet _set = new();
    readonly HeldRuns _held;
    readonly ProcessClock _clock;
    readonly TimeProvider _time;
    readonly LoopWatch _loops;
    readonly CaughtUp _caughtUp = new();
    LoopPulse? _pulse;
    bool _isWhole;
    bool _more;
    long? _through;
    TimeSpan _again = Again;
    long? _triedAt;
    bool _anyWaiting = true;
    bool _isHeldUp;

    /// <summary>Whether some are noted as waiting for a run that is held, and not in the set.</summary>
    bool _isSetBehind;

    public ReceiptSettler(IReceiptLog store, OpenRuns runs, LaneAccounts accounts, ProcessClock clock)
    {
        _store = store;
        _runs = runs;
        _reader = new ReceiptReader(accounts);
        _held = new HeldRuns(clock.Time);
        _matcher = new ReceiptMatcher(runs, _reader, _set, _held);
        _applier = new ReceiptApplier(store, runs, _held, GoOn);
        _waiting = new WaitingReceipts(store, _reader, _matcher, _applier, runs, _set, _held, clock)
        {
            Tried = NoteTried,
        };
        (_clock, _time, _loops) = (clock, clock.Time, accounts.Loops);
    }

    /// <summary>Told of receipts that no run can take: how many of a lane, and why.</summary>
    public Action<string, ReceiptOddity, int>? Strays { get; set; }

    /// <summary>Told of a file that another program holds, once, and with null that it does no longer. What came is
    /// kept, and settled then.</summary>
    public Action<Exception?>? HeldUp { get; set; }

    /// <inheritdoc cref="ReceiptMatcher.MostWaiting"/>
    internal int MostWaiting
    {
        set => _matcher.MostWaiting = value;
    }

    /// <inheritdoc cref="ReceiptApplier.Reached"/>
    internal Action<SettleStep>? Reached
    {
        set => _applier.Reached = value;
    }

    /// <inheritdoc cref="ReceiptApplier.Sliced"/>
    internal Action<int>? Sliced
    {
        set => _applier.Sliced = value;
    }

    /// <summary>Settles what comes until it is asked to stop: then within a slice.</summary>
    /// <exception cref="Storage.LedgerException">A ledger cannot be written, and not only for a while.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var pulse = _pulse = _loops.Join("receipts", isVital: false);
        await Task.Yield(); // there may be much to read, and the caller goes on meanwhile
        while (!stopping.IsCancellationRequested)
        {
            await _store.SetAsideBrokenAsync();
            try
            {
                await RunOnceAsync(stopping);
                Tell(_held.Why);
            }
            catch (LedgerException)
                when (_store.IsAnyBroken) // a file of receipts, which is set aside at the next turn: the rest goes on
            {
                BeginAnew();
            }
            catch (LedgerException held) when (StorageFaults.KindOf(held) == StorageFault.Busy)
            {
                BeginAnew();
                Tell(held);
                await Task.Delay(Later, _time, stopping).Quietly();
            }
        }
    }

    /// <summary>Ends when every receipt that was kept before it was called has been tried on its message: settled, or
    /// found to have none yet. Not while what keeps them cannot be read, nor after it was stopped.</summary>
    public Task CatchUpAsync() => _caughtUp.AskAsync();

    /// <param name="held">Null: nothing is.</param>
    void Tell(LedgerException? held)
    {
        if (held is not null != _isHeldUp)
            HeldUp?.Invoke(held);
        _isHeldUp = held is not null;
    }

    /// <summary>Before anything of a run is tried again that was held, all that waits for it is known: nothing passes
    /// it.</summary>
    void LookForThoseHeld()
    {
        if (!_held.Look() || !_isSetBehind)
            return;

        _waiting.Reload();
        _isSetBehind = false;
    }

    /// <summary>As a start after a crash does: what was taken in before it was noted is read again.</summary>
    void BeginAnew()
    {
        _waiting.Reload();
        _applier.Forget();
        _anyWaiting = true;
    }

    async Task RunOnceAsync(CancellationToken stopping)
    {
        GoOn();

        // Whoever asks from here on asks for what may come after this reading.
        var (asked, someAsk) = (_caughtUp.Asked, _caughtUp.Take());

        // Those that wait came first, however many stream in behind them.
        if (_runs.Mend() || (_anyWaiting && (someAsk || IsTimeToTryAgain())))
            await TryWaitingAsync(stopping);

        var changed = _store.Changed;
        var isAny = await SettleNewAsync(stopping);
        if (!isAny || (_isWhole && !_more))
            _caughtUp.Tell();
        if (isAny)
        {
            if (!_more)
                await Task.Delay(Gather, _time, stopping).Quietly();
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var pause = _anyWaiting ? _again : Timeout.InfiniteTimeSpan;
        _pulse?.RestUntil(_anyWaiting ? _clock.Now() + (long)pause.TotalMicroseconds : long.MaxValue);
        await Task.WhenAny(changed, asked, Task.Delay(pause, _time, either.Token));
        either.Cancel();
    }

    bool IsTimeToTryAgain() => _triedAt is not { } tried || _time.GetElapsedTime(tried) >= _again;

    /// <summary>However many wait in vain, trying them takes a sixth of the time at most.</summary>
    async Task TryWaitingAsync(CancellationToken stopping)
    {
        var began = _time.GetTimestamp();
        await SettleWaitingAsync(stopping);
        var took = _time.GetElapsedTime(began);
        _again = took * 5 > Again ? took * 5 : Again;
        _triedAt = _time.GetTimestamp();
    }

    /// <summary>Settles the next callbacks that came.</summary>
    /// <returns>False where there were none.</returns>
    internal async Task<bool> SettleNewAsync(CancellationToken stopping)
    {
        LookForThoseHeld();
        _waiting.Load();
        var began = _clock.Now();
        var batch = await ReadAfterAsync(_through ??= _store.ReadProgress(), stopping);
        if (batch.Through is not { } through)
            return false;

        var whole = await _applier.ApplyAsync(batch, through, stopping);
        await _applier.NoteAsync(batch, whole ? through : null);
        _waiting.Forget(batch);
        if (!whole)
            _waiting.Reload();

        _through = whole ? through : _through;
        (_isWhole, _more) = (whole, batch.IsFull);
        _isSetBehind |= batch.IsAnyKept;
        _anyWaiting |= _set.Count > 0 || _isSetBehind;
        TellOfStrays(batch);
        if (whole)
            Measure(batch); // what is not is read again
        Spans.Settled(batch.Count, began, _clock.Now());
        return true;
    }

    /// <summary>Tries the receipts again whose message was not known.</summary>
    internal async Task SettleWaitingAsync(CancellationToken stopping)
    {
        LookForThoseHeld();
        _anyWaiting = await _waiting.SettleAsync(stopping) || _isSetBehind;
    }

    async Task<ReceiptBatch> ReadAfterAsync(long id, CancellationToken stopping)
    {
        var batch = new ReceiptBatch();
        var read = new List<ReadReceipt>();
        do
        {
            GoOn();
            read.Clear();
            batch.IsFull = ReadSome(batch.Through ?? id, read, batch);
            Count(read, batch);
            var held = await _matcher.FindThoseToHoldAsync(read);
            if (MayPassOneThatWaits(read))
                await SettleWaitingAsync(stopping);
            await _matcher.MatchAsync(read, batch, held);
        }
        while (batch.IsFull && batch.Count < Together && !stopping.IsCancellationRequested);

        return batch;
    }

    /// <summary>Whether one that names our reference may be about the message of one that waits by the gateway's id: of
    /// a lane whose receipts come either way.</summary>
    bool MayPassOneThatWaits(List<ReadReceipt> read) => _set.Count > 0 && read.Exists(receipt =>
        receipt is { ById: false, Receipt.Reference: not null }
        && _set.AnyOf(receipt.Lane)
        && _reader.KeepsIds(receipt.Lane));

    /// <returns>Whether there may be more.</returns>
    bool ReadSome(long after, List<ReadReceipt> read, ReceiptBatch batch)
    {
        var (count, bytes) = (0, 0L);
        foreach (var raw in _store.Read(after))
        {
            _reader.Read(raw, read, batch.Odd);
            batch.Through = raw.Id;
            bytes += raw.Body.Length;
            if (++count == ReadTogether || bytes >= MostBytes)
                return true;
        }

        return false;
    }

    /// <summary>Those of a lane that came one after the other at once: there may be hundreds of thousands a
    /// second.</summary>
    static void Count(List<ReadReceipt> read, ReceiptBatch batch)
    {
        for (int first = 0, next; first < read.Count; first = next)
        {
            var lane = read[first].Lane;
            for (next = first + 1; next < read.Count && read[next].Lane == lane;)
                next++;
            batch.Lanes[lane] = batch.Lanes.GetValueOrDefault(lane) + next - first;
        }
    }

    static void Measure(ReceiptBatch batch)
    {
        foreach (var (lane, receipts) in batch.Lanes)
            Measures.Receipts.Add(receipts, new KeyValuePair<string, object?>(Measures.Lane, lane));
        if (!Measures.OddReceipts.Enabled)
            return;

        foreach (var odd in batch.Odd)
            Measures.OddReceipts.Add(odd.Count, new KeyValuePair<string, object?>("kind", Measures.Word(odd.Kind)));
    }

    /// <summary>However much there is to be done, it does it.</summary>
    void GoOn() => _pulse?.Beat();

    void NoteTried(ReceiptBatch batch)
    {
        GoOn();
        TellOfStrays(batch);
    }

    void TellOfStrays(ReceiptBatch batch)
    {
        if (Strays is not { } tell || batch.Odd.Count == 0)
            return;

        var strays = batch.Odd.Where(
            odd => odd is { Run: null, Lane: not null, Kind: ReceiptOddity.Unreadable or ReceiptOddity.Unknown });
        foreach (var some in strays.GroupBy(odd => (odd.Lane, odd.Kind)))
            tell(some.Key.Lane!, some.Key.Kind, some.Sum(odd => odd.Count));
    }
}
