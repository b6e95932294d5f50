using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>A lane's intents on disk with calls that have not left: written a little ahead of the pace, so that no call
/// waits for the disk.</summary>
/// <param name="changed">Set whenever intents have been written, and when few are left.</param>
sealed class IntentStock(
    ISendingLedger ledger,
    LaneSetup setup,
    LaneQueue queue,
    InFlightShare room,
    AnswerRecorder recorder,
    LaneGate gate,
    Signal changed)
{
    /// <summary>How far ahead of the pace intents are written: what of a crash's uncertain
    /// messages had never left.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(250);

    readonly Queue<Ready> _ready = new();
    int _calls;
    int _few;
    int _writing;

    /// <summary>Held from <see cref="PeekCost"/> to <see cref="Take"/>.</summary>
    public Lock Taking { get; } = new();

    public bool IsWriting => Volatile.Read(ref _writing) > 0;

    /// <summary>Nothing stands by, and nothing is being written that will.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (Taking)
                return _calls == 0 && _writing == 0;
        }
    }

    public bool HoldsMoreThan(int calls)
    {
        lock (Taking)
            return _calls > calls;
    }

    /// <summary>Starts writing intents, where fewer than half of what goes in <see cref="Ahead"/> stands by.</summary>
    /// <param name="now">Microseconds of the process clock.</param>
    public void Fill(long now)
    {
        if (!queue.HasDue(now))
            return;

        var ahead = queue.CallsIn(Ahead);
        var calls = new List<PlannedCall>();
        lock (Taking)
        {
            _few = Math.Min(ahead, setup.InFlight.Most) / 2;
            if (_calls > _few)
                return;

            // Little at a time, so that the next intents are on their way to the disk while calls are made under these.
            var each = Math.Max(1, setup.InFlight.Most / 4);
            while (_calls < ahead && queue.Take(Math.Min(each, ahead - _calls), now) is { } call)
            {
                calls.Add(call);
                _calls += call.Calls;
            }

            if (calls.Count == 0)
                return;
            _writing++;
        }

        _ = WriteAsync(calls);
    }

    /// <summary>What the next call costs; null where none stands by.</summary>
    public CallCost? PeekCost()
    {
        if (!_ready.TryPeek(out var ready))
            return null;

        var messages = MessagesOf(ready.Call);
        return new CallCost(ready.Call.Batch.Parts * messages, messages);
    }

    public LaneCall Take(PaceGrant grant)
    {
        var ready = _ready.Peek();
        var call = new LaneCall(ready.Call, ready.Attempt, ready.First, MessagesOf(ready.Call), grant);
        ready.First += call.Messages;

        // The lane may be asleep until an answer comes, and on a slow lane that is long after the next call is due.
        if (--_calls == _few)
            changed.Set();
        if (ready.First == ready.Call.Messages.Count)
            _ready.Dequeue();
        return call;
    }

    /// <summary>Puts what stands by back to planned: known not sent.</summary>
    public void ReturnAll()
    {
        lock (Taking)
        {
            while (_ready.TryDequeue(out var ready))
            {
                var each = MessagesOf(ready.Call);
                for (var at = ready.First; at < ready.Call.Messages.Count; at += each)
                {
                    _calls--;
                    recorder.Add(new CallResult(
                        ready.Call, ready.Attempt, at, null, CarrierHttp.ForAll(
                            each, SendResult.Deferred(Reason.NotHandedOver, "not handed over"))));
                }
            }
        }
    }

    async Task WriteAsync(List<PlannedCall> calls)
    {
        try
        {
            var attempts = await ledger.BeginAsync(calls);
            lock (Taking)
            {
                for (var at = 0; at < calls.Count; at++)
                {
                    if (attempts[at] is { } attempt)
                        _ready.Enqueue(new Ready(calls[at], attempt));
                    else
                        _calls -= calls[at].Calls;
                }
            }

            for (var at = 0; at < calls.Count; at++)
            {
                if (attempts[at] is null)
                    await DropSettledAsync(calls[at]);
                else
                    queue.NoteWritten(calls[at]);
            }
        }
        catch (Exception broken) // a ledger that cannot be written
        {
            gate.Break(broken);
        }
        finally
        {
            lock (Taking)
                _writing--;
            changed.Set();
        }
    }

    async Task DropSettledAsync(PlannedCall call)
    {
        // Where one of several was settled meanwhile they go message by message: the others are still planned.
        if (call.Messages.Count > 1)
        {
            foreach (var message in call.Messages)
                queue.PutBack(call.Batch, message, alone: true);
        }
        else
        {
            queue.NoteWritten(call);
            if (queue.Settle(call.Batch, 1) is { } batch)
                await ledger.FinishBatchAsync(batch);
        }

        room.Release(call.Messages.Count);
    }

    /// <summary>Of one call under an intent.</summary>
    static int MessagesOf(PlannedCall intent) => intent.OneByOne ? 1 : intent.Messages.Count;

    sealed class Ready(PlannedCall call, long attempt)
    {
        public PlannedCall Call => call;
        public long Attempt => attempt;

        /// <summary>Position of the first message that has not left.</summary>
        public int First { get; set; }
    }
}
