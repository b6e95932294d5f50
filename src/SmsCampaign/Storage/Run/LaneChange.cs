using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>What happened to a lane's pace. The numbers stand in the ledger (hold.kind).</summary>
public enum LaneChangeKind
{
    /// <summary>Stood still, as a ledger older than the other kinds has it.</summary>
    Held = 0,

    /// <summary>A run began to send on the lane.</summary>
    Opened = 1,

    /// <summary>A run ended sending on the lane.</summary>
    Closed = 2,

    /// <summary>The gateway said "too fast": stands still, then goes on at half the rate.</summary>
    Throttled = 3,

    /// <summary>After a throttle answer a further quarter of the contracted rate is in force again.</summary>
    Regained = 4,

    /// <summary>The contracted rate is in force again.</summary>
    AtContract = 5,

    /// <summary>A day's quota is used up: stands still until the next.</summary>
    Quota = 6,

    /// <summary>So many calls went wrong that none are made for a while.</summary>
    Breaker = 7,

    /// <summary>The gateway could not be reached, did not let us in, or is closed.</summary>
    NotTaken = 8,

    /// <summary>After a restart one window is waited out.</summary>
    Restart = 9,

    /// <summary>The gateway said that the account is not set up as it must be: stands still until a
    /// person says otherwise.</summary>
    Stopped = 10,

    /// <summary>A person said that a stopped lane goes on.</summary>
    Resumed = 11,

    /// <summary>A fault of the program's own ended a call on the lane: stands still until a
    /// person says otherwise.</summary>
    Faulted = 12,

    /// <summary>After <see cref="Breaker"/> a message was tried and the gateway answered.</summary>
    Answered = 13,

    /// <summary>The ledger of another run cannot be read, and what it handed over may still count.</summary>
    Unread = 14,

    /// <summary>A request that carries no message, such as a login, was about to be made. A hand-over, no change of the
    /// pace: where changes are shown it is left out.</summary>
    Prepared = 15,

    /// <summary>A person has paused the run, the lane of it, or the account: stands still until a person
    /// says otherwise.</summary>
    Paused = 16,

    /// <summary>The pause is over.</summary>
    Unpaused = 17,

    /// <summary>A person lets the account go no faster than at a rate.</summary>
    Slowed = 18,

    /// <summary>The lane's first batch is sent, or waited for: nothing else leaves.</summary>
    TrialBegun = 19,

    /// <summary>It fared well: the lane sends in full.</summary>
    TrialPassed = 20,

    /// <summary>It did not, or too much failed of what the lane sent since: stands still until a person says
    /// otherwise.</summary>
    TrialHeld = 21,

    /// <summary>A person has said so.</summary>
    TrialReleased = 22,
}

/// <summary>A change of a lane's pace, as its history in the ledger has it.</summary>
/// <param name="At">Microseconds of the process clock.</param>
/// <param name="Until">First moment something may leave again; null where nothing is held.</param>
/// <param name="Rate">In force afterwards, of the lane's main limit.</param>
/// <param name="Reason">The gateway's words or ours, in English; empty where the kind says all. Nothing
/// is read out of it.</param>
/// <param name="Cause">What held it, where the program knows it.</param>
/// <param name="Limit">Of <see cref="LaneChangeKind.Quota"/>; null of any other, and where a ledger of
/// before does not say.</param>
/// <param name="Trial">That made it, as it stands when it is read; null of any other kind.</param>
public sealed record LaneChange(
    LaneChangeKind Kind,
    long At,
    long? Until,
    int Rate,
    string Reason = "",
    HoldCause Cause = HoldCause.AsSaid,
    QuotaUsed? Limit = null,
    LaneTrial? Trial = null);

/// <summary>A limit that was used up.</summary>
public readonly record struct QuotaUsed(long Most, RateUnit Of, LimitPeriod Per);
