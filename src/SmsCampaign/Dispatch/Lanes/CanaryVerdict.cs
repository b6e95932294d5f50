using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>Says of a lane's first batch whether the lane opens for the rest.</summary>
static class CanaryVerdict
{
    /// <param name="states">Where its messages stand; those still planned or on their way may be left out.</param>
    /// <param name="isWhole">Whether the whole batch was handed over and nothing of it is on its way.</param>
    /// <param name="receipts">Of the messages taken, how many must have a receipt, percent; 0: none is waited
    /// for.</param>
    /// <param name="isOver">Whether receipts were waited for long enough.</param>
    /// <returns>Null: it is too early to say.</returns>
    /// <remarks>What was cut off by the program's own end says nothing of the gateway, until a receipt does, and counts
    /// on neither side. A batch that can only fail is not sent to its end.</remarks>
    public static (TrialState State, TrialFinding Finding)? Of(
        CanaryPolicy policy, IReadOnlyList<TrialMessage> states, bool isWhole, int receipts, bool isOver)
    {
        var taken = states.Count(message => IsTaken(message.Status));
        var bad = states.Where(IsBad).ToList();
        var known = taken + bad.Count;
        if (bad.Count > 0 && IsAtLeast(bad.Count, policy.FailuresPercent, isWhole ? known : policy.Messages))
            return Hold(Failures(bad, known, policy.FailuresPercent));
        if (!isWhole)
            return null;
        if (known == 0)
            return Hold(TrialFinding.Nothing with { Verdict = TrialVerdict.Unknown, Judged = policy.Messages });

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
