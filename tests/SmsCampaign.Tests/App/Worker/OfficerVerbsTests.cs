using System.Text.Json;
using SmsCampaign.App;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Worker;

/// <summary>
/// approve, status, resolve and worker as an officer types them, on a campaign that is far in the future.
/// </summary>
public sealed class OfficerVerbsTests : OfficerVerbsCase
{
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

        Assert.Contains(
            "khác bản đã phê duyệt: nội dung tệp chiến dịch đã khác (schedule.window.to 20:00 → 20:30)",
            status.Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "khác bản đã phê duyệt: nội dung tệp chiến dịch đã khác (schedule.window.to 20:00 → 20:30)",
            check.Errors,
            StringComparison.Ordinal);
        Assert.DoesNotContain("khác bản đã phê duyệt", restored.Output, StringComparison.Ordinal);
        Assert.Null(Registry.ReadApprovals()[0].VoidedAt);
    }

    [Fact]
    public async Task Status_tells_counts_approval_and_decisions()
    {
        await ApproveAsync();
        Registry.Record(new Decision(
            Key, Opening, Opening.AddHours(6), DecisionKind.Late, new Wording("máy tắt lúc mở", "machine was off")));

        var (exit, output, _) = await RunAsync("status", Key.Campaign);

        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains("Nguyễn Văn A, văn bản 12/KH-UBND", output, StringComparison.Ordinal);
        Assert.Contains(
            $"30/07/2099 14:00: bắt đầu gửi muộn (theo lịch 30/07/2099 08:00) [{OsUser.Current}]. máy tắt lúc mở",
            output,
            StringComparison.Ordinal);
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
        Assert.NotEmpty(
            JsonDocument.Parse(json).RootElement.GetProperty("runs")[0].GetProperty("damaged").GetString()!);
    }

    [Fact]
    public async Task Status_counts_by_lane_the_receipts_that_belong_to_no_run()
    {
        await ApproveAsync();
        await using (var store = Ledgers.OpenReceipts(_data, new ProcessClock(TimeProvider.System)))
        {
            await store.AppendAsync("viettel", "?");
            await store.NoteAsync(
                [
                    new OddReceipt(1, 0, ReceiptOddity.Unreadable, null, ""),
                    new OddReceipt(1, 1, ReceiptOddity.Unreadable, null, ""),
                ],
                []);
        }

        var (_, output, _) = await RunAsync("status");
        var (_, json, _) = await RunAsync("status", "--json");

        Assert.Contains("biên nhận không đọc được, kênh viettel: 2", output, StringComparison.Ordinal);
        var stray = JsonDocument.Parse(json).RootElement.GetProperty("strays")[0];
        Assert.Equal(("viettel", "unreadable", 2), (
            stray.GetProperty("lane").GetString(),
            stray.GetProperty("kind").GetString(),
            stray.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task A_kind_of_odd_receipt_that_only_a_newer_program_knows_is_counted_under_its_own_name()
    {
        await ApproveAsync();
        await using (var store = Ledgers.OpenReceipts(_data, new ProcessClock(TimeProvider.System)))
        {
            await store.AppendAsync("viettel", "?");
            await store.NoteAsync(
                [
                    new OddReceipt(1, 0, ReceiptOddity.Unreadable, null, ""),
                    new OddReceipt(1, 1, ReceiptOddity.Unreadable, null, ""),
                ],
                []);
        }

        using (var db = SmsCampaign.Storage.Sqlite.SqliteDb.Open(Assert.Single(
            Directory.GetFiles(_data.Root, "receipts-*.db", SearchOption.AllDirectories))))
            db.Execute("update oddity set kind = 'SentOn' where item = 1");

        var (_, output, _) = await RunAsync("status");
        var (_, json, _) = await RunAsync("status", "--json");

        Assert.Contains("biên nhận không đọc được, kênh viettel: 1", output, StringComparison.Ordinal);
        Assert.Contains("biên nhận bất thường loại 'SentOn'", output, StringComparison.Ordinal);
        var strays = JsonDocument.Parse(json).RootElement.GetProperty("strays").EnumerateArray();
        Assert.Equal(
            [("unreadable", 1), ("sentOn", 1)],
            strays.Select(stray => (stray.GetProperty("kind").GetString()!, stray.GetProperty("count").GetInt32())));
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
        Assert.All(
            ["decisions", "resolutions"],
            list => Assert.Equal(OsUser.Current, run.GetProperty(list)[0].GetProperty("byOs").GetString()));
        var summary = await File.ReadAllTextAsync(_folder.File("out/tong-hop.csv"));
        Assert.Contains("\r\nNgười phê duyệt,Nguyễn Văn A,", summary, StringComparison.Ordinal);
        Assert.Contains($"\r\nTài khoản máy tính đã phê duyệt,{OsUser.Current},", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_worker_on_the_same_data_refuses_to_start()
    {
        using var held = SendingLock.TryTake(_data, TimeProvider.System);

        var (exit, _, errors) = await RunAsync("worker");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains($"(tiến trình số {Environment.ProcessId}, từ ", errors, StringComparison.Ordinal);
    }
}
