using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>Lanes of a few calls a second, at gateways whose answers take longer than the time
/// between two calls.</summary>
[Trait("Category", "Slow")]
public sealed class SlowLaneTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly MovingTime _time = new(
        new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.Zero), TimeSpan.FromMicroseconds(5));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(1, 5)]
    [InlineData(2, 0.1)]
    [InlineData(2, 1.3)]
    [InlineData(2, 5)]
    [InlineData(3, 0.7)]
    [InlineData(3, 5)]
    [InlineData(5, 0.1)]
    [InlineData(5, 5)]
    public async Task Rule_4_a_lane_of_few_calls_a_second_uses_its_contract(int rate, double answerSeconds)
    {
        var limit = new LaneLimit { Most = rate, Of = RateUnit.Parts, Per = LimitPeriod.Second };

        Assert.InRange(await UsedAsync(limit, parts: 1, listSize: 1, answerSeconds, calls: 60), 0.97, 1);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(4)]
    public async Task Rule_4_a_lane_limited_in_requests_a_minute_uses_its_contract(double answerSeconds)
    {
        var limit = new LaneLimit { Most = 60, Of = RateUnit.Requests, Per = LimitPeriod.Minute };

        Assert.InRange(await UsedAsync(limit, parts: 1, listSize: 10, answerSeconds, calls: 90), 0.97, 1);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(2.5)]
    public async Task Rule_4_a_text_of_four_parts_uses_a_contract_of_ten_a_second(double answerSeconds)
    {
        var limit = new LaneLimit { Most = 10, Of = RateUnit.Parts, Per = LimitPeriod.Second };

        Assert.InRange(await UsedAsync(limit, parts: 4, listSize: 1, answerSeconds, calls: 60), 0.97, 1);
    }

    /// <summary>A crash makes uncertain what stands by, so no more does than goes in a moment.</summary>
    [Fact]
    public async Task Rule_2_a_lane_limited_in_requests_a_minute_has_no_more_standing_by_than_it_needs()
    {
        var path = SomeRun.Create(_folder.Path, 50);
        var clock = new ProcessClock(_time);
        await using var ledger = RunLedger.Open(path, clock);
        var pace = new Pace(
            [new LaneLimit { Most = 60, Of = RateUnit.Requests, Per = LimitPeriod.Minute }], TimeZoneInfo.Utc, clock);
        var setup = new LaneSetup(
            ledger.Info.Lanes[SomeRun.LaneId],
            ScriptedCarrier.ThatAccepts(),
            pace,
            new InFlight(100),
            TimeSpan.FromMinutes(1),
            KeepCarrierReference: false);
        using var room = setup.InFlight.Share();
        using var queue = new LaneQueue(ledger, setup, room, new StoppedTime([]), clock, () => 0);

        Assert.Equal(1, queue.CallsIn(IntentStock.Ahead));
    }

    /// <returns>Share of the contract that was used from the first call to the last.</returns>
    async Task<double> UsedAsync(LaneLimit limit, int parts, int listSize, double answerSeconds, int calls)
    {
        var path = SomeRun.Create(_folder.Path, calls * listSize, batch: calls * listSize, parts: parts);
        var clock = new ProcessClock(_time);
        var moments = new List<long>();
        var carrier = new ScriptedCarrier(
            async (messages, token) =>
            {
                lock (moments)
                    moments.Add(clock.Now());
                await Task.Delay(TimeSpan.FromSeconds(answerSeconds), _time, token);
                return [.. messages.Select(_ => SendResult.Accepted("id"))];
            },
            listSize);
        await using var ledger = RunLedger.Open(path, clock);
        using var runner = new LaneRunner(
            ledger,
            new LaneSetup(
                ledger.Info.Lanes[SomeRun.LaneId],
                carrier,
                new Pace([limit], TimeZoneInfo.Utc, clock),
                new InFlight(64),
                TimeSpan.FromMinutes(1),
                KeepCarrierReference: false),
            clock);

        await _time.DriveAsync(
            runner.RunAsync(new OpenHours(DateTimeOffset.MinValue, LaneCase.Always), CancellationToken.None),
            ledger.NoticeResolutionsAsync);

        // In no second may more leave than the whole calls that fit it: two of four parts where ten are allowed.
        var cost = new CallCost(parts * listSize, listSize).In(limit.Of);
        var wholeCalls = limit.Most / cost / (limit.Per == LimitPeriod.Second ? 1.0 : 60);
        moments.Sort();
        return (moments.Count - 1) / ((moments[^1] - moments[0]) * 1e-6 * wholeCalls);
    }
}
