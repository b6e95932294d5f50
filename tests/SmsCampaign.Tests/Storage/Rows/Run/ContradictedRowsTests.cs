using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Rows.Run;

/// <summary>Never twice to one phone: what an attempt says was handed over is not taken for unsent, whatever the rows
/// of its message say.</summary>
public sealed class ContradictedRowsTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 3, 0, 0, TimeSpan.Zero));
    readonly string _path;

    public ContradictedRowsTests() => _path = SomeRun.Create(_folder.Path, 8);

    ProcessClock Clock => new(_time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_handed_over_and_is_said_to_be_planned_is_uncertain_and_not_left_over_at_the_end()
    {
        await SendAsync(SendResult.Accepted("a"), SendResult.Accepted("b"), SendResult.Accepted("c"));
        Execute(Sql("delete from state where seq =", 1), Sql("update state set status = 0 where seq =", 2));
        Assert.Contains("handed over: 2", BalanceRows.Find(_path)!.Numbers.En, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], ReadHandedOver());

        await LeaveAsync();

        var counts = SomeRun.Count(_path);
        Assert.Equal((2, 5), (counts[MessageStatus.Uncertain], counts[MessageStatus.Leftover]));
        Assert.Equal([4, 5, 6, 7, 8], ReadLeft());
        Assert.Null(BalanceRows.Find(_path));
    }

    [Fact]
    public async Task What_was_handed_over_and_is_said_to_be_left_over_is_not_read_as_left()
    {
        await SendAsync(SendResult.Accepted("a"), SendResult.Accepted("b"));
        await LeaveAsync();
        Execute(Sql("update state set status = 7, attempt = null, handed_us = null where seq =", 2));

        Assert.Equal([3, 4, 5, 6, 7, 8], ReadLeft());
        Assert.Equal([1, 2], ReadHandedOver());
        Assert.Contains("handed over: 1", BalanceRows.Find(_path)!.Numbers.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_known_not_to_be_sent_though_it_was_handed_over_is_left_over(bool oneByOne)
    {
        await SendAsync(oneByOne, SendResult.TooFast("429"), SendResult.Uncertain("y"), SendResult.Accepted("c"));
        using (var resolutions = new RunResolutions(_path))
            Assert.Equal(1, resolutions.Settle(
                [SomeRun.Seq(2)], MessageStatus.Planned, "Nguyễn Văn A", "đối soát", 1));
        Assert.Null(BalanceRows.Find(_path));

        await LeaveAsync();

        Assert.Null(BalanceRows.Find(_path));
        Assert.Equal([1, 2, 4, 5, 6, 7, 8], ReadLeft());
        Assert.Equal([3], ReadHandedOver());
    }

    [Fact]
    public async Task What_was_put_back_and_handed_over_again_is_told_by_its_last_attempt()
    {
        await SendAsync(SendResult.Uncertain("y"));
        using (var resolutions = new RunResolutions(_path))
            resolutions.Settle([SomeRun.Seq(1)], MessageStatus.Planned, "Nguyễn Văn A", "đối soát", 1);
        await SendAsync(SendResult.TooFast("429"));
        Assert.Null(BalanceRows.Find(_path));
        await SendAsync(SendResult.Accepted("a"));
        Assert.Null(BalanceRows.Find(_path));

        Execute(Sql("delete from state where seq =", 1));

        Assert.Contains("handed over: 1", BalanceRows.Find(_path)!.Numbers.En, StringComparison.Ordinal);
        await LeaveAsync();
        Assert.Equal([2, 3, 4, 5, 6, 7, 8], ReadLeft());
    }

    Task SendAsync(params SendResult[] results) => SendAsync(oneByOne: true, results);

    /// <summary>The first messages, under one intent.</summary>
    async Task SendAsync(bool oneByOne, params SendResult[] results)
    {
        await using var ledger = RunLedger.Open(_path, Clock);
        var call = new PlannedCall(
            SomeRun.LaneId,
            new PlannedBatch(1, SomeRun.LaneId, 1, SomeRun.Seq(1), SomeRun.Seq(8), 1),
            [.. Enumerable.Range(1, results.Length).Select(
                at => new PlannedMessage(SomeRun.Seq(at), SomeRun.Number(at)))],
            KeepCarrierReference: false)
        {
            OneByOne = oneByOne,
        };
        var attempt = (await ledger.BeginAsync([call]))[0]!.Value;
        await ledger.FinishAsync(oneByOne
            ? [.. results.Select((result, at) => new CallResult(call, attempt, at, Clock.Now(), [result]))]
            : [new CallResult(call, attempt, 0, Clock.Now(), results)]);
    }

    async Task LeaveAsync()
    {
        await using var ledger = RunLedger.Open(_path, Clock);
        await ledger.LeaveAsync(Reason.Ended);
    }

    IEnumerable<long> ReadLeft()
    {
        using var reader = PlanReader.OpenUpToDate(_path);
        return [.. reader.ReadLeft().Select(left => left.Row.Number - SomeRun.Number(0)).Order()];
    }

    IEnumerable<long> ReadHandedOver()
    {
        using var reader = PlanReader.OpenUpToDate(_path);
        return [.. reader.ReadHandedOver().Select(number => number - SomeRun.Number(0)).Distinct().Order()];
    }

    static string Sql(string what, int position) => $"{what} {SomeRun.Seq(position)}";

    void Execute(params string[] all)
    {
        using var db = SqliteDb.Open(_path);
        foreach (var sql in all)
            db.Execute(sql);
    }
}
