using System.Globalization;
using System.Text.RegularExpressions;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>What an officer orders from another terminal while the worker sends, kills in between included.</summary>
[Trait("Category", "Slow")]
public sealed partial class ControlTests
{
    const int Subscribers = 900;

    static readonly IReadOnlyList<OfficeLane> Lanes =
    [
        new("viettel", 84_960_000_001, Subscribers, 100)
        {
            MaxInFlight = 20, ReceiptTimeout = TimeSpan.FromSeconds(8),
        },
    ];

    static readonly string[] By = ["--by", "Trần Thị B", "--reason", "lãnh đạo gọi"];

    [Fact]
    public async Task Paused_it_stays_so_whenever_the_worker_is_killed_and_goes_on_where_it_stood()
    {
        await using var office = await Office.OpenAsync(Lanes);
        await office.ApproveAsync();
        for (var round = 1; round <= 3; round++)
        {
            var from = office.MessagesSeen();
            await using (var killed = office.Start("worker"))
            {
                await killed.UntilAsync(() => office.MessagesSeen() >= from + 30);

                // At another moment each time: before the order is on disk, before it is taken up, after the answer.
                var pausing = PauseAsync(office);
                if (round == 3)
                    await pausing;
                else if (round == 2)
                    await killed.UntilAsync(() => Standing(office) > 0);
                await killed.KillAsync();
                var paused = await pausing;
                Assert.InRange(paused.ExitCode, 0, 1);
            }

            await using var next = office.Start("worker");
            await next.UntilAsync(() => WorkerSight.Read(office.Data, TimeProvider.System.GetUtcNow()).State
                == WorkerState.Runs);
            Assert.Equal(0, (await PauseAsync(office)).ExitCode);
            var seen = office.MessagesSeen();
            var status = await office.RunAsync("status", Office.CampaignId);
            Assert.Contains("TẠM DỪNG", status.Output, StringComparison.Ordinal);
            Assert.Equal(1, status.ExitCode);
            Assert.Equal(seen, office.MessagesSeen());

            Assert.Equal(0, (await office.RunAsync(["resume", Office.CampaignId, .. By])).ExitCode);
            await next.UntilAsync(() => office.MessagesSeen() > seen);
            await next.KillAsync();
        }

        await using var last = office.Start("worker");
        await last.UntilAsync(() => CountPlanned(office) == 0);
        Assert.Equal(0, office.Network.Stats().PhonesWithMoreThanOne);
    }

    [Fact]
    public async Task Called_off_and_killed_the_next_worker_leaves_the_rest_over_and_writes_the_report()
    {
        await using var office = await Office.OpenAsync(Lanes);
        await office.ApproveAsync();
        await using (var killed = office.Start("worker"))
        {
            await killed.UntilAsync(() => office.MessagesSeen() >= 50);
            var looked = await office.RunAsync(["cancel", Office.CampaignId, .. By]);
            Assert.True(looked.ExitCode == 1, $"{looked}");
            var seen = Seen().Match(looked.Output).Groups[1].Value;
            Assert.Equal(CountPlanned(office), long.Parse(seen, CultureInfo.InvariantCulture));

            var cancelled = await office.RunAsync(["cancel", Office.CampaignId, "--seen", seen, .. By]);
            await killed.KillAsync();
            Assert.True(cancelled.ExitCode == 0, $"{cancelled}");
        }

        var arrived = office.MessagesSeen();
        await using var worker = office.Start("worker");
        await worker.UntilAsync(() => Ledgers.OpenRegistry(office.Data).Find(office.Key)!.State
                == RunState.Cancelled);

        var status = await office.StatusAsync();
        Assert.Equal("cancelled", status.GetProperty("state").GetString());
        Assert.True(status.GetProperty("balances").GetBoolean());
        Assert.Equal(0, status.GetProperty("messages").GetProperty("planned").GetInt32());
        Assert.Equal(arrived, office.MessagesSeen());
        Assert.Contains(
            office.ReadReport("chi-tiet.csv"),
            line => line.Contains("đã hủy theo quyết định", StringComparison.Ordinal));
        Assert.Equal(0, office.Network.Stats().PhonesWithMoreThanOne);
    }

    static Task<ProgramResult> PauseAsync(Office office) => office.RunAsync(["pause", Office.CampaignId, .. By]);

    static int Standing(Office office) => Ledgers.OpenRegistry(office.Data).Orders.Read().Count;

    static long CountPlanned(Office office) => new LedgerFacts(office.Data.Run(office.Key)).Unsettled;

    [GeneratedRegex("--seen ([0-9]+)")]
    private static partial Regex Seen();
}
