using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// Puts the moments of several processes in a row. Within a process no step of the wall clock shows, in whichever
/// ledgers it wrote; but a process that starts after the clock was set back would seem to hand over at the same moments
/// as the one before it. Its moments are shifted, the same in every ledger, so that it opened each no earlier than the
/// last one before ended: one process at a time sends, and from its opening on its own clock tells how long it waited.
/// </summary>
sealed class ProcessClocks
{
    /// <summary>Attempts looked back upon for the last moment of a process: they are written in
    /// the order of time.</summary>
    const int LastAttempts = 2_000;

    /// <summary>Microseconds. In a ledger of a version before, which does not say where a process began: a lane
    /// that opens so long before what was written already was opened by another process. Less is no more than the
    /// order of writing.</summary>
    const long SurelyBack = 5_000_000;

    // In the order of time.
    readonly List<Stretch> _stretches = [];

    ProcessClocks()
    {
    }

    /// <summary>Whether there are moments of which it is not known by whose clock they are.</summary>
    public bool AreGuessed { get; private set; }

    /// <returns>One for each ledger.</returns>
    public static IReadOnlyList<ProcessClocks> Read(IReadOnlyList<Db> ledgers)
    {
        List<ProcessClocks> all = [.. ledgers.Select((db, at) => ReadOne(db, unknown: -1_000_000L * (at + 1)))];
        var shifts = all.SelectMany(clocks => clocks._stretches)
            .Select(stretch => stretch.Process)
            .Distinct()
            .ToDictionary(process => process, _ => 0L);

        // What is found in one ledger moves the process in the others too. Each round settles
        // at least one process more.
        var again = true;
        for (var rounds = 0; again && rounds <= shifts.Count; rounds++)
        {
            again = false;
            foreach (var clocks in all)
                again |= clocks.Raise(shifts);
        }

        foreach (var stretch in all.SelectMany(clocks => clocks._stretches))
            stretch.Shift = shifts[stretch.Process];
        return all;
    }

    /// <summary>What to add to the moments of an attempt, microseconds.</summary>
    public long ShiftOf(long attempt)
    {
        for (var at = _stretches.Count - 1; at >= 0; at--)
        {
            if (_stretches[at].FirstAttempt <= attempt)
                return _stretches[at].Shift;
        }

        return 0;
    }

    /// <summary>What to add to moments of the process that came after an attempt's: it noted that the
    /// attempt was cut off.</summary>
    public long ShiftAfter(long attempt)
    {
        var next = _stretches.Find(stretch => stretch.FirstAttempt > attempt);
        return next?.Shift ?? ShiftOf(attempt);
    }

    /// <summary>The changes with their moments shifted as the attempts of the same process.</summary>
    public IEnumerable<HistoryRow> Straighten(IEnumerable<HistoryRow> history)
    {
        foreach (var row in history)
        {
            var shift = _stretches.FindLast(stretch => stretch.FirstHold <= row.Id)?.Shift ?? 0;
            yield return row with
            {
                Change = row.Change with { At = row.Change.At + shift, Until = row.Change.Until + shift },
            };
        }
    }

    /// <param name="unknown">Names of processes whose names are not known go down from here.</param>
    static ProcessClocks ReadOne(Db db, long unknown)
    {
        var clocks = new ProcessClocks();
        using (var openings = db.Prepare("select process, at_us, first_attempt, first_hold from opening order by id"))
        {
            while (openings.Step())
                clocks._stretches.Add(
                    new Stretch(openings.Number(0), openings.Number(1), openings.Number(2), openings.Number(3)));
        }

        clocks.AddOlder(db, unknown);
        using var lastMoment = db.Prepare("""
            select max(max(intent_us, coalesce(handed_us, 0), case when cut_off = 1 then 0 else coalesce(answered_us, 0) end))
            from   attempt
            where  id between ? and ?
            """);
        for (var at = 0; at < clocks._stretches.Count; at++)
        {
            var (from, through) = (clocks._stretches[at].FirstAttempt, clocks.ThroughOf(at, db));
            lastMoment.Bind(1, Math.Max(from, through - LastAttempts)).Bind(2, through);
            if (lastMoment.Step())
                clocks._stretches[at].Last = Math.Max(clocks._stretches[at].At, lastMoment.Number(0));
            lastMoment.Reset();
        }

        return clocks;
    }

    /// <summary>What was written before openings were noted: another process only where it
    /// cannot be the same.</summary>
    void AddOlder(Db db, long unknown)
    {
        var (attempts, holds) = _stretches.Count > 0
            ? (_stretches[0].FirstAttempt, _stretches[0].FirstHold)
            : (long.MaxValue, long.MaxValue);
        if (attempts <= 1 || db.ReadNumber("select min(id) from attempt") is not { } first || first >= attempts)
            return;

        AreGuessed = true;
        using var lastMoment = db.Prepare(
            "select max(max(intent_us, coalesce(handed_us, 0))) from attempt where id between ?1 - ?2 and ?1");
        List<Stretch> older = [new Stretch(unknown, 0, 0, 0)];
        foreach (var row in LaneHistory.ReadAll(db).Where(row =>
            row.Change.Kind == LaneChangeKind.Opened && row.Attempt > 0 && row.Id < holds))
        {
            lastMoment.Bind(1, row.Attempt).Bind(2, LastAttempts);
            var isBack = lastMoment.Step()
                && row.Change.At < lastMoment.Number(0) - SurelyBack
                && row.Attempt + 1 > older[^1].FirstAttempt;
            lastMoment.Reset();
            if (isBack)
                older.Add(new Stretch(unknown - older.Count, row.Change.At, row.Attempt + 1, row.Id));
        }

        _stretches.InsertRange(0, older);
    }

    /// <returns>Whether any process had to be shifted further than was known.</returns>
    bool Raise(Dictionary<long, long> shifts)
    {
        var raised = false;
        var last = long.MinValue;
        var before = 0L;
        foreach (var stretch in _stretches)
        {
            var known = shifts[stretch.Process];
            var need = stretch.At >= last ? 0 : stretch.At + before >= last ? before : last - stretch.At;
            if (need > known)
                (shifts[stretch.Process], raised) = (need, true);

            before = shifts[stretch.Process];
            last = Math.Max(last, stretch.Last + before);
        }

        return raised;
    }

    long ThroughOf(int at, Db db) =>
        at + 1 < _stretches.Count
            ? _stretches[at + 1].FirstAttempt - 1
            : db.ReadNumber("select max(id) from attempt") ?? 0;

    /// <summary>What one process wrote in a ledger between opening it and the next opening.</summary>
    /// <param name="at">When it opened it, by its clock.</param>
    sealed class Stretch(long process, long at, long firstAttempt, long firstHold)
    {
        public long Process => process;
        public long At => at;
        public long FirstAttempt => firstAttempt;
        public long FirstHold => firstHold;

        /// <summary>The last moment it wrote, by its clock.</summary>
        public long Last { get; set; }
        public long Shift { get; set; }
    }
}
