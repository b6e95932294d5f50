using System.Collections.Concurrent;
using SmsCampaign.Carriers;

namespace SmsCampaign.Tests.Support;

/// <summary>A carrier that answers as the test says, and remembers every call.</summary>
sealed class ScriptedCarrier(
    Func<IReadOnlyList<OutboundSms>, CancellationToken, Task<IReadOnlyList<SendResult>>> answer,
    int mostPerCall = 1) : ICarrier, IReceiptSource
{
    readonly ConcurrentQueue<IReadOnlyList<OutboundSms>> _calls = new();
    int _open;
    int _mostOpen;

    public ScriptedCarrier(Func<OutboundSms, SendResult> answer, int mostPerCall = 1)
        : this((messages, _) => Task.FromResult<IReadOnlyList<SendResult>>([.. messages.Select(answer)]), mostPerCall)
    {
    }

    public IReadOnlyCollection<IReadOnlyList<OutboundSms>> Calls => _calls;

    public IEnumerable<long> Numbers => _calls.SelectMany(call => call).Select(message => message.To.Msisdn);

    /// <summary>Most messages handed over at one time and not yet answered.</summary>
    public int MostInFlight => _mostOpen;

    public int MostPerCall => mostPerCall;

    public bool RepeatsReference { get; init; } = true;

    public bool DropsRepeats { get; init; }

    public bool PartsHaveOwnIds { get; init; }

    public static ScriptedCarrier ThatAccepts(int mostPerCall = 1) =>
        new(message => SendResult.Accepted("id-" + message.Reference), mostPerCall);

    public async Task<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken)
    {
        if (!departure.TryLeave())
            return [.. messages.Select(_ => SendResult.PutBack("not let go"))];

        _calls.Enqueue(messages);
        var open = Interlocked.Add(ref _open, messages.Count);
        for (int most; open > (most = Volatile.Read(ref _mostOpen))
            && Interlocked.CompareExchange(ref _mostOpen, open, most) != most;)
        {
        }

        try
        {
            return await answer(messages, cancellationToken);
        }
        finally
        {
            Interlocked.Add(ref _open, -messages.Count);
        }
    }

    /// <summary>A receipt is "reference|id|status|code" in plain text, one a line; a dash stands for nothing. Of a
    /// part, "|part" and how many there are follow, such as "|1/4".</summary>
    public IReadOnlyList<DeliveryReceipt> ReadReceipts(ReceiptCallback callback) =>
        [.. System.Text.Encoding.UTF8
            .GetString(callback.Body.Span)
            .Split('\n')
            .Select((line, at) => line.Split('|') switch
            {
                [var reference, var id, var status, var code, .. var part] => new DeliveryReceipt(
                    reference == "-" ? null : reference,
                    id == "-" ? null : id,
                    Enum.Parse<SmsCampaign.Messages.MessageStatus>(status),
                    status == "Failed" ? SmsCampaign.Messages.FailureClass.Network : null,
                    code,
                    null,
                    part is [var number] ? number[0] - '0' : null,
                    part is [[_, '/', var parts]] ? parts - '0' : null) { Item = at },
                _ => throw new FormatException("not four fields"),
            })];
}
