using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Rows.Registry;

public sealed class RegistryRowsTests : RegistryContract
{
    protected override IRegistry Open(string folder) => Ledgers.OpenRows(new DataFolder(folder));

    /// <summary>The worker makes it when it first starts, and `approve` may look at that very moment.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Who_looks_while_it_is_made_finds_none_of_it_or_all()
    {
        using var folder = new TempFolder();
        for (var round = 0; round < 40; round++)
        {
            var data = new DataFolder(Directory.CreateDirectory($"{folder.Path}/{round}").FullName);
            using var together = new Barrier(4);

            await Task.WhenAll(
                Task.Run(Make),
                Task.Run(Make),
                Task.Run(Look),
                Task.Run(Look));

            Assert.Empty(Directory.EnumerateFiles(data.Root, "*.new-*"));

            void Make()
            {
                together.SignalAndWait();
                Assert.Empty(Ledgers.OpenRows(data).ReadRuns());
            }

            void Look()
            {
                together.SignalAndWait();
                while (!File.Exists(data.Ledger))
                    Thread.Yield();
                Assert.Empty(Ledgers.MarksOf(data).ReadBegun());
            }
        }
    }

    /// <summary>Nobody knows when it was; whoever approved since knew of it.</summary>
    [Fact]
    public void A_step_of_the_clock_that_cannot_be_read_is_nothing_to_what_was_approved_since()
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        registry.RecordClockStep(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        using (var db = SqliteDb.Open(new DataFolder(folder.Path).Ledger))
            db.Execute("update clock_step set from_at = 'x'");

        Assert.Throws<LedgerRowException>(() => registry.ReadClockSteps(0));
        Assert.Empty(registry.ReadClockSteps(1));
    }

    [Fact]
    public void One_that_was_lost_leaves_nothing_to_the_next()
    {
        using var folder = new TempFolder();
        var data = new DataFolder(folder.Path);
        _ = Ledgers.OpenRows(data).ReadRuns();
        File.Move(data.Ledger, data.Ledger + "-wal");

        Assert.Empty(Ledgers.OpenRows(data).ReadRuns());
    }
}
