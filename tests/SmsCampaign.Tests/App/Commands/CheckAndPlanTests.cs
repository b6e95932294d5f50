using System.Text.Json;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

/// <summary>The verbs run on the machine's clock, so the campaign is always simulated or yearly here.</summary>
public sealed class CheckAndPlanTests : IDisposable
{
    readonly PreparationFolder _folder = new();
    readonly StringWriter _output = new();
    readonly StringWriter _errors = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_shows_an_officer_what_would_happen_and_stores_nothing()
    {
        var exit = await RunAsync(Language.Vietnamese, "check", "--simulate");

        Assert.Equal(ExitCode.Done, exit);
        Assert.Empty(_errors.ToString());
        var lines = _output.ToString().Split('\n').Select(line => line.TrimEnd()).ToList();
        Assert.Contains("  Toàn dân phòng, chống mua bán người", lines);
        Assert.Contains("  Sẽ gửi: 35 ký tự · Unicode (UCS-2) · 1 phần", lines);
        Assert.Contains("  Nếu bỏ dấu: 35 ký tự · GSM 7 bit · 1 phần", lines);
        Assert.Contains("  Nhóm nhận tin   Viettel   VinaPhone   Cộng", lines);
        Assert.Contains("  toan-tinh             2           1      3", lines);
        Assert.Contains("  5 dòng = 3 thuê bao nhận tin + 2 loại trừ", lines);
        Assert.Contains("  Có dấu (sẽ gửi)         3   970 đồng   30/07/2025 08:01", lines);
        Assert.Contains(
            "  viettel     500 phần/giây        2         2   640 đồng   1 giây     "
                + "08:00              08:01             có",
            lines);
        Assert.False(Directory.Exists(_folder.Data.Root));
    }

