using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Runs;

/// <summary>What becomes of the messages of a lane that stands still.</summary>
public sealed class StandInTests : RoutingCase
{
    /// <summary>Whoever decides writes to the ledger through another process or connection, and the run
    /// takes note later.</summary>
    [Fact]
    public async Task What_was_put_back_a_moment_before_it_moves_is_counted_on_the_lane_it_moves_to_and_nowhere_else()
    {
        Create();
        await using var ledger = RunLedger.Open(_path, _clock);
        var call = new PlannedCall(
            1,
            new PlannedBatch(1, 1, 1, Seq(1, 1), Seq(1, Each), 1),
            [new PlannedMessage(Seq(1, 3), Number(1, 3))],
            KeepCarrierReference: false);
        var attempt = (await ledger.BeginAsync([call]))[0]!.Value;
        await ledger.FinishAsync(
            [new CallResult(call, attempt, 0, _clock.Now(), [SendResult.Uncertain(Reason.ConnectionLost, "reset")])]);
        using (var resolutions = new RunResolutions(_path))
            resolutions.Settle(
                [Seq(1, 3)], MessageStatus.Planned, "a person", "the carrier does not know it", _clock.Now());

        Assert.Equal(Each, await ledger.MoveAsync(1, 3, new Dictionary<int, int> { [1] = 1 }, "lane stopped"));
        await ledger.NoticeResolutionsAsync();

        Assert.Equal((0, 0), CountedOn(1));
        Assert.Equal((0, Each), CountedOn(3));
        await ledger.CheckBalanceAsync();

        (long Uncertain, long Planned) CountedOn(int lane) =>
            (ledger.Counters.Of(lane, MessageStatus.Uncertain), ledger.Counters.Of(lane, MessageStatus.Planned));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_stopped_lane_holds_goes_to_another_only_where_the_campaign_says_so(bool allowed)
    {
        Create(fallback: allowed, listSize: 5);
        var calls = 0;
        using var stopping = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        _carriers["viettel"] = new(
            message => Interlocked.Increment(ref calls) == 4 ? SendResult.Misconfigured("code 6") : Accept(message));
        _carriers["vnpt"] = new(Accept);

        var end = await SendAsync(inFlight: 1, stopping.Token);

        Assert.Equal(allowed ? SendEnd.Done : SendEnd.Stopped, end);
        Assert.Equal(4, Calls("viettel"));
        Assert.Equal(allowed ? Each - 3 : 0, _carriers["esms"].Numbers.Count());
        Assert.Equal(allowed ? 2 * Each : Each + 3, SomeRun.Count(_path)[MessageStatus.Accepted]);
        Assert.Equal(allowed ? 0 : Each - 3, SomeRun.Count(_path).GetValueOrDefault(MessageStatus.Planned));
        if (allowed)
            Assert.True(_carriers["esms"].Calls.Count <= 5, "in lists");

        // Whichever lane is done first.
        SendResult Accept(OutboundSms message) =>
            allowed ? SendResult.Accepted("id") : StopAfter(message, stopping, Each + 2);
    }

    /// <summary>It would wait there for good: a message moves once.</summary>
    [Fact]
    public async Task What_a_stopped_lane_holds_stays_where_the_one_that_stands_in_is_held()
    {
        Create(fallback: true);
        await HoldAsync(3);
        var calls = 0;
        using var stopping = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        _carriers["viettel"] = new(
            message => Interlocked.Increment(ref calls) == 4 ? SendResult.Misconfigured("code 6") : Accept(message));
        _carriers["vnpt"] = new(Accept);

        Assert.Equal(SendEnd.Stopped, await SendAsync(inFlight: 1, stopping.Token));

        Assert.Equal((4, 0), (Calls("viettel"), _carriers.GetValueOrDefault("esms")?.Calls.Count ?? 0));
        var lanes = RunStatus.Read(RunAddress.OfFile(_path)).Lanes;
        Assert.Equal([Each - 3, 0, 0], lanes.Select(lane => lane.Count(MessageStatus.Planned)));

        SendResult Accept(OutboundSms message) => StopAfter(message, stopping, Each + 2);
    }

    /// <summary>The stopped lane does nothing with them but let them move: they were found all the same.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task What_is_put_back_on_a_stopped_lane_one_after_the_other_goes_to_another_each_time()
    {
        Create(fallback: true);
        var (calls, holds) = (0, 0);
        _carriers["viettel"] = new(_ => Interlocked.Increment(ref calls) switch
        {
            1 or 3 or 5 => SendResult.Uncertain(Reason.ConnectionLost, "reset"),
            6 => SendResult.Misconfigured("code 6"),
            _ => SendResult.Accepted("id"),
        });
        _carriers["vnpt"] = new(_ =>
        {
            if (++holds > 4)
                return SendResult.Accepted("id");
            if (holds > 1)
            {
                using var resolutions = new RunResolutions(_path);
                resolutions.Settle(
                    [Seq(1, 2 * holds - 3)], MessageStatus.Planned, "a person", "the carrier does not know it", holds);
            }

            return SendResult.TooFast("429", TimeSpan.FromSeconds(10)); // time enough for it to move
        });

        Assert.Equal(SendEnd.Done, await SendAsync(inFlight: 1));

        Assert.Equal(
            Enumerable.Range(1, Each).Except([2, 4]).Select(at => Number(1, at)), _carriers["esms"].Numbers.Order());
        Assert.Equal(2 * Each, SomeRun.Count(_path)[MessageStatus.Accepted]);
    }

    [Fact]
    public async Task What_may_have_been_sent_stays_with_its_lane()
    {
        Create(fallback: true);
        var calls = 0;
        _carriers["viettel"] = new(message => Interlocked.Increment(ref calls) switch
        {
            1 => SendResult.Lost(Reason.ConnectionLost, "no answer"),
            4 => SendResult.Misconfigured("code 6"),
            _ => SendResult.Accepted("id"),
        })
        {
            DropsRepeats = true,
        };
        using var stopping = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        _carriers["esms"] = new(message => StopAfter(message, stopping, 2 * Each));
        _carriers["vnpt"] = new(message => StopAfter(message, stopping, 2 * Each));

        await SendAsync(inFlight: 1, stopping.Token);

        Assert.DoesNotContain(Number(1, 1), _carriers["esms"].Numbers);
        Assert.Equal(Each - 3, _carriers["esms"].Numbers.Count());
    }

    [Fact]
    public async Task After_a_crash_a_moved_message_is_with_its_new_lane_and_nowhere_else()
    {
        Create();
        _carriers["viettel"] = new(message =>
            message.To.Msisdn == Number(1, 3) ? SendResult.WrongNetwork("code 25") : SendResult.Accepted("id"));
        using var stopping = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        var tooFast = true;
        _carriers["esms"] = new(message =>
        {
            if (!tooFast)
                return SendResult.Accepted("id");
            stopping.Cancel();
            return SendResult.Deferred("closed", TimeSpan.FromHours(1)); // planned again, without a row of its own
        });
        Assert.Equal(SendEnd.Stopped, await SendAsync(1, stopping.Token));
        tooFast = false;

        await SendAsync();

        Assert.Equal((Each, 2), (Calls("viettel"), Calls("esms")));
        Assert.Equal(2 * Each, SomeRun.Count(_path)[MessageStatus.Accepted]);
        Assert.True(RunStatus.Read(RunAddress.OfFile(_path)).Balances);
    }

    [Fact]
    public async Task A_receipt_of_the_new_lane_is_its_messages_and_one_of_the_old_is_not()
    {
        Create();
        _carriers["viettel"] = new(message =>
            message.To.Msisdn == Number(1, 3) ? SendResult.WrongNetwork("code 25") : SendResult.Accepted("id"));
        await SendAsync();

        await using var ledger = RunLedger.Open(_path, _clock);

        Assert.Equal((3, 1, 2), (ledger.LaneOf(Seq(1, 3)), ledger.LaneOf(Seq(1, 4)), ledger.LaneOf(Seq(2, 4))));
        Assert.Equal(
            (Each - 1, 1),
            (ledger.Counters.Of(1, MessageStatus.Accepted), ledger.Counters.Of(3, MessageStatus.Accepted)));
        await ledger.CheckBalanceAsync();
    }

    [Fact]
    public async Task A_lane_that_meets_a_fault_of_the_program_does_not_end_the_others()
    {
        Create();
        _without = "viettel";

        var fault = await Assert.ThrowsAsync<LaneFaultException>(() => SendAsync());

        Assert.Equal(("viettel", "viettel"), (fault.Lane, Assert.Single(_faulted)));
        Assert.Equal(Each, Calls("vnpt"));
    }

    [Fact]
    public async Task A_fault_in_what_calls_one_gateway_stops_that_lane_and_no_other()
    {
        Create();
        using var stopping = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        _carriers["viettel"] = new ScriptedCarrier(_ => throw new InvalidOperationException("a bug"));
        _carriers["vnpt"] = new ScriptedCarrier(message =>
        {
            if (Calls("vnpt") == Each) // and of the other as many as were under way when it stopped: one or two
                stopping.CancelAfter(200);
            return SendResult.Accepted("id-" + message.Reference);
        });

        Assert.Equal(SendEnd.Stopped, await SendAsync(inFlight: 2, stopping.Token));

        Assert.InRange(Calls("viettel"), 1, 2);
        Assert.Equal(
            (Each, Calls("viettel")),
            (SomeRun.Count(_path)[MessageStatus.Accepted], SomeRun.Count(_path)[MessageStatus.Uncertain]));
    }
}
