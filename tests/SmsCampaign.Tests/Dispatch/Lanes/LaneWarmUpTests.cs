using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>The last seconds before a window opens.</summary>
public sealed class LaneWarmUpTests : IDisposable
{
    static readonly DateOnly Day = new(2025, 7, 30);
    static readonly SendWindow Window = new(new TimeOnly(8, 0), new TimeOnly(20, 0), TimeZoneInfo.Utc);
    static readonly DateTimeOffset Opens = Window.OpensOn(Day);
    static readonly AccountFinding Good = new(true, new Wording("Được.", "Good."));

    readonly TempFolder _folder = new();
    readonly List<AccountFinding> _unready = [];
    MovingTime _time = new(Opens.AddSeconds(-20), TimeSpan.FromMicroseconds(5));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_gateway_is_asked_before_the_opening_and_the_first_message_leaves_at_it()
    {
        var carrier = new WarmedCarrier(this, _ => Task.FromResult(Good));

        var handedOver = await SendAsync(carrier, perSecond: 1);

        Assert.InRange(Assert.Single(carrier.Asked), Opens - LaneWarmUp.Ahead, Opens.AddSeconds(-1.02));
        Assert.InRange(handedOver[0], Opens, Opens.AddSeconds(0.5));
        Assert.Equal(3, handedOver.Count);
        Assert.Empty(_unready);
        Assert.InRange(ProcessClock.ToMicros(carrier.Asked[0]) - Assert.Single(ReadPrepared()), 0, 500_000);
    }

