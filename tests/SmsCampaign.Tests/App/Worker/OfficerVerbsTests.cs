using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Messages;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Campaigns;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Worker;

/// <summary>
/// approve, status, resolve and worker as an officer types them, on a campaign that is far in the future.
/// </summary>
public sealed class OfficerVerbsTests : IDisposable
{
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2099, 7, 30), Simulated: false);

    readonly CampaignFolder _campaign = new();
    readonly TempFolder _folder = new();
    readonly DataFolder _data;
    string _installation = Repository.PathOf("config/smscampaign.json");

    public OfficerVerbsTests()
    {
        _data = new DataFolder(_folder.Path);
        _campaign.Write("subscribers.csv", "Số điện thoại,Xã/Phường\n0961234567,Ea Bung\n0961234568,Ea Bung\n0961234569,Buôn Đôn\n");
        _campaign.Write("campaign.yaml", CampaignFolder.Valid.Replace("2025-", "2099-", StringComparison.Ordinal));
    }

    RunRegistry Registry => new(_data);

    string Ledger => _data.Run(Key);

    public void Dispose()
    {
        _campaign.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_approval_binds_the_hash_and_puts_the_run_on_the_schedule()
    {
        var (exit, output, _) = await ApproveAsync();

        var approval = Registry.FindApproval(Key.Campaign, Key.Date)!;
        Assert.Equal(ExitCode.Done, exit);
        Assert.Equal(RunState.Approved, Registry.Find(Key)!.State);
        Assert.Equal(("Nguyễn Văn A", "12/KH-UBND"), (approval.ApprovedBy, approval.Document));
        Assert.Contains(approval.Hash[..12], output, StringComparison.Ordinal);
        Assert.Contains("30/07/2099 08:00", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_with_problems_is_not_approved()
    {
        _campaign.Write("campaign.yaml", CampaignFolder.Valid.Replace("2025-", "2099-", StringComparison.Ordinal).Replace("CHINH PHU", "CHÍNH PHỦ VIỆT NAM", StringComparison.Ordinal));

        var (exit, _, errors) = await ApproveAsync();

        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.Contains("[sender]", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_data.Ledger) && Registry.ReadApprovals().Count > 0);
    }

    [Fact]
    public async Task What_changed_since_the_plan_is_not_approved_but_listed()
    {
        await RunAsync("plan", _campaign.File);
        _campaign.Write("subscribers.csv", "Số điện thoại,Xã/Phường\n0961234567,Ea Bung\n");
        _campaign.Write("campaign.yaml", File.ReadAllText(_campaign.File).Replace("20:00", "20:30", StringComparison.Ordinal));

        var (exit, _, errors) = await ApproveAsync();

        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.Contains("schedule.window.to 20:00 → 20:30", errors, StringComparison.Ordinal);
        Assert.Contains("tệp thuê bao subscribers.csv đã bị sửa", errors, StringComparison.Ordinal);
        Assert.Empty(Registry.ReadApprovals());
        Assert.Equal(RunState.Planned, Registry.Find(Key)!.State);
    }

    [Fact]
    public async Task A_code_binds_what_check_and_plan_showed_and_nothing_else()
    {
        var shown = CodeIn((await RunAsync("check", _campaign.File)).Output);
        Assert.Equal(shown, CodeIn((await RunAsync("plan", _campaign.File)).Output));

        var other = await RunAsync("approve", _campaign.File, "--by", "A", "--code", "0123456789ab");
        var cut = await RunAsync("approve", _campaign.File, "--by", "A", "--code", shown[..6]);
        Assert.Equal((ExitCode.InputHasProblems, ExitCode.InputHasProblems), (other.Exit, cut.Exit));
        Assert.Contains($"có mã {shown}", other.Errors, StringComparison.Ordinal);
        Assert.Empty(Registry.ReadApprovals());

        // Refused at once, and not behind the whole of a plan that nobody looked at.
        Assert.Equal("", other.Output.Trim());
        Assert.StartsWith("lỗi: --code: mã đã cho là 0123456789ab", other.Errors, StringComparison.Ordinal);
        Assert.Contains($"'sms-campaign check {_campaign.File}'", other.Errors, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, (await RunAsync("approve", _campaign.File, "--by", "A", "--code", shown.ToUpperInvariant())).Exit);
        Assert.StartsWith(shown, Registry.FindApproval(Key.Campaign, Key.Date)!.Hash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_of_what_was_approved_before_is_told_to_be_that()
    {
        var before = CodeIn((await RunAsync("plan", _campaign.File)).Output);
        Assert.Equal(ExitCode.Done, (await ApproveAsync()).Exit);
        _campaign.Write("campaign.yaml", File.ReadAllText(_campaign.File).Replace("20:00", "20:30", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Done, (await RunAsync("plan", _campaign.File)).Exit);

        var (exit, _, errors) = await RunAsync("approve", _campaign.File, "--by", "A", "--code", before);

        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.Contains($"mã đã cho là {before} (của bản phê duyệt lúc ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_to_real_phones_is_approved_by_its_code_only()
    {
        _campaign.Write("campaign.yaml", File.ReadAllText(_campaign.File).Replace("mode: exercise", "mode: live", StringComparison.Ordinal));
        var lane = """
            { "type": "http", "standIn": false, "carriers": ["viettel"], "rate": 10, "receiptTrust": "none", "pricePerPart": 300, "mostParts": 10,
              "url": "https://gateway.example/x", "body": { "to": "{to}", "text": "{text}" }, "answer": { "code": "code", "accepted": ["ok"] } }
            """;
        var installation = _folder.Write("live.json", $$"""
            {
              "numbers": { "prefixes": "{{Repository.PathOf("config/prefixes.csv")}}", "carriers": "{{Repository.PathOf("config/carriers.csv")}}" },
              "lanes": { "viettel": {{lane}}, "gmobile": {{lane.Replace("[\"viettel\"]", "[\"gmobile\"]", StringComparison.Ordinal)}} }
            }
            """);
        _installation = installation;

        var without = await RunAsync("approve", _campaign.File, "--by", "A");
        Assert.Equal(ExitCode.InputHasProblems, without.Exit);
        Assert.Contains("--code: chiến dịch gửi thật", without.Errors, StringComparison.Ordinal);
        Assert.Empty(Registry.ReadApprovals());

        var with = await RunAsync("approve", _campaign.File, "--by", "A", "--code", CodeIn((await RunAsync("check", _campaign.File)).Output));
        Assert.True(with.Exit == ExitCode.Done, with.Errors);
    }

    [Fact]
    public async Task A_ledger_that_was_forged_since_the_plan_is_not_approved()
    {
        await RunAsync("plan", _campaign.File);
        using (var db = SmsCampaign.Storage.Sqlite.SqliteDb.Open(Ledger))
            db.Execute("update run_info set value = 'VIETCOMBANK' where name = 'sender'");

        var (exit, _, errors) = await ApproveAsync();

        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.Contains("tên định danh", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_evening_before_status_and_check_tell_of_a_file_that_was_changed_after_approval()
    {
        await ApproveAsync();
        Assert.DoesNotContain("khác bản đã phê duyệt", (await RunAsync("status")).Output, StringComparison.Ordinal);
        var before = File.ReadAllText(_campaign.File);
        _campaign.Write("campaign.yaml", before.Replace("20:00", "20:30", StringComparison.Ordinal));

        var status = await RunAsync("status");
        var check = await RunAsync("check", _campaign.File);
        _campaign.Write("campaign.yaml", before);
        var restored = await RunAsync("status");

        Assert.Contains("khác bản đã phê duyệt: nội dung tệp chiến dịch đã khác (schedule.window.to 20:00 → 20:30)", status.Output, StringComparison.Ordinal);
        Assert.Contains("khác bản đã phê duyệt: nội dung tệp chiến dịch đã khác (schedule.window.to 20:00 → 20:30)", check.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("khác bản đã phê duyệt", restored.Output, StringComparison.Ordinal);
        Assert.Null(Registry.ReadApprovals()[0].VoidedAt);
    }

    static string CodeIn(string output) => System.Text.RegularExpressions.Regex.Match(output, @"approve --code\): ([0-9a-f]{12})").Groups[1].Value;

    [Fact]
    public async Task After_a_change_it_is_approved_again_with_another_hash()
    {
        await ApproveAsync();
        var before = Registry.FindApproval(Key.Campaign, Key.Date)!.Hash;
        _campaign.Write("subscribers.csv", "Số điện thoại,Xã/Phường\n0961234567,Ea Bung\n");

        await RunAsync("plan", _campaign.File);
        var (exit, _, _) = await ApproveAsync();

        Assert.Equal(ExitCode.Done, exit);
        Assert.NotEqual(before, Registry.FindApproval(Key.Campaign, Key.Date)!.Hash);
        Assert.NotNull(Registry.ReadApprovals(Key.Campaign)[1].VoidedAt);
    }

    [Fact]
    public async Task Every_year_cannot_be_approved_of_one_date()
    {
        var (exit, _, errors) = await RunAsync("approve", _campaign.File, "--by", "A", "--every-year");

        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.Contains("--every-year", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_tells_counts_approval_and_decisions()
    {
        await ApproveAsync();
        Registry.Record(new Decision(Key, Opening, Opening.AddHours(6), DecisionKind.Late, new Wording("máy tắt lúc mở", "machine was off")));

        var (exit, output, _) = await RunAsync("status", Key.Campaign);

        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains("Nguyễn Văn A, văn bản 12/KH-UBND", output, StringComparison.Ordinal);
        Assert.Contains($"30/07/2099 14:00: bắt đầu gửi muộn (theo lịch 30/07/2099 08:00) [{OsUser.Current}]. máy tắt lúc mở", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_for_scripts_is_one_json_object()
    {
        await ApproveAsync();

        var (_, output, _) = await RunAsync("status", "--json");

        var run = JsonDocument.Parse(output).RootElement.GetProperty("runs")[0];
        Assert.Equal("approved", run.GetProperty("state").GetString());
        Assert.Equal(3, run.GetProperty("messages").GetProperty("planned").GetInt64());
    }

    [Fact]
    public async Task Status_names_a_run_whose_ledger_is_damaged_and_goes_on()
    {
        await ApproveAsync();
        File.WriteAllBytes(Ledger, [.. "SQLite format 3\0"u8, .. new byte[4_096]]);

        var (exit, output, errors) = await RunAsync("status");
        var (_, json, _) = await RunAsync("status", "--json");

        Assert.Equal(ExitCode.CouldNot, exit); // never "all is well"
        Assert.Contains("HỎNG", output, StringComparison.Ordinal);
        Assert.Contains("Nguyễn Văn A", output, StringComparison.Ordinal);
        Assert.Contains($"runs/{Key.FileName}.db", errors, StringComparison.Ordinal);
        Assert.NotEmpty(JsonDocument.Parse(json).RootElement.GetProperty("runs")[0].GetProperty("damaged").GetString()!);
    }

    [Fact]
    public async Task Status_counts_by_lane_the_receipts_that_belong_to_no_run()
    {
        await ApproveAsync();
        await using (var store = new ReceiptStore(_data, new ProcessClock(TimeProvider.System)))
        {
            await store.AppendAsync("viettel", "?");
            await store.NoteAsync([new OddReceipt(1, 0, ReceiptOddity.Unreadable, null, ""), new OddReceipt(1, 1, ReceiptOddity.Unreadable, null, "")], []);
        }

        var (_, output, _) = await RunAsync("status");
        var (_, json, _) = await RunAsync("status", "--json");

        Assert.Contains("biên nhận không đọc được, kênh viettel: 2", output, StringComparison.Ordinal);
        var stray = JsonDocument.Parse(json).RootElement.GetProperty("strays")[0];
        Assert.Equal(("viettel", "unreadable", 2), (stray.GetProperty("lane").GetString(), stray.GetProperty("kind").GetString(), stray.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task Uncertain_messages_are_listed_masked_and_settled_with_name_and_reason()
    {
        await ApproveAsync();
        await CrashAsync();

        var (_, listed, _) = await RunAsync("resolve", Key.Campaign);
        var (exit, _, _) = await RunAsync("resolve", Key.Campaign, "--all", "--as", "delivered", "--by", "Trần B", "--reason", "đối soát ngày 31/07/2099");

        Assert.Contains("84961***567", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("84961234567", listed, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, exit);
        await using var ledger = RunLedger.Open(Ledger, new ProcessClock(TimeProvider.System));
        Assert.Equal((3, 0), (ledger.Counters.Of(MessageStatus.Delivered), ledger.Counters.Of(MessageStatus.Uncertain)));
    }

    [Fact]
    public async Task Beside_each_name_stands_the_account_of_the_machine_in_the_ledger_the_report_and_status()
    {
        await ApproveAsync();
        await CrashAsync();
        await RunAsync("resolve", Key.Campaign, "--all", "--as", "failed", "--by", "Trần B", "--reason", "đối soát");
        Registry.Record(new Decision(Key, Opening, Opening, DecisionKind.Held, new Wording("vì", "because")));

        var (_, text, _) = await RunAsync("status", "--history");
        var (_, json, _) = await RunAsync("status", "--json");
        await RunAsync("report", Key.Campaign, "--out", _folder.File("out"));

        using var db = SmsCampaign.Storage.Sqlite.SqliteDb.Open(Ledger, readOnly: true);
        Assert.Equal(OsUser.Current, db.ReadText("select group_concat(distinct by_os) from resolution"));
        Assert.Contains($"Trần B [{OsUser.Current}] ghi 3 tin là 'thất bại'. đối soát", text, StringComparison.Ordinal);
        Assert.Contains($"[{OsUser.Current}]. vì", text, StringComparison.Ordinal);
        var run = JsonDocument.Parse(json).RootElement.GetProperty("runs")[0];
        Assert.All(["decisions", "resolutions"], list => Assert.Equal(OsUser.Current, run.GetProperty(list)[0].GetProperty("byOs").GetString()));
        var summary = await File.ReadAllTextAsync(_folder.File("out/tong-hop.csv"));
        Assert.Contains("\r\nNgười phê duyệt,Nguyễn Văn A,", summary, StringComparison.Ordinal);
        Assert.Contains($"\r\nTài khoản máy tính đã phê duyệt,{OsUser.Current},", summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update resolution set by_os = 'root@x'")]
    [InlineData("update resolution set by_os = ''")]
    [InlineData("update resolution set by_os = 'root@x' where seq % 2 = 0")]
    [InlineData("update resolution set who = 'Lê C'")]
    [InlineData("update resolution set by_kind = 2")]
    [InlineData("update resolution set by_kind = 3, who = 'repeats dropped'")]
    [InlineData("update resolution set by_kind = 9")]
    [InlineData("update resolution set at_us = 1")]
    [InlineData("delete from resolution; insert into resolution (seq, from_status, to_status, who, reason, at_us, by_kind) select seq, 2, 5, 'inquiry', 'not known at the gateway', 1, 2 from state")]
    public async Task Who_settled_a_message_and_by_which_account_is_borne_out_by_the_chain(string attack)
    {
        await ApproveAsync();
        await CrashAsync();
        await RunAsync("resolve", Key.Campaign, "--all", "--as", "failed", "--by", "Trần B", "--reason", "đối soát");
        Assert.Equal(ExitCode.Done, (await RunAsync("audit", "verify")).Exit);
        using (var db = SmsCampaign.Storage.Sqlite.SqliteDb.Open(Ledger))
            db.Execute(attack);

        var (exit, _, errors) = await RunAsync("audit", "verify");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains($"{Key}: ", errors, StringComparison.Ordinal);
    }

    /// <summary>A simulated run goes on just after its last moment: what is written to it on the machine's date would
    /// move it out of its window for good.</summary>
    [Theory]
    [InlineData()]
    [InlineData("--all", "--as", "sent", "--by", "Trần B", "--reason", "đối soát")]
    public async Task Looking_at_or_settling_a_simulated_run_leaves_it_on_its_own_date(params string[] settling)
    {
        _campaign.Write("campaign.yaml", CampaignFolder.Valid); // of 2025, which is past
        var key = new RunKey(Key.Campaign, new DateOnly(2025, 7, 30), Simulated: true);
        await RunAsync("plan", _campaign.File, "--simulate");
        var morning = new DateTimeOffset(2025, 7, 30, 8, 0, 7, TimeSpan.FromHours(7));
        await using (var ledger = RunLedger.Open(_data.Run(key), new ProcessClock(new FakeTimeProvider(morning))))
            await BeginAsync(ledger);

        var (exit, _, errors) = await RunAsync(["resolve", key.Campaign, "--simulate", .. settling]);

        Assert.True(exit == ExitCode.Done, errors);
        Assert.InRange(
            ProcessClock.FromMicros(RunLedger.ReadLastMoment(_data.Run(key))), morning, morning.AddMinutes(1));
    }

    [Fact]
    public async Task Sending_again_must_be_confirmed()
    {
        await ApproveAsync();
        await CrashAsync();
        string[] again = ["resolve", Key.Campaign, "--all", "--as", "planned", "--by", "Trần B", "--reason", "nhà mạng xác nhận chưa nhận"];

        var (refused, _, errors) = await RunAsync(again);
        var (done, _, _) = await RunAsync([.. again, "--yes-send-again"]);

        Assert.Equal((ExitCode.InputHasProblems, ExitCode.Done), (refused, done));
        Assert.Contains("--yes-send-again", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_approved_again_half_sent_is_said_to_be_what_is_left()
    {
        await ApproveAsync();
        await using (var ledger = RunLedger.Open(Ledger, new ProcessClock(TimeProvider.System)))
        {
            using var reader = ledger.ReadPlanned();
            var batch = reader.NextBatch(1, 0)!;
            await ledger.BeginAsync([new PlannedCall(1, batch, reader.Read(batch, batch.FirstSeq, 1), KeepCarrierReference: false)]);
        }

        Registry.SetState(Key, RunState.Held, Opening);
        await using (RunLedger.Open(Ledger, new ProcessClock(TimeProvider.System)))
        {
        }

        var (exit, output, errors) = await ApproveAsync();

        Assert.True(exit == ExitCode.Done, errors);
        Assert.Equal(3, output.Split("Chỉ gửi tiếp 2/3 tin còn lại; 1 tin đã xử lý, trong đó 1 tin chưa rõ kết quả thì không gửi lại.").Length); // before and after
    }

    [Fact]
    public async Task What_is_put_back_as_the_worker_ends_the_run_waits_for_an_approval()
    {
        await ApproveAsync();
        await CrashAsync();
        using (var db = SqliteDb.Open(_data.Ledger)) // the last that is written before the messages are
            db.Execute("create trigger ends after insert on audit when new.kind = 'resolution' begin update run set state = 'Finished'; end");

        var (exit, output, _) = await RunAsync(
            "resolve", Key.Campaign, "--all", "--as", "planned", "--by", "Trần B", "--reason", "đối soát", "--yes-send-again");

        Assert.Equal((ExitCode.Done, RunState.Held), (exit, Registry.Find(Key)!.State));
        Assert.Contains("chờ phê duyệt", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_settled_beside_a_running_worker_reaches_its_counters()
    {
        await ApproveAsync();
        await CrashAsync();
        using var held = SendingLock.TryTake(_data, TimeProvider.System);
        await using var ledger = RunLedger.Open(Ledger, new ProcessClock(TimeProvider.System));

        await RunAsync("resolve", Key.Campaign, "--all", "--as", "failed", "--by", "Trần B", "--reason", "đối soát");
        var again = await ledger.NoticeResolutionsAsync();

        Assert.False(again);
        Assert.Equal((3, 0), (ledger.Counters.Of(MessageStatus.Failed), ledger.Counters.Of(MessageStatus.Uncertain)));
    }

    [Fact]
    public async Task What_is_in_flight_at_a_running_worker_stays_in_flight()
    {
        await ApproveAsync();
        using var held = SendingLock.TryTake(_data, TimeProvider.System);
        await using var ledger = RunLedger.Open(Ledger, new ProcessClock(TimeProvider.System));
        await BeginAsync(ledger);

        var (_, listed, _) = await RunAsync("resolve", Key.Campaign);

        Assert.Contains("không có tin nào chưa rõ", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_worker_on_the_same_data_refuses_to_start()
    {
        using var held = SendingLock.TryTake(_data, TimeProvider.System);

        var (exit, _, errors) = await RunAsync("worker");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains($"(PID {Environment.ProcessId}, ", errors, StringComparison.Ordinal);
    }

    static DateTimeOffset Opening => new(2099, 7, 30, 1, 0, 0, TimeSpan.Zero);

    Task<(int Exit, string Output, string Errors)> ApproveAsync() =>
        RunAsync("approve", _campaign.File, "--by", "Nguyễn Văn A", "--document", "12/KH-UBND");

    async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] all = [.. args, "--data", _folder.Path, "--installation", _installation];

        var exit = await CommandLine.RunAsync(all, new Terminal(output, errors, Language.Vietnamese, false), CancellationToken.None);
        return args[0] == "status" && !args.Contains("--json")
            ? (exit, Shown.Flat(output.ToString()), Shown.Flat(errors.ToString()))
            : (exit, output.ToString(), errors.ToString());
    }

    /// <summary>Ends a process in the middle of a call with all three messages.</summary>
    async Task CrashAsync()
    {
        await using var ledger = RunLedger.Open(Ledger, new ProcessClock(TimeProvider.System));
        await BeginAsync(ledger);
    }

    static async Task BeginAsync(RunLedger ledger)
    {
        using var reader = ledger.ReadPlanned();
        var batch = reader.NextBatch(1, 0)!;
        await ledger.BeginAsync([new PlannedCall(1, batch, reader.Read(batch, batch.FirstSeq, 10), KeepCarrierReference: false)]);
    }
}
