using SmsCampaign.Messages;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Run;

namespace SmsCampaign.Storage.Run;

/// <summary>
/// How many messages of each lane stand where, and what each lane has handed over. The writer's thread keeps it up;
/// anyone may read it, and sees what is on disk, never what is being written.
/// </summary>
public sealed class RunCounters
{
    static readonly int Statuses = Enum.GetValues<MessageStatus>().Length;

    readonly Stretch[] _stretches;
    readonly RunRoutes _routes;
    readonly Dictionary<int, Sent> _sent;

    // Grows where messages move to another lane; replaced whole, so that it can be read meanwhile.
    Cell[] _cells;
    int _likely;

    RunCounters(SqliteDb db, RunInfo info, RunRoutes routes)
    {
        _routes = routes;
        var kept = TallyRows.ReadSent(db);
        _sent = info.Lanes.Keys.ToDictionary(
            lane => lane, lane => new Sent { Last = kept.TryGetValue(lane, out var sent) ? sent.Last : 0 });
        _cells = [];

        var stretches = new List<Stretch>();
        using var batches = db.Prepare("select first_seq, last_seq, lane, parts from batch order by first_seq");
        while (batches.Step())
            stretches.Add(new Stretch(
                batches.Number(0), batches.Number(1), CellFor((int)batches.Number(2), (int)batches.Number(3))));
        _stretches = [.. stretches];
    }

    public long Of(int lane, MessageStatus status)
    {
        var sum = 0L;
        foreach (var cell in Volatile.Read(ref _cells))
        {
            if (cell.Lane == lane)
                sum += Interlocked.Read(ref cell.Shown[(int)status]);
        }

        return sum;
    }

    public long Of(MessageStatus status) => _sent.Keys.Sum(lane => Of(lane, status));

    /// <summary>Messages of the lane in all.</summary>
    public long Total(int lane) => Enumerable.Range(0, Statuses).Sum(status => Of(lane, (MessageStatus)status));

    /// <summary>What they cost as the lane's contract counts.</summary>
    public long CostHandedOver(int lane)
    {
        lock (_sent)
            return _sent[lane].Cost;
    }

    /// <summary>Messages handed over since this process opened the ledger.</summary>
    public long MessagesHandedOver(int lane)
    {
        lock (_sent)
            return _sent[lane].Messages;
    }

    /// <summary>When the lane last handed something over, microseconds; 0 where it never did.</summary>
    public long LastHandOver(int lane)
    {
        lock (_sent)
            return _sent.TryGetValue(lane, out var sent) ? sent.Last : 0;
    }

    /// <summary>How many messages of a ledger are still to be sent, without opening it to be sent: as kept, or
    /// counted where none are.</summary>
    /// <exception cref="LedgerException">The file is not there, or no run's ledger.</exception>
    public static long CountPlanned(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        Migrations.RefuseNewer(db, "Run");
        var isKept = db.ReadNumber("select 1 from sqlite_schema where name = 'tally'") is not null
            && TallyRows.AreIn(db);
        return db.ReadNumber(isKept
            ? "select sum(messages) from tally where status = 0"
            : "select (select sum(last_seq - first_seq + 1) from batch) - (select count(*) from "
                + "state where status <> 0)")
            ?? 0;
    }

    /// <summary>As they were kept; counted, and kept from then on, where they were not. Inside a
    /// transaction that may write.</summary>
    internal static RunCounters Read(SqliteDb db, RunInfo info, RunRoutes routes, TallyRows kept)
    {
        var counters = new RunCounters(db, info, routes);
        if (TallyRows.AreIn(db))
        {
            foreach (var row in TallyRows.Read(db))
                counters.CellFor(row.Lane, row.Parts).Pending[(int)row.Status] = row.Messages;
        }
        else
        {
            // From nothing, so that none of it is added to what is not there.
            counters.Recount(db);
            db.Execute("insert into tally (lane, parts, status, messages) values (0, 0, 0, 0)");
            counters.Write(kept);
        }

        counters.Publish();
        return counters;
    }

