using SmsCampaign.Carriers;
using SmsCampaign.Storage;

namespace SmsCampaign.Dispatch;

/// <summary>
/// What a lane sends next: first what was put off, then the planned messages in order, cut into calls. Keeps account of
/// each batch until nothing of it is planned any more.
/// </summary>
sealed class LaneQueue : IDisposable
{
    /// <summary>Messages read from the ledger at a time.</summary>
    const int Stretch = 1_000;

    readonly LaneSetup _setup;
    readonly PlannedReader _reader;
    readonly Lock _lock = new();
    readonly Queue<(PlannedBatch Batch, PlannedMessage Message, bool Alone)> _again = new();
    readonly Dictionary<long, Progress> _open = [];
    readonly Queue<PlannedMessage> _stretch = new();
    PlannedBatch? _batch;
    long _readThrough;
    bool _noMoreBatches;

    public LaneQueue(RunLedger ledger, LaneSetup setup)
    {
        _setup = setup;
        _reader = ledger.ReadPlanned();
    }

    /// <summary>Looks once more for anything to send, messages a person has put back meanwhile included.</summary>
    public bool IsExhausted()
    {
        lock (_lock)
        {
            if (_again.Count > 0 || _stretch.Count > 0 || !_noMoreBatches)
                return false;

            foreach (var (batch, message) in _reader.ReadAgain(_setup.Lane.Id))
            {
                Open(batch).Outstanding++;
                _again.Enqueue((batch, message, true));
            }

            return _again.Count == 0;
        }
    }

    /// <summary>What a full call costs at the batch in hand.</summary>
    public int CostOfCall => Cost(_batch?.Parts ?? 1, ListSize(_batch?.Parts ?? 1));

    /// <summary>The next calls: as many as fit beside what is in flight on the account, at most <paramref name="mostCalls"/>.</summary>
    public List<PlannedCall> Take(int inFlight, int mostCalls)
    {
        var calls = new List<PlannedCall>();

        lock (_lock)
        {
            var free = _setup.InFlight.Most - inFlight;
            while (calls.Count < mostCalls && Peek() is { } batch)
            {
                // A list waits until it fits whole: lists cut to what happens to be free would waste calls.
                var size = ListSize(batch.Parts);
                if (free < size)
                    break;

                var messages = Cut(batch, size);
                free -= messages.Count;
                calls.Add(new PlannedCall(
                    _setup.Lane.Id, batch, messages, Cost(batch.Parts, messages.Count), _setup.KeepCarrierReference));
            }
        }

        return calls;
    }

    /// <summary>Takes note of what came of a call.</summary>
    /// <param name="again">Messages to be tried again, before everything else.</param>
    /// <param name="oneByOne">Whether they go in calls of one.</param>
    /// <returns>The batches of which nothing is planned any more.</returns>
    public IReadOnlyList<PlannedBatch> Settle(PlannedCall call, IReadOnlyList<PlannedMessage> again, bool oneByOne = false)
    {
        lock (_lock)
        {
            foreach (var message in again)
                _again.Enqueue((call.Batch, message, oneByOne));

            var progress = _open[call.Batch.Id];
            progress.Outstanding -= call.Messages.Count - again.Count;
            if (progress.Outstanding > 0 || !progress.ReadToEnd)
                return [];

            _open.Remove(call.Batch.Id);
            return [call.Batch];
        }
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>Most messages of a call: the lane's list size, or fewer until the call's cost fits a second.</summary>
    int ListSize(int parts)
    {
        var size = Math.Min(_setup.Carrier.MostPerCall, _setup.InFlight.Most);
        return _setup.Lane.RateUnit switch
        {
            RateUnit.Parts => Math.Clamp(_setup.Pace.RateInForce / parts, 1, size),
            RateUnit.Messages => Math.Clamp(_setup.Pace.RateInForce, 1, size),
            _ => size,
        };
    }

    int Cost(int parts, int messages) => _setup.Lane.RateUnit switch
    {
        RateUnit.Parts => parts * messages,
        RateUnit.Messages => messages,
        _ => 1,
    };

    /// <summary>The batch of the next message; null where nothing is left.</summary>
    PlannedBatch? Peek()
    {
        if (_again.TryPeek(out var next))
            return next.Batch;

        while (_stretch.Count == 0 && !_noMoreBatches)
            ReadOn();

        return _stretch.Count > 0 ? _batch : null;
    }

    void ReadOn()
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

        var read = _reader.Read(_batch, _readThrough + 1, Stretch);
        foreach (var message in read)
            _stretch.Enqueue(message);

        var progress = _open[_batch.Id];
        progress.Outstanding += read.Count;
        _readThrough = read.Count < Stretch ? _batch.LastSeq : read[^1].Seq;
        progress.ReadToEnd = _readThrough >= _batch.LastSeq;
    }

    /// <summary>Takes messages next to each other, at most <paramref name="most"/>, at least one.</summary>
    List<PlannedMessage> Cut(PlannedBatch batch, int most)
    {
        var messages = new List<PlannedMessage>(most);

        if (_again.Count > 0)
        {
            while (messages.Count < most && _again.TryPeek(out var next) && next.Batch.Id == batch.Id
                && Follows(messages, next.Message) && !(next.Alone && messages.Count > 0))
            {
                messages.Add(_again.Dequeue().Message);
                if (next.Alone)
                    break;
            }

            return messages;
        }

        while (messages.Count < most && _stretch.TryPeek(out var next) && Follows(messages, next))
            messages.Add(_stretch.Dequeue());

        return messages;
    }

    static bool Follows(List<PlannedMessage> messages, PlannedMessage next) =>
        messages.Count == 0 || messages[^1].Seq + 1 == next.Seq;

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
