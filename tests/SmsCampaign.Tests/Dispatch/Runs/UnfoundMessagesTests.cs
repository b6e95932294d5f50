using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Runs;

public sealed class UnfoundMessagesTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_planned_and_not_found_ends_the_run_with_that_fault_and_is_not_looked_for_for_ever()
    {
        var path = SomeRun.Create(_folder.Path, 20, batch: 10);
        using (var db = SqliteDb.Open(path))
            db.Execute("update batch set done_us = 1 where id = 2"); // nobody looks there
        var clock = new ProcessClock(_time);
        await using var ledger = RunLedger.Open(path, clock);
        var carrier = ScriptedCarrier.ThatAccepts();
        using var accounts = new LaneAccounts([new LaneAccount(
            new Lane("viettel", new HttpLaneOptions { MaxInFlight = 4 }), carrier, new Pace(100, clock))]);
        var session = new RunSession(
            ledger, new SendWindow(new TimeOnly(8, 0), new TimeOnly(20, 0), TimeZoneInfo.Utc), accounts, clock);

        using var patience = new CancellationTokenSource(Patience.ForAnything);
        var sending = session.SendAsync(new DateOnly(2025, 7, 30), patience.Token);
        await _time.StepAsync(TimeSpan.FromMilliseconds(1), ledger, sending);

        var unbalanced = await Assert.ThrowsAsync<UnbalancedException>(() => sending);
        EnglishWords.AssertNone(unbalanced.Words.Vi);
        Assert.Contains(
            "10 messages of viettel are planned and not found", unbalanced.Message, StringComparison.Ordinal);
        Assert.Equal(10, carrier.Numbers.Count());
    }
}
