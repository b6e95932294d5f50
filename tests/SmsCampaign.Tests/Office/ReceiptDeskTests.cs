using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>What whoever deletes old receipts is answered, without a terminal.</summary>
public sealed class ReceiptDeskTests : IDisposable
{
    static readonly Who Engineer = new("Trần Thị B", "b", "cong-van");

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 15, 9, 0, 0, TimeSpan.FromHours(7)));
    readonly DataFolder _data;

    public ReceiptDeskTests() => _data = new DataFolder(_folder.File("data"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nobody_is_refused_and_nothing_is_looked_at()
    {
        await ReceiveAsync(months: 2);

        Assert.IsType<DropResult.NoName>(Desk.Drop(Engineer with { Person = " " }, "2026-06"));

        Assert.Equal(["receipts-2026-05.db", "receipts-2026-06.db"], Files());
    }

    [Fact]
    public void Where_there_is_no_installation_none_is_made()
    {
        Assert.IsType<DropResult.NothingThere>(Desk.Drop(Engineer, "2026-06"));
        Assert.False(Directory.Exists(_data.Root));
    }

    [Fact]
    public async Task Everything_that_keeps_them_is_told_and_nothing_is_deleted()
    {
        await ReceiveAsync(months: 3, settled: 1);

        var month = Assert.IsType<DropResult.Refused>(Desk.Drop(Engineer, "tháng 6"));
        var unsettled = Assert.IsType<DropResult.Refused>(Desk.Drop(Engineer, "2026-07"));

        Assert.Contains("không phải một tháng", Assert.Single(month.Why).Vi, StringComparison.Ordinal);
        Assert.Contains("receipts-2026-06.db", Assert.Single(unsettled.Why).Vi, StringComparison.Ordinal);
        Assert.Equal(3, Files().Count());
        Assert.Empty(Events());
    }

    [Fact]
    public async Task What_is_deleted_is_told_the_oldest_first_and_who_asked_stands_in_the_chain_of_records()
    {
        await ReceiveAsync(months: 3);

        var dropped = Assert.IsType<DropResult.Dropped>(Desk.Drop(Engineer, "2026-07"));

        Assert.Equal(
            [("receipts-2026-05.db", (long?)1), ("receipts-2026-06.db", 1)],
            dropped.Files.Select(file => (file.Name, file.Receipts)));
        Assert.Null(dropped.Stuck);
        Assert.Equal(["receipts-2026-07.db"], Files());
        Assert.Equal(
            [
                "Trần Thị B b@cong-van drop receipts receipts-2026-05.db: 1 receipt",
                "Trần Thị B b@cong-van drop receipts receipts-2026-06.db: 1 receipt",
            ],
            Events());
        Assert.True(Ledgers.OpenRegistry(_data).Audit.Verify(ledgers: true).Holds);
    }

    [Fact]
    public async Task Where_there_is_nothing_old_nothing_is_deleted_and_nothing_recorded()
    {
        await ReceiveAsync(months: 1);

        var dropped = Assert.IsType<DropResult.Dropped>(Desk.Drop(Engineer, "2026-05"));

        Assert.Empty(dropped.Files);
        Assert.Null(dropped.Stuck);
        Assert.Empty(Events());
    }

    /// <summary>A file that the system does not let go: those before it are gone, those behind it stay.</summary>
    [Fact]
    public async Task One_that_cannot_be_deleted_is_told_and_those_behind_it_stay()
    {
        await ReceiveAsync(months: 4);
        Directory.CreateDirectory(Path.Combine(_data.Root, "receipts-2026-06.db-shm"));

        var dropped = Assert.IsType<DropResult.Dropped>(Desk.Drop(Engineer, "2026-08"));

        Assert.Equal(["receipts-2026-05.db"], dropped.Files.Select(file => file.Name));
        Assert.Equal("receipts-2026-06.db", dropped.Stuck!.Value.File.Name);
        Assert.Equal(["receipts-2026-06.db", "receipts-2026-07.db", "receipts-2026-08.db"], Files());
    }

    ReceiptDesk Desk => new(_data, _time);

    /// <summary>A receipt in each of some months from May 2026 on; time stands in the last of them.</summary>
    /// <param name="settled">How many of them; null: all.</param>
    async Task ReceiveAsync(int months, int? settled = null)
    {
        Ledgers.OpenRegistry(_data).RecordEvent(Engineer, "install", "", _time.GetUtcNow());
        await using var store = Ledgers.OpenReceipts(_data, new ProcessClock(_time));
        for (var month = 0; month < months; month++)
        {
            if (month > 0)
                _time.Advance(TimeSpan.FromDays(31));
            await store.AppendAsync("viettel", $"{month}");
        }

        await store.AdvanceAsync(settled ?? months);
    }

    IEnumerable<string> Files() => Directory.EnumerateFiles(_data.Root, "receipts*.db")
        .Select(path => Path.GetFileName(path)!)
        .Order(StringComparer.Ordinal);

    string[] Events()
    {
        using var db = SqliteDb.Open(_data.Ledger, readOnly: true);
        return db.ReadText(
            "select group_concat(who || ' ' || by_os || ' ' || what || ' ' || detail, char(10)) from event "
                + "where what <> 'install'")?.Split('\n') ?? [];
    }
}
