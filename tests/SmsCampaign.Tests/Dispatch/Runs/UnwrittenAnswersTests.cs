using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Runs;

/// <summary>A run whose ledger could not be written for a while is tried again in the same process, its ledger still
/// open: what was handed over meanwhile and not written down is treated as after a crash. Where another program only
/// held the file nothing is lost (LateAnswersTests).</summary>
public sealed class UnwrittenAnswersTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 12, 0, 0, TimeSpan.Zero));
    bool _isLocked;

    public void Dispose() => _folder.Dispose();

    ProcessClock Clock => field ??= new ProcessClock(_time);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_was_handed_over_while_the_answer_could_not_be_written_is_uncertain_and_not_sent_again(
        int mostInFlight)
    {
        var path = SomeRun.Create(_folder.Path, 6);
        await using var ledger = RunLedger.Open(path, Clock, () =>
            _ = _isLocked ? throw new LedgerException(new Wording("mã", "disk I/O error"), 10) : 0);
        var carrier = new ScriptedCarrier(_ =>
        {
            _isLocked = true;
            return SendResult.Accepted("id");
        });

        await Assert.ThrowsAsync<LedgerException>(() => SendAsync(ledger, carrier, mostInFlight));
        var handedOver = carrier.Numbers.ToList();
        Assert.NotEmpty(handedOver);

        _isLocked = false;
        var next = ScriptedCarrier.ThatAccepts();
        Assert.Equal(SendEnd.Done, await SendAsync(ledger, next, mostInFlight));

        Assert.DoesNotContain(next.Numbers, handedOver.Contains);
        Assert.Equal(6 - ledger.Counters.Of(MessageStatus.Uncertain), next.Numbers.Count());
        Assert.InRange(ledger.Counters.Of(MessageStatus.Uncertain), handedOver.Count, mostInFlight);
        Assert.Equal(0, ledger.Counters.Of(MessageStatus.Submitting));
    }

    [Fact]
    public async Task What_was_handed_over_while_the_answer_could_not_be_written_is_not_left_over()
    {
        var path = SomeRun.Create(_folder.Path, 6);
        await using var ledger = RunLedger.Open(path, Clock, () =>
            _ = _isLocked ? throw new LedgerException(new Wording("mã", "disk I/O error"), 10) : 0);
        var carrier = new ScriptedCarrier(_ =>
        {
            _isLocked = true;
            return SendResult.Accepted("id");
        });
        await Assert.ThrowsAsync<LedgerException>(() => SendAsync(ledger, carrier, 1));

        _isLocked = false;
        Assert.Equal(5, await ledger.LeaveAsync(Reason.WindowClosed));

        Assert.Equal(1, ledger.Counters.Of(MessageStatus.Uncertain));
        await ledger.CheckBalanceAsync();
    }

    async Task<SendEnd> SendAsync(RunLedger ledger, ScriptedCarrier carrier, int mostInFlight)
    {
        using var accounts = new LaneAccounts([new LaneAccount(
            new Lane("viettel", new HttpLaneOptions { MaxInFlight = mostInFlight }), carrier, new Pace(100, Clock))]);
        var session = new RunSession(
            ledger, new SendWindow(new TimeOnly(8, 0), new TimeOnly(20, 0), TimeZoneInfo.Utc), accounts, Clock);

        var sending = session.SendAsync(new DateOnly(2025, 7, 30), CancellationToken.None);
        await _time.StepAsync(TimeSpan.FromMilliseconds(10), ledger, sending);
        return await sending;
    }
}
