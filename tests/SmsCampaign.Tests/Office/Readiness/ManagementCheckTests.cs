using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Office.Readiness;

public sealed class ManagementCheckTests
{
    static readonly WebAnswer Alive = new(200, "{\"status\":\"live\",\"at\":\"", new Reach.Open(null));

    [Fact]
    public async Task Switched_off_it_is_no_question() =>
        Assert.Empty(await LookAsync(_ => throw new InvalidOperationException(), listen: ""));

    [Fact]
    public async Task A_worker_is_asked_whether_it_lives()
    {
        var asked = new List<Uri>();

        var found = await LookAsync(address =>
        {
            asked.Add(address);
            return Alive;
        });

        ReadyCases.Is(ReadyLight.Green, "đang trả lời ở http://127.0.0.1:9464", Assert.Single(found));
        Assert.Equal([new Uri("http://127.0.0.1:9464/health/live")], asked);
    }

    /// <summary>Never red: sending goes on without it.</summary>
    [Theory]
    [InlineData(200, "<html>")]
    [InlineData(200, "{\"status\":\"UP\"}")]
    [InlineData(503, "{\"status\":\"DOWN\"}")]
    public async Task Somebody_else_at_the_address_is_a_note(int status, string body)
    {
        var found = Assert.Single(await LookAsync(_ => new WebAnswer(status, body, new Reach.Open(null))));

        ReadyCases.Is(ReadyLight.Amber, "không bị ảnh hưởng", found);
        Assert.Contains("management.listen", found.ToDo!.Value.Vi, StringComparison.Ordinal);
    }

    /// <summary>On it sending does depend.</summary>
    [Fact]
    public async Task A_worker_that_says_itself_that_it_is_stuck_is_red_with_what_it_says()
    {
        const string Body = """
            {"status":"stuck","at":"2025-07-29T08:00:00Z","reasons":[{"code":"loop-stuck","about":"campaigns",
            "vi":"vòng lặp 'campaigns' không chạy tiếp.","en":"the loop 'campaigns' has not gone on."}],"notes":[]}
            """;

        var found = Assert.Single(await LookAsync(_ => new WebAnswer(503, Body, new Reach.Open(null))));
        var cutOff = Assert.Single(await LookAsync(_ => new WebAnswer(503, Body[..60], new Reach.Open(null))));

        ReadyCases.Is(ReadyLight.Red, "vòng lặp 'campaigns' không chạy tiếp.", found);
        Assert.DoesNotContain("không bị ảnh hưởng", found.Found.Vi, StringComparison.Ordinal);
        Assert.Contains("khởi động lại dịch vụ", found.ToDo!.Value.Vi, StringComparison.Ordinal);
        ReadyCases.Is(ReadyLight.Red, "đã treo", cutOff);
    }

    [Theory]
    [InlineData(true, ReadyLight.Green)]
    [InlineData(false, ReadyLight.Amber)]
    public async Task Without_a_worker_the_port_is_looked_at(bool isFree, ReadyLight light) => Assert.Equal(
        light, Assert.Single(await LookAsync(_ => Alive, runs: false, isFree: isFree)).Light);

    [Fact]
    public async Task Open_beyond_this_machine_is_said()
    {
        var found = await LookAsync(_ => Alive, listen: "http://10.0.0.5:9464");

        Assert.Equal([ReadyLight.Green, ReadyLight.Amber], found.Select(each => each.Light));
        Assert.Contains("mở ra ngoài máy này", found[1].Found.Vi, StringComparison.Ordinal);
    }

    static Task<IReadOnlyList<ReadyFinding>> LookAsync(
        Func<Uri, WebAnswer> answer, string listen = "http://127.0.0.1:9464", bool runs = true, bool isFree = true)
    {
        var about = ReadyCases.Of();
        return new ManagementCheck(
            new ReadyCases.Web(answer, isFree),
            _ => new WorkerSight(runs ? WorkerState.Runs : WorkerState.None, null)).LookAsync(
            about with
            {
                Installation = about.Installation with { Management = new ManagementSettings { Listen = listen } },
            },
            CancellationToken.None);
    }
}
