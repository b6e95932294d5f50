using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Messages;
using SmsCampaign.Storage;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// What a lane sends next: first what was put off and is due, then the planned messages in order, cut into intents. Keeps
/// account of each batch until nothing of it is planned any more. Safe for several threads.
/// </summary>
/// <remarks>It has no clock: whoever asks reads it once and says what time it is. What is due at one moment of a decision is then
/// due at all of them.</remarks>
sealed class LaneQueue : IDisposable
{
    /// <summary>Messages read from the ledger at a time.</summary>
    const int Stretch = 1_000;

    /// <summary>How often it is asked whether messages that wait to be repeated have been settled.</summary>
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    readonly LaneSetup _setup;
    readonly InFlightShare _room;
    readonly PlannedReader _reader;
    readonly Retries _retries;
    readonly Lock _lock = new();
    readonly PriorityQueue<(PlannedBatch Batch, PlannedMessage Message, bool Alone), (long Due, long Seq)> _again = new();
    readonly Dictionary<long, Progress> _open = [];
    readonly List<(PlannedBatch Batch, long Seq, SendResult Why)> _ended = [];
    List<PlannedMessage> _stretch = [];
    int _at;
    PlannedBatch? _batch;
    long _readThrough;
    bool _noMoreBatches;
    long _lookAt = long.MaxValue;

    public LaneQueue(RunLedger ledger, LaneSetup setup, InFlightShare room, StoppedTime stopped, ProcessClock clock, Func<double> chance)
    {
        _setup = setup;
        _room = room;
        _reader = ledger.ReadPlanned();
        _retries = new Retries(ledger.Info.Retry, RunLedger.ReadTries(ledger.Path), setup.Carrier.DropsRepeats, stopped, clock, chance);
    }

    /// <summary>Looks once more for anything to send, messages put back by a person or moved here meanwhile included. Only while nothing
    /// of the lane is on its way.</summary>
    /// <param name="now">Microseconds of the process clock, as everywhere here.</param>
    public bool IsExhausted(long now)
    {
        lock (_lock)
        {
            if (_again.Count > 0 || _ended.Count > 0 || HasMore(now))
                return false;

            foreach (var (batch, message, mayBeSentSince, isMoved) in _reader.ReadAgain(_setup.Lane.Id))
            {
                Open(batch).Outstanding++;
                if (!isMoved || mayBeSentSince is not null)
                    _retries.BeginAgain(message.Seq, mayBeSentSince);
                if (mayBeSentSince is not null)
                    LookSoon();
                _again.Enqueue((batch, message, !isMoved), (_retries.DueAt(message.Seq), message.Seq));
            }

            return _again.Count == 0;
        }
    }

    /// <summary>When the lane must look here again, microseconds: when the first of the messages that wait for a time of their
    /// own is due, or whether they still wait is to be asked; 0 where one has waited too long and is to be taken;
    /// <see cref="long.MaxValue"/> where there is nothing of all this.</summary>
    public long NextDue
    {
        get
        {
            lock (_lock)
                return _ended.Count > 0 ? 0 : Math.Min(_again.TryPeek(out _, out var first) ? first.Due : long.MaxValue, _lookAt);
        }
    }

    /// <summary>Calls that make up a time at the rate in force.</summary>
    public int CallsIn(TimeSpan time)
    {
        var parts = _batch?.Parts ?? 1;
        return 1 + (int)(_setup.Pace.RateInForce * time.TotalSeconds / _setup.Lane.CostOf(parts, ListSize(parts)));
    }

    /// <summary>The next intent.</summary>
    /// <param name="mostCalls">Most calls under it. A list is always a call and an intent of its own.</param>
    /// <returns>Null where nothing is due, or there is no room for it on the account. Its messages have taken the room.</returns>
    public PlannedCall? Take(int mostCalls, long now)
    {
        lock (_lock)
        {
            if (Peek(now) is not { } next)
                return null;

            // A list waits until it fits whole: lists cut to what happens to be free would waste calls.
            var size = ListSize(next.Batch.Parts);
            var room = size > 1 ? _room.Reserve(size, size) : _room.Reserve(1, mostCalls);
            if (room == 0)
                return null;

            var messages = next.IsAgain ? CutAgain(room, now) : Cut(room);
            _room.Release(room - messages.Length);
            return new PlannedCall(_setup.Lane.Id, next.Batch, messages, _setup.KeepCarrierReference) { OneByOne = size == 1 && messages.Length > 1 };
        }
    }

