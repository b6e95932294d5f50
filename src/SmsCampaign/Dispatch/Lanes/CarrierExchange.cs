using Polly;
using Polly.CircuitBreaker;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// One attempt at a gateway with what surrounds every call: the longest wait for an answer, and a breaker that stops
/// calling a gateway that has stopped answering, so that a dead gateway cannot make a whole audience uncertain.
/// </summary>
sealed class CarrierExchange : IDisposable
{
    /// <summary>Calls of the last <see cref="Sampling"/> after which the breaker judges, and the share of them that must
    /// have gone wrong for it to open.</summary>
    const int FewestCalls = 10;
    const double WrongShare = 0.5;
    static readonly TimeSpan Sampling = TimeSpan.FromSeconds(10);

    /// <summary>How long an open breaker lets nothing through before it tries one call. Doubles with each try that goes
    /// wrong: every one may make a message uncertain.</summary>
    static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LongestBreak = TimeSpan.FromMinutes(5);

    readonly ICarrier _carrier;
    readonly AnswerDeadlines _deadlines;
    readonly CancellationToken _giveUp;
    readonly ResiliencePipeline<IReadOnlyList<SendResult>> _breaker;

    /// <param name="giveUp">Cancelled where the process must end and cannot wait: the messages are then uncertain.</param>
    public CarrierExchange(ICarrier carrier, TimeSpan answerTimeout, TimeProvider time, CancellationToken giveUp)
    {
        (_carrier, AnswerTimeout, _giveUp) = (carrier, answerTimeout, giveUp);
        _deadlines = new AnswerDeadlines(answerTimeout, time, giveUp);
        _breaker = new ResiliencePipelineBuilder<IReadOnlyList<SendResult>> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<IReadOnlyList<SendResult>>
            {
                FailureRatio = WrongShare,
                MinimumThroughput = FewestCalls,
                SamplingDuration = Sampling,
                BreakDurationGenerator = broken => ValueTask.FromResult(BreakAfter(broken.HalfOpenAttempts)),
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result is { } results && results.All(WentWrong)),
            })
            .Build();
    }

    public TimeSpan AnswerTimeout { get; }

    /// <returns>One result a message. Never throws for what a gateway or the network does.</returns>
    public async Task<Exchange> SendAsync(IReadOnlyList<OutboundSms> messages)
    {
        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        try
        {
            var outcome = await _breaker.ExecuteOutcomeAsync(static (_, call) => call.Exchange.CallAsync(call.messages), context, (Exchange: this, messages));

            // The call was never made.
            if (outcome.Exception is BrokenCircuitException broken)
                return new Exchange(CarrierHttp.ForAll(messages.Count, SendResult.Deferred(Reason.BreakerOpen, "breaker open", broken.RetryAfter ?? FirstBreak)), Called: false);

            outcome.ThrowIfException();
            return new Exchange(outcome.Result!, Called: true);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose() => _deadlines.Dispose();

    async ValueTask<Outcome<IReadOnlyList<SendResult>>> CallAsync(IReadOnlyList<OutboundSms> messages)
    {
        var deadline = _deadlines.Begin();
        try
        {
            var results = await _carrier.SendAsync(messages, deadline);

            // An adapter with a bug must not make a message look as if it had never been tried.
            return Outcome.FromResult(
                results.Count == messages.Count
                    ? results
                    : ForAll(SendResult.Uncertain(Reason.Unreadable, $"wrong number of results: {results.Count} for {messages.Count} messages")));
        }
        catch (OperationCanceledException) when (_giveUp.IsCancellationRequested)
        {
            return Outcome.FromResult(ForAll(SendResult.Uncertain(Reason.Stopped, "stopped before the answer came")));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            var reason = $"no answer within {AnswerTimeout.TotalSeconds:0.###} s";
            return Outcome.FromResult(ForAll(_carrier.DropsRepeats ? SendResult.Lost(Reason.NoAnswer, reason) : SendResult.Uncertain(Reason.NoAnswer, reason)));
        }
        catch (Exception bug)
        {
            return Outcome.FromException<IReadOnlyList<SendResult>>(bug);
        }

        IReadOnlyList<SendResult> ForAll(SendResult result) => CarrierHttp.ForAll(messages.Count, result);
    }

    static TimeSpan BreakAfter(int triesGoneWrong)
    {
        var doubled = FirstBreak * Math.Pow(2, Math.Min(triesGoneWrong, 10));
        return doubled < LongestBreak ? doubled : LongestBreak;
    }

    /// <summary>"Too fast" is an answer of a healthy gateway; the pace sees to it.</summary>
    static bool WentWrong(SendResult result) => result is { Outcome: SendOutcome.Deferred, Throttled: false } or { Outcome: SendOutcome.Uncertain };
}

/// <param name="Called">False where the breaker kept the call from being made: nothing left us.</param>
readonly record struct Exchange(IReadOnlyList<SendResult> Results, bool Called)
{
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
