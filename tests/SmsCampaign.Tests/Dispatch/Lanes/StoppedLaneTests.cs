using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>What a lane does whose gateway says that the account is not set up as it must be.</summary>
public sealed class StoppedLaneTests : IDisposable
{
    static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(55);

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_stops_at_once_and_fails_nobody_however_long_it_stands()
    {
        var path = SomeRun.Create(_folder.Path, 10);
        var calls = 0;
        var carrier = new ScriptedCarrier(_ => ++calls switch
        {
            1 => SendResult.Busy("busy", TimeSpan.FromMinutes(1)), // its validity runs out while the lane stands
            4 => SendResult.Misconfigured("code 6"),
            _ => SendResult.Accepted("id"),
        });

        var end = await LaneCase.RunAsync(
            path, carrier, time: new JumpingTime(Start), maxInFlight: 1, closes: Start.AddHours(25));

        Assert.Equal(LaneEnd.Closed, end);
        Assert.Equal(4, carrier.Calls.Count);
        Assert.Equal((2, 8), (SomeRun.Count(path)[MessageStatus.Accepted], SomeRun.Count(path)[MessageStatus.Planned]));
        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal("code 6", db.ReadText($"select reason from hold where kind = {(int)LaneChangeKind.Stopped}"));
    }

    [Fact]
    public async Task It_goes_on_with_every_message_when_a_person_says_so()
    {
        var path = SomeRun.Create(_folder.Path, 10);
        var registry = Ledgers.OpenRegistry(new DataFolder(_folder.Path));
        var told = new List<string?>();
        var calls = 0;
        var carrier = new ScriptedCarrier(
            _ => ++calls == 4 ? SendResult.Misconfigured("code 6") : SendResult.Accepted("id"));

        var end = await LaneCase.RunAsync(path, carrier, time: new JumpingTime(Start), maxInFlight: 1, stop: pace =>
            new StopSwitch("viettel", pace, registry.Stops, (lane, stop) =>
            {
                told.Add(stop?.Reason);
                if (stop is not null)
                    _ = Task.Run(() => RemoveOnceKept(registry.Stops, lane));
            }));

        Assert.Equal(LaneEnd.Done, end);
        Assert.Equal(["code 6", null], told);
        Assert.Equal(10, SomeRun.Count(path)[MessageStatus.Accepted]);
        Assert.Equal(11, carrier.Calls.Count);
        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(1, db.ReadNumber($"select count(*) from hold where kind = {(int)LaneChangeKind.Resumed}"));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_message_that_was_tried_before_is_still_sent_when_its_validity_has_passed()
    {
        var path = SomeRun.Create(_folder.Path, 10);
        using (var db = SqliteDb.Open(path))
            db.Execute("insert or replace into run_info (name, value) values ('valid_hours', '1')");
        var registry = Ledgers.OpenRegistry(new DataFolder(_folder.Path));
        var time = new JumpingTime(Start);
        var calls = 0;
        var carrier = new ScriptedCarrier(_ => ++calls switch
        {
            1 => SendResult.Busy("busy", TimeSpan.FromMinutes(1)),
            4 => SendResult.Misconfigured("code 6"),
            _ => SendResult.Accepted("id"),
        });
        var removal = Task.CompletedTask;

        var end = await LaneCase.RunAsync(path, carrier, time: time, maxInFlight: 1, stop: pace =>
            new StopSwitch("viettel", pace, registry.Stops, (lane, stop) =>
            {
                if (stop is not null)
                    removal = Task.Run(
                        () => RemoveOnceKept(registry.Stops, lane, () => time.GetUtcNow() > Start.AddMinutes(61)));
            }));
        await removal;

        Assert.Equal(LaneEnd.Done, end);
        Assert.Equal(10, SomeRun.Count(path)[MessageStatus.Accepted]);
    }

    [Fact]
    public void What_was_stopped_before_this_process_began_is_known_by_when()
    {
        var pace = new Pace(50, new ProcessClock(new JumpingTime(Start)));
        var stop = new StopSwitch("viettel", pace);
        Assert.False(stop.WasOffBy(Start));

        stop.TurnOff(new LaneStop("viettel", Start.AddHours(-1), "code 6"));

        Assert.Equal((false, true), (stop.WasOffBy(Start.AddHours(-2)), stop.WasOffBy(Start.AddHours(-1))));
    }

    [Fact]
    public async Task A_lane_that_stands_with_nothing_left_is_done()
    {
        var path = SomeRun.Create(_folder.Path, 10);
        var carrier = new ScriptedCarrier(_ => SendResult.Accepted("id"));
        await LaneCase.RunAsync(path, carrier, time: new JumpingTime(Start));

        var end = await LaneCase.RunAsync(
            path, carrier, time: new JumpingTime(Start), closes: Start.AddHours(25), stop: pace =>
            {
                var stop = new StopSwitch("viettel", pace);
                stop.TurnOff(new LaneStop("viettel", Start, "code 6"));
                return stop;
            });

        Assert.Equal(LaneEnd.Done, end);
    }

    [Fact]
    public void A_stop_outlasts_the_process_and_keeps_its_first_reason()
    {
        var registry = Ledgers.OpenRegistry(new DataFolder(_folder.Path));
        var clock = new ProcessClock(new FakeTimeProvider(Start));
        var lane = new Lane("viettel", new HttpLaneOptions
        {
            Type = "http",
            Rate = 10,
            Url = new Uri("http://127.0.0.1:9"),
            Answer = new HttpAnswerOptions(),
        });

        using (var before = new LaneAccounts([lane], clock, registry.Stops))
        {
            before.Find("viettel")!.Stop.TurnOff(handedAt: 1, "code 6");
            before.Find("viettel")!.Stop.TurnOff(handedAt: 2, "code 8");
        }

        using var after = new LaneAccounts([lane, lane with { Name = "vnpt" }], clock, registry.Stops);
        Assert.Equal((true, false), (after.Find("viettel")!.Stop.IsOff, after.Find("vnpt")!.Stop.IsOff));
        Assert.Equal(
            ("viettel", Start, "code 6"),
            Assert.Single(registry.Stops.Read()) is var stop ? (stop.Lane, stop.At, stop.Reason) : default);

        Assert.True(registry.Stops.Remove("viettel", DateTimeOffset.UnixEpoch));
        after.Find("viettel")!.Stop.Look();
        Assert.False(after.Find("viettel")!.Stop.IsOff);
        Assert.False(registry.Stops.Remove("viettel", DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void An_answer_to_a_call_from_before_it_went_on_says_nothing_new()
    {
        var time = new FakeTimeProvider(Start);
        var clock = new ProcessClock(time);
        var pace = new Pace(10, clock);
        using var turn = pace.Join();
        var early = clock.Now();
        Assert.True(pace.Stop(early, "code 6"));
        Assert.False(turn.TryTake(new CallCost(1, 1), out var at));
        Assert.Equal(long.MaxValue, at);

        time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(pace.Resume());
        Assert.False(pace.Resume());
        Assert.False(pace.Stop(early, "code 6"));
        Assert.True(turn.TryTake(new CallCost(1, 1), out _));

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(pace.Stop(clock.Now(), "code 6"));
    }

    [Fact]
    public void A_run_that_joins_a_stopped_account_writes_it_to_its_history()
    {
        var pace = new Pace(10, new ProcessClock(new FakeTimeProvider(Start)));
        pace.Stop(1, "code 6");
        var changes = new List<LaneChangeKind>();

        using var turn = pace.Join(onChange: change => changes.Add(change.Kind));

        Assert.Equal([LaneChangeKind.Opened, LaneChangeKind.Stopped], changes);
    }

    [Fact]
    public async Task A_list_refused_for_one_of_its_messages_goes_again_one_by_one()
    {
        var path = SomeRun.Create(_folder.Path, 8);
        var carrier = new ScriptedCarrier(
            (messages, _) => Task.FromResult(CarrierHttp.ForAll(
                messages.Count,
                messages.Count == 4 && messages[0].To.Msisdn == SomeRun.Number(1)
                    ? SendResult.Split("code 23")
                    : SendResult.Accepted("id"))),
            mostPerCall: 4);

        await LaneCase.RunAsync(path, carrier, time: new JumpingTime(Start), maxInFlight: 4);

        Assert.Equal([1, 1, 1, 1, 4, 4], carrier.Calls.Select(call => call.Count).Order());
        Assert.Equal(8, SomeRun.Count(path)[MessageStatus.Accepted]);
    }

    static void RemoveOnceKept(ILaneStops stops, string lane, Func<bool>? also = null)
    {
        while (also?.Invoke() == false || !stops.Remove(lane, DateTimeOffset.UnixEpoch))
            Thread.Yield();
    }
}
