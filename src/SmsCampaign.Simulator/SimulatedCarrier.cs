using System.Runtime.InteropServices;

namespace SmsCampaign.Simulator;

/// <summary>
/// One stand-in carrier: takes, refuses and throttles by its options, and remembers what each phone got.
/// </summary>
sealed class SimulatedCarrier(SimulatedCarrierOptions options, int seed, TimeProvider time, long started)
{
    readonly Lock _lock = new();
    readonly Arrivals _arrivals = new();

    /// <summary>What was let through: the rate is of these.</summary>
    readonly Arrivals _let = new();
    readonly Dictionary<long, List<string>> _phones = [];
    readonly Dictionary<string, string> _idByReference = [];
    readonly HashSet<ulong> _disturbed = [];

    long _taken;
    long _refused;
    long _throttled;
    long _resets;
    long _repeatsDropped;
    long _partsCountedOtherwise;

    public SimulatedCarrierOptions Options => options;

    public ReceiptTally Receipts { get; } = new();

    /// <summary>Decides on one call. Nothing of it is undone by what comes after, a reset connection included.</summary>
    public Verdict Take(IReadOnlyList<IncomingMessage> messages)
    {
        var chance = new Chance(seed, messages[0].Reference);
        lock (_lock)
        {
            var now = (long)time.GetElapsedTime(started).TotalMicroseconds;
            var arrival = new Arrival(now, messages.Count, messages.Sum(message => message.Parts));
            _arrivals.Add(arrival);
            _partsCountedOtherwise += messages.Count(message => message.Parts != message.OwnParts);

            if (_let.PartsIn(now) + arrival.Parts > options.Rate
                || (chance.Falls(Draw.Throttled, options.ThrottledShare) && _disturbed.Add(chance.Key ^ (ulong)Draw.Throttled)))
            {
                _throttled += messages.Count;
                return new Verdict([], [], IsThrottled: true, IsReset: false, TimeSpan.Zero);
            }

            _let.Add(arrival);
            var isReset = chance.Falls(Draw.Reset, options.ResetShare) && _disturbed.Add(chance.Key ^ (ulong)Draw.Reset);
            _resets += isReset ? 1 : 0;

            var receipts = new List<Receipt>();
            var results = new List<MessageResult>(messages.Count);
            foreach (var message in messages)
                results.Add(Take(message, receipts));

            return new Verdict(
                results, receipts, IsThrottled: false, isReset, options.Latency + chance.Upto(Draw.Latency, options.LatencyJitter));
        }
    }

    MessageResult Take(IncomingMessage message, List<Receipt> receipts)
    {
        if (options.DropsRepeats && _idByReference.TryGetValue(message.Reference, out var known))
        {
            _repeatsDropped++;
            return new MessageResult(message.Reference, known, "queued");
        }

        var chance = new Chance(seed, message.Reference);
        if (message.Phone == 0 || chance.Falls(Draw.Refused, options.RefusedShare))
        {
            _refused++;
            return new MessageResult(
                message.Reference, null, message.Phone == 0 ? "invalid_number" : chance.Pick(Draw.RefusedCode, options.RefusedCodes));
        }

        var id = $"{options.Name}-{++_taken}";
        if (options.DropsRepeats)
            _idByReference[message.Reference] = id;

        ref var references = ref CollectionsMarshal.GetValueRefOrAddDefault(_phones, message.Phone, out _);
        (references ??= new List<string>(1)).Add(message.Reference);

        if (!chance.Falls(Draw.NoReceipt, options.NoReceiptShare))
            AddReceipts(message, id, chance, receipts);

        return new MessageResult(message.Reference, id, "queued");
    }

    void AddReceipts(IncomingMessage message, string id, Chance chance, List<Receipt> receipts)
    {
        var failure = chance.Falls(Draw.Failed, options.FailedShare) ? chance.Pick(Draw.FailedCode, options.FailedCodes) : null;
        var receipt = new Receipt(
            this,
            message.Reference,
            id,
            failure switch { null => "DELIVRD", "EXPIRED" => "EXPIRED", _ => "UNDELIV" }, // SMPP 3.4, 5.2.28
            failure ?? "",
            chance.Falls(Draw.BeforeAnswer, options.BeforeAnswerShare)
                ? null
                : options.ReceiptDelay + chance.Upto(Draw.ReceiptDelay, options.ReceiptDelayJitter));
        if (options.ReceiptEachPart && message.Parts > 1)
        {
            receipt = receipt with { Part = message.Parts, Parts = message.Parts };
            for (var part = 1; part < message.Parts; part++)
                receipts.Add(receipt with { Part = part, Status = "DELIVRD", Code = "" });
        }

        receipts.Add(receipt);

        if (chance.Falls(Draw.Duplicate, options.DuplicateShare))
            receipts.Add(receipt with { Delay = (receipt.Delay ?? TimeSpan.Zero) + options.ReceiptDelayJitter });
    }

    public CarrierStats Stats()
    {
        lock (_lock)
        {
            return new CarrierStats
            {
                Name = options.Name,
                Requests = _arrivals.All.Count,
                Messages = _arrivals.Messages,
                Parts = _arrivals.Parts,
                Taken = _taken,
                Refused = _refused,
                Throttled = _throttled,
                Resets = _resets,
                RepeatsDropped = _repeatsDropped,
                PartsCountedOtherwise = _partsCountedOtherwise,
                DistinctPhones = _phones.Count,
                PhonesWithMoreThanOne = _phones.Values.Count(references => references.Count > 1),
                MostRequestsInASecond = _arrivals.MostRequests,
                MostMessagesInASecond = _arrivals.MostMessages,
                MostPartsInASecond = _arrivals.MostParts,
                ReceiptsSent = Receipts.Sent,
                ReceiptsWaiting = Receipts.Waiting,
                ReceiptsGivenUp = Receipts.GivenUp,
            };
        }
    }

    public IReadOnlyList<Arrival> Arrivals()
    {
        lock (_lock)
            return [.. _arrivals.All];
    }

    /// <summary>Adds how many messages this carrier's phones got to what other carriers' did.</summary>
    public void AddPhones(Dictionary<long, int> all)
    {
        lock (_lock)
        {
            foreach (var (phone, references) in _phones)
                CollectionsMarshal.GetValueRefOrAddDefault(all, phone, out _) += references.Count;
        }
    }

    /// <summary>Adds the references of the messages this carrier's phones got.</summary>
    public void AddPhones(Dictionary<long, List<string>> all)
    {
        lock (_lock)
        {
            foreach (var (phone, references) in _phones)
                (CollectionsMarshal.GetValueRefOrAddDefault(all, phone, out _) ??= []).AddRange(references);
        }
    }
}

/// <param name="Id">Null where refused.</param>
/// <param name="Code">queued, or why not.</param>
readonly record struct MessageResult(string Reference, string? Id, string Code);

/// <summary>What became of a call.</summary>
/// <param name="Latency">To wait before the answer.</param>
readonly record struct Verdict(
    List<MessageResult> Results, List<Receipt> Receipts, bool IsThrottled, bool IsReset, TimeSpan Latency);
