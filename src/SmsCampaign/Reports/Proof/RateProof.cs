using SmsCampaign.Carriers;

namespace SmsCampaign.Reports.Proof;

/// <summary>
/// Whether a run kept its contracts, recomputed from the ledgers alone.
/// </summary>
/// <param name="Lanes">Every lane of the run that has handed anything over, or may have.</param>
/// <param name="Ledgers">How many ledgers were read: the run's, and those of other runs on the same accounts.</param>
public sealed record RateProof(IReadOnlyList<LaneProof> Lanes, int Ledgers)
{
    /// <summary>Ledgers of a version that did not note whose clock its moments are by: a clock that was set back by
    /// some seconds between two processes may then look like a breach.</summary>
    public int UnknownClocks { get; init; }

    /// <summary>Whether anything is known to have been handed over, and when.</summary>
    public bool IsKnown => Lanes.Any(lane => lane.Own.Requests > 0);

    /// <summary>By what is known to have been handed over: no limit was broken.</summary>
    public bool IsKept => IsKnown && Lanes.All(lane => lane.Limits.All(limit => limit.IsKept));

    /// <summary>The same wherever every hand-over fell whose moment nobody knows.</summary>
    public bool IsKeptAtWorst => IsKept && Lanes.All(lane => lane.IsKeptAtWorst);

    /// <summary>Of which nobody knows when they left, or whether they did.</summary>
    public long UnknownMessages => Lanes.Sum(lane => lane.Unknown.Messages);
}

/// <param name="Own">What the run itself handed over.</param>
/// <param name="Limits">Of the account, which is what a contract limits: every stretch of time in which the run handed
/// anything over, with all that others handed over in it.</param>
/// <param name="OtherRuns">How many other runs have sent on the account, within the days a run can take.</param>
/// <param name="Unknown">Hand-overs of all of them whose moment nobody knows.</param>
/// <param name="Work">How long there was work: see <see cref="LaneWork"/>.</param>
/// <param name="Share">Share of the contract used while there was work, of the limit that bound the most; null where
/// there was none.</param>
public sealed record LaneProof(
    string Name,
    RunTotals Own,
    IReadOnlyList<LimitProof> Limits,
    IReadOnlyList<PeriodPeaks> Peaks,
    int OtherRuns,
    UnknownTotals Unknown,
    TimeSpan Work,
    double? Share)
{
    public bool IsKeptAtWorst => Limits.All(limit => limit.IsKeptAtWorst);
}

/// <param name="FirstAt">Microseconds; null where nothing was handed over at a moment that is known.</param>
public sealed record RunTotals(long Requests, long Messages, long Parts, long? FirstAt, long? LastAt);

/// <param name="InFlight">How many of the messages are in flight as the ledger is read; the
/// others a crash cut off.</param>
public sealed record UnknownTotals(long Requests, long Messages, long Parts, long InFlight);

/// <summary>One limit of a contract and what it came to.</summary>
/// <param name="Most">The largest there was.</param>
/// <param name="From">When that stretch of time began, microseconds; of a day its first moment.</param>
/// <param name="AtMost">The largest there can have been if every hand-over whose moment is not known
/// fell at the worst.</param>
/// <param name="Share">Of the limit, used while there was work; null for a day, or where there was no work.</param>
public sealed record LimitProof(LaneLimit Limit, long Most, long From, long AtMost, double? Share)
{
    public bool IsKept => Most <= Limit.Most;

    public bool IsKeptAtWorst => IsKept && AtMost <= Limit.Most;
}

/// <summary>The largest of each unit in any sliding period.</summary>
public sealed record PeriodPeaks(LimitPeriod Period, Peak Parts, Peak Messages, Peak Requests)
{
    public Peak Of(RateUnit unit) => unit switch
    {
        RateUnit.Parts => Parts,
        RateUnit.Messages => Messages,
        _ => Requests,
    };
}

/// <param name="From">When it began: the moment of its first hand-over, microseconds.</param>
/// <param name="AtMost">With every hand-over whose moment is not known at the worst one.</param>
public sealed record Peak(long Most, long From, long AtMost);
