using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// The kept counts of a run's ledger, changed inside the transaction that changes what they count, in whichever
/// process. Nothing is changed while the ledger has none: it is counted when it is next opened to be sent.
/// </summary>
sealed class TallyRows(Db db) : IKeptCounts, IDisposable
{
    readonly Statement _add = db.Prepare("""
        insert into tally (lane, parts, status, messages)
        select ?, ?, ?, ? where exists (select 1 from tally)
        on conflict (lane, parts, status) do update set messages = tally.messages + excluded.messages
        """);

    readonly Statement _addSent = db.Prepare("""
        insert into lane_sent (lane, first_us, last_us) values (?1, ?2, ?3)
        on conflict (lane) do update
        set first_us = min(lane_sent.first_us, excluded.first_us), last_us = max(lane_sent.last_us, excluded.last_us)
        """);

    readonly Statement _route = db.Prepare("select lane, parts from route where seq = ?");
    readonly Statement _batch = db.Prepare(
        "select lane, parts, first_seq, last_seq from batch where ? between first_seq and last_seq");
    (int Lane, int Parts, long First, long Last) _likely;

    /// <summary>Whether a ledger has been counted.</summary>
    public static bool AreIn(Db db) => db.ReadNumber("select 1 from tally limit 1") is not null;

    /// <summary>Every count, by lane, parts and status.</summary>
    public static IReadOnlyList<TallyRow> Read(Db db)
    {
        var all = new List<TallyRow>();
        using var rows = db.Prepare("select lane, parts, status, messages from tally order by lane, parts, status");
        while (rows.Step())
            all.Add(
                new TallyRow((int)rows.Number(0), (int)rows.Number(1), (MessageStatus)rows.Number(2), rows.Number(3)));
        return all;
    }

    /// <summary>When each lane first and last handed something over, microseconds. Those that never
    /// did are not in it.</summary>
    public static IReadOnlyDictionary<int, (long First, long Last)> ReadSent(Db db)
    {
        var sent = new Dictionary<int, (long, long)>();
        using var rows = db.Prepare("select lane, first_us, last_us from lane_sent");
        while (rows.Step())
            sent[(int)rows.Number(0)] = (rows.Number(1), rows.Number(2));
        return sent;
    }

    public void Add(int lane, int parts, MessageStatus status, long messages) =>
        _add.Bind(1, lane).Bind(2, parts).Bind(3, (long)status).Bind(4, messages).Run();

    public void AddSent(int lane, long first, long last) => _addSent.Bind(1, lane).Bind(2, first).Bind(3, last).Run();

    /// <summary>Takes note that a message has moved, whoever moved it.</summary>
    public void Move(long seq, MessageStatus from, MessageStatus to)
    {
        var (lane, parts) = Find(seq);
        Add(lane, parts, from, -1);
        Add(lane, parts, to, 1);
    }

    public void Dispose()
    {
        _add.Dispose();
        _addSent.Dispose();
        _route.Dispose();
        _batch.Dispose();
    }

    (int Lane, int Parts) Find(long seq)
    {
        (int, int)? route = _route.Bind(1, seq).Step() ? ((int)_route.Number(0), (int)_route.Number(1)) : null;
        _route.Reset();
        if (route is { } moved)
            return moved;

        if (seq < _likely.First || seq > _likely.Last)
        {
            _likely = _batch.Bind(1, seq).Step()
                ? ((int)_batch.Number(0), (int)_batch.Number(1), _batch.Number(2), _batch.Number(3))
                : default;
            _batch.Reset();
        }

        return (_likely.Lane, _likely.Parts);
    }
}
