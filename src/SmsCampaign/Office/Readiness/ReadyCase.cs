using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Readiness;

/// <summary>What is asked whether it is ready: a run, or the installation as a whole.</summary>
public sealed record ReadyCase
{
    public required DataFolder Data { get; init; }

    /// <summary>As it was read just now.</summary>
    public required Installation Installation { get; init; }

    /// <summary>When it is looked: one moment for all checks.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Null where nothing was ever kept.</summary>
    public IRegistry? Registry { get; init; }

    /// <summary>Whose readiness it is; null: of the installation.</summary>
    public RunKey? Key { get; init; }

    /// <summary>The run; null where its audience is not imported yet, and where no run is meant.</summary>
    public RunRecord? Run { get; init; }

    /// <summary>The run with its approval; null where none stands, and where no run is meant.</summary>
    public Occurrence? Occurrence { get; init; }

    /// <summary>When it sends next; null where it does not.</summary>
    public RunOpening? Opening { get; init; }

    /// <summary>Every opening to come, the next first.</summary>
    public IReadOnlyList<RunOpening> Openings { get; init; } = [];

    /// <summary>Those it is about: of the run, those a person named, or all.</summary>
    public required IReadOnlyList<Lane> Lanes { get; init; }

    /// <summary>Lanes of the run that the installation file does not have (any more).</summary>
    public IReadOnlyList<string> MissingLanes { get; init; } = [];

    /// <summary>Whether a person named the lanes, and wants them asked whatever they do at this moment.</summary>
    public bool LanesAreNamed { get; init; }

    /// <summary>Whether the worker itself looks, by its own account.</summary>
    public bool IsWorker { get; init; }

    /// <summary>What differs between the run's lanes as planned and those that the worker has been using since it
    /// started; null where another process looks, which cannot know.</summary>
    public Func<RunRecord, IReadOnlyList<Wording>>? FindStale { get; init; }

    /// <summary>All there is to say of the run, read once for all checks; null where there is none. What reading it
    /// throws every check that asks is told.</summary>
    public Lazy<RunOverview?> Overview { get; init; } = new((RunOverview?)null);

    /// <summary>All that is under way, read once for all checks; null where nothing was ever kept. As of
    /// <see cref="Overview"/>.</summary>
    public Lazy<StatusView?> UnderWay { get; init; } = new((StatusView?)null);

    /// <summary>How far the run is; null where its audience is not imported, or its ledger is not there.</summary>
    public RunStatus? Status => Overview.Value?.Status;

    /// <summary>Its hours; null where no run is meant.</summary>
    public Schedule? Schedule => Run?.ReadSchedule() ?? Occurrence?.Schedule;

    /// <summary>Whether anything waits to be sent, or is being sent.</summary>
    public bool IsAnythingDue => Key is not null || Openings.Count > 0;
}
