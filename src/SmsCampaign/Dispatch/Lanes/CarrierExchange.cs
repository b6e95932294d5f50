using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// One attempt at a gateway with what surrounds every call: the longest wait for an answer, and what it means
/// where the adapter itself fails.
/// </summary>
sealed class CarrierExchange : IDisposable
{
    const string Cut = "stopped before the answer came";

    readonly LaneSetup _setup;
    readonly AnswerDeadlines _deadlines;
    readonly CancellationToken _giveUp;

    /// <param name="giveUp">Cancelled where the process must end and cannot wait: the messages
    /// are then uncertain.</param>
    public CarrierExchange(LaneSetup setup, TimeProvider time, CancellationToken giveUp)
    {
        (_setup, _giveUp) = (setup, giveUp);
        _deadlines = new AnswerDeadlines(setup.AnswerTimeout, time, giveUp);
    }

    /// <returns>One result a message. Never throws: what a carrier, the network or the adapter
    /// does is a result.</returns>
    public async Task<Exchange> SendAsync(IReadOnlyList<OutboundSms> messages, CallDeparture departure)
    {
        var exchange = await CallAsync(messages, departure);
        departure.End();
        return exchange with { Results = WithoutSecrets(exchange.Results), LeftAt = departure.LeftAt };
    }

    /// <summary>Opens a carrier's session: one request that carries no message.</summary>
    /// <returns>Null where it stands; else what keeps it from that, in one result.</returns>
    public async Task<Exchange?> OpenAsync(ICarrierSession session, CallDeparture departure)
    {
        var deadline = _deadlines.Begin();
        try
        {
            return await session.OpenAsync(departure, deadline) is { } refused
                ? new Exchange([refused.Cleared(Clear)])
                : null;
        }
        catch (OperationCanceledException) when (_giveUp.IsCancellationRequested)
        {
            return new Exchange([SendResult.PutBack(Cut)]) { IsGivenUp = true };
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new Exchange([SendResult.Deferred(Reason.NoAnswer, NoAnswer)]);
        }
        catch (Exception bug)
        {
            return new Exchange([SendResult.Deferred(Reason.OwnFault, Describe(bug))]) { Fault = Describe(bug) };
        }
    }

    string NoAnswer => $"no answer within {_setup.AnswerTimeout.TotalSeconds:0.###} s";

    async Task<Exchange> CallAsync(IReadOnlyList<OutboundSms> messages, CallDeparture departure)
    {
        var deadline = _deadlines.Begin();
        try
        {
            var results = await _setup.Carrier.SendAsync(messages, departure, deadline);

            // An adapter with a bug must not make a message look as if it had never been tried.
            return new Exchange(
                results.Count == messages.Count
                    ? WithinBounds(results)
                    : ForAll(SendResult.Uncertain(
                        Reason.Unreadable,
                        $"wrong number of results: {results.Count} for "
                            + $"{Figures.Counted(messages.Count, "message").In(Language.English)}")));
        }
        catch (OperationCanceledException) when (_giveUp.IsCancellationRequested)
        {
            return new Exchange(
                ForAll(departure.End() is null ? SendResult.PutBack(Cut) : SendResult.Uncertain(Reason.Stopped, Cut)))
            {
                IsGivenUp = true,
            };
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && departure.End() is null)
        {
            return new Exchange(ForAll(SendResult.Deferred(
                Reason.NoConnection, $"no connection within {_setup.AnswerTimeout.TotalSeconds:0.###} s")));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new Exchange(ForAll(_setup.Carrier.DropsRepeats
                ? SendResult.Lost(Reason.NoAnswer, NoAnswer)
                : SendResult.Uncertain(Reason.NoAnswer, NoAnswer)));
        }
        catch (Exception bug)
        {
            // nobody knows how far the call had come: this lane's messages are uncertain, and only this lane stops
            var fault = SendResult.Uncertain(Reason.OwnFault, Describe(bug));
            return new Exchange(ForAll(fault)) { Fault = fault.Reason };
        }

        IReadOnlyList<SendResult> ForAll(SendResult result) => CarrierHttp.ForAll(messages.Count, result);
    }

    /// <summary>What a gateway said in its own words may repeat what we sent.</summary>
    IReadOnlyList<SendResult> WithoutSecrets(IReadOnlyList<SendResult> results)
    {
        for (var at = 0; at < results.Count; at++)
        {
            if (results[at].Said is not null)
                return [.. results.Select(result => result.Cleared(Clear))];
        }

        return results;
    }

    string Clear(string said) => NumberMask.In(
        _setup.Secrets.Aggregate(said, (text, secret) => text.Replace(secret, "(secret)", StringComparison.Ordinal)));

    public void Dispose() => _deadlines.Dispose();

    static IReadOnlyList<SendResult> WithinBounds(IReadOnlyList<SendResult> results)
    {
        SendResult[]? bounded = null;
        for (var at = 0; at < results.Count; at++)
        {
            if (results[at].WithinBounds() is var fit && !ReferenceEquals(fit, results[at]))
                (bounded ??= [.. results])[at] = fit;
        }

        return bounded ?? results;
    }

    /// <summary>What a person needs to mend it, without a secret or a whole number: the message of an exception may
    /// hold anything the adapter handled.</summary>
    string Describe(Exception bug)
    {
        var said = Clear(bug.Message.ReplaceLineEndings(" "));
        return NumberMask.In($"fault of the program{PlaceOf(bug)}: {bug.GetType().Name}: {said}");
    }

    /// <summary>The class that threw it; of what the compiler made the one it stands in.</summary>
    static string PlaceOf(Exception bug)
    {
        var type = bug.TargetSite?.DeclaringType;
        while (type is { DeclaringType: { } outer } && type.Name.StartsWith('<'))
            type = outer;
        return type is null ? "" : $" in {type.Name}";
    }
}

/// <summary>What came of a call.</summary>
/// <param name="Results">One a message.</param>
readonly record struct Exchange(IReadOnlyList<SendResult> Results)
{
    /// <summary>When the request was handed over, microseconds; null where nothing has left.</summary>
    public long? LeftAt { get; init; }

    /// <summary>Whether its messages go again as soon as the lane may, and it says nothing of the gateway.</summary>
    public bool IsPutBack => Results is [{ IsPutBack: true }, ..];

    /// <summary>Whether the process ends and did not wait for the answer: it says nothing of the gateway.</summary>
    public bool IsGivenUp { get; init; }

    /// <summary>What went wrong in the adapter, in English; null where nothing did. Holds no secret and
    /// no phone number.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether any message came out so. Asked of every call: it makes no enumerator.</summary>
    public bool Has(SendOutcome outcome)
    {
        for (var at = 0; at < Results.Count; at++)
        {
            if (Results[at].Outcome == outcome)
                return true;
        }

        return false;
    }
}
