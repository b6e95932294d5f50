using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Accounts;

/// <content>What a gateway's answers do to it.</content>
public sealed partial class Pace
{
    /// <summary>
    /// Stands still after the gateway said "too fast", for as long as it asked or doubling from one second to a minute;
    /// afterwards at half the rate, climbing back to the contract within ten seconds.
    /// </summary>
    /// <param name="handedAt">When the throttled call was handed over: answers to calls from before the last hold say
    /// nothing new.</param>
    /// <param name="reason">The gateway's words.</param>
    /// <returns>Until when, microseconds; null where the answer changed nothing.</returns>
    public long? Throttle(long handedAt, TimeSpan? retryAfter, string reason = "", HoldCause cause = HoldCause.AsSaid)
    {
        long? until;
        lock (_lock)
            until = _holds.Throttle(handedAt, retryAfter, reason, cause, Clock.Now());

        TellAll();
        return until;
    }

    /// <summary>Goes on with the hold and the reduced rate that a process before ended with, as far as
    /// they are not over.</summary>
    /// <param name="until">When the hold ends or ended, microseconds.</param>
    internal void RecallThrottle(LaneChange throttled, long until)
    {
        lock (_lock)
            _holds.RecallThrottle(throttled, until, Clock.Now());
    }

    /// <summary>Lets nothing through before a moment, microseconds. Leaves the rate as it is.</summary>
    /// <param name="why">Told of with <paramref name="reason"/>; null: nobody needs to know.</param>
    public void HoldUntil(
        long moment, LaneChangeKind? why = null, string reason = "", HoldCause cause = HoldCause.AsSaid)
    {
        lock (_lock)
            _holds.HoldUntil(moment, why, reason, cause, Clock.Now());

        TellAll();
    }

    /// <summary>Whether only single messages are let through, one at a time, as the gateway has
    /// stopped answering.</summary>
    internal bool IsOnTrial => _trial.IsOn;

    /// <summary>Lets nothing through before a moment, then one call with one message, then nothing until
    /// <see cref="EndTrial"/>, or until this is asked for again.</summary>
    /// <param name="moment">Microseconds.</param>
    /// <param name="told">False where a process before has told of it.</param>
    internal void HoldForTrial(long moment, string reason, HoldCause cause, bool told = true)
    {
        lock (_lock)
        {
            _trial.Begin();
            _holds.HoldForTrial(moment, reason, cause, told, Clock.Now());
        }

        TellAll();
    }

    /// <summary>The gateway has answered: whatever the limits allow may go again.</summary>
    internal void EndTrial()
    {
        lock (_lock)
        {
            if (!_trial.IsOn)
                return;

            _trial.End();
            _holds.NoteAnswered(Clock.Now());
        }

        TellAll();
    }

    /// <summary>Whether the gateway was last seen to take nothing.</summary>
    internal bool IsAway => _holds.IsAway;

    /// <summary>The gateway has judged a message: it is there.</summary>
    internal void NoteTaken()
    {
        lock (_lock)
        {
            if (_trial.IsOn)
                return; // the breaker's to say

            _holds.NoteAnswered(Clock.Now());
        }

        TellAll();
    }

    /// <summary>A process before ended while the gateway took nothing: when it does again is to be told.</summary>
    internal void RecallAway()
    {
        lock (_lock)
            _holds.RecallAway();
    }
}
