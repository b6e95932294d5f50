using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>The contracts over the kills of a sender.</summary>
[Trait("Category", "Slow")]
public sealed class CrashRateTests(ITestOutputHelper output) : CrashCase(output)
{
    [Fact]
    public async Task The_rate_is_kept_over_kills()
    {
        await using var campaign = await OpenAsync(GatewayKind.Plain, PacedLanes);

        var last = await campaign.RunAsync(kills: 4);

        var verdict = CrashVerdict.Of(campaign, last);
        Describe(campaign, verdict, last);
        Assert.Empty(verdict.Faults);
        TheRateWasKept(campaign.Office, new LedgerFacts(campaign.Office.Data.Run(campaign.Office.Key)));
    }

    static readonly IReadOnlyList<OfficeLane> PacedLanes =
    [
        new("viettel", 84_960_000_001, 1_000, 500) { MaxInFlight = 30, MostPerCall = 5 },
        new("vinaphone", 84_910_000_001, 500, 260) { MaxInFlight = 10 },
    ];

    /// <summary>Rule 4, over all restarts.</summary>
    static void TheRateWasKept(Office office, LedgerFacts facts)
    {
        const long second = 1_000_000;
        var handOvers = facts.HandOvers();
        var interruptions = facts.Interruptions();

        foreach (var lane in PacedLanes)
        {
            var own = handOvers.Where(each => each.Lane == lane.Carrier).ToList();
            Assert.InRange(MostInASecond(own), 1, lane.Rate);

            // When the last calls before a kill left nobody knows: the lane waits out a whole second.
            foreach (var start in interruptions.Where(each => each.Lane == lane.Carrier).Select(each => each.NoticedAt))
                Assert.DoesNotContain(own, each => each.At > start && each.At <= start + second);

            // On the way to the carrier a busy machine can squeeze together what left evenly, by no more than the time
            // a call took.
            var longest = own.Max(each => each.AnsweredAt - each.At) / (double)second;
            Assert.InRange(office.Network.Stats().Of(lane.Carrier).MostPartsInASecond, 1, lane.Rate * (1 + longest));
        }
    }

    static int MostInASecond(List<HandOver> handOvers)
    {
        var (most, first, parts) = (0, 0, 0);
        foreach (var each in handOvers)
        {
            for (parts += each.Parts; handOvers[first].At <= each.At - 1_000_000; first++)
                parts -= handOvers[first].Parts;
            most = Math.Max(most, parts);
        }

        return most;
    }
}
