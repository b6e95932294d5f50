using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>What a lane is held to. The numbers stand in the ledger (lane_trial.kind): never renumber.</summary>
public enum TrialKind
{
    /// <summary>Its first batch, before it sends in full.</summary>
    Canary = 1,

    /// <summary>What it sends from then on.</summary>
    Guard = 2,
}

/// <summary>Where a trial stands. The numbers stand in the ledger (lane_trial.state): never renumber.</summary>
public enum TrialState
{
    /// <summary>Its batch is sent, or waited for.</summary>
    UnderWay = 1,

    /// <summary>The lane sends in full.</summary>
    Passed = 2,

    /// <summary>Nothing leaves until a person says otherwise.</summary>
    Held = 3,

    /// <summary>A person has let it go on that was held.</summary>
    Released = 4,
}

/// <summary>How a person lets a lane go on that is held. The numbers stand in the ledger (lane_trial.release): never
/// renumber.</summary>
public enum TrialRelease
{
    /// <summary>As it began: with a first batch that must fare as the campaign says.</summary>
    Anew = 0,

    /// <summary>With a first batch that is judged by the gateway's answers alone.</summary>
    WithoutReceipts = 1,

    /// <summary>It sends in full at once.</summary>
    WithoutFirstBatch = 2,
}

/// <summary>Why a lane was held. The numbers stand in the ledger (lane_trial.verdict): never renumber.</summary>
public enum TrialVerdict
{
    /// <summary>Nothing speaks against it.</summary>
    None = 0,

    /// <summary>Too many were refused, or failed by their receipts.</summary>
    Failed = 1,

    /// <summary>Too many got no answer that says whether they were taken.</summary>
    Unanswered = 2,

    /// <summary>Too few have a receipt.</summary>
    FewReceipts = 3,

    /// <summary>Of too few is known what became of them, as the program was cut off.</summary>
    Unknown = 4,
}

/// <summary>What a trial has come to.</summary>
/// <param name="Judged">Messages it is by.</param>
/// <param name="Found">Those of them that failed, got no answer, or have a receipt, as the verdict says.</param>
/// <param name="Bound">Percent.</param>
/// <param name="Failure">The class most failures have; null where there are none.</param>
/// <param name="Reason">With <paramref name="Code"/>: what the gateway said most often of these.</param>
public sealed record TrialFinding(
    TrialVerdict Verdict, int Judged, int Found, int Bound, FailureClass? Failure, Reason Reason, string? Code)
{
    public static readonly TrialFinding Nothing = new(TrialVerdict.None, 0, 0, 0, null, Reason.None, null);
}

/// <summary>How a lane of a run is, or was, tried.</summary>
/// <param name="Since">When it came to its state, microseconds of the process clock, as is
/// <paramref name="BegunAt"/>.</param>
/// <param name="After">The last attempt before it: the later ones of the lane are its.</param>
/// <param name="Messages">Of its batch; 0 where it has none.</param>
public sealed record LaneTrial(
    long Id,
    int Lane,
    TrialKind Kind,
    TrialState State,
    long BegunAt,
    long Since,
    long After,
    int Messages,
    TrialFinding Finding)
{
    public bool IsHeld => State == TrialState.Held;

    public bool IsUnderWay => State == TrialState.UnderWay;

    /// <summary>Of one that was released: how the lane goes on.</summary>
    public TrialRelease Release { get; init; }

    /// <summary>Whether its batch is judged by the gateway's answers alone, as a person let the lane go on
    /// so.</summary>
    public bool ByAnswersAlone { get; init; }

    /// <summary>Whether a person let the lane go on otherwise than the campaign says.</summary>
    public bool IsOverruled => State == TrialState.Released && Release != TrialRelease.Anew;

    /// <summary>Of one that is under way: whether it takes the place of one of which too little is known. There is no
    /// third.</summary>
    public bool IsAgain => IsUnderWay && Finding.Verdict == TrialVerdict.Unknown;
}

/// <summary>Where a message of a trial stands.</summary>
/// <param name="Code">The gateway's; null where there is none.</param>
public readonly record struct TrialMessage(
    long Seq, MessageStatus Status, FailureClass? Failure, Reason Reason, string? Code);
