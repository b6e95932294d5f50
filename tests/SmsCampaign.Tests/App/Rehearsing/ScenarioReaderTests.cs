using SmsCampaign.App.Rehearsing;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Office;

namespace SmsCampaign.Tests.App.Rehearsing;

public sealed class ScenarioReaderTests
{
    static readonly RehearsedCampaign Campaign = new(
        null!,
        new DateOnly(2025, 7, 30),
        [new Lane("viettel", new HttpLaneOptions()), new Lane("vnpt", new HttpLaneOptions())],
        new Dictionary<string, string> { ["viettel"] = "viettel", ["vinaphone"] = "vnpt" });

    readonly List<Problem> _problems = [];

    [Fact]
    public void Everything_that_can_go_wrong_is_read()
    {
        var scenario = Read(
            ["vinaphone@10:00-11:30", "VIETTEL@9:00-9:30"],
            ["vnpt@08:00-20:00:x0.5", "viettel@08:00-09:00:x0,25"],
            ["Viettel"],
            ["18:00-18:10", "13:05-13:40"]);

        Assert.Empty(_problems);
        Assert.Equal([("vnpt", Hours(10, 0, 11, 30)), ("viettel", Hours(9, 0, 9, 30))], scenario.Outages);
        Assert.Equal(
            [("vnpt", Hours(8, 0, 20, 0), 0.5), ("viettel", Hours(8, 0, 9, 0), 0.25)], scenario.Slow);
        Assert.Equal(["viettel"], scenario.NoReceipts);
        Assert.Equal([Hours(13, 5, 13, 40), Hours(18, 0, 18, 10)], scenario.PowerCuts);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once_with_what_may_have_been_meant()
    {
        Read(
            ["vinaphon@10:00-11:30", "viettel", "viettel@11:30-10:00"],
            ["viettel@08:00-20:00:x1.5"],
            ["mobifone"],
            ["13:05", "25:00-26:00"]);

        Assert.Equal(7, _problems.Count);
        Assert.Contains("Có phải là 'vinaphone' không? Các tên dùng được: viettel, vnpt, vinaphone.", Said(0));
        Assert.StartsWith("--outage 'viettel': không đọc được. Hãy viết như vinaphone@10:00-11:30", Said(1));
        Assert.StartsWith("--outage 'viettel@11:30-10:00'", Said(2));
        Assert.StartsWith("--slow 'viettel@08:00-20:00:x1.5'", Said(3));
        Assert.StartsWith("--no-receipts: chiến dịch không có kênh gửi hay nhà mạng nào tên 'mobifone'.", Said(4));
        Assert.StartsWith("--power-cut '13:05'", Said(5));
        Assert.StartsWith("--power-cut '25:00-26:00'", Said(6));
    }

    [Theory]
    [InlineData("x0")]
    [InlineData("x1")]
    [InlineData("x-0.5")]
    [InlineData("xNaN")]
    [InlineData("0.5")]
    [InlineData("x")]
    [InlineData("")]
    public void A_share_is_more_than_nothing_and_less_than_all(string share)
    {
        Read([], [$"viettel@08:00-20:00:{share}"], [], []);

        Assert.Single(_problems);
    }

    /// <summary>Which of them would hold is nobody's guess.</summary>
    [Fact]
    public void Hours_that_overlap_are_refused_where_two_things_would_be_true()
    {
        Read(
            ["viettel@08:00-10:00", "viettel@09:00-11:00"], // away is away
            ["viettel@08:00-10:00:x0.5", "viettel@09:00-11:00:x0.2", "vnpt@09:00-11:00:x0.2"],
            [],
            ["13:00-14:00", "13:30-15:00", "15:00-16:00"]);

        Assert.Equal(3, _problems.Count);
        Assert.StartsWith("--slow 'viettel@09:00-11:00:x0.2': trùng giờ", Said(0));
        Assert.StartsWith("--power-cut '13:30-15:00': trùng hoặc liền", Said(1));
        Assert.StartsWith("--power-cut '15:00-16:00': trùng hoặc liền", Said(2));
    }

    /// <summary>Of names nothing is known, of what can be read all the same.</summary>
    [Fact]
    public void Where_the_campaign_cannot_be_read_only_what_is_unreadable_is_said()
    {
        new ScenarioReader(null, _problems).Read(new WrittenScenario(["ai@10:00-11:00"], ["ai"], ["ai"], ["13"]));

        Assert.Equal(2, _problems.Count);
        Assert.StartsWith("--slow 'ai'", Said(0));
        Assert.StartsWith("--power-cut '13'", Said(1));
    }

    Scenario Read(string[] outages, string[] slow, string[] noReceipts, string[] powerCuts) =>
        new ScenarioReader(Campaign, _problems).Read(new WrittenScenario(outages, slow, noReceipts, powerCuts));

    string Said(int at) => _problems[at].What.Vi;

    static DayHours Hours(int from, int minute, int to, int toMinute) =>
        new(new TimeOnly(from, minute), new TimeOnly(to, toMinute));
}