    /// <summary>Counts anew, what is being written included. Only while no attempt is open.</summary>
    internal void Recount(SqliteDb db)
    {
        foreach (var cell in _cells)
        {
            for (var status = 0; status < Statuses; status++)
                cell.Pending[status] = -cell.Shown[status];
            Array.Clear(cell.Unwritten);
        }

        // Which may have been changed by other processes since.
        foreach (var row in TallyRows.Read(db))
            CellFor(row.Lane, row.Parts).Unwritten[(int)row.Status] = -row.Messages;

        foreach (var stretch in _stretches)
            Add(stretch.Cell, MessageStatus.Planned, stretch.Last - stretch.First + 1);

        using var states = db.Prepare("""
            select   batch.lane, batch.parts, state.status, count(*)
            from     batch
            join     state on state.seq between batch.first_seq and batch.last_seq
            group by 1, 2, 3
            """);
        while (states.Step())
        {
            var cell = CellFor((int)states.Number(0), (int)states.Number(1));
            Move(cell, MessageStatus.Planned, cell, (MessageStatus)states.Number(2), states.Number(3));
        }

        using var routed = db.Prepare("""
            select    batch.lane, batch.parts, route.lane, route.parts, coalesce(state.status, 0), count(*)
            from      route
            join      batch on route.seq between batch.first_seq and batch.last_seq
            left join state on state.seq = route.seq
            group by  1, 2, 3, 4, 5
            """);
        while (routed.Step())
        {
            var status = (MessageStatus)routed.Number(4);
            Move(
                CellFor((int)routed.Number(0), (int)routed.Number(1)), status,
                CellFor((int)routed.Number(2), (int)routed.Number(3)), status, routed.Number(5));
        }
    }

    /// <summary>As <see cref="Of(MessageStatus)"/>, with what is being written.</summary>
    /// <param name="counts">Whether a lane counts.</param>
    internal long Written(MessageStatus status, Func<int, bool> counts) =>
        _cells.Where(cell => counts(cell.Lane)).Sum(cell => cell.Shown[(int)status] + cell.Pending[(int)status]);

    /// <summary>Takes note that another lane sends a message, before <see cref="RunRoutes"/> does.</summary>
    internal void Route(long seq, int lane, int parts, MessageStatus status) =>
        Move(CellOf(seq), status, CellFor(lane, parts), status, 1);

    internal void Move(long seq, MessageStatus from, MessageStatus to)
    {
        var cell = CellOf(seq);
        Move(cell, from, cell, to, 1);
    }

    /// <summary>Takes note of a move that whoever made it has written to the kept counts.</summary>
    internal void Notice(long seq, MessageStatus from, MessageStatus to)
    {
        var cell = CellOf(seq);
        cell.Pending[(int)from]--;
        cell.Pending[(int)to]++;
    }

    /// <summary>Writes what the transaction at hand has changed. Inside it, last.</summary>
    internal void Write(TallyRows kept)
    {
        foreach (var cell in _cells)
        {
            for (var status = 0; status < Statuses; status++)
            {
                if (cell.Unwritten[status] != 0)
                    kept.Add(cell.Lane, cell.Parts, (MessageStatus)status, cell.Unwritten[status]);
            }
        }

        foreach (var (lane, sent) in _sent)
        {
            if (sent.PendingLast > 0)
                kept.AddSent(lane, sent.PendingFirst, sent.PendingLast);
        }
    }

    internal void AddHandedOver(int lane, long at, int cost, int messages)
    {
        var sent = _sent[lane];
        sent.PendingCost += cost;
        sent.PendingMessages += messages;
        sent.PendingFirst = Math.Min(sent.PendingFirst, at);
        sent.PendingLast = Math.Max(sent.PendingLast, at);
    }

