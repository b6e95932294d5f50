using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// What an answer means for the account as a whole: "too fast" slows it down, a gateway that is closed or
/// cannot be reached makes it wait, one that is not set up stops it. The pace tells every run on the account,
/// which writes it to its ledger.
/// </summary>
sealed class LaneHolds(Pace pace)
{
    /// <summary>Pause after a gateway that cannot be reached or is closed, doubling up to
    /// <see cref="LongestPause"/>.</summary>
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Longest pause where no connection stood: nothing was asked of the gateway, so nothing keeps from trying
    /// again soon, and each second after its return is lost to the window.</summary>
    internal static readonly TimeSpan LongestUnreached = TimeSpan.FromSeconds(5);

    readonly Lock _lock = new();
    TimeSpan _pause = FirstPause;
    long _pausedAt;

    /// <summary>The gateway is open: the next pause is the first again.</summary>
    public void Forget()
    {
        if (_pause != FirstPause)
            _pause = FirstPause;
    }

    /// <param name="handedAt">When the pace let the call go: answers to calls from before the last
    /// pause say nothing new.</param>
    public void React(Exchange exchange, long handedAt, StopSwitch stop)
    {
        if (exchange.Results.FirstOrDefault(result => result.Deferral == Deferral.Configuration) is { } notSetUp)
            stop.TurnOff(
                handedAt,
                notSetUp.Said is { } words ? $"{notSetUp.Reason}: “{words}”" : notSetUp.Reason ?? "",
                cause: notSetUp.Cause);
        else if (exchange.Results.FirstOrDefault(result => result.Throttled) is { } tooFast)
            pace.Throttle(handedAt, tooFast.RetryAfter, tooFast.Reason ?? "", tooFast.Cause);
        else if (exchange.Results.FirstOrDefault(result => result.Deferral == Deferral.Closed) is { } closed)
            Pause(handedAt, closed);
    }

    void Pause(long handedAt, SendResult closed)
    {
        lock (_lock)
        {
            // A time that the gateway names holds, whenever the call was made.
            if (handedAt <= _pausedAt && closed.RetryAfter is null)
                return;

            var now = pace.Clock.Now();
            var pause = closed.Why == Reason.NoConnection && _pause > LongestUnreached ? LongestUnreached : _pause;
            var until = now + (long)(closed.RetryAfter ?? pause).TotalMicroseconds;
            _pausedAt = now;
            Lengthen(pause);
            pace.HoldUntil(until, LaneChangeKind.NotTaken, closed.Reason ?? "", closed.Cause);
        }
    }

    /// <summary>Goes on where a process before was.</summary>
    /// <param name="pause">The last.</param>
    public void Recall(TimeSpan pause)
    {
        lock (_lock)
            Lengthen(pause);
    }

    void Lengthen(TimeSpan pause) =>
        _pause = pause < FirstPause ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
