using SmsCampaign.Carriers;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>The table ported of ledger.db.</summary>
sealed class LearnedNumbers(IRegistryDb file, DataFolder data) : ILearnedNumbers
{
    public int LearnFrom(RunRecord run)
    {
        using var ledger = run.AddressIn(data).KeptIn.Look();
        using var rows = ledger.Prepare($"""
            select   message.number, route.network, lane.name, route.at_us
            from     route
            join     message on message.seq = route.seq and message.number > 0
            join     batch on batch.id = route.batch
            join     lane on lane.id = batch.lane
            where    route.why = {(int)RouteReason.WrongNetwork} and route.network is not null
            order by route.seq
            """);

        using var db = file.Open();
        using var add = db.Prepare("""
            insert into ported (number, carrier, source, at) values (?, ?, ?, ?)
            on conflict (number) do update
            set   carrier = excluded.carrier, source = excluded.source, at = excluded.at
            where excluded.at > ported.at and excluded.carrier <> ported.carrier
            """);
        return db.Transact(() =>
        {
            var learned = 0;
            while (rows.Step())
            {
                add.Bind(1, rows.Number(0))
                    .Bind(2, rows.Text(1))
                    .Bind(3, rows.Text(2))
                    .Bind(4, ProcessClock.FromMicros(rows.Number(3)).ToSql())
                    .Run();
                learned += db.Changes;
            }

            return learned;
        });
    }

    public IReadOnlyList<LearnedNumber> Read()
    {
        using var db = file.Open();
        return db.Read(
            $"select number, carrier, source, at from ported order by number",
            row => new LearnedNumber(
                row.Number(0), row.Text(1)!, row.Text(2)!, SqlTime.FromSql(row.Text(3)!, "ported", row.Text(1)!)));
    }
}
