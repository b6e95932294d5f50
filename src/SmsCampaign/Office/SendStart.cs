using SmsCampaign.Planning;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>Whether a run can be sent from here and now.</summary>
public abstract record SendStart
{
    SendStart()
    {
    }

    /// <summary>What was found in the files, warnings too.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>ledger.db is gone while runs are there.</summary>
    public sealed record NoLedger(Wording Why) : SendStart;

    /// <summary>The files, or what was planned of them, do not let it:
    /// <see cref="SendStart.Problems"/> say why.</summary>
    public sealed record Refused : SendStart;

    /// <summary>No approval lets it go, or not now.</summary>
    public sealed record NotNow(IReadOnlyList<SendObstacle> Obstacles) : SendStart;

    /// <summary>Another process is sending from this data folder.</summary>
    public sealed record IsBusy : SendStart;

    /// <summary>The run's ledger says something else than was approved. A run that is not simulated is held.</summary>
    public sealed record Forged(Wording Differences) : SendStart;

    /// <summary>It can; the turn to send is taken.</summary>
    public sealed record Ready(Preparation Preparation) : SendStart;
}

/// <summary>What keeps a run that is not simulated from being sent now: no approval (rule 8), or not
/// its day (rule 5).</summary>
public abstract record SendObstacle
{
    SendObstacle()
    {
    }

    public sealed record NotApproved(DateOnly Date) : SendObstacle;

    /// <summary>An approval stands in the table, and nothing bears witness to it.</summary>
    /// <param name="Why">What is known of the chain's key; empty where it is in order.</param>
    public sealed record Unwitnessed(Wording Why) : SendObstacle;

    /// <summary>An approval that was voided stands again, as an older ledger.db was put back.</summary>
    public sealed record Revived(Wording Words) : SendObstacle;

    /// <summary>It takes two persons, and one alone has approved it.</summary>
    public sealed record ByOneAlone(Approval Approval) : SendObstacle;

    /// <summary>Something else was approved.</summary>
    /// <param name="Planned">Whole hash of what would be sent.</param>
    /// <param name="Approved">Whole hash of what was approved.</param>
    public sealed record OtherApproved(string Planned, string Approved) : SendObstacle;

    public sealed record NotYet(DateOnly First, DateOnly Today) : SendObstacle;

    public sealed record DaysArePast(DateOnly Last, DateOnly Today) : SendObstacle;

    /// <param name="Next">When it opens next, of the campaign's zone; null where no day is left.</param>
    public sealed record WindowIsClosed(DateOnly Today, TimeOnly Closed, DateTimeOffset? Next) : SendObstacle;

    /// <summary>A person had called it off, or ended it early, and its report is written.</summary>
    public sealed record IsOver(RunState State) : SendObstacle;

    /// <summary>A person has called it off, or ended it early.</summary>
    public sealed record IsEnded(StandingOrder Order) : SendObstacle;

    /// <summary>A person has paused it.</summary>
    public sealed record IsPaused(StandingOrder Pause) : SendObstacle;
}
