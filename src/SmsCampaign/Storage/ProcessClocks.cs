using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage;

/// <summary>
/// Puts the moments of several processes in a row. Within a process no step of the wall clock shows; but a process that
/// starts after the clock was set back would seem to hand over at the same moments as the one before it. Its moments are
/// shifted so that it opens the lane just as the last one before ended: one process at a time sends, so it was no earlier,
/// and from its opening on its own clock tells how long it waited.
/// </summary>
sealed class ProcessClocks
{
    /// <summary>Attempts looked back upon for the last moment of a process: they are written in the order of time.</summary>
    const int LastAttempts = 2_000;

    // By the last attempt before each opening.
    readonly List<long> _after = [];
    readonly List<long> _shift = [];

    public static ProcessClocks Read(SqliteDb db)
    {
        var clocks = new ProcessClocks();
        using var lastMoment = db.Prepare("""
            select max(max(intent_us, coalesce(handed_us, 0), case when cut_off then 0 else coalesce(answered_us, 0) end))
            from   (select * from attempt where id between ?1 - ?2 and ?1)
            """);

        foreach (var row in LaneHistory.ReadAll(db).Where(row => row.Change.Kind == LaneChangeKind.Opened && row.Attempt > 0))
        {
            lastMoment.Bind(1, row.Attempt).Bind(2, LastAttempts);
            lastMoment.Step();
            var last = lastMoment.Number(0) + clocks.ShiftOf(row.Attempt);
            lastMoment.Reset();

            var shift = clocks._shift.LastOrDefault();
            if (row.Change.At + shift >= last)
                continue;

            clocks._after.Add(row.Attempt);
            clocks._shift.Add(last - row.Change.At);
        }

        return clocks;
    }

    /// <summary>What to add to the moments of an attempt, microseconds.</summary>
    public long ShiftOf(long attempt)
    {
        for (var at = _after.Count - 1; at >= 0; at--)
        {
            if (_after[at] < attempt)
                return _shift[at];
        }

        return 0;
    }

    /// <summary>The changes with their moments shifted as the attempts of the same process.</summary>
    public IEnumerable<HistoryRow> Straighten(IEnumerable<HistoryRow> history)
    {
        var shift = 0L;
        foreach (var row in history)
        {
            if (row.Change.Kind == LaneChangeKind.Opened)
                shift = ShiftOf(row.Attempt + 1);
            yield return row with { Change = row.Change with { At = row.Change.At + shift, Until = row.Change.Until + shift } };
        }
    }
}
