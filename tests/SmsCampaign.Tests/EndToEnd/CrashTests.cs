using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Simulator;
using SmsCampaign.Storage;
using Xunit.Abstractions;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>
/// One campaign whose sender is killed again and again (SIGKILL), proven from the carriers' side.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    const int Kills = 20;
    const double NoReceiptShare = 0.02;
    const double FailedShare = 0.05;

    /// <summary>Set it to a seed that was printed, to meet the same chances again.</summary>
    const string SeedVariable = "SMS_CAMPAIGN_CRASH_SEED";

    // Lists and singles; a lane whose receipts say "sent" at most. The receipt time is longer than the longest pause
    // of a simulated carrier between two attempts to bring one (5 s).
    static readonly IReadOnlyList<OfficeLane> Lanes =
    [
        new("viettel", 84_960_000_001, 1_500, 500) { MaxInFlight = 30, MostPerCall = 5, ReceiptTimeout = TimeSpan.FromSeconds(8) },
        new("vinaphone", 84_910_000_001, 800, 260) { MaxInFlight = 10, ReceiptTimeout = TimeSpan.FromSeconds(8) },
        new("mobifone", 84_900_000_001, 700, 220)
        {
            MaxInFlight = 10, MostPerCall = 2, ReceiptTrust = "network", ReceiptTimeout = TimeSpan.FromSeconds(8),
        },
    ];

    readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var seed)
        ? seed
        : Random.Shared.Next();

    [Fact]
    public async Task Rules_1_to_4_hold_over_twenty_kills()
    {
        output.WriteLine($"{SeedVariable}={_seed}");
        await using var office = await Office.OpenAsync(Lanes, Misbehave, _seed);
        await office.ApproveAsync();

        await KillAgainAndAgainAsync(office);
        var sent = await office.RunAsync("send", office.CampaignFile);
        Assert.True(sent.ExitCode == 0, $"{sent}");

        var facts = new LedgerFacts(office.Data.Run(office.Key));
        var messages = facts.Messages();
        Describe(office, facts, messages);

        NobodyGotItTwice(office, facts, messages);
        NobodyWasLost(office, facts, messages);
        ReceiptsSettledWhatTheyTellOf(office, facts, messages);
        ACrashLeavesNoMoreUncertainThanWasInFlight(facts, messages);
        TheRateWasKept(office, facts);
        await EveryUncertainMessageIsListedAsync(office, facts, messages);
    }

    static SimulatedCarrierOptions Misbehave(SimulatedCarrierOptions carrier) => carrier with
    {
        Latency = TimeSpan.FromMilliseconds(10),
        LatencyJitter = TimeSpan.FromMilliseconds(30),
        RefusedShare = 0.03,
        FailedShare = FailedShare,
        NoReceiptShare = NoReceiptShare,
        DuplicateShare = 0.05,
        BeforeAnswerShare = 0.05,
        ResetShare = 0.01,
    };

    /// <summary>A kill after so many messages more than before, seen by the carriers: whatever the machine's speed, they
    /// are spread over the whole run. Every fourth comes with the first word of the program, before anything left.</summary>
    async Task KillAgainAndAgainAsync(Office office)
    {
        var random = new Random(_seed);
        for (var left = Kills; left > 0; left--)
        {
            var seen = office.MessagesSeen();
            var most = 1.6 * (office.Numbers.Count - seen) / (left + 2);
            var until = seen + 1 + random.Next((int)Math.Max(1, most));

            await using var program = office.Start("send", office.CampaignFile);
            if (random.Next(4) == 0)
                await program.Spoken;
            else
                await program.UntilAsync(() => office.MessagesSeen() >= until);

            if (program.HasExited)
                Assert.Fail($"the program ended before kill {Kills - left + 1}: {await program.WaitAsync()}");
            await program.KillAsync();
        }
    }

    void Describe(Office office, LedgerFacts facts, IReadOnlyList<MessageFact> messages)
    {
        var stats = office.Network.Stats();
        output.WriteLine($"reached {stats.DistinctPhones} of {messages.Count}; cut off {facts.Interruptions().Sum(each => each.Messages)}");
        foreach (var group in messages.GroupBy(message => (message.Status, message.Note)).OrderBy(group => group.Key))
            output.WriteLine($"{group.Key.Status} ({group.Key.Note}): {group.Count()}");
        foreach (var carrier in stats.Carriers)
            output.WriteLine($"{carrier}");
    }

    /// <summary>Rule 1.</summary>
    static void NobodyGotItTwice(Office office, LedgerFacts facts, IReadOnlyList<MessageFact> messages)
    {
        var numberOf = messages.ToDictionary(message => MessageReference.Of(facts.Code, message.Seq), message => message.Number);
        Assert.All(office.Network.Phones(), phone =>
        {
            Assert.Equal(1, phone.Count);
            Assert.Equal(phone.Phone, $"{numberOf[phone.References[0]]}");
        });
    }

    /// <summary>Rules 2 and 3: everybody was reached, or was refused, or is known not to be known.</summary>
    static void NobodyWasLost(Office office, LedgerFacts facts, IReadOnlyList<MessageFact> messages)
    {
        var reached = ReachedSeqs(office);

        Assert.Equal(office.Numbers.Order(), messages.Select(message => message.Number).Order());
        Assert.Equal(0, facts.OpenAttempts);
        Assert.All(messages.Where(message => !reached.Contains(message.Seq)), message =>
            Assert.True(message.Status is MessageStatus.Failed or MessageStatus.Uncertain, $"not reached: {message}"));
        Assert.All(messages, message =>
            Assert.True(message.Status is not (MessageStatus.Planned or MessageStatus.Submitting or MessageStatus.Leftover), $"left: {message}"));
    }

    /// <summary>Whatever the carriers took and told of is settled, cut off or not. What they could not bring, as the
    /// program was dead each time they tried, they count themselves.</summary>
    void ReceiptsSettledWhatTheyTellOf(Office office, LedgerFacts facts, IReadOnlyList<MessageFact> messages)
    {
        var reached = ReachedSeqs(office);
        var missed = office.Network.Stats().Carriers.Sum(carrier => carrier.ReceiptsGivenUp + carrier.ReceiptsWaiting);
        var unsettled = 0;

        foreach (var message in messages.Where(message => reached.Contains(message.Seq)))
        {
            var chance = new Chance(_seed, MessageReference.Of(facts.Code, message.Seq));
            var told = chance.Falls(Draw.NoReceipt, NoReceiptShare) ? (MessageStatus?)null
                : chance.Falls(Draw.Failed, FailedShare) ? MessageStatus.Failed
                : message.Number / 10_000_000 == 8490 ? MessageStatus.Sent
                : MessageStatus.Delivered;

            if (message.Status is MessageStatus.Accepted or MessageStatus.Uncertain)
                unsettled += told is null ? 0 : 1;
            else
                Assert.Equal(told, message.Status);
        }

        Assert.InRange(unsettled, 0, missed);
        Assert.Contains(messages, message => message is { Note: "interrupted", Status: not MessageStatus.Uncertain });
    }

    /// <summary>Rule 2: one crash makes at most maxInFlight messages of a lane uncertain.</summary>
    static void ACrashLeavesNoMoreUncertainThanWasInFlight(LedgerFacts facts, IReadOnlyList<MessageFact> messages)
    {
        var interruptions = facts.Interruptions();

        Assert.NotEmpty(interruptions);
        Assert.All(interruptions, each => Assert.InRange(each.Messages, 1, LaneOf(each.Lane).MaxInFlight));
        Assert.All(interruptions.CountBy(each => each.Lane), lane => Assert.InRange(lane.Value, 1, Kills));

        var expected = interruptions.Sum(each => each.Messages);
        Assert.InRange(messages.Count(message => message is { Status: MessageStatus.Uncertain, Note: "interrupted" }), 0, expected);
    }

    /// <summary>Rule 4, over all restarts.</summary>
    static void TheRateWasKept(Office office, LedgerFacts facts)
    {
        const long second = 1_000_000;
        var handOvers = facts.HandOvers();
        var interruptions = facts.Interruptions();

        foreach (var lane in Lanes)
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

    static async Task EveryUncertainMessageIsListedAsync(Office office, LedgerFacts facts, IReadOnlyList<MessageFact> messages)
    {
        var uncertain = messages.Where(message => message.Status == MessageStatus.Uncertain)
            .Select(message => MessageReference.Of(facts.Code, message.Seq)).ToList();

        Assert.Equal(uncertain.Order(), office.ReadReport("chua-ro.csv").Select(row => row.Split(',')[2]).Order());

        // The terminal lists the first 200 and counts the rest.
        var listed = await office.RunAsync("resolve", Office.CampaignId, "--lang", "en");
        Assert.Equal(0, listed.ExitCode);
        Assert.All(uncertain.Take(200), reference => Assert.Contains(reference, listed.Output, StringComparison.Ordinal));
        Assert.Contains(Figures.Count(uncertain.Count).En + " uncertain", listed.Output, StringComparison.Ordinal);
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

    static OfficeLane LaneOf(string name) => Lanes.Single(lane => lane.Carrier == name);

    static HashSet<long> ReachedSeqs(Office office) => [.. office.Network.Phones().Select(phone =>
    {
        Assert.True(MessageReference.TryParse(phone.References[0], out _, out var seq));
        return seq;
    })];
}
