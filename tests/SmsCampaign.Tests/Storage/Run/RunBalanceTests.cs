using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Run;

public sealed class RunBalanceTests : IDisposable
{
    static readonly ProcessClock Clock = new(TimeProvider.System);
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("delete from message where seq = (select max(seq) from message)", "messages 4, in batches 5")]
    [InlineData("update segment set matched = matched + 1", "audience 6, excluded 0, messages 5")]
    [InlineData(
        "insert into exclusion (source, line, segment, reason) values (1, 2, 1, 8)",
        "audience 5, excluded 1, messages 5")]
    [InlineData("insert into state (seq, status, settled_us) values (5, 5, 1)", "stray 1")]
    [InlineData("update batch set last_seq = last_seq + 1", "messages 5, in batches 6")]
    [InlineData("insert into state (seq, status, settled_us) select max(seq), 9, 1 from message", "messages 5")]
    public void Rule_7_a_ledger_whose_rows_do_not_add_up_is_not_opened(string damage, string numbers)
    {
        var path = SomeRun.Create(_folder.Path, 5);
        using (var db = SqliteDb.Open(path))
            db.Execute(damage);

        var refused = Assert.Throws<UnbalancedException>(() => RunLedger.Open(path, Clock));

        Assert.Contains(numbers, refused.Message, StringComparison.Ordinal);
        EnglishWords.AssertNone(refused.Words.Vi);
    }

    [Fact]
    public async Task Rule_7_every_status_is_counted_from_rows_and_in_flight_is_submitting()
    {
        var path = SomeRun.Create(_folder.Path, 20);
        await using var ledger = RunLedger.Open(path, Clock);
        var batch = new PlannedBatch(1, SomeRun.LaneId, 1, SomeRun.Seq(1), SomeRun.Seq(20), 1);
        var call = new PlannedCall(SomeRun.LaneId, batch,
            [.. Enumerable.Range(1, 6).Select(at => new PlannedMessage(SomeRun.Seq(at), SomeRun.Number(at)))], false)
        { OneByOne = true };
        var attempt = (await ledger.BeginAsync([call]))[0]!.Value;

        SendResult[] results =
        [
            SendResult.Accepted("id"),
            SendResult.Rejected(FailureClass.Number, "x"),
            SendResult.Uncertain("y"),
            SendResult.TooFast("429"),
        ];
        await ledger.FinishAsync(
            [.. results.Select((result, at) => new CallResult(call, attempt, at, Clock.Now(), [result]))]);
        await ledger.CheckBalanceAsync();

        using var db = SqliteDb.Open(path, readOnly: true);
        var balance = BalanceRows.Count(db);
        Assert.True(balance.Holds);
        Assert.Equal(
            "audience 20, excluded 0, messages 20, in batches 20, stray 0; Planned 15, Submitting 2, Uncertain 1, "
                + "Accepted 1, Sent 0, Delivered 0, Failed 1, Leftover 0",
            balance.Numbers.En);
    }

    [Fact]
    public async Task Rule_7_numbers_shown_that_the_rows_do_not_bear_out_stop_the_run_at_its_end()
    {
        var path = SomeRun.Create(_folder.Path, 3);
        await using var ledger = RunLedger.Open(path, Clock);
        LedgerBuilder.Add(path, rows => rows.State(1, MessageStatus.Delivered));

        var refused = await Assert.ThrowsAsync<UnbalancedException>(ledger.CheckBalanceAsync);

        Assert.Contains("Delivered 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("shown: Planned 3", refused.Message, StringComparison.Ordinal);
        EnglishWords.AssertNone(refused.Words.Vi);
    }

    [Fact]
    public async Task Rule_7_is_looked_at_when_a_day_of_sending_ends()
    {
        var path = SomeRun.Create(_folder.Path, 3);
        await using var ledger = RunLedger.Open(path, Clock);
        var carrier = new ScriptedCarrier(message =>
        {
            // A row lost on the way, as a broken disk would.
            using var other = SqliteDb.Open(path);
            other.Execute("update segment set matched = 4");
            return SendResult.Accepted("id");
        });
        using var accounts = new LaneAccounts([new LaneAccount(
            new Lane("viettel", new SmsCampaign.Carriers.Http.HttpLaneOptions()), carrier, new Pace(1_000, Clock))]);
        var window = new SmsCampaign.Campaigns.SendWindow(
            TimeOnly.MinValue, new TimeOnly(23, 59, 59), TimeZoneInfo.Utc);

        await Assert.ThrowsAsync<UnbalancedException>(() =>
            new RunSession(ledger, window, accounts, Clock).SendAsync(
                DateOnly.FromDateTime(Clock.Time.GetUtcNow().UtcDateTime), CancellationToken.None));
    }
}
