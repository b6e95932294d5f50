using System.Runtime.ExceptionServices;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Dispatch;

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

    /// <summary>Finds other lanes for what this one cannot send. Null: it has none.</summary>
    public Routing? Routing { get; init; }
}

/// <summary>
/// Sends one lane's share of a run: takes what is planned, writes the intent, makes the calls as the pace lets them, writes
/// what came of them. The only place that decides on trying again.
/// </summary>
/// <remarks>
/// Three things go on side by side, so that neither disk nor gateway waits for the other. One loop keeps intents written
/// ahead of the pace. As many callers as there are connections make one call after the other while there is something
/// to send and the pace allows it. One recorder writes the answers that have come in since its last commit, together.
/// </remarks>
public sealed class LaneRunner : IDisposable
{
    /// <summary>How far ahead of the pace intents are written: what of a crash's uncertain messages had never left.</summary>
    static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(250);

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
    readonly LaneHolds _holds;
    readonly AnswerRecorder _recorder;
    readonly PaceTurn _turn;
    readonly Dictionary<int, SmsText> _textOfSegment;
    readonly CancellationTokenSource _giveUp = new();
    readonly Signal _changed = new();
    readonly Lock _lock = new();
    readonly Queue<Ready> _ready = new();
    Func<bool> _isOpen = () => false;
    CancellationToken _ending;
    int _callsReady;
    int _intentsStarting;
    int _callers;
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
        _exchange = new CarrierExchange(setup.Carrier, setup.AnswerTimeout, clock.Time, _giveUp.Token);
        _holds = new LaneHolds(setup.Pace, setup.Stop, clock);
        _recorder = new AnswerRecorder(ledger, _queue, _room, clock.Time, HasStoodBy);
        _turn = setup.Pace.Join(ledger.Info.Priority, NoteChange);
        _textOfSegment = ledger.Info.TextOfSegment.ToDictionary(pair => pair.Key, pair => SmsText.Compose(pair.Value));
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

        await EndAsync(closed: !done && !stopping.IsCancellationRequested, stopping);

        if ((_broken ?? _recorder.Broken) is { } broken)
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
        _notBefore = until - (long)Ahead.TotalMicroseconds;
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

    bool MayGoOn() => _broken is null && _recorder.Broken is null && !_ending.IsCancellationRequested && _isOpen();

    /// <returns>Whether nothing is planned any more and nothing is under way.</returns>
    async Task<bool> TurnAsync()
    {
        var changed = _changed.Next;
        var freed = _setup.InFlight.Freed;
        var recorded = _recorder.Recorded;

        _setup.Stop.Look();
        if (_setup.Stop.IsOff)
            return await StandStillAsync([changed, recorded]);
        _hasMoved = false;

        var wasDue = _queue.HasDue;
        if (_clock.Now() >= _notBefore)
            WriteIntents();
        await GiveUpAsync(_queue.TakeEnded());
        await FinishAsync(_queue.LetGoOfSettled());
        var wake = StartCallers();

        if (wake != long.MaxValue && wake > _clock.Now() + (long)LongHold.TotalMicroseconds)
        {
            // What stood by would only be uncertain after a crash, and may be worth nothing by then.
            ReturnReady();
            _notBefore = wake - (long)Ahead.TotalMicroseconds;
        }

        if (_clock.Now() < _notBefore)
            wake = Math.Min(wake, _notBefore);

        if (IsIdle() && _queue.IsExhausted())
            return true;

        // What has become due since, or was found put back by a person or an inquiry: nothing would wake the lane for it.
        var isDue = _queue.HasDue;
        if (isDue && !wasDue)
            return false;

        if (!isDue)
            wake = Math.Min(wake, _queue.NextDue);

        await SleepAsync([changed, freed, recorded], wake);
        return false;
    }

    /// <summary>The turn of a lane that is stopped: nothing leaves, nothing stands by to be made uncertain by a crash, and no
    /// message is given up for having waited.</summary>
    async Task<bool> StandStillAsync(Task[] news)
    {
        ReturnReady();
        await FinishAsync(_queue.LetGoOfSettled());
        if (IsIdle() && (await HasMovedAwayAsync() || _queue.IsExhausted()))
            return true;

        await SleepAsync(news, _clock.Now() + (long)StopSwitch.LookEvery.TotalMicroseconds);
        return false;
    }

    /// <summary>Moves what is planned to a lane that stands in, where the campaign allows it and there is one. Once a stop.</summary>
    async Task<bool> HasMovedAwayAsync()
    {
        if (_hasMoved || _setup.Routing?.ForStopped(_setup.Lane) is not { } instead)
            return false;

        _hasMoved = true;
        if (await _ledger.MoveAsync(_setup.Lane.Id, instead.Lane, instead.PartsOfSegment, "lane stopped") == 0)
            return false;

        // Where something stayed, the run sees that the lane is not done.
        _queue.Forget();
        return true;
    }

    bool IsIdle()
    {
        lock (_lock)
            return _callsReady == 0 && _intentsStarting == 0 && _callers == 0 && _recorder.IsIdle;
    }

