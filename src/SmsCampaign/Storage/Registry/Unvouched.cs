namespace SmsCampaign.Storage.Registry;

/// <summary>Whether the audit chain bears a record out.</summary>
public enum Vouching
{
    /// <summary>It says just what the chain says, and stands there.</summary>
    Vouched,

    /// <summary>The chain does not have it, or not by the key of this installation.</summary>
    Missing,

    /// <summary>It says something else than the chain.</summary>
    Changed,

    /// <summary>By the chain it is over: answered, or lifted.</summary>
    Over,

    /// <summary>The key is not to be had, so that it is not known.</summary>
    NoKey,

    /// <summary>It was written by a version before the chain bore out such records.</summary>
    Older,
}

/// <summary>Why a record is not gone by.</summary>
/// <param name="Why">One of <see cref="Vouching"/> but the first.</param>
/// <param name="Words">Which it is, what is wrong with it and what to do.</param>
public sealed record Unvouched(Vouching Why, Wording Words)
{
    /// <summary>Whether somebody wrote it past the program, as far as the chain can tell.</summary>
    public bool IsForged => Why is Vouching.Missing or Vouching.Changed or Vouching.Over;
}
