using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>What must not be sent is not, seen from outside.</summary>
[Trait("Category", "Slow")]
public sealed class RefusalTests
{
    static readonly OfficeLane Lane = new("viettel", 84_960_000_001, 30, 300);

    [Theory]
    [InlineData("exercise", false, "diễn tập (exercise) nhưng kênh gửi 'viettel' nối tới nhà mạng thật")]
    [InlineData("live", true, "gửi thật (live) nhưng kênh gửi 'viettel' chỉ là mô phỏng")]
    public async Task Rule_10_exercise_and_live_do_not_mix_unless_simulated(string mode, bool standIn, string message)
    {
        await using var office = await Office.OpenAsync([Lane with { StandIn = standIn }]);
        office.WriteCampaign(office.Today, mode);

        foreach (var verb in new[] { "approve", "send" })
        {
            var by = verb == "approve" ? new[] { "--by", "Nguyễn Văn A" } : [];
            var refused = await office.RunAsync([verb, office.CampaignFile, .. by]);
            Assert.True(refused.ExitCode == 2, $"{verb}: {refused}");
            Assert.Contains(message, refused.Errors, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(office.Data.Run(office.Key)));

        var simulated = await office.RunAsync("send", office.CampaignFile, "--simulate");
        Assert.True(simulated.ExitCode == 0, $"{simulated}");
        Assert.Equal(0, office.MessagesSeen());
    }

    [Fact]
    public async Task Rule_5_on_another_day_nothing_is_sent()
    {
        await using var office = await Office.OpenAsync([Lane]);

        office.WriteCampaign(office.Today.AddDays(1));
        await office.ApproveAsync();
        var early = await office.RunAsync("send", office.CampaignFile);
        Assert.True(early.ExitCode == 2, $"{early}");
        Assert.Contains("Chưa tới ngày gửi", early.Errors, StringComparison.Ordinal);
        Assert.Equal(0, new LedgerFacts(office.Data.Run(office.Key with { Date = office.Today.AddDays(1) })).Attempts);

        office.WriteCampaign(office.Today.AddDays(-1));
        var late = await office.RunAsync("send", office.CampaignFile);
        Assert.True(late.ExitCode == 2, $"{late}");
        Assert.Contains("nên không gửi được nữa", late.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(office.Data.Run(office.Key with { Date = office.Today.AddDays(-1) })));

        Assert.Equal(0, office.MessagesSeen());
        Assert.False(Directory.Exists(office.Reports));
    }

    [Fact]
    public async Task Rule_8_without_approval_nothing_is_sent()
    {
        await using var office = await Office.OpenAsync([Lane]);

        var refused = await office.RunAsync("send", office.CampaignFile);

        Assert.True(refused.ExitCode == 2, $"{refused}");
        Assert.Contains("chưa được phê duyệt", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(0, office.MessagesSeen());
    }

    [Fact]
    public async Task Rule_8_what_was_changed_after_the_approval_is_not_sent()
    {
        await using var office = await Office.OpenAsync([Lane]);
        await office.ApproveAsync();

        // One letter of the text; one number of the audience.
        await ChangedIsRefusedAsync(
            office, office.CampaignFile, "báo ngay", "báo ngày", "nội dung tệp chiến dịch đã khác");
        await ChangedIsRefusedAsync(
            office, office.AudienceFile, "84960000007,", "84960000999,", "tệp thuê bao subscribers.csv đã bị sửa");
        Assert.Equal(0, office.MessagesSeen());

        // As it was approved it goes.
        var sent = await office.RunAsync("send", office.CampaignFile);
        Assert.True(sent.ExitCode == 0, $"{sent}");
        Assert.Equal(30, office.Network.Stats().DistinctPhones);
    }

    static async Task ChangedIsRefusedAsync(Office office, string file, string old, string changed, string message)
    {
        var before = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, before.Replace(old, changed, StringComparison.Ordinal));

        ProgramResult refused = await office.RunAsync("send", office.CampaignFile);

        Assert.True(refused.ExitCode == 2, $"{refused}");
        Assert.Contains(message, refused.Errors, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, before);
    }
}
