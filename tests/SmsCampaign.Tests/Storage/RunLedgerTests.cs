using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage;

public sealed class RunLedgerTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rule_4_what_a_crash_cut_off_counts_as_handed_over_when_it_was_noticed_also_at_the_start_after_that()
    {
        var path = SomeRun.Create(_folder.Path, messages: 2);
        using (var crashed = SqliteDb.Open(path))
            crashed.Execute($"insert into attempt (lane, first_seq, last_seq, parts, intent_us) values (1, {SomeRun.Seq(1)}, {SomeRun.Seq(1)}, 1, 0)");

        var noticed = new ProcessClock(_time);
        await using (var first = RunLedger.Open(path, noticed))
            Assert.Equal(long.MaxValue, first.LastHandOver[SomeRun.LaneId]);

        // Killed again at once, before it sent anything.
        var noticedAt = noticed.Now();
        _time.Advance(TimeSpan.FromMilliseconds(300));
        await using var second = RunLedger.Open(path, new ProcessClock(_time));

        Assert.Equal(noticedAt, second.LastHandOver[SomeRun.LaneId]);
    }
}
