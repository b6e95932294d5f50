using System.Globalization;
using Npgsql;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Receipts;

namespace SmsCampaign.Storage.Postgres.Receipts;

/// <summary>The partitions that receipts lie in: one a calendar month of Vietnam, receipt_2026_07, so that old ones can
/// be dropped whole.</summary>
static class ReceiptMonths
{
    const string Table = "receipt_";

    /// <summary>Row of progress, with the month behind: that something was changed in the month since it was last
    /// written anew. Stored: never rename.</summary>
    const string Stale = "stale ";

    /// <summary>How long those who append are kept waiting while a month is taken away: less than they wait.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static string TableOf(Month month) => Table + month.ToString().Replace('-', '_');

    /// <summary>As a person finds it.</summary>
    public static string NameOf(PostgresTables at, Month month) => $"{at.Schema}.{TableOf(month)}";

    /// <summary>The oldest first.</summary>
    public static IReadOnlyList<Month> Find(Db db) => db.Read(
        $"""
        select   relname::text
        from     pg_catalog.pg_inherits
        join     pg_catalog.pg_class on pg_class.oid = inhrelid
        where    inhparent = {((PostgresDb)db).Tables.Of("receipt")}::regclass
        order by relname
        """,
        row => Month.TryParse(row.Text(0)![Table.Length..].Replace('_', '-'), out var month)
            ? month
            : throw new FormatException(row.Text(0)));

    /// <summary>Makes those that are not there. One that several make at once is made by the first.</summary>
    /// <remarks>Made apart and then attached: it keeps nobody waiting who reads or appends
    /// (postgresql.org/docs/15/ddl-partitioning.html, 5.11.2.2).</remarks>
    public static void Make(PostgresTables at, IEnumerable<Month> months)
    {
        foreach (var month in months)
            at.Repeat(db => db.Transact(() => Make(db, month)));
    }

    /// <summary>Takes one away for good, with all that is noted of its receipts.</summary>
    /// <exception cref="LedgerException">It is read, or written to, for too long.</exception>
    public static void Drop(PostgresTables at, Month month)
    {
        using var db = at.Open();
        db.WaitFor(Patience);
        db.Transact(() =>
        {
            var table = new SqlText(TableOf(month));
            if (!db.Has(table.Text))
                return;

            db.Run($"delete from oddity where exists (select 1 from {table} where id = oddity.receipt)");
            db.Run($"delete from gap where noted_us >= {month.Begin} and noted_us < {month.Next.Begin}");
            db.Run($"delete from progress where name = {Stale + month}");
            db.Execute($"alter table receipt detach partition {table.Text}; drop table {table.Text}");
        });
    }

    public static KeptMonth Look(Db db, PostgresTables at, Month month)
    {
        var table = new SqlText(TableOf(month));
        return new KeptMonth(
            NameOf(at, month),
            month,
            db.FindNumber($"select count(*) from {table}")!.Value,
            db.FindNumber($"select max(id) from {table}") ?? 0,
            SettlerRows.ReadProgress(db),
            db.FindNumber($"""
                select count(*)
                from   oddity
                where  kind in ({SettlerRows.WaitingKinds})
                and    exists (select 1 from {table} where id = oddity.receipt)
                """)!.Value);
    }

    /// <summary>What was changed in a month stays in its pages, as it was, until they are written anew.</summary>
    /// <param name="db">In the transaction that changes it.</param>
    public static void NoteStale(Db db, Month month) =>
        db.Run($"insert into progress (name, id) values ({Stale + month}, 0) on conflict (name) do nothing");

    /// <summary>Those that are to be written anew.</summary>
    public static IReadOnlyList<Month> FindStale(Db db) =>
        [.. Find(db).Where(month => db.FindNumber($"select 1 from progress where name = {Stale + month}") is not null)];

    /// <summary>Makes a month's table anew, so that nothing is left of what was changed in it: of what a row was a copy
    /// stays where it stood, and VACUUM FULL keeps it too while anybody might still look at what was. It is read
    /// meanwhile, but for a moment at the end; where it is the newest nothing is appended.</summary>
    /// <exception cref="LedgerException">Somebody holds it for too long: to be done again.</exception>
    public static void Rewrite(PostgresTables at, Month month)
    {
        var table = TableOf(month);
        try
        {
            using var connection = at.Place.Source.OpenConnection();
            using var transaction = connection.BeginTransaction();
            using var script = new NpgsqlCommand(
                string.Create(CultureInfo.InvariantCulture, $"""
                    set local search_path to {PostgresNames.Quote(at.Schema)};
                    set local lock_timeout to '{(int)Patience.TotalMilliseconds}ms';
                    select pg_advisory_xact_lock({PostgresNames.LockOf(at.Schema)});
                    select pg_advisory_xact_lock({ReceiptAppender.LockOf(at.Schema)})
                    where  (select max(id) from {table}) >= (select max(id) from receipt);
                    lock table {table} in share row exclusive mode;
                    create table rewritten (like receipt including defaults, constraint of_month
                        check (received_us >= {month.Begin} and received_us < {month.Next.Begin}));
                    insert into rewritten select * from {table};
                    alter table rewritten add primary key (id, received_us);
                    alter table receipt detach partition {table};
                    drop table {table};
                    alter table rewritten rename to {table};
                    alter index rewritten_pkey rename to {table}_pkey;
                    {Attach(month)};
                    alter table {table} drop constraint of_month;
                    delete from progress where name = '{Stale}{month}'
                    """),
                connection,
                transaction)
            {
                CommandTimeout = 0, // some twenty seconds a gigabyte
            };
            script.ExecuteNonQuery();
            transaction.Commit();
        }
        catch (Exception failed) when (failed is NpgsqlException || PostgresFaults.IsOfConnection(failed))
        {
            throw PostgresFaults.Of(failed, NameOf(at, month), "rewrite");
        }
    }

    static bool Make(Db db, Month month)
    {
        var table = TableOf(month);
        if (db.Has(table))
            return false;

        db.Execute($"create table {table} (like receipt including defaults); {Attach(month)}");
        return true;
    }

    static string Attach(Month month) => string.Create(CultureInfo.InvariantCulture, $"""
        alter table receipt attach partition {TableOf(month)}
            for values from ({month.Begin}) to ({month.Next.Begin})
        """);
}
