using System.Runtime.ExceptionServices;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>Why a lane stopped sending.</summary>
public enum LaneEnd
{
    /// <summary>Nothing of the run is planned on it any more.</summary>
    Done,

    /// <summary>The window closed.</summary>
    Closed,

    /// <summary>A person or the system asked the process to stop.</summary>
    Stopped,
}

/// <summary>What a lane sends with.</summary>
/// <param name="Pace">Shared by every run that uses the lane's account.</param>
/// <param name="InFlight">Shared likewise.</param>
/// <param name="KeepCarrierReference">Whether receipts can be matched only by the gateway's own id.</param>
public sealed record LaneSetup(
    RunLane Lane, ICarrier Carrier, Pace Pace, InFlight InFlight, TimeSpan AnswerTimeout, bool KeepCarrierReference)
{
    /// <summary>Shared likewise.</summary>
    public StopSwitch Stop { get; init; } = new(Lane.Name, Pace);

    /// <summary>Shared likewise.</summary>
    public Breaker Breaker { get; init; } = new(Pace);

    /// <summary>Shared likewise.</summary>
    internal LaneHolds Holds { get; init; } = new(Pace);

    /// <summary>As of <see cref="LaneOptions.Secrets"/>: kept out of what is written of a fault.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Finds other lanes for what this one cannot send. Null: it has none.</summary>
    public Routing? Routing { get; init; }
}

/// <summary>
/// Sends one lane's share of a run: takes what is planned, writes the intent, makes the calls as the pace lets them, writes
/// what came of them. The only place that decides on trying again.
/// </summary>
/// <remarks>
/// Three things go on side by side, so that neither disk nor gateway waits for the other. One loop keeps intents written
/// ahead of the pace. Callers (<see cref="LaneCallers"/>) make one call after the other. One recorder writes the answers that
/// have come in since its last commit, together.
/// <para>
/// The locks of Dispatch are taken in this order: <see cref="LaneHolds"/> or <see cref="StopSwitch"/>; the stock
/// (<see cref="IntentStock.Taking"/>); <see cref="LaneQueue"/>; <see cref="InFlight"/>; <see cref="Accounts.Pace"/>. Under any of them
/// may be taken, and nothing under these: <see cref="AnswerRecorder"/>, <see cref="StoppedTime"/>. None is held while something is
/// awaited. A pace tells of its changes when it has let go of its own lock.
/// </para>
/// </remarks>
public sealed class LaneRunner : IDisposable
{
    /// <summary>A lane that may not send for so long keeps no intents.</summary>
    static readonly TimeSpan LongHold = TimeSpan.FromSeconds(2);

    /// <summary>How long answers are waited for when the process is asked to stop; it must be gone within 2 seconds.</summary>
    static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(1.5);

