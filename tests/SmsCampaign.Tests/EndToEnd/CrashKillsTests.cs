using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>The sender is killed at any moment.</summary>
[Trait("Category", "Slow")]
public sealed class CrashKillsTests(ITestOutputHelper output) : CrashCase(output)
{
    [Theory]
    [InlineData("Plain", 6)]
    [InlineData("DropsRepeats", 7)]
    [InlineData("AnswersInquiries", 7)]
    public async Task Nothing_is_lost_or_sent_twice_over_twenty_kills(string kind, int kills)
    {
        await using var campaign = await OpenAsync(
            Enum.Parse<GatewayKind>(kind), CrashCampaign.LanesOf(subscribers: 2_000));

        var last = await campaign.RunAsync(kills);

        var verdict = CrashVerdict.Of(campaign, last);
        Describe(campaign, verdict, last);
        Assert.Empty(verdict.Faults);
        Assert.Equal((2_000, kills), (verdict.Messages, campaign.Kills.Count));
        Assert.Contains(campaign.Kills, kill => kill.CutOff.Values.Sum() > 0);
        await EveryUncertainMessageIsListedAsync(campaign.Office);
    }

    static async Task EveryUncertainMessageIsListedAsync(Office office)
    {
        var facts = new LedgerFacts(office.Data.Run(office.Key));
        var uncertain = facts.Messages().Where(message => message.Status == MessageStatus.Uncertain)
            .Select(message => MessageReference.Of(facts.Code, message.Seq)).ToList();

        // The terminal lists the first 200 and counts the rest.
        var listed = await office.RunAsync("resolve", Office.CampaignId, "--lang", "en");
        Assert.Equal(0, listed.ExitCode);
        Assert.All(
            uncertain.Take(200), reference => Assert.Contains(reference, listed.Output, StringComparison.Ordinal));
        Assert.Contains(
            uncertain.Count == 0 ? "no uncertain message" : Figures.Count(uncertain.Count).En + " uncertain",
            listed.Output,
            StringComparison.Ordinal);
    }
}
