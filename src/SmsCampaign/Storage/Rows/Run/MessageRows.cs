using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// Walks through the messages of a ledger in sending order, once, each with its state, lane and parts.
/// </summary>
/// <remarks>
/// Messages and states are two tables in the same order, so they are merged here: cheaper than a join, and a state that
/// belongs to no message is noticed.
/// </remarks>
sealed class MessageRows(Db db, RunTables tables) : MessageScan
{
    readonly Statement _messages = db.Prepare(
        "select seq, number, segment, area, rule, source, line from message order by seq");
    readonly Statement _states = db.Prepare(
        "select seq, status, failure, code, handed_us, settled_us, reason from state order by seq");
    readonly BatchRow[] _batches = [.. tables.Batches];
    readonly Statement? _routes = RouteRows.AreIn(db)
        ? db.Prepare("select seq, lane, parts from route order by seq")
        : null;
    long _routeSeq = long.MinValue;
    long _stateSeq = long.MinValue;
    long _previous = long.MinValue;
    int _batch;
    int _flight;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Code => _states.Utf8(3);

    /// <inheritdoc/>
    public override bool Next()
    {
        if (!_messages.Step())
        {
            while (_stateSeq != long.MaxValue)
                NextState(isOrphan: _stateSeq > _previous);
            return false;
        }

        Seq = _messages.Number(0);
        while (_stateSeq < Seq)
            NextState(isOrphan: _stateSeq > _previous);
        _previous = Seq;

        Number = _messages.Number(1);
        Segment = (int)_messages.Number(2);
        Area = (int)_messages.Number(3);
        Rule = (int)_messages.Number(4);
        Source = (int)_messages.Number(5);
        Line = _messages.Number(6);
        FindBatch();
        ReadState();
        return true;
    }

    public override void Dispose()
    {
        _messages.Dispose();
        _states.Dispose();
        _routes?.Dispose();
    }

    void ReadState()
    {
        Status = _stateSeq == Seq ? (MessageStatus)_states.Number(1) : MessageStatus.Planned;
        if (Status == MessageStatus.Planned && IsInFlight())
            Status = MessageStatus.Submitting;

        (Failure, HandedMicros, SettledMicros, Reason) = Settled
            ? ((int)_states.Number(2), _states.NumberOrNull(4), _states.Number(5), (int)_states.Number(6))
            : (0, null, 0, 0);
    }

    void NextState(bool isOrphan)
    {
        if (isOrphan)
            Orphans++;
        _stateSeq = _states.Step() ? _states.Number(0) : long.MaxValue;
    }

    void FindBatch()
    {
        while (_batch < _batches.Length && _batches[_batch].Last < Seq)
            _batch++;

        (Lane, Parts) = _batch < _batches.Length && _batches[_batch] is var batch && batch.First <= Seq
            ? (batch.Lane, batch.Parts)
            : (0, 0);

        while (_routeSeq < Seq)
            _routeSeq = _routes is not null && _routes.Step() ? _routes.Number(0) : long.MaxValue;
        if (_routeSeq == Seq)
            (Lane, Parts) = (LaneOf(_routes!), (int)_routes!.Number(2));
    }

    /// <exception cref="LedgerRowException">It was moved to a lane that is not there.</exception>
    int LaneOf(Statement route)
    {
        var lane = route.Number(1);
        return lane > 0 && lane < tables.Lanes.Count
            ? (int)lane
            : throw new LaneColumns(db.File).NoSuch(lane, "route", route.Text(0)!);
    }

    bool IsInFlight()
    {
        while (_flight < tables.InFlight.Count && tables.InFlight[_flight].Last < Seq)
            _flight++;

        return _flight < tables.InFlight.Count && tables.InFlight[_flight].First <= Seq;
    }
}
