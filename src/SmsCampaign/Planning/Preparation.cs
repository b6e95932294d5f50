using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Installations;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Planning;

/// <summary>What to check or prepare.</summary>
/// <param name="CampaignFile">As the person gave it; problems repeat it so.</param>
/// <param name="Date">Which date of a yearly campaign; null for the next.</param>
/// <param name="Simulated">Whether the whole run goes to stand-ins. It then has a ledger of its own.</param>
public sealed record PreparationRequest(
    string CampaignFile, string InstallationFile, DateOnly? Date = null, bool Simulated = false)
{
    /// <summary>Date of the run whose left messages are to be sent on <see cref="Date"/>; null: the campaign's
    /// audience is.</summary>
    public DateOnly? RestOf { get; init; }

    /// <summary>Full path of the folder of campaigns that different people write, who do not read each other's lists;
    /// null: none is.</summary>
    public string? Campaigns { get; init; }
}

/// <summary>What to do where a run was planned before and something has changed since.</summary>
public enum ChangedRun
{
    /// <summary>Say what changed, and stop.</summary>
    Refuse,

    /// <summary>As <see cref="Refuse"/>, for whoever does not send: another process may be sending it, and goes
    /// on.</summary>
    Tell,

    /// <summary>Import and plan anew, as long as nothing of the run has been sent.</summary>
    PlanAgain,
}

/// <summary>What came of a check or a preparation.</summary>
/// <param name="Planned">Null where the files could not be read so far as a plan.</param>
/// <param name="Run">Set where the run stands in the data folder and nothing speaks against it.
/// Always null of a check.</param>
/// <param name="Problems">All of them, warnings too.</param>
public sealed record Preparation(PlannedCampaign? Planned, PreparedRun? Run, IReadOnlyList<Problem> Problems)
{
    /// <summary>Whether it failed only because another process is preparing the same run at this moment.</summary>
    public bool Busy { get; init; }

    /// <summary>Whether it failed as a file could not be read now (<see cref="Problem.MayPass"/>). What else is wrong
    /// may follow from that.</summary>
    public bool MayPass =>
        Run is null && Problems.Any(problem => problem is { Severity: Severity.Error, MayPass: true });

    /// <summary>Those of the problems that say that who has got the message, or never wants one, cannot be told. Filled
    /// in by a check.</summary>
    public IReadOnlyList<Problem> OfEarlierRuns { get; init; } = [];

    /// <summary>The runs of other campaigns that say the same to much the same people. What that means is
    /// up to who asked.</summary>
    public IReadOnlyList<RepeatedContent> Repeats { get; init; } = [];

    /// <summary>The problems, and of what is repeated a warning each: for who only looks.</summary>
    public IEnumerable<Problem> AllProblems =>
        Problems.Concat(Repeats.Select(repeat => repeat.ToProblem(Severity.Warning)));

    public bool HasErrors => Problems.Any(problem => problem.Severity == Severity.Error);
}

/// <summary>A campaign with everything that follows from its files.</summary>
/// <param name="Date">First day of the run.</param>
/// <param name="Lanes">The campaign's, in its order; the plan's lane ids count them from 1.</param>
public sealed record PlannedCampaign(
    Campaign Campaign,
    Installation Installation,
    DateOnly Date,
    bool Simulated,
    IReadOnlyList<Lane> Lanes,
    ImportedAudience Audience,
    Plan Plan,
    Forecast Forecast)
{
    RunSeal? _seal;

    /// <summary>As of <see cref="PreparationRequest.RestOf"/>.</summary>
    public DateOnly? RestOf { get; init; }

    public RunKey Key => new(Campaign.Id, Date, Simulated);

    public string DefinitionHash { get; } = CampaignHash.Of(Campaign);

    /// <summary>What the run's ledger must say, row by row.</summary>
    public RunSeal Seal =>
        _seal ??= Ledgers.SealOf(Audience, Plan, RunDescriber.Describe(this, "", [], DateTimeOffset.UnixEpoch));

    /// <summary>What an approval binds (rule 8).</summary>
    public string ApprovedHash => ApprovalHash.Of(DefinitionHash, Audience.Hash, Plan.Hash, Seal.Hash);
}

/// <summary>A run whose ledger stands in the data folder.</summary>
/// <param name="Code">Stands in every message reference of the run.</param>
/// <param name="Ledger">Where its ledger is kept.</param>
/// <param name="Reused">Whether it was there already and fits the files as they are now.</param>
public sealed record PreparedRun(RunKey Key, string Code, RunAddress Ledger, bool Reused);
