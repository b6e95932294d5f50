using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Runs;

/// <summary>What may have been sent is repeated on the day it was first handed over, at a gateway that drops repeats,
/// and on no other.</summary>
public sealed class RepeatsTests : IDisposable
{
    static readonly DateOnly FirstDay = new(2025, 7, 30);

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    ProcessClock Clock => field ??= new ProcessClock(_time);

    [Fact]
    public async Task What_was_not_answered_when_the_window_closed_is_uncertain_not_left_over()
    {
        var path = SomeRun.Create(_folder.Path, 1);
        var carrier = new ScriptedCarrier(_ =>
        {
            _time.Advance(TimeSpan.FromHours(8));
            return SendResult.Lost(Reason.ConnectionLost, "connection lost");
        })
        {
            DropsRepeats = true,
        };

        Assert.Equal(SendEnd.Closed, await SendAsync(path, carrier, FirstDay));

        Assert.Equal(1, SomeRun.Count(path)[MessageStatus.Uncertain]);
    }

    /// <summary>Killed before it could say so at the closing: memory knows nothing of it.</summary>
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    public async Task What_may_have_been_sent_on_a_past_day_is_uncertain_and_what_may_have_been_today_is_repeated(
        bool cutOff,
        int daysLater)
    {
        var path = SomeRun.Create(_folder.Path, 2);
        await using (var killed = RunLedger.Open(path, Clock))
        {
            var batch = new PlannedBatch(1, SomeRun.LaneId, 1, SomeRun.Seq(1), SomeRun.Seq(2), 1);
            var call = new PlannedCall(
                SomeRun.LaneId,
                batch,
                [new PlannedMessage(SomeRun.Seq(1), SomeRun.Number(1))],
                KeepCarrierReference: false);
            var attempt = (await killed.BeginAsync([call]))[0]!.Value;
            if (!cutOff)
                await killed.FinishAsync([new CallResult(
                    call, attempt, 0, Clock.Now(), [SendResult.Lost(Reason.ConnectionLost, "connection lost")])]);
        }

        // sooner than it would be too old by itself
        _time.Advance(daysLater == 0 ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(20.5));
        var carrier = new ScriptedCarrier(_ => SendResult.Accepted("id")) { DropsRepeats = true };
        await SendAsync(path, carrier, FirstDay.AddDays(daysLater));

        Assert.Equal(
            daysLater == 0 ? [SomeRun.Number(1), SomeRun.Number(2)] : [SomeRun.Number(2)], carrier.Numbers.Order());
        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(
            daysLater == 0 ? (int)MessageStatus.Accepted : (int)MessageStatus.Uncertain,
            db.ReadNumber($"select status from state where seq = {SomeRun.Seq(1)}"));
    }

    /// <summary>The inquiry puts back what was cut off at any time, also after the day was opened.</summary>
    [Fact]
    public async Task What_was_cut_off_on_a_past_day_is_not_put_back_once_the_day_is_open_nor_after_the_closing()
    {
        var path = SomeRun.Create(_folder.Path, 2);
        LedgerBuilder.Add(path, rows => rows.CutOff(1, intent: Clock.Now()));
        await using var ledger = RunLedger.Open(path, Clock);

        await ledger.StopRepeatingAsync(Clock.Now() + 1);
        Assert.Equal(0, await ledger.SendAgainAsync(SomeRun.LaneId));
        await ledger.StopRepeatingAsync(long.MaxValue);
        Assert.Equal(0, await ledger.SendAgainAsync(SomeRun.LaneId));
        await ledger.StopRepeatingAsync(Clock.Now());
        Assert.Equal(1, await ledger.SendAgainAsync(SomeRun.LaneId));
        await ledger.NoticeResolutionsAsync();
        Assert.Equal(2, ledger.Counters.Of(MessageStatus.Planned));
    }

    async Task<SendEnd> SendAsync(string path, ScriptedCarrier carrier, DateOnly day)
    {
        await using var ledger = RunLedger.Open(path, Clock);
        if (carrier.DropsRepeats)
            await ledger.SendAgainAsync(SomeRun.LaneId);
        using var accounts = new LaneAccounts([new LaneAccount(
            new Lane("viettel", new HttpLaneOptions { MaxInFlight = 1 }), carrier, new Pace(100, Clock))]);
        var session = new RunSession(
            ledger, new SendWindow(new TimeOnly(8, 0), new TimeOnly(20, 0), TimeZoneInfo.Utc), accounts, Clock);

        var sending = session.SendAsync(day, CancellationToken.None);
        await _time.StepAsync(TimeSpan.FromMilliseconds(10), ledger, sending);
        return await sending;
    }
}
