using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Messages;
using SmsCampaign.Storage;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>Makes a lane's calls and says what is to be written of each answer: what it means for the lane, for each message, and where a
/// message goes that another lane must send.</summary>
sealed class LaneCaller(RunInfo run, LaneSetup setup, CarrierExchange exchange, LaneQueue queue, LaneHolds holds, CancellationToken giveUp)
{
    /// <summary>Never throws for what a gateway or the network does.</summary>
    public async Task<Exchange> MakeAsync(LaneCall call)
    {
        var answered = await exchange.SendAsync(ToOutbound(call));
        var isPutOff = answered.Has(SendOutcome.Deferred);
        if (isPutOff)
            holds.React(answered, call.HandedAt);
        else
            holds.Forget();

        var isRefused = answered.Has(SendOutcome.Rejected);
        if (isRefused)
            answered = await NameNetworksAsync(call, answered);
        return isPutOff || isRefused ? Judge(call, answered) : answered;
    }

    /// <summary>Asks which network the numbers are on that their gateway refused for being on another, where it can be asked.</summary>
    async Task<Exchange> NameNetworksAsync(LaneCall call, Exchange answered)
    {
        if (setup.Routing is not { } routing || !answered.Results.Any(result => result.IsWrongNetwork))
            return answered;

        var results = answered.Results.ToArray();
        for (var at = 0; at < results.Length; at++)
        {
            if (results[at].IsWrongNetwork)
                results[at] = await routing.NameNetworkAsync(results[at], new PhoneNumber(call.MessageAt(at).Msisdn), giveUp);
        }

        return answered with { Results = results };
    }

    Exchange Judge(LaneCall call, Exchange answered)
    {
        var results = new SendResult[answered.Results.Count];
        for (var at = 0; at < results.Length; at++)
        {
            var seq = call.MessageAt(at).Seq;
            var result = queue.Judge(seq, answered.Results[at], answered.Called ? call.HandedAt : null);
            results[at] = result.IsWrongNetwork && setup.Routing?.ForWrongNetwork(call.Planned.Batch, seq, result) is { } route
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
            outbound[at] = new OutboundSms(MessageReference.Of(run.Code, message.Seq), new PhoneNumber(message.Msisdn), run.Sender, text)
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
/// <param name="HandedAt">When it leaves, microseconds.</param>
readonly record struct LaneCall(PlannedCall Planned, long Attempt, int First, int Messages, long HandedAt)
{
    /// <param name="at">Counted from 0 in the call.</param>
    public PlannedMessage MessageAt(int at) => Planned.Messages[First + at];
}