    /// <summary>What the transaction has changed so far was written to the kept counts.</summary>
    internal void ForgetUnwritten()
    {
        foreach (var cell in _cells)
            Array.Clear(cell.Unwritten);
    }

    /// <summary>What was written is on disk: shows it.</summary>
    internal void Publish()
    {
        foreach (var cell in _cells)
        {
            for (var status = 0; status < Statuses; status++)
            {
                if (cell.Pending[status] == 0)
                    continue;
                Interlocked.Add(ref cell.Shown[status], cell.Pending[status]);
                cell.Pending[status] = 0;
            }

            Array.Clear(cell.Unwritten);
        }

        lock (_sent)
        {
            foreach (var sent in _sent.Values)
            {
                sent.Cost += sent.PendingCost;
                sent.Messages += sent.PendingMessages;
                sent.Last = Math.Max(sent.Last, sent.PendingLast);
            }
        }

        ForgetSent();
    }

    /// <summary>What was written was taken back: forgets it.</summary>
    internal void TakeBack()
    {
        foreach (var cell in _cells)
        {
            Array.Clear(cell.Pending);
            Array.Clear(cell.Unwritten);
        }

        ForgetSent();
    }

    void ForgetSent()
    {
        foreach (var sent in _sent.Values)
            (sent.PendingCost, sent.PendingMessages, sent.PendingFirst, sent.PendingLast) = (0, 0, long.MaxValue, 0);
    }

    static void Move(Cell fromCell, MessageStatus from, Cell toCell, MessageStatus to, long messages)
    {
        Add(fromCell, from, -messages);
        Add(toCell, to, messages);
    }

    static void Add(Cell cell, MessageStatus status, long messages)
    {
        cell.Pending[(int)status] += messages;
        cell.Unwritten[(int)status] += messages;
    }

    Cell CellOf(long seq)
    {
        if (_routes.FindWritten(seq) is { } route)
            return CellFor(route.Lane, route.Parts);

        // Messages come in order: mostly it is the stretch of the one before, or the next.
        if (_likely < _stretches.Length && _stretches[_likely].Holds(seq))
            return _stretches[_likely].Cell;

        var (low, high) = (0, _stretches.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (seq > _stretches[middle].Last)
                low = middle + 1;
            else if (seq < _stretches[middle].First)
                high = middle - 1;
            else
                return _stretches[_likely = middle].Cell;
        }

        // Of no batch: counted where no lane shows it, and the balance does not hold.
        return CellFor(0, 0);
    }

    Cell CellFor(int lane, int parts)
    {
        foreach (var cell in _cells)
        {
            if (cell.Lane == lane && cell.Parts == parts)
                return cell;
        }

        var added = new Cell(lane, parts);
        Volatile.Write(ref _cells, [.. _cells, added]);
        return added;
    }

    /// <summary>Messages of as many parts on one lane.</summary>
    sealed class Cell(int lane, int parts)
    {
        public int Lane => lane;
        public int Parts => parts;

        /// <summary>By status; on disk.</summary>
        public long[] Shown { get; } = new long[Statuses];

        /// <summary>By status; what the transaction at hand adds to it.</summary>
        public long[] Pending { get; } = new long[Statuses];

        /// <summary>By status; what of that the kept counts do not have.</summary>
        public long[] Unwritten { get; } = new long[Statuses];
    }

    /// <summary>What a lane has handed over, and what the transaction at hand adds to it.</summary>
    sealed class Sent
    {
        public long Cost { get; set; }
        public long Messages { get; set; }
        public long Last { get; set; }
        public long PendingCost { get; set; }
        public long PendingMessages { get; set; }
        public long PendingFirst { get; set; } = long.MaxValue;
        public long PendingLast { get; set; }
    }

    /// <summary>A batch.</summary>
    readonly record struct Stretch(long First, long Last, Cell Cell)
    {
        public bool Holds(long seq) => First <= seq && seq <= Last;
    }
}
