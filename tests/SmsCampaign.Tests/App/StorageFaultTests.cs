using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Campaigns;
using SmsCampaign.Tests.Support;
using SmsCampaign.WebConsole.People;
using SQLitePCL;

namespace SmsCampaign.Tests.App;

/// <summary>
/// Every verb on a data folder in which a file cannot be used: it names the file, the cause and the way out.
/// </summary>
[Trait("Category", "Slow")]
public sealed class StorageFaultTests : IDisposable
{
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2099, 7, 30), Simulated: false);

    static readonly string[] AllVerbs =
        ["status", "plan", "approve", "send", "resolve", "report", "prove", "resume", "ported", "worker"];

    /// <summary>Those that read or write the run's own file.</summary>
    static readonly string[] RunVerbs = ["status", "plan", "approve", "send", "resolve", "report", "prove"];

    readonly CampaignFolder _campaign = new();
    readonly TempFolder _folder = new();
    readonly DataFolder _data;

    public StorageFaultTests()
    {
        _data = new DataFolder(_folder.Path);
        _campaign.Write("subscribers.csv", "Số điện thoại,Xã/Phường\n0961234567,Ea Bung\n0961234568,Ea Bung\n");
        _campaign.Write("campaign.yaml", CampaignFolder.Valid.Replace("2025-", "2099-", StringComparison.Ordinal));
    }

    public static TheoryData<string, string, string> Faults()
    {
        var faults = new TheoryData<string, string, string>();
        foreach (var (damage, cause) in new[]
        {
            ("newer", "mới hơn"),
            ("garbage", "bị hỏng"),
            ("folder", "lại là một thư mục"),
        })
        {
            foreach (var verb in AllVerbs.Where(verb => damage != "folder"
                || verb is not ("status" or "resolve" or "report" or "prove" or "resume" or "ported")))
                faults.Add("ledger.db", damage + ":" + cause, verb);
            foreach (var verb in RunVerbs.Where(_ => damage != "folder"))
                faults.Add("run", damage + ":" + cause, verb);
        }

        foreach (var verb in RunVerbs)
            faults.Add("run", "empty:thiếu bảng", verb);
        return faults;
    }

    public void Dispose()
    {
        _campaign.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_file_that_cannot_be_used_is_named_with_cause_and_way_out(string file, string fault, string verb)
    {
        var (done, _) = await RunAsync(Language.Vietnamese, "approve");
        Assert.Equal(ExitCode.Done, done);
        var (damage, cause) = (fault.Split(':')[0], fault.Split(':')[1]);
        var path = file == "run" ? _data.Run(Key) : _data.Ledger;
        Damage(path, damage);

        var (exit, vi) = await RunAsync(Language.Vietnamese, verb);
        var (_, en) = await RunAsync(Language.English, verb);

        Assert.True(exit == ExitCode.CouldNot, vi);
        Assert.Contains(path, vi, StringComparison.Ordinal);
        Assert.Contains(cause, vi, StringComparison.Ordinal);
        Assert.Contains(path, en, StringComparison.Ordinal);
        Assert.DoesNotContain("Hãy", en, StringComparison.Ordinal);
        if (verb != "worker") // its log is English
            EnglishWords.AssertNone(vi);
    }

    [Theory]
    [InlineData(raw.SQLITE_FULL, "đã đầy", "is full")]
    [InlineData(raw.SQLITE_BUSY, "chương trình khác giữ", "Another program has held")]
    [InlineData(raw.SQLITE_LOCKED, "chương trình khác giữ", "Another program has held")]
    [InlineData(raw.SQLITE_READONLY, "chỉ cho đọc", "read-only")]
    [InlineData(raw.SQLITE_PERM, "quyền đọc và ghi", "may read and write")]
    [InlineData(raw.SQLITE_NOTADB, "bị hỏng", "is broken")]
    [InlineData(raw.SQLITE_CORRUPT, "bị hỏng", "is broken")]
    [InlineData(raw.SQLITE_IOERR, "Đĩa không đọc hoặc ghi được", "The disk could not read or write")]
    [InlineData(raw.SQLITE_ERROR, "thiếu bảng", "lacks tables")]
    public void What_the_scheduler_and_our_own_connections_throw_is_said_in_the_same_words(
        int code, string vi, string en)
    {
        var thrown = new Microsoft.Data.Sqlite.SqliteException("SQLite says so", code);
        var scheduler = StorageFaults.Describe(StorageFaults.Name(thrown, _data.Scheduler)!, _data)!.Value;
        Assert.DoesNotContain("scheduler", StorageFaults.Describe(thrown, _data)!.Value.Vi, StringComparison.Ordinal);
        var own = StorageFaults.Describe(
            new InvalidOperationException(
                "wrapped",
                new LedgerException(new Wording(FaultWords.OfSqlite(code), "SQLite says so"), code)
                {
                    File = _data.Scheduler,
                }),
            _data)!.Value;

        Assert.Equal(own, scheduler);
        Assert.Contains(vi, scheduler.Vi, StringComparison.Ordinal);
        Assert.Contains(en, scheduler.En, StringComparison.Ordinal);
        Assert.Contains(code == raw.SQLITE_FULL ? _data.Root : _data.Scheduler, scheduler.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("add", "binh", "--full-name", "Trần Thị B", "--role", "xem", "--by", "Quản trị")]
    public async Task A_damaged_list_of_persons_is_named_and_nobody_is_told_to_stop_sending(params string[] verb)
    {
        await using (await PeopleAccess.OpenAsync(_data, TimeProvider.System))
        {
        }

        await using (var file = File.OpenWrite(_data.People))
            file.SetLength(file.Length / 2);

        var (exit, vi) = await RunAsync(Language.Vietnamese, ["user", .. verb]);

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains($"Tệp {_data.People} bị hỏng", vi, StringComparison.Ordinal);
        Assert.DoesNotContain("scheduler.db", vi, StringComparison.Ordinal);
        Assert.DoesNotContain("không gửi tiếp", vi, StringComparison.Ordinal);
    }

    static void Damage(string path, string how)
    {
        foreach (var suffix in new[] { "-wal", "-shm" })
            File.Delete(path + suffix);
        switch (how)
        {
            case "newer":
                using (var db = SqliteDb.Open(path))
                    db.Execute("pragma user_version = 999");
                break;
            case "garbage":
                File.WriteAllText(path, string.Concat(Enumerable.Repeat("no database ", 1_000)));
                break;
            case "empty":
                File.WriteAllBytes(path, []);
                break;
            default:
                File.Delete(path);
                Directory.CreateDirectory(path);
                break;
        }
    }

    Task<(int Exit, string Errors)> RunAsync(Language language, string verb)
    {
        string[] args = verb switch
        {
            "plan" or "send" => [verb, _campaign.File],
            "approve" => [verb, _campaign.File, "--by", "Nguyễn Văn A"],
            "resolve" or "report" or "prove" => [verb, Key.Campaign],
            _ => [verb],
        };
        return RunAsync(language, args);
    }

    async Task<(int Exit, string Errors)> RunAsync(Language language, string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var exit = await CommandLine.RunAsync(
            [.. args, "--data", _folder.Path, "--installation", Repository.PathOf("config/smscampaign.json")],
            new Terminal(output, errors, language, outputIsTerminal: false),
            patience.Token);
        return (exit, Shown.Flat(errors.ToString()));
    }

    [Fact]
    public void A_lane_that_another_process_sends_is_no_fault_of_the_program()
    {
        var thrown = new SmsCampaign.Storage.Run.LaneTakenException(
            _data.AddressOf(new RunKey("a", new DateOnly(2025, 7, 30), Simulated: false)), "viettel");

        var words = StorageFaults.Describe(thrown, _data)!.Value;

        Assert.StartsWith("Một tiến trình khác đã nhận gửi kênh 'viettel' từ sổ ", words.Vi, StringComparison.Ordinal);
        Assert.Contains("Chỉ để một dịch vụ gửi chạy", words.Vi, StringComparison.Ordinal);
        Assert.Contains("Let only one worker run", words.En, StringComparison.Ordinal);
    }
}
