using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>The leave of one call of a lane: what the pace let go leaves if the lane may still send when the
/// connection stands.</summary>
/// <param name="mayLeave">Whether it may, at this moment.</param>
sealed class CallDeparture(PaceTurn turn, PaceGrant grant, Func<bool> mayLeave) : Departure
{
    public CallDeparture(PaceTurn turn, PaceGrant grant, LaneGate gate)
        : this(turn, grant, gate.MayLeave)
    {
    }

    bool _wasAsked;

    /// <summary>The moment of the hand-over, microseconds; null where nothing has left.</summary>
    public long? LeftAt { get; private set; }

    /// <summary>Whether it was asked for leave and had none: nothing of it will leave.</summary>
    public bool IsHeldBack { get; private set; }

    public override bool TryLeave()
    {
        lock (this) // a client that still writes in the background after its call was given up
        {
            if (_wasAsked)
                return LeftAt is not null;

            _wasAsked = true;
            if (mayLeave())
                LeftAt = turn.Leave(grant);
            else
                turn.Return(grant);
            IsHeldBack = LeftAt is null;
            return !IsHeldBack;
        }
    }

    /// <summary>The call is over: what has not left by now never will, and its cost is given back.</summary>
    /// <returns>As of <see cref="LeftAt"/>, which does not change any more.</returns>
    public long? End()
    {
        lock (this)
        {
            if (!_wasAsked)
                turn.Return(grant);
            _wasAsked = true;
            return LeftAt;
        }
    }
}
