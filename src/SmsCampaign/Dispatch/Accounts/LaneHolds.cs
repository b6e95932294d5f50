using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Storage;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// What an answer means for the lane as a whole: "too fast" slows it down, a gateway that is closed or cannot be reached
/// makes it wait, an account that is not set up stops it. The pace tells every run on the account, which writes it to its ledger.
/// </summary>
sealed class LaneHolds(Pace pace, StopSwitch stop, ProcessClock clock)
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
    public void React(Exchange exchange, long handedAt)
    {
        if (exchange.Results.FirstOrDefault(result => result.Deferral == Deferral.Configuration) is { } notSetUp)
            stop.TurnOff(handedAt, notSetUp.Reason ?? "");
        else if (exchange.Results.FirstOrDefault(result => result.Throttled) is { } tooFast)
            pace.Throttle(handedAt, tooFast.RetryAfter, tooFast.Reason ?? "");
        else if (exchange.Results.FirstOrDefault(result => result.Deferral == Deferral.Closed) is { } closed)
            Pause(handedAt, closed, exchange.Called ? LaneChangeKind.NotTaken : LaneChangeKind.Breaker);
    }

    void Pause(long handedAt, SendResult closed, LaneChangeKind kind)
    {
        lock (_lock)
        {
            if (handedAt <= _pausedAt)
                return;

            var until = clock.Now() + (long)(closed.RetryAfter ?? _pause).TotalMicroseconds;
            _pausedAt = clock.Now();
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            pace.HoldUntil(until, kind, closed.Reason ?? "");
        }
    }
}
