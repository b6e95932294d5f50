using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage;

/// <summary>A batch with messages that may still be planned.</summary>
/// <param name="Parts">Of one message.</param>
public sealed record PlannedBatch(long Id, int Lane, int Segment, long FirstSeq, long LastSeq, int Parts);

/// <summary>A message still to be sent.</summary>
public readonly record struct PlannedMessage(long Seq, long Msisdn);

/// <summary>Messages next to each other in the ledger that go to the gateway in one call.</summary>
/// <param name="Cost">What the call costs as the lane's contract counts: parts, messages or 1.</param>
/// <param name="KeepCarrierReference">Whether receipts can be matched only by the gateway's own id.</param>
public sealed record PlannedCall(
    int Lane, PlannedBatch Batch, IReadOnlyList<PlannedMessage> Messages, int Cost, bool KeepCarrierReference);

/// <summary>
/// Reads what is still to be sent, a stretch at a time, on a connection of its own: the file is never read whole.
/// </summary>
public sealed class PlannedReader : IDisposable
{
    readonly SqliteDb _db;
    readonly Statement _batches;
    readonly Statement _messages;
    readonly Statement _again;

    internal PlannedReader(string path)
    {
        _db = SqliteDb.Open(path, readOnly: true);
        _batches = _db.Prepare("""
            select   id, lane, segment, first_seq, last_seq, parts
            from     batch
            where    lane = ? and done_us is null and id > ?
            order by id
            limit    1
            """);
        _messages = _db.Prepare("""
            select    message.seq, message.number
            from      message
            left join state on state.seq = message.seq
            where     message.seq between ? and ?
            and       state.seq is null
            order by  message.seq
            limit     ?
            """);
        _again = _db.Prepare("""
            select   message.seq, message.number, batch.id, batch.lane, batch.segment, batch.first_seq, batch.last_seq, batch.parts
            from     state
            join     message on message.seq = state.seq
            join     batch on batch.lane = ? and message.seq between batch.first_seq and batch.last_seq
            where    state.status = 0
            order by message.seq
            limit    1000
            """);
    }

    /// <summary>The lane's next batch not known to be done.</summary>
    /// <param name="after">Id of the batch before; 0 for the first.</param>
    /// <returns>Null where there is none.</returns>
    public PlannedBatch? NextBatch(int lane, long after)
    {
        _batches.Bind(1, lane).Bind(2, after);
        var batch = _batches.Step() ? ReadBatch(_batches, 0) : null;
        _batches.Reset();
        return batch;
    }

    /// <summary>Messages of a batch without a status, in sending order. Those of open attempts of this process are
    /// among them: a caller reads each stretch once.</summary>
    /// <param name="from">First key to look at.</param>
    public List<PlannedMessage> Read(PlannedBatch batch, long from, int most)
    {
        var messages = new List<PlannedMessage>(most);
        _messages.Bind(1, from).Bind(2, batch.LastSeq).Bind(3, most);
        while (_messages.Step())
            messages.Add(new PlannedMessage(_messages.Number(0), _messages.Number(1)));
        _messages.Reset();
        return messages;
    }

    /// <summary>Messages a person has put back to planned, at most 1,000.</summary>
    public List<(PlannedBatch Batch, PlannedMessage Message)> ReadAgain(int lane)
    {
        var messages = new List<(PlannedBatch, PlannedMessage)>();
        _again.Bind(1, lane);
        while (_again.Step())
            messages.Add((ReadBatch(_again, 2), new PlannedMessage(_again.Number(0), _again.Number(1))));
        _again.Reset();
        return messages;
    }

    public void Dispose()
    {
        _batches.Dispose();
        _messages.Dispose();
        _again.Dispose();
        _db.Dispose();
    }

    static PlannedBatch ReadBatch(Statement row, int column) => new(
        row.Number(column),
        (int)row.Number(column + 1),
        (int)row.Number(column + 2),
        row.Number(column + 3),
        row.Number(column + 4),
        (int)row.Number(column + 5));
}
