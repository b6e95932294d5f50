using System.Net;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Dispatch.Words;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>What becomes of a lane whose adapter has a fault.</summary>
public sealed class AdapterFaultTests : IDisposable
{
    static readonly DateTimeOffset Start = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_words_of_a_gateway_that_stops_it_are_kept_without_a_secret_or_a_number()
    {
        var path = SomeRun.Create(_folder.Path, 5);
        var registry = Ledgers.OpenRegistry(new DataFolder(_folder.Path));
        var answer = new CarrierAnswer(
            HttpStatusCode.OK,
            "{\"code\":14,\"message\":\"sender of 0912345678, pass hush, is not registered\"}"u8.ToArray(),
            null);
        var carrier = new ScriptedCarrier(_ => SendResult.Misconfigured("code 14").Saying(answer));
        var clock = new ProcessClock(new JumpingTime(Start, lateness: () => TimeSpan.FromMinutes(2)));
        await using (var ledger = RunLedger.Open(path, clock))
        {
            var pace = new Pace(100, clock);
            var setup = new LaneSetup(
                ledger.Info.Lanes[SomeRun.LaneId],
                carrier,
                pace,
                new InFlight(1),
                TimeSpan.FromHours(2),
                KeepCarrierReference: false)
            {
                Stop = new StopSwitch("viettel", pace, registry.Stops),
                Secrets = ["hush"],
            };
            using var runner = new LaneRunner(ledger, setup, clock);
            await runner.RunAsync(new OpenHours(DateTimeOffset.MinValue, Start.AddHours(5)), CancellationToken.None);
        }

        var reason = Assert.Single(registry.Stops.Read()).Reason;
        Assert.StartsWith("code 14: “sender of 0", reason, StringComparison.Ordinal);
        Assert.EndsWith("pass (secret), is not registered”", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("0912345678", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_messages_under_way_are_uncertain_and_it_stops_until_a_person_lets_it_go_on_over_restarts()
    {
        var path = SomeRun.Create(_folder.Path, 50);
        var registry = Ledgers.OpenRegistry(new DataFolder(_folder.Path));
        var told = new List<LaneStop?>();
        var calls = 0;
        var carrier = new ScriptedCarrier(message => ++calls == 5
            ? throw new FormatException($"no field 'id' for {message.To.Digits}, pass hush")
            : SendResult.Accepted("id"));

        var end = await RunAsync();

        Assert.Equal((LaneEnd.Closed, 5), (end, carrier.Calls.Count));
        Assert.Equal(
            (4, 1, 45), (Count(MessageStatus.Accepted), Count(MessageStatus.Uncertain), Count(MessageStatus.Planned)));
        var stop = Assert.Single(registry.Stops.Read());
        Assert.Equal(LaneStopKind.Fault, stop.Kind);
        Assert.Equal(stop, Assert.Single(told));
        Assert.StartsWith("fault of the program in ", stop.Reason, StringComparison.Ordinal);
        Assert.EndsWith(
            "FormatException: no field 'id' for 84912***005, pass (secret)", stop.Reason, StringComparison.Ordinal);
        using (var db = SqliteDb.Open(path, readOnly: true))
        {
            Assert.Equal(
                (long)Reason.OwnFault, db.ReadNumber($"select reason from state where seq = {SomeRun.Seq(5)}"));
            Assert.Equal(
                stop.Reason, db.ReadText($"select reason from hold where kind = {(int)LaneChangeKind.Faulted}"));
        }

        // The next process does not try it again, and the one after a person has said so does.
        await RunAsync();
        Assert.Equal(5, carrier.Calls.Count);
        registry.Stops.Remove("viettel", Start);
        Assert.Equal(LaneEnd.Done, await RunAsync());
        Assert.Equal((49, 1), (Count(MessageStatus.Accepted), Count(MessageStatus.Uncertain)));

        long Count(MessageStatus status) => SomeRun.Count(path).GetValueOrDefault(status);

        async Task<LaneEnd> RunAsync()
        {
            var clock = new ProcessClock(new JumpingTime(Start, lateness: () => TimeSpan.FromMinutes(2)));
            await using var ledger = RunLedger.Open(path, clock);
            var pace = new Pace(100, clock);
            var stop = new StopSwitch("viettel", pace, registry.Stops, (_, stop) => told.Add(stop));
            if (registry.Stops.Read() is [var kept])
                stop.TurnOff(kept);
            using var runner = new LaneRunner(ledger,
                new LaneSetup(
                    ledger.Info.Lanes[SomeRun.LaneId],
                    carrier,
                    pace,
                    new InFlight(1),
                    TimeSpan.FromHours(2),
                    KeepCarrierReference: false)
                {
                    Stop = stop,
                    Secrets = ["hush"],
                }, clock);
            return await runner.RunAsync(
                new OpenHours(DateTimeOffset.MinValue, Start.AddHours(5)), CancellationToken.None);
        }
    }

    [Fact]
    public void The_officer_reads_whose_fault_it_is()
    {
        var words = LaneStopWords.Of(
            new LaneStop("viettel", Start, "fault of the program: FormatException: x", LaneStopKind.Fault),
            new Wording("8 giờ", "8:00"));

        Assert.Contains("lỗi của chương trình", words.Vi, StringComparison.Ordinal);
        Assert.Contains("fault of the program", words.En, StringComparison.Ordinal);
    }
}
