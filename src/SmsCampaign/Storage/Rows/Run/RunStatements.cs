using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// The statements a run's writer repeats, prepared once. Used on the writer's thread, inside its transaction.
/// </summary>
/// <param name="kept">The kept counts.</param>
class RunStatements(Db db, TallyRows kept) : IDisposable
{
    /// <summary>SQL: whether a row of <c>standing_try</c> says that its message may have been sent. As the index
    /// tried_doubt has it.</summary>
    internal const string TriedInDoubt = "deferral in (4, 5)";

    readonly Statement _addAttempt = db.Prepare(
        "insert into attempt (lane, first_seq, last_seq, parts, intent_us, calls, epoch) values (?, ?, ?, ?, ?, ?, ?)");

    readonly Statement _closeAttempt = db.Prepare(
        "update attempt set handed_us = ?, answered_us = ?, outcome = ?, note = ? where id = ?");

    readonly Statement _closeBatch = db.Prepare("update batch set done_us = ? where id = ?");

    readonly Statement _reopenBatch = db.Prepare("update batch set done_us = null where id = ?");

    readonly Statement _closeAllBatches = db.Prepare("update batch set done_us = ? where done_us is null");

    readonly Statement _anySettled = db.Prepare(
        "select 1 from state where seq between ? and ? and status <> 0 limit 1");

    readonly Statement _anyState = db.Prepare("select 1 from state where seq between ? and ? limit 1");

    // What is known of its hand-over must outlive the row.
    readonly Statement _keepPlanned = db.Prepare($"""
        insert into tried (seq, attempt, handed_us, answered_us, deferral, reason)
        select seq, attempt, handed_us, case when {InquiryRows.MayBeSent} then {InquiryRows.MayBeSentSince} else settled_us end,
               case when {InquiryRows.MayBeSent} then {(int)Deferral.CutOff} else 0 end,
               case when {InquiryRows.MayBeSent} then {(int)Reason.Interrupted} else reason end
        from   state
        where  seq between ? and ? and status = 0 and attempt is not null
        """);

    readonly Statement _removePlanned = db.Prepare("delete from state where seq between ? and ? and status = 0");

    readonly Statement _mayBeSent = db.Prepare(
        $"select 1 from state where seq = ? and status = 0 and {InquiryRows.MayBeSent}");

    readonly Statement _readState = db.Prepare("select status from state where seq = ?");

