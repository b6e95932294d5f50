using System.Text.Json;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.App;

/// <summary>What the officer reads where ledger.db was edited by hand, or is gone.</summary>
[Trait("Category", "Slow")]
public sealed class EditedLedgerTests : IDisposable
{
    readonly PreparationFolder _folder = new();

    public EditedLedgerTests()
    {
        // The verbs run on the machine's clock.
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "date: 2099-07-30");
        _folder.Edit("campaign.yaml", "reportBy: 2025-09-30", "reportBy: 2099-09-30");
    }

    DataFolder Data => _folder.Data;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2026-11-28T22:00:00Z")]
    [InlineData("2026-11-29T05:00:00.1234567+07:00")]
    [InlineData("2026-11-28 22:00:00")]
    public async Task A_time_is_read_in_any_form_of_ISO_8601(string written)
    {
        await ApproveAsync();
        Write($"update approval set voided_at = '{written}', void_reason_vi = 'x', void_reason_en = 'x'");

        var (exit, output, _) = await RunAsync("status");

        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains("29/11/2026 05:00: x", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update approval set voided_at = 'x'", "bảng approval, dòng 1: 'x'")]
    [InlineData(
        "insert into lane_stop (lane, at, reason, kind, cause) values ('viettel', 'x', 'r', 0, 0)",
        "bảng lane_stop, dòng viettel: 'x'")]
    [InlineData(
        "insert into decision (campaign, date, due_at, at, what, reason_vi, reason_en) select campaign, date, 'x', at, "
            + "'held', 'r', 'r' from approval",
        "bảng decision, dòng thu-nghiem/2099-07-30: 'x'")]
    public async Task A_time_that_cannot_be_read_is_told_by_table_and_row_and_hides_no_run(string edit, string told)
    {
        await ApproveAsync();
        Write(edit);

        var (exit, output, errors) = await RunAsync("status");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains(told, errors, StringComparison.Ordinal);
        Assert.Contains("'restore'", errors, StringComparison.Ordinal);
        Assert.Contains("thu-nghiem, ngày", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update run set state = 'Zzz'", "bảng run, dòng thu-nghiem/2099-07-30: 'Zzz'")]
    [InlineData("update run set definition = 'x'", "bảng run, dòng thu-nghiem/2099-07-30: không đọc được lịch gửi")]
    [InlineData(
        "insert into decision (campaign, date, due_at, at, what, reason_vi, reason_en) select campaign, date, at, at, "
            + "'zzz', 'r', 'r' from approval",
        "bảng decision, dòng thu-nghiem/2099-07-30: 'zzz'")]
    public async Task A_row_that_cannot_be_read_is_told_and_other_runs_are_shown(string edit, string told)
    {
        await ApproveAsync();
        await PlanAnotherAsync();
        Write(edit.StartsWith("update", StringComparison.Ordinal) ? $"{edit} where campaign = 'thu-nghiem'" : edit);

        var (exit, output, errors) = await RunAsync("status");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains(told, errors, StringComparison.Ordinal);
        Assert.Contains("thu-nghiem, ngày", output, StringComparison.Ordinal);
        Assert.Contains("khac, ngày 30/07/2099: nháp, chưa được phê duyệt", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "resume",
        "insert into lane_stop (lane, at, reason, kind, cause) values ('viettel', 'x', 'r', 0, 0)",
        "bảng lane_stop, dòng viettel: 'x'")]
    [InlineData(
        "declare",
        "insert into run_mark (code, key, confirmed, reserved, reach) values ('zz', 'zz', 5, 5, '')",
        "bảng run_mark, dòng zz: 'zz'")]
    [InlineData(
        "declare",
        "update run_mark set confirmed = 5, reserved = 5, reach = 'a,b'",
        "bảng run_mark, dòng thu-nghiem/2099-07-30: 'a,b'")]
    [InlineData(
        "prove thu-nghiem",
        "update run set definition = 'x'",
        "bảng run, dòng thu-nghiem/2099-07-30: không đọc được lịch gửi")]
    [InlineData("status", "update run set key = 'zz'", "bảng run, dòng zz: 'zz'")]
    public async Task A_row_in_the_way_of_a_verb_is_told_as_it_is(string verb, string edit, string told)
    {
        await ApproveAsync();
        Write(edit);

        var (exit, _, errors) = await RunAsync(verb.Split(' '));

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains(told, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "insert into run_mark (code, key, confirmed, reserved, reach) values ('zz', 'zz', 5, 5, '')",
        "bảng run_mark, dòng zz: 'zz'",
        true)]
    [InlineData(
        "update run_mark set confirmed = 5, reserved = 5, reach = 'a,b' where key like 'thu%'",
        "bảng run_mark, dòng thu-nghiem/2099-07-30: 'a,b'",
        false)]
    [InlineData("update run set key = 'zz' where campaign = 'thu-nghiem'", "bảng run, dòng zz: 'zz'", false)]
    public async Task A_row_of_another_run_does_not_keep_an_old_one_from_being_declared(
        string edit, string told, bool isAnybodys)
    {
        await ApproveAsync();
        await PlanAnotherAsync();
        Write(edit);
        Write("update run_mark set confirmed = 1, reserved = 1, reach = '' where key like 'khac%'");

        var (listed, output, errors) = await RunAsync("declare");

        Assert.Equal(ExitCode.CouldNot, listed);
        Assert.Contains(told, errors, StringComparison.Ordinal);
        Assert.Contains("khac-2099-07-30.db cũ hơn những gì đã gửi", output, StringComparison.Ordinal);

        var (declared, said, again) = await RunAsync("declare", "khac", "--by", "Trần Thị B", "--reason", "sổ cũ");
        Assert.Contains("Lượt gửi khac, ngày 30/07/2099: ", said + again, StringComparison.Ordinal);

        // Whose a key is that says nothing is not known: it may be this campaign's.
        Assert.Equal(isAnybodys ? ExitCode.CouldNot : ExitCode.Done, declared);
        Assert.Equal(isAnybodys, again.Contains(told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "ngày 30/07/2099, người duyệt Nguyễn Văn A")]
    [InlineData("--every-year", "mọi năm, người duyệt Nguyễn Văn A")]
    public async Task An_approval_that_the_audit_chain_knows_and_that_is_gone_is_told(string option, string told)
    {
        if (option.Length > 0)
            _folder.Edit("campaign.yaml", "date: 2099-07-30", "yearly: 30/7");
        var approved = await RunAsync(["approve", _folder.CampaignFile, "--by", "Nguyễn Văn A", .. option.Split(
            ' ',
            StringSplitOptions.RemoveEmptyEntries)]);
        Assert.True(approved.Exit == ExitCode.Done, approved.Errors);
        await PlanAnotherAsync();
        Assert.Equal(ExitCode.Done, (await RunAsync("status")).Exit);

        Write("delete from approval");

        var (exit, output, errors) = await RunAsync("status");
        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains(
            $"Phê duyệt số 1 (chiến dịch thu-nghiem, {told}) có trong chuỗi kiểm toán nhưng đã mất khỏi ledger.db",
            Flat(errors),
            StringComparison.Ordinal);
        Assert.Contains("khac, ngày", output, StringComparison.Ordinal);
        var json = await RunAsync("status", "thu-nghiem", "--json");
        Assert.Equal(ExitCode.CouldNot, json.Exit);
        Assert.Equal("Nguyễn Văn A", JsonDocument.Parse(json.Output).RootElement
            .GetProperty("missingApprovals")[0]
            .GetProperty("approvedBy")
            .GetString());
        Assert.Equal(ExitCode.Done, (await RunAsync("status", "khac")).Exit); // is of the other campaign
    }

    public static TheoryData<string, string> RowsElsewhere => new()
    {
        { "file = '../ngoai.db'", "dòng thu-nghiem/2099-07-30: '../ngoai.db'" },
        { "file = 'runs/../../ngoai.db'", "dòng thu-nghiem/2099-07-30: 'runs/../../ngoai.db'" },
        { "file = 'FOLDER/ngoai.db'", "dòng thu-nghiem/2099-07-30: 'FOLDER/ngoai.db'" },
        { "file = 'runs/lien-ket.db'", "dòng thu-nghiem/2099-07-30: 'runs/lien-ket.db → FOLDER/ngoai.db'" },
        { "file = 'lien-ket/ngoai.db'", "dòng thu-nghiem/2099-07-30: 'lien-ket/ngoai.db'" },
        { "file = ''", "dòng thu-nghiem/2099-07-30: ''" },
        { "key = 'zz'", "dòng zz: 'zz'" },
    };

    [Theory]
    [MemberData(nameof(RowsElsewhere))]
    public async Task A_run_whose_row_says_no_run_or_a_file_elsewhere_is_damaged_and_no_verb_takes_that_file(
        string edit,
        string told)
    {
        await ApproveAsync();
        await PlanAnotherAsync();
        var folder = Path.GetDirectoryName(Data.Root)!;
        File.Copy(_folder.Ledger().Replace("2025", "2099", StringComparison.Ordinal), Path.Combine(folder, "ngoai.db"));
        File.CreateSymbolicLink(Path.Combine(Data.Root, "lien-ket"), folder);
        if (edit.Contains("runs/lien-ket", StringComparison.Ordinal))
            File.CreateSymbolicLink(
                Path.Combine(Path.Combine(Data.Root, "runs"), "lien-ket.db"), Path.Combine(folder, "ngoai.db"));
        Write(
            $"update run set {edit.Replace("FOLDER", folder, StringComparison.Ordinal)} where campaign = 'thu-nghiem'");
        told = "ledger.db, bảng run, " + told.Replace("FOLDER", folder, StringComparison.Ordinal);

        var seen = await RunAsync("status");
        Assert.Equal(ExitCode.CouldNot, seen.Exit);
        Assert.Contains(told, Flat(seen.Errors), StringComparison.Ordinal);
        Assert.Contains(
            "thu-nghiem, ngày 30/07/2099: HỎNG",
            seen.Output.Replace("2099-07-30", "30/07/2099", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains("khac, ngày 30/07/2099: nháp, chưa được phê duyệt", seen.Output, StringComparison.Ordinal);
        var runs = JsonDocument.Parse((await RunAsync("status", "--json")).Output).RootElement
            .GetProperty("runs")
            .EnumerateArray();
        Assert.Equal([("khac", false), ("thu-nghiem", true)], runs.Select(run =>
            (run.GetProperty("campaign").GetString(), run.GetProperty("damaged").GetString() is not null)).Order());

        foreach (var verb in new[] { "report thu-nghiem", "prove thu-nghiem", "resolve thu-nghiem" })
        {
            var (exit, output, errors) = await RunAsync(verb.Split(' '));
            Assert.NotEqual(ExitCode.Done, exit);
            Assert.Contains(told, Flat(errors), StringComparison.Ordinal);
            Assert.DoesNotContain("Chương trình gặp lỗi", errors, StringComparison.Ordinal);
        }

        Assert.Equal(ExitCode.Done, (await RunAsync("plan", Path.Combine(folder, "khac.yaml"))).Exit);
        Assert.Empty(Directory.GetFiles(folder, "ngoai.db-*"));

        var copied = await RunAsync("backup", Path.Combine(folder, "sao-luu"));
        Assert.Equal(edit.StartsWith("key", StringComparison.Ordinal) ? ExitCode.Done : ExitCode.CouldNot, copied.Exit);
        Assert.Contains(
            edit.Contains("runs/lien-ket", StringComparison.Ordinal) ? "lien-ket.db là liên kết tới"
                : edit.StartsWith("key", StringComparison.Ordinal) ? ""
                : told,
            Flat(copied.Errors),
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder, "ngoai.db-*"));

        await using var station = Station.Open(
            Data, Installation.Read(_folder.Installation).Installation!.Lanes, new ProcessClock(TimeProvider.System));
    }

    [Theory]
    [InlineData(
        "prove",
        "update lane set settings = '{' where id = 1",
        "bảng lane, dòng 1: '{' không phải là cấu hình kênh gửi")]
    [InlineData(
        "resolve",
        "update lane set settings = '[1]' where id = 1",
        "bảng lane, dòng 1: '[1]' không phải là cấu hình kênh gửi")]
    [InlineData(
        "prove",
        "update lane set settings = json_set(settings, '$.limits', '9 apples/day') where id = 1",
        "bảng lane, dòng 1: '{")]
    [InlineData(
        "prove",
        "update lane set settings = json_set(settings, '$.timeZone', 'Xyz') where id = 1",
        "bảng lane, dòng 1: '{")]
    [InlineData(
        "prove",
        "update lane set rate_unit = 'Letters' where id = 1",
        "bảng lane, dòng 1: 'Letters' không phải là tên")]
    [InlineData(
        "report", "update lane set receipt_trust = 'Full' where id = 1", "bảng lane, dòng 1: 'Full' không phải là tên")]
    [InlineData(
        "report", "update lane set price_per_part = 'x' where id = 1", "bảng lane, dòng 1: 'x' không phải là giá")]
    [InlineData(
        "prove", "update batch set lane = 9 where id = 1", "bảng batch, dòng 1: '9' không phải là số của một kênh gửi")]
    [InlineData(
        "resolve",
        "update batch set lane = 9 where id = 1",
        "bảng batch, dòng 1: '9' không phải là số của một kênh gửi")]
    [InlineData(
        "report",
        "update batch set lane = 9 where id = 1",
        "bảng batch, dòng 1: '9' không phải là số của một kênh gửi")]
    [InlineData(
        "report",
        "insert into route (seq, lane, batch, parts, why, code, at_us) select first_seq, 9, id, parts, 2, 'x', "
            + "1 from batch where id = 1",
        "bảng route, dòng ")]
    [InlineData(
        "prove",
        "insert into hold (lane, kind, from_us, reason, rate, cause, limit_most, limit_of, limit_per) values (1, 0, 1, "
            + "'', 1, 0, 5, 'Letters', 'Day')",
        "bảng hold, dòng 1: 'Letters' không phải là tên")]
    public async Task A_row_of_a_runs_ledger_that_cannot_be_read_is_that_ledgers_fault_and_other_runs_are_told(
        string verb, string edit, string told)
    {
        await ApproveAsync();
        await PlanAnotherAsync();
        var ledger = _folder.Ledger().Replace("2025", "2099", StringComparison.Ordinal);
        using (var db = SqliteDb.Open(ledger))
            db.Execute(edit);

        var (exit, _, errors) = await RunAsync(verb, "thu-nghiem");
        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains($"{Path.GetFileName(ledger)}, {told}", Flat(errors), StringComparison.Ordinal);
        Assert.DoesNotContain("Chương trình gặp lỗi", errors, StringComparison.Ordinal);

        var seen = await RunAsync("status");
        Assert.Equal(ExitCode.CouldNot, seen.Exit);
        Assert.Contains("khac, ngày 30/07/2099: nháp, chưa được phê duyệt", seen.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await RunAsync("report", "khac")).Exit);
    }

    [Theory]
    [InlineData("'x', 'r', 0, 0", "bảng lane_stop, dòng viettel: 'x'")]
    [InlineData("'2025-07-30T01:00:00.000Z', 'r', 99, 0", "bảng lane_stop, dòng viettel: '99'")]
    [InlineData("'2025-07-30T01:00:00.000Z', 'r', 0, 5000000000", "bảng lane_stop, dòng viettel: '50")]
    public async Task A_lane_whose_stop_cannot_be_read_stands_still_until_a_person_lets_it_go_on(
        string row,
        string told)
    {
        await ApproveAsync();
        Write($"insert into lane_stop (lane, at, reason, kind, cause) values ('viettel', {row})");
        var installed = Installation.Read(_folder.Installation).Installation!;

        await using (var station = Station.Open(Data, installed.Lanes, new ProcessClock(TimeProvider.System)))
            Assert.Equal(
                (true, false),
                (station.Accounts.Find("viettel")!.Stop.IsOff, station.Accounts.Find("vinaphone")!.Stop.IsOff));

        var seen = await RunAsync("status", "--json");
        Assert.Equal(ExitCode.CouldNot, seen.Exit);
        Assert.Contains(told, seen.Errors, StringComparison.Ordinal);
        Assert.Equal(
            "viettel",
            JsonDocument.Parse(seen.Output).RootElement.GetProperty("stoppedLanes")[0].GetProperty("lane").GetString());

        var (exit, output, _) = await RunAsync("resume", "viettel", "--by", "Trần Thị B");

        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains("Kênh gửi 'viettel' được gửi tiếp", output, StringComparison.Ordinal);
        Assert.Empty(Ledgers.OpenRegistry(Data).Stops.Read());
        Assert.Equal(ExitCode.Done, (await RunAsync("status")).Exit);
    }

    [Fact]
    public async Task To_list_what_is_uncertain_the_folder_need_not_be_written_to()
    {
        await ApproveAsync();
        // refuses as a folder does that may not be written to, also to root
        Directory.CreateDirectory(Data.LockOf(simulated: false));

        var (exit, output, _) = await RunAsync("resolve", "thu-nghiem");
        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains("không có tin nào chưa rõ", output, StringComparison.Ordinal);

        var settled = await RunAsync("resolve", "thu-nghiem", "--all", "--as", "sent", "--by", "A", "--reason", "B");
        Assert.Equal(ExitCode.CouldNot, settled.Exit);
        Assert.Contains("Không ghi được vào thư mục dữ liệu", settled.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_in_a_state_that_nobody_knows_is_held_until_it_is_approved_again()
    {
        await ApproveAsync();
        Write("update run set state = 'Zzz'");
        Assert.Equal(RunState.Held, Assert.Single(Ledgers.OpenRegistry(Data).ReadRuns()).State);
        Assert.Equal(
            RunState.Held,
            Assert.Single(Ledgers.OpenRegistry(Data).ReadPlaces(simulated: false, new DateOnly(2099, 1, 1))).State);

        await ApproveAsync("--reason", "đã xem lại sổ");

        Assert.Equal(RunState.Approved, Assert.Single(Ledgers.OpenRegistry(Data).ReadRuns()).State);
        Assert.Equal(ExitCode.Done, (await RunAsync("status")).Exit);
    }

    [Fact]
    public async Task What_was_planned_otherwise_since_its_approval_is_told_and_so_is_what_differs_from_that_plan()
    {
        await ApproveAsync();
        _folder.Edit("campaign.yaml", "sender: CHINH PHU", "sender: CONG AN");
        Assert.Equal(ExitCode.Done, (await RunAsync("plan", _folder.CampaignFile)).Exit);

        var planned = await RunAsync("status");
        Assert.Contains("Phê duyệt KHÔNG còn đúng: Nguyễn Văn A", planned.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"sms-campaign approve {_folder.CampaignFile} --by", Flat(planned.Output), StringComparison.Ordinal);
        Assert.DoesNotContain("khác bản", planned.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Khung giờ gửi", planned.Output, StringComparison.Ordinal); // nothing goes then

        // As it was approved, which is not what is planned.
        _folder.Edit("campaign.yaml", "sender: CONG AN", "sender: CHINH PHU");
        var (_, output, _) = await RunAsync("status");
        Assert.Contains(
            "khác bản đã lập kế hoạch: nội dung tệp chiến dịch đã khác (sender CONG AN → CHINH PHU). Trả lại",
            Flat(output),
            StringComparison.Ordinal);
        Assert.DoesNotContain("khác bản đã phê duyệt", Flat(output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_of_what_was_approved_ends_in_one_full_stop()
    {
        await ApproveAsync();
        File.Delete(_folder.Subscribers);

        var (_, output, _) = await RunAsync("status");

        Assert.Contains("chưa so được với bản đã phê duyệt", Flat(output), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "..", Flat(output).Replace("...", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("declare")]
    [InlineData("send CAMPAIGN")]
    public async Task Where_ledgers_of_runs_lie_without_ledger_db_it_is_told_with_the_ways_out(string verb)
    {
        await ApproveAsync();
        foreach (var suffix in new[] { "", "-wal", "-shm" })
            File.Delete(Data.Ledger + suffix);

        var (exit, output, errors) = await RunAsync(
            verb.Replace("CAMPAIGN", _folder.CampaignFile, StringComparison.Ordinal).Split(' '));

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains($"Không thấy {Data.Ledger}", errors, StringComparison.Ordinal);
        Assert.Contains("'restore'", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("đều đủ", output, StringComparison.Ordinal);
    }

    /// <summary>Its lines are broken at 80 columns.</summary>
    static string Flat(string output) => System.Text.RegularExpressions.Regex.Replace(output, @"\s+", " ");

    async Task PlanAnotherAsync()
    {
        var another = Path.Combine(Path.GetDirectoryName(_folder.CampaignFile)!, "khac.yaml");
        File.WriteAllText(
            another,
            File.ReadAllText(_folder.CampaignFile).Replace("id: thu-nghiem", "id: khac", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Done, (await RunAsync("plan", another)).Exit);
    }

    void Write(string sql)
    {
        using var db = SqliteDb.Open(Data.Ledger);
        db.Execute(sql);
    }

    async Task ApproveAsync(params string[] options)
    {
        var approved = await RunAsync(["approve", _folder.CampaignFile, "--by", "Nguyễn Văn A", .. options]);
        Assert.Equal(ExitCode.Done, approved.Exit);
    }

    async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] all = [.. args, "--data", Data.Root, "--installation", _folder.Installation];

        var exit = await CommandLine.RunAsync(
            all, new Terminal(output, errors, Language.Vietnamese, false), CancellationToken.None);
        return (exit, output.ToString(), errors.ToString());
    }
}
