using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Rows.Run;

/// <summary>What a ledger keeps of how many messages stand where: always what counting its rows
/// gives, and held to it.</summary>
public sealed class KeptCountsTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 3, 0, 0, TimeSpan.Zero));
    readonly string _path;

    public KeptCountsTests()
    {
        _path = SomeRun.Create(_folder.Path, 12, parts: 2, trust: ReceiptTrust.Network);
        using var db = SqliteDb.Open(_path);
        db.Execute(
            "insert into tally (lane, parts, status, messages) select lane, parts, 0, sum(last_seq - first_seq + 1) "
            + "from batch group by lane, parts");
    }

    ProcessClock Clock => new(_time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whatever_moves_a_message_the_counts_are_what_the_rows_say_after_every_commit()
    {
        await using (var ledger = RunLedger.Open(_path, Clock))
        {
            var call = Call(1, 6);
            var attempt = (await ledger.BeginAsync([call]))[0]!.Value;
            Check();
            SendResult[] results =
            [
                SendResult.Accepted("id"),
                SendResult.Rejected(FailureClass.Number, "x"),
                SendResult.Uncertain("y"),
                SendResult.TooFast("429"),
                SendResult.Lost(Reason.ConnectionLost, "connection lost"),
            ];
            await ledger.FinishAsync(
                [.. results.Select((result, at) => new CallResult(call, attempt, at, Clock.Now(), [result]))]);
            Check(); // the sixth is still on its way

            await ledger.ApplyAsync([Receipt(1), Receipt(6)], new ReceiptMark(1, null));
            Check();
            await ledger.GiveUpAsync(
                [(call.Batch, SomeRun.Seq(5), SendResult.Uncertain(Reason.RepeatedInVain, "in vain"))]);
            Check();
            Resolve(3, MessageStatus.Planned); // beside the process that sends
            Check();
            await ledger.MoveAsync(SomeRun.LaneId, SomeRun.LaneId, new Dictionary<int, int> { [1] = 3 }, "x");
            Check();
            await ledger.BeginAsync([Call(8, 2)]);
            Check();
        }

        await using (var ledger = RunLedger.Open(_path, Clock)) // after a crash
        {
            Check();
            Resolve(8, MessageStatus.Delivered);
            await ledger.LeaveAsync(Reason.WindowClosed);
            Check();
            await ledger.CheckBalanceAsync();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_still_to_be_sent_is_read_without_opening_it_to_be_sent(bool isKept)
    {
        var call = Call(1, 2);
        await using (var ledger = RunLedger.Open(_path, Clock))
        {
            var attempt = (await ledger.BeginAsync([call]))[0]!.Value;
            await ledger.FinishAsync([new CallResult(
                call, attempt, 0, Clock.Now(), [SendResult.Accepted("id"), SendResult.TooFast("429")])]);
        }

        if (!isKept)
        {
            using var db = SqliteDb.Open(_path);
            db.Execute("delete from tally");
        }

        Assert.Equal(11, CounterRows.CountPlanned(_path));
    }

    [Fact]
    public async Task A_crash_that_cut_off_what_a_person_had_put_back_is_counted_right()
    {
        var call = Call(1, 2);
        await using (var ledger = RunLedger.Open(_path, Clock))
        {
            var attempt = (await ledger.BeginAsync([call]))[0]!.Value;
            await ledger.FinishAsync([new CallResult(call, attempt, 0, Clock.Now(), [SendResult.Uncertain("y")])]);
            Resolve(1, MessageStatus.Planned);
            Check();
        }

        await using (RunLedger.Open(_path, Clock))
            Check();
        Assert.Equal(2, SomeRun.Count(_path)[MessageStatus.Uncertain]);
    }

    [Fact]
    public async Task A_start_and_a_look_go_by_what_is_kept_and_count_no_rows()
    {
        await using (var ledger = RunLedger.Open(_path, Clock))
            await ledger.FinishAsync([new CallResult(
                Call(1, 1),
                (await ledger.BeginAsync([Call(1, 1)]))[0]!.Value,
                0,
                Clock.Now(),
                [SendResult.Accepted("id")])]);

        // Were rows counted, they would say otherwise.
        using (var db = SqliteDb.Open(_path))
            db.Execute("delete from state; delete from attempt");

        var status = RunStatus.Read(RunAddress.OfFile(_path));
        Assert.Equal(
            (1L, 11L, 2L),
            (status.Count(MessageStatus.Accepted), status.Count(MessageStatus.Planned), status.PartsHandedOver));
        Assert.Equal((Clock.Now(), Clock.Now()), (status.FirstHandedMicros, status.LastHandedMicros));
        await using var next = RunLedger.Open(_path, Clock);
        Assert.Equal((1L, 11L), (next.Counters.Of(MessageStatus.Accepted), next.Counters.Of(MessageStatus.Planned)));
        Assert.Equal(Clock.Now(), next.LastHandOver[SomeRun.LaneId]);
    }

    [Fact]
    public async Task Rule_7_rows_that_are_not_what_is_kept_stop_the_run_beside_which_they_are_counted()
    {
        LedgerBuilder.Add(_path, rows => rows.State(1, MessageStatus.Delivered));

        await using var ledger = RunLedger.Open(_path, Clock);
        var refused = await Assert.ThrowsAsync<UnbalancedException>(async () =>
        {
            for (var at = 2; ; at++)
            {
                await ledger.BeginAsync([Call(2 + at % 8, 1)]);
                await Task.Yield();
            }
        });

        Assert.Contains("Delivered 1", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UnbalancedException>(ledger.CheckBalanceAsync);
    }

    [Fact]
    public async Task A_ledger_of_a_version_before_is_counted_once_and_kept_from_then_on()
    {
        SomeRun.Recount(_path);
        Resolve(1, MessageStatus.Delivered, settled: 0); // nothing there to settle, and nothing to keep
        LedgerBuilder.Add(_path, rows => rows.State(1, MessageStatus.Uncertain));
        Resolve(1, MessageStatus.Delivered);
        Assert.Equal(12, RunStatus.Read(RunAddress.OfFile(_path)).Messages);

        await using (RunLedger.Open(_path, Clock))
            Check();
        Resolve(1, MessageStatus.Delivered, settled: 0);
        Check();
    }

    /// <summary>Holds what is kept to what the rows say, by counting them.</summary>
    void Check()
    {
        using var db = SqliteDb.Open(_path, readOnly: true);
        db.Execute("begin");
        Assert.True(TallyRows.AreIn(db));
        Assert.Equal("", BalanceRows.Audit(db)?.En ?? "");
    }

    void Resolve(int position, MessageStatus to, int settled = 1)
    {
        using var resolutions = new RunResolutions(_path);
        Assert.Equal(settled, resolutions.Settle([SomeRun.Seq(position)], to, "Nguyễn Văn A", "đối soát", 1));
    }

    static MatchedReceipt Receipt(int position) =>
        new(position, 0, SomeRun.LaneId, new NamedMessage(SomeRun.Seq(position), 0, 0), new DeliveryReceipt(
            null, null, MessageStatus.Sent, null, "X", null));

    static PlannedCall Call(int first, int messages) => new(
        SomeRun.LaneId,
        new PlannedBatch(1, SomeRun.LaneId, 1, SomeRun.Seq(1), SomeRun.Seq(12), 2),
        [.. Enumerable.Range(first, messages).Select(at => new PlannedMessage(SomeRun.Seq(at), SomeRun.Number(at)))],
        KeepCarrierReference: false)
    {
        OneByOne = messages > 1,
    };
}
