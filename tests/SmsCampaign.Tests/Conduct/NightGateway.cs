using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Conduct;

/// <summary>A gateway that knows what phones received, and does at each arrival what the night says.</summary>
/// <param name="answer">Given the arrival's number, counted from 1 over both days: what the gateway does.</param>
sealed class NightGateway(bool dropsRepeats, TimeProvider time, Func<int, OutboundSms, NightAnswer> answer)
{
    readonly Dictionary<long, DateOnly> _remembered = [];
    int _arrivals;

    /// <summary>How often each phone received it.</summary>
    public Dictionary<long, int> Received { get; } = [];

    /// <summary>The messages that arrived, with the day.</summary>
    public List<(long Seq, DateOnly Day)> Arrived { get; } = [];

    /// <summary>A new process's connection.</summary>
    /// <param name="isDead">Whether the process is: it reaches nobody any more.</param>
    public ScriptedCarrier Connect(Func<bool> isDead) => new((messages, cancellationToken) => isDead()
        ? throw new IOException("killed")
        : AnswerAsync(messages, cancellationToken))
    {
        DropsRepeats = dropsRepeats,
    };

    public static long SeqOf(OutboundSms message) =>
        MessageReference.TryParse(message.Reference, out _, out var seq)
            ? seq
            : throw new FormatException(message.Reference);

    async Task<IReadOnlyList<SendResult>> AnswerAsync(
        IReadOnlyList<OutboundSms> messages, CancellationToken cancellationToken)
    {
        var message = messages.Single();
        NightAnswer made;
        lock (this)
        {
            var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            Arrived.Add((SeqOf(message), day));
            made = answer(++_arrivals, message);
            if (made.Takes)
                Take(message.To.Msisdn, day);
        }

        if (made.Result is null)
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        if (made.After > TimeSpan.Zero)
            await Task.Delay(made.After, time, cancellationToken);
        return [made.Result!];
    }

    /// <summary>One that drops repeats remembers them till midnight, and no longer.</summary>
    void Take(long phone, DateOnly day)
    {
        if (dropsRepeats && _remembered.TryGetValue(phone, out var before) && before == day)
            return;

        _remembered[phone] = day;
        Received[phone] = Received.GetValueOrDefault(phone) + 1;
    }
}

/// <param name="Takes">Whether the phone gets it.</param>
/// <param name="Result">Null: no answer ever comes.</param>
sealed record NightAnswer(bool Takes, SendResult? Result)
{
    public static NightAnswer Accepted { get; } = new(true, SendResult.Accepted("id"));

    /// <summary>Nobody listens there.</summary>
    public static NightAnswer Refused { get; } = new(
        false, SendResult.Deferred(Reason.NoConnection, "connection refused"));

    /// <summary>How long it takes to answer.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Where the gateway does not drop repeats.</summary>
    public static NightAnswer Broken(bool taken) => new(taken, SendResult.Uncertain(Reason.ConnectionLost, "reset"));

    /// <summary>Where it does.</summary>
    public static NightAnswer LostThoughTaken { get; } = new(true, SendResult.Lost(Reason.ConnectionLost, "reset"));
}