    public static TheoryData<string> Faults =>
        ["throws", "throws later", "hangs", "hangs whoever stops it", "is refused"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_comes_of_it_changes_nothing(string fault)
    {
        var carrier = new WarmedCarrier(this, stopped => DoAsync(fault, stopped));

        var handedOver = await SendAsync(carrier, perSecond: 10);

        Assert.Single(carrier.Asked);
        Assert.InRange(handedOver[0], Opens, Opens.AddSeconds(0.5));
        Assert.Equal(3, handedOver.Count);
        Assert.NotEqual(true, Assert.Single(_unready).IsGood);
    }

    public static TheoryData<string> Obstacles =>
        ["stopped", "held", "on trial", "within the window", "few requests a minute", "no quota"];

    [Theory]
    [MemberData(nameof(Obstacles))]
    public async Task Nothing_is_asked_of_an_account_that_stands_still_nor_where_it_would_delay_the_first_message(
        string obstacle)
    {
        var carrier = new WarmedCarrier(this, _ => Task.FromResult(Good));
        if (obstacle == "within the window")
            _time = new MovingTime(Opens.AddSeconds(1), TimeSpan.FromMicroseconds(5));
        LaneLimit[] limits = obstacle switch
        {
            "few requests a minute" => [new() { Most = 4, Of = RateUnit.Requests, Per = LimitPeriod.Minute }],
            "no quota" =>
                [
                    new() { Most = 10, Of = RateUnit.Parts, Per = LimitPeriod.Second },
                    new() { Most = 1, Of = RateUnit.Requests, Per = LimitPeriod.Day },
                ],
            _ => [new() { Most = 10, Of = RateUnit.Parts, Per = LimitPeriod.Second }],
        };

        await SendAsync(carrier, limits, account =>
        {
            var now = account.Pace.Clock.Now();
            if (obstacle == "stopped")
                account.Stop.TurnOff(now, "code 6");
            else if (obstacle == "held")
                account.Pace.HoldUntil(ProcessClock.ToMicros(Opens) - 500_000);
            else if (obstacle == "on trial")
                account.Pace.HoldForTrial(now, "no answer", HoldCause.AsSaid);
            else if (obstacle == "no quota")
                account.Pace.Remember(now, 0, 0, 1);
        }, until: Opens.AddSeconds(2));

        Assert.Empty(carrier.Asked);
        Assert.Empty(ReadPrepared());
    }

    [Fact]
    public async Task Nothing_is_asked_where_the_disk_has_taken_what_time_there_was()
    {
        var carrier = new WarmedCarrier(this, _ => Task.FromResult(Good));
        var path = SomeRun.Create(_folder.Path, 3);
        var clock = new ProcessClock(_time);
        await using (var ledger = RunLedger.Open(path, clock, beforeCommit: () =>
        {
            if (_time.GetUtcNow() is var now && now >= Opens - LaneWarmUp.Ahead && now < Opens.AddSeconds(-0.5))
                _time.Advance(Opens.AddSeconds(-0.5) - now);
        }))
        {
            var account = new LaneAccount(
                new Lane("viettel", new HttpLaneOptions { MaxInFlight = 1 }),
                carrier,
                new Pace(1, clock, RateUnit.Requests));
            using var accounts = new LaneAccounts([account]);
            await _time.DriveAsync(
                new RunSession(ledger, Window, accounts, clock).SendAsync(Day, CancellationToken.None));
        }

        Assert.Empty(carrier.Asked);
        Assert.Empty(ReadPrepared());
        Assert.Equal(3, ReadMoments(path, "select handed_us from state").Count);
    }

    [Fact]
    public void However_many_runs_begin_with_an_opening_an_account_is_asked_once()
    {
        var account = new LaneAccount(
            new Lane("viettel", new HttpLaneOptions()),
            ScriptedCarrier.ThatAccepts(),
            new Pace(1, new ProcessClock(_time)));

        Assert.True(account.TryWarmUpFor(Opens));
        Assert.False(account.TryWarmUpFor(Opens));
        Assert.True(account.TryWarmUpFor(Opens.AddDays(1)));
    }

    static Task<AccountFinding> DoAsync(string fault, CancellationToken stopped) => fault switch
    {
        "throws" => throw new InvalidOperationException("bug"),
        "throws later" => Task.FromException<AccountFinding>(new InvalidOperationException("bug")),
        "hangs" => Task.Delay(Timeout.Infinite, stopped).ContinueWith(
            _ => Good, stopped, TaskContinuationOptions.None, TaskScheduler.Default),
        "hangs whoever stops it" => new TaskCompletionSource<AccountFinding>().Task,
        _ => Task.FromResult(new AccountFinding(false, new Wording("Không được.", "Not let in."))),
    };

    Task<List<DateTimeOffset>> SendAsync(WarmedCarrier carrier, int perSecond) =>
        SendAsync(
            carrier,
            [new() { Most = perSecond, Of = RateUnit.Requests, Per = LimitPeriod.Second }],
            _ => { },
            Opens.AddHours(1));

    /// <returns>When each message was handed over, by the ledger.</returns>
    async Task<List<DateTimeOffset>> SendAsync(
        WarmedCarrier carrier, LaneLimit[] limits, Action<LaneAccount> before, DateTimeOffset until)
    {
        var path = SomeRun.Create(_folder.Path, 3);
        var clock = new ProcessClock(_time);
        await using var ledger = RunLedger.Open(path, clock);
        var account = new LaneAccount(
            new Lane("viettel", new HttpLaneOptions { MaxInFlight = 1 }),
            carrier,
            new Pace(limits, TimeZoneInfo.Utc, clock));
        using var accounts = new LaneAccounts([account]);
        before(account);
        using var stop = new CancellationTokenSource(until - _time.GetUtcNow(), _time);
        var session = new RunSession(ledger, Window, accounts, clock, unready: (_, found) => _unready.Add(found));

        await _time.DriveAsync(session.SendAsync(Day, stop.Token), ledger.NoticeResolutionsAsync);
        return ReadMoments(path, "select handed_us from state order by handed_us");
    }

    static List<DateTimeOffset> ReadMoments(string path, string sql)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        using var rows = db.Prepare(sql);
        var moments = new List<DateTimeOffset>();
        while (rows.Step())
            moments.Add(ProcessClock.FromMicros(rows.Number(0)));
        return moments;
    }

    List<long> ReadPrepared() =>
        [.. ReadMoments(
            Path.Combine(_folder.Path, "runs", "some.db"),
            $"select from_us from hold where kind = {(int)LaneChangeKind.Prepared}").Select(ProcessClock.ToMicros)];

    sealed class WarmedCarrier(
        LaneWarmUpTests test, Func<CancellationToken, Task<AccountFinding>> warmUp) : ICarrier, IWarmUp
    {
        readonly ScriptedCarrier _carrier = ScriptedCarrier.ThatAccepts();

        public List<DateTimeOffset> Asked { get; } = [];

        public int MostPerCall => 1;

        public Task<IReadOnlyList<SendResult>> SendAsync(
            IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken) =>
            _carrier.SendAsync(messages, departure, cancellationToken);

        public Task<AccountFinding> WarmUpAsync(Departure departure, CancellationToken cancellationToken)
        {
            if (!departure.TryLeave())
                return Task.FromResult(Good);

            Asked.Add(test._time.GetUtcNow());
            return warmUp(cancellationToken);
        }
    }
}