    /// <summary>Whether anything is due.</summary>
    public bool HasDue(long now)
    {
        lock (_lock)
            return Peek(now) is not null;
    }

    /// <summary>Looks at an answer before it is written: what a message ends with that has been tried enough, or was refused
    /// although an earlier try may have been taken.</summary>
    public SendResult Judge(long seq, SendResult result, long? handedAt)
    {
        if (result.Outcome is not (SendOutcome.Deferred or SendOutcome.Rejected))
            return result;

        lock (_lock)
            return _retries.Judge(seq, result, handedAt);
    }

    /// <summary>Takes a message back that was put off.</summary>
    /// <param name="alone">Whether it goes in a call of its own.</param>
    public void PutBack(PlannedBatch batch, PlannedMessage message, bool alone = false)
    {
        lock (_lock)
        {
            _again.Enqueue((batch, message, alone), (_retries.DueAt(message.Seq), message.Seq));
            if (_retries.MayBeSent(message.Seq))
                LookSoon();
        }
    }

    /// <summary>Lets go of messages that wait to be repeated and were settled meanwhile, by a receipt, a person or an inquiry:
    /// nobody need wait for them. Looks once in <see cref="LookEvery"/>.</summary>
    /// <returns>The batches of which nothing is planned any more.</returns>
    public IReadOnlyList<PlannedBatch> LetGoOfSettled(long now)
    {
        lock (_lock)
        {
            if (now < _lookAt)
                return [];

            var waits = _again.UnorderedItems.ToLookup(item => !MayBeSent(item.Element) || !_reader.IsSettled(item.Element.Message.Seq));
            _again.Clear();
            _again.EnqueueRange(waits[true]);
            _lookAt = waits[true].Any(item => MayBeSent(item.Element)) ? now + (long)LookEvery.TotalMicroseconds : long.MaxValue;
            return [.. waits[false].Select(item => Settle(item.Element.Batch, 1)).OfType<PlannedBatch>()];
        }

        bool MayBeSent((PlannedBatch, PlannedMessage Message, bool) waiting) => _retries.MayBeSent(waiting.Message.Seq);
    }

