using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// Reads what is still to be sent, a stretch at a time, on a connection of its own: the file is never read whole.
/// </summary>
sealed class PlannedReader : IPlannedReader
{
    readonly Db _db;
    readonly Statement _batches;
    readonly Statement _messages;
    readonly Statement _anySettled;
    readonly Statement _unsettled;
    readonly Statement _settled;
    readonly Statement _lastResolution;
    readonly Statement _putBack;
    readonly Statement _moved;

    public PlannedReader(Database at)
    {
        _db = at.Look();
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
        _lastResolution = _db.Prepare("select coalesce(max(id), 0) from resolution");

        // Of a message that has not moved the batch is the last of the lane that begins no later.
        _putBack = _db.Prepare($"""
            select    state.seq, message.number, case when {InquiryRows.MayBeSent} then {InquiryRows.MayBeSentSince} end, route.seq is not null,
                      case when route.seq is null then batch.id else -batch.id end, ?1, batch.segment, batch.first_seq, batch.last_seq, coalesce(route.parts, batch.parts)
            from      state
            join      message on message.seq = state.seq
            left join route on route.seq = state.seq
            join      batch on batch.id = coalesce(
                          route.batch,
                          (select id from batch as own where own.lane = ?1 and own.first_seq <= state.seq order by own.first_seq desc limit 1))
            where     state.status = 0
            and       state.seq > ?2
            and       case when route.seq is null then state.seq <= batch.last_seq else route.lane = ?1 end
            order by  state.seq
            limit     ?3
            """);

        // In the order in which they were moved, in which more are added: whoever reads on misses
        // none. Each join is to one row.
        _moved = _db.Prepare("""
            select     route.seq, message.number, route.at_us, -batch.id, route.lane, batch.segment, batch.first_seq, batch.last_seq, route.parts
            from       route
            cross join message on message.seq = route.seq
            cross join batch on batch.id = route.batch
            where      route.lane = ?1
            and        (route.at_us, route.seq) > (?2, ?3)
            and        not exists (select 1 from state where state.seq = route.seq)
            order by   route.at_us, route.seq
            limit      ?4
            """);
    }

    public bool IsSettled(long seq)
    {
        var settled = _settled.Bind(1, seq).Step();
        _settled.Reset();
        return settled;
    }

    public long ReadLastResolution()
    {
        _lastResolution.Step();
        var last = _lastResolution.Number(0);
        _lastResolution.Reset();
        return last;
    }

    public PlannedBatch? NextBatch(int lane, long after)
    {
        _batches.Bind(1, lane).Bind(2, after);
        var batch = _batches.Step() ? ReadBatch(_batches, 0) : null;
        _batches.Reset();
        return batch;
    }

    public List<PlannedMessage> Read(PlannedBatch batch, long from, int most)
    {
        var messages = new List<PlannedMessage>(most);

        // Of a stretch nothing of which is settled, as nearly all are, no message need be looked up.
        var statement = AnySettled(from, Math.Min(from + most - 1, batch.LastSeq)) ? _unsettled : _messages;
        statement
            .Bind(1, from)
            .Bind(2, statement == _messages ? Math.Min(from + most - 1, batch.LastSeq) : batch.LastSeq)
            .Bind(3, most);
        while (statement.Step())
            messages.Add(MessageOf(statement));
        statement.Reset();
        return messages;
    }

    public List<PutBackMessage> ReadPutBack(int lane, long after, int most)
    {
        var messages = new List<PutBackMessage>();
        _putBack.Bind(1, lane).Bind(2, after).Bind(3, most);
        while (_putBack.Step())
        {
            messages.Add(new PutBackMessage(
                ReadBatch(_putBack, 4),
                MessageOf(_putBack),
                _putBack.NumberOrNull(2),
                _putBack.Number(3) > 0));
        }

        _putBack.Reset();
        return messages;
    }

    public List<MovedMessage> ReadMoved(int lane, MovedPlace after, int most)
    {
        var messages = new List<MovedMessage>();
        _moved.Bind(1, lane).Bind(2, after.At).Bind(3, after.Seq).Bind(4, most);
        while (_moved.Step())
        {
            messages.Add(new MovedMessage(
                ReadBatch(_moved, 3),
                MessageOf(_moved),
                new MovedPlace(_moved.Number(2), _moved.Number(0))));
        }

        _moved.Reset();
        return messages;
    }

    public void Dispose()
    {
        foreach (var statement in new[]
        {
            _batches, _messages, _anySettled, _unsettled, _settled, _lastResolution, _putBack, _moved,
        })
            statement.Dispose();
        _db.Dispose();
    }

    bool AnySettled(long from, long through)
    {
        var any = _anySettled.Bind(1, from).Bind(2, through).Step();
        _anySettled.Reset();
        return any;
    }

    /// <summary>Of its first two columns.</summary>
    /// <exception cref="LedgerException">Its number was erased: it is sent to nobody, before anything is written of
    /// it.</exception>
    PlannedMessage MessageOf(Statement row) => !ErasedNumber.Is(row.Number(1))
        ? new PlannedMessage(row.Number(0), row.Number(1))
        : throw new LedgerException(new Wording(
            "số điện thoại của lượt gửi này đã được xóa, không gửi được nữa",
            "numbers of this run were erased: nothing of it can be sent any more"))
        {
            File = _db.File,
        };

    static PlannedBatch ReadBatch(Statement row, int column) => new(
        row.Number(column),
        (int)row.Number(column + 1),
        (int)row.Number(column + 2),
        row.Number(column + 3),
        row.Number(column + 4),
        (int)row.Number(column + 5));
}
