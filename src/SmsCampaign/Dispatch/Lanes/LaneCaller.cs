using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>Makes a lane's calls and says what is to be written of each answer: what it means for the lane, for each
/// message, and where a message goes that another lane must send.</summary>
sealed class LaneCaller(
    RunInfo run, LaneSetup setup, CarrierExchange exchange, LaneQueue queue, CancellationToken giveUp)
{
    readonly ICarrierSession? _session = setup.Carrier.Session;

    /// <summary>Whether its session must be opened before the carrier can hand over.</summary>
    public bool NeedsPreparing => _session is { IsOpen: false };

    /// <summary>Opens it. Never throws.</summary>
    /// <param name="granted">When the pace let the request go, microseconds.</param>
    /// <returns>When it left; null where nothing did, as where its window closed meanwhile or a login was
    /// under way already.</returns>
    public async Task<long?> PrepareAsync(CallDeparture departure, long granted)
    {
        var answered = await exchange.OpenAsync(_session!, departure);
        var left = departure.End();
        var at = left ?? granted;
        if (answered is { Fault: { } fault })
            setup.Stop.TurnOff(at, fault, LaneStopKind.Fault);
        else if (answered is { IsPutBack: false, IsGivenUp: false } refused && !departure.IsHeldBack)
            setup.Holds.React(refused, at, setup.Stop);
        return left;
    }

    /// <summary>Never throws for what a gateway, the network or an adapter does.</summary>
    public async Task<Exchange> MakeAsync(LaneCall call, CallDeparture departure)
    {
        var answered = await exchange.SendAsync(ToOutbound(call), departure);
        var wasCalled = answered.LeftAt is not null || answered.Fault is not null;
        if (answered.IsGivenUp)
            setup.Pace.Abandon(call.Grant); // another run may still use the account
        else if (wasCalled)
            setup.Breaker.Note(call.GrantedAt, answered.Results);
        if (answered.IsPutBack)
            return answered;
        if (answered.Fault is { } fault)
            setup.Stop.TurnOff(call.GrantedAt, fault, LaneStopKind.Fault);

        var isPutOff = answered.Has(SendOutcome.Deferred);
        if (isPutOff)
            setup.Holds.React(answered, call.GrantedAt, setup.Stop);
        else
            setup.Holds.Forget();
        if (setup.Pace.IsAway && (answered.Has(SendOutcome.Accepted) || answered.Has(SendOutcome.Rejected)))
            setup.Pace.NoteTaken();

        var isRefused = answered.Has(SendOutcome.Rejected);
        if (isRefused)
            answered = await NameNetworksAsync(call, answered);
        return isPutOff || isRefused ? Judge(call, answered) : answered;
    }

    /// <summary>Asks which network the numbers are on that their gateway refused for being on another,
    /// where it can be asked.</summary>
    async Task<Exchange> NameNetworksAsync(LaneCall call, Exchange answered)
    {
        if (setup.Routing is not { } routing || !answered.Results.Any(result => result.IsWrongNetwork))
            return answered;

        var results = answered.Results.ToArray();
        for (var at = 0; at < results.Length; at++)
        {
            if (results[at].IsWrongNetwork)
                results[at] = await routing.NameNetworkAsync(
                    results[at], new PhoneNumber(call.MessageAt(at).Msisdn), giveUp);
        }

        return answered with { Results = results };
    }

    Exchange Judge(LaneCall call, Exchange answered)
    {
        var results = new SendResult[answered.Results.Count];
        for (var at = 0; at < results.Length; at++)
        {
            var seq = call.MessageAt(at).Seq;
            var result = queue.Judge(seq, answered.Results[at], answered.LeftAt);
            results[at] = result.IsWrongNetwork
                && setup.Routing?.ForWrongNetwork(call.Planned.Batch, seq, result) is { } route
                ? result.GoingTo(route)
                : result;
        }

        return answered with { Results = results };
    }

    OutboundSms[] ToOutbound(LaneCall call)
    {
        var text = run.TextOfSegment[call.Planned.Batch.Segment];
        var outbound = new OutboundSms[call.Messages];
        for (var at = 0; at < outbound.Length; at++)
        {
            var message = call.MessageAt(at);
            outbound[at] = new OutboundSms(
                MessageReference.Of(run.Code, message.Seq), new PhoneNumber(message.Msisdn), run.Sender, text)
            {
                Attempt = call.Attempt,
            };
        }

        return outbound;
    }
}

/// <summary>One call under an intent.</summary>
/// <param name="First">Position of its first message in the intent.</param>
/// <param name="Messages">How many it carries.</param>
readonly record struct LaneCall(PlannedCall Planned, long Attempt, int First, int Messages, PaceGrant Grant)
{
    /// <summary>When the pace let it go, microseconds.</summary>
    public long GrantedAt => Grant.At;

    /// <param name="at">Counted from 0 in the call.</param>
    public PlannedMessage MessageAt(int at) => Planned.Messages[First + at];
}
