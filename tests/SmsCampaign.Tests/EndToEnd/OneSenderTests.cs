namespace SmsCampaign.Tests.EndToEnd;

[Trait("Category", "Slow")]
public sealed class OneSenderTests
{
    /// <summary>At this rate it sends for as long as a test may last.</summary>
    static readonly IReadOnlyList<OfficeLane> Slow = [new("viettel", 84_960_000_001, 2_000, 2)];

    [Theory]
    [InlineData("send")]
    [InlineData("worker")]
    public async Task While_one_process_sends_no_other_does(string first)
    {
        await using var office = await Office.OpenAsync(Slow);
        await office.ApproveAsync();

        await using var sender = office.Start([first, .. Arguments(office, first)]);
        await sender.UntilAsync(() => office.MessagesSeen() > 0);
        Assert.False(sender.HasExited);

        foreach (var second in new[] { "send", "worker" })
        {
            var refused = await office.RunAsync([second, .. Arguments(office, second)]);

            Assert.True(refused.ExitCode == 1, $"{second}: {refused}");
            Assert.Contains("một cửa sổ khác đang gửi", refused.Errors, StringComparison.Ordinal);
        }

        Assert.False(sender.HasExited);
        Assert.Equal(0, office.Network.Stats().PhonesWithMoreThanOne);

        sender.Terminate();
        await sender.WaitAsync();
    }

    static string[] Arguments(Office office, string verb) => verb == "send" ? [office.CampaignFile] : [];
}