    [Fact]
    public async Task Plan_shows_the_batches_and_what_is_to_be_approved()
    {
        var exit = await RunAsync(Language.English, "plan", "--simulate", "--lang", "en");

        Assert.Equal(ExitCode.Done, exit);
        var hash = _folder.Prepare(simulated: true).Planned!.ApprovedHash;
        Assert.Contains($"  To approve     {hash}", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "  viettel           1            up to 2          2", _output.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.Ledger(simulated: true)));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("plan")]
    public async Task A_problem_exits_with_2_and_is_told_with_its_line(string verb)
    {
        _folder.Edit("campaign.yaml", "messages: 100,", "messages: 2,");

        var exit = await RunAsync(Language.Vietnamese, verb, "--simulate");

        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.StartsWith(
            $"{_folder.CampaignFile}:23:11 [limits.messages]: lỗi: Có 3 thuê bao, vượt mức 2 tin đã đặt",
            _errors.ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("plan")]
    public async Task With_json_the_same_is_an_object(string verb)
    {
        Assert.Equal(ExitCode.Done, await RunAsync(Language.English, verb, "--simulate", "--json"));

        var root = JsonDocument.Parse(_output.ToString()).RootElement;
        var campaign = root.GetProperty("campaign");
        Assert.True(root.GetProperty("ok").GetBoolean());
        Assert.Equal(3, campaign.GetProperty("audience").GetProperty("recipients").GetInt64());
        Assert.Equal(970, campaign.GetProperty("cost").GetProperty("sent").GetProperty("costVnd").GetDecimal());
        Assert.Equal(
            "2025-07-30T08:00:00+07:00",
            campaign.GetProperty("forecast").GetProperty("lanes")[0].GetProperty("start").GetString());
        Assert.Equal(64, campaign.GetProperty("hashes").GetProperty("approved").GetString()!.Length);
        Assert.Equal(verb == "plan" ? JsonValueKind.Object : JsonValueKind.Null, root.GetProperty("run").ValueKind);
    }

    [Theory]
    [InlineData(
        "2025-07-31T21:00:00+07:00",
        "hold",
        "Ngày gửi 30/07/2025 đã qua (hôm nay là 31/07/2025) nên không gửi được nữa.")]
    [InlineData(
        "2025-07-30T21:00:00+07:00",
        "hold",
        "Khung giờ gửi hôm nay (30/07/2025) đã đóng lúc 20:00 nên không gửi được nữa.")]
    [InlineData(
        "2025-07-30T21:00:00+07:00",
        "next-day",
        "Khung giờ gửi ngày 30/07/2025 đã đóng lúc 20:00. Còn gửi được từ 31/07/2025 08:00")]
    [InlineData("2025-07-30T19:59:00+07:00", "hold", null)]
    public async Task A_date_that_is_past_or_closed_for_today_is_said_plainly(
        string now, string leftovers, string? told)
    {
        _folder.Time.SetUtcNow(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        _folder.Edit("campaign.yaml", "leftovers: next-day", $"leftovers: {leftovers}");

        await RunAsync(Language.Vietnamese, "check");

        var shown = _output.ToString() + _errors;
        if (told is null)
            Assert.DoesNotContain("đã đóng", shown, StringComparison.Ordinal);
        else
            Assert.Contains(told, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_that_is_none_is_refused_as_wrong_usage()
    {
        Assert.Equal(ExitCode.CouldNot, await RunAsync(Language.Vietnamese, "check", "--date", "30/7"));
        Assert.Contains(
            "Ngày phải viết dạng 30/7/2025 hoặc 2025-07-30, nhưng đang là '30/7'.",
            _errors.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_is_taken_as_people_here_write_it()
    {
        Assert.Equal(ExitCode.Done, await RunAsync(Language.Vietnamese, "check", "--simulate", "--date", "30/7/2025"));
    }

    public static TheoryData<string> Verbs =>
    [
        .. CommandLine.Verbs.Select(create =>
            create(new Terminal(TextWriter.Null, TextWriter.Null, Language.Vietnamese, outputIsTerminal: false)).Name),
    ];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_in_Vietnamese_has_no_word_of_the_librarys_English(string verb)
    {
        Assert.Equal(ExitCode.Done, await CommandLine.RunAsync(
            [verb, "--help"],
            new Terminal(_output, _errors, Language.Vietnamese, outputIsTerminal: false),
            CancellationToken.None));

        var shown = _output.ToString();
        Assert.DoesNotContain("REQUIRED", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("default", shown, StringComparison.Ordinal);
        Assert.DoesNotMatch("<[a-z-]+>", shown); // what stands for a value, unless it is a choice
        Assert.DoesNotMatch(@"\(mặc định.*\[mặc định", shown);
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_said_with_a_way_out()
    {
        await File.WriteAllTextAsync(_folder.Data.Root, "");

        Assert.Equal(ExitCode.CouldNot, await RunAsync(Language.Vietnamese, "plan", "--simulate"));

        Assert.Contains(
            $"{_folder.Data.Root} là một tệp, không phải thư mục dữ liệu.",
            Shown.Flat(_errors.ToString()),
            StringComparison.Ordinal);
        Assert.Contains("--data", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_that_is_none_is_said_to_be_broken()
    {
        Directory.CreateDirectory(_folder.Data.Root);
        await File.WriteAllTextAsync(_folder.Data.Ledger, "một tệp nào đó, không phải sổ gửi tin");

        Assert.Equal(ExitCode.CouldNot, await RunAsync(Language.Vietnamese, "plan", "--simulate"));

        Assert.Contains($"Tệp {_folder.Data.Ledger} bị hỏng", _errors.ToString(), StringComparison.Ordinal);
    }

    Task<int> RunAsync(Language language, string verb, params string[] arguments) => CommandLine.RunAsync(
        [verb, _folder.CampaignFile, "--installation", _folder.Installation, "--data", _folder.Data.Root, .. arguments],
        new Terminal(_output, _errors, language, outputIsTerminal: false) { Time = _folder.Time },
        CancellationToken.None);
}
