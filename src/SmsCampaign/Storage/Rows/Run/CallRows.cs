using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// Intents and what came of them, as the ledger's writer writes them: a row and its counts together.
/// </summary>
/// <param name="frontier">By carrier, the last message that is in an attempt: kept up.</param>
sealed class CallRows(
    RunInfo info,
    RunStatements statements,
    OpenAttempts attempts,
    ReceiptRows receipts,
    RunCounters counters,
    MoveRows moves,
    ResolutionRows resolutions,
    LaneEpochs epochs,
    long[] frontier)
{
    readonly HashSet<long> _reopened = []; // batches, by this process

    /// <summary>Whether one of the messages of a batch was put back, and may be under way by now: the
    /// next start looks.</summary>
    public bool IsReopened(PlannedBatch batch) => _reopened.Contains(batch.Id);

    /// <returns>The attempt's id; null where a message of the call has left "planned" meanwhile.</returns>
    /// <exception cref="LaneTakenException">The lane is somebody else's.</exception>
    public long? Begin(PlannedCall call, long now)
    {
        var epoch = epochs.Check(call.Lane);
        var first = call.Messages[0].Seq;
        var last = call.Messages[^1].Seq;

        if (statements.AnyState(first, last))
        {
            if (statements.AnySettled(first, last))
                return null;

            // A person had put some back to planned: the attempt says more now. Their batch was done; were the attempt
            // put off, a later start would not look there.
            foreach (var message in call.Messages)
            {
                if (statements.ReadStatus(message.Seq) is not null)
                    attempts.MarkTried(message.Seq, statements.MayBeSent(message.Seq));
            }

            statements.RemovePlannedRows(first, last);
            statements.ReopenBatch(Math.Abs(call.Batch.Id));
            _reopened.Add(Math.Abs(call.Batch.Id));
            resolutions.TakeIn();
        }

        var attempt = statements.AddAttempt(
            call.Lane, first, last, call.Batch.Parts * call.Messages.Count, call.Calls, now, epoch);
        attempts.Begin(attempt, call);
        ref var furthest = ref frontier[MessageSeq.CarrierOf(last)];
        furthest = Math.Max(furthest, last);
        foreach (var message in call.Messages)
            counters.Move(message.Seq, MessageStatus.Planned, MessageStatus.Submitting);
        return attempt;
    }

    /// <param name="answer">Its place among the answers.</param>
    /// <param name="again">Takes the messages to try again on this lane.</param>
    public void Finish(in CallResult call, int answer, List<(int, PlannedMessage)> again, long now)
    {
        epochs.Check(call.Call.Lane);
        for (var at = 0; at < call.Results.Count; at++)
        {
            var message = call.Call.Messages[call.First + at];
            if (!FinishMessage(call, message.Seq, call.Results[at], now))
                again.Add((answer, message));
        }

        if (attempts.Answer(call) is { } end)
            statements.CloseAttempt(call.Attempt, end.HandedAt, now, end.Worst, end.Note);

        if (call.HandedAt is { } handed)
        {
            var lane = info.Lanes[call.Call.Lane];
            counters.AddHandedOver(
                lane.Id, handed, lane.CostOf(call.Call.Batch.Parts, call.Results.Count), call.Results.Count);
        }
    }

    /// <summary>Settles messages that wait to be tried again and will not be.</summary>
    public void GiveUp(IReadOnlyList<(PlannedBatch Batch, long Seq, SendResult Why)> messages, long now)
    {
        resolutions.TakeIn(); // of those put back to planned
        foreach (var (batch, seq, why) in messages)
        {
            epochs.Check(batch.Lane);
            var status = StatusOf(why.Outcome);
            switch (statements.ReadStatus(seq))
            {
                case null:
                    statements.AddState(seq, status, null, null, why.Failure, why.Why, why.Code, null, now);
                    break;
                case MessageStatus.Planned:
                    statements.UpdateStatus(seq, status, why.Failure, why.Why, why.Code, now);
                    break;
                default:
                    continue; // a receipt came meanwhile
            }

            counters.Move(seq, MessageStatus.Planned, status);
        }
    }

    /// <summary>Makes uncertain what is under an intent whose answer could not be written.</summary>
    /// <param name="messages">How many messages.</param>
    /// <returns>Whether there was any such intent.</returns>
    public bool Interrupt(long now, out int messages)
    {
        messages = 0;
        var open = attempts.Read();
        foreach (var attempt in open)
        {
            epochs.Check(attempt.Lane);
            for (var seq = attempt.First; seq <= attempt.Last; seq++)
            {
                if (!attempts.IsInFlight(seq) || statements.ReadStatus(seq) is not null)
                    continue;

                statements.AddState(
                    seq, MessageStatus.Uncertain, attempt.Id, null, null, Reason.Interrupted, null, null, now);
                counters.Move(seq, MessageStatus.Submitting, MessageStatus.Uncertain);
                messages++;
            }

            statements.CutOffAttempt(attempt.Id, now);
            counters.AddHandedOver(attempt.Lane, now, 0, 0);
        }

        foreach (var attempt in open)
            attempts.End(attempt.Id);
        return open.Count > 0;
    }

    /// <returns>False where the message is to be tried again on this lane.</returns>
    bool FinishMessage(in CallResult call, long seq, SendResult result, long now)
    {
        if (call.Call.KeepCarrierReference)
            receipts.AddReferences(call.Call.Lane, seq, result);

        // Nearly every answer is this one, to a message without a row.
        if (result.Outcome == SendOutcome.Accepted
            && statements.TryAddAccepted(seq, call.Attempt, result.CarrierMessageId, call.HandedAt, now))
        {
            counters.Move(seq, MessageStatus.Submitting, MessageStatus.Accepted);
            return true;
        }

        // A receipt was quicker than the answer: the answer adds what it knows, and never moves the status back.
        if (statements.ReadStatus(seq) is { } early)
        {
            statements.AddAnswer(seq, call.Attempt, result.CarrierMessageId, call.HandedAt);
            return early != MessageStatus.Planned;
        }

        var status = StatusOf(result.Outcome);
        counters.Move(seq, MessageStatus.Submitting, status);
        if (status != MessageStatus.Planned)
        {
            statements.AddState(
                seq, status, call.Attempt, result.CarrierMessageId, result.Failure, result.Why, result.Code,
                call.HandedAt, now);
            return true;
        }

        if (result.Route is { } route)
        {
            attempts.PutBack(seq, tried: false, mayBeSent: false);
            statements.AddTried(seq, call.Attempt, call.HandedAt, now, Deferral.Rerouted, result);
            moves.Move(seq, call.Call.Batch.Id, route, result.Reason!, now);
            return true;
        }

        // Under an intent that is still open the row also says that a crash does not make this one uncertain.
        var tried = result.Deferral is not null
            && (call.HandedAt is not null || result.Deferral is Deferral.Busy or Deferral.Lost);
        attempts.PutBack(seq, tried, mayBeSent: result.Deferral == Deferral.Lost);
        if (tried || call.Call.Calls > 1)
            statements.AddTried(seq, call.Attempt, call.HandedAt, now, result.Deferral ?? Deferral.Closed, result);
        return false;
    }

    static MessageStatus StatusOf(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted => MessageStatus.Accepted,
        SendOutcome.Rejected => MessageStatus.Failed,
        SendOutcome.Deferred => MessageStatus.Planned,
        _ => MessageStatus.Uncertain,
    };
}
