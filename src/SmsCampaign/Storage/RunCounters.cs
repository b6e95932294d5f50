using SmsCampaign.Messages;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage;

/// <summary>
/// How many messages of each carrier stand where, and what each lane has handed over. Read once by counting rows, then
/// kept up by the writer's thread; anyone may read it.
/// </summary>
public sealed class RunCounters
{
    static readonly int Statuses = Enum.GetValues<MessageStatus>().Length;

    readonly long[,] _counts = new long[MessageSeq.MostCarriers + 1, Statuses];
    readonly Dictionary<int, long> _costHandedOver = [];
    readonly Dictionary<int, long> _messagesHandedOver = [];
    readonly Dictionary<int, long> _lastHandOver = [];
    readonly IReadOnlyDictionary<int, int> _laneOfCarrier;
    readonly RunRoutes _routes;

    // By lane: what routes take from it and bring to it.
    readonly Dictionary<int, long[]> _shift;

    RunCounters(RunInfo info, RunRoutes routes)
    {
        (_laneOfCarrier, _routes) = (info.LaneOfCarrier, routes);
        _shift = info.Lanes.Keys.ToDictionary(lane => lane, _ => new long[Statuses]);
        foreach (var lane in info.Lanes.Keys)
            _costHandedOver[lane] = _messagesHandedOver[lane] = 0;
    }

    public long Of(int lane, MessageStatus status)
    {
        var sum = _shift.TryGetValue(lane, out var shift) ? Interlocked.Read(ref shift[(int)status]) : 0;
        foreach (var (carrier, itsLane) in _laneOfCarrier)
        {
            if (itsLane == lane)
                sum += Interlocked.Read(ref _counts[carrier, (int)status]);
        }

        return sum;
    }

    public long Of(MessageStatus status) => _costHandedOver.Keys.Sum(lane => Of(lane, status));

    /// <summary>Messages of the lane in all.</summary>
    public long Total(int lane) => Enumerable.Range(0, Statuses).Sum(status => Of(lane, (MessageStatus)status));

    /// <summary>What they cost as the lane's contract counts.</summary>
    public long CostHandedOver(int lane)
    {
        lock (_costHandedOver)
            return _costHandedOver[lane];
    }

    /// <summary>Messages handed over since this process opened the ledger.</summary>
    public long MessagesHandedOver(int lane)
    {
        lock (_costHandedOver)
            return _messagesHandedOver[lane];
    }

    /// <summary>When the lane last handed something over, microseconds; 0 where it never did.</summary>
    public long LastHandOver(int lane)
    {
        lock (_costHandedOver)
            return _lastHandOver.GetValueOrDefault(lane);
    }

    internal static RunCounters Read(SqliteDb db, RunInfo info, RunRoutes routes)
    {
        var counters = new RunCounters(info, routes);
        counters.Reload(db, info);
        return counters;
    }

    /// <summary>Counts anew. Only while no attempt is open.</summary>
    internal void Reload(SqliteDb db, RunInfo info)
    {
        Array.Clear(_counts);

        using (var planned = db.Prepare("select carrier, sum(last_seq - first_seq + 1) from batch group by carrier"))
        {
            while (planned.Step())
                _counts[planned.Number(0), (int)MessageStatus.Planned] = planned.Number(1);
        }

        using var states = db.Prepare("select seq >> 28, status, count(*) from state group by 1, 2");
        while (states.Step())
        {
            _counts[states.Number(0), states.Number(1)] += states.Number(2);
            _counts[states.Number(0), (int)MessageStatus.Planned] -= states.Number(2);
        }

        foreach (var shift in _shift.Values)
            Array.Clear(shift);
        using var routed = db.Prepare("""
            select    route.seq >> 28, route.lane, coalesce(state.status, 0), count(*)
            from      route
            left join state on state.seq = route.seq
            group by  1, 2, 3
            """);
        while (routed.Step())
            Shift((int)routed.Number(0), (int)routed.Number(1), (MessageStatus)routed.Number(2), routed.Number(3));
    }

    /// <summary>Takes note that another lane sends a message.</summary>
    internal void Route(long seq, int lane, MessageStatus status) => Shift(MessageSeq.CarrierOf(seq), lane, status, 1);

    internal void Move(long seq, MessageStatus from, MessageStatus to)
    {
        var carrier = MessageSeq.CarrierOf(seq);
        Interlocked.Decrement(ref _counts[carrier, (int)from]);
        Interlocked.Increment(ref _counts[carrier, (int)to]);

        if (_routes.Find(seq) is { } lane)
        {
            Shift(carrier, lane, from, -1);
            Shift(carrier, lane, to, 1);
        }
    }

    void Shift(int carrier, int lane, MessageStatus status, long messages)
    {
        Interlocked.Add(ref _shift[_laneOfCarrier[carrier]][(int)status], -messages);
        Interlocked.Add(ref _shift[lane][(int)status], messages);
    }

    internal void AddHandedOver(int lane, long at, int cost, int messages)
    {
        lock (_costHandedOver)
        {
            _costHandedOver[lane] += cost;
            _messagesHandedOver[lane] += messages;
            _lastHandOver[lane] = Math.Max(at, _lastHandOver.GetValueOrDefault(lane));
        }
    }
}
