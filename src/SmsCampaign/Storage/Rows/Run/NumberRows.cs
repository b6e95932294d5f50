using SmsCampaign.Audience;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>The numbers of a run's ledger, and the hashes that are put in their place.</summary>
static class NumberRows
{
    /// <summary>Columns that hold what gateways said, in which a number may stand: masked there, as reports have
    /// it.</summary>
    public static readonly (string Table, string Column)[] Texts =
    [
        ("state", "code"), ("attempt", "note"), ("tried", "note"), ("hold", "reason"), ("inquiry", "answer"),
        ("route", "code"), ("receipt_note", "detail"), ("resolution", "reason"), ("lane_trial", "code"),
    ];

    /// <summary>Gateways' ids, of which a number may be part: two stay two.</summary>
    public static readonly (string Table, string Column)[] Ids =
        [("state", "carrier_id"), ("carrier_reference", "carrier_id")];

    /// <summary>Two of three million hashes are alike once in two million times; three times in a row never.</summary>
    public const int MostSalts = 3;

    public static NumberErasure? ReadErasure(Database at)
    {
        using var db = at.Look();
        return ReadErasure(db);
    }

    /// <returns>Null also of a ledger of before numbers were erased.</returns>
    public static NumberErasure? ReadErasure(Db db)
    {
        if (!db.Has("erasure"))
            return null;

        return db.Find(
            $"select max(key), max(salt), max(whole) from erasure having count(*) > 0",
            row => new NumberErasure(row.Text(0)!, (int)row.Number(1), row.Number(2) != 0));
    }

    public static long CountUnsettled(Database at)
    {
        using var db = at.LookUpToDate(TableSet.Run);
        return db.ReadNumber("""
            select (select count(*) from message)
                 - (select count(*) from state where status not in (0, 2))
                 + (select count(*) from receipt_note)
            """)!.Value;
    }

    public static NumberSet ReadAll(Database at, NumberKey? key)
    {
        using var db = at.LookUpToDate(TableSet.Run);
        return ReadAll(db, key);
    }

    public static NumberSet ReadAll(Db db, NumberKey? key)
    {
        var (numbers, erased) = (new NumberSet(), new List<long>());
        using var rows = db.Prepare(
            "select number from message union all select number from exclusion where number is not null");
        while (rows.Step())
        {
            var number = rows.Number(0);
            if (ErasedNumber.Is(number))
                erased.Add(number);
            else
                numbers.Add(number);
        }

        if (erased.Count > 0)
            numbers.AddErased(erased, key!, ReadErasure(db)?.Salt ?? 0);
        return numbers;
    }

    public static IReadOnlyList<SubjectRow> FindSubject(Database at, long number, NumberKey? key)
    {
        using var db = at.LookUpToDate(TableSet.Run);
        var found = new List<SubjectRow>();
        foreach (var kept in FormsOf(db, number, key))
        {
            found.AddRange(db.Read(
                $"""
                select    message.seq, source.file, message.line, segment.name, area.name, state.status,
                          state.settled_us
                from      message
                left join source on source.id = message.source
                left join segment on segment.id = message.segment
                left join area on area.id = message.area
                left join state on state.seq = message.seq
                where     message.number = {kept}
                """,
                row => new SubjectRow(
                    row.Number(0),
                    row.Text(1) ?? "",
                    row.Number(2),
                    row.Text(3) ?? "",
                    row.Text(4) ?? "",
                    (MessageStatus)(row.NumberOrNull(5) ?? 0),
                    null,
                    row.NumberOrNull(6),
                    ErasedNumber.Is(kept))));
            found.AddRange(db.Read(
                $"""
                select    source.file, exclusion.line, segment.name, exclusion.reason
                from      exclusion
                left join source on source.id = exclusion.source
                left join segment on segment.id = exclusion.segment
                where     exclusion.number = {kept}
                order by  exclusion.id
                """,
                row => new SubjectRow(
                    null,
                    row.Text(0) ?? "",
                    row.Number(1),
                    row.Text(2) ?? "",
                    "",
                    null,
                    (int)row.Number(3),
                    null,
                    ErasedNumber.Is(kept))));
        }

        return found;
    }

    /// <summary>What a number may stand there as.</summary>
    static List<long> FormsOf(Db db, long number, NumberKey? key)
    {
        List<long> forms = [number];
        if (key is not null && ReadErasure(db) is { } erasure)
            forms.AddRange(Enumerable.Range(0, erasure.Salt + 1).Select(salt => key.Hash(number, salt)));
        return forms;
    }

    public static void Note(Db db, NumberKey key, int salt, bool whole, long numbers, DateTimeOffset now) => db.Run($"""
        insert into erasure (key, salt, whole, numbers, at_us)
        values ({key.Id}, {salt}, {whole}, {numbers}, {ProcessClock.ToMicros(now)})
        """);
}
