namespace SmsCampaign.Dispatch.Accounts;

/// <summary>What a <see cref="Pace"/> let go, from the moment it did until it is known whether it left.</summary>
/// <param name="At">Microseconds of the process clock.</param>
/// <param name="Wall">The same by the wall clock, where day quotas count; else 0.</param>
/// <param name="IsTrial">Whether it tries a gateway that had stopped answering.</param>
readonly record struct PaceGrant(CallCost Cost, long At, long Wall, bool IsTrial);
