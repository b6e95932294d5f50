using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Accounts;

/// <summary>What held an account when a process ended holds it in the next.</summary>
public sealed class HoldMemoryTests : IDisposable
{
    const int Rate = 100;
    static readonly DateTimeOffset Start = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(Start);
    readonly string _path;

    public HoldMemoryTests() => _path = SomeRun.Create(_folder.Path, 10);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_time_a_throttle_answer_named_and_the_way_back_after_it()
    {
        await BeforeAsync(account => account.Pace.Throttle(1, TimeSpan.FromSeconds(60), "HTTP 429"));
        _time.Advance(TimeSpan.FromSeconds(20));

        var (account, turn) = After();

        Assert.Equal(Start.AddSeconds(60), NextOf(turn));
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(Rate / 2, account.Pace.RateInForce);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Rate * 3 / 4, account.Pace.RateInForce);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Rate, account.Pace.RateInForce);
    }

    [Fact]
    public async Task A_hold_without_a_named_time_goes_on_doubling()
    {
        await BeforeAsync(account =>
        {
            account.Pace.Throttle(1, null);
            _time.Advance(TimeSpan.FromSeconds(2));
            account.Pace.Throttle(ProcessClock.ToMicros(_time.GetUtcNow()), null); // 2 s
        });
        _time.Advance(TimeSpan.FromSeconds(3));

        var (account, _) = After();
        var now = ProcessClock.ToMicros(_time.GetUtcNow());

        Assert.Equal(now + 4_000_000, account.Pace.Throttle(now, null));
    }

    [Fact]
    public async Task The_time_an_answer_out_of_service_named()
    {
        await BeforeAsync(account =>
            account.Holds.React(new([SendResult.Deferred("HTTP 503", TimeSpan.FromMinutes(10))]), 1, account.Stop));
        _time.Advance(TimeSpan.FromMinutes(1));

        var (account, turn) = After();

        Assert.Equal((Start.AddMinutes(10), Rate), (NextOf(turn), account.Pace.RateInForce));
    }

    [Fact]
    public async Task A_breaker_that_was_open_tries_one_message_however_long_ago_it_was()
    {
        await BeforeAsync(OpenBreaker);
        _time.Advance(TimeSpan.FromHours(14));

        var (account, turn) = After();

        Assert.True(account.Pace.IsOnTrial);
        Assert.True(turn.TryTake(new CallCost(1, 1), out var tried));
        Assert.False(turn.TryTake(new CallCost(1, 1), out _));

        // And its breaks go on growing.
        account.Breaker.Note(tried, [SendResult.Uncertain("no answer")]);
        Assert.Equal(_time.GetUtcNow().AddSeconds(10), NextOf(turn));
    }

    [Fact]
    public async Task A_breaker_that_had_closed_again_is_closed()
    {
        await BeforeAsync(account =>
        {
            OpenBreaker(account);
            _time.Advance(TimeSpan.FromSeconds(5));
            account.Breaker.Note(ProcessClock.ToMicros(_time.GetUtcNow()), [SendResult.Accepted("id")]);
        });

        Assert.False(After().Account.Pace.IsOnTrial);
    }

    [Fact]
    public async Task After_the_clock_was_set_back_no_hold_lasts_longer_than_it_was_to_last()
    {
        await BeforeAsync(account => account.Pace.Throttle(1, TimeSpan.FromSeconds(60), "HTTP 429"));
        var earlier = new FakeTimeProvider(Start.AddHours(-1));

        var (_, turn) = After(earlier);

        Assert.Equal(Start.AddHours(-1).AddSeconds(60), NextOf(turn));
    }

    static void OpenBreaker(LaneAccount account)
    {
        for (var call = 1; call <= 3; call++)
            account.Breaker.Note(call, [SendResult.Uncertain("no answer")]);
        Assert.True(account.Pace.IsOnTrial);
    }

    /// <summary>A process that sends a run on the account, until it ends.</summary>
    async Task BeforeAsync(Action<LaneAccount> what)
    {
        var clock = new ProcessClock(_time);
        var account = AccountOf(clock);
        await using var ledger = RunLedger.Open(_path, clock);
        List<Task> written = [];
        using (account.Pace.Join(onChange: change => written.Add(ledger.HoldAsync(SomeRun.LaneId, change))))
            what(account);
        await Task.WhenAll(written);
    }

    (LaneAccount Account, PaceTurn Turn) After(TimeProvider? time = null)
    {
        var clock = new ProcessClock(time ?? _time);
        var account = AccountOf(clock);
        new LaneAccounts([account], clock).Recall([RunAddress.OfFile(_path)]);
        return (account, account.Pace.Join());
    }

    static LaneAccount AccountOf(ProcessClock clock) =>
        new(
            new Lane("viettel", new HttpLaneOptions { Rate = Rate, MaxInFlight = 10 }),
            ScriptedCarrier.ThatAccepts(),
            new Pace(Rate, clock));

    static DateTimeOffset NextOf(PaceTurn turn)
    {
        Assert.False(turn.TryTake(new CallCost(1, 1), out var at));
        return ProcessClock.FromMicros(at);
    }
}
