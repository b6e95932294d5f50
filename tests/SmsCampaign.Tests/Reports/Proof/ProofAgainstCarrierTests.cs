using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Reports.Proof;
using SmsCampaign.Simulator;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Tests.EndToEnd;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Reports.Proof;

/// <summary>
/// Rule 4 from both sides: what the ledger proves, and what the carrier counted by its own clock.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ProofAgainstCarrierTests(ITestOutputHelper output) : IDisposable
{
    static readonly DateTimeOffset Start = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset Always = DateTimeOffset.MaxValue.AddDays(-1);

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Through pauses, restarts, clocks that were set meanwhile and throttle answers, in simulated time:
    /// nothing lies between the two sides, so they must count the very same.</summary>
    [Theory]
    [InlineData(10, 0)]
    [InlineData(10, 2_000)]
    [InlineData(100, 0)]
    [InlineData(100, 300)]
    [InlineData(1_000, 0)]
    [InlineData(1_000, 7)]
    [InlineData(5_000, 0)]
    public async Task In_simulated_time_the_ledger_proves_what_the_carrier_counted(
        int rate, int mostLatencyMilliseconds)
    {
        var parts = rate >= 1_000 ? 10 : 2;
        var aSecond = rate / parts;
        var run = SomeRun.Create(_folder.Path, 6 * aSecond + 20, parts: parts, rate: rate);
        var time = new JumpingTime(Start);
        var carrier = new CountingCarrier(
            time, parts, throttleEach: 2 * aSecond + 3, TimeSpan.FromMilliseconds(mostLatencyMilliseconds));
        var random = new Random(rate);
        var ended = LaneEnd.Stopped;

        for (var restart = 0; ended != LaneEnd.Done; restart++)
        {
            // The machine's clock is set while nothing runs, and while it runs.
            var wall = new SetWallClock(time) { Step = TimeSpan.FromSeconds(random.Next(-900, 900)) };
            using var stop = new CancellationTokenSource();
            carrier.OnCall = call =>
            {
                wall.Step += TimeSpan.FromSeconds(call % 50 == 0 ? random.Next(-600, 600) : 0);
                if (restart < 3 && call >= (restart + 1) * aSecond * 1.3)
                    stop.Cancel();
            };
            ended = await RunAsync(run, carrier, rate, wall, stop.Token);
            time.Advance(TimeSpan.FromSeconds(restart)); // a pause
        }

        var lane = RateProver.Prove(RunAddress.OfFile(run), []).Lanes[0];
        var second = lane.Peaks.Single(peaks => peaks.Period == LimitPeriod.Second);
        output.WriteLine(
            $"{second} {lane.Limits[0].Share}; the carrier {carrier.Arrivals.MostParts}, "
            + $"throttled {carrier.Throttled}");
        Assert.True(carrier.Throttled > 0);
        Assert.Equal(carrier.Arrivals.Parts, lane.Own.Parts);
        Assert.InRange(carrier.Arrivals.MostParts, mostLatencyMilliseconds == 0 ? 0.9 * rate : 1, rate);
        Assert.Equal(
            (carrier.Arrivals.MostParts, carrier.Arrivals.MostMessages, carrier.Arrivals.MostRequests),
            (second.Parts.Most, second.Messages.Most, second.Requests.Most));
        Assert.True(lane.Limits[0].IsKept);
        if (mostLatencyMilliseconds == 0)
            Assert.InRange(lane.Share!.Value, 0.9, 1.02); // one message in flight: some sessions are short
    }

    /// <summary>Over real connections. What a busy machine squeezes on the way to the carrier is bounded by how long a
    /// call took; the ledger's own count depends on nothing.</summary>
    [Theory]
    [InlineData(10, 2_000)]
    [InlineData(100, 500)]
    [InlineData(1_000, 20)]
    [InlineData(5_000, 0)]
    public async Task Over_the_network_the_ledger_keeps_the_contract_and_the_carrier_sees_no_more_than_it_was_sent(
        int rate,
        int latencyMilliseconds)
    {
        var run = SomeRun.Create(_folder.Path, rate + rate / 2, parts: 1, rate: rate);
        var clock = new ProcessClock(TimeProvider.System);
        await using var network = await SimulatedNetwork.StartAsync(
            new SimulatorOptions(
                1,
                [new SimulatedCarrierOptions("viettel") { Latency = TimeSpan.FromMilliseconds(latencyMilliseconds) }]),
            TimeProvider.System);
        var section = new Lane("viettel", new HttpLaneOptions
        {
            Type = "http",
            Rate = rate,
            MaxInFlight = 2_000,
            ReceiptTrust = ReceiptTrust.None,
            Carriers = ["viettel"],
        });
        using var accounts = new LaneAccounts(
            SmsCampaign.App.Sending.SimulatedLanes.For([section], network.Address), clock);

        await using (var ledger = RunLedger.Open(run, clock))
            await RunLaneAsync(
                ledger, accounts.Find("viettel")!, clock, TimeSpan.FromMinutes(2), CancellationToken.None);

        var lane = RateProver.Prove(RunAddress.OfFile(run), []).Lanes[0];
        var arrived = network.Stats().Of("viettel");
        var longest = new LedgerFacts(run).Count("select max(settled_us - handed_us) from state") / 1e6
            - latencyMilliseconds / 1e3;
        output.WriteLine($"ledger {lane.Limits[0].Most}, carrier {arrived.MostPartsInASecond}, share {lane.Share}");
        Assert.InRange(lane.Limits[0].Most, 1, rate);
        Assert.Equal(arrived.Parts, lane.Own.Parts);
        Assert.InRange(arrived.MostPartsInASecond, 1, rate * (1 + longest) + 1);
    }

    static async Task<LaneEnd> RunAsync(
        string run, CountingCarrier carrier, int rate, TimeProvider time, CancellationToken stopping)
    {
        var clock = new ProcessClock(time);
        await using var ledger = RunLedger.Open(run, clock);
        var account = new LaneAccount(
            new Lane("viettel", new HttpLaneOptions { MaxInFlight = 1, Rate = rate }), carrier, new Pace(rate, clock));
        account.Pace.HoldOneWindow();

        // Beyond what this time jumps to.
        return await RunLaneAsync(ledger, account, clock, TimeSpan.FromHours(2), stopping);
    }

    static async Task<LaneEnd> RunLaneAsync(
        RunLedger ledger, LaneAccount account, ProcessClock clock, TimeSpan answerTimeout, CancellationToken stopping)
    {
        using var runner = new LaneRunner(
            ledger,
            new LaneSetup(
                ledger.Info.Lanes[SomeRun.LaneId],
                account.Carrier,
                account.Pace,
                account.InFlight,
                answerTimeout,
                KeepCarrierReference: false),
            clock);
        return await runner.RunAsync(new OpenHours(DateTimeOffset.MinValue, Always), stopping);
    }

    /// <summary>Counts as the simulator does, by the machine's monotonic clock; throttles now and then.</summary>
    sealed class CountingCarrier(JumpingTime time, int parts, int throttleEach, TimeSpan mostLatency) : ICarrier
    {
        readonly long _start = time.GetTimestamp();
        int _calls;

        public Action<int> OnCall { get; set; } = _ => { };

        public Arrivals Arrivals { get; } = new();

        public int Throttled { get; private set; }

        public int MostPerCall => 1;

        public Task<IReadOnlyList<SendResult>> SendAsync(
            IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken)
        {
            Assert.True(departure.TryLeave());
            Arrivals.Add(new Arrival(
                (long)time.GetElapsedTime(_start).TotalMicroseconds, messages.Count, messages.Count * parts));
            OnCall(++_calls);

            // One thing at a time goes on in this time, so the way there and back is simply over.
            time.Advance(mostLatency * ((_calls * 7 % 10) / 10.0));
            if (_calls % throttleEach != 0)
                return Task.FromResult<IReadOnlyList<SendResult>>([.. messages.Select(_ => SendResult.Accepted("id"))]);

            Throttled++;
            return Task.FromResult<IReadOnlyList<SendResult>>(
                [.. messages.Select(_ => SendResult.TooFast("429", null))]);
        }
    }

    /// <summary>A machine whose wall clock is set while its monotonic clock runs on.</summary>
    sealed class SetWallClock(JumpingTime time) : TimeProvider
    {
        public TimeSpan Step { get; set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Step;

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }
}
