using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Storage;

/// <summary>
/// What receipts do to a run's messages. Used on the writer's thread, inside its transaction.
/// </summary>
sealed class ReceiptRows(RunStatements statements, OpenAttempts attempts, RunCounters counters, RunInfo info)
{
    /// <summary>Applies receipts whose message is known, in the order of their messages.</summary>
    /// <param name="through">Id of the last raw receipt of the batch; null for receipts that waited.</param>
    /// <returns>What was odd about each; null where it simply settled its message.</returns>
    public IReadOnlyList<ReceiptOddity?> Apply(IReadOnlyList<MatchedReceipt> receipts, long? through, long now)
    {
        var odd = new ReceiptOddity?[receipts.Count];
        var appliedThrough = statements.ReadReceiptsThrough();

        // Locality: the file is walked forward once.
        foreach (var at in Enumerable.Range(0, receipts.Count).OrderBy(at => receipts[at].Seq))
        {
            if (through is null || receipts[at].RawId > appliedThrough)
                odd[at] = Apply(receipts[at], now);
        }

        if (through > appliedThrough)
            statements.WriteReceiptsThrough(through.Value);
        return odd;
    }

    /// <summary>The messages to which a lane's gateway gave ids; null where there is none (yet).</summary>
    public IReadOnlyList<long?> Find(IReadOnlyList<(int Lane, string CarrierId)> ids) =>
        [.. ids.Select(id => statements.FindReference(id.Lane, id.CarrierId))];

    ReceiptOddity? Apply(MatchedReceipt matched, long now)
    {
        var receipt = matched.Receipt;
        if (Cap(receipt.Status, info.Lanes[matched.Lane].ReceiptTrust) is not { } to)
            return ReceiptOddity.Untrusted;

        var at = receipt.At is { } moment ? ProcessClock.ToMicros(moment) : (long?)null;

        if (statements.ReadStatus(matched.Seq) is not { } status)
        {
            // No row: planned, or in flight. A receipt for a message in flight came before the answer. One for a message
            // that was tried and put off contradicts the gateway's own answer; sending again could send it twice, so it
            // counts as well. One for a message never tried is nothing we did.
            if (!attempts.WasTried(matched.Seq))
                return ReceiptOddity.Unexpected;

            var inFlight = attempts.IsInFlight(matched.Seq);
            statements.AddState(matched.Seq, to, null, receipt.CarrierMessageId, receipt.Failure, receipt.Code, null, now, at);
            counters.Move(matched.Seq, inFlight ? MessageStatus.Submitting : MessageStatus.Planned, to);
            return inFlight ? null : ReceiptOddity.Contradicting;
        }

        // One that a person has put back to planned has been tried: sending it again could send it twice.
        if (status == MessageStatus.Planned || status.MayBecome(to))
        {
            statements.UpdateStatus(matched.Seq, to, receipt.Failure, receipt.Code, now, at);
            counters.Move(matched.Seq, status, to);
            return status == MessageStatus.Planned ? ReceiptOddity.Contradicting : null;
        }

        // Said with more confidence than the lane's receipts deserve, it comes down to what the answer said: nothing odd.
        return status == to ? (to == receipt.Status ? ReceiptOddity.Repeated : null)
            : status.IsFinal() && to.IsFinal() ? ReceiptOddity.Contradicting
            : status == MessageStatus.Leftover ? ReceiptOddity.Contradicting
            : ReceiptOddity.Outdated;
    }

    /// <summary>What a receipt is worth on a lane: never more than its trust.</summary>
    /// <returns>Null where the lane's receipts are not to be believed at all.</returns>
    static MessageStatus? Cap(MessageStatus status, ReceiptTrust trust) => (status, trust) switch
    {
        (_, ReceiptTrust.None) => null,
        (MessageStatus.Failed, _) => status,
        (_, ReceiptTrust.Gateway) => MessageStatus.Accepted,
        (MessageStatus.Delivered, ReceiptTrust.Network) => MessageStatus.Sent,
        _ => status,
    };
}
