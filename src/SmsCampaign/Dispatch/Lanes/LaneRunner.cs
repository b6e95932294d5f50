using System.Runtime.ExceptionServices;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Telemetry;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// Sends one lane's share of a run: takes what is planned, writes the intent, makes the calls as the pace lets them,
/// writes what came of them. The only place that decides on trying again.
/// </summary>
/// <remarks>
/// Three things go on side by side, so that neither disk nor gateway waits for the other. One loop keeps intents
/// written ahead of the pace. Callers (<see cref="LaneCallers"/>) make one call after the other. One recorder writes
/// the answers that have come in since its last commit, together.
/// <para>
/// The locks of Dispatch are taken in this order: <see cref="SendingOrders"/>; <see cref="LaneHolds"/> or
/// <see cref="StopSwitch"/>; the stock (<see cref="IntentStock.Taking"/>); <see cref="LaneQueue"/>;
/// <see cref="InFlight"/>; <see cref="Accounts.Pace"/>.
/// Under any of them may be taken, and nothing under these: <see cref="AnswerRecorder"/>, <see cref="StoppedTime"/>.
/// None is held while something is awaited. A pace tells of its changes when it has let go of its own lock. The lane's
/// <see cref="LaneState"/> needs none: only its loop touches it; nor does its <see cref="LaneGate"/>.
/// </para>
/// </remarks>
public sealed class LaneRunner : IDisposable
{
    /// <summary>How long answers are waited for when the process is asked to stop; it must be gone
    /// within 2 seconds.</summary>
    static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(1.5);

    readonly ISendingLedger _ledger;
    readonly LaneSetup _setup;
    readonly ProcessClock _clock;
    readonly LaneGate _gate;
    readonly InFlightShare _room;
    readonly StoppedTime _stopped;
    readonly LaneQueue _queue;
    readonly CarrierExchange _exchange;
    readonly AnswerRecorder _recorder;
    readonly IntentStock _stock;
    readonly PaceTurn _turn;
    readonly LaneOrders _orders;
    readonly LaneTrials _trials;
    readonly LaneCallers _callers;
    readonly CancellationTokenSource _giveUp = new();
    readonly Signal _changed = new();
    readonly LoopPulse? _pulse;
    LaneState _state;
    LaneOrders.Held? _told;

    /// <param name="chance">0 to 1, spreads the waits of messages that were put off. Unset: the system's.</param>
    public LaneRunner(ISendingLedger ledger, LaneSetup setup, ProcessClock clock, Func<double>? chance = null)
    {
        _ledger = ledger;
        _setup = setup;
        _clock = clock;
        _gate = new LaneGate(clock.Time);
        _room = setup.InFlight.Share();
        _stopped = new StoppedTime(ledger.ReadHistory(setup.Lane.Id));
        _queue = new LaneQueue(ledger, setup, _room, _stopped, clock, chance ?? Random.Shared.NextDouble);
        _exchange = new CarrierExchange(setup, clock.Time, _giveUp.Token);
        var meter = new LaneMeter(setup.Lane, clock);
        _trials = new LaneTrials(ledger, setup, _queue, IsIdle, () => _stock!.ReturnAll(), NoteTrial);
        _recorder = new AnswerRecorder(ledger, _queue, _room, _gate, clock.Time, HasStoodBy, meter, _trials);
        _stock = new IntentStock(ledger, setup, _queue, _room, _recorder, _gate, _changed);
        _turn = setup.Pace.Join(ledger.Info.Priority, NoteChange);
        _orders = setup.Orders.Join(ledger.Info.Key, setup.Lane.Name, _turn, _changed);
        _pulse = setup.Loops?.Join($"lane {setup.Lane.Name}");

        if (setup.Carrier.Session is { } session)
            session.Lost += _changed.Set;
        var caller = new LaneCaller(ledger.Info, setup, _exchange, _queue, _giveUp.Token);
        _callers = new LaneCallers(
            caller,
            _stock,
            _recorder,
            setup.InFlight,
            _turn,
            new Preparations(ledger, setup.Lane.Id, setup.Pace),
            _gate,
            meter,
            _changed);
    }

    /// <summary>Whether it found anything to do, whatever became of it.</summary>
    public bool HasFound => _queue.HasFound;

    /// <summary>
    /// Sends until nothing is planned, the window closes, or the process is asked to stop; then waits for what is in
    /// flight and writes it down.
    /// </summary>
    /// <param name="hours">In which something may leave. Before them the lane ends as after them.</param>
    /// <exception cref="LedgerException">The ledger cannot be written; nothing more is sent.</exception>
    public async Task<LaneEnd> RunAsync(OpenHours hours, CancellationToken stopping)
    {
        _gate.Open(hours, stopping, _setup.ReadClosing);
        WaitOutRestart();

        try
        {
            while (_state.Phase != LanePhase.Closing)
            {
                _pulse?.Beat();
                if (_gate.IsOpen)
                    await TurnAsync();
                else
                    _state = _state.Close(stopping.IsCancellationRequested ? LaneEnd.Stopped : LaneEnd.Closed);
            }
        }
        catch (Exception failure) // what is under way is waited for and written down before anyone hears of it
        {
            _gate.Break(failure);
        }

        _pulse?.RestUntil(long.MaxValue); // answers take their time
        await EndAsync(stopping);

        if (_gate.Broken is { } broken)
            ExceptionDispatchInfo.Throw(broken);

        return _state.End!.Value;
    }

    public void Dispose()
    {
        if (_setup.Carrier.Session is { } session)
            session.Lost -= _changed.Set;
        _pulse?.Dispose();
        _orders.Dispose();
        _turn.Dispose();
        _room.Dispose();
        _queue.Dispose();
        _exchange.Dispose();
        _giveUp.Dispose();
        _gate.Dispose();
    }

