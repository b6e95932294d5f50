using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>Counts a run's ledger for its <see cref="RunCounters"/>.</summary>
static class CounterRows
{
    /// <summary>How many messages of a ledger are still to be sent, without opening it to be sent: as kept, or
    /// counted where none are.</summary>
    /// <exception cref="LedgerException">The file is not there, or no run's ledger.</exception>
    public static long CountPlanned(Database at)
    {
        using var db = at.Look();
        db.RefuseNewer(TableSet.Run);
        var isKept = db.Has("tally") && TallyRows.AreIn(db);
        return db.ReadNumber(isKept
            ? "select sum(messages) from tally where status = 0"
            : "select (select sum(last_seq - first_seq + 1) from batch) - (select count(*) from "
                + "state where status <> 0)")
            ?? 0;
    }

    /// <summary>As they were kept; counted, and kept from then on, where they were not. Inside a
    /// transaction that may write.</summary>
    public static RunCounters Read(Db db, RunInfo info, RunRoutes routes, TallyRows kept)
    {
        var sent = TallyRows.ReadSent(db);
        var counters = new RunCounters(
            info.Lanes.Keys.ToDictionary(lane => lane, lane => sent.TryGetValue(lane, out var when) ? when.Last : 0),
            ReadBatches(db),
            routes);
        if (TallyRows.AreIn(db))
        {
            counters.TakeOver(TallyRows.Read(db));
        }
        else
        {
            // From nothing, so that none of it is added to what is not there.
            Recount(db, counters);
            db.Execute("insert into tally (lane, parts, status, messages) values (0, 0, 0, 0)");
            counters.Write(kept);
        }

        counters.Publish();
        return counters;
    }

    /// <summary>Counts anew, what is being written included. Only while no attempt is open.</summary>
    public static void Recount(Db db, RunCounters counters) =>
        counters.Recount(TallyRows.Read(db), ReadSettled(db), ReadRouted(db));

    static List<(long First, long Last, int Lane, int Parts)> ReadBatches(Db db) => db.Read(
        $"select first_seq, last_seq, lane, parts from batch order by first_seq",
        row => (row.Number(0), row.Number(1), (int)row.Number(2), (int)row.Number(3)));

    static List<TallyRow> ReadSettled(Db db) => db.Read(
        $"""
        select   batch.lane, batch.parts, state.status, count(*)
        from     batch
        join     state on state.seq between batch.first_seq and batch.last_seq
        group by 1, 2, 3
        """,
        row => new TallyRow((int)row.Number(0), (int)row.Number(1), (MessageStatus)row.Number(2), row.Number(3)));

    static List<(TallyRow Planned, TallyRow Moved)> ReadRouted(Db db) => db.Read(
        $"""
        select    batch.lane, batch.parts, route.lane, route.parts, coalesce(state.status, 0), count(*)
        from      route
        join      batch on route.seq between batch.first_seq and batch.last_seq
        left join state on state.seq = route.seq
        group by  1, 2, 3, 4, 5
        """,
        row =>
        {
            var (status, messages) = ((MessageStatus)row.Number(4), row.Number(5));
            return (
                new TallyRow((int)row.Number(0), (int)row.Number(1), status, messages),
                new TallyRow((int)row.Number(2), (int)row.Number(3), status, messages));
        });
}
