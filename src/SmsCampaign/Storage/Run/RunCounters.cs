using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>
/// How many messages of each lane stand where, and what each lane has handed over. The writer's thread keeps it up;
/// anyone may read it, and sees what is on disk, never what is being written.
/// </summary>
public sealed class RunCounters
{
    static readonly int Statuses = Enum.GetValues<MessageStatus>().Length;

    /// <summary>What <see cref="ReadReceipts"/> tells apart: good ones, and by class those of messages that
    /// failed.</summary>
    public static readonly int ReceiptKinds = 1 + (int)Enum.GetValues<FailureClass>().Max();

    readonly Stretch[] _stretches;
    readonly RunRoutes _routes;
    readonly Dictionary<int, Sent> _sent;

    // Grows where messages move to another lane; replaced whole, so that it can be read meanwhile.
    Cell[] _cells;
    int _likely;

    /// <param name="lastHandOvers">By lane, of every lane: microseconds; 0 where it handed over nothing.</param>
    /// <param name="batches">In the order of their messages.</param>
    internal RunCounters(
        IReadOnlyDictionary<int, long> lastHandOvers,
        IEnumerable<(long First, long Last, int Lane, int Parts)> batches,
        RunRoutes routes)
    {
        _routes = routes;
        _sent = lastHandOvers.ToDictionary(lane => lane.Key, lane => new Sent { Last = lane.Value });
        _cells = [];
        _stretches =
            [.. batches.Select(each => new Stretch(each.First, each.Last, CellFor(each.Lane, each.Parts)))];
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

    /// <summary>Has failures by receipts counted of messages alone that were handed over from a moment on,
    /// microseconds: of those before somebody has judged.</summary>
    public void CountFailuresFrom(int lane, long moment)
    {
        lock (_sent)
            _sent[lane].FailuresFrom = moment;
    }

    /// <summary>As of <see cref="CountFailuresFrom"/>; 0 where nobody has said.</summary>
    internal long FailuresFrom(int lane)
    {
        lock (_sent)
            return _sent[lane].FailuresFrom;
    }

    /// <summary>Reads how many last receipts this process has settled messages of a lane by; failures only of messages
    /// that were handed over a short while ago.</summary>
    /// <param name="into"><see cref="ReceiptKinds"/> places: the first for those that could not be better, the others
    /// for failures, each at its class's number.</param>
    public void ReadReceipts(int lane, Span<long> into)
    {
        into.Clear();
        lock (_sent)
        {
            if (_sent.TryGetValue(lane, out var sent))
                sent.Receipts.CopyTo(into);
        }
    }

    /// <summary>Takes over counts as they were kept.</summary>
    internal void TakeOver(IEnumerable<TallyRow> kept)
    {
        foreach (var row in kept)
            CellFor(row.Lane, row.Parts).Pending[(int)row.Status] = row.Messages;
    }

    /// <summary>Counts anew, what is being written included. Only while no attempt is open.</summary>
    /// <param name="kept">As they stand: other processes may have changed them since.</param>
    /// <param name="settled">Messages whose status is written, by the lane they were planned for.</param>
    /// <param name="routed">Those another lane sends.</param>
    internal void Recount(
        IEnumerable<TallyRow> kept,
        IEnumerable<TallyRow> settled,
        IEnumerable<(TallyRow Planned, TallyRow Moved)> routed)
    {
        foreach (var cell in _cells)
        {
            for (var status = 0; status < Statuses; status++)
                cell.Pending[status] = -cell.Shown[status];
            Array.Clear(cell.Unwritten);
        }

        foreach (var row in kept)
            CellFor(row.Lane, row.Parts).Unwritten[(int)row.Status] = -row.Messages;

        foreach (var stretch in _stretches)
            Add(stretch.Cell, MessageStatus.Planned, stretch.Last - stretch.First + 1);

        foreach (var row in settled)
        {
            var cell = CellFor(row.Lane, row.Parts);
            Move(cell, MessageStatus.Planned, cell, row.Status, row.Messages);
        }

        foreach (var (planned, moved) in routed)
            Move(
                CellFor(planned.Lane, planned.Parts), planned.Status,
                CellFor(moved.Lane, moved.Parts), moved.Status, moved.Messages);
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
    internal void Write(IKeptCounts kept)
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

    /// <param name="failure">Null: it could not be better.</param>
    internal void AddReceipt(int lane, FailureClass? failure)
    {
        var sent = _sent[lane];
        sent.PendingReceipts[(int)(failure ?? 0)]++;
        sent.HasPendingReceipts = true;
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
                for (var kind = 0; sent.HasPendingReceipts && kind < ReceiptKinds; kind++)
                    sent.Receipts[kind] += sent.PendingReceipts[kind];
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
        {
            (sent.PendingCost, sent.PendingMessages, sent.PendingFirst, sent.PendingLast) = (0, 0, long.MaxValue, 0);
            if (sent.HasPendingReceipts)
                Array.Clear(sent.PendingReceipts);
            sent.HasPendingReceipts = false;
        }
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
        public long[] Receipts { get; } = new long[ReceiptKinds];
        public long[] PendingReceipts { get; } = new long[ReceiptKinds];
        public bool HasPendingReceipts { get; set; }
        public long FailuresFrom { get; set; }
    }

    /// <summary>A batch.</summary>
    readonly record struct Stretch(long First, long Last, Cell Cell)
    {
        public bool Holds(long seq) => First <= seq && seq <= Last;
    }
}
