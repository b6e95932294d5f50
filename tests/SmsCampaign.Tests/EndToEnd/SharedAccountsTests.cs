
namespace SmsCampaign.Tests.EndToEnd;

/// <summary>Two campaigns on the same accounts under a worker that is killed, with gateways that make every
/// kind of trouble.</summary>
[Trait("Category", "Slow")]
public sealed class SharedAccountsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Plain", 4)]
    [InlineData("AnswersInquiries", 4)]
    public async Task Nothing_is_lost_or_sent_twice_and_the_proof_agrees_with_the_gateways(string kind, int kills)
    {
        var seed = Random.Shared.Next(1_000_000);
        output.WriteLine($"seed {seed}");
        await using var campaigns = await SharedAccounts.OpenAsync(
            Enum.Parse<GatewayKind>(kind), subscribers: 600, seed);

        var last = await campaigns.RunAsync(kills);

        var verdict = await SharedAccountsVerdict.OfAsync(campaigns, last);
        output.WriteLine(
            $"{verdict.Messages} messages, {verdict.Uncertain} uncertain; {string.Join(", ", verdict.Above)}");
        foreach (var carrier in campaigns.Office.Network.Stats().Carriers)
            output.WriteLine($"{carrier}");
        output.WriteLine($"{last}");
        Assert.Empty(verdict.Faults);
        Assert.Equal(1_200, verdict.Messages);
    }
}
