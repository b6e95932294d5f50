using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>
/// One campaign whose sender is killed again and again (SIGKILL), proven from the carriers' side.
/// </summary>
[Trait("Category", "Slow")]
public sealed class CrashTests(ITestOutputHelper output)
{
    /// <summary>Set it to a seed that was printed, to meet the same chances again.</summary>
    const string SeedVariable = "SMS_CAMPAIGN_CRASH_SEED";

    readonly int _seed = int.TryParse(
        Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var seed)
        ? seed
        : Random.Shared.Next();

    [Theory]
    [InlineData("Plain", 6)]
    [InlineData("DropsRepeats", 7)]
    [InlineData("AnswersInquiries", 7)]
    public async Task Nothing_is_lost_or_sent_twice_over_twenty_kills(string kind, int kills)
    {
        output.WriteLine($"{SeedVariable}={_seed}");
        await using var campaign = await CrashCampaign.OpenAsync(
            Enum.Parse<GatewayKind>(kind), CrashCampaign.LanesOf(subscribers: 4_000), _seed);

        var last = await campaign.RunAsync(kills);

        var verdict = CrashVerdict.Of(campaign, last);
        Describe(campaign, verdict, last);
        Assert.Empty(verdict.Faults);
        Assert.Equal((4_000, kills), (verdict.Messages, campaign.Kills.Count));
        Assert.Contains(campaign.Kills, kill => kill.CutOff.Values.Sum() > 0);
        await EveryUncertainMessageIsListedAsync(campaign.Office);
    }

    // What a kill cut off at a gateway that drops repeats never moves: it waits for that gateway's money, and a person.
    [Theory]
    [InlineData("Plain", 4)]
    [InlineData("AnswersInquiries", 4)]
    public async Task Nothing_is_lost_or_sent_twice_over_kills_while_messages_move_to_another_lane(
        string kind,
        int kills)
    {
        output.WriteLine($"{SeedVariable}={_seed}");
        await using var campaign = await CrashCampaign.OpenAsync(
            Enum.Parse<GatewayKind>(kind), CrashCampaign.StandInLanesOf(subscribers: 2_000), _seed, carrier =>
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

    [Theory]
    [InlineData("Plain")]
    [InlineData("AnswersInquiries")]
    public async Task Nothing_is_lost_or_sent_twice_when_the_gateway_dies_and_returns(string kind)
    {
        output.WriteLine($"{SeedVariable}={_seed}");
        await using var campaign = await CrashCampaign.OpenAsync(
            Enum.Parse<GatewayKind>(kind), CrashCampaign.LanesOf(subscribers: 3_000), _seed);

        var last = await campaign.RunWhileGatewaysDieAsync(deaths: 3);

        var verdict = CrashVerdict.Of(campaign, last);
        Describe(campaign, verdict, last);
        Assert.Empty(verdict.Faults);
    }

    [Theory]
    [InlineData("Plain", 0.1, 0.02)] // answers that never come hold what may be in flight: few are enough
    [InlineData("DropsRepeats", 0.05, 0.02)] // each loss in a row doubles the wait
    [InlineData("AnswersInquiries", 0.1, 0.02)]
    public async Task Nothing_is_lost_or_sent_twice_when_connections_are_reset_and_answers_never_come(
        string kind, double resets, double silences)
    {
        output.WriteLine($"{SeedVariable}={_seed}");
        await using var campaign = await CrashCampaign.OpenAsync(
            Enum.Parse<GatewayKind>(kind),
            CrashCampaign.LanesOf(subscribers: 1_000),
            _seed,
            carrier => carrier with { ResetShare = resets, NoAnswerShare = silences });

        var last = await campaign.RunAsync(kills: 0);

        var verdict = CrashVerdict.Of(campaign, last);
        Describe(campaign, verdict, last);
        Assert.Empty(verdict.Faults);
        Assert.All(
            campaign.Office.Network.Stats().Carriers,
            carrier => Assert.InRange(carrier.Resets + carrier.Unanswered, 1, 1_000));
    }

    [Fact]
    public async Task The_rate_is_kept_over_kills()
    {
        output.WriteLine($"{SeedVariable}={_seed}");
        await using var campaign = await CrashCampaign.OpenAsync(GatewayKind.Plain, PacedLanes, _seed);

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

    void Describe(CrashCampaign campaign, CrashVerdict verdict, ProgramResult last)
    {
        output.WriteLine($"{verdict with { Twice = [], Lost = [], Unlisted = [], Wrong = [], TooMany = [] }}");
        foreach (var kill in campaign.Kills)
            output.WriteLine($"killed while {kill.Phase}: {string.Join(", ", kill.CutOff)}");
        foreach (var carrier in campaign.Office.Network.Stats().Carriers)
            output.WriteLine($"{carrier}");
        output.WriteLine($"{last}");
    }

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