    /// <summary>Forgets what waits here, as it was moved to another lane. What stayed is read again by the next lane runner.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _again.Clear();
            _ended.Clear();
            _open.Clear();
            (_stretch, _at, _noMoreBatches, _lookAt) = ([], 0, true, long.MaxValue);
        }
    }

    /// <summary>Takes note of messages that are not planned any more.</summary>
    /// <returns>The batch, where nothing of it is planned any more; else null.</returns>
    public PlannedBatch? Settle(PlannedBatch batch, int messages)
    {
        lock (_lock)
        {
            var progress = _open[batch.Id];
            progress.Outstanding -= messages;
            if (progress.Outstanding > 0 || !progress.ReadToEnd)
                return null;

            _open.Remove(batch.Id);
            return batch;
        }
    }

    /// <summary>The messages that have waited too long since this was last asked.</summary>
    public IReadOnlyList<(PlannedBatch Batch, long Seq, SendResult Why)> TakeEnded()
    {
        lock (_lock)
        {
            (PlannedBatch, long, SendResult)[] ended = [.. _ended];
            _ended.Clear();
            return ended;
        }
    }

    /// <summary>The messages that wait to be tried again but may have been sent: nobody knows, once it is not tried again.</summary>
    public IReadOnlyList<(PlannedBatch Batch, long Seq, SendResult Why)> TakeUnknown()
    {
        lock (_lock)
        {
            return [.. _again.UnorderedItems
                .Where(item => _retries.MayBeSent(item.Element.Message.Seq))
                .Select(item => (item.Element.Batch, item.Element.Message.Seq, SendResult.Uncertain(Reason.ClosedUnanswered, "window closed before it was answered")))];
        }
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>Most messages of a call: the lane's list size, or fewer until the call's cost fits the rate.</summary>
    int ListSize(int parts)
    {
        var most = Math.Min(_setup.Carrier.MostPerCall, _setup.InFlight.Most);
        return most == 1 ? 1 : _setup.Pace.MostMessages(parts, most);
    }

    /// <summary>The batch of the next message, and whether it is one that was put off; null where nothing is due.</summary>
    (PlannedBatch Batch, bool IsAgain)? Peek(long now)
    {
        while (_again.TryPeek(out var next, out var first) && first.Due <= now)
        {
            if (_retries.EndOf(next.Message.Seq, now) is not { } end)
                return (next.Batch, IsAgain: true);

            _again.Dequeue();
            _ended.Add((next.Batch, next.Message.Seq, end));
        }

        return HasMore(now) ? (_batch!, IsAgain: false) : null;
    }

    /// <summary>Whether messages are planned that were not put off, read where none are at hand.</summary>
    bool HasMore(long now)
    {
        while (_at == _stretch.Count && !_noMoreBatches)
            ReadOn(now);

        return _at < _stretch.Count;
    }

    void ReadOn(long now)
    {
        if (_batch is null || _readThrough >= _batch.LastSeq)
        {
            _batch = _reader.NextBatch(_setup.Lane.Id, _batch?.Id ?? 0);
            if (_batch is null)
            {
                _noMoreBatches = true;
                return;
            }

            _readThrough = _batch.FirstSeq - 1;
            Open(_batch).ReadToEnd = false;
        }

        _stretch = _reader.Read(_batch, _readThrough + 1, Stretch);
        _at = 0;

        var progress = _open[_batch.Id];
        progress.Outstanding += _stretch.Count;
        _readThrough = _stretch.Count < Stretch ? _batch.LastSeq : _stretch[^1].Seq;
        progress.ReadToEnd = _readThrough >= _batch.LastSeq;

        // Tried by a process before: for some it is too late by now.
        if (_retries.HasAny)
            _stretch.RemoveAll(message => HasEnded(message, now));
    }

    bool HasEnded(PlannedMessage message, long now)
    {
        if (_retries.EndOf(message.Seq, now) is not { } end)
            return false;

        _ended.Add((_batch!, message.Seq, end));
        return true;
    }

    /// <summary>Takes planned messages next to each other, at most <paramref name="most"/>, at least one.</summary>
    PlannedMessage[] Cut(int most)
    {
        var end = _at + 1;
        while (end < _stretch.Count && end - _at < most && _stretch[end].Seq == _stretch[end - 1].Seq + 1)
            end++;

        var messages = _stretch.GetRange(_at, end - _at).ToArray();
        _at = end;
        return messages;
    }

    /// <summary>As <see cref="Cut"/>, of those that were put off: the first is due, says <see cref="Peek"/>.</summary>
    PlannedMessage[] CutAgain(int most, long now)
    {
        var (batch, first, alone) = _again.Dequeue();
        var messages = new List<PlannedMessage> { first };
        while (!alone && messages.Count < most && _again.TryPeek(out var next, out var order) && IsNext(next, order.Due))
            messages.Add(_again.Dequeue().Message);

        return [.. messages];

        bool IsNext((PlannedBatch Batch, PlannedMessage Message, bool Alone) next, long due) =>
            due <= now && next.Batch.Id == batch.Id && next.Message.Seq == messages[^1].Seq + 1 && !next.Alone
            && _retries.EndOf(next.Message.Seq, now) is null;
    }

    /// <summary>Has <see cref="LetGoOfSettled"/> look the next time it is asked.</summary>
    void LookSoon()
    {
        if (_lookAt == long.MaxValue)
            _lookAt = 0;
    }

    Progress Open(PlannedBatch batch)
    {
        if (!_open.TryGetValue(batch.Id, out var progress))
            _open[batch.Id] = progress = new Progress();
        return progress;
    }

    /// <summary>How far a batch has come.</summary>
    sealed class Progress
    {
        /// <summary>Messages taken from the ledger and not settled: waiting here, in flight, or put off.</summary>
        public int Outstanding { get; set; }

        public bool ReadToEnd { get; set; } = true;
    }
}
