using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// What a lane sends next, cut into intents: what may have been sent and is to be repeated, what was put off or put
/// back, the planned messages in order, and what was moved here. Keeps account of each batch until nothing of it is
/// planned any more. Safe for several threads.
/// </summary>
/// <remarks>It has no clock: whoever asks reads it once and says what time it is, in microseconds of the process clock.
/// What is due at one moment of a decision is then due at all of them.</remarks>
sealed class LaneQueue : IDisposable
{
    /// <summary>How often it is asked whether messages that wait to be repeated have been settled, and others put
    /// back or moved here.</summary>
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    readonly LaneSetup _setup;
    readonly InFlightShare _room;
    readonly IPlannedReader _reader;
    readonly Retries _retries;
    readonly BatchProgress _progress = new();
    readonly List<EndedMessage> _ended = [];
    readonly List<PlannedBatch> _finished = [];
    readonly WaitingMessages _waiting;
    readonly PlannedSource _planned;
    readonly MovedSource _moved;
    readonly PutBackMessages _putBack;
    readonly ILaneSource[] _sources;
    readonly Lock _lock = new();
    long _lookAt;

    /// <summary>Null where the lane is open.</summary>
    FirstBatch? _first;
    bool _isForgotten;
    bool _hasFound;

    public LaneQueue(
        ISendingLedger ledger,
        LaneSetup setup,
        InFlightShare room,
        StoppedTime stopped,
        ProcessClock clock,
        Func<double> chance)
    {
        _setup = setup;
        _room = room;
        _reader = ledger.ReadPlanned();
        _retries = new Retries(
            ledger.Info.Retry, ledger.ReadTries(), setup.Carrier.DropsRepeats, stopped, clock, chance);

        var lane = new LaneSourceContext(setup.Lane.Id, _reader, _retries, _progress, _ended, _finished);
        _waiting = new WaitingMessages(lane, seq => _first?.Admits(seq) != false);
        _putBack = new PutBackMessages(lane, _waiting);
        _planned = new PlannedSource(lane, _putBack);
        _moved = new MovedSource(lane, _putBack);
        _sources = [_waiting, _planned, _moved];
    }

    /// <summary>Looks once more for anything to send, messages put back or moved here meanwhile included. Only while
    /// nothing of the lane is on its way.</summary>
    public bool IsExhausted(long now)
    {
        lock (_lock)
        {
            LookForMore();
            return FindNext(now, allowed: false) is null && _waiting.Count == 0 && _ended.Count == 0;
        }
    }

    /// <summary>Whether any message was ever found here, whatever became of it.</summary>
    public bool HasFound
    {
        get
        {
            lock (_lock)
                return _hasFound;
        }
    }

    /// <summary>When the lane must look here again, microseconds: when the first of the messages that wait for a time
    /// of their own is due, or <see cref="Look"/> is to be asked meanwhile; 0 where one has waited too long and is to
    /// be taken; <see cref="long.MaxValue"/> where there is nothing of all this.</summary>
    public long NextDue
    {
        get
        {
            lock (_lock)
                return _ended.Count > 0 ? 0 : _waiting.Count > 0 ? Math.Min(_waiting.NextDue, _lookAt) : long.MaxValue;
        }
    }

    /// <summary>Calls that make up a time at the rate in force.</summary>
    public int CallsIn(TimeSpan time)
    {
        var parts = _planned.Parts;
        var messages = ListSize(parts);
        return 1 + (int)(_setup.Pace.CallsASecond(new CallCost(parts * messages, messages)) * time.TotalSeconds);
    }

    /// <summary>Messages that make up a time at the rate in force.</summary>
    public double MessagesIn(TimeSpan time)
    {
        var parts = _planned.Parts;
        var messages = ListSize(parts);
        return _setup.Pace.CallsASecond(new CallCost(parts * messages, messages)) * messages * time.TotalSeconds;
    }

    /// <summary>The next intent.</summary>
    /// <param name="mostCalls">Most calls under it. A list is always a call and an intent of its own.</param>
    /// <returns>Null where nothing is due, or there is no room for it on the account. Its messages
    /// have taken the room.</returns>
    public PlannedCall? Take(int mostCalls, long now)
    {
        lock (_lock)
        {
            if (FindNext(now) is not var (source, batch))
                return null;

            // A list waits until it fits whole: lists cut to what happens to be free would waste calls.
            var allowed = AllowedFrom(source);
            var size = Math.Min(ListSize(batch.Parts), allowed);
            var room = size > 1 ? _room.Reserve(size, size) : _room.Reserve(1, Math.Min(mostCalls, allowed));
            if (room == 0)
                return null;

            var messages = source.Cut(room, now);
            _room.Release(room - messages.Length);
            foreach (var message in messages)
                _first?.Take(message.Seq);
            return new PlannedCall(_setup.Lane.Id, batch, messages, _setup.KeepCarrierReference)
            {
                OneByOne = size == 1 && messages.Length > 1,
            };
        }
    }

    /// <summary>Whether anything is due that may be sent.</summary>
    public bool HasDue(long now)
    {
        lock (_lock)
            return FindNext(now) is not null;
    }

    /// <summary>Takes note that messages are under an intent on disk, or settled.</summary>
    public void NoteWritten(PlannedCall call)
    {
        lock (_lock)
        {
            foreach (var message in call.Messages)
                _putBack.Forget(message.Seq);
        }
    }

