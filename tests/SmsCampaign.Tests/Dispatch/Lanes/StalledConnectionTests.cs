using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>Rules 4 and 5 over real sockets and the HTTP adapter, where connections do not come to stand for a
/// while, all at once.</summary>
[Trait("Category", "Slow")]
public sealed class StalledConnectionTests : IDisposable
{
    const int Rate = 20;
    const int Connections = 16;
    const int Messages = 60;
    static readonly DateTimeOffset Start = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    readonly TempFolder _folder = new();
    readonly MovingTime _time = new(Start, TimeSpan.FromTicks(1));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Stall.Connecting)]
    [InlineData(Stall.Handshake)]
    public async Task What_was_held_up_leaves_in_a_burst_that_keeps_the_contract_and_is_recorded_as_it_is_written(
        Stall stall)
    {
        await using var lane = new StalledLane(_folder.Path, stall, _time);
        var running = lane.Run();
        await _time.DriveAsync(lane.Carrier.WhenBegunAsync(Connections), lane.Carrier.WhenIdleAsync);
        _time.Advance(TimeSpan.FromSeconds(3));
        var over = ProcessClock.ToMicros(_time.GetUtcNow());

        await lane.EndStallAsync();
        await _time.DriveAsync(running, lane.Carrier.WhenIdleAsync);

        Assert.Equal(LaneEnd.Done, await running);
        var (handedOver, arrived) = (ReadHandOvers(lane.Path), lane.Gateway.Arrived);
        Assert.Equal((Messages, Messages), (handedOver.Count, arrived.Count));
        Assert.InRange(handedOver.Count(at => at < over + 100_000), Connections, Rate); // the burst
        Assert.All(handedOver, at => Assert.True(at >= over));
        AssertContract(handedOver);
        AssertContract(arrived);
        Assert.All(handedOver.Zip(arrived), each => Assert.InRange(each.Second - each.First, 0, 10_000));
    }

    [Theory]
    [InlineData(Stall.Connecting)]
    [InlineData(Stall.Handshake)]
    public async Task What_was_held_up_for_too_long_goes_back_where_another_has_used_the_contract_meanwhile(Stall stall)
    {
        await using var lane = new StalledLane(_folder.Path, stall, _time);
        var running = lane.Run();
        await _time.DriveAsync(lane.Carrier.WhenBegunAsync(Connections), lane.Carrier.WhenIdleAsync);
        var others = UseUpContract(lane.Pace);

        await lane.EndStallAsync();
        Assert.Equal((0, 0), (lane.Carrier.Left, lane.Gateway.Arrived.Count));
        await _time.DriveAsync(running, lane.Carrier.WhenIdleAsync);

        Assert.True(lane.Carrier.PutBack >= Connections);
        Assert.Equal((Messages, Messages), (ReadHandOvers(lane.Path).Count, lane.Gateway.Arrived.Count));
        AssertContract([.. others.Concat(ReadHandOvers(lane.Path)).Order()]);
        AssertContract([.. others.Concat(lane.Gateway.Arrived).Order()]);
    }

    [Theory]
    [InlineData(Stall.Connecting)]
    [InlineData(Stall.Handshake)]
    public async Task What_was_held_up_past_the_closing_goes_back_and_nothing_of_it_arrives(Stall stall)
    {
        await using var lane = new StalledLane(_folder.Path, stall, _time);
        var running = lane.Run(closes: Start.AddSeconds(10));
        await _time.DriveAsync(lane.Carrier.WhenBegunAsync(Connections), lane.Carrier.WhenIdleAsync);
        _time.Advance(TimeSpan.FromSeconds(10));

        await lane.EndStallAsync();
        await _time.DriveAsync(running, lane.Carrier.WhenIdleAsync);

        Assert.Equal(LaneEnd.Closed, await running);
        Assert.Equal((0, Connections, 0), (lane.Carrier.Left, lane.Carrier.PutBack, lane.Gateway.Arrived.Count));
        Assert.Empty(ReadHandOvers(lane.Path));
        Assert.Equal(Messages, SomeRun.Count(lane.Path)[MessageStatus.Planned]);
    }

    [Fact]
    public async Task What_is_written_to_a_connection_that_nobody_takes_up_yet_is_handed_over()
    {
        await using var lane = new StalledLane(_folder.Path, Stall.TakingUp, _time);
        var running = lane.Run();
        await _time.DriveAsync(lane.Carrier.WhenLeftAsync(Connections));
        var over = ProcessClock.ToMicros(_time.GetUtcNow());
        _time.Advance(TimeSpan.FromSeconds(3));

        await lane.EndStallAsync();
        await _time.DriveAsync(running, lane.Carrier.WhenIdleAsync);

        var handedOver = ReadHandOvers(lane.Path);
        Assert.Equal(Messages, handedOver.Count);
        Assert.Equal(Connections, handedOver.Count(at => at <= over));
        Assert.All(lane.Gateway.Arrived, at => Assert.True(at >= over));
        AssertContract(handedOver);
    }

    /// <summary>Others on the account hand over what the contract allows in a second, long after what is
    /// held up was let go.</summary>
    IEnumerable<long> UseUpContract(Pace pace)
    {
        _time.Advance(TimeSpan.FromSeconds(1.5));
        var now = ProcessClock.ToMicros(_time.GetUtcNow());
        pace.Remember(now, Rate, Rate, Rate);
        return Enumerable.Repeat(now, Rate);
    }

    static void AssertContract(IReadOnlyList<long> moments)
    {
        for (var at = Rate; at < moments.Count; at++)
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

    /// <summary>A lane of a run, whose gateway's connections do not come to stand until
    /// <see cref="EndStallAsync"/>.</summary>
    sealed class StalledLane : IAsyncDisposable
    {
        readonly ProcessClock _clock;
        readonly RunLedger _ledger;
        readonly HttpMessageInvoker _http;
        readonly LaneRunner _runner;
        readonly MovingTime _time;
        readonly CancellationTokenSource _stopping = new();
        Task<LaneEnd> _running = Task.FromResult(LaneEnd.Done);

        public StalledLane(string folder, Stall stall, MovingTime time)
        {
            _time = time;
            Path = SomeRun.Create(folder, Messages, rate: Rate);
            Gateway = new StallingGateway(stall, time);
            var options = Options(Gateway.Url);
            _http = new HttpMessageInvoker(Gateway.Stalling(CarrierHttp.CreateHandler(options)));
            Carrier = new CountedCarrier(new HttpCarrier(options, _http));
            _clock = new ProcessClock(time);
            _ledger = RunLedger.Open(Path, _clock);
            Pace = new Pace(Rate, _clock);
            _runner = new LaneRunner(
                _ledger, new LaneSetup(_ledger.Info.Lanes[SomeRun.LaneId], Carrier, Pace, new InFlight(64, Connections),
                    TimeSpan.FromHours(1), KeepCarrierReference: false), _clock);
        }

        public string Path { get; }

        public Pace Pace { get; }

        public CountedCarrier Carrier { get; }

        public StallingGateway Gateway { get; }

        public Task<LaneEnd> Run(DateTimeOffset? closes = null) =>
            _running = _runner.RunAsync(new OpenHours(Start, closes ?? LaneCase.Always), _stopping.Token);

        /// <summary>Ends when every call that was held up has left or was put back. Time stands.</summary>
        public async Task EndStallAsync()
        {
            Gateway.EndStall();
            Carrier.IsStalled = false;
            await Carrier.WhenIdleAsync();
        }

        public async ValueTask DisposeAsync()
        {
            // Where an assertion failed half way it still runs.
            await EndStallAsync();
            await _stopping.CancelAsync();
            await _time.DriveAsync(_running, Carrier.WhenIdleAsync).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);

            _runner.Dispose();
            _stopping.Dispose();
            await _ledger.DisposeAsync();
            _http.Dispose();
            Gateway.Dispose();
        }

        static HttpLaneOptions Options(Uri gateway) => new()
        {
            Type = "http",
            StandIn = true,
            Carriers = ["viettel"],
            Rate = Rate,
            Connections = Connections,
            Url = gateway,
            Body = System.Text.Json.JsonDocument.Parse(
                """{"ref": "{reference}", "to": "{to}", "text": "{text}"}""").RootElement,
            Answer = new HttpAnswerOptions { Code = "code", Id = "id", Accepted = ["ok"] },
        };
    }
}
