using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>One message of a run as its ledger has it.</summary>
sealed record MessageFact(long Seq, long Number, MessageStatus Status, Reason Why);

/// <summary>A hand-over as its ledger has it, microseconds.</summary>
/// <param name="AnsweredAt">When the answer was written down.</param>
sealed record HandOver(string Lane, long At, long AnsweredAt, int Parts);

/// <summary>What a crash cut off on a lane.</summary>
/// <param name="NoticedAt">When the next start settled it, microseconds.</param>
sealed record Interruption(string Lane, long NoticedAt, int Messages);

/// <summary>
/// Reads a run's ledger by SQL of its own, so that nothing of the program vouches for itself.
/// </summary>
sealed class LedgerFacts(string path, bool readOnly = true)
{
    public string Code => Read(db => db.ReadText("select value from run_info where name = 'code'")!);

    public long OpenAttempts => Count("select count(*) from attempt where answered_us is null");

    /// <summary>Messages that are still to be sent, or may be on their way.</summary>
    public long Unsettled =>
        Count("select (select count(*) from message) - (select count(*) from state where status <> 0)");

    /// <summary>Messages that are delivered or failed.</summary>
    public long Final => Count($"""
        select count(*) from state where status in ({(int)MessageStatus.Delivered}, {(int)MessageStatus.Failed})
        """);

    /// <summary>Messages that a crash cut off, whatever became of them since.</summary>
    public int CutOffEver => (int)Count("""
        select count(*) from (
            select state.seq from state join attempt on attempt.id = state.attempt where attempt.cut_off and state.handed_us is null
            union
            select seq from tried where reason = 1
        )
        """);

    public long Attempts => Count("select count(*) from attempt");

    /// <summary>Every message, in the order of its key.</summary>
    public IReadOnlyList<MessageFact> Messages() => ReadAll(
        """
        select    message.seq, message.number, coalesce(state.status, 0), coalesce(state.reason, 0)
        from      message
        left join state on state.seq = message.seq
        left join attempt on attempt.id = state.attempt
        order by  message.seq
        """,
        row => new MessageFact(row.Number(0), row.Number(1), (MessageStatus)row.Number(2), (Reason)row.Number(3)));

    /// <summary>Every call whose hand-over is known, in the order of time.</summary>
    public IReadOnlyList<HandOver> HandOvers() => ReadAll(
        """
        select   lane.name, made.handed_us, made.answered_us, made.parts
        from     (
            select attempt.lane, handed_us, answered_us, parts
            from   attempt
            where  calls = 1
            union all
            select attempt.lane, state.handed_us, attempt.answered_us, attempt.parts / attempt.calls
            from   state
            join   attempt on attempt.id = state.attempt
            where  attempt.calls > 1
            union all
            select attempt.lane, tried.handed_us, tried.answered_us, attempt.parts / attempt.calls
            from   tried
            join   attempt on attempt.id = tried.attempt
            where  attempt.calls > 1
        ) made
        join     lane on lane.id = made.lane
        where    made.handed_us is not null
        order by made.handed_us
        """,
        row => new HandOver(row.Text(0)!, row.Number(1), row.Number(2), (int)row.Number(3)));

    public IReadOnlyList<Interruption> Interruptions() => ReadAll(
        """
        select   lane.name, answered_us, sum(last_seq - first_seq + 1)
        from     attempt
        join     lane on lane.id = attempt.lane
        where    cut_off
        group by lane.name, answered_us
        """,
        row => new Interruption(row.Text(0)!, row.Number(1), (int)row.Number(2)));

    /// <summary>Messages by lane that a process killed now leaves uncertain: begun and not
    /// known how they ended.</summary>
    public IReadOnlyDictionary<string, int> CutOff() => ReadAll(
        """
        select   lane.name, count(*)
        from     attempt
        join     lane on lane.id = attempt.lane
        join     message on message.seq between first_seq and last_seq
        where    answered_us is null
        and      not exists (select 1 from state where state.seq = message.seq and status <> 0)
        and      not exists (select 1 from tried where tried.attempt = attempt.id and tried.seq = message.seq)
        group by lane.name
        """,
        row => (Lane: row.Text(0)!, Messages: (int)row.Number(1))).ToDictionary(
            each => each.Lane, each => each.Messages);

    public long Count(string sql) => Read(db => db.ReadNumber(sql)!.Value);

    T Read<T>(Func<SqliteDb, T> read)
    {
        using var db = SqliteDb.Open(path, readOnly);
        return read(db);
    }

    List<T> ReadAll<T>(string sql, Func<Statement, T> read) => Read(db =>
    {
        var all = new List<T>();
        using var statement = db.Prepare(sql);
        while (statement.Step())
            all.Add(read(statement));
        return all;
    });
}
