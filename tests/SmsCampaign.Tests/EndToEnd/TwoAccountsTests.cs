using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>Two persons who each have an account of their own behind the service's, by the real program.</summary>
[Trait("Category", "Slow")]
public sealed class TwoAccountsTests
{
    static readonly IReadOnlyList<OfficeLane> Lanes = [new("viettel", 84_960_000_001, 40, 400)];

    [Fact]
    public async Task What_one_account_submits_only_another_approves_and_then_it_is_sent()
    {
        Machine.NeedsUnix("sudo is its");
        await using var office = await Office.OpenAsync(Lanes);
        office.TakeTwoPersons();

        await AssertRefusedAsync(office, "an", "chưa có ai trình chiến dịch này");
        var submitted = await RunAsAsync(office, "binh", "submit", office.CampaignFile, "--by", "Trần Thị B");
        Assert.True(submitted.ExitCode == 0, $"{submitted}");
        Assert.Equal("submitted", (await office.StatusAsync()).GetProperty("stage").GetString());
        await AssertRefusedAsync(office, "binh", "cùng tài khoản 'binh'");

        var approved = await RunAsAsync(office, "an", "approve", office.CampaignFile, "--by", "Nguyễn Văn A");
        Assert.True(approved.ExitCode == 0, $"{approved}");
        var sent = await office.RunAsync("send", office.CampaignFile);

        Assert.True(sent.ExitCode == 0, $"{sent}");
        Assert.Equal(office.Numbers.Count, office.Network.Phones().Count);
        var status = await office.StatusAsync();
        Assert.Equal("sent", status.GetProperty("stage").GetString());
        Assert.True(status.GetProperty("approvals")[0].GetProperty("isByTwo").GetBoolean());
        Assert.Equal(0, (await office.RunAsync("audit", "verify")).ExitCode);
    }

    [Fact]
    public async Task What_one_person_approved_before_it_took_two_is_neither_sent_by_hand_nor_by_the_worker()
    {
        await using var office = await Office.OpenAsync(Lanes);
        await office.ApproveAsync();
        office.TakeTwoPersons();

        var sent = await office.RunAsync("send", office.CampaignFile);
        Assert.Equal(2, sent.ExitCode);
        Assert.Contains("Quy định hai người", Shown.Flat(sent.Errors), StringComparison.Ordinal);
        Assert.Contains(
            "KHÔNG gửi vì không còn phê duyệt có hiệu lực",
            Shown.Flat((await office.RunAsync("status")).Output),
            StringComparison.Ordinal);

        await using var worker = office.Start("worker");
        await worker.Spoken;
        while ((await office.RunAsync("status", "--json")).Output is var status
            && status.Contains("\"state\":\"approved\"", StringComparison.Ordinal))
        {
        }

        worker.Terminate();
        await worker.WaitAsync();
        Assert.Equal("held", (await office.StatusAsync()).GetProperty("state").GetString());
        Assert.Equal(0, office.MessagesSeen());
    }

    static async Task AssertRefusedAsync(Office office, string account, string why)
    {
        var refused = await RunAsAsync(office, account, "approve", office.CampaignFile, "--by", "Nguyễn Văn A");
        Assert.True(refused.ExitCode == 2, $"{refused}");
        Assert.Contains(why, Shown.Flat(refused.Errors), StringComparison.Ordinal);
    }

    /// <summary>As sudo runs it for an account.</summary>
    static async Task<ProgramResult> RunAsAsync(Office office, string account, params string[] arguments)
    {
        await using var program = office.StartThrough(["/usr/bin/env", $"SUDO_USER={account}"], arguments);
        return await program.WaitAsync();
    }
}
