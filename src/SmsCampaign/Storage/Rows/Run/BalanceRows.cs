using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>Counts a run's ledger for its <see cref="RunBalance"/>.</summary>
static class BalanceRows
{
    /// <summary>What the kept counts come to, beside the small tables: no row of a message is looked at.</summary>
    public static RunBalance ReadKept(Db db)
    {
        var kept = TallyRows.Read(db);
        var batched = db.ReadNumber("select sum(last_seq - first_seq + 1) from batch") ?? 0;
        return new RunBalance(
            db.ReadNumber("select sum(matched) from segment") ?? 0,
            db.ReadNumber("select count(*) from exclusion")!.Value,
            batched,
            batched,
            Stray: 0,
            Enum.GetValues<MessageStatus>().ToDictionary(
                status => status, status => kept.Where(row => row.Status == status).Sum(row => row.Messages)));
    }

    /// <summary>Counts the rows, and holds the kept counts and the attempts to them, at one moment.</summary>
    /// <returns>What does not add up, or is not what is kept or was handed over; null where all is right.</returns>
    public static Wording? Audit(Db db)
    {
        var (counted, contradicted) = (Count(db), ContradictedRows.Count(db));
        var kept = TallyRows.AreIn(db) ? ReadKept(db).ByStatus : null;
        if (counted.Holds && contradicted == 0 && kept?.Any(pair => counted.ByStatus[pair.Key] != pair.Value) != true)
            return null;

        var numbers = kept is null ? counted.Numbers : counted.NumbersBeside(kept);
        return contradicted == 0 ? numbers : new Wording(
            $"{numbers}; ghi là chưa gửi dù đã chuyển: {contradicted}",
            $"{numbers}; said not to be sent though handed over: {contradicted}");
    }

    /// <summary>The same of a ledger that lies there, in use or not, at one moment.</summary>
    /// <exception cref="LedgerException">It cannot be read.</exception>
    public static UnbalancedException? Find(Database at)
    {
        using var db = at.LookUpToDate(TableSet.Run);
        db.BeginReading();
        return Audit(db) is { } wrong ? new UnbalancedException(new RunAddress(at), wrong) : null;
    }

    /// <summary>Counts the rows. Some tenths of a second a million.</summary>
    public static RunBalance Count(Db db)
    {
        using var count = db.Prepare("""
            select    count(*),
                      count(state.seq),
                      count(*) filter (where state.status = 0), count(*) filter (where state.status = 1),
                      count(*) filter (where state.status = 2), count(*) filter (where state.status = 3),
                      count(*) filter (where state.status = 4), count(*) filter (where state.status = 5),
                      count(*) filter (where state.status = 6), count(*) filter (where state.status = 7)
            from      message
            left join state on state.seq = message.seq
            """);
        count.Step();
        var messages = count.Number(0);
        var withState = count.Number(1);

        var inFlight = db.ReadNumber("""
            select count(distinct message.seq)
            from   attempt
            join   message on message.seq between attempt.first_seq and attempt.last_seq
            where  attempt.answered_us is null
            and    not exists (select 1 from state where state.seq = message.seq)
            and    not exists (select 1 from tried where tried.attempt = attempt.id and tried.seq = message.seq)
            """)!.Value;

        var byStatus = Enum.GetValues<MessageStatus>().ToDictionary(
            status => status, status => count.Number(2 + (int)status));
        byStatus[MessageStatus.Planned] += messages - withState - inFlight;
        byStatus[MessageStatus.Submitting] += inFlight;

        return new RunBalance(
            db.ReadNumber("select sum(matched) from segment") ?? 0,
            db.ReadNumber("select count(*) from exclusion")!.Value,
            messages,
            db.ReadNumber("select sum(last_seq - first_seq + 1) from batch") ?? 0,
            db.ReadNumber("select count(*) from state")!.Value - withState,
            byStatus);
    }
}
