namespace SmsCampaign.Tests.EndToEnd;

/// <summary>The gateways die and return.</summary>
[Trait("Category", "Slow")]
public sealed class CrashGatewaysTests(ITestOutputHelper output) : CrashCase(output)
{
    [Theory]
    [InlineData("Plain")]
    [InlineData("AnswersInquiries")]
    public async Task Nothing_is_lost_or_sent_twice_when_the_gateway_dies_and_returns(string kind)
    {
        await using var campaign = await OpenAsync(
            Enum.Parse<GatewayKind>(kind), CrashCampaign.LanesOf(subscribers: 1_500));

        var last = await campaign.RunWhileGatewaysDieAsync(deaths: 3);

        var verdict = CrashVerdict.Of(campaign, last);
        Describe(campaign, verdict, last);
        Assert.Empty(verdict.Faults);
    }
}
