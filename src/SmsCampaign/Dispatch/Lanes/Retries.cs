using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// What becomes of messages that were put off: how long each waits, and when it has been tried enough.
/// </summary>
/// <remarks>
/// A message that was busy or lost waits by itself, exponentially longer each time and by chance within that ("full
/// jitter", so that a thousand messages refused together do not come back together). One that was throttled or found
/// the gateway closed waits for its lane, and has used up nothing. Not safe for two threads at once.
/// </remarks>
/// <param name="dropsRepeats">Whether the gateway drops repeats. Where it does not (any more), a message that may have
/// been sent is not sent again.</param>
/// <param name="stopped">Time that counts against no message's validity, but for one that may have been sent: a gateway
/// does not know repeats forever.</param>
/// <param name="chance">0 to 1.</param>
sealed class Retries(
    RetryPolicy policy,
    IEnumerable<EarlierTries> earlier,
    bool dropsRepeats,
    StoppedTime stopped,
    ProcessClock clock,
    Func<double> chance)
{
    /// <summary>The first wait is up to this long; each next one up to twice as long, at most
    /// <see cref="LongestWait"/>.</summary>
    static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    readonly Dictionary<long, Tries> _tries = earlier.ToDictionary(
        tries => tries.Seq,
        tries => new Tries
        {
            Counted = tries.Counted,
            First = tries.First,
            MayBeSent = tries.MayBeSent,
            Why = tries.Why,
            Code = tries.Code,
        });

    /// <summary>Whether any message has been tried that is not settled.</summary>
    public bool HasAny => _tries.Count > 0;

    /// <summary>Looks at an answer before it is written.</summary>
    /// <returns>It, or what the message ends with where it has been tried enough, or may have been taken at an earlier
    /// try although this one is refused. A refusal of the number, the text or the sender would have met that try as
    /// well; one for another reason, such as money, says nothing of it.</returns>
    public SendResult Judge(long seq, SendResult result, long? handedAt)
    {
        if (result.Outcome == SendOutcome.Rejected
            && result.Failure is not (FailureClass.Number or FailureClass.Content or FailureClass.Sender)
            && MayBeSent(seq))
            return SendResult.Uncertain(Reason.RepeatRefused, $"repeat refused: {result.Reason}", result.Code);
        if (result.Deferral is not { } deferral
            || deferral is Deferral.Configuration or Deferral.Split) // nothing of the message's own doing
            return result;

        var now = clock.Now();
        if (!_tries.TryGetValue(seq, out var tries))
        {
            // Nothing left us: its time has not begun.
            if (handedAt is null && deferral == Deferral.Closed)
                return result;

            _tries[seq] = tries = new Tries { First = handedAt ?? now };
        }

        tries.MayBeSent |= deferral == Deferral.Lost;
        tries.Due = 0;
        if (handedAt is not null || deferral != Deferral.Closed) // else it is our own word, not the gateway's
            (tries.Why, tries.Code) = (result.Why, result.Code);

        if (deferral is Deferral.Busy or Deferral.Lost)
        {
            tries.Counted++;
            tries.Due = now + (long)Math.Max(
                (result.RetryAfter ?? TimeSpan.Zero).TotalMicroseconds,
                WaitAfter(tries.Counted).TotalMicroseconds * chance());
        }

        return End(tries, now) ?? result;
    }

    /// <summary>Takes note of a message that was uncertain and is planned again.</summary>
    /// <param name="mayBeSentSince">As of <see cref="PutBackMessage"/>; where it is null, what was tried
    /// before counts no more.</param>
    public void BeginAgain(long seq, long? mayBeSentSince)
    {
        if (mayBeSentSince is not { } since)
        {
            _tries.Remove(seq);
            return;
        }

        if (!_tries.TryGetValue(seq, out var tries))
            _tries[seq] = tries = new Tries { First = since, Why = Reason.Interrupted };
        tries.MayBeSent = true;
        tries.Due = 0;
    }

    /// <summary>When a message that was put off may be tried again, microseconds; 0: as soon as its lane may.</summary>
    public long DueAt(long seq) => _tries.TryGetValue(seq, out var tries) ? tries.Due : 0;

    /// <summary>What a message ends with that has waited too long to be sent at all; null where
    /// it may still be.</summary>
    public SendResult? EndOf(long seq, long now) => _tries.TryGetValue(seq, out var tries) ? End(tries, now) : null;

    /// <summary>Whether the message may have been sent although it is to be tried again.</summary>
    public bool MayBeSent(long seq) => _tries.TryGetValue(seq, out var tries) && tries.MayBeSent;

    SendResult? End(Tries tries, long now)
    {
        if (tries.MayBeSent && !dropsRepeats)
            return SendResult.Uncertain(tries.Why, ReasonWords.Of(tries.Why, tries.Code).En, tries.Code);

        var late = IsLate(tries, now);
        if (!late && tries.Counted < policy.MostTries)
            return null;

        // The class says that it was tried long enough, the code what the gateway last answered.
        return tries.MayBeSent
            ? SendResult.Uncertain(
                Reason.RepeatedInVain,
                $"repeated in vain: {ReasonWords.Of(tries.Why, tries.Code).In(Language.English)}",
                tries.Code)
            : SendResult.Rejected(late ? FailureClass.Expired : FailureClass.Gateway, tries.Why, tries.Code);
    }

    bool IsLate(Tries tries, long now)
    {
        var late = now - tries.First - (long)policy.Validity.TotalMicroseconds;
        return late >= 0 && (tries.MayBeSent || late >= stopped.Within(tries.First, now));
    }

    static TimeSpan WaitAfter(int counted)
    {
        var doubled = FirstWait * Math.Pow(2, Math.Min(counted - 1, 20));
        return doubled < LongestWait ? doubled : LongestWait;
    }

    sealed class Tries
    {
        public int Counted { get; set; }
        public long First { get; init; }
        public bool MayBeSent { get; set; }
        public long Due { get; set; }
        public Reason Why { get; set; }
        public string? Code { get; set; }
    }
}
