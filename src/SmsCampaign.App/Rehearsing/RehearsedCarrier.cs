using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Simulator;

namespace SmsCampaign.App.Rehearsing;

/// <summary>
/// A lane's gateway as one process of a rehearsal sees it: what the real adapter may do, without a network.
/// </summary>
/// <param name="real">The lane's adapter, asked what it can; nothing is ever sent through it.</param>
/// <param name="receipts">Reads what the stand-in brings.</param>
sealed class RehearsedCarrier(
    Lane lane, ICarrier real, IReceiptSource receipts, VirtualGateway gateway, TimeProvider time)
    : ICarrier, IReceiptSource, IDisposable
{
    /// <summary>Until a connection is refused.</summary>
    static readonly TimeSpan Connecting = TimeSpan.FromMilliseconds(50);

    readonly CancellationTokenSource _off = new();

    public int MostPerCall => real.MostPerCall;

    public bool DropsRepeats => real.DropsRepeats;

    public bool RepeatsReference => receipts.RepeatsReference;

    public async Task<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _off.Token);
        if (gateway.IsAway(time.GetUtcNow()))
        {
            await Task.Delay(Connecting, time, either.Token);
            return ForAll(messages, SendResult.Deferred(Reason.NoConnection, "no connection: the gateway is away"));
        }

        if (_off.IsCancellationRequested || !departure.TryLeave())
            return ForAll(messages, SendResult.PutBack("not let go"));

        var now = time.GetUtcNow();
        var answer = gateway.Take(
            [.. messages.Select(message => (message.Reference, message.To.Msisdn))], CostOf(messages), now);
        await Task.Delay(answer.At - now, time, either.Token);
        return answer.IsLost
            ? ForAll(messages, SendResult.Uncertain(Reason.ConnectionLost, "connection lost"))
            : [.. answer.Ids.Select(id => SendResult.Accepted(id))];
    }

    public IReadOnlyList<DeliveryReceipt> ReadReceipts(ReceiptCallback callback) => receipts.ReadReceipts(callback);

    /// <summary>The machine's power is gone: nothing leaves any more, and no answer comes.</summary>
    public void CutOff() => _off.Cancel();

    public void Dispose()
    {
        (real as IDisposable)?.Dispose();
        (receipts as IDisposable)?.Dispose();
        _off.Dispose();
    }

    /// <summary>Asked for where the gateway is slow alone.</summary>
    int CostOf(IReadOnlyList<OutboundSms> messages) => lane.Options.RateUnit switch
    {
        _ when gateway.Options.Slow.Count == 0 => 0,
        RateUnit.Parts => messages.Sum(message => message.Text.PartsIn(lane.Options.LengthTable)),
        RateUnit.Messages => messages.Count,
        _ => 1,
    };

    static SendResult[] ForAll(IReadOnlyList<OutboundSms> messages, SendResult result)
    {
        var results = new SendResult[messages.Count];
        Array.Fill(results, result);
        return results;
    }
}
