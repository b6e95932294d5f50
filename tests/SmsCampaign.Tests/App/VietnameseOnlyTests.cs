using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Backups;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Words;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App;

/// <summary>Whatever goes wrong, what the officer reads is Vietnamese: neither SQLite's, nor .NET's, nor an
/// engineer's English.</summary>
[Trait("Category", "Slow")]
public sealed class VietnameseOnlyTests : IDisposable
{
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2099, 7, 30), Simulated: false);

    readonly PreparationFolder _folder = new();

    public VietnameseOnlyTests()
    {
        // The verbs run on the machine's clock.
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "date: 2099-07-30");
        _folder.Edit("campaign.yaml", "reportBy: 2025-09-30", "reportBy: 2099-09-30");
    }

    DataFolder Data => _folder.Data;

    string Folder => Path.GetDirectoryName(_folder.CampaignFile)!;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("update approval set approved_by = 'X'", "phê duyệt số 1: đã bị sửa")]
    [InlineData("delete from approval", "phê duyệt số 1: có ở dòng")]
    [InlineData(
        "insert into approval (campaign, date, hash, approved_by, at) select campaign, date, "
            + "hash, 'X', at from approval",
        "phê duyệt số 2: không có trong chuỗi")]
    [InlineData(
        "update approval set voided_at = at, void_reason_vi = 'x', void_reason_en = 'x'",
        "phê duyệt số 1: bị ghi là hết hiệu lực")]
    [InlineData(
        "insert into event (at, who, what, detail) values ('2025-07-01T02:00:00.0000000Z', 'X', 'restore', '')",
        "sự kiện số 1: không có trong chuỗi")]
    [InlineData(
        "insert into decision (campaign, date, due_at, at, what, reason_vi, reason_en) select campaign, date, at, at, "
            + "'held', 'x', 'x' from approval",
        "quyết định số 1: không có trong chuỗi")]
    [InlineData("update audit set content = 'x' where id = 2", "Chuỗi kiểm toán KHÔNG đúng")]
    [InlineData("update audit_start set approval = 7", "Mốc bắt đầu của chuỗi")]
    public async Task What_the_audit_finds_is_told_in_Vietnamese(string attack, string told)
    {
        Assert.Equal(ExitCode.Done, (await ApproveAsync()).Exit);
        using (var db = SqliteDb.Open(Data.Ledger))
            db.Execute(attack);

        var (exit, shown) = await RunAsync("audit", "verify");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains(told, shown, StringComparison.Ordinal);
        EnglishWords.AssertNone(shown);
    }

    [Theory]
    [InlineData("run", "garbage", "audit verify")]
    [InlineData("run", "garbage", "status")]
    [InlineData("run", "garbage", "report thu-nghiem")]
    [InlineData("run", "unbalanced", "report thu-nghiem")]
    [InlineData("run", "unbalanced", "backup COPY")]
    [InlineData("run", "torn", "backup COPY")]
    [InlineData("run", "torn", "report thu-nghiem")]
    [InlineData("run", "newer", "resolve thu-nghiem")]
    [InlineData("ledger.db", "garbage", "plan CAMPAIGN")]
    [InlineData("audit.key", "gone", "audit verify")]
    [InlineData("receipts-2025-07.db", "garbage", "status")]
    [InlineData("subscribers.csv", "gone", "plan CAMPAIGN")]
    [InlineData("subscribers.csv", "folder", "plan CAMPAIGN")]
    [InlineData("campaign.yaml", "folder", "plan CAMPAIGN")]
    [InlineData("campaign.yaml", "gone", "check CAMPAIGN")]
    [InlineData("campaign.yaml", "gone", "text CAMPAIGN")]
    [InlineData("campaign.yaml", "folder", "numbers CAMPAIGN")]
    [InlineData("smscampaign.json", "garbage", "check CAMPAIGN")]
    [InlineData("smscampaign.json", "folder", "check CAMPAIGN")]
    [InlineData("smscampaign.json", "gone", "check CAMPAIGN")]
    [InlineData("prefixes.csv", "folder", "check CAMPAIGN")]
    public async Task What_is_wrong_with_a_file_is_told_in_Vietnamese(string file, string damage, string verb)
    {
        Assert.Equal(ExitCode.Done, (await ApproveAsync()).Exit);
        Damage(
            file == "run" ? Data.Run(Key)
                : file is "ledger.db" or "audit.key" or "receipts-2025-07.db" ? Path.Combine(Data.Root, file)
                : Path.Combine(Folder, file),
            damage);

        var args = verb.Replace("CAMPAIGN", _folder.CampaignFile, StringComparison.Ordinal).Replace(
            "COPY", Path.Combine(Folder, "copy"), StringComparison.Ordinal);
        var (exit, shown) = await RunAsync(args.Split(' '));

        Assert.NotEqual(ExitCode.Done, exit);
        EnglishWords.AssertNone(shown);
    }

    [Fact]
    public async Task Nothing_is_approved_without_the_key_that_bears_witness_to_it()
    {
        Assert.Equal(ExitCode.Done, (await ApproveAsync()).Exit);
        File.Delete(Data.AuditKey);

        var (exit, shown) = await ApproveAsync();

        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.Contains("Chưa có khóa thì không ghi nhận trình hay phê duyệt", shown, StringComparison.Ordinal);
        EnglishWords.AssertNone(shown);
        Assert.Single(Ledgers.OpenRegistry(Data).ReadApprovals());
    }

    [Theory]
    [InlineData("backup", "/proc/x", "Hãy chọn thư mục ở nơi khác")]
    [InlineData("backup", "FILE/x", "Hãy chọn thư mục ở nơi khác")]
    [InlineData("report thu-nghiem --out", "FILE/x", "Không ghi được báo cáo")]
    [InlineData("restore --by A --reason B", "/proc", "không phải bản sao lưu")]
    public async Task What_cannot_be_written_is_told_in_Vietnamese_with_the_way_out(string verb, string to, string told)
    {
        Assert.Equal(ExitCode.Done, (await ApproveAsync()).Exit);

        var (exit, shown) = await RunAsync(
            [.. verb.Split(' '), to.Replace("FILE", _folder.Subscribers, StringComparison.Ordinal)]);

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains(told, shown, StringComparison.Ordinal);
        EnglishWords.AssertNone(shown);
    }

    [Fact]
    public async Task A_backup_whose_list_is_broken_is_told_of_in_Vietnamese()
    {
        Assert.Equal(ExitCode.Done, (await ApproveAsync()).Exit);
        var copy = Directory.CreateDirectory(Path.Combine(Folder, "copy")).FullName;
        await File.WriteAllTextAsync(Path.Combine(copy, BackupManifest.FileName), "{ \"at\": ");

        var (exit, shown) = await RunAsync("restore", copy, "--by", "A", "--reason", "B");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains("sai cú pháp JSON ở dòng 1", shown, StringComparison.Ordinal);
        EnglishWords.AssertNone(shown);
    }

    [Fact]
    public async Task What_was_ordered_since_the_backup_is_named_in_Vietnamese_when_that_is_restored()
    {
        Assert.Equal(ExitCode.Done, (await ApproveAsync()).Exit);
        var copy = Path.Combine(Folder, "copy");
        Assert.Equal(ExitCode.Done, (await RunAsync("backup", copy)).Exit);
        Assert.Equal(
            ExitCode.Done, (await RunAsync("pause", "--lane", "viettel", "--by", "B", "--reason", "lãnh đạo")).Exit);

        using var all = new StringWriter();
        var exit = await CommandLine.RunAsync(
            ["restore", copy, "--by", "A", "--reason", "hỏng đĩa", "--data", Data.Root],
            new Terminal(all, all, Language.Vietnamese, false),
            CancellationToken.None);

        Assert.Equal(ExitCode.Done, exit);
        var shown = Shown.Flat(all.ToString());
        Assert.Contains("TẠM DỪNG kênh gửi 'viettel' ở mọi lượt gửi", shown, StringComparison.Ordinal);
        Assert.Contains("Không có trong ledger.db", shown, StringComparison.Ordinal);
        EnglishWords.AssertNone(shown);
    }

    public static TheoryData<Exception, string> Faults() => new()
    {
        { new FileNotFoundException("Could not find file '/data/x.csv'."), "không có tệp: /data/x.csv" },
        { new DirectoryNotFoundException("Could not find a part of the path '/proc/x'."), "không có thư mục: /proc/x" },
        {
            new UnauthorizedAccessException("Access to the path '/etc' is denied."),
            "không có quyền, hoặc đó là một thư mục: /etc"
        },
        { new IOException("No space left on device : '/data/x'", 28), "đĩa đã đầy: /data/x" },
        { new IOException("Read-only file system", 30), "đĩa chỉ cho đọc" },
        {
            new IOException(
                "The process cannot access the file 'C:\\x.csv' because it is being used", unchecked((int)0x80070020)),
            "chương trình khác đang giữ tệp: C:\\x.csv"
        },
        { new IOException("Something else", 5), "lỗi đọc ghi, mã 5" },
        {
            new IOException(
                "Failed to bind to address",
                new InvalidOperationException("", new SocketException((int)SocketError.AddressAlreadyInUse))),
            "địa chỉ đang do chương trình khác dùng"
        },
        { new JsonException("'{' is invalid", null, 4, 2), "sai cú pháp JSON ở dòng 5" },
        {
            new SqliteException("SQLite Error 11: 'database disk image is malformed'.", 11, 267),
            "nội dung tệp không còn nguyên vẹn"
        },
        { new InvalidOperationException("Sequence contains no elements"), "mã InvalidOperationException" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_the_machine_says_is_told_by_what_it_means_and_in_English_as_it_was(Exception fault, string told)
    {
        var words = FaultWords.Of(fault);

        Assert.Equal(told, words.Vi);
        Assert.Equal(fault.Message, words.En);
    }

    [Fact]
    public void Marks_that_cannot_be_kept_are_told_of_in_Vietnamese() =>
        EnglishWords.AssertNone(MarkWords.Unwritable(
            Data,
            FaultWords.Of(new UnauthorizedAccessException("Access to the path '/var/lib/x.marks' is denied."))).Vi);

    static void Damage(string path, string how)
    {
        foreach (var suffix in new[] { "-wal", "-shm" })
            File.Delete(path + suffix);
        switch (how)
        {
            case "newer":
                Execute(path, "pragma user_version = 999");
                break;
            case "unbalanced":
                Execute(path, "update segment set matched = matched + 1");
                break;
            case "garbage":
                File.WriteAllText(path, string.Concat(Enumerable.Repeat("no database ", 1_000)));
                break;
            case "torn": // all but its first pages
                using (var file = new FileStream(path, FileMode.Open))
                {
                    file.Position = 8_192;
                    file.Write(new byte[file.Length - file.Position]);
                }

                break;
            default:
                File.Delete(path);
                if (how == "folder")
                    Directory.CreateDirectory(path);
                break;
        }
    }

    static void Execute(string path, string sql)
    {
        using var db = SqliteDb.Open(path);
        db.Execute(sql);
    }

    Task<(int Exit, string Shown)> ApproveAsync() => RunAsync("approve", _folder.CampaignFile, "--by", "Nguyễn Văn A");

    async Task<(int Exit, string Shown)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] all = [.. args, "--data", Data.Root, "--installation", _folder.Installation];

        var exit = await CommandLine.RunAsync(
            all, new Terminal(output, errors, Language.Vietnamese, false), CancellationToken.None);
        return (exit, Shown.Flat(errors.ToString()));
    }
}
