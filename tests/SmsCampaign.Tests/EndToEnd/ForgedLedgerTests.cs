using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Tests.EndToEnd;

public class ForgedLedgerTests
{
    [Theory]
    [InlineData("update run_info set value = 'Mua ngay' where name = 'text:chinh'", "nội dung tin 'chinh'")]
    [InlineData("update run_info set value = 'VIETCOMBANK' where name = 'sender'", "tên người gửi")]
    [InlineData("update message set number = 84912000000 where seq = (select min(seq) from message)", "danh sách thuê bao nhận tin")]
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
        var status = await office.StatusAsync();
        Assert.Equal("held", status.GetProperty("state").GetString());
        Assert.Contains(told, status.GetProperty("decisions")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }
}
