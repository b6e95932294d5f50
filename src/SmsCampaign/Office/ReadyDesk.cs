using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What somebody wants to know the readiness of.</summary>
/// <param name="Campaign">Its id or its file; null: of the installation as a whole.</param>
/// <param name="Date">Null: the run that sends next, or else the newest.</param>
/// <param name="Lanes">Those alone, by name; empty: all. Only without a campaign.</param>
public sealed record ReadyWish(string? Campaign, DateOnly? Date, IReadOnlyList<string> Lanes);

/// <summary>What came of looking.</summary>
public abstract record ReadyResult
{
    ReadyResult()
    {
    }

    /// <param name="Run">Whose readiness; null: of the installation.</param>
    /// <param name="Opening">When it sends next; null where it does not.</param>
    /// <param name="Lanes">The lanes that were looked at.</param>
    /// <param name="Lines">In the order of the checks.</param>
    public sealed record Looked(
        RunKey? Run,
        RunOpening? Opening,
        DateTimeOffset At,
        IReadOnlyList<Lane> Lanes,
        IReadOnlyList<ReadyLine> Lines) : ReadyResult
    {
        /// <summary>The worst of all.</summary>
        public ReadyLight Light => Lines.Max(line => line.Light);
    }

    /// <summary>The installation file cannot be read, or names no such lane: all that is wrong with it.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : ReadyResult;

    /// <summary>There is no such run.</summary>
    public sealed record NoRun(RunSearch Search) : ReadyResult;
}

