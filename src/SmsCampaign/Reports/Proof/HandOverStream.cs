using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports.Proof;

/// <summary>
/// The hand-overs of several ledgers in the order of time, in modest memory however many there are: surveyed once to
/// see which stretch of time lies in which rows, then read a stretch at a time and sorted there.
/// </summary>
/// <param name="ledgers">The run's own first.</param>
/// <param name="lanes">For each ledger, which of its lanes count and as which account, by place.</param>
/// <param name="mostAtATime">Most hand-overs in memory at a time, where no 8 seconds hold more.</param>
sealed class HandOverStream(
    IReadOnlyList<IHandOverReader> ledgers, IReadOnlyList<Dictionary<int, int>> lanes, int mostAtATime)
{
    /// <summary>Microseconds of the stretches that are counted, as a power of two: 8.4 s.</summary>
    const int BinBits = 23;

    readonly SortedDictionary<long, Bin> _bins = [];

    /// <summary>Reads every ledger once.</summary>
    /// <param name="onAttempt">Given the ledger's place, and the account's.</param>
    /// <param name="onHandOver">Likewise.</param>
    public void Survey(Action<int, int, AttemptRow> onAttempt, Action<int, int, long> onHandOver)
    {
        for (var at = 0; at < ledgers.Count; at++)
        {
            foreach (var attempt in ledgers[at].ReadAttempts())
            {
                if (!lanes[at].TryGetValue(attempt.Lane, out var account))
                    continue;

                onAttempt(at, account, attempt);
                if (attempt.HandOver is { } handOver)
                    Note(at, 0, account, handOver, onHandOver);
            }

            for (var table = 1; table < IHandOverReader.Tables; table++)
            {
                foreach (var handOver in ledgers[at].Read(table))
                {
                    if (lanes[at].TryGetValue(handOver.Lane, out var account))
                        Note(at, table, account, handOver, onHandOver);
                }
            }
        }
    }

    /// <summary>Gives every hand-over, an account's in the order of time.</summary>
    public void Read(Action<int, TimedCost> give)
    {
        foreach (var slice in Slices())
        {
            var found = new SortedHandOvers[lanes[0].Values.Max() + 1];
            foreach (ref var each in found.AsSpan())
                each = new SortedHandOvers();

            for (var at = 0; at < ledgers.Count; at++)
            {
                for (var table = 0; table < IHandOverReader.Tables; table++)
                    Read(slice, at, table, found);
            }

            for (var account = 0; account < found.Length; account++)
            {
                foreach (var each in found[account].InOrder())
                    give(account, each);
            }
        }
    }

    void Note(int ledger, int table, int account, in HandOver handOver, Action<int, int, long> onHandOver)
    {
        onHandOver(ledger, account, handOver.At);
        if (!_bins.TryGetValue(handOver.At >> BinBits, out var bin))
            _bins[handOver.At >> BinBits] = bin = new Bin(ledgers.Count * IHandOverReader.Tables);

        bin.Count++;
        bin.Include(ledger * IHandOverReader.Tables + table, handOver.Key, handOver.Key);
    }

    IEnumerable<Slice> Slices()
    {
        Slice? slice = null;
        foreach (var (number, bin) in _bins)
        {
            if (slice is not null && slice.Bin.Count + bin.Count > mostAtATime)
            {
                yield return slice;
                slice = null;
            }

            slice ??= new Slice(number, bin.Keys.Length);
            slice.Add(number, bin);
        }

        if (slice is not null)
            yield return slice;
    }

    void Read(Slice slice, int ledger, int table, SortedHandOvers[] found)
    {
        var (first, last) = slice.Bin.Keys[ledger * IHandOverReader.Tables + table];
        if (first == 0)
            return;

        foreach (var each in ledgers[ledger].Read(table, first, last))
        {
            if (each.At >> BinBits is var bin
                && bin >= slice.First
                && bin <= slice.Last
                && lanes[ledger].TryGetValue(each.Lane, out var account))
                found[account].Add(new TimedCost(each.At, each.Messages, each.Parts, IsOwn: ledger == 0));
        }
    }

    /// <summary>A stretch of time: how many hand-overs, and between which keys of each table. Key 0 is none.</summary>
    sealed class Bin(int tables)
    {
        public long Count { get; set; }

        public (long First, long Last)[] Keys { get; } = new (long, long)[tables];

        public void Include(int table, long first, long last)
        {
            ref var keys = ref Keys[table];
            keys = keys.First == 0 ? (first, last) : (Math.Min(keys.First, first), Math.Max(keys.Last, last));
        }
    }

    sealed class Slice(long first, int tables)
    {
        public long First { get; } = first;

        public long Last { get; private set; }

        public Bin Bin { get; } = new(tables);

        public void Add(long number, Bin added)
        {
            Last = number;
            Bin.Count += added.Count;
            for (var at = 0; at < added.Keys.Length; at++)
            {
                if (added.Keys[at] is { First: > 0 } keys)
                    Bin.Include(at, keys.First, keys.Last);
            }
        }
    }
}
