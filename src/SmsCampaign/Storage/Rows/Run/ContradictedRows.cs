using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// Messages whose rows say that they were not sent, planned still or left over, though an attempt that carried them
/// stands as handed over: nothing says what became of them. The program writes no such thing: a row was changed or
/// taken away past it. None of them is ever sent again.
/// </summary>
static class ContradictedRows
{
    /// <summary>
    /// SQL: their seq, and the attempt; one row an attempt. What was put off keeps a row of its own for each attempt,
    /// and what was put back has a resolution. Walks through the attempts; their messages are looked at one by one
    /// only where not all of them have come to something.
    /// </summary>
    public static readonly string Select = $"""
        select     message.seq as seq, handed.id as attempt
        from       (select id, first_seq, last_seq
                    from   attempt
                    where  answered_us is not null
                    and    (handed_us is not null or cut_off = 1)
                    and    (select count(*) from state
                            where  state.seq between attempt.first_seq and attempt.last_seq
                            and    state.status not in ({(int)MessageStatus.Planned}, {(int)MessageStatus.Leftover}))
                           <= last_seq - first_seq) as handed
        cross join message on message.seq between handed.first_seq and handed.last_seq
        left join  state on state.seq = message.seq
        where      coalesce(state.status, 0) in ({(int)MessageStatus.Planned}, {(int)MessageStatus.Leftover})
        and        not exists (select 1 from tried where tried.seq = message.seq and tried.attempt = handed.id)
        and        (state.seq is null
                    or not exists (select 1 from resolution
                                   where  resolution.seq = state.seq
                                   and    resolution.to_status = {(int)MessageStatus.Planned}))
        """;

    public static long Count(Db db) => db.ReadNumber($"select count(distinct seq) from ({Select}) as found")!.Value;

    /// <summary>Makes uncertain those that are planned still. Within the caller's transaction; kept counts are counted
    /// anew by the caller.</summary>
    public static void Doubt(Db db, long now)
    {
        using var doubt = db.Prepare($"""
            insert into state (seq, status, attempt, reason, settled_us)
            select   found.seq, {(int)MessageStatus.Uncertain}, max(found.attempt), ?1, ?2
            from     ({Select}) as found
            where    not exists (select 1 from state
                                 where  state.seq = found.seq and state.status = {(int)MessageStatus.Leftover})
            group by found.seq
            on conflict (seq) do update
            set status = excluded.status, attempt = excluded.attempt, reason = excluded.reason, code = null,
                settled_us = excluded.settled_us
            """);
        doubt.Bind(1, (long)Reason.LedgerLost).Bind(2, now).Run();
    }
}
