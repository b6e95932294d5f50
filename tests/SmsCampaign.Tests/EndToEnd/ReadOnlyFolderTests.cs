using System.Runtime.Versioning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>
/// The real program, as an account that may read the data folder and not write it, or not even read it. (As root it
/// runs without the right to pass by permissions.)
/// </summary>
[Trait("Category", "Slow")]
[UnsupportedOSPlatform("windows")]
public sealed class ReadOnlyFolderTests : IDisposable
{
    const UnixFileMode NoWriting = UnixFileMode.UserRead | UnixFileMode.UserExecute;
    const UnixFileMode All = NoWriting | UnixFileMode.UserWrite;

    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    readonly PreparationFolder _folder = new();
    readonly TempFolder _elsewhere = new();

    public ReadOnlyFolderTests()
    {
        var planned = _folder.Prepare().Planned!;
        var registry = Ledgers.OpenRegistry(_folder.Data);
        registry.Approve(new Approval
        {
            Campaign = Key.Campaign,
            Date = Key.DateText,
            Hash = planned.ApprovedHash,
            ApprovedBy = "Nguyễn Văn A",
            At = _folder.Time.GetUtcNow().ToSql(),
        });
        registry.SetState(Key, RunState.Approved, _folder.Time.GetUtcNow());
        Directory.CreateDirectory(_folder.Data.Marks);
    }

    public void Dispose()
    {
        foreach (var folder in Folders())
            File.SetUnixFileMode(folder, All);
        _folder.Dispose();
        _elsewhere.Dispose();
    }

