using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage;

/// <summary>
/// Reads what is still to be sent, a stretch at a time, on a connection of its own: the file is never read whole.
/// </summary>
public sealed class PlannedReader : IDisposable
{
    readonly SqliteDb _db;
    readonly Statement _batches;
    readonly Statement _messages;
    readonly Statement _anySettled;
    readonly Statement _unsettled;
    readonly Statement _settled;
    readonly Statement _again;
    readonly Statement _routed;

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
        _messages = _db.Prepare("select seq, number from message where seq between ? and ? order by seq limit ?");
        _anySettled = _db.Prepare("""
            select 1 from state where seq between ?1 and ?2
            union all
            select 1 from route where seq between ?1 and ?2
            limit 1
            """);
        _unsettled = _db.Prepare("""
            select    message.seq, message.number
            from      message
            left join state on state.seq = message.seq
            where     message.seq between ? and ?
            and       state.seq is null
            and       not exists (select 1 from route where route.seq = message.seq)
            order by  message.seq
            limit     ?
            """);
        _settled = _db.Prepare("select 1 from state where seq = ? and status <> 0");
        _again = _db.Prepare($"""
            select   message.seq, message.number, case when {InquiryRows.MayBeSent} then {InquiryRows.MayBeSentSince} end,
                     batch.id, batch.lane, batch.segment, batch.first_seq, batch.last_seq, batch.parts
            from     state
            join     message on message.seq = state.seq
            join     batch on batch.lane = ? and message.seq between batch.first_seq and batch.last_seq
            where    state.status = 0
            and      not exists (select 1 from route where route.seq = state.seq)
            order by message.seq
            limit    1000
            """);
        _routed = _db.Prepare($"""
            select    message.seq, message.number, case when state.status = 0 and {InquiryRows.MayBeSent} then {InquiryRows.MayBeSentSince} end,
                      -batch.id, route.lane, batch.segment, batch.first_seq, batch.last_seq, route.parts
            from      route
            join      message on message.seq = route.seq
            join      batch on batch.id = route.batch
            left join state on state.seq = route.seq
            where     route.lane = ?
            and       coalesce(state.status, 0) = 0
            order by  route.seq
            limit     1000
            """);
    }

    /// <summary>Whether a message that was planned has been settled meanwhile: by a receipt, a person or an inquiry.</summary>
    public bool IsSettled(long seq)
    {
        var settled = _settled.Bind(1, seq).Step();
        _settled.Reset();
        return settled;
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

        // Of a stretch nothing of which is settled, as nearly all are, no message need be looked up.
        var statement = AnySettled(from, Math.Min(from + most - 1, batch.LastSeq)) ? _unsettled : _messages;
        statement.Bind(1, from).Bind(2, statement == _messages ? Math.Min(from + most - 1, batch.LastSeq) : batch.LastSeq).Bind(3, most);
        while (statement.Step())
            messages.Add(new PlannedMessage(statement.Number(0), statement.Number(1)));
        statement.Reset();
        return messages;
    }

    /// <summary>Messages that have been put back to planned, or moved here from another lane, at most 1,000 of each. Of the latter
    /// those on their way are among them: to be read only while none is.</summary>
    public List<PutBackMessage> ReadAgain(int lane)
    {
        var messages = new List<PutBackMessage>();
        Read(_again, isMoved: false);
        Read(_routed, isMoved: true);
        return messages;

        void Read(Statement row, bool isMoved)
        {
            row.Bind(1, lane);
            while (row.Step())
                messages.Add(new(ReadBatch(row, 3), new PlannedMessage(row.Number(0), row.Number(1)), row.NumberOrNull(2), isMoved));
            row.Reset();
        }
    }

    public void Dispose()
    {
        _batches.Dispose();
        _messages.Dispose();
        _anySettled.Dispose();
        _unsettled.Dispose();
        _settled.Dispose();
        _again.Dispose();
        _routed.Dispose();
        _db.Dispose();
    }

    bool AnySettled(long from, long through)
    {
        var any = _anySettled.Bind(1, from).Bind(2, through).Step();
        _anySettled.Reset();
        return any;
    }

    static PlannedBatch ReadBatch(Statement row, int column) => new(
        row.Number(column),
        (int)row.Number(column + 1),
        (int)row.Number(column + 2),
        row.Number(column + 3),
        row.Number(column + 4),
        (int)row.Number(column + 5));
}
