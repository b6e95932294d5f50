namespace SmsCampaign.Tests.EndToEnd;

/// <summary>The sender is killed while messages move to another lane.</summary>
[Trait("Category", "Slow")]
public sealed class CrashMovesTests(ITestOutputHelper output) : CrashCase(output)
{
    // What a kill cut off at a gateway that drops repeats never moves: it waits for that gateway's money, and a person.
    [Theory]
    [InlineData("Plain", 4)]
    [InlineData("AnswersInquiries", 4)]
    public async Task Nothing_is_lost_or_sent_twice_over_kills_while_messages_move_to_another_lane(
        string kind,
        int kills)
    {
        await using var campaign = await OpenAsync(
            Enum.Parse<GatewayKind>(kind), CrashCampaign.StandInLanesOf(subscribers: 2_000), carrier =>
                CrashCampaign.SendElsewhere(carrier, subscribers: 2_000));

        var last = await campaign.RunAsync(kills);

        var verdict = CrashVerdict.Of(campaign, last);
        Describe(campaign, verdict, last);
        Assert.Empty(verdict.Faults);
        Assert.Equal(2_000, verdict.Messages);
        var carriers = campaign.Office.Network.Stats();
        Assert.Equal(500, carriers.Of("viettel").Taken);
        Assert.InRange(carriers.Of("mobifone").Taken, 900, 1_200); // its own 500 and what moved, refusals left out
    }
}
