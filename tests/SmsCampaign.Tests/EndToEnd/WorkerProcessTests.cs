using System.Diagnostics;
using System.Text.Json;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

[Trait("Category", "Slow")]
public sealed class WorkerProcessTests
{
    static readonly IReadOnlyList<OfficeLane> Lanes =
    [
        new("viettel", 84_960_000_001, 300, 400) { MaxInFlight = 20, MostPerCall = 4 },
        new("vinaphone", 84_910_000_001, 150, 200),
    ];

    [Fact]
    public async Task The_worker_sends_what_is_approved_takes_receipts_reports_and_stops()
    {
        await using var office = await Office.OpenAsync(Lanes);
        await using var worker = office.Start("worker");

        // Approved while it runs: it finds it by itself.
        await office.ApproveAsync();
        var status = await AwaitFinishedAsync(office, worker);
        worker.Terminate();
        var stopped = await worker.WaitAsync();

        Assert.True(stopped.ExitCode == 0, $"{stopped}");
        Assert.Equal(450, status.GetProperty("messages").GetProperty("delivered").GetInt32());
        Assert.True(status.GetProperty("balances").GetBoolean());
        Assert.Equal(
            office.Numbers.Select(number => $"{number}").Order(),
            office.Network.Phones().Select(phone => phone.Phone).Order());
        Assert.Equal(0, office.Network.Stats().PhonesWithMoreThanOne);
        Assert.Equal(450, office.ReadReport("chi-tiet.csv").Count);
        Assert.Equal(
            ["late", "finished"],
            status.GetProperty("decisions").EnumerateArray().Select(each => each.GetProperty("what").GetString()));
        Assert.DoesNotMatch(FullNumber, stopped.Output + stopped.Errors);
    }

    [Fact]
    public async Task A_worker_killed_midway_goes_on_when_it_is_started_again()
    {
        // What never left stays uncertain: the worker must not wait for its receipts for long. Longer than the longest
        // pause of a simulated carrier between two attempts to bring one (5 s).
        await using var office = await Office.OpenAsync(
            [.. Lanes.Select(lane => lane with { ReceiptTimeout = TimeSpan.FromSeconds(8) })]);
        await office.ApproveAsync();

        await using (var killed = office.Start("worker"))
        {
            await killed.UntilAsync(() => office.MessagesSeen() >= 100);
            Assert.False(killed.HasExited);
            await killed.KillAsync();
        }

        await using var worker = office.Start("worker");
        var status = await AwaitFinishedAsync(office, worker);
        var delivered = status.GetProperty("messages").GetProperty("delivered").GetInt32();
        var uncertain = status.GetProperty("messages").GetProperty("uncertain").GetInt32();
        var stats = office.Network.Stats();

        Assert.Equal(450, delivered + uncertain);
        Assert.InRange(uncertain, 0, Lanes.Sum(lane => lane.MaxInFlight));
        Assert.Equal(0, stats.PhonesWithMoreThanOne);

        // What reached a phone is settled by its receipt, unless the worker was dead each time it was brought.
        Assert.InRange(stats.DistinctPhones - delivered, 0, stats.Carriers.Sum(carrier => carrier.ReceiptsGivenUp));

        worker.Terminate();
        Assert.Equal(0, (await worker.WaitAsync()).ExitCode);
    }

    [Fact]
    public async Task The_worker_asks_gateways_whose_receipts_do_not_come()
    {
        await using var office = await Office.OpenAsync(
            [.. Lanes.Select(lane => lane with { AskAfter = TimeSpan.FromSeconds(1) })],
            carrier => carrier with { NoReceiptShare = 1, FailedShare = 0.1, AnswersInquiries = true });
        await office.ApproveAsync();
        await using var worker = office.Start("worker");

        var facts = new LedgerFacts(office.Data.Run(office.Key));
        await worker.UntilAsync(() => office.MessagesSeen() == 450 && facts.Final == 450);
        worker.Terminate();
        Assert.Equal(0, (await worker.WaitAsync()).ExitCode);

        var stats = office.Network.Stats();
        Assert.Equal(0, stats.Carriers.Sum(carrier => carrier.ReceiptsSent));
        Assert.InRange(stats.Carriers.Sum(carrier => carrier.Inquired), 450, int.MaxValue);
        Assert.InRange(facts.Messages().Count(message => message.Status == MessageStatus.Failed), 20, 80);
    }

    [Fact]
    public async Task A_worker_told_to_stop_while_it_starts_stops_in_order()
    {
        await using var office = await Office.OpenAsync(Lanes);
        var lockFile = office.Data.LockOf(simulated: false);
        Directory.CreateDirectory(office.Data.Root);

        for (var start = 0; start < 8; start++)
        {
            File.Delete(lockFile);
            await using var worker = office.Start("worker");
            await worker.UntilAsync(() => File.Exists(lockFile));

            var moment = TimeSpan.FromMilliseconds(100 * start);
            var clock = Stopwatch.StartNew();
            await worker.UntilAsync(() => clock.Elapsed >= moment);
            worker.Terminate();

            var stopped = await worker.WaitAsync();
            Assert.True(stopped.ExitCode == 0, $"after {moment}: {stopped}");
            Assert.DoesNotContain("Hosting failed", stopped.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_stopped_lane_goes_on_when_the_running_worker_has_answered_who_asks_it_to()
    {
        await using var office = await Office.OpenAsync(Lanes);
        await office.ApproveAsync();
        var registry = Ledgers.OpenRegistry(office.Data);
        registry.Stops.Add(new LaneStop(
            "viettel", DateTimeOffset.UnixEpoch, "HTTP 401: the account is not let in", Cause: HoldCause.NotLetIn));
        await using var worker = office.Start("worker");
        await worker.UntilAsync(() => office.MessagesSeen() == 150);

        var resumed = await office.RunAsync("resume", "viettel", "--by", "Trần Thị B", "--lang", "en");

        Assert.True(resumed.ExitCode == 0, $"{resumed}");
        Assert.Contains("The worker has taken it up", Shown.Flat(resumed.Output), StringComparison.Ordinal);
        Assert.Empty(registry.Stops.Read());
        await worker.UntilAsync(() => office.MessagesSeen() == 450);
        worker.Terminate();
        Assert.Equal(0, (await worker.WaitAsync()).ExitCode);
        Assert.Equal(0, office.Network.Stats().PhonesWithMoreThanOne);
    }

    const string FullNumber = "84(96|91)[0-9]{7}";

    static async Task<JsonElement> AwaitFinishedAsync(Office office, ProgramUnderTest worker)
    {
        // Asking costs a process each time: only once the carriers have brought all they had to bring.
        JsonElement status = default;
        for (var finished = false; !finished;)
        {
            await worker.UntilAsync(
                () => office.Network.Stats().Carriers.All(each => each is { ReceiptsSent: > 0, ReceiptsWaiting: 0 }));
            Assert.False(worker.HasExited, worker.HasExited ? $"{await worker.WaitAsync()}" : "");
            status = await office.StatusAsync();
            finished = status.GetProperty("state").GetString() == "finished";
        }

        return status;
    }
}
