using Microsoft.Data.Sqlite;
using SmsCampaign.Carriers;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage;

/// <summary>A number of which a gateway said on whose network it is.</summary>
/// <param name="Carrier">Name in the carrier table.</param>
/// <param name="Lane">Whose gateway said so.</param>
public readonly record struct LearnedNumber(long Msisdn, string Carrier, string Lane, DateTimeOffset At)
{
    public (long Msisdn, string Carrier) OnNetwork => (Msisdn, Carrier);
}

/// <summary>
/// The ported numbers that gateways have told an installation of, in ledger.db. They decide lanes of runs planned afterwards;
/// a run that is planned stays as it was approved.
/// </summary>
public sealed class LearnedNumbers
{
    readonly string _connection;

    internal LearnedNumbers(string connection) => _connection = connection;

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

        using var connection = new SqliteConnection(_connection);
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var add = connection.CreateCommand();
        add.CommandText = """
            insert into ported (number, carrier, source, at) values ($number, $carrier, $source, $at)
            on conflict (number) do update
            set   carrier = excluded.carrier, source = excluded.source, at = excluded.at
            where excluded.at > ported.at and excluded.carrier <> ported.carrier
            """;
        var number = add.Parameters.Add("$number", SqliteType.Integer);
        var carrier = add.Parameters.Add("$carrier", SqliteType.Text);
        var source = add.Parameters.Add("$source", SqliteType.Text);
        var at = add.Parameters.Add("$at", SqliteType.Text);

        var learned = 0;
        while (rows.Step())
        {
            number.Value = rows.Number(0);
            carrier.Value = rows.Text(1)!;
            source.Value = rows.Text(2)!;
            at.Value = ProcessClock.FromMicros(rows.Number(3)).ToSql();
            learned += add.ExecuteNonQuery();
        }

        transaction.Commit();
        return learned;
    }

    /// <summary>By number.</summary>
    public IReadOnlyList<LearnedNumber> Read()
    {
        var numbers = new List<LearnedNumber>();
        using var connection = new SqliteConnection(_connection);
        connection.Open();
        using var read = connection.CreateCommand();
        read.CommandText = "select number, carrier, source, at from ported order by number";
        using var rows = read.ExecuteReader();
        while (rows.Read())
            numbers.Add(new LearnedNumber(rows.GetInt64(0), rows.GetString(1), rows.GetString(2), SqlTime.FromSql(rows.GetString(3), "ported", rows.GetString(1))));
        return numbers;
    }
}
