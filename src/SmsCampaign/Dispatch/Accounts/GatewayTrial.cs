namespace SmsCampaign.Dispatch.Accounts;

/// <summary>A gateway that has stopped answering is tried: with single messages, one at a time,
/// until it answers.</summary>
/// <remarks>Changed under its <see cref="Pace"/>'s lock.</remarks>
sealed class GatewayTrial
{
    volatile State _state;

    /// <summary>May be asked without the lock.</summary>
    public bool IsOn => _state != State.Off;

    /// <summary>The next call tries it.</summary>
    public void Begin() => _state = State.Due;

    public void End() => _state = State.Off;

    /// <summary>Whether a call must wait: another tries the gateway, or it carries more than one message. A request
    /// that carries none may go.</summary>
    public bool Bars(CallCost cost) =>
        cost.Messages > 0 && (_state == State.Out || (_state == State.Due && cost.Messages > 1));

    /// <returns>Whether this call tries it.</returns>
    public bool Try(CallCost cost)
    {
        if (_state != State.Due || cost.Messages == 0)
            return false;

        _state = State.Out;
        return true;
    }

    /// <summary>A call tried nothing: it did not leave, or nobody waits for its answer. Where it was the
    /// one, the next is.</summary>
    public void Forgo(in PaceGrant grant)
    {
        if (grant.IsTrial && _state == State.Out)
            _state = State.Due;
    }

    enum State
    {
        Off,

        /// <summary>The next call tries it.</summary>
        Due,

        /// <summary>A call is trying it.</summary>
        Out,
    }
}
