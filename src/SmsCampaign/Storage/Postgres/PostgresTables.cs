using SmsCampaign.Storage.Rows;

namespace SmsCampaign.Storage.Postgres;

/// <summary>The tables of a schema of PostgreSQL.</summary>
sealed record PostgresTables(PostgresPlace Place, string Schema) : Database
{
    /// <summary>A table's name as PostgreSQL reads it as a value.</summary>
    public string Of(string table) => $"{PostgresNames.Quote(Schema)}.{PostgresNames.Quote(table)}";

    internal override string Name => $"{Place.Name}/{Schema}";

    internal override bool Exists
    {
        get
        {
            using var db = new PostgresDb(this);
            using var found = db.Prepare("select 1 from pg_catalog.pg_namespace where nspname = ?");
            return found.Bind(1, Schema).Step();
        }
    }

    /// <summary>Nobody can tell.</summary>
    internal override long LastWritten => long.MaxValue;

    internal override Db Open() => new PostgresDb(this);

    internal override Db Look()
    {
        if (!Exists)
            throw Missing();

        return new PostgresDb(this, readOnly: true);
    }

    /// <summary>Does what may be done twice. Connections that lie ready may be of a server that was started anew since:
    /// where one was, it is done once more on another.</summary>
    internal T Repeat<T>(Func<Db, T> work)
    {
        try
        {
            using var db = Open();
            return work(db);
        }
        catch (LedgerException lost) when (lost.Fault == StorageFault.Unreachable)
        {
            using var db = Open();
            return work(db);
        }
    }

    /// <summary>All are brought up to date together, before anything is asked of one.</summary>
    internal override Db LookUpToDate(TableSet tables)
    {
        Place.MakeReady();
        return Look();
    }
}
