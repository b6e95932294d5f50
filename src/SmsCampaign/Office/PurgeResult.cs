using SmsCampaign.Storage.Backups;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What came of erasing the numbers of a run, or of a word about that.</summary>
public abstract record PurgeResult
{
    PurgeResult()
    {
    }

    /// <summary>Nothing was done.</summary>
    public sealed record Refused(IReadOnlyList<Wording> Why) : PurgeResult;

    /// <summary>It was begun and could not be done: the same command goes on.</summary>
    public sealed record CutOff(Wording Why) : PurgeResult;

    /// <param name="IsNew">Whether it was done now; else before, and only what came since was gone through.</param>
    public sealed record Done(PurgeStep Step, bool IsNew, IReadOnlyList<NumberCopy> Copies) : PurgeResult
    {
        /// <summary>Raw receipts that still have such numbers: they are not settled, wait, are set aside, or name a
        /// run that is not erased. The next call goes through them again.</summary>
        public long Left { get; init; }

        /// <summary>Why older copies of numbers may be left in the gaps of files that runs share: the next call writes
        /// them anew.</summary>
        public IReadOnlyList<Wording> Stale { get; init; } = [];
    }

    /// <summary>There is nothing (any more) that could be kept.</summary>
    public sealed record NothingToKeep(PurgeState State) : PurgeResult;

    /// <summary>They are kept for now, or no longer than others.</summary>
    public sealed record Noted(PurgeStep Step) : PurgeResult;
}
