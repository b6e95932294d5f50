using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>Says of a lane's first batch whether the lane opens for the rest.</summary>
static class CanaryVerdict
{
    /// <summary>Of the batch so many must be known, percent.</summary>
    const int Half = 50;

    /// <param name="states">Where its messages stand; those still planned or on their way may be left out.</param>
    /// <param name="isWhole">Whether each of the batch was answered once and nothing of it is on its way.</param>
    /// <param name="putOff">Messages of it that are to be tried again.</param>
    /// <param name="receipts">Of the messages taken, how many must have a receipt, percent; 0: none is waited
    /// for.</param>
    /// <param name="isOver">Whether receipts were waited for long enough.</param>
    /// <returns>Null: it is too early to say. Of fewer than half nothing is concluded: where the others were cut off
    /// that is <see cref="TrialVerdict.Unknown"/> in the end.</returns>
    /// <remarks>What was cut off by the program's own end, or put off, says nothing of the gateway, until a receipt or
    /// another try does, and counts on neither side. A batch that can only fail is not sent to its end.</remarks>
    public static (TrialState State, TrialFinding Finding)? Of(
        CanaryPolicy policy, IReadOnlyList<TrialMessage> states, bool isWhole, int putOff, int receipts, bool isOver)
    {
        var taken = states.Count(message => IsTaken(message.Status));
        var bad = states.Where(IsBad).ToList();
        var known = taken + bad.Count;
        var isKnown = isWhole && IsAtLeast(known, Half, policy.Messages);
        if (bad.Count > 0 && IsAtLeast(bad.Count, policy.FailuresPercent, isKnown ? known : policy.Messages))
            return Hold(Failures(bad, known, policy.FailuresPercent));
        if (!isWhole)
            return null;
        if (!isKnown)
            return isOver && !IsAtLeast(known + putOff, Half, policy.Messages)
                ? Hold(TrialFinding.Nothing with { Verdict = TrialVerdict.Unknown, Judged = policy.Messages })
                : null;

        var failed = bad.Count(message => message.Status == MessageStatus.Failed);
        var arrived = failed + states.Count(
            message => message.Status is MessageStatus.Sent or MessageStatus.Delivered);
        if (receipts == 0 || IsAtLeast(arrived, receipts, taken + failed))
            return (TrialState.Passed, TrialFinding.Nothing with { Judged = known, Found = bad.Count });

        return isOver
            ? Hold(new TrialFinding(
                TrialVerdict.FewReceipts, taken + failed, arrived, receipts, null, Reason.None, null))
            : null;
    }

    static (TrialState, TrialFinding) Hold(TrialFinding finding) => (TrialState.Held, finding);

    static TrialFinding Failures(List<TrialMessage> bad, int known, int bound)
    {
        var most = bad
            .GroupBy(message => (message.Failure, message.Reason, message.Code))
            .OrderByDescending(group => group.Count())
            .First().Key;
        var unanswered = bad.Count(message => message.Status == MessageStatus.Uncertain);
        var verdict = unanswered * 2 > bad.Count ? TrialVerdict.Unanswered : TrialVerdict.Failed;
        return new TrialFinding(verdict, known, bad.Count, bound, most.Failure, most.Reason, most.Code);
    }

    static bool IsTaken(MessageStatus status) =>
        status is MessageStatus.Accepted or MessageStatus.Sent or MessageStatus.Delivered;

    static bool IsBad(TrialMessage message) => message.Status == MessageStatus.Failed
        || (message.Status == MessageStatus.Uncertain && IsOfGateway(message.Reason));

    /// <summary>Whether it is the gateway's or the network's doing that a message is uncertain.</summary>
    public static bool IsOfGateway(Reason reason) => reason is not (
        Reason.Interrupted or Reason.Stopped or Reason.ClosedUnanswered or Reason.OwnFault or Reason.LedgerLost);

    static bool IsAtLeast(int part, int percent, int whole) => part * 100L >= (long)percent * whole;
}
