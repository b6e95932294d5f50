using System.Globalization;
using ICSharpCode.SharpZipLib.Zip;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Reports;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

public sealed class ReportCommandTests : IDisposable
{
    static readonly DateTimeOffset Noon = new(2025, 7, 30, 5, 0, 0, TimeSpan.Zero);

    readonly TempFolder _folder = new();
    readonly StringWriter _output = new();
    readonly StringWriter _errors = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_that_balances_is_reported_into_its_folder()
    {
        AddRun("2025-07-30");

        Assert.Equal(ExitCode.Done, await RunAsync("report", "mau"));

        Assert.True(File.Exists(_folder.File("reports/mau/tong-hop.csv")));
        Assert.Contains(
            "Cân đối đúng: số dòng danh sách 15 = loại trừ 4 + ", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("SỐ LIỆU TẠM THỜI: lượt gửi chưa xong.", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_errors.ToString());
    }

    [Fact]
    public async Task Rule_7_a_run_that_does_not_balance_is_said_so_and_exits_with_1()
    {
        SmallLedger.Change(AddRun("2025-07-30"), "delete from message where seq = 1 << 28 | 4");

        Assert.Equal(ExitCode.CouldNot, await RunAsync("report", "mau", "--lang", "en"));

        Assert.StartsWith("Does NOT balance, difference 1: audience 15;", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_cannot_go_where_a_file_is()
    {
        AddRun("2025-07-30");
        var file = _folder.Write("bao-cao.txt", "");

        Assert.Equal(ExitCode.CouldNot, await RunAsync("report", "mau", "--out", file));

        Assert.StartsWith($"Không ghi được báo cáo: {file} là một tệp", _errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(28, false)] // ENOSPC
    [InlineData(unchecked((int)0x80070070), false)] // ERROR_DISK_FULL
    [InlineData(13, true)]
    public void Of_a_full_disk_nobody_is_sent_to_look_for_an_open_spreadsheet(int code, bool asksForExcel)
    {
        var exit = RunReporting.SayUnwritable(
            new Terminal(_output, _errors, Language.Vietnamese, outputIsTerminal: false),
            "bao-cao",
            new IOException("no", code));

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Equal(asksForExcel, $"{_errors}".Contains("Excel", StringComparison.Ordinal));
        Assert.Equal(!asksForExcel, $"{_errors}".Contains("đĩa đã đầy", StringComparison.Ordinal));
    }

    [Fact]
    public void Counts_of_the_balance_are_grouped_as_everywhere_else()
    {
        var balance = new SmsCampaign.Reports.Balance(1_234_567, [new(null, 1_234_567)], 0, []);

        RunReporting.SayBalance(new Terminal(_output, _errors, Language.Vietnamese, outputIsTerminal: false), balance);

        Assert.Equal("Cân đối đúng: số dòng danh sách 1.234.567 = loại trừ 1.234.567", _output.ToString().Trim());
    }

    [Fact]
    public async Task A_campaign_is_found_by_its_file_and_the_report_goes_where_it_is_told()
    {
        AddRun("2025-07-30");

        Assert.Equal(
            ExitCode.Done, await RunAsync("report", _folder.File("mau.yaml"), "--out", _folder.File("elsewhere")));

        Assert.True(File.Exists(_folder.File("elsewhere/tong-hop.csv")));
    }

    [Fact]
    public async Task Of_several_runs_the_newest_is_taken_unless_a_date_is_given()
    {
        AddRun("2024-07-30");
        AddRun("2025-07-30");

        await RunAsync("report", "mau");
        await RunAsync("report", "mau", "--date", "30/7/2024");

        var said = _output
            .ToString()
            .Split('\n')
            .Where(line => line.StartsWith("Báo cáo", StringComparison.Ordinal))
            .Select(line => line.Trim());
        Assert.Equal(["Báo cáo lượt gửi mau, ngày 30/07/2025:", "Báo cáo lượt gửi mau, ngày 30/07/2024:"], said);
    }

    [Theory]
    [InlineData("report nobody", "Chưa có lượt gửi nào của chiến dịch 'nobody'")]
    [InlineData("prove campaign.yaml", "Đã có của: mau. Hãy ghi một mã trong đó")]
    [InlineData("report mau --date 2023-07-30", "Hãy chọn một trong: --date 2025-07-30")]
    [InlineData("report mau --simulate", "Hãy chọn một trong: --date 2025-07-30")]
    [InlineData("report mau --date 30-7", "'30-7' không phải là ngày")]
    [InlineData("report mau --unmasked", "phải có --by")]
    public async Task Bad_input_is_told_with_what_there_is_instead(string line, string expected)
    {
        AddRun("2025-07-30");

        Assert.Equal(ExitCode.InputHasProblems, await RunAsync(line.Split(' ')));

        Assert.Contains(expected, _errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("reports")));
    }

    [Fact]
    public async Task Looking_for_a_run_makes_no_installation()
    {
        Assert.Equal(ExitCode.InputHasProblems, await RunAsync("report", "mau"));

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Rule_9_who_asked_for_numbers_in_full_is_recorded()
    {
        AddRun("2025-07-30");

        Assert.Equal(ExitCode.Done, await RunAsync("report", "mau", "--unmasked", "--by", "Trần Thị B"));

        Assert.True(File.Exists(_folder.File("so-day-du/mau/chi-tiet.csv")));
        Assert.Empty(Directory.GetDirectories(_folder.File("reports/mau")));
        using var ledger = new SqliteConnection($"Data Source={_folder.File("ledger.db")};Pooling=False");
        ledger.Open();
        using var query = new SqliteCommand(
            "select who || '|' || what || '|' || detail || '|' || at from event", ledger);
        Assert.Equal("Trần Thị B|report-unmasked|mau/2025-07-30|2025-07-30T05:00:00.000Z", query.ExecuteScalar());
    }

    [Theory]
    [InlineData("report mau --encrypt", "chỉ dùng cùng --unmasked")]
    [InlineData("report mau --unmasked --by A --password-file x", "chỉ dùng cùng --encrypt")]
    [InlineData("report mau --unmasked --by A --out {0}/a --unmasked-out {0}/a/b", "không được nằm chung với báo cáo")]
    [InlineData("report mau --unmasked --by A --out {0}/a/b --unmasked-out {0}/a", "không được nằm chung với báo cáo")]
    [InlineData("report mau --out {0}/nul", "là tên thiết bị của Windows")]
    [InlineData("report mau --unmasked --by A --encrypt --password-file {0}/short", "ngắn hơn 12 ký tự")]
    [InlineData(
        "report mau --unmasked --by A --encrypt --password-file {0}/open",
        "mọi tài khoản trên máy đều mở được tệp mật khẩu này. Hãy chạy chmod 600")]
    [InlineData("report mau --unmasked --by A --encrypt --password-file /dev/zero", "không đọc được tệp mật khẩu")]
    public async Task Numbers_in_full_are_not_written_where_they_must_not_lie(string line, string expected)
    {
        AddRun("2025-07-30");
        WritePassword("short", "ngắn\n");
        WritePassword("open", "một mật khẩu đủ dài\n", UnixFileMode.OtherRead);

        Assert.Equal(
            ExitCode.InputHasProblems,
            await RunAsync(string.Format(CultureInfo.InvariantCulture, line, _folder.Path).Split(' ')));

        Assert.Contains(expected, _errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("so-day-du")));
        Assert.False(Directory.Exists(_folder.File("a")));
    }

    [Fact]
    public async Task Numbers_in_full_are_packed_behind_the_password_of_a_file()
    {
        AddRun("2025-07-30");
        WritePassword("mat-khau", "một mật khẩu đủ dài\nghi chú\n");

        Assert.Equal(ExitCode.Done, await RunAsync(
            "report",
            "mau",
            "--unmasked",
            "--by",
            "Trần Thị B",
            "--encrypt",
            "--password-file",
            _folder.File("mat-khau"),
            "--unmasked-out",
            _folder.File("usb")));

        Assert.Contains(_folder.File("usb/mau-2025-07-30.zip"), _output.ToString(), StringComparison.Ordinal);
        Assert.Matches("84[0-9]{9}", Open("một mật khẩu đủ dài"));
        Assert.ThrowsAny<ZipException>(() => Open("một mật khẩu khác dài"));
        Assert.ThrowsAny<ZipException>(() => Open(null));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.File("so-day-du")));
        Assert.DoesNotContain("mật khẩu đủ", _output.ToString() + _errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("usb")]
    [InlineData("usb/")] // which leads where the link does
    public async Task Numbers_in_full_are_not_written_through_a_link_that_is_named(string named)
    {
        AddRun("2025-07-30");
        WritePassword("mat-khau", "một mật khẩu đủ dài\n");
        var elsewhere = Directory.CreateDirectory(_folder.File("noi-khac")).FullName;
        Directory.CreateSymbolicLink(_folder.File("usb"), elsewhere);
        string[] asked =
            ["report", "mau", "--unmasked", "--by", "Trần Thị B", "--unmasked-out", $"{_folder.Path}/{named}"];

        Assert.Equal(ExitCode.InputHasProblems, await RunAsync(asked));
        Assert.Equal(
            ExitCode.InputHasProblems,
            await RunAsync([.. asked, "--encrypt", "--password-file", _folder.File("mat-khau")]));

        Assert.Equal(3, _errors.ToString().Split($"là một liên kết (tới {elsewhere})").Length);
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
    }

    [Fact]
    public async Task The_data_folders_own_place_for_numbers_in_full_may_be_a_link_to_a_larger_disk()
    {
        AddRun("2025-07-30");
        WritePassword("mat-khau", "một mật khẩu đủ dài\n");
        Directory.CreateDirectory(_folder.File("disk"));
        Directory.CreateSymbolicLink(_folder.File("so-day-du"), _folder.File("disk"));

        Assert.Equal(
            ExitCode.Done,
            await RunAsync("report", "mau", "--unmasked", "--by", "Trần Thị B", "--encrypt", "--password-file", _folder
                .File("mat-khau")));

        Assert.Single(Directory.GetFiles(_folder.File("disk"), "*.zip"));
    }

    /// <returns>chi-tiet.csv of the archive.</returns>
    string Open(string? password)
    {
        using var zip = new ZipFile(_folder.File("usb/mau-2025-07-30.zip")) { Password = password };
        Assert.All(zip.Cast<ZipEntry>(), entry => Assert.Equal((true, 256), (entry.IsCrypted, entry.AESKeySize)));
        using var content = new StreamReader(zip.GetInputStream(zip.GetEntry("chi-tiet.csv")));
        return content.ReadToEnd();
    }

    void WritePassword(string name, string text, UnixFileMode others = UnixFileMode.None)
    {
        _folder.Write(name, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
    }

    /// <returns>Its ledger.</returns>
    string AddRun(string date)
    {
        var data = new DataFolder(_folder.Path);
        var key = new RunKey("mau", DateOnly.Parse(date, CultureInfo.InvariantCulture), Simulated: false);
        var made = SmallLedger.Make(_folder.File("made"));
        Directory.CreateDirectory(_folder.File("runs"));
        File.Move(made, data.Run(key));

        Ledgers.OpenRegistry(data).AddRun(
            new RunRecord
            {
                Key = key.ToString(),
                Campaign = "mau",
                Date = date,
                Code = "mau" + date[..4],
                State = RunState.Finished,
                File = Path.GetRelativePath(data.Root, data.Run(key)),
                CampaignFile = _folder.File("mau.yaml"),
                Definition = "id: mau",
                DefinitionHash = "d",
                AudienceHash = "a",
                PlanHash = "p",
            },
            Noon);
        return data.Run(key);
    }

    Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(
        [.. args, "--data", _folder.Path],
        new Terminal(_output, _errors, SharedOptions.LanguageOf(args), outputIsTerminal: false)
        {
            Time = new FakeTimeProvider(Noon),
        },
        CancellationToken.None);
}
