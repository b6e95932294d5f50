using SmsCampaign.Storage.Rows;

namespace SmsCampaign.Storage.Postgres;

/// <summary>The tables of a schema of PostgreSQL.</summary>
sealed record PostgresTables(PostgresPlace Place, string Schema) : Database
{
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

    /// <summary>All are brought up to date together, before anything is asked of one.</summary>
    internal override Db LookUpToDate(TableSet tables)
    {
        Place.MakeReady();
        return Look();
    }
}
