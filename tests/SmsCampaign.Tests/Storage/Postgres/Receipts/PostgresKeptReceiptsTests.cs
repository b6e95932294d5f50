using Microsoft.Extensions.Time.Testing;
using Npgsql;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Storage.Postgres.Receipts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Postgres.Receipts;

/// <summary>What is peculiar to receipts that are kept in PostgreSQL; the rest every kind must do.</summary>
public sealed class PostgresKeptReceiptsTests : IDisposable
{
    static readonly DateTimeOffset EndOfJune = new(2026, 6, 30, 23, 59, 0, TimeSpan.FromHours(7));

    readonly string _database = PostgresServer.Shared.CreateDatabase();
    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(EndOfJune);
    readonly PostgresPlace _place;

    public PostgresKeptReceiptsTests() => _place = PostgresPlace.Of(new PostgresAddress(_database));

    public void Dispose()
    {
        _place.Dispose();
        _folder.Dispose();
    }

    /// <summary>A row that is changed stays beside what it became.</summary>
    [Fact]
    public async Task Nothing_of_a_number_is_left_in_the_pages_of_the_month()
    {
        await FillAsync(simulated: false);
        Assert.True(IsInPages("receipt_2026_06"));
        var kept = new PostgresKeptReceipts(_place);

        var (changed, _, left, stale) = Erase(kept, () => false);
        Assert.Equal((2, 0), (changed, left));
        Assert.Equal(0, kept.CountNaming(simulated: false, 84_981_234_561));
        Assert.Equal(2, stale.Count);
        Assert.All(stale, words => Assert.Contains("receipt_2026_0", words.Vi, StringComparison.Ordinal));
        Assert.True(IsInPages("receipt_2026_06"));

        var asked = 0;
        Assert.Contains(
            "receipt_2026_07", Assert.Single(Erase(kept, () => asked++ == 0).Stale).En, StringComparison.Ordinal);
        Assert.False(IsInPages("receipt_2026_06"));
        Assert.True(IsInPages("receipt_2026_07"));

        Assert.Empty(Erase(kept, () => true).Stale);
        Assert.False(IsInPages("receipt_2026_07"));
        Assert.Empty(Erase(kept, () => throw new InvalidOperationException("nothing is left to be written")).Stale);
    }

    /// <summary>As a backup does that was begun before (pg_dump): VACUUM keeps for it what a row was.</summary>
    [Fact]
    public async Task Nothing_of_a_number_is_kept_for_who_might_still_look_at_what_was()
    {
        await FillAsync(simulated: false);
        using var looking = _place.Ledger.Open();
        looking.BeginReading();
        looking.ReadNumber("select count(*) from approval");

        Assert.Empty(Erase(new PostgresKeptReceipts(_place), () => true).Stale);

        Assert.False(IsInPages("receipt_2026_06"));
        Assert.False(IsInPages("receipt_2026_07"));
    }

    [Fact]
    public async Task A_month_that_was_written_anew_takes_and_gives_out_receipts_as_before()
    {
        await FillAsync(simulated: false);
        Assert.Empty(Erase(new PostgresKeptReceipts(_place), () => true).Stale);
        _time.Advance(TimeSpan.FromMinutes(2));
        await using var log = new PostgresReceiptLog(_place, new DataFolder(_folder.Path), new ProcessClock(_time));

        await log.AppendAsync("viettel", "3");

        Assert.Equal([1L, 2, 3], log.Read(0).Select(raw => raw.Id));
        Assert.Equal(
            [1L, 2], new PostgresKeptReceipts(_place).ReadMonths(simulated: false).Select(month => month.Receipts));
    }

    [Fact]
    public async Task A_month_of_stand_ins_is_dropped_and_that_of_gateways_stays()
    {
        await FillAsync(simulated: false);
        await FillAsync(simulated: true);
        var kept = new PostgresKeptReceipts(_place);

        kept.Drop(kept.ReadMonths(simulated: true)[0], _time.GetUtcNow());

        Assert.Equal(2, kept.ReadMonths(simulated: false).Count);
        Assert.Equal(
            "sms_campaign_receipts_simulated.receipt_2026_07", Assert.Single(kept.ReadMonths(simulated: true)).Name);
    }

    /// <summary>As while somebody reads it for long: who appends would wait behind.</summary>
    [Fact]
    public async Task A_month_that_is_in_use_is_not_dropped()
    {
        await FillAsync(simulated: false);
        var kept = new PostgresKeptReceipts(_place);
        using var reading = _place.Receipts(simulated: false).Open();
        reading.BeginReading();
        reading.ReadNumber("select count(*) from receipt");

        Assert.Throws<IOException>(() => kept.Drop(kept.ReadMonths(simulated: false)[0], _time.GetUtcNow()));

        reading.TakeBack();
        kept.Drop(kept.ReadMonths(simulated: false)[0], _time.GetUtcNow());
        Assert.Single(kept.ReadMonths(simulated: false));
    }

    /// <summary>One of June and one of July, both settled.</summary>
    async Task FillAsync(bool simulated)
    {
        var time = new FakeTimeProvider(EndOfJune);
        await using var log = new PostgresReceiptLog(
            _place, new DataFolder(_folder.Path), new ProcessClock(time), simulated);
        await log.AppendAsync("viettel", "to=84981234561");
        time.Advance(TimeSpan.FromMinutes(1));
        await log.AppendAsync("viettel", "to=84981234561");
        await log.AdvanceAsync(2);
    }

    static (long Changed, long Through, long Left, IReadOnlyList<Wording> Stale) Erase(
        PostgresKeptReceipts kept, Func<bool> mayWait) => kept.EraseNumbers(
        simulated: false, new NumberKey(new byte[32], "k"), number => number == 84_981_234_561, [], after: 0, mayWait);

    /// <summary>As they are on disk.</summary>
    bool IsInPages(string table)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(
            PostgresServer.Shared.SuperuserConnection)
        {
            Database = new NpgsqlConnectionStringBuilder(_database).Database,
        }.ConnectionString);
        connection.Open();
        using var find = new NpgsqlCommand($"""
            checkpoint;
            select position('981234561'::bytea in
                pg_read_binary_file(pg_relation_filepath('sms_campaign_receipts.{table}'))) > 0
            """, connection);
        return (bool)find.ExecuteScalar()!;
    }
}
