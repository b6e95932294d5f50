using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Marks;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// Makes uncertain what a run may have handed over that its file does not know of. It is settled by receipts, by asking
/// the gateway or by a person, and never planned by the program.
/// </summary>
static class RunGap
{
    /// <summary>For a ledger that is there. All or nothing; on disk when it returns.</summary>
    /// <param name="to">How far the run may have come.</param>
    /// <returns>How many messages became uncertain.</returns>
    public static long Declare(Database at, RunMark to, ProcessClock clock)
    {
        using var db = at.Open();
        db.MakeReadyToSend();
        db.Flush(each: true);
        db.Upgrade(TableSet.Run);
        using var kept = new TallyRows(db);
        var (interrupted, _) = RunRecovery.Recover(db, clock, kept);

        db.Begin();
        var declared = Write(db, to, clock.Now());
        db.Commit();
        return interrupted + declared;
    }

    /// <summary>How many messages are uncertain because it was declared so.</summary>
    public static long CountDeclared(Database at)
    {
        using var db = at.Look();
        using var declared = db.Prepare("select count(*) from state where status = 2 and reason = ?");
        declared.Bind(1, (long)Reason.LedgerLost).Step();
        return declared.Number(0);
    }

    /// <summary>Within the caller's transaction.</summary>
    internal static long Write(Db db, RunMark to, long now)
    {
        // Whatever was cut off when the copy was taken has been answered since, or repeated: it is not known any more,
        // and no gateway drops a repeat of long ago.
        using (var earlier = db.Prepare("update state set reason = ? where status = 2 and reason in (?, ?)"))
            earlier
                .Bind(1, (long)Reason.LedgerLost)
                .Bind(2, (long)Reason.Interrupted)
                .Bind(3, (long)Reason.Stopped)
                .Run();

        var declared = 0L;
        using var add = db.Prepare("""
            insert into state (seq, status, reason, settled_us)
            select seq, 2, ?1, ?2
            from   message
            where  seq between ?3 and ?4
            and    not exists (select 1 from state where state.seq = message.seq)
            """);
        using var move = db.Prepare(
            "update state set status = 2, reason = ?1, settled_us = ?2 where status = 0 and seq between ?3 and ?4");
        for (var carrier = 1; carrier <= MessageSeq.MostCarriers; carrier++)
        {
            var (first, last) = MessageSeq.RangeOf(carrier);
            foreach (var statement in new[] { add, move })
            {
                statement
                    .Bind(1, (long)Reason.LedgerLost)
                    .Bind(2, now)
                    .Bind(3, first)
                    .Bind(4, Math.Min(last, to.LastPossibleOf(carrier)))
                    .Run();
                declared += db.Changes;
            }
        }

        // The attempts that were lost had these ids: what is attempted from now on comes after them, so that
        // the file is no longer behind.
        if ((db.ReadNumber("select max(id) from attempt") ?? 0) < Math.Max(1, to.LastPossible))
        {
            using var attempt = db.Prepare("""
                insert into attempt (id, lane, first_seq, last_seq, parts, intent_us, answered_us, outcome)
                values (?, coalesce((select min(id) from lane), 1), 0, 0, 0, ?, ?, ?)
                """);
            attempt
                .Bind(1, Math.Max(1, to.LastPossible))
                .Bind(2, now)
                .Bind(3, now)
                .Bind(4, (long)SendOutcome.Uncertain)
                .Run();
        }

        // Counted anew when it is next opened to be sent.
        db.Execute("delete from tally");
        return declared;
    }
}
