using System.Text.Json;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

[Trait("Category", "Slow")]
public class ForgedLedgerTests
{
    [Theory]
    [InlineData("update run_info set value = 'Mua ngay' where name = 'text:chinh'", "nội dung tin 'chinh'")]
    [InlineData("update run_info set value = 'VIETCOMBANK' where name = 'sender'", "tên định danh")]
    [InlineData(
        "update message set number = 84912000000 where seq = (select min(seq) from message)",
        "danh sách thuê bao nhận tin")]
    public async Task Nothing_of_a_ledger_that_was_forged_after_approval_leaves(string attack, string told)
    {
        await using var office = await Office.OpenAsync([new OfficeLane("viettel", 84_960_000_001, 30, 300)]);
        await office.ApproveAsync();
        using (var db = SqliteDb.Open(office.Data.Run(office.Key)))
            db.Execute(attack);

        var sent = await office.RunAsync("send", office.CampaignFile);

        Assert.Equal(2, sent.ExitCode);
        Assert.Contains(told, sent.Errors, StringComparison.Ordinal);
        Assert.Equal(0, office.MessagesSeen());
        var shown = await office.RunAsync("status", Office.CampaignId, "--json");
        var status = JsonDocument.Parse(shown.Output).RootElement.GetProperty("runs")[0];
        // the audience's rows are not looked at, but that the run waits for a person is seen
        Assert.Equal(1, shown.ExitCode);
        Assert.Equal("held", status.GetProperty("state").GetString());
        Assert.Contains(
            told, status.GetProperty("decisions")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_of_a_run_that_another_process_sends_is_not_judged()
    {
        await using var office = await Office.OpenAsync([new OfficeLane("viettel", 84_960_000_001, 30, 300)]);
        await office.ApproveAsync();
        using (var db = SqliteDb.Open(office.Data.Run(office.Key)))
            // as in the middle of what it writes
            db.Execute("update run_info set value = 'Mua ngay' where name = 'text:chinh'");
        using var another = SendingLock.TryTake(office.Data, TimeProvider.System);

        var sent = await office.RunAsync("send", office.CampaignFile);

        Assert.Equal(1, sent.ExitCode);
        Assert.Contains("một cửa sổ khác đang gửi", sent.Errors, StringComparison.Ordinal);
        // and its run is not held
        Assert.Equal(RunState.Approved, Ledgers.OpenRegistry(office.Data).Find(office.Key)!.State);
    }

    [Fact]
    public async Task An_approval_that_was_written_past_the_program_sends_nothing()
    {
        await using var office = await Office.OpenAsync([new OfficeLane("viettel", 84_960_000_001, 30, 300)]);
        var planned = await office.RunAsync("plan", office.CampaignFile);
        Assert.True(planned.ExitCode == 0, $"{planned}");
        var run = Ledgers.OpenRegistry(office.Data).Find(office.Key)!;

        // With the hash that the program itself would bind, a wider window, and the run on the schedule.
        using (var db = SqliteDb.Open(office.Data.Ledger))
        {
            db.Execute($"""
                insert into approval (campaign, date, hash, approved_by, at)
                values ('{run.Campaign}', '{run.Date}', '{run.ApprovedHash}', 'Nguyễn Văn A', '2025-07-01T02:00:00.0000000Z');
                update run set state = 'Approved', definition = replace(definition, '23:59', '23:58')
                """);
        }

        var sent = await office.RunAsync("send", office.CampaignFile);
        Assert.Equal(2, sent.ExitCode);
        Assert.Contains("chuỗi kiểm toán không xác nhận", sent.Errors, StringComparison.Ordinal);

        Assert.Equal(1, (await office.RunAsync("status")).ExitCode);

        var verified = await office.RunAsync("audit", "verify");
        Assert.Equal(1, verified.ExitCode);
        Assert.Contains("phê duyệt số 1: không có trong chuỗi", verified.Errors, StringComparison.Ordinal);

        await using (var worker = office.Start("worker"))
        {
            // One that is asked to stop waits two seconds for its look at the records: on a busy machine too short.
            await worker.SaidAsync("is not borne out by the audit chain");
            worker.Terminate();
            Assert.Contains(
                "is not borne out by the audit chain", (await worker.WaitAsync()).Errors, StringComparison.Ordinal);
        }

        Assert.Equal(0, office.MessagesSeen());
    }

    [Fact]
    public async Task The_worker_goes_on_where_a_lanes_stop_cannot_be_read_and_leaves_the_lane_stopped()
    {
        await using var office = await Office.OpenAsync([new OfficeLane("viettel", 84_960_000_001, 30, 300)]);
        await office.ApproveAsync();
        using (var db = SqliteDb.Open(office.Data.Ledger))
            db.Execute("insert into lane_stop (lane, at, reason, kind, cause) values ('viettel', 'x', 'r', 0, 0)");

        await using (var worker = office.Start("worker"))
        {
            await worker.Spoken;
            worker.Terminate();
            var ended = await worker.WaitAsync();
            Assert.True(ended.ExitCode == 0, $"{ended}");
            Assert.Contains(
                "Lane viettel stays STOPPED, and what is kept of it cannot be read: "
                    + "ledger.db, table lane_stop, row viettel: 'x'",
                ended.Errors,
                StringComparison.Ordinal);
        }

        Assert.Equal(0, office.MessagesSeen());
    }

    [Theory]
    [InlineData("file = '../elsewhere.db'")]
    [InlineData("key = 'zz'")]
    public async Task Nothing_of_a_run_whose_row_leads_elsewhere_is_sent_and_the_worker_goes_on_with_the_others(
        string edit)
    {
        await using var office = await Office.OpenAsync([new OfficeLane("viettel", 84_960_000_001, 30, 300)]);
        office.WriteOther();
        await office.ApproveAsync();
        await office.ApproveAsync(office.OtherFile);
        File.Copy(office.Data.Run(office.Key), Path.Combine(Path.GetDirectoryName(office.Data.Root)!, "elsewhere.db"));
        using (var db = SqliteDb.Open(office.Data.Ledger))
            db.Execute($"update run set {edit} where campaign = '{Office.CampaignId}'");

        var sent = await office.RunAsync("send", office.CampaignFile);
        Assert.NotEqual(0, sent.ExitCode);
        Assert.Contains("ledger.db, bảng run, dòng ", sent.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Chương trình gặp lỗi", sent.Errors, StringComparison.Ordinal);
        Assert.Equal(0, office.MessagesSeen());

        await using (var worker = office.Start("worker"))
        {
            var registry = Ledgers.OpenRegistry(office.Data);
            await worker.UntilAsync(() => registry.Find(office.OtherKey)?.State == RunState.Finished);
            worker.Terminate();
            var ended = await worker.WaitAsync();
            Assert.True(ended.ExitCode == 0, $"{ended}");
            Assert.Contains("ledger.db, table run, row ", ended.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(30, office.MessagesSeen());
    }

    [Fact]
    public async Task What_was_done_by_the_verbs_holds_when_it_is_verified()
    {
        await using var office = await Office.OpenAsync([new OfficeLane("viettel", 84_960_000_001, 30, 300)]);
        await office.ApproveAsync();
        var sent = await office.RunAsync("send", office.CampaignFile);
        Assert.True(sent.ExitCode == 0, $"{sent}");

        var verified = await office.RunAsync("audit", "verify");

        Assert.True(verified.ExitCode == 0, $"{verified}");
        Assert.Contains("Chuỗi kiểm toán đúng", verified.Output, StringComparison.Ordinal);
        Assert.Contains(
            office.ReadReport("tong-hop.csv"), row => row.StartsWith("Đầu chuỗi kiểm toán,", StringComparison.Ordinal));
        Assert.Contains(
            $"{Environment.UserName}@",
            (await office.StatusAsync()).GetProperty("approvals")[0].GetProperty("byOs").GetString(),
            StringComparison.Ordinal);
    }
}
