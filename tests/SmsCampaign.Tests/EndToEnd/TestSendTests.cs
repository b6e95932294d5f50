using System.Text.Json;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>The real program sends tests to two phones, one of which is in the campaign's audience, by stand-in
/// gateways on loopback.</summary>
[Trait("Category", "Slow")]
public sealed class TestSendTests
{
    const string InAudience = "0960000001";
    const string Other = "0969999999";

    static readonly IReadOnlyList<OfficeLane> Lanes =
        [new("viettel", 84_960_000_001, 5, 100), new("vinaphone", 84_910_000_001, 5, 100)];

    static readonly string[] Test =
        ["test-send", Office.CampaignId, "--to", $"{InAudience},{Other}", "--by", "Nguyễn Văn A", "--yes"];

    [Fact]
    public async Task The_worker_sends_it_through_each_lane_and_the_campaign_counts_nothing_of_it()
    {
        await using var office = await Office.OpenAsync(Lanes);
        office.WriteCampaign(office.Today.AddDays(1));
        await office.ApproveAsync();
        await using var worker = office.Start("worker");
        await worker.SaidAsync("Dịch vụ gửi đang chạy");

        var sent = await office.RunAsync(Test);

        Assert.True(sent.ExitCode == 0, $"{sent}");
        Assert.Equal(4, office.MessagesSeen());
        Assert.Contains("viettel  84960***001: đã tới máy", sent.Output, StringComparison.Ordinal);
        Assert.Contains("vinaphone  84969***999: đã tới máy", sent.Output, StringComparison.Ordinal);
        Assert.Contains("Tốt: 4 trên 4 tin; còn chờ biên nhận: 0", sent.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(InAudience[1..], sent.Output, StringComparison.Ordinal);

        // Not one of its runs, and nobody of its audience has got the message.
        var status = await office.RunAsync("status", "--json");
        var run = Assert.Single(JsonDocument.Parse(status.Output).RootElement.GetProperty("runs").EnumerateArray());
        Assert.Equal(10, run.GetProperty("messages").GetProperty("planned").GetInt64());

        worker.Terminate();
        Assert.DoesNotContain(InAudience[1..], (await worker.WaitAsync()).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_worker_the_verb_sends_it_and_the_campaign_still_sends_to_the_same_phone()
    {
        await using var office = await Office.OpenAsync(Lanes);
        var planned = await office.RunAsync("plan", office.CampaignFile);
        Assert.True(planned.ExitCode == 0, $"{planned}");

        var sent = await office.RunAsync([.. Test, "--lane", "viettel"]);
        Assert.True(sent.ExitCode == 0, $"{sent}");
        Assert.Equal(2, office.MessagesSeen());

        await office.ApproveAsync();
        var campaign = await office.RunAsync("send", office.CampaignFile);
        Assert.True(campaign.ExitCode == 0, $"{campaign}");
        Assert.Equal(12, office.MessagesSeen());
        Assert.Equal(1, office.Network.Stats().PhonesWithMoreThanOne);

        // The proof of the day's rates has both; the report has the campaign alone.
        var proof = await office.RunAsync("prove", Office.CampaignId);
        Assert.True(proof.ExitCode == 0, $"{proof}");
        Assert.Equal(10, (await office.StatusAsync()).GetProperty("messages").GetProperty("delivered").GetInt64());
    }

    [Fact]
    public async Task What_a_person_must_not_do_is_refused_before_anything_is_sent()
    {
        await using var office = await Office.OpenAsync(Lanes);

        var live = office.Today;
        office.WriteCampaign(live, mode: "live"); // through stand-ins nobody would get it
        var refused = await office.RunAsync(
            "test-send", office.CampaignFile, "--to", "0960000001,0262385001", "--lane", "mobifone");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Cần ghi người gửi thử", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("số thứ 2", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("không phải số di động Việt Nam", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("không dùng kênh gửi nào tên 'mobifone'", refused.Errors, StringComparison.Ordinal);

        var standIn = await office.RunAsync(
            "test-send", office.CampaignFile, "--to", "0960000001", "--by", "A", "--yes");
        Assert.Equal(2, standIn.ExitCode);
        Assert.Contains("chỉ là mô phỏng", standIn.Errors, StringComparison.Ordinal);

        office.WriteCampaign(office.Today);
        var unasked = await office.RunAsync("test-send", office.CampaignFile, "--to", "0960000001", "--by", "A");
        Assert.Equal(1, unasked.ExitCode);
        Assert.Contains("thêm --yes để gửi", unasked.Errors, StringComparison.Ordinal);
        Assert.Equal(0, office.MessagesSeen());
    }
}
