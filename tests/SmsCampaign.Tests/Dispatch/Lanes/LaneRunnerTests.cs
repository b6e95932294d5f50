using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

public sealed class LaneRunnerTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static long Accepted(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        return db.ReadNumber($"select count(*) from state where status = {(int)MessageStatus.Accepted}")!.Value;
    }

    static void Break(string path)
    {
        using var db = SqliteDb.Open(path);
        db.Execute("alter table message rename to elsewhere");
    }

    static long Holds(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        return db.ReadNumber($"select count(*) from hold where kind = {(int)LaneChangeKind.Breaker}")!.Value;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)] // lists that do not divide the batch
    public async Task Rule_1_every_number_is_handed_over_once(int mostPerCall)
    {
        var path = SomeRun.Create(_folder.Path, 500, batch: 100);
        var carrier = ScriptedCarrier.ThatAccepts(mostPerCall);

        Assert.Equal(LaneEnd.Done, await LaneCase.RunAsync(path, carrier));

        Assert.Equal(Enumerable.Range(1, 500).Select(at => SomeRun.Number(at)), carrier.Numbers.Order());
        Assert.Equal(500, SomeRun.Count(path)[MessageStatus.Accepted]);
    }

    [Fact]
    public async Task Rule_1_a_second_run_over_the_same_ledger_sends_nothing()
    {
        var path = SomeRun.Create(_folder.Path, 50);
        await LaneCase.RunAsync(path, ScriptedCarrier.ThatAccepts());

        var again = ScriptedCarrier.ThatAccepts();
        Assert.Equal(LaneEnd.Done, await LaneCase.RunAsync(path, again));

        Assert.Empty(again.Calls);
    }

    [Fact]
    public async Task Rule_1_after_an_end_in_the_middle_of_a_batch_only_the_rest_is_sent()
    {
        var path = SomeRun.Create(_folder.Path, 20, batch: 20);
        using (var stop = new CancellationTokenSource())
        {
            var calls = 0;
            await LaneCase.RunAsync(
                path,
                new ScriptedCarrier(_ =>
                {
                    if (++calls == 8)
                        stop.Cancel();
                    return SendResult.Accepted("id");
                }),
                maxInFlight: 1,
                stopping: stop.Token);
        }

        var rest = ScriptedCarrier.ThatAccepts();
        await LaneCase.RunAsync(path, rest);

        Assert.Equal(Enumerable.Range(9, 12).Select(at => SomeRun.Number(at)), rest.Numbers.Order());
    }

    [Fact]
    public async Task Rule_3_what_may_have_been_sent_is_uncertain_and_never_sent_again()
    {
        var path = SomeRun.Create(_folder.Path, 6);
        var carrier = new ScriptedCarrier(
            message => message.To.Msisdn % 2 == 0 ? SendResult.Uncertain("HTTP 500") : SendResult.Accepted("id"));

        await LaneCase.RunAsync(path, carrier);
        await LaneCase.RunAsync(path, carrier);

        Assert.Equal(6, carrier.Calls.Count);
        Assert.Equal(3, SomeRun.Count(path)[MessageStatus.Uncertain]);
    }

    [Fact]
    public async Task Rule_3_an_answer_that_never_comes_is_uncertain()
    {
        var path = SomeRun.Create(_folder.Path, 1);
        var carrier = new ScriptedCarrier(async (messages, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return [];
        });

        await LaneCase.RunAsync(path, carrier, time: null, answerTimeout: TimeSpan.FromMilliseconds(20));

        Assert.Equal(1, SomeRun.Count(path)[MessageStatus.Uncertain]);
    }

    [Fact]
    public async Task Rule_3_messages_an_adapter_forgets_to_speak_of_are_uncertain()
    {
        var path = SomeRun.Create(_folder.Path, 4);

        await LaneCase.RunAsync(path, new ScriptedCarrier(
            (_, _) => Task.FromResult<IReadOnlyList<SendResult>>([SendResult.Accepted("id")]), mostPerCall: 4));

        Assert.Equal(4, SomeRun.Count(path)[MessageStatus.Uncertain]);
    }

    [Fact]
    public async Task A_refusal_for_good_is_failed_with_class_and_code()
    {
        var path = SomeRun.Create(_folder.Path, 1);

        await LaneCase.RunAsync(
            path, new ScriptedCarrier(_ => SendResult.Rejected(FailureClass.Number, "barred_number")));

        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal("6|1|barred_number", db.ReadText("select status || '|' || failure || '|' || code from state"));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Rule_4_hand_over_times_in_the_ledger_keep_the_contract_in_every_sliding_second()
    {
        var path = SomeRun.Create(_folder.Path, 300, parts: 4, rate: 100);
        var time = new JumpingTime(DateTimeOffset.UnixEpoch.AddYears(55));

        await LaneCase.RunAsync(path, ScriptedCarrier.ThatAccepts(), rate: 100, time: time, maxInFlight: 1);

        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(1200, db.ReadNumber("select sum(parts) from attempt"));
        Assert.InRange(
            db.ReadNumber("""
                select max(parts) from (
                    select sum(later.parts) as parts
                    from   attempt
                    join   attempt later on later.handed_us between attempt.handed_us and attempt.handed_us + 999999
                    group by attempt.id)
                """)!.Value,
            90,
            100);
    }

    [Fact]
    public async Task Rule_4_after_a_crash_a_lane_waits_out_one_window_before_its_first_call()
    {
        var path = SomeRun.Create(_folder.Path, 2);
        var time = new JumpingTime(DateTimeOffset.UnixEpoch.AddYears(55));
        LedgerBuilder.Add(path, rows => rows.CutOff(1));

        var start = ProcessClock.ToMicros(time.GetUtcNow());
        await LaneCase.RunAsync(path, ScriptedCarrier.ThatAccepts(), time: time, maxInFlight: 1);

        using var after = SqliteDb.Open(path, readOnly: true);
        Assert.InRange(after.ReadNumber("select max(handed_us) from attempt")!.Value - start, 1_000_000, long.MaxValue);
    }

    [Fact]
    public async Task Rule_5_nothing_leaves_at_or_after_the_closing()
    {
        var path = SomeRun.Create(_folder.Path, 100);
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 7, 30, 12, 0, 0, TimeSpan.Zero));
        var closes = time.GetUtcNow().AddSeconds(10);
        var carrier = new ScriptedCarrier(_ =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return SendResult.Accepted("id");
        });

        var end = await LaneCase.RunAsync(path, carrier, time: time, maxInFlight: 1, closes: closes);

        Assert.Equal(LaneEnd.Closed, end);
        Assert.Equal(10, carrier.Calls.Count);
        Assert.Equal(90, SomeRun.Count(path)[MessageStatus.Planned]);
    }

    [Fact]
    public async Task Rule_5_before_the_opening_nothing_leaves()
    {
        var path = SomeRun.Create(_folder.Path, 3);
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 7, 30, 0, 59, 59, TimeSpan.Zero));
        var carrier = ScriptedCarrier.ThatAccepts();

        var end = await LaneCase.RunAsync(path, carrier, time: time, opens: time.GetUtcNow().AddSeconds(1));

        Assert.Equal(LaneEnd.Closed, end);
        Assert.Empty(carrier.Calls);
    }

    [Fact]
    public async Task Asked_to_stop_it_writes_down_what_was_in_flight_and_leaves_the_rest_planned()
    {
        var path = SomeRun.Create(_folder.Path, 100);
        using var stop = new CancellationTokenSource();
        var carrier = new ScriptedCarrier(_ =>
        {
            stop.Cancel();
            return SendResult.Accepted("id");
        });

        var end = await LaneCase.RunAsync(path, carrier, stopping: stop.Token);

        var counts = SomeRun.Count(path);
        Assert.Equal(LaneEnd.Stopped, end);
        Assert.False(counts.ContainsKey(MessageStatus.Submitting));
        Assert.Equal(carrier.Calls.Count, counts[MessageStatus.Accepted]);
        Assert.Equal(100, counts[MessageStatus.Accepted] + counts[MessageStatus.Planned]);
    }

    [Fact]
    public async Task A_dead_gateway_opens_the_breaker_before_the_audience_is_uncertain()
    {
        var path = SomeRun.Create(_folder.Path, 1_000);
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 7, 30, 12, 0, 0, TimeSpan.Zero));
        var carrier = new ScriptedCarrier(_ => SendResult.Uncertain("connection lost"));
        using var stop = new CancellationTokenSource();

        // No time passes once the breaker has what opens it: the lane waits, however long the disk takes.
        var running = LaneCase.RunAsync(path, carrier, time: time, maxInFlight: 4, stopping: stop.Token);
        while (Holds(path) == 0)
        {
            if (carrier.Calls.Count < 3)
                time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        await stop.CancelAsync();
        await running;

        Assert.InRange(carrier.Calls.Count, 3, 3 + 4);
        Assert.Equal(carrier.Calls.Count, SomeRun.Count(path)[MessageStatus.Uncertain]);
    }

    [Fact]
    public async Task A_list_with_a_message_settled_meanwhile_goes_without_it()
    {
        var path = SomeRun.Create(_folder.Path, 5);
        LedgerBuilder.Add(path, rows => rows.State(3, MessageStatus.Delivered));
        var carrier = ScriptedCarrier.ThatAccepts(5);

        await LaneCase.RunAsync(path, carrier);

        Assert.Equal(
            [SomeRun.Number(1), SomeRun.Number(2), SomeRun.Number(4), SomeRun.Number(5)], carrier.Numbers.Order());
    }

    [Fact]
    public async Task Where_the_lane_itself_breaks_what_is_under_way_is_waited_for_and_written_down()
    {
        var path = SomeRun.Create(_folder.Path, 20, batch: 1);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var carrier = new ScriptedCarrier(async (messages, _) =>
        {
            if (messages[0].To.Msisdn == SomeRun.Number(1))
                await answer.Task;
            else if (messages[0].To.Msisdn == SomeRun.Number(2))
                Break(path);
            return [.. messages.Select(_ => SendResult.Accepted("id"))];
        });

        // The second answer makes room for the next messages, which cannot be read any more.
        var running = LaneCase.RunAsync(path, carrier, maxInFlight: 2);
        while (Accepted(path) == 0)
            await Task.Yield();
        for (var turn = 0; turn < 100_000 && !running.IsCompleted; turn++)
            await Task.Yield();
        answer.SetResult();

        await Assert.ThrowsAsync<LedgerException>(() => running);
        Assert.Equal(carrier.Calls.Count, Accepted(path));
        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(0, db.ReadNumber("select count(*) from attempt where answered_us is null"));
    }
}
