using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Simulator;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>The real program, a gateway that refuses all, and another that takes all: what reaches the first before a
/// person has looked.</summary>
[Trait("Category", "Slow")]
public sealed class FirstBatchTests
{
    const int Batch = 50;
    const int Subscribers = 200;

    static readonly IReadOnlyList<OfficeLane> Lanes =
    [
        new("viettel", 84_960_000_001, Subscribers, 100)
        {
            MaxInFlight = 20, ReceiptTimeout = TimeSpan.FromSeconds(60),
        },
        new("vinaphone", 84_910_000_001, Subscribers, 100)
        {
            MaxInFlight = 20, ReceiptTimeout = TimeSpan.FromSeconds(60),
        },
    ];

    [Fact]
    public async Task A_gateway_that_refuses_all_gets_the_first_batch_at_most_and_the_other_lane_is_sent_to_its_end()
    {
        await using var office = await Office.OpenAsync(Lanes, RefuseAllOf("viettel"), canary: Batch);
        await office.ApproveAsync();
        await using var worker = office.Start("worker");
        await worker.UntilAsync(() => Held(office) is { Count: 1 } && Seen(office, "vinaphone") == Subscribers);

        Assert.InRange(Seen(office, "viettel"), 10, Batch);
        var status = await office.RunAsync("status", Office.CampaignId);
        Assert.Equal(1, status.ExitCode);
        Assert.Contains("Kênh gửi 'viettel' ĐỨNG CHỜ sau loạt tin đầu", Words(status.Output), StringComparison.Ordinal);
        Assert.Contains("nội dung tin", Words(status.Output), StringComparison.Ordinal);
        Assert.Contains(
            $"resume {Office.CampaignId} --date {office.Key.DateText} --lane viettel",
            Words(status.Output),
            StringComparison.Ordinal);
        await worker.UntilAsync(() => Ledgers.OpenRegistry(office.Data).Alerts.Read(DateTimeOffset.MaxValue).Any(
            alert => alert.Alert.Kind == AlertKind.LaneStopped));

        // Let go on, it sends a first batch again, and the gateway still refuses.
        var before = Seen(office, "viettel");
        var resumed = await office.RunAsync(
            "resume", "viettel", "--by", "Trần Thị B", "--reason", "nhà mạng báo đã sửa");
        Assert.True(resumed.ExitCode == 0, $"{resumed}");
        await worker.UntilAsync(() => Seen(office, "viettel") > before && Held(office) is { Count: 1 });
        Assert.InRange(Seen(office, "viettel"), before + 10, before + Batch);
    }

    /// <summary>However often the program is killed before the batch was judged: what was under an intent may have
    /// arrived.</summary>
    [Fact]
    public async Task Killed_again_and_again_no_more_than_the_first_batch_is_sent_before_it_is_judged()
    {
        await using var office = await Office.OpenAsync(
            [Lanes[0]],
            carrier => carrier with { NoReceiptShare = 1, Latency = TimeSpan.FromMilliseconds(20) },
            canary: Batch);
        await office.ApproveAsync();
        for (var round = 1; round <= 4; round++)
        {
            var seen = Seen(office, "viettel");
            await using var killed = office.Start("worker");
            await killed.UntilAsync(() => Seen(office, "viettel") > seen || CountTried(office) >= Batch);
            await killed.KillAsync();
            Assert.InRange(Seen(office, "viettel"), 1, Batch);
        }

        // The rest of it, and then the receipts are waited for, which never come: nothing else leaves meanwhile.
        await using var last = office.Start("worker");
        await last.UntilAsync(() => CountTried(office) >= Batch && CountOnTheirWay(office) == 0);

        Assert.Equal(TrialState.UnderWay, Assert.Single(Trials(office)).Value.State);
        Assert.InRange(Seen(office, "viettel"), 1, Batch);
        Assert.Equal(Batch, CountTried(office));
        Assert.Equal(0, office.Network.Stats().PhonesWithMoreThanOne);
    }

    /// <summary>By plain <c>resume</c> it would be held again after ten; a person has said that it sends in full, and
    /// so it does, also once it was killed.</summary>
    [Fact]
    public async Task Opened_by_a_person_without_a_first_batch_a_lane_sends_to_its_end_also_after_a_kill()
    {
        await using var office = await Office.OpenAsync([Lanes[0]], RefuseAllOf("viettel"), canary: Batch);
        await office.ApproveAsync();
        await using (var killed = office.Start("worker"))
        {
            await killed.UntilAsync(() => Held(office) is { Count: 1 });
            var before = Seen(office, "viettel");
            var opened = await office.RunAsync(
                "resume", Office.CampaignId, "--lane", "viettel", "--without-first-batch", "--by", "Trần Thị B",
                "--reason", "nhà mạng cam kết");
            Assert.True(opened.ExitCode == 0, $"{opened}");
            await killed.UntilAsync(() => Seen(office, "viettel") > before);
            await killed.KillAsync();
        }

        await using var worker = office.Start("worker");
        await worker.UntilAsync(() => CountTried(office) == Subscribers && CountOnTheirWay(office) == 0);

        var trial = Assert.Single(Trials(office)).Value;
        Assert.Equal((TrialState.Released, TrialRelease.WithoutFirstBatch), (trial.State, trial.Release));
        var status = await office.RunAsync("status", Office.CampaignId, "--history");
        var said = Words(status.Output);
        Assert.Contains("được cho gửi hết luôn, không qua loạt tin đầu", said, StringComparison.Ordinal);
        Assert.Contains("nhà mạng cam kết", said, StringComparison.Ordinal);
        var report = await office.RunAsync("report", Office.CampaignId);
        Assert.True(report.ExitCode == 0, $"{report}");
        Assert.Contains(
            Directory.EnumerateFiles(office.Data.Root, "*.csv", SearchOption.AllDirectories).Select(File.ReadAllText),
            file => file.Contains("không qua loạt tin đầu", StringComparison.Ordinal)
                && file.Contains("nhà mạng cam kết", StringComparison.Ordinal));
    }

    static Func<SimulatedCarrierOptions, SimulatedCarrierOptions> RefuseAllOf(string lane) => carrier =>
        carrier.Name == lane ? carrier with { RefusedShare = 1, RefusedCodes = ["barred_content"] } : carrier;

    static IReadOnlyList<HeldLane> Held(Office office) => HeldLanes.Read(office.Data).Lanes;

    static IReadOnlyDictionary<string, LaneTrial> Trials(Office office) =>
        Ledgers.RunAt(RunAddress.OfFile(office.Data.Run(office.Key))).ReadTrials();

    static int CountTried(Office office) => Count(office, status => status != MessageStatus.Planned);

    static int CountOnTheirWay(Office office) => Count(office, status => status == MessageStatus.Submitting);

    static int Count(Office office, Func<MessageStatus, bool> counts) =>
        new LedgerFacts(office.Data.Run(office.Key)).Messages().Count(message => counts(message.Status));

    static long Seen(Office office, string lane) =>
        office.Network.Stats().Carriers.Single(carrier => carrier.Name == lane).Messages;

    /// <summary>Wherever a screen wraps.</summary>
    static string Words(string output) =>
        string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