    static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);

    readonly RunLedger _ledger;
    readonly LaneSetup _setup;
    readonly ProcessClock _clock;
    readonly InFlightShare _room;
    readonly StoppedTime _stopped;
    readonly LaneQueue _queue;
    readonly CarrierExchange _exchange;
    readonly AnswerRecorder _recorder;
    readonly IntentStock _stock;
    readonly PaceTurn _turn;
    readonly LaneCallers _callers;
    readonly CancellationTokenSource _giveUp = new();
    readonly Signal _changed = new();
    Func<bool> _isOpen = () => false;
    CancellationToken _ending;
    long _notBefore;
    bool _hasMoved;
    Exception? _broken;

    /// <param name="chance">0 to 1, spreads the waits of messages that were put off. Unset: the system's.</param>
    public LaneRunner(RunLedger ledger, LaneSetup setup, ProcessClock clock, Func<double>? chance = null)
    {
        _ledger = ledger;
        _setup = setup;
        _clock = clock;
        _room = setup.InFlight.Share();
        _stopped = new StoppedTime(LaneHistory.Read(ledger.Path, setup.Lane.Id));
        _queue = new LaneQueue(ledger, setup, _room, _stopped, clock, chance ?? Random.Shared.NextDouble);
        _exchange = new CarrierExchange(setup, clock.Time, _giveUp.Token);
        _recorder = new AnswerRecorder(ledger, _queue, _room, clock.Time, HasStoodBy);
        _stock = new IntentStock(ledger, setup, _queue, _room, _recorder, _changed);
        _turn = setup.Pace.Join(ledger.Info.Priority, NoteChange);

        var caller = new LaneCaller(ledger.Info, setup, _exchange, _queue, _giveUp.Token);
        _callers = new LaneCallers(caller, _stock, _recorder, setup.InFlight, _turn, MayGoOn, _changed);
    }

    /// <summary>
    /// Sends until nothing is planned, the window closes, or the process is asked to stop; then waits for what is in
    /// flight and writes it down.
    /// </summary>
    /// <param name="opens">First moment something may leave.</param>
    /// <param name="closes">First moment nothing may.</param>
    /// <exception cref="LedgerException">The ledger cannot be written; nothing more is sent.</exception>
    public async Task<LaneEnd> RunAsync(DateTimeOffset opens, DateTimeOffset closes, CancellationToken stopping)
    {
        WaitOutRestart();

        // Only wakes the lane: what is open is asked of the clock each time.
        using var closing = new CancellationTokenSource(Within(closes - _clock.Time.GetUtcNow()), _clock.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(closing.Token, stopping);

        _ending = ending.Token;
        _isOpen = () => _clock.Time.GetUtcNow() is var now && opens <= now && now < closes;

        var done = false;
        try
        {
            while (!done && MayGoOn())
                done = await TurnAsync();
        }
        catch (Exception failure) // what is under way is waited for and written down before anyone hears of it
        {
            _broken = failure;
        }

        await EndAsync(stopping);

        if (Broken is { } broken)
            ExceptionDispatchInfo.Throw(broken);

        return done ? LaneEnd.Done
            : stopping.IsCancellationRequested ? LaneEnd.Stopped
            : LaneEnd.Closed;
    }

    public void Dispose()
    {
        _turn.Dispose();
        _room.Dispose();
        _queue.Dispose();
        _exchange.Dispose();
        _giveUp.Dispose();
    }

    /// <summary>One window must pass between the last call of a process before and the first of this one.</summary>
    void WaitOutRestart()
    {
        if (!_ledger.LastHandOver.TryGetValue(_setup.Lane.Id, out var last))
            return;

        // Intents as well: a crash while the lane waits must not make uncertain what could not have left.
        var until = Math.Min(last, _clock.Now()) + Pace.Window;
        _setup.Pace.HoldUntil(until, LaneChangeKind.Restart);
        _notBefore = until - (long)IntentStock.Ahead.TotalMicroseconds;
    }

    void NoteChange(LaneChange change)
    {
        _stopped.Note(change);
        try
        {
            _ = _ledger.HoldAsync(_setup.Lane.Id, change);
        }
        catch (ObjectDisposedException)
        {
            // Another run on the account noticed it as this one was ending.
        }
    }

    Exception? Broken => _broken ?? _callers.Broken ?? _stock.Broken ?? _recorder.Broken;

    bool MayGoOn() => Broken is null && !_ending.IsCancellationRequested && _isOpen();

    /// <returns>Whether nothing is planned any more and nothing is under way.</returns>
    async Task<bool> TurnAsync()
    {
        var changed = _changed.Next;
        var freed = _setup.InFlight.Freed;
        var recorded = _recorder.Recorded;

        // What is due is decided by this one moment: what came due since is for the next turn.
        var now = _clock.Now();

        _setup.Stop.Look();
        if (_setup.Stop.IsOff)
            return await StandStillAsync([changed, recorded], now);
        _hasMoved = false;

        await FinishAsync(_queue.Look(now));
        var wasDue = _queue.HasDue(now);
        if (now >= _notBefore)
            _stock.Fill(now);
        await GiveUpAsync(_queue.TakeEnded());
        var wake = _callers.Start();

        if (wake != long.MaxValue && wake > _clock.Now() + (long)LongHold.TotalMicroseconds)
        {
            // What stood by would only be uncertain after a crash, and may be worth nothing by then.
            _stock.ReturnAll();
            _notBefore = wake - (long)IntentStock.Ahead.TotalMicroseconds;
        }

        if (now < _notBefore)
            wake = Math.Min(wake, _notBefore);

        if (IsIdle() && _queue.IsExhausted(now))
            return true;

        // What was found put back by a person or an inquiry: nothing would wake the lane for it.
        var isDue = _queue.HasDue(now);
        if (isDue && !wasDue)
            return false;

        if (!isDue)
            wake = Math.Min(wake, _queue.NextDue);

        await SleepAsync([changed, freed, recorded], wake);
        return false;
    }

    /// <summary>The turn of a lane that is stopped: nothing leaves, nothing stands by to be made uncertain by a crash, and no
    /// message is given up for having waited.</summary>
    async Task<bool> StandStillAsync(Task[] news, long now)
    {
        _stock.ReturnAll();
        await FinishAsync(_queue.Look(now));
        if (IsIdle() && (await HasMovedAwayAsync() || _queue.IsExhausted(now)))
            return true;

        await SleepAsync(news, now + (long)StopSwitch.LookEvery.TotalMicroseconds);
        return false;
    }

    /// <summary>Moves what is planned to a lane that stands in, where the campaign allows it and there is one. Once a stop.</summary>
    async Task<bool> HasMovedAwayAsync()
    {
        if (_hasMoved || _setup.Routing?.ForStopped(_setup.Lane) is not { } instead)
            return false;

        _hasMoved = true;
        if (await _ledger.MoveAsync(_setup.Lane.Id, instead.Lane, instead.PartsOfSegment, "lane stopped", _ending) == 0)
            return false;

        // Where something stayed, the run sees that the lane is not done.
        _queue.Forget();
        return true;
    }

    // In this order: what leaves one of them is in the next before.
    bool IsIdle() => _stock.IsEmpty && _callers.Count == 0 && _recorder.IsIdle;

    async Task SleepAsync(Task[] news, long wake)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(_ending);
        var sleeping = wake == long.MaxValue ? Task.Delay(Timeout.InfiniteTimeSpan, _clock.Time, awake.Token) : _turn.SleepAsync(wake, awake.Token);
        await Task.WhenAny([.. news, sleeping]);
        await awake.CancelAsync();
        await sleeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Whether enough stands by for twice the time the recorder may wait.</summary>
    bool HasStoodBy() => !_ending.IsCancellationRequested && _stock.HoldsMoreThan(_queue.CallsIn(AnswerRecorder.Linger * 2));

    async Task GiveUpAsync(IReadOnlyList<(PlannedBatch Batch, long Seq, SendResult Why)> messages)
    {
        if (messages.Count == 0)
            return;

        await _ledger.GiveUpAsync(messages);
        await FinishAsync(messages.Select(message => _queue.Settle(message.Batch, 1)).OfType<PlannedBatch>());
    }

    async Task FinishAsync(IEnumerable<PlannedBatch> batches)
    {
        foreach (var batch in batches)
            await _ledger.FinishBatchAsync(batch);
    }

    /// <summary>Waits for what is under way and writes down that the rest was never handed over.</summary>
    async Task EndAsync(CancellationToken stopping)
    {
        using var stopped = stopping.Register(() => _giveUp.CancelAfter(LastAnswers));

        for (var changed = _changed.Next; _callers.Count > 0 || _stock.IsWriting; changed = _changed.Next)
            await changed;

        _stock.ReturnAll();
        await _recorder.FinishAsync();
    }

    /// <summary>A timer takes no more than 49 days, and no window is longer than one.</summary>
    static TimeSpan Within(TimeSpan span) =>
        span < TimeSpan.Zero ? TimeSpan.Zero : span > LongestWindow ? LongestWindow : span;
}
