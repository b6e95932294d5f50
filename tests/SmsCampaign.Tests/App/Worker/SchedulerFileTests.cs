using SmsCampaign.App.Worker;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Tests.App.Worker;

[Collection(nameof(MachineZone))]
public sealed class SchedulerFileTests : IDisposable
{
    readonly WorkerCase _run = new(WorkerCase.Definition(), new DateTimeOffset(2025, 7, 30, 2, 0, 0, TimeSpan.Zero));

    string Store => _run.Data.Scheduler;

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task The_schema_expected_is_the_one_that_Quartz_makes()
    {
        await StartAndStopAsync();

        using var db = SqliteDb.Open(Store, readOnly: true);
        Assert.Equal(SchedulerFile.Schema, SchedulerFile.FingerprintOf(db));
        Assert.Null(SchedulerFile.Mend(_run.Data));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("truncated")]
    [InlineData("broken pages")]
    [InlineData("other tables")]
    [InlineData("journal alone")]
    public async Task A_damaged_store_is_put_aside_and_made_anew_and_the_run_is_sent(string damage)
    {
        await StartAndStopAsync();
        Damage(damage);

        Assert.NotNull(SchedulerFile.Mend(_run.Data));
        Assert.False(File.Exists(Store));
        _run.Approve();
        using var host = await _run.StartAsync();
        await LookUntilAsync(() => _run.State() == RunState.Finished);
        await host.StopAsync();

        Assert.Null(SchedulerFile.Mend(_run.Data));
    }

    [Fact]
    public async Task A_trigger_that_nobody_can_read_does_not_end_the_worker()
    {
        await StartAndStopAsync();
        using (var db = SqliteDb.Open(Store))
        {
            db.Execute("""
                pragma foreign_keys = off;
                insert into QRTZ_TRIGGERS (SCHED_NAME, TRIGGER_NAME, TRIGGER_GROUP, JOB_NAME, JOB_GROUP, TRIGGER_STATE, TRIGGER_TYPE, START_TIME)
                select SCHED_NAME, 'no run', 'openings', JOB_NAME, JOB_GROUP, 'WAITING', 'SIMPLE', 1 from QRTZ_JOB_DETAILS limit 1
                """);
        }

        _run.Approve();
        using var host = await _run.StartAsync();
        await LookUntilAsync(() => _run.State() == RunState.Finished);
        await host.StopAsync();
    }

    [Fact]
    public void A_folder_in_its_place_is_told_by_name()
    {
        Directory.CreateDirectory(Store);

        var thrown = Assert.Throws<LedgerException>(() => SchedulerFile.Mend(_run.Data));

        Assert.Contains(
            $"Ở chỗ của tệp {Store} lại là một thư mục",
            StorageFaults.Describe(thrown, _run.Data)!.Value.Vi,
            StringComparison.Ordinal);
    }

    void Damage(string how)
    {
        var bytes = File.ReadAllBytes(Store);
        switch (how)
        {
            case "garbage":
                File.WriteAllText(Store, string.Concat(Enumerable.Repeat("no database ", 1_000)));
                break;
            case "truncated":
                File.WriteAllBytes(Store, bytes[..(bytes.Length / 2 + 100)]);
                break;
            case "broken pages":
                for (var at = 4_096; at < bytes.Length; at++)
                    bytes[at] ^= 0x5a;
                File.WriteAllBytes(Store, bytes);
                break;
            case "journal alone":
                File.Move(Store, Store + "-wal");
                break;
            default:
                using (var db = SqliteDb.Open(Store))
                    db.Execute(
                        "pragma foreign_keys = off; alter table QRTZ_TRIGGERS rename column START_TIME to BEGINS");
                break;
        }
    }

    async Task StartAndStopAsync()
    {
        using var host = await _run.StartAsync();
        await host.StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    async Task LookUntilAsync(Func<bool> isSo)
    {
        for (var look = 0; !isSo(); look++)
        {
            Assert.True(look < 10_000, "what was waited for does not come");
            await _run.AdvanceAsync(CampaignWorker.Glance);
        }
    }
}