    async Task SleepAsync(Task[] news, long wake)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(_ending);
        var sleeping = wake == long.MaxValue ? Task.Delay(Timeout.InfiniteTimeSpan, _clock.Time, awake.Token) : _turn.SleepAsync(wake, awake.Token);
        await Task.WhenAny([.. news, sleeping]);
        await awake.CancelAsync();
        await sleeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Starts writing intents, where fewer than half of what goes in <see cref="Ahead"/> is ready.</summary>
    void WriteIntents()
    {
        if (!_queue.HasDue)
            return;

        var ahead = _queue.CallsIn(Ahead);
        var calls = new List<PlannedCall>();
        lock (_lock)
        {
            if (_callsReady > Math.Min(ahead, _setup.InFlight.Most) / 2)
                return;

            // Little at a time, so that the next intents are on their way to the disk while calls are made under these.
            var each = Math.Max(1, _setup.InFlight.Most / 4);
            while (_callsReady < ahead && _queue.Take(Math.Min(each, ahead - _callsReady)) is { } call)
            {
                calls.Add(call);
                _callsReady += call.Calls;
            }

            if (calls.Count == 0)
                return;
            _intentsStarting++;
        }

        _ = BeginAsync(calls);
    }

    /// <summary>Whether enough stands by for twice the time the recorder may wait.</summary>
    bool HasStoodBy()
    {
        lock (_lock)
            return !_ending.IsCancellationRequested && _callsReady > _queue.CallsIn(AnswerRecorder.Linger * 2);
    }

    async Task BeginAsync(List<PlannedCall> calls)
    {
        try
        {
            var attempts = await _ledger.BeginAsync(calls);
            lock (_lock)
            {
                for (var at = 0; at < calls.Count; at++)
                {
                    if (attempts[at] is { } attempt)
                        _ready.Enqueue(new Ready(calls[at], attempt));
                    else
                        _callsReady -= calls[at].Calls;
                }
            }

            for (var at = 0; at < calls.Count; at++)
            {
                if (attempts[at] is null)
                    await DropSettledAsync(calls[at]);
            }
        }
        catch (Exception broken) // a ledger that cannot be written: seen by RunAsync
        {
            _broken = broken;
        }
        finally
        {
            lock (_lock)
                _intentsStarting--;
            _changed.Set();
        }
    }

    async Task DropSettledAsync(PlannedCall call)
    {
        // Where one of several was settled meanwhile they go message by message: the others are still planned.
        if (call.Messages.Count > 1)
        {
            foreach (var message in call.Messages)
                _queue.PutBack(call.Batch, message, alone: true);
        }
        else if (_queue.Settle(call.Batch, 1) is { } batch)
        {
            await _ledger.FinishBatchAsync(batch);
        }

        _room.Release(call.Messages.Count);
    }

    /// <summary>Starts a caller for each call that may leave now.</summary>
    /// <returns>When the next may leave, microseconds; <see cref="long.MaxValue"/> where that is not a matter of time.</returns>
    long StartCallers()
    {
        if (!TryNext(connected: false, out var call, out var later))
            return later;

        // The last one goes from here: on a slow lane it is the only one, and waking another thread costs more than the call.
        Interlocked.Increment(ref _callers);
        for (; TryNext(connected: false, out var next, out later); call = next)
        {
            Interlocked.Increment(ref _callers);
            ThreadPool.UnsafeQueueUserWorkItem(static call => _ = call.Lane.MakeCallsAsync(call), call, preferLocal: false);
        }

        _ = MakeCallsAsync(call);
        return later;
    }

    /// <summary>Takes the next call that may leave now.</summary>
    /// <param name="connected">Whether the caller has its connection already.</param>
    /// <param name="later">Where there is none: when the next may leave, as <see cref="StartCallers"/> says it.</param>
    bool TryNext(bool connected, out Call call, out long later)
    {
        call = default;
        later = long.MaxValue;
        lock (_lock)
        {
            if (!_ready.TryPeek(out var ready) || !MayGoOn())
                return false;

            var messages = ready.Call.OneByOne ? 1 : ready.Call.Messages.Count;
            var cost = new CallCost(ready.Call.Batch.Parts * messages, messages);
            if (!TryTake(cost, connected, out var at))
            {
                later = at;
                return false;
            }

            call = new Call(this, ready.Call, ready.Attempt, ready.First, messages, at);
            _callsReady--;
            ready.First += messages;
            if (ready.First == ready.Call.Messages.Count)
                _ready.Dequeue();
            return true;
        }
    }

    /// <summary>Takes a connection and the pace's leave together: neither is of use without the other.</summary>
    bool TryTake(CallCost cost, bool connected, out long at)
    {
        if (connected)
            return _turn.TryTake(cost, out at);

        at = long.MaxValue;
        lock (_setup.InFlight.Connecting)
        {
            if (!_setup.InFlight.HasConnection() || !_turn.TryTake(cost, out at))
                return false;

            _setup.InFlight.Connect();
            return true;
        }
    }

