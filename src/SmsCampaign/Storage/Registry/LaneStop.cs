using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Registry;

/// <summary>Whose fault a stop is. The numbers stand in ledger.db: never renumber.</summary>
public enum LaneStopKind
{
    /// <summary>Its gateway said that the account is not set up as it must be.</summary>
    Account = 0,

    /// <summary>The program's own, in what makes the calls of this lane.</summary>
    Fault = 1,
}

/// <summary>A lane that stands still until a person says otherwise.</summary>
/// <param name="At">Null where what is kept of it is no time.</param>
/// <param name="Reason">What its gateway said of the account, or what went wrong, in English. Holds no secret
/// and no phone number.</param>
/// <param name="Cause">What that means, where the program knows it.</param>
public sealed record LaneStop(
    string Lane,
    DateTimeOffset? At,
    string Reason,
    LaneStopKind Kind = LaneStopKind.Account,
    HoldCause Cause = HoldCause.AsSaid)
{
    /// <summary>What of its row in ledger.db cannot be read, and what to do; null where all can. It is
    /// stopped all the same.</summary>
    public Wording? Unreadable { get; init; }
}
