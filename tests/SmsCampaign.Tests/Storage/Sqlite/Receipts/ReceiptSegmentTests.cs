using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Sqlite.Receipts;

/// <summary>Receipts lie in a file a calendar month of Vietnam; ids go on from one to the next.</summary>
public sealed class ReceiptSegmentTests : IDisposable
{
    static readonly DateTimeOffset EndOfJune = new(2026, 6, 30, 23, 59, 0, TimeSpan.FromHours(7));

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(EndOfJune);
    readonly DataFolder _data;

    public ReceiptSegmentTests() => _data = new DataFolder(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_month_has_its_own_file_and_ids_go_on()
    {
        await using var store = Open();
        await store.AppendAsync("viettel", "june");
        _time.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(Enumerable.Range(1, 50).Select(at => store.AppendAsync("viettel", $"july {at}")));

        Assert.Equal(["receipts-2026-06.db", "receipts-2026-07.db"], Files());
        Assert.Equal(Enumerable.Range(1, 51).Select(id => (long)id), store.Read(0).Select(raw => raw.Id));
        Assert.Equal([50L, 51L], store.Read(49).Select(raw => raw.Id));
    }

    [Fact]
    public async Task The_one_file_of_before_stays_the_first_and_its_settled_mark_holds()
    {
        using (var old = SqliteDb.Open(_data.ReceiptsOf(simulated: false)))
        {
            old.Execute(ReadMigration());
            old.Execute("""
                pragma user_version = 1;
                insert into receipt (lane, received_us, query, content_type, body) values ('viettel', 1, '', '', x'31'), ('viettel', 2, '', '', x'32');
                insert into progress (name, id) values ('settled', 1)
                """);
        }

        await using var store = Open();
        await store.AppendAsync("viettel", "3");

        Assert.Equal(["receipts-2026-06.db", "receipts.db"], Files());
        Assert.Equal(1, store.ReadProgress());
        Assert.Equal(
            [(2L, "2"), (3L, "3")],
            store.Read(store.ReadProgress()).Select(raw => (raw.Id, System.Text.Encoding.UTF8.GetString(raw.Body))));
    }

    [Fact]
    public async Task Ids_are_not_used_again_when_the_files_before_are_dropped()
    {
        await using (var store = Open())
            await store.AppendAsync("viettel", "june");
        _time.Advance(TimeSpan.FromMinutes(1));
        await using (var store = Open())
            Assert.Single(store.Read(0));
        File.Delete(Path.Combine(_folder.Path, "receipts-2026-06.db"));

        await using var after = Open();
        await after.AppendAsync("viettel", "july");

        Assert.Equal([2L], after.Read(0).Select(raw => raw.Id));
    }

    [Fact]
    public async Task What_is_odd_is_noted_where_its_receipt_lies_and_counted_over_all()
    {
        await using var store = Open();
        await store.AppendAsync("viettel", "june");
        _time.Advance(TimeSpan.FromMinutes(1));
        await store.AppendAsync("mobifone", "july");

        await store.NoteAsync(
            [
                Stray(1, ReceiptOddity.Unreadable),
                Stray(2, ReceiptOddity.Unknown),
                Stray(2, ReceiptOddity.Waiting) with { Item = 1 },
            ],
            []);
        await store.AdvanceAsync(1);
        await store.AdvanceAsync(2);

        Assert.Equal(2, store.ReadProgress());
        Assert.Equal([(2L, 1)], store.ReadWaiting());
        Assert.Equal(1, Count("receipts-2026-06.db", "select count(*) from oddity where receipt = 1"));
        Assert.Equal(
            ["Unknown 1 mobifone", "Waiting 1 mobifone", "Unreadable 1 viettel"],
            Ledgers.ReceiptsOf(_data)
                .ReadStrays(simulated: false)
                .Select(stray => $"{stray.Kind} {stray.Count} {stray.Lane}")
                .OrderBy(line => line.Split(' ')[2])
                .ThenBy(line => line));
    }

    [Fact]
    public async Task A_damaged_file_of_a_month_before_keeps_no_receipt_of_today_away()
    {
        await using (var store = Open())
            await store.AppendAsync("viettel", "june");
        _time.Advance(TimeSpan.FromMinutes(1));
        await using (Open())
        {
        }

        File.WriteAllBytes(
            Path.Combine(_folder.Path, "receipts-2026-06.db"), [.. "SQLite format 3\0"u8, .. new byte[4_096]]);
        await using var after = Open();
        await after.AppendAsync("viettel", "july");

        Assert.Equal("receipts-2026-06.db", Assert.Single(after.Damaged).File);
        Assert.Equal([2L], after.Read(0).Select(raw => raw.Id));
    }

    [Fact]
    public async Task Ids_are_not_used_again_when_the_last_file_is_dropped_before_another_is_begun()
    {
        await using (var store = Open())
        {
            await store.AppendAsync("viettel", "june");
            await store.AdvanceAsync(1);
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        var registry = Ledgers.OpenRegistry(_data);
        foreach (var file in ReceiptRetention.Find(
            Ledgers.ReceiptsOf(_data), registry, "2026-07", _time.GetUtcNow()).Files)
            ReceiptRetention.Drop(Ledgers.ReceiptsOf(_data), registry, file, Who.Here("Tran Thi B"), _time.GetUtcNow());
        await using var after = Open();
        await after.AppendAsync("viettel", "july");

        Assert.Equal(["receipts-2026-07.db"], Files());
        Assert.Equal([2L], after.Read(0).Select(raw => raw.Id));
        Assert.Empty(after.Damaged); // nobody misses what was dropped
    }

    [Fact]
    public async Task Months_gone_by_are_dropped_whole_and_who_asked_is_recorded()
    {
        var registry = Ledgers.OpenRegistry(_data);
        await FillAsync();
        AddRun(registry, "june/2026-06-15", RunState.Finished);
        AddRun(registry, "july/2026-07-02", RunState.Sending); // of a month that is kept

        var (files, refusals) = ReceiptRetention.Find(
            Ledgers.ReceiptsOf(_data), registry, "2026-07", _time.GetUtcNow());
        Assert.Empty(refusals);
        foreach (var file in files)
            ReceiptRetention.Drop(Ledgers.ReceiptsOf(_data), registry, file, Who.Here("Tran Thi B"), _time.GetUtcNow());

        Assert.Equal(["receipts-2026-07.db"], Files());
        Assert.Equal(1, Count("ledger.db", "select count(*) from event where who = 'Tran Thi B' and what = 'drop "
            + "receipts' and detail = 'receipts-2026-06.db: 1 receipt'"));
        await using var store = Open();
        Assert.Equal([2L], store.Read(0).Select(raw => raw.Id));
        Assert.Equal(2, store.ReadProgress());
    }

    [Theory]
    [InlineData("2026-08", "has not come")] // this month's are still coming in
    [InlineData("July", "is no month")]
    public async Task Only_months_gone_by_can_be_named(string before, string why)
    {
        await FillAsync();

        var (files, refusals) = ReceiptRetention.Find(
            Ledgers.ReceiptsOf(_data), Ledgers.OpenRegistry(_data), before, _time.GetUtcNow());

        Assert.Empty(files);
        Assert.Contains(why, Assert.Single(refusals).En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_settled_is_not_dropped()
    {
        var registry = Ledgers.OpenRegistry(_data);
        await FillAsync();
        AddRun(registry, "june/2026-06-15", RunState.Held);

        Assert.Contains(
            "june/2026-06-15",
            Assert.Single(
                ReceiptRetention.Find(Ledgers.ReceiptsOf(_data), registry, "2026-07", _time.GetUtcNow()).Refusals).En,
            StringComparison.Ordinal);

        registry.SetState(RunKey.Parse("june/2026-06-15"), RunState.Finished, DateTimeOffset.UnixEpoch);
        Execute(
            "receipts-2026-06.db",
            "insert into oddity (receipt, item, kind, run, detail) values (1, 0, 'SetAside', null, '')");
        Assert.Contains(
            "damaged",
            Assert.Single(
                ReceiptRetention.Find(Ledgers.ReceiptsOf(_data), registry, "2026-07", _time.GetUtcNow()).Refusals).En,
            StringComparison.Ordinal);

        Execute("receipts-2026-06.db", "delete from oddity");
        Execute("receipts-2026-07.db", "delete from progress where name = 'settled'");
        Assert.Contains(
            "not settled",
            Assert.Single(
                ReceiptRetention.Find(Ledgers.ReceiptsOf(_data), registry, "2026-07", _time.GetUtcNow()).Refusals).En,
            StringComparison.Ordinal);
    }

    IReceiptLog Open() => Ledgers.OpenReceipts(_data, new ProcessClock(_time));

    /// <summary>A receipt of June and one of July, both settled.</summary>
    async Task FillAsync()
    {
        await using var store = Open();
        await store.AppendAsync("viettel", "june");
        _time.Advance(TimeSpan.FromMinutes(1));
        await store.AppendAsync("viettel", "july");
        await store.AdvanceAsync(2);
    }

    static OddReceipt Stray(long id, ReceiptOddity kind) => new(id, 0, kind, null, "");

    static void AddRun(IRegistry registry, string key, RunState state)
    {
        var of = RunKey.Parse(key);
        registry.AddRun(
            new RunRecord
            {
                Key = key,
                Campaign = of.Campaign,
                Date = of.DateText,
                Code = of.Campaign,
                File = $"runs/{of.Campaign}.db",
                CampaignFile = "/some.yaml",
                Definition = "",
                DefinitionHash = "a",
                AudienceHash = "b",
                PlanHash = "c",
            },
            DateTimeOffset.UnixEpoch);
        registry.SetState(of, state, DateTimeOffset.UnixEpoch);
    }

    IEnumerable<string> Files() => Directory.EnumerateFiles(_folder.Path, "receipts*.db")
        .Select(path => Path.GetFileName(path)!)
        .Order(StringComparer.Ordinal);

    long? Count(string file, string sql)
    {
        using var db = SqliteDb.Open(Path.Combine(_folder.Path, file), readOnly: true);
        return db.ReadNumber(sql);
    }

    void Execute(string file, string sql)
    {
        using var db = SqliteDb.Open(Path.Combine(_folder.Path, file));
        db.Execute(sql);
    }

    static string ReadMigration()
    {
        using var reader = new StreamReader(typeof(IReceiptLog).Assembly.GetManifestResourceStream(
            typeof(IReceiptLog).Assembly
                .GetManifestResourceNames()
                .Single(name => name.EndsWith(".Migrations.Receipts.001.sql", StringComparison.Ordinal)))!);
        return reader.ReadToEnd();
    }
}
