using System.Text.Json;
using SmsCampaign.Messages;
using SmsCampaign.Simulator;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>What two campaigns on shared accounts did, from the carriers' side.</summary>
/// <param name="Twice">Messages that a phone got more than once, or that came to another phone.</param>
/// <param name="Lost">Messages that no phone got, and of which the ledger does not say that it may be so.</param>
/// <param name="Wrong">Statuses that no carrier told, runs that do not balance, workers that
/// did not end in order.</param>
/// <param name="Proof">Where <c>prove</c> and the carriers disagree, or a contract was broken
/// by its own account.</param>
/// <param name="Above">By lane, the largest share of its contract that came in within one second, by
/// the carrier's clock.</param>
sealed record SharedAccountsVerdict(
    int Messages,
    int Uncertain,
    IReadOnlyList<string> Twice,
    IReadOnlyList<string> Lost,
    IReadOnlyList<string> Wrong,
    IReadOnlyList<string> Proof,
    IReadOnlyDictionary<string, double> Above)
{
    /// <summary>Share of a contract that can come in within a second where each second's worth left within one: a
    /// machine that stands still for half a second squeezes together so much.</summary>
    const double MostSqueezed = 1.5;

    public IEnumerable<string> Faults => Twice.Concat(Lost).Concat(Wrong).Concat(Proof);

    public static async Task<SharedAccountsVerdict> OfAsync(SharedAccounts campaigns, Support.ProgramResult last)
    {
        var office = campaigns.Office;
        var phones = office.Network.Phones();
        var got = phones
            .SelectMany(phone => phone.References.Select(reference => (phone.Phone, Reference: reference)))
            .ToLookup(each => each.Reference, each => each.Phone);
        List<string> twice = [], lost = [], wrong = [];
        var (count, uncertain) = (0, 0);

        foreach (var run in campaigns.Runs)
        {
            var facts = new LedgerFacts(office.Data.Run(run));
            var messages = facts.Messages();
            count += messages.Count;
            uncertain += messages.Count(message => message.Status == MessageStatus.Uncertain);
            var text = run.Campaign == Office.OtherId ? Office.OtherText : Office.Text;
            lost.AddRange(office.Numbers
                .Except(messages.Select(message => message.Number))
                .Select(number => $"{run}: no row: {number}"));
            foreach (var message in messages)
            {
                // A gateway that is logged in to is given no reference.
                var (reference, unnamed) =
                    (MessageReference.Of(facts.Code, message.Seq), SimulatedSessions.ReferenceOf(message.Number, text));
                var at = got[reference].Concat(got[unnamed]).ToList();
                if (at.Count > 1 || (at.Count == 1 && at[0] != $"{message.Number}"))
                    twice.Add($"{run}: {reference} came to {string.Join(", ", at)}");
                var fault = at.Count == 0 ? JudgeUnreached(campaigns, message, [reference, unnamed])
                    : got.Contains(unnamed) ? JudgeUntold(message)
                    : Judge(campaigns, message, reference);
                if (fault is not null)
                    (at.Count == 0 ? lost : wrong).Add($"{run}: {fault}: {message}");
            }

            var status = await office.StatusAsync(run.Campaign);
            if (status.GetProperty("state").GetString() != "finished")
                wrong.Add($"{run} did not finish: {Ledgers.OpenRegistry(office.Data).ReadDecisions(run.Campaign)[^1]}");
            if (!status.GetProperty("balances").GetBoolean())
                wrong.Add($"{run} does not balance");
            if (facts.OpenAttempts > 0)
                wrong.Add($"{run}: {facts.OpenAttempts} attempts are open");
        }

        if (last.ExitCode != 0)
            wrong.Add($"the worker did not end in order: {last}");
        return new SharedAccountsVerdict(
            count, uncertain, twice, lost, wrong, await ProveAsync(campaigns), AboveOf(office));
    }

    static SimulatedCarrierOptions Options { get; } = CrashCampaign.Misbehave(new SimulatedCarrierOptions("any"));

    /// <param name="references">What it may have come under.</param>
    /// <returns>What is wrong with a message that no phone got; null where nothing is.</returns>
    static string? JudgeUnreached(SharedAccounts campaigns, MessageFact message, string[] references)
    {
        var isRefused = message.Status == MessageStatus.Failed
            && references.Any(
                reference => new Chance(campaigns.Seed, reference).Falls(Draw.Refused, Options.RefusedShare));
        var mayBeOpen = campaigns.Kind == GatewayKind.Plain
            || campaigns.Office.Lanes.Single(lane => lane.Numbers.Contains(message.Number)).LogsIn;
        return isRefused || (message.Status == MessageStatus.Uncertain && mayBeOpen) ? null : "not reached";
    }

    /// <summary>Of one that came to a gateway which brings no receipts and cannot be asked.</summary>
    static string? JudgeUntold(MessageFact message) =>
        message.Status is MessageStatus.Accepted or MessageStatus.Uncertain
            ? null
            : "nothing was told but that it was taken";

    /// <summary>Of one that came to a gateway that brings receipts.</summary>
    static string? Judge(SharedAccounts campaigns, MessageFact message, string reference)
    {
        // Which lane sent it in the end decides whether "sent" or "delivered" is all it can say; none of these
        // lanes says less than delivered.
        var told = new Chance(campaigns.Seed, reference).Falls(Draw.Failed, Options.FailedShare)
            ? MessageStatus.Failed
            : MessageStatus.Delivered;
        return message.Status == told || message.Status is MessageStatus.Accepted or MessageStatus.Uncertain
            ? null
            : $"{told} was told";
    }

    /// <summary>Both runs' own hand-overs lane by lane, against what came in.</summary>
    static async Task<IReadOnlyList<string>> ProveAsync(SharedAccounts campaigns)
    {
        var office = campaigns.Office;
        List<string> faults = [];
        Dictionary<string, HandedOver> handed = [];
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
                var unknown = lane.GetProperty("unknown");
                handed[name] = handed.GetValueOrDefault(name).Add(
                    lane.GetProperty("messages").GetInt64(), unknown.GetProperty("messages").GetInt64(),
                    lane.GetProperty("requests").GetInt64(), unknown.GetProperty("requests").GetInt64());
            }
        }

        foreach (var carrier in office.Network.Stats().Carriers)
        {
            var known = handed.GetValueOrDefault(carrier.Name);
            // What lay in a socket as its process died the gateway may never have read (the connection is reset).
            var unread = campaigns.Kills
                * office.Lanes.Where(lane => lane.Carrier == carrier.Name).Sum(lane => lane.MaxInFlight);
            if (carrier.Messages < known.Messages - unread
                || carrier.Messages > known.Messages + known.UnknownMessages)
                faults.Add(
                    $"{carrier.Name}: {carrier.Messages} messages came in, prove knows of {known.Messages} and of "
                    + $"{known.UnknownMessages} that may have");

            // A login is noted before it is made: a kill between the two leaves one that never came.
            if (carrier.Requests > known.Requests + known.UnknownRequests)
                faults.Add(
                    $"{carrier.Name}: {carrier.Requests} requests came in, prove knows of {known.Requests} and of "
                    + $"{known.UnknownRequests} that may have");
            if (carrier.Sessions is { UsedWhenOver: > 0 } sessions)
                faults.Add(
                    $"{carrier.Name}: {sessions.UsedWhenOver} messages under a session after the next was given");
        }

        faults.AddRange(AboveOf(office)
            .Where(lane => lane.Value > MostSqueezed)
            .Select(lane => $"{lane.Key}: {lane.Value:0.00} of the contract came in within a second"));
        return faults;
    }

    static Dictionary<string, double> AboveOf(Office office)
    {
        var stats = office.Network.Stats();
        return office.Lanes.ToDictionary(
            lane => lane.Carrier,
            lane => (lane.LogsIn
                ? stats.Of(lane.Carrier).MostRequestsInASecond
                : stats.Of(lane.Carrier).MostPartsInASecond) / (double)lane.Rate);
    }

    /// <summary>What the runs on an account handed over by <c>prove</c>.</summary>
    /// <param name="UnknownMessages">Of all runs on the account: each run's proof says the same of them.</param>
    readonly record struct HandedOver(long Messages, long UnknownMessages, long Requests, long UnknownRequests)
    {
        public HandedOver Add(long messages, long unknownMessages, long requests, long unknownRequests) => new(
            Messages + messages,
            Math.Max(UnknownMessages, unknownMessages),
            Requests + requests,
            Math.Max(UnknownRequests, unknownRequests));
    }
}
