using System.Globalization;
using NpgsqlTypes;
using SmsCampaign.Audience;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;

namespace SmsCampaign.Storage.Postgres;

/// <summary>Puts hashes in the place of a run's numbers, so that none is left in its tables: those of the audience are
/// made anew and take the place of the old ones, which are dropped with their files.</summary>
static class PostgresErasing
{
    /// <summary>Rows that go at a time.</summary>
    const int Together = 20_000;

    static readonly (string Table, string Key, string Columns)[] Audience =
    [
        ("message", "seq", "seq, number, segment, area, rule, source, line"),
        ("exclusion", "id", "id, source, line, segment, reason, number, written, earlier"),
    ];

    public static (long Messages, long Exclusions) Erase(PostgresTables at, NumberKey key, DateTimeOffset now)
    {
        using var db = new PostgresDb(at);
        db.Upgrade(TableSet.Run);
        var numbers = NumberRows.ReadAll(db, key);
        if (NumberRows.ReadErasure(db) is { IsWhole: true })
        {
            db.Transact(() => Scrub(db, key, numbers.Contains)); // what gateways said since
        }
        else
        {
            var salt = NumberRows.ReadErasure(db)?.Salt ?? 0;
            while (!TryErase(db, at, key, salt, numbers, now))
            {
                if (++salt > NumberRows.MostSalts)
                    throw new LedgerException(new Wording(
                        "các mã băm của số điện thoại trùng nhau", "hashes of its numbers are alike"))
                    { File = at.Name };
            }
        }

        Rewrite(db);
        return (
            db.ReadNumber("select count(*) from message")!.Value,
            db.ReadNumber("select count(*) from exclusion where number is not null")!.Value);
    }

    public static long Erase(PostgresTables at, NumberKey key, Func<long, bool> are, DateTimeOffset now)
    {
        using var db = new PostgresDb(at);
        db.Upgrade(TableSet.Run);
        var rows = db.Transact(() =>
        {
            var erased = 0L;
            foreach (var (table, id, _) in Audience)
            {
                var found = new List<(long Id, long Number)>();
                using (var all = db.Prepare($"select {id}, number from {table} where number > 0"))
                {
                    while (all.Step())
                    {
                        if (are(all.Number(1)))
                            found.Add((all.Number(0), all.Number(1)));
                    }
                }

                using var put = db.Prepare($"update {table} set number = ? where {id} = ?");
                foreach (var (row, number) in found)
                    put.Bind(1, key.Hash(number)).Bind(2, row).Run();
                erased += found.Count;
            }

            if (erased == 0)
                return 0;

            Scrub(db, key, are);
            NumberRows.Note(db, key, 0, whole: false, erased, now);
            return erased;
        });

        Rewrite(db);
        foreach (var (table, _, _) in Audience)
            db.Execute($"vacuum full {Own(at, table)}");
        return rows;
    }

    /// <returns>False where two numbers have one hash: with another salt they have not.</returns>
    static bool TryErase(
        PostgresDb db, PostgresTables at, NumberKey key, int salt, NumberSet numbers, DateTimeOffset now)
    {
        try
        {
            db.Transact(() =>
            {
                var run = RunSchemas.Find(db, at)!.Value;
                var erased = 0L;
                foreach (var (table, id, columns) in Audience)
                    erased += Make(db, at, table, id, columns, run, number => key.Hash(number, salt));
                db.Execute("create unique index message_number on message (number)");
                PostgresCatalog.RaiseIds(db, "exclusion");
                Scrub(db, key, numbers.Contains);
                NumberRows.Note(db, key, salt, whole: true, erased, now);
            });
            return true;
        }
        catch (LedgerException alike) when (alike.IsOfConstraint)
        {
            return false;
        }
    }

    /// <summary>Makes a table anew with other numbers, in the place of the old one.</summary>
    /// <returns>Numbers that are others now.</returns>
    static long Make(
        PostgresDb db, PostgresTables at, string table, string id, string columns, long run, Func<long, long> of)
    {
        var number = run.ToString(CultureInfo.InvariantCulture);
        var (names, erased) = (columns.Split(", "), 0L);
        var at_ = Array.IndexOf(names, "number");
        db.Execute($"""
            create table erased (like {table} including defaults, constraint of_run check (run = {number}));
            declare rows no scroll cursor for select {columns} from {table} order by {id}
            """);
        while (true)
        {
            using var rows = db.Prepare(string.Create(
                CultureInfo.InvariantCulture, $"fetch forward {Together} from rows"));
            var some = new List<PostgresCell[]>();
            while (rows.Step())
                some.Add(((PostgresStatement)rows).Row);
            if (some.Count == 0)
                break;

            using var copy = db.Copy($"copy erased ({columns}) from stdin (format binary, freeze)");
            foreach (var row in some)
            {
                copy.StartRow();
                for (var column = 0; column < row.Length; column++)
                {
                    if (row[column].Value is DBNull)
                        copy.WriteNull();
                    else if (row[column].Value is string text)
                        copy.Write(text, NpgsqlDbType.Text);
                    else if (column == at_ && row[column].Number > 0)
                        copy.Write(Erased(row[column].Number), NpgsqlDbType.Bigint);
                    else
                        copy.Write(row[column].Number, NpgsqlDbType.Bigint);
                }
            }

            copy.Complete();
        }

        db.Execute($"""
            close rows;
            alter table {Parent(at, table)} detach partition {Own(at, table)};
            {(table == "exclusion" ? "alter sequence exclusion_id owned by none; alter table exclusion alter id drop default;" : "")}
            drop table {table};
            alter table erased rename to {table};
            alter table {table} add primary key ({id})
            """);
        if (table == "exclusion")
            db.Execute("alter sequence exclusion_id owned by exclusion.id");
        RunSchemas.Attach(db, at, table, run);
        return erased;

        long Erased(long number)
        {
            erased++;
            return of(number);
        }
    }

    /// <summary>What gateways said, in which a number may stand.</summary>
    static void Scrub(PostgresDb db, NumberKey key, Func<long, bool> are)
    {
        foreach (var (table, column) in NumberRows.Texts)
            Scrub(db, table, column, text => NumberScrub.In(text, are, (_, digits) => PhoneNumber.Mask(digits)));
        foreach (var (table, column) in NumberRows.Ids)
        {
            Scrub(db, table, column, text =>
                NumberScrub.In(text, are, (number, _) => ErasedNumber.Show(key.Hash(number))));
        }
    }

    static void Scrub(PostgresDb db, string table, string column, Func<string, string> of)
    {
        var texts = new List<(string Said, string Without)>();
        using (var all = db.Prepare($"select distinct {column} from {table} where {column} ~ '[0-9]{{9}}'"))
        {
            while (all.Step())
            {
                var said = all.Text(0)!;
                if (of(said) is var without && without != said)
                    texts.Add((said, without));
            }
        }

        using var put = db.Prepare($"update {table} set {column} = ? where {column} = ?");
        foreach (var (said, without) in texts)
            put.Bind(1, without).Bind(2, said).Run();
    }

    /// <summary>What a row was stays in its table's pages until they are written anew.</summary>
    static void Rewrite(PostgresDb db)
    {
        foreach (var table in NumberRows.Texts.Concat(NumberRows.Ids).Select(each => each.Table).Distinct())
            db.Execute($"vacuum full {Own((PostgresTables)db.At, table)}");
    }

    static string Parent(PostgresTables at, string table) => $"{PostgresNames.Quote(at.Place.Parents)}.{table}";

    static string Own(PostgresTables at, string table) => $"{PostgresNames.Quote(at.Schema)}.{table}";
}
