using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// Stops an account whose gateway said that it is not set up as it must be, or whose calls meet a fault of the
/// program's own, and lets it go on when a person has said so. One for the account, whatever sends on it.
/// </summary>
/// <param name="stops">Where stops outlast the process. Null: nowhere, as for a rehearsal, and
/// nothing lets it go on.</param>
/// <param name="told">Told of each stop and, with null, of going on. It must not wait.</param>
public sealed class StopSwitch(string lane, Pace pace, ILaneStops? stops = null, Action<string, LaneStop?>? told = null)
{
    /// <summary>How often it is asked whether a stopped lane may go on.</summary>
    internal static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>How often a lane that goes on asks whether it is kept as stopped.</summary>
    internal static readonly TimeSpan KeptLookEvery = TimeSpan.FromSeconds(5);

    readonly Lock _lock = new();
    LaneStop? _notKept;
    long _lookForKeptAt = long.MinValue;

    /// <summary>When it was stopped last; null where that is not known.</summary>
    DateTimeOffset? _since;

    public bool IsOff => pace.IsStopped;

    /// <summary>Whether it is stopped, and was by a moment, as far as is known.</summary>
    public bool WasOffBy(DateTimeOffset moment)
    {
        lock (_lock)
            return IsOff && !(_since > moment);
    }

    /// <param name="handedAt">When the call was handed over that was answered so: calls from before a person let the
    /// lane go on say nothing new.</param>
    /// <param name="reason">What the gateway said, or what went wrong. No secret and no phone number.</param>
    /// <param name="cause">What that means, where it is known.</param>
    public void TurnOff(
        long handedAt, string reason, LaneStopKind kind = LaneStopKind.Account, HoldCause cause = HoldCause.AsSaid)
    {
        lock (_lock)
        {
            if (!pace.Stop(handedAt, reason, ChangeOf(kind), cause))
                return;

            _since = pace.Clock.Time.GetUtcNow();
            _notKept = new LaneStop(lane, _since, reason, kind, cause);
            told?.Invoke(lane, _notKept);
            Keep();
        }
    }

    /// <summary>Takes over what a process before has kept.</summary>
    public void TurnOff(LaneStop kept)
    {
        lock (_lock)
        {
            if (pace.Stop(long.MaxValue, kept.Reason, ChangeOf(kept.Kind), kept.Cause))
                _since = kept.At;
        }
    }

    /// <summary>Goes on where a person has said so meanwhile; stands still where it is kept as stopped, whoever wrote
    /// that: what persons are shown is so.</summary>
    public void Look()
    {
        if (stops is null)
            return;

        lock (_lock)
        {
            if (!IsOff)
            {
                LookForKept();
                return;
            }

            if (Keep() && MayGoOn() && pace.Resume())
                told?.Invoke(lane, null);
        }
    }

    /// <summary>One that is removed in this very moment stops the lane until the next look.</summary>
    void LookForKept()
    {
        var now = pace.Clock.Now();
        if (now < _lookForKeptAt)
            return;

        _lookForKeptAt = now + (long)KeptLookEvery.TotalMicroseconds;
        try
        {
            if (stops!.IsStopped(lane) && stops.Read().FirstOrDefault(each => each.Lane == lane) is { } kept)
            {
                TurnOff(kept);
                told?.Invoke(lane, kept);
            }
        }
        catch (LedgerException) // looked for again
        {
        }
    }

    static LaneChangeKind ChangeOf(LaneStopKind kind) =>
        kind == LaneStopKind.Fault ? LaneChangeKind.Faulted : LaneChangeKind.Stopped;

    /// <returns>False where it cannot be kept now: the lane stays stopped, and it is tried again.</returns>
    bool Keep()
    {
        try
        {
            if (_notKept is not null)
                stops?.Add(_notKept);
            _notKept = null;
            return true;
        }
        catch (LedgerException)
        {
            return false;
        }
    }

    bool MayGoOn()
    {
        try
        {
            return !stops!.IsStopped(lane);
        }
        catch (LedgerException)
        {
            return false;
        }
    }
}
