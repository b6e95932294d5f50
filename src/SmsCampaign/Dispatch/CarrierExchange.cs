using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Dispatch;

/// <summary>
/// One attempt at a gateway with what surrounds every call: the longest wait for an answer, and a breaker that stops
/// calling a gateway that has stopped answering, so that a dead gateway cannot make a whole audience uncertain.
/// </summary>
sealed class CarrierExchange
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
    readonly ResiliencePipeline<IReadOnlyList<SendResult>> _pipeline;

    public CarrierExchange(ICarrier carrier, TimeSpan answerTimeout, TimeProvider time)
    {
        _carrier = carrier;
        AnswerTimeout = answerTimeout;
        _pipeline = new ResiliencePipelineBuilder<IReadOnlyList<SendResult>> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<IReadOnlyList<SendResult>>
            {
                FailureRatio = WrongShare,
                MinimumThroughput = FewestCalls,
                SamplingDuration = Sampling,
                BreakDurationGenerator = broken => ValueTask.FromResult(BreakAfter(broken.HalfOpenAttempts)),
                ShouldHandle = new PredicateBuilder<IReadOnlyList<SendResult>>()
                    .Handle<TimeoutRejectedException>()
                    .HandleResult(results => results.All(WentWrong)),
            })
            .AddTimeout(answerTimeout)
            .Build();
    }

    public TimeSpan AnswerTimeout { get; }

    /// <returns>One result a message. Never throws for what a gateway or the network does.</returns>
    /// <param name="giveUp">Cancelled where the process must end and cannot wait: the messages are then uncertain.</param>
    public async Task<Exchange> SendAsync(IReadOnlyList<OutboundSms> messages, CancellationToken giveUp)
    {
        try
        {
            var results = await _pipeline.ExecuteAsync(
                static async (call, token) => await call._carrier.SendAsync(call.messages, token),
                (_carrier, messages),
                giveUp);

            // An adapter with a bug must not make a message look as if it had never been tried.
            return new Exchange(
                results.Count == messages.Count
                    ? results
                    : ForAll(SendResult.Uncertain($"the adapter gave {results.Count} results for {messages.Count} messages")),
                Called: true);
        }
        catch (BrokenCircuitException broken)
        {
            // The call was never made.
            return new Exchange(ForAll(SendResult.Deferred("breaker open", broken.RetryAfter ?? FirstBreak)), Called: false);
        }
        catch (TimeoutRejectedException)
        {
            var reason = $"no answer within {AnswerTimeout.TotalSeconds:0.#} s";
            return new Exchange(ForAll(_carrier.DropsRepeats ? SendResult.Lost(reason) : SendResult.Uncertain(reason)), Called: true);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            return new Exchange(ForAll(SendResult.Uncertain(CutOff.Stopped)), Called: true);
        }

        IReadOnlyList<SendResult> ForAll(SendResult result) => [.. Enumerable.Repeat(result, messages.Count)];
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
readonly record struct Exchange(IReadOnlyList<SendResult> Results, bool Called);
