using SmsCampaign.Carriers;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage.Sqlite.Registry;

/// <summary>
/// The ported numbers that gateways have told an installation of, in ledger.db. They decide lanes of runs planned afterwards;
/// a run that is planned stays as it was approved.
/// </summary>
public sealed class LearnedNumbers
{
    readonly RegistryFile _file;

    internal LearnedNumbers(RegistryFile file) => _file = file;

    /// <summary>By number; none where nothing was ever stored in the folder, which stays so.</summary>
    public static IReadOnlyList<LearnedNumber> ReadOf(DataFolder data) => File.Exists(data.Ledger) ? new RunRegistry(data).Ported.Read() : [];

    /// <summary>Takes over what a run's gateways have said. The latest word counts; taking it over again changes nothing.</summary>
    /// <returns>How many numbers are new, or on another network than was known.</returns>
    public int LearnFrom(string runFile)
    {
        using var run = SqliteDb.Open(runFile, readOnly: true);
        using var rows = run.Prepare($"""
            select   message.number, route.network, lane.name, route.at_us
            from     route
            join     message on message.seq = route.seq
            join     batch on batch.id = route.batch
            join     lane on lane.id = batch.lane
            where    route.why = {(int)RouteReason.WrongNetwork} and route.network is not null
            order by route.seq
            """);

        using var db = _file.Open();
        using var add = db.Prepare("""
            insert into ported (number, carrier, source, at) values (?, ?, ?, ?)
            on conflict (number) do update
            set   carrier = excluded.carrier, source = excluded.source, at = excluded.at
            where excluded.at > ported.at and excluded.carrier <> ported.carrier
            """);
        return db.Transact(() =>
        {
            var before = db.TotalChanges;
            while (rows.Step())
                add.Bind(1, rows.Number(0)).Bind(2, rows.Text(1)).Bind(3, rows.Text(2)).Bind(4, ProcessClock.FromMicros(rows.Number(3)).ToSql()).Run();
            return db.TotalChanges - before;
        });
    }

    /// <summary>By number.</summary>
    public IReadOnlyList<LearnedNumber> Read()
    {
        using var db = _file.Open();
        return db.Read(
            $"select number, carrier, source, at from ported order by number",
            row => new LearnedNumber(row.Number(0), row.Text(1)!, row.Text(2)!, SqlTime.FromSql(row.Text(3)!, "ported", row.Text(1)!)));
    }
}
