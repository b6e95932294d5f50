using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>A gateway that takes nothing.</summary>
/// <param name="Since">When it was first seen, microseconds of the process clock.</param>
/// <param name="LastAt">When it was last seen.</param>
/// <param name="Kind">NotTaken or Breaker.</param>
/// <param name="Reason">As of <see cref="LaneChange"/>, of what was seen last.</param>
public sealed record LaneOutage(
    string Lane, long Since, long LastAt, LaneChangeKind Kind, string Reason, HoldCause Cause);
