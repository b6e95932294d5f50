using SmsCampaign.Messages;
using SmsCampaign.Simulator;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>
/// What a campaign that was killed again and again did, from the carriers' side: what a message's fate was follows from
/// its reference and the seed.
/// </summary>
/// <param name="CutOff">Messages that a kill made uncertain, as long as that stood.</param>
/// <param name="Twice">Phones that got more than one message, or one meant for another.</param>
/// <param name="Lost">Messages that no phone got, and of which the ledger does not say that it may be so.</param>
/// <param name="Unlisted">Uncertain messages that chua-ro.csv does not list, or that it lists in vain.</param>
/// <param name="Wrong">Messages whose status is not what their carrier told, though it could tell.</param>
/// <param name="TooMany">Kills that left more than maxInFlight messages of a lane uncertain.</param>
sealed record CrashVerdict(
    int Messages, int Reached, int Uncertain, int CutOff,
    IReadOnlyList<string> Twice,
    IReadOnlyList<string> Lost,
    IReadOnlyList<string> Unlisted,
    IReadOnlyList<string> Wrong,
    IReadOnlyList<string> TooMany)
{
    public IEnumerable<string> Faults => Twice.Concat(Lost).Concat(Unlisted).Concat(Wrong).Concat(TooMany);

    public static CrashVerdict Of(CrashCampaign campaign, ProgramResult last)
    {
        var office = campaign.Office;
        var facts = new LedgerFacts(office.Data.Run(office.Key));
        var messages = facts.Messages();
        var phones = office.Network.Phones();
        var fates = new Fates(campaign, facts.Code);
        var numberOf = messages.ToDictionary(message => fates.ReferenceOf(message), message => $"{message.Number}");
        var reached = phones.SelectMany(phone => phone.References).ToHashSet();

        List<string> lost = [.. office.Numbers
            .Except(messages.Select(message => message.Number))
            .Select(number => $"no row: {number}")];
        List<string> wrong = [];
        var missed = office.Network.Stats().Carriers.Sum(carrier => carrier.ReceiptsGivenUp + carrier.ReceiptsWaiting);
        foreach (var message in messages)
        {
            var told = fates.Of(message);
            if (!reached.Contains(fates.ReferenceOf(message)))
            {
                // Refused, or known not to be known; by a gateway that can be asked, or
                // repeated to, nothing stays open.
                if (!(message.Status == MessageStatus.Failed && fates.IsRefused(message))
                    && !(message.Status == MessageStatus.Uncertain && campaign.Kind == GatewayKind.Plain))
                    lost.Add($"not reached: {message}");
            }
            else if (message.Status is MessageStatus.Accepted or MessageStatus.Uncertain)
            {
                if (told is not null && (campaign.Kind == GatewayKind.AnswersInquiries || --missed < 0))
                    wrong.Add($"{told} was told: {message}");
            }
            else if (message.Status != told)
            {
                wrong.Add($"{told} was told: {message}");
            }
        }

        if (last.ExitCode != 0)
            wrong.Add($"does not balance: {last}");
        if (facts.OpenAttempts > 0)
            wrong.Add($"{facts.OpenAttempts} attempts are open");

        var uncertain =
            messages.Where(message => message.Status == MessageStatus.Uncertain).Select(fates.ReferenceOf).ToHashSet();
        uncertain.SymmetricExceptWith(
            last.ExitCode == 0 ? office.ReadReport("chua-ro.csv").Select(row => row.Split(',')[2]) : []);

        return new CrashVerdict(
            messages.Count,
            phones.Count,
            messages.Count(message => message.Status == MessageStatus.Uncertain),
            facts.CutOffEver,
            [.. phones
                .Where(phone => phone.Count != 1 || numberOf.GetValueOrDefault(phone.References[0]) != phone.Phone)
                .Select(phone => $"{phone.Phone} got {string.Join(", ", phone.References)}")],
            lost,
            [.. uncertain],
            wrong,
            [.. from kill in campaign.Kills
                from lane in kill.CutOff
                where lane.Value > office.Lanes.Single(each => each.Carrier == lane.Key).MaxInFlight
                select $"{lane.Value} of {lane.Key} cut off while {kill.Phase}"]);
    }

    /// <summary>What the carriers do with each message.</summary>
    sealed class Fates(CrashCampaign campaign, string code)
    {
        readonly IReadOnlyList<OfficeLane> _lanes = campaign.Office.Lanes;

        public string ReferenceOf(MessageFact message) => MessageReference.Of(code, message.Seq);

        public bool IsRefused(MessageFact message) => ChanceOf(message).Falls(Draw.Refused, Options.RefusedShare);

        /// <summary>What its receipt says; null where none is sent.</summary>
        public MessageStatus? Of(MessageFact message) =>
            ChanceOf(message).Falls(Draw.NoReceipt, Options.NoReceiptShare)
                && campaign.Kind != GatewayKind.AnswersInquiries
                ? null
                : AskedOf(message);

        /// <summary>What its carrier says when asked, as far as it is trusted.</summary>
        MessageStatus AskedOf(MessageFact message) =>
            ChanceOf(message).Falls(Draw.Failed, Options.FailedShare) ? MessageStatus.Failed
            : _lanes.Single(lane => lane.Numbers.Contains(message.Number)).ReceiptTrust == "network"
            ? MessageStatus.Sent
            : MessageStatus.Delivered;

        SimulatedCarrierOptions Options { get; } = CrashCampaign.Misbehave(new SimulatedCarrierOptions("any"));

        Chance ChanceOf(MessageFact message) => new(campaign.Seed, ReferenceOf(message));
    }
}
