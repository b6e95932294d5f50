using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Runs;

/// <summary>
/// Finds another lane of the run for messages that their own cannot send. Each message moves at most once.
/// </summary>
/// <param name="accounts">By lane name.</param>
public sealed class Routing(ISendingLedger ledger, LaneAccounts accounts)
{
    readonly INetworkLookup? _lookup = ledger.Info.Lanes.Values
        .Select(lane => accounts.Find(lane.Name)?.Carrier)
        .OfType<INetworkLookup>()
        .FirstOrDefault(lookup => lookup.LooksUpNetworks);

    /// <summary>Where a message goes whose gateway said that its number is on another network: to the lane that serves
    /// that network, else to one that stands in for it. To one that is held only where there is no other: there it
    /// waits for a person, and is not refused for good.</summary>
    /// <returns>Null where there is none, or the message has moved before.</returns>
    public NewRoute? ForWrongNetwork(PlannedBatch batch, long seq, SendResult refusal)
    {
        if (ledger.Routes.Find(seq) is not null)
            return null;

        var planned = ledger.Info.Carriers.GetValueOrDefault(MessageSeq.CarrierOf(seq));
        var network = refusal.Network ?? planned;
        return Candidates(network, fallbackOnly: refusal.Network is null)
            .Where(lane => lane.Id != batch.Lane)
            .Select(lane => PartsOn(lane, batch.Segment) is { } parts
                ? new NewRoute(lane.Id, parts, RouteReason.WrongNetwork, refusal.Network)
                : null)
            .OfType<NewRoute>()
            .OrderBy(route => IsHeld(route.Lane))
            .FirstOrDefault();
    }

    /// <summary>The lanes that stand in for a stopped one, for the carriers planned on it.</summary>
    /// <returns>A lane and the parts of one message on it, by segment: segments whose text it does not take are not
    /// among them. Null where the campaign does not allow it, or no lane serves all its carriers now: one that is held
    /// itself does not, and what would wait there waits where it is.</returns>
    public (int Lane, IReadOnlyDictionary<int, int> PartsOfSegment)? ForStopped(RunLane stopped)
    {
        if (!ledger.Info.UsesFallback)
            return null;

        var carriers = ledger.Info.LaneOfCarrier
            .Where(pair => pair.Value == stopped.Id)
            .Select(pair => ledger.Info.Carriers[pair.Key])
            .ToList();
        var instead = ledger.Info.Lanes.Values.FirstOrDefault(
            lane => lane.Id != stopped.Id
                && carriers.All(lane.FallbackFor.Contains)
                && CanSend(lane)
                && !IsHeld(lane.Id));
        if (instead is null)
            return null;

        var parts = new Dictionary<int, int>();
        foreach (var segment in ledger.Info.TextOfSegment.Keys)
        {
            if (PartsOn(instead, segment) is { } count)
                parts[segment] = count;
        }

        return (instead.Id, parts);
    }

    /// <summary>Asks a gateway of the run that can tell which network a number is on, where the
    /// refusal does not say.</summary>
    /// <returns>The refusal, with the network where one is known; asked once a message.</returns>
    public async Task<SendResult> NameNetworkAsync(
        SendResult refusal, PhoneNumber number, CancellationToken cancellationToken)
    {
        if (refusal.Network is not null || _lookup is null)
            return refusal;

        try
        {
            return await _lookup.FindNetworkAsync(number, cancellationToken) is { } network
                ? SendResult.WrongNetwork(refusal.Reason!, network)
                : refusal;
        }
        catch (OperationCanceledException) // the process stops: the refusal is known, its network is not
        {
            return refusal;
        }
    }

    IEnumerable<RunLane> Candidates(string? network, bool fallbackOnly)
    {
        if (network is null)
            return [];

        var serving = fallbackOnly ? [] : ledger.Info.Lanes.Values.Where(lane => lane.Carriers.Contains(network));
        return serving
            .Concat(ledger.Info.Lanes.Values.Where(lane => lane.FallbackFor.Contains(network)))
            .Where(CanSend);
    }

    bool CanSend(RunLane lane) => accounts.Find(lane.Name) is { Stop.IsOff: false }
        && !accounts.Orders.IsCalledOff(ledger.Info.Key, lane.Name);

    /// <summary>Whether too much failed there, and it goes on only by a person. As it stands on disk.</summary>
    bool IsHeld(int lane) => ledger.Trials.Find(lane) is { IsHeld: true };

    /// <returns>Parts of a segment's text on a lane; null where the lane does not take it.</returns>
    int? PartsOn(RunLane lane, int segment)
    {
        var options = accounts.Find(lane.Name)!.Lane.Options;
        var text = ledger.Info.TextOfSegment[segment];
        var parts = text.PartsIn(options.LengthTable);
        var isTaken = parts <= options.MostParts
            && (options.Unicode || options.EncodingOf(text) != SmsEncoding.Ucs2)
            && LanePace.FindUnfit(options, parts) is null
            && !options.FaultsOf(text).Any();
        return isTaken ? parts : null;
    }
}
