using SmsCampaign.Carriers;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// Reads every hand-over of a run from its ledger, whichever table it stands in, a range of keys at a time. Moments are
/// straightened where a clock was set back between two processes: see <see cref="ProcessClocks"/>.
/// </summary>
sealed class HandOvers : IHandOverReader
{
    const int Preparations = 3;

    readonly Db _db;
    readonly Statement _attempts;
    readonly Statement[] _oneByOne;
    readonly Statement _known;
    ProcessClocks _clocks;
    bool _anyOneByOne;

    /// <exception cref="LedgerException">The file is not there, or not a run's ledger.</exception>
    public HandOvers(Database at)
    {
        _db = at.LookUpToDate(TableSet.Run);

        // One moment's view, however long it takes.
        _db.BeginReading();
        Info = RunInfoRows.Read(_db);
        _clocks = ProcessClocks.Read([_db])[0];
        _attempts = _db.Prepare("""
            select id, lane, first_seq, last_seq, parts, calls, intent_us, handed_us, answered_us, cut_off
            from   attempt
            where  id between ? and ?
            """);
        _oneByOne =
        [
            _db.Prepare("""
                select state.seq, attempt.lane, state.handed_us, attempt.parts / attempt.calls, attempt.id
                from   state
                join   attempt on attempt.id = state.attempt
                where  state.seq between ? and ? and attempt.calls > 1 and state.handed_us is not null
                """),
            _db.Prepare("""
                select tried.id, attempt.lane, tried.handed_us, attempt.parts / attempt.calls, attempt.id
                from   tried
                join   attempt on attempt.id = tried.attempt
                where  tried.id between ? and ? and attempt.calls > 1 and tried.handed_us is not null
                """),
        ];
        _known = _db.Prepare($"""
            select (select count(*) from state where attempt = ?1 and seq between ?2 and ?3 and handed_us is not null)
                 + (select count(*) from tried where attempt = ?1 and (handed_us is not null or deferral not in (0, {(int)Deferral.CutOff})))
            """);
    }

    public RunInfo Info { get; }

    /// <summary>Whether it is not known of all that was handed over by which process's clock, as the ledger is
    /// of a version before.</summary>
    public bool HasUnknownClocks => _clocks.AreGuessed;

    /// <summary>Puts the moments of several ledgers in a row together: a process that wrote in two has
    /// one clock in both.</summary>
    public static void Straighten(IReadOnlyList<HandOvers> ledgers)
    {
        var clocks = ProcessClocks.Read([.. ledgers.Select(ledger => ledger._db)]);
        for (var at = 0; at < ledgers.Count; at++)
            ledgers[at]._clocks = clocks[at];
    }

    /// <summary>Every attempt in the order they were begun.</summary>
    public IEnumerable<AttemptRow> ReadAttempts(long from = 0, long through = long.MaxValue)
    {
        var row = _attempts.Bind(1, from).Bind(2, through);
        while (row.Step())
        {
            var shift = _clocks.ShiftOf(row.Number(0));
            var attempt = new AttemptRow(
                row.Number(0), (int)row.Number(1), row.Number(2), row.Number(3), (int)row.Number(4), (int)row.Number(5),
                row.Number(6) + shift,
                row.NumberOrNull(7) + shift,
                row.NumberOrNull(8) + (row.Number(9) == 1 ? _clocks.ShiftAfter(row.Number(0)) : shift),
                row.Number(9) == 1);
            _anyOneByOne |= attempt.IsOneByOne;
            yield return attempt;
        }

        row.Reset();
    }

    /// <summary>The hand-overs in one of the tables by key. The attempts must have been read before.</summary>
    public IEnumerable<HandOver> Read(int table, long from = 0, long through = long.MaxValue)
    {
        if (table == 0)
        {
            foreach (var attempt in ReadAttempts(from, through))
            {
                if (attempt.HandOver is { } handOver)
                    yield return handOver;
            }

            yield break;
        }

        if (table == Preparations)
        {
            foreach (var (lane, change, _, id) in _clocks.Straighten(LaneHistory.ReadAll(_db)))
            {
                if (change.Kind == LaneChangeKind.Prepared && id >= from && id <= through)
                    yield return new HandOver(id, lane, change.At, Messages: 0, Parts: 0);
            }

            yield break;
        }

        if (!_anyOneByOne)
            yield break;

        var row = _oneByOne[table - 1].Bind(1, from).Bind(2, through);
        while (row.Step())
            yield return new HandOver(
                row.Number(0),
                (int)row.Number(1),
                row.Number(2) + _clocks.ShiftOf(row.Number(4)),
                1,
                (int)row.Number(3));
        row.Reset();
    }

    /// <summary>What of an attempt was handed over, or not, at a moment nobody knows.</summary>
    /// <returns>Null where all is known.</returns>
    public UnknownHandOver? FindUnknown(in AttemptRow attempt)
    {
        if (attempt.HandOver is not null || (attempt.Answered is not null && !attempt.Interrupted))
            return null;

        var messages = attempt.Messages - (attempt.IsOneByOne ? CountKnown(attempt) : 0);
        return messages == 0 ? null : new UnknownHandOver(
            attempt.Lane,
            attempt.Intent,
            Math.Max(attempt.Intent, attempt.Answered ?? long.MaxValue),
            attempt.IsOneByOne ? messages : 1,
            messages,
            messages * (attempt.Parts / attempt.Messages));
    }

    /// <summary>Lanes on which something is still to be sent.</summary>
    public HashSet<int> ReadLanesWithWork()
    {
        var lanes = new HashSet<int>();
        using var row = _db.Prepare($"""
            select distinct batch.lane
            from   batch
            where  done_us is null
            and    exists (select 1
                           from      message
                           left join state on state.seq = message.seq
                           where     message.seq between batch.first_seq and batch.last_seq
                           and       (state.seq is null or state.status = 0)
                           {(RouteRows.AreIn(_db) ? "and not exists (select 1 from route where route.seq = message.seq)" : "")})
            """);
        while (row.Step())
            lanes.Add((int)row.Number(0));
        if (!RouteRows.AreIn(_db))
            return lanes;

        using var moved = _db.Prepare("""
            select distinct route.lane
            from      route
            left join state on state.seq = route.seq
            where     coalesce(state.status, 0) = 0
            """);
        while (moved.Step())
            lanes.Add((int)moved.Number(0));
        return lanes;
    }

    /// <summary>Every lane's history, the first change first.</summary>
    public ILookup<int, LaneChange> ReadHistory() =>
        _clocks.Straighten(LaneHistory.ReadAll(_db)).ToLookup(row => row.Lane, row => row.Change);

    public void Dispose()
    {
        _attempts.Dispose();
        foreach (var statement in _oneByOne)
            statement.Dispose();
        _known.Dispose();
        _db.Dispose();
    }

    int CountKnown(in AttemptRow attempt)
    {
        var row = _known.Bind(1, attempt.Id).Bind(2, attempt.First).Bind(3, attempt.Last);
        row.Step();
        var known = (int)row.Number(0);
        row.Reset();
        return known;
    }
}
