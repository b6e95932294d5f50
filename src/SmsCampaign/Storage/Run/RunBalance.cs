using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Run;

namespace SmsCampaign.Storage.Run;

/// <summary>
/// The proof by counting rows that nobody of an audience is lost (rule 7), at every start and whenever sending ends: a
/// loop that believes it is done is no proof.
/// </summary>
/// <param name="Audience">Rows of the audience's files.</param>
/// <param name="Excluded">Rows kept as exclusions.</param>
/// <param name="Messages">Rows kept as messages.</param>
/// <param name="Batched">Messages the batches cover.</param>
/// <param name="Stray">Status rows that belong to no message.</param>
/// <param name="ByStatus">Messages at each status; in flight counts as submitting.</param>
public sealed record RunBalance(
    long Audience,
    long Excluded,
    long Messages,
    long Batched,
    long Stray,
    IReadOnlyDictionary<MessageStatus, long> ByStatus)
{
    public bool Holds =>
        BalanceRule.Difference(Audience, Excluded, status => ByStatus[status]) == 0
        && Audience == Excluded + Messages && Messages == Batched && Stray == 0;

    /// <summary>The numbers, as an engineer wants them.</summary>
    public Wording Numbers
    {
        get
        {
            var byStatus = Describe(ByStatus);
            return new Wording(
                $"số dòng danh sách {Audience}, loại trừ {Excluded}, tin {Messages}, trong lô "
                    + $"{Batched}, lạc {Stray}; {byStatus}",
                $"audience {Audience}, excluded {Excluded}, messages {Messages}, in batches {Batched}, "
                    + $"stray {Stray}; {byStatus}");
        }
    }

    /// <summary>These numbers beside what is shown.</summary>
    internal Wording NumbersBeside(IReadOnlyDictionary<MessageStatus, long> shown)
    {
        var (counted, kept) = (Numbers, Describe(shown));
        return new Wording($"{counted}; đang hiện: {kept}", $"{counted}; shown: {kept}");
    }

    /// <summary>What the kept counts come to, beside the small tables: no row of a message is looked at.</summary>
    internal static RunBalance ReadKept(SqliteDb db)
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

    /// <summary>Counts the rows and holds the kept counts to them, at one moment.</summary>
    /// <returns>What does not add up, or is not what is kept; null where all is right.</returns>
    internal static Wording? Audit(SqliteDb db)
    {
        var counted = Count(db);
        if (!TallyRows.AreIn(db))
            return counted.Holds ? null : counted.Numbers;

        var kept = ReadKept(db).ByStatus;
        return counted.Holds && counted.ByStatus.All(pair => kept[pair.Key] == pair.Value)
            ? null
            : counted.NumbersBeside(kept);
    }

    /// <summary>Counts the rows. Some tenths of a second a million.</summary>
    internal static RunBalance Count(SqliteDb db)
    {
        using var count = db.Prepare("""
            select    count(*),
                      count(state.seq),
                      sum(state.status = 0), sum(state.status = 1), sum(state.status = 2), sum(state.status = 3),
                      sum(state.status = 4), sum(state.status = 5), sum(state.status = 6), sum(state.status = 7)
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

    static Wording Describe(IReadOnlyDictionary<MessageStatus, long> byStatus) =>
        Wording.Join(", ", byStatus.OrderBy(pair => pair.Key)
            .Select(
                pair => new Wording($"{MessageStatusWords.Of(pair.Key)} {pair.Value}", $"{pair.Key} {pair.Value}")));
}

/// <summary>A ledger's rows do not add up, or not to what the program believes: nothing may be sent from it.</summary>
/// <param name="numbers">Without any phone number.</param>
public sealed class UnbalancedException(string path, Wording numbers)
    : LedgerException(new Wording($"{path} không cân đối: {numbers}", $"{path} does not balance: {numbers}"))
{
    public string LedgerPath => path;

    public Wording Numbers => numbers;
}
