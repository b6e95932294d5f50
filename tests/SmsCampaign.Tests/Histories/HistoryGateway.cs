using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Histories;

/// <summary>A process in a history: killed, nothing it does reaches a gateway or a disk any more.</summary>
sealed class HistoryProcess(int? diesAtCommit)
{
    int _commits;

    public bool IsKilled { get; private set; }

    /// <summary>Before each commit of its ledgers: a kill comes between what is on disk and what is not.</summary>
    public void BeforeCommit()
    {
        lock (this)
        {
            if (++_commits == diesAtCommit)
                IsKilled = true;
            if (IsKilled)
                throw new IOException("killed");
        }
    }

    /// <summary>Does what reaches a gateway, unless the process is dead.</summary>
    public T? Reach<T>(Func<T> effect)
    {
        lock (this)
            return IsKilled ? default : effect();
    }
}

/// <summary>
/// A model of a gateway: knows what a phone received, and answers by chance. One for an account,
/// whatever processes call it.
/// </summary>
sealed class HistoryGateway(string name, bool dropsRepeats, HistoryOdds odds, Random chance, TimeProvider time)
{
    readonly Dictionary<string, DateOnly> _remembered = [];

    /// <summary>What phones received, by campaign and number.</summary>
    public Dictionary<(string Code, long Number), int> Received { get; } = [];

    /// <summary>When calls arrived, and their parts.</summary>
    public List<(DateTimeOffset At, int Parts)> Arrived { get; } = [];

    public string Name => name;

    public bool DropsRepeats => dropsRepeats;

    public ICarrier ConnectFrom(HistoryProcess process, int mostPerCall) => new Connection(this, process, mostPerCall);

    /// <returns>What becomes of a call, decided as it arrives; null where it never did.</returns>
    (IReadOnlyList<SendResult> Results, TimeSpan After, bool Throws)? Arrive(IReadOnlyList<OutboundSms> messages)
    {
        lock (this)
        {
            var now = time.GetUtcNow();
            Arrived.Add((now, messages.Sum(message => message.Text.PartsIn(LengthTable.Standard))));
            var after = TimeSpan.FromSeconds(
                chance.NextDouble() is var slow && slow < odds.Slow ? 20 : slow * odds.LongestAnswer);
            var fate = chance.NextDouble();
            if ((fate -= odds.Busy) < 0)
                return (
                    All(SendResult.Busy("HTTP 503", chance.Next(4) == 0 ? TimeSpan.FromSeconds(3) : null)),
                    after,
                    false);
            if ((fate -= odds.TooFast) < 0)
                return (
                    All(SendResult.TooFast(
                        "HTTP 429", chance.Next(2) == 0 ? TimeSpan.FromSeconds(chance.Next(1, 6)) : null)),
                    after,
                    false);
            if ((fate -= odds.Closed) < 0)
                return (All(SendResult.Deferred("refused connection")), after, false);
            if ((fate -= odds.Misconfigured) < 0)
                return (All(SendResult.Misconfigured("HTTP 401")), after, false);
            if (messages.Count > 1 && (fate -= odds.Split) < 0)
                return (All(SendResult.Split("one of them")), after, false);
            if ((fate -= odds.Lost) < 0)
            {
                if (chance.Next(2) == 0)
                    messages.ToList().ForEach(message => Take(message, now));
                return (
                    All(dropsRepeats
                        ? SendResult.Lost(Reason.ConnectionLost, "reset")
                        : SendResult.Uncertain(Reason.ConnectionLost, "reset")),
                    after,
                    false);
            }

            if ((fate -= odds.Throws) < 0)
            {
                if (chance.Next(2) == 0)
                    messages.ToList().ForEach(message => Take(message, now));
                return ([], after, true);
            }

            return ([.. messages.Select(message => AnswerTo(message, now))], after, false);
        }

        IReadOnlyList<SendResult> All(SendResult result) => [.. messages.Select(_ => result)];
    }

    SendResult AnswerTo(OutboundSms message, DateTimeOffset now)
    {
        // Taken before, it must not say that it is not.
        var fate = _remembered.ContainsKey(message.Reference) ? 1 : chance.NextDouble();
        if ((fate -= odds.Refused) < 0)
            return SendResult.Rejected(chance.Next(2) == 0 ? FailureClass.Number : FailureClass.Quota, "no");
        if ((fate -= odds.OtherNetwork) < 0)
            return SendResult.WrongNetwork("ported", chance.Next(2) == 0 ? "itel" : null);

        Take(message, now);
        return SendResult.Accepted("id");
    }

    /// <summary>One that drops repeats remembers them till midnight, and no longer.</summary>
    void Take(OutboundSms message, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (dropsRepeats && _remembered.TryGetValue(message.Reference, out var day) && day == today)
            return;

        _remembered[message.Reference] = today;
        var phone = (MessageReferenceCode(message.Reference), message.To.Msisdn);
        Received[phone] = Received.GetValueOrDefault(phone) + 1;
    }

    static string MessageReferenceCode(string reference) =>
        reference[..reference.IndexOf('-', StringComparison.Ordinal)];

    sealed class Connection(HistoryGateway gateway, HistoryProcess process, int mostPerCall) : ICarrier
    {
        public int MostPerCall => mostPerCall;

        public bool DropsRepeats => gateway.DropsRepeats;

        public async Task<IReadOnlyList<SendResult>> SendAsync(
            IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken)
        {
            if (!departure.TryLeave())
                return [.. messages.Select(_ => SendResult.PutBack("not let go"))];

            if (process.Reach(() => gateway.Arrive(messages)) is not var (results, after, throws))
                throw new IOException("killed");

            await Task.Delay(after, gateway.Time, cancellationToken);
            return throws ? throw new InvalidOperationException("a bug of the adapter") : results;
        }
    }

    TimeProvider Time => time;
}

/// <summary>How often a gateway does what, of a history: shares of 1.</summary>
sealed record HistoryOdds(
    double Busy,
    double TooFast,
    double Closed,
    double Lost,
    double Refused,
    double OtherNetwork,
    double Misconfigured,
    double Split,
    double Throws,
    double Slow,
    double LongestAnswer)
{
    public static HistoryOdds By(Random chance) => new(
        Busy: Some(chance, 0.3),
        TooFast: Some(chance, 0.08),
        Closed: Some(chance, 0.05),
        Lost: Some(chance, 0.15),
        Refused: Some(chance, 0.1),
        OtherNetwork: Some(chance, 0.15),
        Misconfigured: chance.Next(4) == 0 ? 0.02 : 0,
        Split: Some(chance, 0.1),
        Throws: chance.Next(8) == 0 ? 0.01 : 0,
        Slow: Some(chance, 0.03),
        LongestAnswer: chance.Next(3) switch { 0 => 0.02, 1 => 0.5, _ => 3 });

    static double Some(Random chance, double most) => chance.Next(3) == 0 ? 0 : chance.NextDouble() * most;
}