    /// <summary>Makes calls as long as there are any that may leave. Never throws: what breaks stops the lane.</summary>
    async Task MakeCallsAsync(Call call)
    {
        try
        {
            do
            {
                var exchange = await _exchange.SendAsync(ToOutbound(call));
                var isPutOff = exchange.Has(SendOutcome.Deferred);
                if (isPutOff)
                    _holds.React(exchange, call.HandedAt);
                else
                    _holds.Forget();
                if (exchange.Has(SendOutcome.Rejected))
                    exchange = await NameNetworksAsync(call, exchange);
                if (isPutOff || exchange.Has(SendOutcome.Rejected))
                    exchange = Judge(call, exchange);

                _recorder.Add(new CallResult(call.Planned, call.Attempt, call.First, exchange.Called ? call.HandedAt : null, exchange.Results));
            }
            while (TryNext(connected: true, out call, out _));
        }
        catch (Exception broken) // a ledger that cannot be written, an adapter with a bug: seen by RunAsync
        {
            _broken = broken;
        }
        finally
        {
            _setup.InFlight.Disconnect();

            // Where there is more to send, the lane waits for its time or for room; it is told of nothing else.
            if (Interlocked.Decrement(ref _callers) == 0 || !MayGoOn())
                _changed.Set();
        }
    }

    /// <summary>Asks which network the numbers are on that their gateway refused for being on another, where it can be asked.</summary>
    async Task<Exchange> NameNetworksAsync(Call call, Exchange exchange)
    {
        if (_setup.Routing is not { } routing || !exchange.Results.Any(result => result.IsWrongNetwork))
            return exchange;

        var results = exchange.Results.ToArray();
        for (var at = 0; at < results.Length; at++)
        {
            if (results[at].IsWrongNetwork)
                results[at] = await routing.NameNetworkAsync(results[at], new PhoneNumber(call.Planned.Messages[call.First + at].Msisdn), _giveUp.Token);
        }

        return exchange with { Results = results };
    }

    Exchange Judge(Call call, Exchange exchange)
    {
        var results = new SendResult[exchange.Results.Count];
        for (var at = 0; at < results.Length; at++)
        {
            var seq = call.Planned.Messages[call.First + at].Seq;
            var result = _queue.Judge(seq, exchange.Results[at], exchange.Called ? call.HandedAt : null);
            results[at] = result.IsWrongNetwork && _setup.Routing?.ForWrongNetwork(call.Planned.Batch, seq, result) is { } route
                ? result.GoingTo(route)
                : result;
        }

        return exchange with { Results = results };
    }

    OutboundSms[] ToOutbound(Call call)
    {
        var text = _textOfSegment[call.Planned.Batch.Segment];
        var outbound = new OutboundSms[call.Messages];

        for (var at = 0; at < outbound.Length; at++)
        {
            var message = call.Planned.Messages[call.First + at];
            outbound[at] = new OutboundSms(
                MessageReference.Of(_ledger.Info.Code, message.Seq), new PhoneNumber(message.Msisdn), _ledger.Info.Sender, text)
            {
                Attempt = call.Attempt,
            };
        }

        return outbound;
    }

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
    async Task EndAsync(bool closed, CancellationToken stopping)
    {
        using var stopped = stopping.Register(() => _giveUp.CancelAfter(LastAnswers));

        for (var changed = _changed.Next; Volatile.Read(ref _callers) > 0 || Volatile.Read(ref _intentsStarting) > 0; changed = _changed.Next)
            await changed;

        ReturnReady();
        await _recorder.FinishAsync();
        if (closed && _broken is null && _recorder.Broken is null)
            await GiveUpAsync(_queue.TakeUnknown());
    }

    /// <summary>Puts what stands ready back to planned: known not sent.</summary>
    void ReturnReady()
    {
        lock (_lock)
        {
            while (_ready.TryDequeue(out var ready))
            {
                var each = ready.Call.OneByOne ? 1 : ready.Call.Messages.Count;
                for (var at = ready.First; at < ready.Call.Messages.Count; at += each)
                {
                    _callsReady--;
                    _recorder.Add(new CallResult(
                        ready.Call, ready.Attempt, at, null, CarrierHttp.ForAll(each, SendResult.Deferred("not handed over"))));
                }
            }
        }
    }

    /// <summary>A timer takes no more than 49 days, and no window is longer than one.</summary>
    static TimeSpan Within(TimeSpan span) =>
        span < TimeSpan.Zero ? TimeSpan.Zero : span > LongestWindow ? LongestWindow : span;

    /// <summary>An intent on disk with calls that have not left.</summary>
    sealed class Ready(PlannedCall call, long attempt)
    {
        public PlannedCall Call => call;
        public long Attempt => attempt;

        /// <summary>Position of the first message that has not left.</summary>
        public int First { get; set; }
    }

    readonly record struct Call(LaneRunner Lane, PlannedCall Planned, long Attempt, int First, int Messages, long HandedAt);
}
