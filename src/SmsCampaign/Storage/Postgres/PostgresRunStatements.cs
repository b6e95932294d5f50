using Npgsql;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;

namespace SmsCampaign.Storage.Postgres;

/// <summary>
/// What sending repeats for every message, in one round trip before and one with the commit: what a transaction is
/// about is looked up together as it begins, decided in memory, and written as arrays.
/// </summary>
/// <remarks>What was looked up stands until the transaction ends: nobody else writes to the run meanwhile. Whatever
/// else is asked on the connection is asked after what waits here was sent.</remarks>
sealed class PostgresRunStatements : RunStatements
{
    readonly PostgresDb _db;
    readonly KnownStates _known = new();
    readonly Dictionary<int, long> _epochs = [];
    readonly AttemptArrays _attempts = new();
    readonly AnswerArrays _answers = new();
    readonly StateArrays _added = new();
    readonly StateArrays _moved = new();
    long _last;
    bool _hasLooked;

    /// <param name="kept">The kept counts.</param>
    public PostgresRunStatements(PostgresDb db, TallyRows kept)
        : base(db, kept)
    {
        _db = db;
        _db.Before = Send;
    }

    public override bool LooksAhead => true;

    public override void Look(LookAhead ahead)
    {
        TakeBack();
        var states = new NpgsqlBatchCommand("""
            select state.seq, state.status
            from   unnest($1, $2) as asked (first, last)
            join   state on state.seq between asked.first and asked.last
            """);
        states.Parameters.Add(Parameter(ahead.Messages.Select(range => range.First)));
        states.Parameters.Add(Parameter(ahead.Messages.Select(range => range.Last)));
        _db.AskAll(
            [
                new NpgsqlBatchCommand("select coalesce(max(id), 0) from attempt"),
                new NpgsqlBatchCommand("select lane, epoch from lane_owner"),
                states,
            ],
            (row, of) =>
            {
                if (of == 0)
                    _last = row.GetInt64(0);
                else if (of == 1)
                    _epochs[(int)row.GetInt64(0)] = row.GetInt64(1);
                else
                    _known.Set(row.GetInt64(0), (MessageStatus)row.GetInt64(1));
            });
        foreach (var (first, last) in ahead.Messages)
            _known.Cover(first, last);
        _hasLooked = true;
    }

    public override void TakeBack()
    {
        _hasLooked = false;
        _known.Clear();
        _epochs.Clear();
        _attempts.Clear();
        _answers.Clear();
        _added.Clear();
        _moved.Clear();
    }

    public override long ReadEpoch(int lane) => _hasLooked ? _epochs.GetValueOrDefault(lane) : base.ReadEpoch(lane);

    public override long AddAttempt(int lane, long first, long last, int parts, int calls, long now, long epoch)
    {
        _attempts.Add(++_last, lane, first, last, parts, calls, now, epoch);
        return _last;
    }

    /// <summary>Also when the transaction is over: no other has written one since.</summary>
    public override long LastAttempt() => _hasLooked ? _last : base.LastAttempt();

    public override void CloseAttempt(long id, long? handedAt, long now, SendOutcome outcome, string? note) =>
        _answers.Add(id, handedAt, now, (long)outcome, note);

    public override bool AnySettled(long first, long last) => _known.Covers(first, last)
        ? _known.Any(first, last, status => status != MessageStatus.Planned)
        : base.AnySettled(first, last);

    public override bool AnyState(long first, long last) => _known.Covers(first, last)
        ? _known.Any(first, last, _ => true)
        : base.AnyState(first, last);

    public override void RemovePlannedRows(long first, long last)
    {
        base.RemovePlannedRows(first, last);
        _known.Clear();
    }

    public override MessageStatus? ReadStatus(long seq) =>
        _known.Covers(seq, seq) ? _known.Find(seq) : base.ReadStatus(seq);

    public override void AddState(
        long seq,
        MessageStatus status,
        long? attempt,
        string? carrierId,
        FailureClass? failure,
        Reason reason,
        string? code,
        long? handedAt,
        long now,
        long? carrierAt = null)
    {
        _added.Add(new StateRow(
            seq, (long)status, attempt, carrierId, (long?)failure, code, handedAt, now, carrierAt, (long)reason));
        _known.Cover(seq, seq);
        _known.Set(seq, status);
    }

    public override bool TryAddAccepted(long seq, long attempt, string? carrierId, long? handedAt, long now)
    {
        if (!_known.Covers(seq, seq))
            return base.TryAddAccepted(seq, attempt, carrierId, handedAt, now);
        if (_known.Find(seq) is not null)
            return false;

        AddState(seq, MessageStatus.Accepted, attempt, carrierId, null, Reason.None, null, handedAt, now);
        return true;
    }

    public override void UpdateStatus(
        long seq, MessageStatus status, FailureClass? failure, Reason reason, string? code, long now) =>
        Move(seq, status, failure, reason, code, now, null);

    public override bool TryMove(
        long seq, MessageStatus from, MessageStatus to, FailureClass? failure, string? code, long now, long? carrierAt)
    {
        if (!_known.Covers(seq, seq))
            return base.TryMove(seq, from, to, failure, code, now, carrierAt);
        if (_known.Find(seq) != from)
            return false;

        Move(seq, to, failure, Reason.None, code, now, carrierAt);
        return true;
    }

    public override List<long> StopRepeating(long before, long now)
    {
        var stopped = base.StopRepeating(before, now);
        _known.Clear();
        return stopped;
    }

    public override long LeavePlanned(Reason reason, long now)
    {
        var left = base.LeavePlanned(reason, now);
        _known.Clear();
        return left;
    }

    public override long LeavePlanned(Reason reason, int lane, long now)
    {
        var left = base.LeavePlanned(reason, lane, now);
        _known.Clear();
        return left;
    }

    void Move(
        long seq,
        MessageStatus status,
        FailureClass? failure,
        Reason reason,
        string? code,
        long now,
        long? carrierAt)
    {
        _moved.Add(new StateRow(
            seq, (long)status, null, null, (long?)failure, code, null, now, carrierAt, (long)reason));
        if (_known.Covers(seq, seq))
            _known.Set(seq, status);
    }

    /// <summary>In the order in which one may be about another: an answer about an attempt of before, a receipt about
    /// a row that has just been added.</summary>
    void Send()
    {
        if (_attempts.Take() is { } attempts)
            _db.Add(attempts);
        if (_added.TakeAdded() is { } added)
            _db.Add(added);
        if (_moved.TakeMoved() is { } moved)
            _db.Add(moved);
        if (_answers.Take() is { } answers)
            _db.Add(answers);
    }

    static NpgsqlParameter<long[]> Parameter(IEnumerable<long> values) =>
        new() { TypedValue = [.. values] };
}
