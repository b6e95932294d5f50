using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Marks;

/// <summary>
/// What is known of a run outside its own file: how far its attempts had come, so that a file that is lost, another, or
/// older is never taken for one of which nothing was sent (rule 1).
/// </summary>
/// <param name="Key">The run's key, as text.</param>
/// <param name="Code">The run's code: what its file must say of itself.</param>
public sealed record RunMark(string Key, string Code)
{
    /// <summary>Attempts that were on disk in the run's file: it holds at least as many.</summary>
    public long Confirmed { get; init; }

    /// <summary>No attempt beyond it was handed over, whatever happened since.</summary>
    public long Reserved { get; init; }

    /// <summary>By carrier id (0 stands for none): no message beyond it was in an attempt when
    /// <see cref="Confirmed"/> was written.</summary>
    public IReadOnlyList<long> Frontier { get; init; } = None;

    /// <summary>The same of <see cref="Reserved"/>: no message beyond it was handed over,
    /// whatever happened since.</summary>
    public IReadOnlyList<long> Reach { get; init; } = None;

    /// <summary>Whether nothing can have been handed over since it was written that it does not say: it was written for
    /// each commit, and the machine has not been started anew.</summary>
    public bool IsExact { get; init; }

    public bool HasBegun => Reserved > 0;

    /// <summary>The last attempt that may have been handed over.</summary>
    public long LastPossible => IsExact ? Confirmed : Math.Max(Confirmed, Reserved);

    /// <summary>The last message of a carrier that may have been handed over; 0: none.</summary>
    public long LastPossibleOf(int carrier) =>
        IsExact ? Frontier[carrier] : Math.Max(Frontier[carrier], Reach[carrier]);

    internal static readonly long[] None = new long[MessageSeq.MostCarriers + 1];

    /// <summary>What two places know together.</summary>
    public RunMark With(RunMark? other) => other is null ? this : this with
    {
        Confirmed = Math.Max(Confirmed, other.Confirmed),
        Reserved = Math.Max(Reserved, other.Reserved),
        Frontier = Furthest(Frontier, other.Frontier),
        Reach = Furthest(Reach, other.Reach),

        // What was written for each commit knows more than what was written now and then.
        IsExact = (IsExact && Confirmed >= other.Confirmed) || (other.IsExact && other.Confirmed >= Confirmed),
    };

    internal static long[] Furthest(IReadOnlyList<long> one, IReadOnlyList<long> other) =>
        [.. one.Zip(other, Math.Max)];
}
