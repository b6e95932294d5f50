using System.Text.Json;
using SmsCampaign.Messages;
using SmsCampaign.Simulator;
using SmsCampaign.Storage;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>What two campaigns on shared accounts did, from the carriers' side.</summary>
/// <param name="Twice">Messages that a phone got more than once, or that came to another phone.</param>
/// <param name="Lost">Messages that no phone got, and of which the ledger does not say that it may be so.</param>
/// <param name="Wrong">Statuses that no carrier told, runs that do not balance, workers that did not end in order.</param>
/// <param name="Proof">Where <c>prove</c> and the carriers disagree, or a contract was broken by its own account.</param>
/// <param name="Above">By lane, the largest share of its contract that came in within one second, by the carrier's clock.</param>
sealed record SharedAccountsVerdict(
    int Messages, int Uncertain, IReadOnlyList<string> Twice, IReadOnlyList<string> Lost, IReadOnlyList<string> Wrong, IReadOnlyList<string> Proof,
    IReadOnlyDictionary<string, double> Above)
{
    public IEnumerable<string> Faults => Twice.Concat(Lost).Concat(Wrong).Concat(Proof);

    public static async Task<SharedAccountsVerdict> OfAsync(SharedAccounts campaigns, Support.ProgramResult last)
    {
        var office = campaigns.Office;
        var phones = office.Network.Phones();
        var got = phones.SelectMany(phone => phone.References.Select(reference => (phone.Phone, Reference: reference))).ToLookup(each => each.Reference, each => each.Phone);
        List<string> twice = [], lost = [], wrong = [];
        var (count, uncertain) = (0, 0);

        foreach (var run in campaigns.Runs)
        {
            var facts = new LedgerFacts(office.Data.Run(run));
            var messages = facts.Messages();
            count += messages.Count;
            uncertain += messages.Count(message => message.Status == MessageStatus.Uncertain);
            lost.AddRange(office.Numbers.Except(messages.Select(message => message.Number)).Select(number => $"{run}: no row: {number}"));
            foreach (var message in messages)
            {
                var reference = MessageReference.Of(facts.Code, message.Seq);
                var at = got[reference].ToList();
                if (at.Count > 1 || (at.Count == 1 && at[0] != $"{message.Number}"))
                    twice.Add($"{run}: {reference} came to {string.Join(", ", at)}");
                if (Judge(campaigns, reference, message, at.Count > 0) is { } fault)
                    (at.Count == 0 ? lost : wrong).Add($"{run}: {fault}: {message}");
            }

            var status = await office.StatusAsync(run.Campaign);
            if (!status.GetProperty("balances").GetBoolean())
                wrong.Add($"{run} does not balance");
            if (facts.OpenAttempts > 0)
                wrong.Add($"{run}: {facts.OpenAttempts} attempts are open");
        }

        if (last.ExitCode != 0)
            wrong.Add($"the worker did not end in order: {last}");
        return new SharedAccountsVerdict(count, uncertain, twice, lost, wrong, await ProveAsync(campaigns), AboveOf(office));
    }

    /// <returns>What is wrong with a message; null where nothing is.</returns>
    static string? Judge(SharedAccounts campaigns, string reference, MessageFact message, bool reached)
    {
        var chance = new Chance(campaigns.Seed, reference);
        var options = CrashCampaign.Misbehave(new SimulatedCarrierOptions("any"));
        if (!reached)
        {
            var isRefused = message.Status == MessageStatus.Failed && chance.Falls(Draw.Refused, options.RefusedShare);
            return isRefused || (message.Status == MessageStatus.Uncertain && campaigns.Kind == GatewayKind.Plain) ? null : "not reached";
        }

        // Which lane sent it in the end decides whether "sent" or "delivered" is all it can say; none of these lanes says less than delivered.
        var told = chance.Falls(Draw.Failed, options.FailedShare) ? MessageStatus.Failed : MessageStatus.Delivered;
        return message.Status == told || message.Status is MessageStatus.Accepted or MessageStatus.Uncertain ? null : $"{told} was told";
    }

    /// <summary>Both runs' own hand-overs lane by lane, against what came in.</summary>
    static async Task<IReadOnlyList<string>> ProveAsync(SharedAccounts campaigns)
    {
        var office = campaigns.Office;
        List<string> faults = [];
        Dictionary<string, (long Known, long Unknown)> handed = [];
        foreach (var run in campaigns.Runs)
        {
            var proved = await office.RunAsync("prove", run.Campaign, "--json");
            if (proved.ExitCode != 0)
                faults.Add($"{run}: prove says {proved}");
            if (proved.ExitCode == 2 || proved.Output.Length == 0)
                continue;

            foreach (var lane in JsonDocument.Parse(proved.Output).RootElement.GetProperty("lanes").EnumerateArray())
            {
                var name = lane.GetProperty("name").GetString()!;
                var before = handed.GetValueOrDefault(name);

                // What is unknown is of all runs on the account: the same of both.
                handed[name] = (before.Known + lane.GetProperty("messages").GetInt64(), Math.Max(before.Unknown, lane.GetProperty("unknown").GetProperty("messages").GetInt64()));
            }
        }

        foreach (var carrier in office.Network.Stats().Carriers)
        {
            var (known, unknown) = handed.GetValueOrDefault(carrier.Name);
            if (carrier.Messages < known || carrier.Messages > known + unknown)
                faults.Add($"{carrier.Name}: {carrier.Messages} messages came in, prove knows of {known} and of {unknown} that may have");
        }

        return faults;
    }

    static Dictionary<string, double> AboveOf(Office office) =>
        office.Lanes.ToDictionary(lane => lane.Carrier, lane => office.Network.Stats().Of(lane.Carrier).MostPartsInASecond / (double)lane.Rate);
}
