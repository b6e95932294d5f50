using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Reports.Proof;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>Rule 4 and 5 where connections and sessions take their time: the hand-over is the moment the
/// request is written.</summary>
[Trait("Category", "Slow")]
public sealed class HandOverTests : IDisposable
{
    const int Rate = 20;
    static readonly DateTimeOffset Start = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(Start);
    readonly ConcurrentQueue<DateTimeOffset> _left = new();

    /// <summary>Time stands while a call leaves.</summary>
    readonly Lock _step = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.8)]
    [InlineData(3)]
    public async Task Calls_held_up_on_their_way_to_the_wire_keep_the_contract_when_they_leave_together(double seconds)
    {
        // Every connection stands so long after the first call was let go, at the same moment.
        var stands = Start.AddSeconds(seconds);
        var path = SomeRun.Create(_folder.Path, 90, rate: Rate);

        await SendAsync(path, new Connecting(this, stands), Start.AddHours(1));

        Assert.Equal(90, _left.Count);
        Assert.All(_left, at => Assert.True(at >= stands));
        AssertContract([.. _left.Select(ProcessClock.ToMicros).Order()]);
        Assert.Equal(_left.Select(ProcessClock.ToMicros).Order(), ReadHandOvers(path));
    }

    [Fact]
    public async Task What_is_held_up_until_the_window_has_closed_does_not_leave_and_stays_planned()
    {
        var path = SomeRun.Create(_folder.Path, 90, rate: Rate);

        await SendAsync(path, new Connecting(this, Start.AddSeconds(3)), closes: Start.AddSeconds(2));

        Assert.Empty(_left);
        Assert.Equal(90, SomeRun.Count(path)[MessageStatus.Planned]);
        Assert.Empty(ReadHandOvers(path));
    }

    [Fact]
    public async Task A_session_stands_before_the_pace_is_asked_for_a_message()
    {
        var path = SomeRun.Create(_folder.Path, 40, rate: Rate);

        await SendAsync(path, new LoggingIn(this, Start.AddSeconds(0.8)), Start.AddHours(1));

        Assert.Equal(40, _left.Count);
        AssertContract([.. _left.Select(ProcessClock.ToMicros).Order()]);
    }

    [Fact]
    public async Task A_login_is_a_request_in_the_ledger_and_in_what_is_proved_and_remembered_of_it()
    {
        var path = SomeRun.Create(_folder.Path, 40, rate: Rate);

        await SendAsync(path, new LoggingIn(this, Start.AddSeconds(0.8)), Start.AddHours(1));

        var own = Assert.Single(RateProver.Prove(RunAddress.OfFile(path), []).Lanes).Own;
        Assert.Equal((41, 40), (own.Requests, own.Messages));
        Assert.True(own.FirstAt <= _left.Select(ProcessClock.ToMicros).Min());
        Assert.DoesNotContain(
            LaneHistory.ReadLatest(path, 100).Values.SelectMany(all => all),
            change => change.Kind == LaneChangeKind.Prepared);
    }

    [Fact]
    public async Task A_login_counts_towards_the_day_and_the_window_of_the_process_that_comes_after()
    {
        var path = SomeRun.Create(_folder.Path, 40, rate: Rate);

        var clock = new ProcessClock(_time);
        var at = clock.Now();
        await using (var ledger = RunLedger.Open(path, clock))
            await ledger.HoldAsync(SomeRun.LaneId, new LaneChange(LaneChangeKind.Prepared, at, null, Rate));
        await using (var ledger = RunLedger.Open(path, clock))
            Assert.Equal(at, ledger.LastHandOver[SomeRun.LaneId]);

        // One request a day is all that the contract allows: the login was it.
        var quota = new LaneLimit { Most = 1, Of = RateUnit.Requests, Per = LimitPeriod.Day };
        var pace = new Pace(
            [new LaneLimit { Most = Rate, Of = RateUnit.Parts, Per = LimitPeriod.Second }, quota],
            TimeZoneInfo.Utc,
            clock);
        var account = new LaneAccount(new Lane("viettel", new HttpLaneOptions()), new LoggingIn(this, Start), pace);
        AccountMemory.Recall(
            new Dictionary<string, LaneAccount> { ["viettel"] = account },
            [RunAddress.OfFile(path)],
            clock,
            (each, read) => read(each));
        using var turn = pace.Join();
        Assert.False(turn.TryTake(new CallCost(1, 1), out _));
    }

    [Fact]
    public async Task A_login_is_in_the_ledger_with_the_moment_it_left_when_its_connection_stood()
    {
        var path = SomeRun.Create(_folder.Path, 40, rate: Rate);
        var stands = Start.AddSeconds(2.5);

        var carrier = new LoggingIn(this, stands.AddSeconds(0.1), stands);
        await SendAsync(path, carrier, Start.AddHours(1));

        Assert.True(carrier.Left >= stands);
        Assert.Equal(carrier.Left, ProcessClock.FromMicros(Assert.Single(ReadPrepared(path))));
        Assert.True(_left.Min() >= carrier.Left);
        Assert.Equal(41, Assert.Single(RateProver.Prove(RunAddress.OfFile(path), []).Lanes).Own.Requests);
    }

    [Fact]
    public async Task A_login_that_joined_another_is_no_request_and_neither_is_one_that_the_closing_overtook()
    {
        var path = SomeRun.Create(_folder.Path, 40, rate: Rate);
        await SendAsync(
            path, new LoggingIn(this, Start.AddSeconds(3), stands: Start.AddSeconds(3)), closes: Start.AddSeconds(2));
        Assert.Empty(ReadPrepared(path));

        await SendAsync(path, new LoggingIn(this, Start.AddSeconds(0.1), joins: true), closes: Start.AddHours(1));
        Assert.Empty(ReadPrepared(path));
        Assert.Equal(40, _left.Count);
    }

    static List<long> ReadPrepared(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        using var rows = db.Prepare($"select from_us from hold where kind = {(int)LaneChangeKind.Prepared}");
        var moments = new List<long>();
        while (rows.Step())
            moments.Add(rows.Number(0));
        return moments;
    }

    /// <summary>A run that has logged in and no more has not begun, and no receipts are waited for.</summary>
    [Fact]
    public async Task A_login_is_no_hand_over_of_messages()
    {
        var path = SomeRun.Create(_folder.Path, 40, rate: Rate);
        var clock = new ProcessClock(_time);
        await using (var ledger = RunLedger.Open(path, clock))
            await ledger.HoldAsync(SomeRun.LaneId, new LaneChange(LaneChangeKind.Prepared, clock.Now(), null, Rate));

        await using (var ledger = RunLedger.Open(path, clock))
            Assert.Equal(0, ledger.Counters.LastHandOver(SomeRun.LaneId));
    }

    /// <summary>Another run on the account may have found it out: the lane opens the next, and does not wait to make a
    /// call of its own.</summary>
    [Fact]
    public async Task A_session_that_is_lost_while_the_lane_waits_for_a_connection_is_opened_again()
    {
        var path = SomeRun.Create(_folder.Path, 2, rate: Rate);
        var clock = new ProcessClock(_time);
        var carrier = new LoggingIn(this, Start);
        var inFlight = new InFlight(2, 1);
        lock (inFlight.Connecting)
            inFlight.Connect(); // the account's only one, for a call of another run
        await using var ledger = RunLedger.Open(path, clock);
        using var runner = new LaneRunner(
            ledger,
            new LaneSetup(
                ledger.Info.Lanes[SomeRun.LaneId],
                carrier,
                new Pace(Rate, clock),
                inFlight,
                TimeSpan.FromHours(2),
                KeepCarrierReference: false),
            clock);
        using var stop = new CancellationTokenSource();
        var running = runner.RunAsync(new OpenHours(Start, Start.AddHours(1)), stop.Token);
        await UntilAsync(() => carrier.Opened == 1);
        for (var turn = 0; turn < 20_000; turn++)
            await Task.Yield(); // long enough for the lane to have gone to sleep

        carrier.Lose();
        await UntilAsync(() => carrier.Opened == 2);

        await stop.CancelAsync();
        await running;
        Assert.Empty(_left);
    }

    static async Task UntilAsync(Func<bool> isSo)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(20), "it never came");
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_login_across_the_closing_hands_nothing_over()
    {
        var path = SomeRun.Create(_folder.Path, 40, rate: Rate);

        await SendAsync(path, new LoggingIn(this, Start.AddSeconds(3)), closes: Start.AddSeconds(2));

        Assert.Empty(_left);
        Assert.Equal(40, SomeRun.Count(path)[MessageStatus.Planned]);
    }

    async Task SendAsync(string path, ICarrier carrier, DateTimeOffset closes)
    {
        var clock = new ProcessClock(_time);
        await using var ledger = RunLedger.Open(path, clock);
        var pace = new Pace(Rate, clock);
        using var runner = new LaneRunner(
            ledger,
            new LaneSetup(
                ledger.Info.Lanes[SomeRun.LaneId],
                carrier,
                pace,
                new InFlight(64),
                TimeSpan.FromHours(2),
                KeepCarrierReference: false),
            clock);
        var running = runner.RunAsync(new OpenHours(Start, closes), CancellationToken.None);
        await _time.StepAsync(TimeSpan.FromMilliseconds(1), ledger, running, _step);
        await running;
    }

    static void AssertContract(long[] moments)
    {
        for (var at = Rate; at < moments.Length; at++)
            Assert.True(
                moments[at] - moments[at - Rate] >= 1_000_000,
                $"{Rate + 1} within {moments[at] - moments[at - Rate]} µs");
    }

    static List<long> ReadHandOvers(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        using var rows = db.Prepare("select handed_us from state where handed_us is not null order by handed_us");
        var moments = new List<long>();
        while (rows.Step())
            moments.Add(rows.Number(0));
        return moments;
    }

    async Task WaitUntilAsync(DateTimeOffset moment)
    {
        while (_time.GetUtcNow() is var now && now < moment)
            await Task.Delay(moment - now, _time);
    }

    IReadOnlyList<SendResult> Leave(IReadOnlyList<OutboundSms> messages, Departure departure)
    {
        lock (_step)
        {
            if (!departure.TryLeave())
                return [.. messages.Select(_ => SendResult.PutBack("not let go"))];

            _left.Enqueue(_time.GetUtcNow());
        }

        return [.. messages.Select(_ => SendResult.Accepted("id"))];
    }

    /// <summary>Its connections stand at a moment, however early they were begun.</summary>
    sealed class Connecting(HandOverTests test, DateTimeOffset stands) : ICarrier
    {
        public int MostPerCall => 1;

        public async Task<IReadOnlyList<SendResult>> SendAsync(
            IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken)
        {
            await test.WaitUntilAsync(stands);
            return test.Leave(messages, departure);
        }
    }

    /// <summary>Its login ends at a moment.</summary>
    /// <param name="stands">When its connection stands; null: at once.</param>
    /// <param name="joins">Whether a login is under way already, which it waits for.</param>
    sealed class LoggingIn(HandOverTests test, DateTimeOffset ends, DateTimeOffset? stands = null, bool joins = false)
        : ICarrier, ICarrierSession
    {
        public int MostPerCall => 1;

        public ICarrierSession? Session => this;

        public event Action? Lost;

        public bool IsOpen { get; private set; }

        public DateTimeOffset Left { get; private set; }

        public int Opened { get; private set; }

        public async Task<SendResult?> OpenAsync(Departure departure, CancellationToken cancellationToken)
        {
            if (stands is { } moment)
                await test.WaitUntilAsync(moment);
            lock (test._step)
            {
                if (!joins && !departure.TryLeave())
                    return SendResult.Deferred("not let go");

                Left = test._time.GetUtcNow();
            }

            await test.WaitUntilAsync(ends);
            IsOpen = true;
            Opened++;
            return null;
        }

        /// <summary>As a connection that breaks while nothing is sent.</summary>
        public void Lose()
        {
            IsOpen = false;
            Lost?.Invoke();
        }

        public void Close() => IsOpen = false;

        public Task<IReadOnlyList<SendResult>> SendAsync(
            IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken)
        {
            Assert.True(IsOpen);
            return Task.FromResult(test.Leave(messages, departure));
        }
    }
}
