using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// What receipts do to a run's messages. Used on the writer's thread, inside its transaction.
/// </summary>
sealed class ReceiptRows(
    Db db, RunStatements statements, OpenAttempts attempts, RunCounters counters, RunInfo info) : IDisposable
{
    readonly CarrierReferences _references = new(db);
    readonly PartRows _parts = new(db);
    readonly ReceiptMarks _marks = new(db);
    readonly ReceiptNotes _notes = new(db);

    readonly Statement _readHandOver = db.Prepare("select handed_us from state where seq = ?");

    /// <summary>Where the last message stood: the next most likely stands there too.</summary>
    MessageStatus _likely = MessageStatus.Accepted;

    /// <inheritdoc cref="RunLedger.ApplyAsync(MatchedReceipt[], ReceiptMark?)"/>
    public IReadOnlyList<(int At, ReceiptOddity Kind)> Apply(
        ReadOnlySpan<MatchedReceipt> receipts, ReceiptMark? mark, long now)
    {
        var odd = new List<(int, ReceiptOddity)>();
        var done = _marks.Read();

        for (var at = 0; at < receipts.Length; at++)
        {
            ref readonly var receipt = ref receipts[at];
            if (mark is not null && !receipt.Waited && done.Cover(receipt))
                continue;

            var kind = Apply(receipt, now);
            if (kind is { } strange)
                odd.Add((at, strange));
            if (receipt.RawId > 0 && (kind is not null || receipt.Waited))
                _notes.Add(receipt, kind);
        }

        if (mark is { } reached)
            _marks.Write(done, reached);
        return odd;
    }

    /// <summary>What the file of receipts may not have yet.</summary>
    public IReadOnlyList<ReceiptNote> ReadNotes() => _notes.Read();

    /// <summary>The file of receipts has it.</summary>
    public void ClearNotes() => _notes.Clear();

    /// <summary>Keeps what a gateway calls a message it has taken.</summary>
    public void AddReferences(int lane, long seq, SendResult result) => _references.Add(lane, seq, result);

    /// <summary>Keeps what a gateway calls a message when it is asked about it.</summary>
    public void AddReference(int lane, long seq, string id) => _references.Add(lane, seq, id);

    /// <summary>The messages to which a lane's gateway gave ids; null where there is none (yet).</summary>
    public IReadOnlyList<NamedMessage?> Find(IReadOnlyList<(int Lane, string CarrierId)> ids)
    {
        var found = new NamedMessage?[ids.Count];
        for (var at = 0; at < found.Length; at++)
            found[at] = _references.Find(ids[at].Lane, ids[at].CarrierId);
        return found;
    }

    /// <summary>Which messages' calls are made and not yet answered.</summary>
    public IReadOnlyList<bool> AreInFlight(IReadOnlyList<long> messages) =>
        [.. messages.Select(
            seq => statements.ReadStatus(seq) is null or MessageStatus.Planned && attempts.IsInFlight(seq))];

    public void Dispose()
    {
        _references.Dispose();
        _parts.Dispose();
        _marks.Dispose();
        _notes.Dispose();
        _readHandOver.Dispose();
    }

    ReceiptOddity? Apply(in MatchedReceipt matched, long now)
    {
        if (info.Lanes[matched.Lane].ReceiptTrust.WorthOf(matched.Status) is not { } to)
            return ReceiptOddity.Untrusted;

        if (matched.Part > 0 && Math.Max(matched.Parts, Math.Max(matched.Part, _parts.PlannedParts(matched.Seq))) > 1)
            return ApplyPart(matched, to, now);

        if (_likely.MayBecome(to) && TryMove(matched, _likely, to, now))
            return null;

        return ApplyWhole(matched, statements.ReadStatus(matched.Seq), to, now);
    }

    ReceiptOddity? ApplyWhole(in MatchedReceipt matched, MessageStatus? stands, MessageStatus to, long now)
    {
        if (stands is not { } status)
            return ApplyToOneWithoutRow(matched, to, now);

        // One that a person has put back to planned has been tried: sending it again could send it twice.
        if (status == MessageStatus.Planned || status.MayBecome(to))
        {
            var contradicts = status == MessageStatus.Planned && !statements.MayBeSent(matched.Seq);
            TryMove(matched, status, to, now);
            _likely = status;
            return contradicts ? ReceiptOddity.Contradicting : null;
        }

        // Said with more confidence than the lane's receipts deserve, it comes down to what
        // the answer said: nothing odd.
        return status == to ? (to == matched.Status ? ReceiptOddity.Repeated : null)
            : status.IsFinal() && to.IsFinal() ? ReceiptOddity.Contradicting
            : status == MessageStatus.Leftover ? ReceiptOddity.Contradicting
            : ReceiptOddity.Outdated;
    }

    /// <summary>No row: planned, or in flight. A receipt for a message in flight came before the answer. One for a
    /// message that was tried and put off counts as well, as sending again could send it twice; it contradicts the
    /// gateway's own answer, unless that was lost. One for a message never tried is nothing we did.</summary>
    ReceiptOddity? ApplyToOneWithoutRow(in MatchedReceipt matched, MessageStatus to, long now)
    {
        if (!attempts.WasTried(matched.Seq))
            return ReceiptOddity.Unexpected;

        var inFlight = attempts.IsInFlight(matched.Seq);
        statements.AddState(
            matched.Seq, to, null, null, FailureOf(matched, to), Reason.None, matched.Code, null, now, matched.At);
        counters.Move(matched.Seq, inFlight ? MessageStatus.Submitting : MessageStatus.Planned, to);
        CountLast(matched, to, inFlight, now);
        return inFlight || attempts.IsInDoubt(matched.Seq) ? null : ReceiptOddity.Contradicting;
    }

    ReceiptOddity? ApplyPart(in MatchedReceipt matched, MessageStatus to, long now)
    {
        var stands = statements.ReadStatus(matched.Seq);
        var best = info.Lanes[matched.Lane].ReceiptTrust.Best();

        // Of these no part is awaited (any more): the message came as far as it can with all of them, was refused as a
        // whole, or was never tried.
        var settled = stands is MessageStatus.Failed || (stands == best && to != MessageStatus.Failed);
        if (stands is MessageStatus.Delivered or MessageStatus.Leftover
            || (settled && !_parts.Any(matched.Seq))
            || (stands is null && !attempts.WasTried(matched.Seq)))
        {
            return ApplyWhole(matched, stands, to, now);
        }

        var (message, odd) = _parts.Take(matched.Seq, matched.Part, matched.Parts, to);
        if (message is not { } together)
            return odd;

        if (together == best)
            _parts.Remove(matched.Seq);
        return stands is null or MessageStatus.Planned || stands.Value.MayBecome(together)
            ? ApplyWhole(matched, stands, together, now)
            : null;
    }

    bool TryMove(in MatchedReceipt matched, MessageStatus from, MessageStatus to, long now)
    {
        if (!statements.TryMove(matched.Seq, from, to, FailureOf(matched, to), matched.Code, now, matched.At))
            return false;

        counters.Move(matched.Seq, from, to);
        CountLast(matched, to, isRecent: false, now);
        return true;
    }

    /// <summary>A message that failed is counted only where it was handed over within what the guard looks back upon:
    /// what a phone that is off all day fails with in the end says nothing of what the lane sends now.</summary>
    /// <param name="isRecent">Whether it is known to have been.</param>
    void CountLast(in MatchedReceipt matched, MessageStatus to, bool isRecent, long now)
    {
        var isBest = to == info.Lanes[matched.Lane].ReceiptTrust.Best();
        if (isBest || (to == MessageStatus.Failed && (isRecent || WasHandedOverLately(matched, now))))
            counters.AddReceipt(matched.Lane, FailureOf(matched, to));
    }

    bool WasHandedOverLately(in MatchedReceipt matched, long now)
    {
        var from = Math.Max(now - (long)info.Guard.Over.TotalMicroseconds, counters.FailuresFrom(matched.Lane));
        _readHandOver.Bind(1, matched.Seq);
        var isLately = _readHandOver.Step() && _readHandOver.NumberOrNull(0) >= from;
        _readHandOver.Reset();
        return isLately;
    }

    static FailureClass? FailureOf(in MatchedReceipt matched, MessageStatus to) =>
        to == MessageStatus.Failed ? matched.Failure ?? FailureClass.Unknown : null;
}
