using SmsCampaign.Storage.Rows;

namespace SmsCampaign.Storage.Postgres;

/// <summary>What PostgreSQL says of the tables themselves.</summary>
static class PostgresCatalog
{
    /// <inheritdoc cref="Rows.Db.Has"/>
    public static bool Has(PostgresDb db, string table, string? column)
    {
        using var found = db.Prepare("""
            select 1
            from   information_schema.columns
            where  table_schema = ?1 and table_name = ?2 and (?3 is null or column_name = ?3)
            limit  1
            """);
        return found.Bind(1, db.Tables.Schema).Bind(2, table).Bind(3, column).Step();
    }

    /// <summary>A rule does what a trigger does.</summary>
    /// <inheritdoc cref="Rows.Db.FindDisguises"/>
    public static IReadOnlyList<string> FindDisguises(PostgresDb db, IReadOnlySet<string> tables)
    {
        var found = new List<string>();
        var there = 0;
        using var objects = db.Prepare("""
            select 'trigger', tgname::text
            from   pg_catalog.pg_trigger
            join   pg_catalog.pg_class on pg_class.oid = tgrelid
            where  relnamespace = ?1::regnamespace and not tgisinternal
            union all
            select 'rule', rulename::text from pg_catalog.pg_rules
            where  schemaname = ?2 and rulename <> '_RETURN'
            union all
            select case relkind when 'r' then 'table' else 'view' end, relname::text
            from   pg_catalog.pg_class
            where  relnamespace = ?1::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
            order by 2
            """);
        objects.Bind(1, PostgresNames.Quote(db.Tables.Schema)).Bind(2, db.Tables.Schema);
        while (objects.Step())
        {
            var (type, name) = (objects.Text(0)!, objects.Text(1)!);
            if (type is "trigger" or "rule" || (type == "view" && tables.Contains(name)))
                found.Add($"{type} {name}");
            else if (type == "table" && tables.Contains(name))
                there++;
        }

        if (there != tables.Count)
            found.Add("table");
        return found;
    }

    /// <summary>Reads every row there is.</summary>
    /// <returns>What the server finds broken of it; null where it is whole.</returns>
    public static LedgerException? FindBroken(PostgresTables at)
    {
        try
        {
            using var db = at.Look();
            db.BeginReading();
            foreach (var table in db.Read(
                $"select tablename::text from pg_catalog.pg_tables where schemaname = {at.Schema}",
                row => row.Text(0)!))
                db.ReadNumber($"select count(*) from {at.Of(table)}");
            return null;
        }
        catch (LedgerException broken) when (StorageFaults.KindOf(broken) is StorageFault.Damaged or StorageFault.Disk)
        {
            return broken;
        }
    }

    /// <summary>Rows of a table that get their ids by themselves get them beyond those that are there.</summary>
    public static void RaiseIds(PostgresDb db, string table)
    {
        var sequence = PostgresNames.Literal($"{PostgresNames.Quote(db.Tables.Schema)}.{table}_id");
        db.ReadNumber($"select setval({sequence}, coalesce(max(id), 0) + 1, false) from {table}");
    }
}
