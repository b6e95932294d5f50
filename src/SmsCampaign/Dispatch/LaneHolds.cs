using SmsCampaign.Carriers;
using SmsCampaign.Storage;

namespace SmsCampaign.Dispatch;

/// <summary>
/// What an answer means for the lane as a whole: "too fast" slows it down, a gateway that is closed or cannot be reached
/// makes it wait. Each is written to the ledger.
/// </summary>
sealed class LaneHolds(RunLedger ledger, LaneSetup setup, ProcessClock clock)
{
    /// <summary>Pause after a gateway that cannot be reached or is closed, doubling up to <see cref="LongestPause"/>.</summary>
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    readonly Lock _lock = new();
    TimeSpan _pause = FirstPause;
    long _pausedAt;

    /// <summary>The gateway is open: the next pause is the first again.</summary>
    public void Forget()
    {
        if (_pause != FirstPause)
            _pause = FirstPause;
    }

    /// <param name="handedAt">When the call was handed over: answers to calls from before the last pause say nothing new.</param>
    public async Task ReactAsync(Exchange exchange, long handedAt)
    {
        if (exchange.Results.FirstOrDefault(result => result.Throttled) is { } tooFast)
        {
            if (setup.Pace.Throttle(handedAt, tooFast.RetryAfter) is { } until)
                await ledger.HoldAsync(setup.Lane.Id, until, tooFast.Reason ?? "throttled", setup.Pace.RateInForce);
        }
        else if (exchange.Results.FirstOrDefault(result => result.Deferral == Deferral.Closed) is { } closed
            && Pause(handedAt, closed.RetryAfter) is { } pausedUntil)
        {
            await ledger.HoldAsync(setup.Lane.Id, pausedUntil, closed.Reason ?? "not taken", setup.Pace.RateInForce);
        }
    }

    long? Pause(long handedAt, TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            if (handedAt <= _pausedAt)
                return null;

            var until = clock.Now() + (long)(retryAfter ?? _pause).TotalMicroseconds;
            _pausedAt = clock.Now();
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            setup.Pace.HoldUntil(until);
            return until;
        }
    }
}
