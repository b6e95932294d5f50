using System.Globalization;
using SmsCampaign.Storage.Rows;

namespace SmsCampaign.Storage.Postgres;

/// <summary>The schemas of runs: their tables, each a partition of its parent, by the run's number.</summary>
static class RunSchemas
{
    /// <summary>Gives a run its number.</summary>
    /// <param name="db">In a transaction, as below.</param>
    public static long Add(Db db, PostgresTables at) => db.FindNumber($"""
        insert into {Table(at, "run_schema")} (name) values ({at.Schema}) returning run
        """)!.Value;

    /// <summary>The schemas of all runs, but for those that were set aside.</summary>
    public static List<string> Read(Db db, PostgresPlace place) => db.Read(
        $"select name from {Table(place, "run_schema")} where not set_aside order by run", row => row.Text(0)!);

    /// <returns>The number of the run whose tables stand there; null where none do.</returns>
    public static long? Find(Db db, PostgresTables at) =>
        db.FindNumber($"select run from {Table(at, "run_schema")} where name = {at.Schema}");

    /// <summary>The names of the tables of a run.</summary>
    public static List<string> Tables(Db db, PostgresTables at) => db.Read(
        $"""
        select relname::text
        from   pg_catalog.pg_class
        where  relnamespace = {PostgresNames.Quote(at.Place.Parents)}::regnamespace and relkind = 'p'
        order by relname
        """,
        row => row.Text(0)!);

    /// <summary>Makes the tables of a run, with nothing in them and no keys, in a schema that is there.</summary>
    public static void MakeTables(Db db, PostgresTables at, long run)
    {
        var number = run.ToString(CultureInfo.InvariantCulture);
        foreach (var table in Tables(db, at))
        {
            db.Execute($"""
                create table {Own(at, table)} (like {Parent(at, table)} including defaults, constraint of_run check (run = {number}));
                alter table {Own(at, table)} alter run set default {number}
                """);
        }
    }

    public static void Attach(Db db, PostgresTables at, long run)
    {
        foreach (var table in Tables(db, at))
            Attach(db, at, table, run);
    }

    public static void Attach(Db db, PostgresTables at, string table, long run) => db.Execute(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        alter table {Parent(at, table)} attach partition {Own(at, table)} for values in ({run});
        alter table {Own(at, table)} drop constraint of_run
        """));

    public static void Detach(Db db, PostgresTables at)
    {
        foreach (var table in Tables(db, at))
            db.Execute($"alter table {Parent(at, table)} detach partition {Own(at, table)}");
    }

    /// <summary>Takes a run's tables away, for good.</summary>
    public static void Remove(Db db, PostgresTables at, long run)
    {
        Detach(db, at);
        db.Execute($"drop schema {PostgresNames.Quote(at.Schema)} cascade");
        db.Run($"delete from {Table(at, "run_schema")} where run = {run}");
    }

    /// <summary>Keeps a run's tables under another name, of which nobody asks any more.</summary>
    public static void SetAside(Db db, PostgresTables at, PostgresTables aside, long run)
    {
        Detach(db, at);
        Rename(db, at, aside, run);
        db.Run($"update {Table(at, "run_schema")} set set_aside = true where run = {run}");
    }

    public static void Rename(Db db, PostgresTables from, PostgresTables to, long run)
    {
        db.Execute($"alter schema {PostgresNames.Quote(from.Schema)} rename to {PostgresNames.Quote(to.Schema)}");
        db.Run($"update {Table(to, "run_schema")} set name = {to.Schema} where run = {run}");
    }

    static SqlText Table(PostgresTables at, string table) => Table(at.Place, table);

    static SqlText Table(PostgresPlace place, string table) =>
        new($"{PostgresNames.Quote(place.Parents)}.{PostgresNames.Quote(table)}");

    static string Parent(PostgresTables at, string table) => Table(at, table).Text;

    static string Own(PostgresTables at, string table) =>
        $"{PostgresNames.Quote(at.Schema)}.{PostgresNames.Quote(table)}";
}