    [Theory]
    [InlineData(0, "Phê duyệt còn đúng: Nguyễn Văn A", "status")]
    [InlineData(0, "\"approvalFits\":true", "status", "--json")]
    [InlineData(0, "Chuỗi kiểm toán đúng", "audit", "verify")]
    [InlineData(0, "Cân đối đúng", "report", "thu-nghiem", "--out", "OUT")]
    [InlineData(1, "chưa chuyển tin nào", "prove", "thu-nghiem")]
    [InlineData(0, "Không có kênh gửi nào đang dừng", "resume")]
    public async Task Looking_needs_no_right_to_write(int exit, string shown, params string[] verb)
    {
        Close(NoWriting);

        var result = await RunAsync(verb);

        Assert.True(result.ExitCode == exit, $"{result}");
        Assert.Contains(shown, Shown.Flat(result.Output + result.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.GetFiles(_folder.Data.Root, "*", SearchOption.AllDirectories),
            file => file.EndsWith("-wal", StringComparison.Ordinal));
    }

    /// <summary>Whether stand-in gateways run on this machine is not this test's.</summary>
    [Theory]
    [InlineData("doctor")]
    [InlineData("ready", "thu-nghiem")]
    public async Task Nor_does_looking_whether_all_is_ready(params string[] verb)
    {
        Close(NoWriting);

        var result = await RunAsync(verb);

        Assert.InRange(result.ExitCode, 0, 1);
        Assert.Contains("ĐƯỢC Sổ gửi tin: ", Shown.Flat(result.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_read_the_key_is_told_that_and_not_that_the_approval_is_void()
    {
        Close(NoWriting);
        File.SetUnixFileMode(_folder.Data.AuditKey, UnixFileMode.None);

        var result = await RunAsync("status");

        Assert.Equal(1, result.ExitCode); // what cannot be read is never "all is well"
        Assert.Contains("không đọc được", Shown.Flat(result.Errors), StringComparison.Ordinal);
        Assert.Contains(
            "Phê duyệt (tài khoản này không kiểm chứng được): Nguyễn Văn A",
            Shown.Flat(result.Output),
            StringComparison.Ordinal);
        Assert.DoesNotContain("KHÔNG gửi", result.Output + result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("KHÔNG xác nhận", result.Output + result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_process_that_sends_has_just_written_is_seen_too()
    {
        using var sending = SqliteDb.Open(_folder.Data.Ledger);
        sending.Execute("update approval set document = '77/KH'");
        sending.Execute("update audit set content = content"); // it stands in -wal
        Close(NoWriting);

        var result = await RunAsync("status");

        Assert.Contains("77/KH", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_a_killed_process_left_is_not_passed_over()
    {
        var copy = _elsewhere.File("wal");
        using (var db = SqliteDb.Open(_folder.Data.Ledger))
        {
            db.Execute("update run set state = 'Held'");
            File.Copy(_folder.Data.Ledger + "-wal", copy);
        }

        File.Copy(copy, _folder.Data.Ledger + "-wal");
        Close(NoWriting);

        var result = await RunAsync("status");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("phần mới nhất nằm trong tệp -wal", Shown.Flat(result.Errors), StringComparison.Ordinal);
        EnglishWords.AssertNone(result.Errors);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("report", "thu-nghiem")]
    [InlineData("audit", "verify")]
    [InlineData("plan", "CAMPAIGN")]
    [InlineData("worker")]
    public async Task A_folder_that_may_not_be_read_is_never_an_empty_one(params string[] verb)
    {
        Close(UnixFileMode.None);

        var result = await RunAsync(verb);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            $"không được đọc thư mục dữ liệu {_folder.Data.Root}", Shown.Flat(result.Errors), StringComparison.Ordinal);
        Assert.Contains("sudo sms-campaign-live", Shown.Flat(result.Errors), StringComparison.Ordinal);
        Assert.Equal("", result.Output);
        EnglishWords.AssertNone(result.Errors);
    }

    [Theory]
    [InlineData("plan", "CAMPAIGN")]
    [InlineData("worker")]
    [InlineData("report", "thu-nghiem")]
    [InlineData("approve", "CAMPAIGN", "--by", "B")]
    public async Task What_must_write_says_that_it_may_not(params string[] verb)
    {
        Close(NoWriting);

        var result = await RunAsync(verb);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(_folder.Data.Root, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("lỗi của chương trình", result.Errors, StringComparison.Ordinal);
        EnglishWords.AssertNone(result.Errors);
    }

    [Theory]
    [InlineData("data", "report", "thu-nghiem")]
    [InlineData("elsewhere", "report", "thu-nghiem", "--out", "OUT")]
    [InlineData("elsewhere", "report", "thu-nghiem", "--out", "OUT/a/b")]
    [InlineData("an old report", "report", "thu-nghiem", "--out", "OLD")]
    public async Task A_report_where_one_may_not_write_names_the_folder_and_the_way_out(
        string closed, params string[] verb)
    {
        var old = Directory.CreateDirectory(_elsewhere.File("old")).FullName;
        File.WriteAllText(Path.Combine(old, "tong-hop.csv"), "cũ");
        var folder = closed switch { "data" => _folder.Data.Root, "elsewhere" => _elsewhere.Path, _ => old };
        Close(NoWriting);
        File.SetUnixFileMode(folder, NoWriting);
        try
        {
            var result = await RunAsync(verb);

            var told = Shown.Flat(result.Errors);
            Assert.Equal(1, result.ExitCode);
            Assert.Contains($"không được ghi vào thư mục {folder}.", told, StringComparison.Ordinal);
            Assert.Contains("'sudo sms-campaign-live'", told, StringComparison.Ordinal);
            Assert.Contains("--out", told, StringComparison.Ordinal);
            Assert.DoesNotContain(".lock", told, StringComparison.Ordinal);
            Assert.DoesNotContain("Excel", told, StringComparison.Ordinal);
            EnglishWords.AssertNone(result.Errors);
        }
        finally
        {
            File.SetUnixFileMode(folder, All);
        }
    }

    /// <summary>Files within are what they were: who may not search a folder does not reach them.</summary>
    void Close(UnixFileMode mode)
    {
        foreach (var file in Directory.GetFiles(_folder.Data.Root, "*", SearchOption.AllDirectories))
            File.SetUnixFileMode(file, UnixFileMode.UserRead);
        foreach (var folder in Folders().Reverse())
            File.SetUnixFileMode(folder, mode);
    }

    IEnumerable<string> Folders() => [_folder.Data.Root, Path.Combine(_folder.Data.Root, "runs"), _folder.Data.Marks];

    async Task<ProgramResult> RunAsync(params string[] verb)
    {
        if (Environment.IsPrivilegedProcess)
            Machine.Needs("setpriv", "it takes from root the right to pass by permissions");
        string[] asOne = Environment.IsPrivilegedProcess
            ? ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
            : [];
        string[] all = [
            .. verb.Select(word => word.Replace("CAMPAIGN", _folder.CampaignFile, StringComparison.Ordinal)
                .Replace("OUT", _elsewhere.File("out"), StringComparison.Ordinal)
                .Replace("OLD", _elsewhere.File("old"), StringComparison.Ordinal)),
            "--data", _folder.Data.Root, "--installation", _folder.Installation];
        await using var program = ProgramUnderTest.StartThrough(asOne, _elsewhere.Path, all);
        return await program.WaitAsync();
    }
}
