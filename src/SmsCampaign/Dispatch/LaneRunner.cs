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
    RunLane Lane, ICarrier Carrier, Pace Pace, InFlight InFlight, TimeSpan AnswerTimeout, bool KeepCarrierReference);

/// <summary>
/// Sends one lane's share of a run: takes what is planned, writes the intent, waits for the pace, makes the call, writes
/// what came of it. The only place that decides on trying again.
/// </summary>
public sealed class LaneRunner : IDisposable
{
    /// <summary>How far ahead of the pace intents are written: what of a crash's uncertain messages had never left.</summary>
    static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(250);

    /// <summary>How long answers are waited for when the process is asked to stop; it must be gone within 2 seconds.</summary>
    static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(1.5);

    /// <summary>Pause after a gateway that cannot be reached or is closed, doubling up to <see cref="LongestPause"/>.</summary>
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);

    readonly RunLedger _ledger;
    readonly LaneSetup _setup;
    readonly ProcessClock _clock;
    readonly LaneQueue _queue;
    readonly CarrierExchange _exchange;
    readonly Dictionary<int, SmsText> _textOfSegment;
    readonly CancellationTokenSource _giveUp = new();
    int _inFlight;
    TimeSpan _pause = FirstPause;
    Exception? _broken;

    public LaneRunner(RunLedger ledger, LaneSetup setup, ProcessClock clock)
    {
        _ledger = ledger;
        _setup = setup;
        _clock = clock;
        _queue = new LaneQueue(ledger, setup);
        _exchange = new CarrierExchange(setup.Carrier, setup.AnswerTimeout, clock.Time);
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

        bool IsOpen() => _clock.Time.GetUtcNow() is var now && opens <= now && now < closes;

        var done = false;
        while (!done && IsOpen() && !ending.IsCancellationRequested && _broken is null)
            done = await TurnAsync(IsOpen, ending.Token);

        await AwaitAnswersAsync(stopping);

        if (_broken is not null)
            ExceptionDispatchInfo.Throw(_broken);

        return done ? LaneEnd.Done
            : stopping.IsCancellationRequested ? LaneEnd.Stopped
            : LaneEnd.Closed;
    }

    public void Dispose()
    {
        _queue.Dispose();
        _giveUp.Dispose();
    }

    /// <summary>One window must pass between the last call of a process before and the first of this one.</summary>
    void WaitOutRestart()
    {
        if (_ledger.LastHandOver.TryGetValue(_setup.Lane.Id, out var last))
            _setup.Pace.HoldUntil(Math.Min(last, _clock.Now()) + Pace.Window);
    }

    /// <returns>Whether nothing is planned any more and nothing is in flight.</returns>
    async Task<bool> TurnAsync(Func<bool> isOpen, CancellationToken ending)
    {
        var answered = _setup.InFlight.Freed;
        var beside = 0;
        var calls = _setup.InFlight.Take(inFlight => _queue.Take(beside = inFlight, CallsAhead()), call => call.Messages.Count);

        if (calls.Count == 0)
        {
            if (Volatile.Read(ref _inFlight) == 0 && _queue.IsExhausted())
                return true;

            // Another run's answers make room on the account as well.
            if (beside > 0)
                await answered.WaitAsync(ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
        }

        foreach (var call in calls)
            Interlocked.Add(ref _inFlight, call.Messages.Count);

        var attempts = await _ledger.BeginAsync(calls);
        for (var at = 0; at < calls.Count; at++)
        {
            if (attempts[at] is { } attempt)
                await HandOverAsync(calls[at], attempt, isOpen, ending);
            else
                await DropSettledAsync(calls[at]);
        }

        return false;
    }

    int CallsAhead()
    {
        var aSecond = _setup.Pace.RateInForce / (double)_queue.CostOfCall;
        return 1 + (int)(aSecond * Ahead.TotalSeconds);
    }

    async Task HandOverAsync(PlannedCall call, long attempt, Func<bool> isOpen, CancellationToken ending)
    {
        try
        {
            var handedAt = await _setup.Pace.TakeAsync(call.Cost, ending);

            // Looked at again at the very moment: the pace may have waited past the closing.
            if (isOpen() && _broken is null)
            {
                _ = CallAsync(call, attempt, handedAt);
                return;
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
        }

        // Known not sent: back to planned.
        await FinishAsync(call, attempt, null, [.. call.Messages.Select(_ => SendResult.Deferred("not handed over"))]);
    }

    /// <summary>Makes the call and writes what came of it. Never throws: a ledger that cannot be written stops the lane.</summary>
    async Task CallAsync(PlannedCall call, long attempt, long handedAt)
    {
        // Off the lane's own turn: the next call must not wait while this one is put together.
        await Task.Yield();

        try
        {
            var exchange = await _exchange.SendAsync(ToOutbound(call), _giveUp.Token);
            await ReactAsync(exchange, handedAt);
            await FinishAsync(call, attempt, exchange.Called ? handedAt : null, exchange.Results);
        }
        catch (Exception broken) // a ledger that cannot be written, an adapter with a bug: seen by RunAsync
        {
            _broken = broken;
            Release(call);
        }
    }

    OutboundSms[] ToOutbound(PlannedCall call)
    {
        var text = _textOfSegment[call.Batch.Segment];
        var outbound = new OutboundSms[call.Messages.Count];

        for (var at = 0; at < outbound.Length; at++)
        {
            var message = call.Messages[at];
            outbound[at] = new OutboundSms(
                MessageReference.Of(_ledger.Info.Code, message.Seq), new PhoneNumber(message.Msisdn), _ledger.Info.Sender, text);
        }

        return outbound;
    }

    async Task FinishAsync(PlannedCall call, long attempt, long? handedAt, IReadOnlyList<SendResult> results)
    {
        var again = await _ledger.FinishAsync(call, attempt, handedAt, results);

        foreach (var batch in _queue.Settle(call, again))
            await _ledger.FinishBatchAsync(batch);

        Release(call);
    }

    async Task DropSettledAsync(PlannedCall call)
    {
        // A list of which a message was settled meanwhile goes message by message: the others are still planned.
        if (call.Messages.Count > 1)
            _queue.Settle(call, call.Messages, oneByOne: true);
        else
            foreach (var batch in _queue.Settle(call, []))
                await _ledger.FinishBatchAsync(batch);

        Release(call);
    }

    void Release(PlannedCall call)
    {
        Interlocked.Add(ref _inFlight, -call.Messages.Count);
        _setup.InFlight.Release(call.Messages.Count);
    }

    /// <summary>What an answer means for the lane as a whole.</summary>
    async Task ReactAsync(Exchange exchange, long handedAt)
    {
        if (exchange.Results.FirstOrDefault(result => result.Throttled) is { } tooFast)
        {
            if (_setup.Pace.Throttle(handedAt, tooFast.RetryAfter) is { } until)
                await _ledger.HoldAsync(_setup.Lane.Id, until, tooFast.Reason ?? "throttled", _setup.Pace.RateInForce);
            return;
        }

        if (exchange.Results.FirstOrDefault(result => result.Outcome == SendOutcome.Deferred) is not { } deferred)
        {
            _pause = FirstPause;
            return;
        }

        var pause = deferred.RetryAfter ?? _pause;
        var pausedUntil = _clock.Now() + (long)pause.TotalMicroseconds;
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        _setup.Pace.HoldUntil(pausedUntil);
        await _ledger.HoldAsync(_setup.Lane.Id, pausedUntil, deferred.Reason ?? "not taken", _setup.Pace.RateInForce);
    }

    async Task AwaitAnswersAsync(CancellationToken stopping)
    {
        using var stopped = stopping.Register(() => _giveUp.CancelAfter(LastAnswers));

        for (var answered = _setup.InFlight.Freed; Volatile.Read(ref _inFlight) > 0 && _broken is null; answered = _setup.InFlight.Freed)
            await answered;
    }

    /// <summary>A timer takes no more than 49 days, and no window is longer than one.</summary>
    static TimeSpan Within(TimeSpan span) =>
        span < TimeSpan.Zero ? TimeSpan.Zero : span > LongestWindow ? LongestWindow : span;
}
