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

    readonly Lock _lock = new();
    LaneStop? _notKept;

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

    /// <summary>Goes on where a person has said so meanwhile.</summary>
    public void Look()
    {
        if (stops is null || !IsOff)
            return;

        lock (_lock)
        {
            if (Keep() && MayGoOn() && pace.Resume())
                told?.Invoke(lane, null);
        }
    }

    /// <summary>Stands still as it is kept, whoever wrote that: what persons are shown is so.</summary>
    public void Heed(LaneStop kept)
    {
        lock (_lock)
        {
            if (IsOff)
                return;

            TurnOff(kept);
            told?.Invoke(lane, kept);
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
