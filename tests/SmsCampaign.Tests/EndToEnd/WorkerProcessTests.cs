using System.Text.Json;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

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
        Assert.Equal(office.Numbers.Select(number => $"{number}").Order(), office.Network.Phones().Select(phone => phone.Phone).Order());
        Assert.Equal(0, office.Network.Stats().PhonesWithMoreThanOne);
        Assert.Equal(450, office.ReadReport("chi-tiet.csv").Count);
        Assert.Equal(["late", "finished"], status.GetProperty("decisions").EnumerateArray().Select(each => each.GetProperty("what").GetString()));
        Assert.DoesNotMatch(FullNumber, stopped.Output + stopped.Errors);
    }

    [Fact]
    public async Task A_worker_killed_midway_goes_on_when_it_is_started_again()
    {
        // What never left stays uncertain: the worker must not wait for its receipts for long. Longer than the longest
        // pause of a simulated carrier between two attempts to bring one (5 s).
        await using var office = await Office.OpenAsync([.. Lanes.Select(lane => lane with { ReceiptTimeout = TimeSpan.FromSeconds(8) })]);
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

    const string FullNumber = "84(96|91)[0-9]{7}";

    static async Task<JsonElement> AwaitFinishedAsync(Office office, ProgramUnderTest worker)
    {
        // Asking costs a process each time: only once the carriers have brought all they had to bring.
        JsonElement status = default;
        for (var finished = false; !finished;)
        {
            await worker.UntilAsync(() => office.Network.Stats().Carriers.All(each => each is { ReceiptsSent: > 0, ReceiptsWaiting: 0 }));
            Assert.False(worker.HasExited, worker.HasExited ? $"{await worker.WaitAsync()}" : "");
            status = await office.StatusAsync();
            finished = status.GetProperty("state").GetString() == "finished";
        }

        return status;
    }
}
