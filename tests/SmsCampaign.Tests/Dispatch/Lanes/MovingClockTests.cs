using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>A lane on a clock that has moved on between any two readings, as a real one has.</summary>
[Trait("Category", "Slow")]
public sealed class MovingClockTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What was put off comes due between two looks of one decision, in a batch other than
    /// the one at hand.</summary>
    [Theory]
    [InlineData(1, 1, 300)]
    [InlineData(2, 1, 3_000)]
    [InlineData(3, 7, 1_000)]
    public async Task A_gateway_that_is_busy_for_every_fifth_call_gets_every_message_once(
        int seed, int mostPerCall, int microsAReading)
    {
        var path = SomeRun.Create(_folder.Path, 300, batch: 20);
        var chance = new Random(seed);
        var accepted = new List<long>();
        var carrier = new ScriptedCarrier(
            (messages, _) =>
            {
                lock (accepted)
                {
                    if (chance.Next(5) == 0)
                        return Task.FromResult<IReadOnlyList<SendResult>>(
                            [.. messages.Select(_ => SendResult.Busy("HTTP 503"))]);
                    accepted.AddRange(messages.Select(message => message.To.Msisdn));
                    return Task.FromResult<IReadOnlyList<SendResult>>(
                        [.. messages.Select(_ => SendResult.Accepted("id"))]);
                }
            },
            mostPerCall);

        var end = await RunAsync(path, carrier, TimeSpan.FromMicroseconds(microsAReading), chance);

        Assert.Equal(LaneEnd.Done, end);
        Assert.Equal(Enumerable.Range(1, 300).Select(at => SomeRun.Number(at)), accepted.Order());
        Assert.Equal(300, SomeRun.Count(path)[MessageStatus.Accepted]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_gateway_that_throttles_loses_answers_and_is_closed_by_turns_gets_no_message_twice(
        bool dropsRepeats)
    {
        var path = SomeRun.Create(_folder.Path, 120, batch: 20);
        var chance = new Random(7);
        var taken = new List<long>();
        var carrier = new ScriptedCarrier(message =>
        {
            lock (taken)
            {
                switch (chance.Next(20))
                {
                    case 0: return SendResult.TooFast("429");
                    case 1: return SendResult.Deferred("closed");
                    case 2: return SendResult.Busy("HTTP 503");
                    case 3:
                        taken.Add(message.To.Msisdn);
                        return dropsRepeats
                            ? SendResult.Lost(Reason.ConnectionLost, "reset")
                            : SendResult.Uncertain(Reason.ConnectionLost, "reset");
                    default:
                        taken.Add(message.To.Msisdn);
                        return SendResult.Accepted("id");
                }
            }
        })
        {
            DropsRepeats = dropsRepeats,
        };

        Assert.Equal(LaneEnd.Done, await RunAsync(path, carrier, TimeSpan.FromMicroseconds(700), chance));

        Assert.Equal(120, taken.Distinct().Count());
        if (!dropsRepeats)
            Assert.Equal(120, taken.Count);
        Assert.Equal(0, SomeRun.Count(path).GetValueOrDefault(MessageStatus.Planned));
    }

    [Fact]
    public async Task A_run_goes_on_from_day_to_day_until_nothing_is_planned()
    {
        var path = SomeRun.Create(_folder.Path, 90, batch: 20);
        var time = new MovingTime(
            new DateTimeOffset(2025, 7, 30, 7, 59, 0, TimeSpan.Zero), TimeSpan.FromMicroseconds(400));
        var clock = new ProcessClock(time);
        var carrier = ScriptedCarrier.ThatAccepts();
        await using var ledger = RunLedger.Open(path, clock);
        using var accounts = new LaneAccounts([new LaneAccount(
            new Lane("viettel", new HttpLaneOptions { MaxInFlight = 1 }), carrier, new Pace(1, clock))]);
        var window = new SendWindow(new TimeOnly(8, 0, 0), new TimeOnly(8, 0, 36), TimeZoneInfo.Utc);
        var session = new RunSession(ledger, window, accounts, clock);

        var ends = new List<SendEnd>();
        var days = SendAsync();
        await time.DriveAsync(days, ledger.NoticeResolutionsAsync);

        // At one message a second, three days are the least; on a loaded machine a second may go unused.
        Assert.InRange(ends.Count, 3, 9);
        Assert.Equal([.. Enumerable.Repeat(SendEnd.Closed, ends.Count - 1), SendEnd.Done], ends);
        Assert.Equal(Enumerable.Range(1, 90).Select(at => SomeRun.Number(at)), carrier.Numbers.Order());
        Assert.All(ReadHandOvers(path), at => Assert.InRange(
            at.TimeOfDay, TimeSpan.FromHours(8), TimeSpan.FromHours(8.01) + TimeSpan.FromMilliseconds(2)));

        async Task SendAsync()
        {
            for (var day =
                new DateOnly(2025, 7, 30); ends.LastOrDefault(SendEnd.Closed) != SendEnd.Done; day = day.AddDays(1))
            {
                ends.Add(await session.SendAsync(day, CancellationToken.None));

                // Nobody need look twice a minute all night.
                time.Advance(window.OpensOn(day.AddDays(1)).AddMinutes(-1) - time.GetUtcNow());
            }
        }
    }

    /// <summary>By the ledger: a gateway that looks at the clock only once it is called sees where it has
    /// leapt to by then.</summary>
    static List<DateTimeOffset> ReadHandOvers(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        using var rows = db.Prepare("select handed_us from state");
        var moments = new List<DateTimeOffset>();
        while (rows.Step())
            moments.Add(ProcessClock.FromMicros(rows.Number(0)));
        return moments;
    }

    static async Task<LaneEnd> RunAsync(string path, ScriptedCarrier carrier, TimeSpan step, Random chance)
    {
        var time = new MovingTime(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.Zero), step);
        var clock = new ProcessClock(time);
        await using var ledger = RunLedger.Open(path, clock);
        using var runner = new LaneRunner(
            ledger,
            new LaneSetup(
                ledger.Info.Lanes[SomeRun.LaneId],
                carrier,
                new Pace(500, clock),
                new InFlight(16),
                TimeSpan.FromMinutes(1),
                KeepCarrierReference: false),
            clock,
            () =>
            {
                lock (chance)
                    return chance.NextDouble() * 0.05;
            });

        var running = runner.RunAsync(new OpenHours(DateTimeOffset.MinValue, LaneCase.Always), CancellationToken.None);
        await time.DriveAsync(running, ledger.NoticeResolutionsAsync);
        return await running;
    }
}
