using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// Watches what becomes of the messages of a lane that sends: over a sliding time, answers by themselves and receipts
/// by themselves, failures class by class.
/// </summary>
/// <remarks>Counting takes neither lock nor memory: <see cref="Note"/> is called by one thread at a time, and what it
/// counts is looked at by the lane's loop, ten times in the time looked back upon.</remarks>
/// <param name="counters">Count the receipts.</param>
/// <param name="messagesIn">How many messages the lane can send in a time, at the rate in force.</param>
sealed class LaneGuard(GuardPolicy policy, RunCounters counters, int lane, Func<TimeSpan, double> messagesIn)
{
    /// <summary>How often the loop looks, at least.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    const int Slices = 10;

    /// <summary>Places of <see cref="_answers"/>: those taken, by class those refused, and those without an
    /// answer.</summary>
    const int Taken = 0;
    static readonly int Unanswered = RunCounters.ReceiptKinds;
    static readonly int Answers = RunCounters.ReceiptKinds + 1;

    readonly long[] _answers = new long[Answers];
    readonly SendResult?[] _last = new SendResult?[Answers];
    readonly long[] _now = new long[Answers + RunCounters.ReceiptKinds];
    readonly long[][] _marks =
        [.. Enumerable.Range(0, Slices).Select(_ => new long[Answers + RunCounters.ReceiptKinds])];
    readonly long _slice = Math.Max(1, (long)policy.Over.TotalMicroseconds / Slices);
    long _slot = -1;
    long _lookAt;

    /// <summary>Takes note of what came of a message.</summary>
    public void Note(SendResult result)
    {
        switch (result.Outcome)
        {
            case SendOutcome.Accepted:
                _answers[Taken]++;
                break;
            case SendOutcome.Rejected:
                Add((int)(result.Failure ?? FailureClass.Unknown), result);
                break;
            case SendOutcome.Deferred when result.Deferral == Deferral.Rerouted: // another lane makes up for it
                Add((int)FailureClass.Number, result);
                break;
            case SendOutcome.Uncertain when CanaryVerdict.IsOfGateway(result.Why):
                Add(Unanswered, result);
                break;
        }
    }

    /// <summary>Begins anew: what was before counts no more.</summary>
    public void Restart() => (_slot, _lookAt) = (-1, 0);

    /// <param name="now">Microseconds of the process clock.</param>
    /// <returns>Why the lane is to be held; null where nothing speaks against it.</returns>
    public TrialFinding? Look(long now)
    {
        if (!policy.IsOn || now < _lookAt)
            return null;

        _lookAt = now + (long)LookEvery.TotalMicroseconds;
        if (_slot < 0)
            counters.CountFailuresFrom(lane, now);
        Array.Copy(_answers, _now, Answers);
        counters.ReadReceipts(lane, _now.AsSpan(Answers));
        Mark(now / _slice);
        return Find(0, Unanswered) ?? Find(Answers, RunCounters.ReceiptKinds - 1);
    }

    void Add(int place, SendResult result)
    {
        _answers[place]++;
        _last[place] = result;
    }

    /// <summary>Keeps how far the counts had come as each slice began.</summary>
    void Mark(long slot)
    {
        for (var begun = Math.Max(_slot < 0 ? 0 : _slot + 1, slot - Slices + 1); begun <= slot; begun++)
            Array.Copy(_now, _marks[begun % Slices], _now.Length);
        _slot = slot;
    }

    /// <param name="from">Place of those that fared well; the others follow.</param>
    TrialFinding? Find(int from, int others)
    {
        // A gateway that reports failures alone: what they are of is what it has taken.
        var areFailuresAlone = from == Answers && _now[Answers] == 0;
        var (all, most) = (Since(areFailuresAlone ? Taken : from), 0);
        for (var place = 1; place <= others; place++)
        {
            all += areFailuresAlone ? 0 : Since(from + place);
            if (most == 0 || Since(from + place) > Since(from + most))
                most = place;
        }

        var found = Since(from + most);
        if (all < Least() || found * 100 <= policy.FailuresPercent * all)
            return null;

        var said = from == 0 ? Volatile.Read(ref _last[most]) : null;
        var isUnanswered = from == 0 && most == Unanswered;
        return new TrialFinding(
            isUnanswered ? TrialVerdict.Unanswered : TrialVerdict.Failed,
            (int)Math.Min(all, int.MaxValue),
            (int)Math.Min(found, int.MaxValue),
            policy.FailuresPercent,
            isUnanswered ? null : (FailureClass)most,
            said?.Why ?? Reason.None,
            said?.Code);
    }

    /// <summary>Of fewer nothing is concluded. A slow lane never sends so many in that time: there it is half of what
    /// it can.</summary>
    double Least() => Math.Min(policy.Messages, Math.Max(GuardPolicy.FewestMessages, messagesIn(policy.Over) / 2));

    /// <summary>Since the oldest slice began.</summary>
    long Since(int place) => _now[place] - _marks[(_slot + 1) % Slices][place];
}