    /// <summary>Has nothing more sent than a first batch, until <see cref="SendAll"/>: its messages alone are tried
    /// again meanwhile. Only while nothing of the lane is on its way.</summary>
    /// <param name="tried">Messages of it that were under an intent before.</param>
    /// <param name="settled">Those of them of which something is known.</param>
    public void SendOnly(int messages, IEnumerable<long> tried, IEnumerable<long> settled)
    {
        lock (_lock)
        {
            _first = new FirstBatch(messages, [.. settled, .. tried.Where(_retries.MayBeSent)]);
            _waiting.LookAgain();
        }
    }

    /// <summary>The first batch, as far as it has come.</summary>
    public IReadOnlyCollection<long> Sent
    {
        get
        {
            lock (_lock)
                return _first?.Messages.ToArray() ?? [];
        }
    }

    /// <summary>Whether each message of the first batch is on its way, or has been answered once.</summary>
    public bool HasSentAll
    {
        get
        {
            lock (_lock)
                return _first is { Free: 0 };
        }
    }

    public void SendAll()
    {
        lock (_lock)
        {
            _first = null;
            _waiting.LookAgain();
        }
    }

    /// <summary>Looks at an answer before it is written: what a message ends with that has been tried enough, or was
    /// refused although an earlier try may have been taken.</summary>
    public SendResult Judge(long seq, SendResult result, long? handedAt)
    {
        if (result.Outcome is not (SendOutcome.Deferred or SendOutcome.Rejected))
            return result;

        lock (_lock)
            return _retries.Judge(seq, result, handedAt);
    }

    /// <summary>Takes a message back that was put off.</summary>
    /// <param name="alone">Whether it goes in a call of its own.</param>
    /// <param name="isAnswered">Whether its gateway put it off for a reason of its own, or may have it.</param>
    public void PutBack(PlannedBatch batch, PlannedMessage message, bool alone = false, bool isAnswered = false)
    {
        lock (_lock)
        {
            _waiting.Add(batch, message, alone);
            if (!isAnswered && _first?.GiveUp(message.Seq) == true)
                _waiting.LookAgain();
            else if (isAnswered)
                _first?.Keep(message.Seq);
        }
    }

    /// <summary>Looks what was decided elsewhere, once in <see cref="LookEvery"/>: lets go of messages that wait to be
    /// repeated and were settled meanwhile, and finds those that were put back or moved here.</summary>
    /// <returns>The batches of which nothing is planned any more.</returns>
    public IReadOnlyList<PlannedBatch> Look(long now)
    {
        lock (_lock)
        {
            if (now >= _lookAt)
            {
                _lookAt = now + (long)LookEvery.TotalMicroseconds;
                foreach (var (batch, seq) in _waiting.TakeSettled())
                {
                    _putBack.Forget(seq);
                    if (_progress.Settle(batch, 1) is { } finished)
                        _finished.Add(finished);
                }

                LookForMore();
            }

            if (_finished.Count == 0)
                return [];

            PlannedBatch[] done = [.. _finished];
            _finished.Clear();
            return done;
        }
    }

    /// <summary>Forgets what waits here, as it was moved to another lane. What stayed is read again by the
    /// next lane runner.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            (_isForgotten, _hasFound) = (true, true);
            _waiting.Clear();
            _planned.Clear();
            _moved.Clear();
            _putBack.Clear();
            _ended.Clear();
        }
    }

    /// <summary>Takes note of messages that are not planned any more.</summary>
    /// <returns>The batch, where nothing of it is planned any more; else null.</returns>
    public PlannedBatch? Settle(PlannedBatch batch, int messages)
    {
        lock (_lock)
            return _progress.Settle(batch, messages);
    }

    /// <summary>The messages that have waited too long since this was last asked.</summary>
    public IReadOnlyList<(PlannedBatch Batch, long Seq, SendResult Why)> TakeEnded()
    {
        lock (_lock)
        {
            if (_ended.Count == 0)
                return [];

            (PlannedBatch, long, SendResult)[] ended =
                [.. _ended.Select(message => (message.Batch, message.Seq, message.Why))];
            foreach (var message in _ended)
                _putBack.Forget(message.Seq);
            _ended.Clear();
            return ended;
        }
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>Messages that may be taken from a source. Of those that wait only such are due as may be: where no
    /// place is free they have theirs.</summary>
    int AllowedFrom(ILaneSource source) =>
        _first is not { } first || (source == _waiting && first.Free == 0) ? int.MaxValue : first.Free;

    /// <summary>Most messages of a call: the lane's list size, or fewer until the call's cost fits the rate.</summary>
    int ListSize(int parts)
    {
        var most = Math.Min(_setup.Carrier.MostPerCall, _setup.InFlight.Most);
        return most == 1 ? 1 : _setup.Pace.MostMessages(parts, most);
    }

    /// <param name="allowed">Whether only what may be sent before the lane opens is looked for.</param>
    (ILaneSource Source, PlannedBatch Batch)? FindNext(long now, bool allowed = true)
    {
        _putBack.ReadOn();
        (ILaneSource, PlannedBatch)? next = null;
        foreach (var source in _sources)
        {
            if (source.Peek(now) is not { } batch || (allowed && AllowedFrom(source) <= 0))
                continue;
            next = (source, batch);
            break;
        }

        _hasFound |= next is not null || _waiting.Count > 0 || _ended.Count > 0;
        return next;
    }

    void LookForMore()
    {
        if (_isForgotten)
            return;

        _putBack.Look();
        _moved.LookAgain();
    }
}
