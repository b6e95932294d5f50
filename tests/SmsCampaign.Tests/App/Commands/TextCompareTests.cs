using System.Text.RegularExpressions;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

/// <summary>sms-campaign text compare, with a campaign of three subscribers on two lanes.</summary>
public sealed partial class TextCompareTests : IDisposable
{
    const string Long = "Toàn dân tích cực tham gia phòng, chống mua bán người; thấy dấu hiệu thì gọi 111"; // 2 parts
    const string Short = "Thấy mua bán người, gọi 111";

    readonly PreparationFolder _folder = new();
    readonly TempFolder _texts = new();
    readonly StringWriter _output = new();
    readonly StringWriter _errors = new();

    public void Dispose()
    {
        _folder.Dispose();
        _texts.Dispose();
    }

    [Fact]
    public async Task Candidates_stand_side_by_side_with_parts_price_and_reading()
    {
        Assert.Equal(ExitCode.Done, await CompareAsync());

        Assert.Equal(["80", "27"], Row("Có dấu: số ký tự"));
        Assert.Equal(["2", "1"], Row("Có dấu: số phần"));
        Assert.Equal(["600-660", "300-330"], Row("Có dấu: đồng mỗi thuê bao"));
        Assert.Equal(["1", "1"], Row("Không dấu: số phần"));
        Assert.Equal(["17", "6"], Row("Câu dài nhất (tiếng)"));
        Assert.Equal(["dễ", "dễ"], Row("Đọc"));
        Assert.DoesNotContain("CHI PHÍ", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_campaign_the_cost_and_the_end_of_each_are_forecast_for_its_own_list()
    {
        Assert.Equal(ExitCode.Done, await CompareAsync("--campaign", _folder.CampaignFile));

        // Two on lane viettel at 320, one on vinaphone at 330.
        Assert.Equal(["6", "3"], Row("Có dấu: số phần", from: "CHI PHÍ"));
        Assert.Equal(["1.940 đồng", "970 đồng"], Row("Có dấu: chi phí", from: "CHI PHÍ"));
        Assert.Equal(["1", "1"], Row("Có dấu: số ngày gửi"));
    }

    [Fact]
    public async Task Subscribers_are_shared_as_in_the_list_and_more_accounts_are_done_sooner_at_the_same_cost()
    {
        string[] million = ["--campaign", _folder.CampaignFile, "--subscribers", "60000001"];
        Assert.Equal(ExitCode.Done, await CompareAsync(million));
        var (parts, cost, days) = (
            Row("Có dấu: số phần", "CHI PHÍ"), Row("Có dấu: chi phí", "CHI PHÍ"), Row("Có dấu: số ngày gửi"));
        _output.GetStringBuilder().Clear();
        Assert.Equal(ExitCode.Done, await CompareAsync([.. million, "--accounts", "2"]));

        Assert.Equal(["120.000.002", "60.000.001"], parts);
        Assert.Equal(parts, Row("Có dấu: số phần", "CHI PHÍ"));
        Assert.Equal(cost, Row("Có dấu: chi phí", "CHI PHÍ"));

        // 40 million times 2 parts at 500 a second are 160,000 s: 4 days of 12 hours, and 2 of two accounts.
        Assert.Equal(["4", "2"], days);
        Assert.Equal(["2", "1"], Row("Có dấu: số ngày gửi"));
        Assert.Contains("chia địa bàn thành nhiều chiến dịch", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_a_candidate_is_told_by_its_file_and_ends_with_2()
    {
        var broken = _texts.Write("hong.txt", "ph\uFFFDng ngừa");

        Assert.Equal(
            ExitCode.InputHasProblems, await RunAsync("text", "compare", _texts.Write("b.txt", Short), broken));

        Assert.StartsWith($"{broken}:1:3: lỗi: ", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(["0", "1"], Row("Lỗi"));
    }

    [Fact]
    public async Task What_is_not_checked_of_a_language_without_a_table_is_said()
    {
        Assert.Equal(ExitCode.Done, await CompareAsync("--language", "cma"));

        Assert.Contains("Chưa có bảng chữ cái của tiếng Mạ", _errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--accounts 2", "--accounts chỉ dùng cùng --campaign")]
    [InlineData("--language tiếng", "'tiếng' không phải mã ngôn ngữ")]
    [InlineData("--campaign a.yaml --accounts 21", "--accounts phải từ 1 tới 20")]
    [InlineData("--campaign a.yaml --subscribers 0", "--subscribers phải từ 1 tới")]
    [InlineData("--campaign khong-co.yaml", "khong-co.yaml")]
    public async Task What_cannot_be_asked_is_refused(string options, string expected)
    {
        Assert.Equal(ExitCode.InputHasProblems, await CompareAsync(options.Split(' ')));

        Assert.Contains(expected, _errors.ToString(), StringComparison.Ordinal);
    }

    Task<int> CompareAsync(params string[] options) => RunAsync(
        ["text", "compare", _texts.Write("a.txt", Long + "\n"), _texts.Write("b.txt", Short + "\n"), .. options]);

    Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(
        [.. arguments, "--data", _folder.Data.Root, "--installation", _folder.Installation],
        new Terminal(_output, _errors, Language.Vietnamese, outputIsTerminal: false),
        CancellationToken.None);

    /// <summary>The cells of the row of a name, the first after some words.</summary>
    List<string> Row(string name, string from = "SO SÁNH")
    {
        var shown = _output.ToString();
        var line = shown[shown.IndexOf(from, StringComparison.Ordinal)..].Split('\n')
            .First(line => line.StartsWith($"  {name} ", StringComparison.Ordinal));
        return [.. Gap().Split(line.Trim()).Skip(1)];
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Gap();
}
