using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// Reads which messages are due to be asked about, on a connection of its own.
/// </summary>
sealed class UnsettledReader : IUnsettledReader
{
    const string Select = """
        select    state.seq, state.status, state.carrier_id, state.settled_us,
                  message.number, state.attempt, case when attempt.calls > 1 then state.seq else attempt.first_seq end, coalesce(state.handed_us, attempt.handed_us, attempt.intent_us)
        from      state
        join      message on message.seq = state.seq and message.number > 0
        left join attempt on attempt.id = state.attempt
        """;

    readonly Db _db;
    readonly Statement _uncertain;
    readonly Statement _taken;
    readonly Statement _moved;

    public UnsettledReader(Database at)
    {
        _db = at.Look();
        _uncertain = _db.Prepare($"""
            {Select}
            left join inquiry on inquiry.seq = state.seq
            where     state.status = 2
            and       state.seq between ? and ?
            and       state.settled_us <= ?
            and       coalesce(inquiry.next_us, 0) <= ?
            and       (? = 1 or state.carrier_id is not null)
            and       not exists (select 1 from route where route.seq = state.seq)
            order by  state.seq
            limit     ?
            """);
        _taken = _db.Prepare($"""
            {Select}
            left join inquiry on inquiry.seq = state.seq
            where     state.seq between ? and ?
            and       state.status in (3, ?)
            and       state.handed_us <= ?
            and       coalesce(inquiry.next_us, 0) <= ?
            and       (? = 1 or state.carrier_id is not null)
            and       not exists (select 1 from route where route.seq = state.seq)
            order by  state.seq
            limit     ?
            """);
        _moved = _db.Prepare($"""
            {Select}
            join      route on route.seq = state.seq
            left join inquiry on inquiry.seq = state.seq
            where     route.lane = ?1
            and       ((state.status = 2 and state.settled_us <= ?2) or (state.status in (3, ?3) and state.handed_us <= ?4))
            and       coalesce(inquiry.next_us, 0) <= ?5
            and       (?6 = 1 or state.carrier_id is not null)
            order by  state.seq
            limit     ?7
            """);
    }

    public List<UnsettledMessage> ReadUncertain(int carrier, long before, long now, bool byReference, int most)
    {
        var (first, last) = MessageSeq.RangeOf(carrier);
        return Read(_uncertain
            .Bind(1, first)
            .Bind(2, last)
            .Bind(3, before)
            .Bind(4, now)
            .Bind(5, byReference ? 1 : 0)
            .Bind(6, most));
    }

    public List<UnsettledMessage> ReadTaken(
        int carrier, long from, bool sentToo, long before, long now, bool byReference, int most)
    {
        var (first, last) = MessageSeq.RangeOf(carrier);
        return Read(_taken
            .Bind(1, Math.Max(first, from))
            .Bind(2, last)
            .Bind(3, (long)(sentToo ? MessageStatus.Sent : MessageStatus.Accepted))
            .Bind(4, before)
            .Bind(5, now)
            .Bind(6, byReference ? 1 : 0)
            .Bind(7, most));
    }

    public List<UnsettledMessage> ReadMoved(
        int lane, long uncertainBefore, long? takenBefore, bool sentToo, long now, bool byReference, int most) =>
        Read(_moved
            .Bind(1, lane)
            .Bind(2, uncertainBefore)
            .Bind(3, (long)(sentToo ? MessageStatus.Sent : MessageStatus.Accepted))
            .Bind(4, takenBefore ?? long.MinValue)
            .Bind(5, now)
            .Bind(6, byReference ? 1 : 0)
            .Bind(7, most));

    public void Dispose()
    {
        _uncertain.Dispose();
        _taken.Dispose();
        _moved.Dispose();
        _db.Dispose();
    }

    static List<UnsettledMessage> Read(Statement statement)
    {
        var messages = new List<UnsettledMessage>();
        while (statement.Step())
        {
            var call = statement.NumberOrNull(5) is { } attempt && statement.NumberOrNull(6) is { } first
                ? new UnsettledCall(statement.Number(4), attempt, first, statement.Number(7))
                : null;
            messages.Add(new UnsettledMessage(
                statement.Number(0), (MessageStatus)statement.Number(1), statement.Text(2), statement.Number(3), call));
        }

        statement.Reset();
        return messages;
    }
}