/// <summary>
/// Looks whether all is ready: of a run for its opening, or of the installation as a whole. Changes nothing but the
/// record of who looked, and sends nothing. The worker asks it as a person does, and a web page would.
/// </summary>
/// <param name="tools">By what it looks at the world outside; unset: as it is.</param>
public sealed class ReadyDesk(
    DataFolder data, string installationFile, TimeProvider time, ReadyTools? tools = null)
{
    /// <summary>Of the line that says that the installation file cannot be read. Stored: never rename.</summary>
    public const string Settings = "settings";

    /// <summary>Of the line that says that nothing could be looked at. Stored: never rename.</summary>
    public const string Look = "look";

    /// <summary>Kind of the event that a person looked. Stored: never rename.</summary>
    const string Asked = "ready-asked";

    readonly ReadyTools _tools = tools ?? new ReadyTools();

    /// <summary>Set where the worker itself looks: what differs between a run's lanes as planned and those that it
    /// uses.</summary>
    public Func<RunRecord, IReadOnlyList<Wording>>? FindStale { get; init; }

    /// <summary>The desk of the worker: what it asks of gateways counts by the accounts' pace.</summary>
    /// <param name="findStale">As of <see cref="FindStale"/>.</param>
    public static ReadyDesk OfWorker(
        Station station, string installationFile, Func<RunRecord, IReadOnlyList<Wording>> findStale)
    {
        var tools = new ReadyTools();
        return new ReadyDesk(station.Data, installationFile, station.Clock.Time, tools with
        {
            Accounts = new PacedAccountAsker(station.Accounts, tools.Accounts),
        })
        {
            FindStale = findStale,
        };
    }

    /// <summary>The looks that are due now (<see cref="ReadyTimes"/>).</summary>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public IReadOnlyList<DueLook> FindDue(IRegistry registry) => ReadyTimes.FindDue(
        registry, Installation.ReadTwoPersons(installationFile) == true, time.GetUtcNow());

    /// <summary>The last look before each opening to come (<see cref="ReadyTimes"/>).</summary>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public IReadOnlyList<ReadyLook> FindTaken(IRegistry registry) => ReadyTimes.FindTaken(
        registry, Installation.ReadTwoPersons(installationFile) == true, time.GetUtcNow());

    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ReadyResult> LookAsync(ReadyWish wish, CancellationToken cancellationToken)
    {
        var reading = Installation.Read(installationFile);
        var problems = reading.Problems.ToList();
        if (reading.Installation is { } read)
            problems.AddRange(FindUnknown(wish.Lanes, read));
        if (reading.Installation is not { } installation
            || problems.Exists(problem => problem.Severity == Severity.Error))
            return new ReadyResult.Refused(problems);

        var now = time.GetUtcNow();
        var registry = Ledgers.FindRegistry(data); // looking must not make an empty installation
        var openings = registry is null ? [] : RunOpening.ReadAll(
            registry, _ => false, Installation.ReadTwoPersons(installationFile) == true, now);
        var about = new ReadyCase
        {
            Data = data,
            Installation = installation,
            Now = now,
            Registry = registry,
            Openings = openings,
            Lanes = [.. installation.Lanes.Where(lane => wish.Lanes.Count == 0 || wish.Lanes.Contains(lane.Name))],
            LanesAreNamed = wish.Lanes.Count > 0,
            IsWorker = FindStale is not null,
            FindStale = FindStale,
            UnderWay = new(() => registry is null ? null : StatusView.ReadOften(data, installationFile, time)),
        };
        if (wish.Campaign is { } campaign)
        {
            if (Find(campaign, wish.Date, registry, openings, out var search) is not { } key)
                return new ReadyResult.NoRun(search!);

            about = OfRun(about, registry!, key);
        }

        var lines = await new ReadyRound(ChecksFor(about), time).LookAsync(about, cancellationToken);
        return new ReadyResult.Looked(about.Key, about.Opening, now, about.Lanes, lines);
    }

    /// <summary>Records that a person has looked at a run's readiness, and what must be mended. What the worker finds
    /// is kept by itself (<see cref="ReadyBook"/>): it alone says what the service can read.</summary>
    /// <returns>What kept it from being recorded; null where it stands in the record, or is of no run.</returns>
    public Wording? Record(Who who, ReadyResult.Looked looked)
    {
        if (looked.Run is not { } run)
            return null;

        try
        {
            Ledgers.OpenRegistry(data).RecordEvent(
                who.OrAccount,
                Asked,
                $"{run} {NameOf(looked.Light)}"
                    + NamesOf(looked.Lines, ReadyLight.Red, "to mend")
                    + NamesOf(looked.Lines, ReadyLight.Amber, "notes"),
                time.GetUtcNow());
            return null;
        }
        catch (Exception cannot) when (cannot is LedgerException || StorageFaults.Describe(cannot, data) is not null)
        {
            return StorageFaults.Describe(cannot, data) ?? FaultWords.Of(cannot);
        }
    }

    static string NameOf(ReadyLight light) => light.ToString().ToLowerInvariant();

    static string NamesOf(IReadOnlyList<ReadyLine> lines, ReadyLight light, string called)
    {
        var names = lines
            .Where(line => line.Light == light)
            .Select(line => line.Subject is { } subject ? $"{line.Check} {NumberMask.In(subject)}" : line.Check)
            .Distinct()
            .ToList();
        return names.Count == 0 ? "" : $"; {called}: {string.Join(", ", names)}";
    }

    /// <summary>Where lanes are named, those are all there is to look at.</summary>
    IReadyCheck[] ChecksFor(ReadyCase about)
    {
        IReadyCheck[] lanes =
            [new LaneStopCheck(), new LaneReachCheck(_tools.Gateways), new LaneAccountCheck(_tools.Accounts)];
        return about.LanesAreNamed ? lanes :
        [
            new WorkerCheck(),
            new OpeningCheck(),
            new ApprovalCheck(),
            new FilesCheck(),
            new LettersCheck(),
            .. lanes,
            new ReceiptsCheck(_tools.Web),
            new ManagementCheck(_tools.Web),
            new ForecastCheck(),
            new DiskCheck(_tools.FreeAt),
            new ClockCheck(_tools.Programs),
            new ZoneCheck(),
            new LedgerCheck(),
            new AuditCheck(),
            new NumberKeyCheck(),
            new BackupCheck(),
            new AlertsCheck(),
        ];
    }

    ReadyCase OfRun(ReadyCase about, IRegistry registry, RunKey key)
    {
        var run = registry.Find(key);
        var overview = new Lazy<RunOverview?>(() =>
            run is null ? null : RunOverview.Read(data, registry, run, installationFile, time));
        var planned = run is null ? null : FindLanes(run);
        return about with
        {
            Key = key,
            Run = run,
            Occurrence = Occurrence.Find(registry, key),
            Opening = about.Openings.FirstOrDefault(opening => opening.Run == key),
            Overview = overview,
            Lanes = planned is null ? about.Lanes : [.. planned.Select(about.Installation.Find).OfType<Lane>()],
            MissingLanes = [.. (planned ?? []).Where(lane => about.Installation.Find(lane) is null)],
        };
    }

    /// <returns>Null where its ledger is not there, or cannot be read, which is said by others: all lanes are looked
    /// at then.</returns>
    IReadOnlyList<string>? FindLanes(RunRecord run)
    {
        try
        {
            var address = run.AddressIn(data);
            return !Ledgers.RunAt(address).Exists
                ? null
                : [.. Reports.RunStatus.Read(address).Lanes.Select(lane => lane.Name).Where(name => name.Length > 0)];
        }
        catch (Exception broken) when (broken is not OutOfMemoryException) // a damaged file can break whatever reads it
        {
            return null;
        }
    }

    /// <param name="search">What there is instead; set where there is no such run.</param>
    RunKey? Find(
        string campaign,
        DateOnly? date,
        IRegistry? registry,
        IReadOnlyList<RunOpening> openings,
        out RunSearch? search)
    {
        search = null;
        var file = Path.GetFullPath(campaign);
        var ids = (registry?.ReadRuns() ?? [])
            .Where(run => run.Campaign == campaign || (run.CampaignFile == file && !run.IsTest))
            .Select(run => run.Campaign)
            .ToHashSet();
        if (openings.FirstOrDefault(opening =>
            ids.Contains(opening.Run.Campaign) && (date is null || opening.Run.Date == date)) is { } next)
            return next.Run;

        search = KnownRuns.Find(data, new WantedRun(campaign, date, Simulated: false));
        return search is RunSearch.Found { Run: var run } ? run.FindKey() : null;
    }

    IEnumerable<Problem> FindUnknown(IReadOnlyList<string> names, Installation installation)
    {
        var known = string.Join(", ", installation.Lanes.Select(lane => lane.Name));
        return names.Distinct()
            .Where(name => installation.Find(name) is null)
            .Select(name => new Problem(new Place(installationFile, Key: "lanes"), new Wording(
                $"Không có kênh gửi nào tên '{name}'. Đang có: {known}.",
                $"No lane is called '{name}'. There are: {known}.")));
    }
}
