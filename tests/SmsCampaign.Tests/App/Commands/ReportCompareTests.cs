using System.Text.Json;
using SmsCampaign.App;

namespace SmsCampaign.Tests.App.Commands;

/// <summary>Two reports side by side.</summary>
public sealed class ReportCompareTests : ReportFolderCase
{
    string Other => _folder.File("khac");

    [Fact]
    public async Task A_report_beside_the_ledger_of_now_shows_what_is_other_within_80_columns()
    {
        await WriteAsync();
        Deliver();

        var code = await RunAsync("report", "--compare", Report, "mau");

        Assert.True(code == ExitCode.Done, Errors);

        Assert.Matches(@"Thuê bao nhận tin +11 +11 +0", Output);
        Assert.Matches(@"Thành công +5 +6 +\+1", Output);
        Assert.All(Output.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= 80, line));
        Assert.DoesNotContain("Không so được", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rates_of_another_meaning_or_of_what_was_not_sent_are_not_compared_and_that_is_said()
    {
        await WriteAsync();
        Copy();
        Replace("theo-kenh.csv", ",tới máy thuê bao,", ",tới mạng di động,");

        await RunAsync("report", "--compare", Report, Other, "--json");

        var both = JsonDocument.Parse(Output).RootElement;
        Assert.Equal(JsonValueKind.Null, both.GetProperty("rateDifference").ValueKind);
        var viettel = both.GetProperty("carriers").EnumerateArray().Single(
            carrier => carrier.GetProperty("name").GetString() == "Viettel");
        Assert.Equal(JsonValueKind.Null, viettel.GetProperty("rateDifference").ValueKind);
        Assert.Contains("Viettel: thành công ở A là tới máy thuê bao, ở B là tới mạng di động", Output);

        Copy();
        var mode = File.ReadLines(FileOf("tong-hop.csv")).Single(
            line => line.StartsWith("Chế độ,", StringComparison.Ordinal));
        Replace(
            "tong-hop.csv", mode, "Chế độ,\"MÔ PHỎNG: chạy thử với mạng mô phỏng, không tin nào tới máy thật\",");
        Replace("kiem-tra.txt", "tong-hop", "tong-hop");

        await RunAsync("report", "--compare", Report, Other);

        Assert.Contains("Một bên gửi thật, một bên không", Output, StringComparison.Ordinal);
        Assert.Matches(@"Tỷ lệ thành công +[\d,]+% +[\d,]+% +—", Output);
    }

    [Fact]
    public async Task Areas_are_the_same_by_name_whatever_they_are_said_to_be()
    {
        await WriteAsync();
        const string area = "Phường Buôn Ma Thuột";
        Copy();
        Replace("theo-dia-ban-nha-mang.csv", $",{area},", ",P.  BUÔN MA THUỘT,");

        await RunAsync("report", "--compare", Report, Other, "--json");

        var both = JsonDocument.Parse(Output).RootElement;
        Assert.Contains(
            both.GetProperty("areas").EnumerateArray(), pair => pair.GetProperty("name").GetString() == area);
        Assert.Empty(both.GetProperty("areasOnlyInA").EnumerateArray());
        Assert.Empty(both.GetProperty("areasOnlyInB").EnumerateArray());
    }

    [Fact]
    public async Task A_report_in_english_is_read_like_one_in_vietnamese()
    {
        await WriteAsync("--lang", "en");

        Assert.Equal(ExitCode.Done, await RunAsync("report", "--compare", Report, "mau/2025-07-30", "--lang", "en"));

        Assert.Matches(@"Recipients +11 +11 +0", Output);
        Assert.Matches(@"Success rate +45\.45% +45\.45% +0\.00", Output);
    }

    [Theory]
    [InlineData("report --compare . mau", "không đọc được báo cáo")]
    [InlineData("report --compare 2025 2024", "là năm, nên phải ghi thêm chiến dịch")]
    [InlineData("report --compare 2024 2025 mau", "2024: không phải thư mục báo cáo, cũng không phải lượt gửi")]
    [InlineData("report --compare khac mau", "Đã có: mau/2025-07-30")]
    public async Task What_is_no_report_is_refused_with_what_there_is(string line, string said)
    {
        Assert.Equal(ExitCode.InputHasProblems, await RunAsync(line.Split(' ')));

        Assert.Contains(said, Errors, StringComparison.Ordinal);
    }

    void Copy()
    {
        Directory.CreateDirectory(Other);
        foreach (var file in Directory.GetFiles(Report))
            File.Copy(file, Path.Combine(Other, Path.GetFileName(file)), overwrite: true);
    }

    void Replace(string name, string before, string after)
    {
        var path = Path.Combine(Other, name);
        var text = File.ReadAllText(path);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(before, after, StringComparison.Ordinal));
    }
}
