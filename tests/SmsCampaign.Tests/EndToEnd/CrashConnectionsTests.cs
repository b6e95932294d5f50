namespace SmsCampaign.Tests.EndToEnd;

/// <summary>Connections are reset, and answers never come.</summary>
[Trait("Category", "Slow")]
public sealed class CrashConnectionsTests(ITestOutputHelper output) : CrashCase(output)
{
    [Theory]
    [InlineData("Plain", 0.1, 0.02)] // answers that never come hold what may be in flight: few are enough
    [InlineData("DropsRepeats", 0.05, 0.02)] // each loss in a row doubles the wait
    [InlineData("AnswersInquiries", 0.1, 0.02)]
    public async Task Nothing_is_lost_or_sent_twice_when_connections_are_reset_and_answers_never_come(
        string kind, double resets, double silences)
    {
        await using var campaign = await OpenAsync(
            Enum.Parse<GatewayKind>(kind),
            CrashCampaign.LanesOf(subscribers: 1_000),
            carrier => carrier with { ResetShare = resets, NoAnswerShare = silences });

        var last = await campaign.RunAsync(kills: 0);

        var verdict = CrashVerdict.Of(campaign, last);
        Describe(campaign, verdict, last);
        Assert.Empty(verdict.Faults);
        Assert.All(
            campaign.Office.Network.Stats().Carriers,
            carrier => Assert.InRange(carrier.Resets + carrier.Unanswered, 1, 1_000));
    }
}
