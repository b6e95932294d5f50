using SmsCampaign.App;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Campaigns;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Worker;

/// <summary>What <c>approve</c> binds, and what it refuses.</summary>
public sealed class ApproveVerbTests : OfficerVerbsCase
{
    static string CodeIn(string output) =>
        System.Text.RegularExpressions.Regex.Match(output, @"approve --code\): ([0-9a-f]{12})").Groups[1].Value;

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
        _campaign.Write("campaign.yaml", CampaignFolder.Valid
            .Replace("2025-", "2099-", StringComparison.Ordinal)
            .Replace("CHINH PHU", "CHÍNH PHỦ VIỆT NAM", StringComparison.Ordinal));

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
        _campaign.Write(
            "campaign.yaml", File.ReadAllText(_campaign.File).Replace("20:00", "20:30", StringComparison.Ordinal));

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

        Assert.Equal(
            ExitCode.Done,
            (await RunAsync("approve", _campaign.File, "--by", "A", "--code", shown.ToUpperInvariant())).Exit);
        Assert.StartsWith(shown, Registry.FindApproval(Key.Campaign, Key.Date)!.Hash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_of_what_was_approved_before_is_told_to_be_that()
    {
        var before = CodeIn((await RunAsync("plan", _campaign.File)).Output);
        Assert.Equal(ExitCode.Done, (await ApproveAsync()).Exit);
        _campaign.Write(
            "campaign.yaml", File.ReadAllText(_campaign.File).Replace("20:00", "20:30", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Done, (await RunAsync("plan", _campaign.File)).Exit);

        var (exit, _, errors) = await RunAsync("approve", _campaign.File, "--by", "A", "--code", before);

        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.Contains($"mã đã cho là {before} (của bản phê duyệt lúc ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_to_real_phones_is_approved_by_its_code_only()
    {
        _campaign.Write(
            "campaign.yaml",
            File.ReadAllText(_campaign.File).Replace("mode: exercise", "mode: live", StringComparison.Ordinal));
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

        var with = await RunAsync(
            "approve", _campaign.File, "--by", "A", "--code", CodeIn((await RunAsync("check", _campaign.File)).Output));
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
    public async Task After_a_change_it_is_approved_again_with_another_hash()
    {
        await ApproveAsync();
        var before = Registry.FindApproval(Key.Campaign, Key.Date)!.Hash;
        _campaign.Write("subscribers.csv", "Số điện thoại,Xã/Phường\n0961234567,Ea Bung\n");

        await RunAsync("plan", _campaign.File);
        var (refused, _, errors) = await ApproveAsync();
        Assert.Equal(ExitCode.InputHasProblems, refused);
        Assert.Contains(
            "--reason: đang có phê duyệt còn hiệu lực (Nguyễn Văn A, riêng ngày 30/07/2099, lúc ",
            errors,
            StringComparison.Ordinal);

        var (exit, output, _) = await ApproveAsync("sửa danh sách");

        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains("Thay phê duyệt của Nguyễn Văn A, riêng ngày 30/07/2099", output, StringComparison.Ordinal);
        Assert.Contains($"mã {before[..12]}: sửa danh sách", output, StringComparison.Ordinal);
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
    public async Task Sending_again_must_be_confirmed()
    {
        await ApproveAsync();
        await CrashAsync();
        string[] again =
        [
            "resolve",
            Key.Campaign,
            "--all",
            "--as",
            "planned",
            "--by",
            "Trần B",
            "--reason",
            "nhà mạng xác nhận chưa nhận",
        ];

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
            await ledger.BeginAsync(
                [new PlannedCall(1, batch, reader.Read(batch, batch.FirstSeq, 1), KeepCarrierReference: false)]);
        }

        Registry.SetState(Key, RunState.Held, Opening);
        await using (RunLedger.Open(Ledger, new ProcessClock(TimeProvider.System)))
        {
        }

        var (exit, output, errors) = await ApproveAsync("gửi nốt");

        Assert.True(exit == ExitCode.Done, errors);
        // before and after
        Assert.Equal(3, output.Split(
            "Chỉ gửi tiếp 2/3 tin còn lại; 1 tin đã xử lý, trong đó 1 tin chưa rõ kết quả thì không gửi lại.").Length);
    }
}
