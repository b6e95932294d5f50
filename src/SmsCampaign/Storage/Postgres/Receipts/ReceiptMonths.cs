using System.Globalization;
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
        where    inhparent = 'receipt'::regclass
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
            NoteWritten(db, month);
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

    public static void NoteWritten(Db db, Month month) => db.Run($"delete from progress where name = {Stale + month}");

    /// <summary>Those that are to be written anew.</summary>
    public static IReadOnlyList<Month> FindStale(Db db) =>
        [.. Find(db).Where(month => db.FindNumber($"select 1 from progress where name = {Stale + month}") is not null)];

    static bool Make(Db db, Month month)
    {
        var table = TableOf(month);
        if (db.Has(table))
            return false;

        db.Execute(string.Create(CultureInfo.InvariantCulture, $"""
            create table {table} (like receipt including defaults);
            alter table receipt attach partition {table} for values from ({month.Begin}) to ({month.Next.Begin})
            """));
        return true;
    }
}
