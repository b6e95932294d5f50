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

    /// <summary>What became of each reference, for carriers that remember.</summary>
    readonly Dictionary<string, Remembered> _remembered = [];
    readonly HashSet<ulong> _disturbed = [];

    long _taken;
    long _refused;
    long _throttled;
    long _busy;
    long _resets;
    long _unanswered;
    long _inquired;
    long _repeatsDropped;
    long _partsCountedOtherwise;

    public SimulatedCarrierOptions Options => options;

    public ReceiptTally Receipts { get; } = new();

    /// <summary>Null where nobody need log in.</summary>
    public SimulatedSessions? Sessions { get; } = options.Sessions is { } sessions
        ? new SimulatedSessions(sessions, seed)
        : null;

    /// <summary>Counts a request that is not let as far as
    /// <see cref="Take(IReadOnlyList{IncomingMessage})"/>.</summary>
    public void Count(int messages, int parts)
    {
        lock (_lock)
            _arrivals.Add(new Arrival((long)time.GetElapsedTime(started).TotalMicroseconds, messages, parts));
    }

    /// <summary>Decides on one call. Nothing of it is undone by what comes after, a reset
    /// connection included.</summary>
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
                || (chance.Falls(Draw.Throttled, options.ThrottledShare)
                    && _disturbed.Add(chance.Key ^ (ulong)Draw.Throttled)))
            {
                _throttled += messages.Count;
                return new Verdict([], [], CallEnd.Throttled, TimeSpan.Zero);
            }

            _let.Add(arrival);
            if (chance.Falls(Draw.Busy, options.BusyShare) && _disturbed.Add(chance.Key ^ (ulong)Draw.Busy))
            {
                _busy += messages.Count;
                return new Verdict([], [], CallEnd.Busy, TimeSpan.Zero);
            }

            var isReset = chance.Falls(Draw.Reset, options.ResetShare)
                && _disturbed.Add(chance.Key ^ (ulong)Draw.Reset);
            var isUnanswered = !isReset
                && chance.Falls(Draw.NoAnswer, options.NoAnswerShare)
                && _disturbed.Add(chance.Key ^ (ulong)Draw.NoAnswer);
            _resets += isReset ? 1 : 0;
            _unanswered += isUnanswered ? 1 : 0;

            var receipts = new List<Receipt>();
            var results = new List<MessageResult>(messages.Count);
            foreach (var message in messages)
                results.Add(Take(message, now, receipts));

            return new Verdict(
                results,
                receipts,
                isReset ? CallEnd.Reset : isUnanswered ? CallEnd.Unanswered : CallEnd.Answered,
                options.Latency + chance.Upto(Draw.Latency, options.LatencyJitter));
        }
    }

    /// <summary>What became of references, as far as the carrier remembers.</summary>
    /// <returns>Null where the answer is 503.</returns>
    public List<InquiryResult>? Inquire(IReadOnlyList<string> references)
    {
        var chance = new Chance(seed, references[0]);
        lock (_lock)
        {
            _inquired += references.Count;
            if (chance.Falls(Draw.InquiryFailed, options.InquiryFailedShare)
                && _disturbed.Add(chance.Key ^ (ulong)Draw.InquiryFailed))
                return null;

            var now = (long)time.GetElapsedTime(started).TotalMicroseconds;
            return [.. references.Select(reference => Inquire(reference, now))];
        }
    }

    InquiryResult Inquire(string reference, long now)
    {
        if (!_remembered.TryGetValue(reference, out var known))
            return new InquiryResult(reference, null, "ABSENT", "");
        if (known.Id is null)
            return new InquiryResult(reference, null, "REJECTD", known.Code);

        var chance = new Chance(seed, reference);
        if (now - known.TakenAt < (long)DelayOf(chance).TotalMicroseconds)
            return new InquiryResult(reference, known.Id, "ACCEPTD", "");

        var (status, code) = FateOf(chance);
        return new InquiryResult(reference, known.Id, status, code);
    }

    MessageResult Take(IncomingMessage message, long now, List<Receipt> receipts)
    {
        if (options.DropsRepeats && _remembered.TryGetValue(message.Reference, out var known) && known.Id is not null)
        {
            _repeatsDropped++;
            return new MessageResult(message.Reference, known.Id, known.Code);
        }

        // Neither is remembered: what was not taken for such a reason may come again, here or elsewhere.
        var chance = new Chance(seed, message.Reference);
        if (_taken >= options.Credit || chance.Falls(Draw.OtherNetwork, options.OtherNetworkShare))
        {
            _refused++;
            return new MessageResult(message.Reference, null, _taken >= options.Credit ? "no_money" : "other_network");
        }

        if (message.Phone == 0 || chance.Falls(Draw.Refused, options.RefusedShare))
        {
            _refused++;
            var why = message.Phone == 0 ? "invalid_number" : chance.Pick(Draw.RefusedCode, options.RefusedCodes);
            Remember(message.Reference, new Remembered(null, why, now));
            return new MessageResult(message.Reference, null, why);
        }

        var id = $"{options.Name}-{++_taken}";
        Remember(message.Reference, new Remembered(id, "queued", now));

        ref var references = ref CollectionsMarshal.GetValueRefOrAddDefault(_phones, message.Phone, out _);
        (references ??= new List<string>(1)).Add(message.Reference);

        if (!chance.Falls(Draw.NoReceipt, options.NoReceiptShare))
            AddReceipts(message, id, chance, receipts);

        return new MessageResult(message.Reference, id, "queued");
    }

    void AddReceipts(IncomingMessage message, string id, Chance chance, List<Receipt> receipts)
    {
        var (status, code) = FateOf(chance);
        var receipt = new Receipt(
            this,
            message.Reference,
            id,
            status,
            code,
            chance.Falls(Draw.BeforeAnswer, options.BeforeAnswerShare)
                ? null
                : DelayOf(chance));
        if (options.ReceiptEachPart && message.Parts > 1)
        {
            receipt = receipt with { Part = message.Parts, Parts = message.Parts };
            for (var part = 1; part < message.Parts; part++)
                receipts.Add(receipt with { Part = part, Status = "DELIVRD", Code = "" });
        }

        receipts.Add(receipt);

        for (var more = 1; more <= options.Duplicates && chance.Falls(Draw.Duplicate, options.DuplicateShare); more++)
            receipts.Add(receipt with
            {
                Delay = (receipt.Delay ?? TimeSpan.Zero) + options.ReceiptDelayJitter * more / options.Duplicates,
            });
    }

    void Remember(string reference, Remembered what)
    {
        if (options.DropsRepeats || options.AnswersInquiries)
            _remembered[reference] = what;
    }

    TimeSpan DelayOf(Chance chance) =>
        options.ReceiptDelay + chance.Upto(Draw.ReceiptDelay, options.ReceiptDelayJitter);

    /// <summary>What a phone makes of a message.</summary>
    (string Status, string Code) FateOf(Chance chance)
    {
        var failure = chance.Falls(Draw.Failed, options.FailedShare)
            ? chance.Pick(Draw.FailedCode, options.FailedCodes)
            : null;
        // SMPP 3.4, 5.2.28
        return (failure switch { null => "DELIVRD", "EXPIRED" => "EXPIRED", _ => "UNDELIV" }, failure ?? "");
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
                Busy = _busy,
                Resets = _resets,
                Unanswered = _unanswered,
                Inquired = _inquired,
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
                Sessions = Sessions?.Stats(),
            };
        }
    }

    public long CountMessages()
    {
        lock (_lock)
            return _arrivals.Messages;
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

/// <param name="Id">Null where refused or not known.</param>
/// <param name="Status">ABSENT, REJECTD, ACCEPTD, or what the receipt says.</param>
readonly record struct InquiryResult(string Reference, string? Id, string Status, string Code);

/// <param name="Id">Null where refused.</param>
readonly record struct Remembered(string? Id, string Code, long TakenAt);

/// <summary>How a call ends.</summary>
enum CallEnd
{
    Answered,
    Throttled,

    /// <summary>Answered 503: nothing was taken.</summary>
    Busy,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>The connection stays open and nothing comes.</summary>
    Unanswered,
}

/// <summary>What became of a call.</summary>
/// <param name="Latency">To wait before its end.</param>
readonly record struct Verdict(List<MessageResult> Results, List<Receipt> Receipts, CallEnd End, TimeSpan Latency);
