using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Runs;

public sealed class RunSessionTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly ProcessClock _clock = new(TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(MessageStatus.Delivered, true)]
    [InlineData(MessageStatus.Planned, false)] // to be sent again: whoever waits goes on sending
    public async Task What_a_person_settles_from_another_process_ends_the_wait_for_receipts(
        MessageStatus to,
        bool settled)
    {
        var path = SomeRun.Create(_folder.Path, 1);
        var now = _clock.Now();
        LedgerBuilder.Add(
            path,
            rows => rows.Attempt(1, intent: now, handed: now, answered: now, outcome: SendOutcome.Uncertain)
                .State(1, MessageStatus.Uncertain, now));

        await using var ledger = RunLedger.Open(path, _clock);
        var pace = new Pace(1, _clock);
        using var accounts = new LaneAccounts(
            [new LaneAccount(new Lane("viettel", new HttpLaneOptions()), ScriptedCarrier.ThatAccepts(), pace)]);
        var session = new RunSession(
            ledger, new SendWindow(new TimeOnly(8, 0), new TimeOnly(20, 0), TimeZoneInfo.Utc), accounts, _clock);
        Assert.True(session.AwaitsReceipts);

        var waiting = session.AwaitReceiptsAsync(CancellationToken.None);
        using (var resolutions = new RunResolutions(path))
            resolutions.Settle([SomeRun.Seq(1)], to, "Nguyễn Văn A", "đối soát", 1);

        Assert.Equal(
            settled ? ReceiptsWait.Over : ReceiptsWait.BrokenOff, await waiting.WaitAsync(Patience.ForAnything));
    }
}