    readonly Statement _addState = db.Prepare("""
        insert into state (seq, status, attempt, carrier_id, failure, code, handed_us, settled_us, carrier_us, reason)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    readonly Statement _addAccepted = db.Prepare("""
        insert into state (seq, status, attempt, carrier_id, handed_us, settled_us)
        values (?, 3, ?, ?, ?, ?)
        on conflict do nothing
        """);

    readonly Statement _addTried = db.Prepare(
        "insert into tried (seq, attempt, handed_us, answered_us, deferral, note, reason) "
        + "values (?, ?, ?, ?, ?, ?, ?)");

    readonly Statement _addAnswer = db.Prepare("""
        update state
        set    attempt = ?, carrier_id = coalesce(?, carrier_id), handed_us = coalesce(?, handed_us)
        where  seq = ?
        """);

    readonly Statement _updateStatus = db.Prepare("""
        update state
        set    status = ?, failure = ?, code = ?, settled_us = ?, carrier_us = ?, reason = ?
        where  seq = ?
        """);

    readonly Statement _addResolution = db.Prepare("""
        insert into resolution (seq, from_status, to_status, who, reason, at_us, by_kind, by_os, last_try)
        values (?, ?, ?, ?, ?, ?, ?, ?, (select coalesce(max(id), 0) from tried))
        """);

    readonly Statement _lastAttempt = db.Prepare("select max(id) from attempt");

    /// <summary>Settles a message of which it is known where it stands, without looking first: the usual case of a
    /// receipt in one statement.</summary>
    readonly Statement _move = db.Prepare("""
        update state
        set    status = ?, failure = ?, code = ?, settled_us = ?, carrier_us = ?, reason = 0
        where  seq = ? and status = ?
        """);

    readonly Statement _readEpoch = db.Prepare("select epoch from lane_owner where lane = ?");

    (long Attempt, long? HandedAt, long Now) _accepted;

    /// <summary>Whether <see cref="Look"/> makes what follows cheaper.</summary>
    public virtual bool LooksAhead => false;

    /// <summary>A transaction has begun.</summary>
    /// <param name="ahead">What it will be about, as far as that is known before.</param>
    public virtual void Look(LookAhead ahead)
    {
    }

    /// <summary>What the transaction wrote was taken back.</summary>
    public virtual void TakeBack()
    {
    }

    /// <returns>The epoch of a lane; 0 where it was never taken.</returns>
    public virtual long ReadEpoch(int lane)
    {
        var epoch = _readEpoch.Bind(1, lane).Step() ? _readEpoch.Number(0) : 0;
        _readEpoch.Reset();
        return epoch;
    }

    /// <param name="epoch">Of the lane.</param>
    public virtual long AddAttempt(int lane, long first, long last, int parts, int calls, long now, long epoch)
    {
        _addAttempt
            .Bind(1, lane)
            .Bind(2, first)
            .Bind(3, last)
            .Bind(4, parts)
            .Bind(5, now)
            .Bind(6, calls)
            .Bind(7, epoch)
            .Run();
        return db.LastRowId;
    }

    /// <summary>Id of the last attempt; 0 where there is none.</summary>
    public virtual long LastAttempt()
    {
        _lastAttempt.Step();
        var last = _lastAttempt.Number(0);
        _lastAttempt.Reset();
        return last;
    }

    public virtual void CloseAttempt(long id, long? handedAt, long now, SendOutcome outcome, string? note) =>
        _closeAttempt.Bind(1, handedAt).Bind(2, now).Bind(3, (long)outcome).Bind(4, note).Bind(5, id).Run();

    /// <summary>Closes an attempt of whose answer nothing is known.</summary>
    public void CutOffAttempt(long id, long now)
    {
        using var cutOff = db.Prepare("update attempt set answered_us = ?, outcome = ?, cut_off = 1 where id = ?");
        cutOff.Bind(1, now).Bind(2, (long)SendOutcome.Uncertain).Bind(3, id).Run();
    }

    public void CloseBatch(long id, long now) => _closeBatch.Bind(1, now).Bind(2, id).Run();

    public void ReopenBatch(long id) => _reopenBatch.Bind(1, id).Run();

    public virtual bool AnySettled(long first, long last) => IsThere(_anySettled.Bind(1, first).Bind(2, last));

    /// <summary>Whether any of the messages has a row, be it that of one put back to planned.</summary>
    public virtual bool AnyState(long first, long last) => IsThere(_anyState.Bind(1, first).Bind(2, last));

    /// <summary>Whether a message that was put back to planned may have been sent all the same.</summary>
    public bool MayBeSent(long seq) => IsThere(_mayBeSent.Bind(1, seq));

    /// <summary>Takes away the rows of messages put back to planned.</summary>
    public virtual void RemovePlannedRows(long first, long last)
    {
        _keepPlanned.Bind(1, first).Bind(2, last).Run();
        _removePlanned.Bind(1, first).Bind(2, last).Run();
    }

    /// <returns>Null where the message has no row: planned or submitting.</returns>
    public virtual MessageStatus? ReadStatus(long seq)
    {
        _readState.Bind(1, seq);
        MessageStatus? state = _readState.Step() ? (MessageStatus)_readState.Number(0) : null;
        _readState.Reset();
        return state;
    }

    public virtual void AddState(
        long seq,
        MessageStatus status,
        long? attempt,
        string? carrierId,
        FailureClass? failure,
        Reason reason,
        string? code,
        long? handedAt,
        long now,
        long? carrierAt = null) =>
        _addState
            .Bind(1, seq)
            .Bind(2, (long)status)
            .Bind(3, attempt)
            .Bind(4, carrierId)
            .Bind(5, (long?)failure)
            .Bind(6, code)
            .Bind(7, handedAt)
            .Bind(8, now)
            .Bind(9, carrierAt)
            .Bind(10, (long)reason)
            .Run();

    /// <summary>Adds a message the gateway has taken.</summary>
    /// <returns>False where it has a status already: nothing was changed.</returns>
    public virtual bool TryAddAccepted(long seq, long attempt, string? carrierId, long? handedAt, long now)
    {
        // A binding stays until it is replaced: the messages of a list have all but the ids in common.
        if (_accepted != (attempt, handedAt, now))
        {
            _addAccepted.Bind(2, attempt).Bind(4, handedAt).Bind(5, now);
            _accepted = (attempt, handedAt, now);
        }

        _addAccepted.Bind(1, seq).Bind(3, carrierId).Run();
        return db.Changes > 0;
    }

    public void AddTried(long seq, long attempt, long? handedAt, long now, Deferral deferral, SendResult result) =>
        _addTried
            .Bind(1, seq)
            .Bind(2, attempt)
            .Bind(3, handedAt)
            .Bind(4, now)
            .Bind(5, (long)deferral)
            .Bind(6, result.Code)
            .Bind(7, (long)result.Why)
            .Run();

    public void AddAnswer(long seq, long attempt, string? carrierId, long? handedAt) =>
        _addAnswer.Bind(1, attempt).Bind(2, carrierId).Bind(3, handedAt).Bind(4, seq).Run();

    public virtual void UpdateStatus(
        long seq, MessageStatus status, FailureClass? failure, Reason reason, string? code, long now) =>
        _updateStatus
            .Bind(1, (long)status)
            .Bind(2, (long?)failure)
            .Bind(3, code)
            .Bind(4, now)
            .Bind(5, (long?)null)
            .Bind(6, (long)reason)
            .Bind(7, seq)
            .Run();

    /// <summary>Settles a message as a receipt says, where it stands where that is thought.</summary>
    /// <returns>Whether it does.</returns>
    public virtual bool TryMove(
        long seq, MessageStatus from, MessageStatus to, FailureClass? failure, string? code, long now, long? carrierAt)
    {
        _move
            .Bind(1, (long)to)
            .Bind(2, (long?)failure)
            .Bind(3, code)
            .Bind(4, now)
            .Bind(5, carrierAt)
            .Bind(6, seq)
            .Bind(7, (long)from)
            .Run();
        return db.Changes > 0;
    }

    /// <summary>Settles an uncertain message as a person says, or what stands for one, and keeps who and why.</summary>
    /// <returns>The status it had; null where it was not uncertain (any more) or may not become that.</returns>
    public MessageStatus? Resolve(long seq, MessageStatus to, Decider by, long now)
    {
        if (ReadStatus(seq) is not { } from || !from.PersonMayMove(to))
            return null;

        UpdateStatus(seq, to, to == MessageStatus.Failed ? FailureClass.Unknown : null, by.Reason, null, now);
        AddResolution(seq, from, to, by, now);
        kept.Move(seq, from, to);
        return from;
    }

    void AddResolution(long seq, MessageStatus from, MessageStatus to, Decider by, long now) => _addResolution
        .Bind(1, seq)
        .Bind(2, (long)from)
        .Bind(3, (long)to)
        .Bind(4, by.Who)
        .Bind(5, by.Grounds)
        .Bind(6, now)
        .Bind(7, (long)by.Kind)
        .Bind(8, by.Os)
        .Run();

    /// <summary>Makes uncertain what waits to be repeated and may have been sent before a
    /// moment, microseconds.</summary>
    /// <returns>The messages.</returns>
    public virtual List<long> StopRepeating(long before, long now)
    {
        var messages = new List<long>();

        // Its answer was lost: it has no row of its own.
        using var lost = db.Prepare($"""
            insert into state (seq, status, attempt, reason, settled_us)
            select   seq, 2, max(attempt), ?1, ?2
            from     standing_try
            where    {TriedInDoubt}
            and      not exists (select 1 from state where state.seq = standing_try.seq)
            group by seq
            having   min(coalesce(handed_us, answered_us)) < ?3
            returning seq
            """);
        Read(lost);

        // It was cut off, and put back.
        using var cutOff = db.Prepare($"""
            update state
            set    status = 2, reason = ?1, code = null, settled_us = ?2
            where  status = 0 and {InquiryRows.MayBeSent} and {InquiryRows.MayBeSentBefore("?3")}
            returning seq
            """);
        Read(cutOff);
        return messages;

        void Read(Statement rows)
        {
            rows.Bind(1, (long)Reason.ClosedUnanswered).Bind(2, now).Bind(3, before);
            while (rows.Step())
                messages.Add(rows.Number(0));
        }
    }

    /// <summary>Makes every message that is still planned a leftover, but for those that may have been sent: these are
    /// uncertain.</summary>
    /// <returns>How many are left over.</returns>
    public virtual long LeavePlanned(Reason reason, long now)
    {
        StopRepeating(long.MaxValue, now);
        ContradictedRows.Doubt(db, now);

        using var leave = db.Prepare("""
            insert into state (seq, status, reason, settled_us)
            select    message.seq, 7, ?, ?
            from      message
            left join state on state.seq = message.seq
            where     state.seq is null or state.status = 0
            order by  message.seq
            on conflict (seq) do update set status = 7, reason = excluded.reason, code = null, settled_us = excluded.settled_us
            """);
        leave.Bind(1, (long)reason).Bind(2, now).Run();
        var left = db.Changes;
        _closeAllBatches.Bind(1, now).Run();
        return left;
    }

    /// <summary>The same of what stands on one lane: by the plan, unless it has moved, or as it has moved
    /// there.</summary>
    public virtual long LeavePlanned(Reason reason, int lane, long now)
    {
        StopRepeating(long.MaxValue, now);
        ContradictedRows.Doubt(db, now);

        using var leave = db.Prepare("""
            insert into state (seq, status, reason, settled_us)
            select     message.seq, 7, ?1, ?2
            from       batch
            cross join message on message.seq between batch.first_seq and batch.last_seq
            left join  state on state.seq = message.seq
            left join  route on route.seq = message.seq
            where      coalesce(route.lane, batch.lane) = ?3
            and        (state.seq is null or state.status = 0)
            order by   message.seq
            on conflict (seq) do update set status = 7, reason = excluded.reason, code = null, settled_us = excluded.settled_us
            """);
        leave.Bind(1, (long)reason).Bind(2, now).Bind(3, lane).Run();
        return db.Changes;
    }

    public void Dispose()
    {
        Statement[] all =
        [
            _addAttempt, _lastAttempt, _closeAttempt, _closeBatch, _reopenBatch, _closeAllBatches, _anySettled,
            _anyState, _keepPlanned, _removePlanned, _mayBeSent, _readState, _addState, _addAccepted, _addTried,
            _addAnswer, _updateStatus, _move, _readEpoch, _addResolution,
        ];

        foreach (var statement in all)
            statement.Dispose();
    }

    static bool IsThere(Statement statement)
    {
        var there = statement.Step();
        statement.Reset();
        return there;
    }
}