    /// <summary>One window must pass between the last call of a process before and the first of this one.</summary>
    void WaitOutRestart()
    {
        if (!_ledger.LastHandOver.TryGetValue(_setup.Lane.Id, out var last))
            return;

        // Intents as well: a crash while the lane waits must not make uncertain what could not have left.
        var until = Math.Min(last, _clock.Now()) + Pace.Window;
        _setup.Pace.HoldUntil(until, LaneChangeKind.Restart);
        _state = _state.Hold(until, HeldFor.Restart);
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

    /// <summary>What a person orders is in the lane's history, as what a gateway says is.</summary>
    void NotePause(long now)
    {
        if (_orders.HeldBy is var held && held == _told)
            return;

        var kind = held is null ? LaneChangeKind.Unpaused : LaneChangeKind.Paused;
        NoteChange(new LaneChange(kind, now, null, _setup.Pace.RateInForce, Describe(held?.Order)));
        _told = held;
    }

    /// <summary>Whoever watches the account is told as well.</summary>
    void NoteTrial(LaneChange change)
    {
        NoteChange(change);
        _setup.Pace.Watch?.Invoke(change);
    }

    static string Describe(StandingOrder? order) => order is null ? "" : $"{order.Who.Person}: {order.ShownReason}";

    async Task TurnAsync()
    {
        var changed = _changed.Next;
        var freed = _setup.InFlight.Freed;
        var recorded = _recorder.Recorded;

        // What is due is decided by this one moment: what came due since is for the next turn.
        var now = _clock.Now();
        if (_orders.IsCalledOff)
        {
            _state = _state.Close(LaneEnd.CalledOff);
            return;
        }

        _setup.Stop.Look();
        NotePause(now);
        await _trials.LookAsync(now);
        _state = _state.At(now, _setup.Stop.IsOff || _told is not null || _trials.IsHeld);
        if (_state.Phase == LanePhase.Stopped)
        {
            await StandStillAsync([changed, recorded], now);
            return;
        }

        await FinishAsync(_queue.Look(now));
        var wasDue = _queue.HasDue(now);
        var wake = await SendDueAsync(now);

        if (IsIdle() && _queue.IsExhausted(now))
        {
            _state = _state.Close(LaneEnd.Done);
            return;
        }

        // What was found put back by a person or an inquiry: nothing would wake the lane for it.
        var isDue = _queue.HasDue(now);
        if (isDue && !wasDue)
            return;

        if (!isDue)
            wake = Math.Min(wake, _queue.NextDue);

        await SleepAsync([changed, freed, recorded], wake);
    }

    /// <returns>When there is more to do, microseconds; <see cref="long.MaxValue"/> where that is
    /// not a matter of time.</returns>
    async Task<long> SendDueAsync(long now)
    {
        if (_state.Phase == LanePhase.Open && await _trials.MaySendAsync(now))
            _stock.Fill(now);
        await GiveUpAsync(_queue.TakeEnded());
        if (_trials.IsHeld)
            return now;

        var wake = _callers.Start();
        // not from the turn's beginning: a slow disk may have taken seconds since
        if (LaneState.IsLongWait(wake, _clock.Now()))
        {
            _stock.ReturnAll();
            _state = _state.Hold(wake, HeldFor.Pace);
        }

        wake = Math.Min(wake, _trials.WakeAt);
        return _state.Phase == LanePhase.Held ? Math.Min(wake, _state.HeldUntil) : wake;
    }

    /// <summary>The turn of a lane that is stopped, paused or held. What is paused waits for its lane: who ordered that
    /// wants it sent by no other. So does what is held, of which nobody has said why it fails.</summary>
    async Task StandStillAsync(Task[] news, long now)
    {
        _stock.ReturnAll();
        await FinishAsync(_queue.Look(now));
        if (IsIdle() && ((_told is null && !_trials.IsHeld && await HasMovedAwayAsync()) || _queue.IsExhausted(now)))
            _state = _state.Close(LaneEnd.Done);
        else
            await SleepAsync(news, now + (long)StopSwitch.LookEvery.TotalMicroseconds);
    }

    /// <summary>Moves what is planned to a lane that stands in, where the campaign allows it
    /// and there is one.</summary>
    async Task<bool> HasMovedAwayAsync()
    {
        if (_state.HasMoved || _setup.Routing?.ForStopped(_setup.Lane) is not { } instead)
            return false;

        _state = _state.Move();
        _pulse?.RestUntil(long.MaxValue); // a million messages take their time
        if (await _ledger
            .MoveAsync(_setup.Lane.Id, instead.Lane, instead.PartsOfSegment, "lane stopped", _gate.Ending) == 0)
            return false;

        // Where something stayed, the run sees that the lane is not done.
        _queue.Forget();
        return true;
    }

    // In this order: what leaves one of them is in the next before.
    bool IsIdle() => _stock.IsEmpty && _callers.Count == 0 && _recorder.IsIdle;

    async Task SleepAsync(Task[] news, long wake)
    {
        _pulse?.RestUntil(wake);
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(_gate.Ending);
        var sleeping = wake == long.MaxValue
            ? Task.Delay(Timeout.InfiniteTimeSpan, _clock.Time, awake.Token)
            : _turn.SleepAsync(wake, awake.Token);
        await Task.WhenAny([.. news, sleeping]);
        awake.Cancel();
        await sleeping.Quietly();
    }

    /// <summary>Whether enough stands by for twice the time the recorder may wait.</summary>
    bool HasStoodBy() =>
        !_gate.Ending.IsCancellationRequested && _stock.HoldsMoreThan(_queue.CallsIn(AnswerRecorder.Linger * 2));

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
}
