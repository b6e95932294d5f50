using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Planning;

/// <summary>
/// What a run's ledger says of how it was planned. Reading it does not depend on how many messages the run has.
/// </summary>
/// <param name="LaneSettings">As planned, by the lane's name.</param>
sealed record StoredRun(RunDescription Description, RunOrigin Origin, IReadOnlyDictionary<string, string> LaneSettings, bool Begun)
{
    /// <exception cref="LedgerException">The file is no run's ledger, or a broken one.</exception>
    public static StoredRun Read(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        Migrations.RefuseNewer(db, "Run");

        var description = RunDescription.ReadWhole(db);
        return new StoredRun(
            description,
            description.Origin!,
            ReadPairs(db, "select name, settings from lane"),
            db.ReadNumber("select 1 from attempt limit 1") is not null || db.ReadNumber("select 1 from state limit 1") is not null);
    }

    static Dictionary<string, string> ReadPairs(SqliteDb db, string sql)
    {
        var pairs = new Dictionary<string, string>();
        using var statement = db.Prepare(sql);

        while (statement.Step())
            pairs[statement.Text(0)!] = statement.Text(1)!;

        return pairs;
    }
}
