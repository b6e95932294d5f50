using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Reports;

/// <summary>
/// Walks through the messages of a ledger in sending order, once, each with its state, lane and parts.
/// </summary>
/// <remarks>
/// Messages and states are two tables in the same order, so they are merged here: cheaper than a join, and a state that
/// belongs to no message is noticed.
/// </remarks>
sealed class MessageScan(SqliteDb db, RunTables tables) : IDisposable
{
    readonly Statement _messages = db.Prepare("select seq, number, segment, area, rule, source, line from message order by seq");
    readonly Statement _states = db.Prepare("select seq, status, failure, code, handed_us, settled_us, reason from state order by seq");
    readonly BatchRow[] _batches = [.. tables.Batches];
    readonly Statement? _routes = RunRoutes.AreIn(db) ? db.Prepare("select seq, lane, parts from route order by seq") : null;
    long _routeSeq = long.MinValue;
    long _stateSeq = long.MinValue;
    long _previous = long.MinValue;
    int _batch;
    int _flight;

    public long Seq { get; private set; }
    public long Number { get; private set; }
    public int Segment { get; private set; }
    public int Area { get; private set; }
    public int Rule { get; private set; }
    public int Source { get; private set; }
    public long Line { get; private set; }
    public int Carrier => MessageSeq.CarrierOf(Seq);

    /// <summary>Position in <see cref="RunTables.Lanes"/>; 0 where no batch holds the message.</summary>
    public int Lane { get; private set; }

    /// <summary>Parts as planned; 0 where no batch holds the message.</summary>
    public int Parts { get; private set; }

    /// <summary>As the ledger has it, whatever its number, before a lane's trust is looked at.</summary>
    public MessageStatus Status { get; private set; }

    /// <summary>Whether the message has left "planned", and so has the values below.</summary>
    public bool Settled => Status is not (MessageStatus.Planned or MessageStatus.Submitting);

    /// <summary>0 where the message has not failed.</summary>
    public int Failure { get; private set; }

    /// <summary>A <see cref="Messages.Reason"/>; 0 where the code says it all.</summary>
    public int Reason { get; private set; }

    /// <summary>The gateway's. UTF-8, good until the next message.</summary>
    public ReadOnlySpan<byte> Code => _states.Utf8(3);
    public long? HandedMicros { get; private set; }
    public long SettledMicros { get; private set; }

    /// <summary>States seen so far that belong to no message.</summary>
    public long Orphans { get; private set; }

    /// <returns>False at the end.</returns>
    public bool Next()
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

    public void Dispose()
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
            (Lane, Parts) = ((int)_routes!.Number(1), (int)_routes.Number(2));
    }

    bool IsInFlight()
    {
        while (_flight < tables.InFlight.Count && tables.InFlight[_flight].Last < Seq)
            _flight++;

        return _flight < tables.InFlight.Count && tables.InFlight[_flight].First <= Seq;
    }
}
