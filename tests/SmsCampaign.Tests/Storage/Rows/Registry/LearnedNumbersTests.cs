using Microsoft.Data.Sqlite;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.Storage.Rows.Registry;

/// <summary>What gateways have said of ported numbers decides the lanes of runs planned afterwards.</summary>
public sealed class LearnedNumbersTests : IDisposable
{
    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_planned_afterwards_sends_the_number_by_its_network()
    {
        Learn(84981234561, "vinaphone");

        Assert.Equal([1L, 2], PerLane(_folder.Prepare()));
    }

    [Fact]
    public void A_run_that_is_planned_stays_as_it_was()
    {
        Assert.Equal([2L, 1], PerLane(_folder.Prepare()));
        Learn(84981234561, "vinaphone");

        var again = _folder.Prepare(whenChanged: ChangedRun.Refuse);

        Assert.True(again.Run!.Reused);
        Assert.Equal([2L, 1], PerLane(again));
    }

    [Fact]
    public void What_a_person_wrote_counts_for_more()
    {
        _folder.Edit("subscribers.csv", "0981234561", "0381234567"); // in the list: VinaPhone's
        Learn(84381234567, "viettel");

        Assert.Equal([1L, 2], PerLane(_folder.Prepare()));
    }

    [Fact]
    public void A_carrier_that_has_no_such_name_any_more_is_left_out()
    {
        Learn(84981234561, "no-such-carrier");

        Assert.Equal([2L, 1], PerLane(_folder.Prepare()));
    }

    static IEnumerable<long> PerLane(Preparation preparation) => preparation.Planned!.Plan.Lanes
        .Select(lane => preparation.Planned.Plan.Batches
            .Where(batch => batch.Lane == lane.Id)
            .Sum(batch => batch.LastSeq - batch.FirstSeq + 1));

    void Learn(long msisdn, string carrier)
    {
        _ = Ledgers.OpenRegistry(_folder.Data);
        using var db = new SqliteConnection($"Data Source={_folder.Data.Ledger};Pooling=False");
        db.Open();
        using var add = db.CreateCommand();
        add.CommandText = "insert into ported values ($number, $carrier, 'vnpt', '2025-07-01T00:00:00.000Z')";
        add.Parameters.AddWithValue("$number", msisdn);
        add.Parameters.AddWithValue("$carrier", carrier);
        add.ExecuteNonQuery();
    }
}
