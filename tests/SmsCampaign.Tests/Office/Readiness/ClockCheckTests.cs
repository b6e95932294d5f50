using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Office.Readiness;

public sealed class ClockCheckTests
{
    static string Chrony(string off, string leap) =>
        $"A29FC87B,time.example,3,1753776000.1,{off},-0.000001,0.000002,-7.5,0.001,0.02,0.01,0.001,64.2,{leap}\n";

    [Theory]
    [InlineData("-0.000012345", "Normal", ReadyLight.Green, "đã đồng bộ, lệch 0,000 giây (chrony)")]
    [InlineData("1.5", "Normal", ReadyLight.Amber, "lệch 1,500 giây (chrony)")]
    [InlineData("-42.25", "Normal", ReadyLight.Red, "lệch 42,250 giây (chrony)")]
    [InlineData("0.0", "Not synchronised", ReadyLight.Amber, "CHƯA đồng bộ với máy chủ giờ (chrony)")]
    public async Task Chrony_says_how_far_off_it_is(string off, string leap, ReadyLight light, string said) =>
        ReadyCases.Is(light, said, await LookAsync(("chronyc", 0, Chrony(off, leap))));

    [Theory]
    [InlineData("yes", ReadyLight.Green, "đã đồng bộ (systemd)")]
    [InlineData("no", ReadyLight.Amber, "CHƯA đồng bộ với máy chủ giờ (systemd)")]
    public async Task Systemd_says_whether_it_is_held(string answer, ReadyLight light, string said) =>
        ReadyCases.Is(light, said, await LookAsync(
            ("chronyc", 1, "506 Cannot talk to daemon"), ("timedatectl", 0, $"NTPSynchronized={answer}\n")));

    /// <summary>timedatectl knows nothing of a clock that chrony holds without the kernel.</summary>
    [Fact]
    public async Task One_that_says_that_it_is_held_is_enough() => ReadyCases.Is(
        ReadyLight.Green,
        "(systemd)",
        await LookAsync(
            ("chronyc", 0, ",,0,0.0,0.0,0,0,0,0,0,0,0,0,Not synchronised"), ("timedatectl", 0, "NTPSynchronized=yes")));

    [Theory]
    [InlineData("Leap Indicator: 0(no warning)\r\nStratum: 4", ReadyLight.Green)]
    [InlineData("Chỉ báo nhuận: 3(not synchronized)\r\nStratum: 0", ReadyLight.Amber)]
    public void Windows_says_it_by_a_number_whatever_its_language(string output, ReadyLight light) =>
        Assert.Equal(light, ClockCheck.ReadWindows(output)?.Light);

    [Fact]
    public async Task Where_nobody_can_say_it_is_not_known_and_never_green()
    {
        var found = await LookAsync();

        ReadyCases.Is(ReadyLight.Amber, "chưa kiểm tra được: máy này không có chrony", found);
        Assert.NotNull(found.ToDo);
    }

    [Fact]
    public async Task What_makes_no_sense_says_nothing() => ReadyCases.Is(
        ReadyLight.Amber, "chưa kiểm tra được", await LookAsync(("chronyc", 0, "?"), ("timedatectl", 0, "?")));

    static Task<ReadyFinding> LookAsync(params (string Program, int Code, string Output)[] there) =>
        new ClockCheck(new ReadyCases.Programs(
            [.. there.Select(each => (each.Program, new ProgramAnswer(each.Code, each.Output)))]))
            .LookAsync(ReadyCases.Of());
}
