using SmsCampaign.Audience;
using SmsCampaign.Files;
using SmsCampaign.Planning.Words;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Planning;

/// <summary>
/// Takes a campaign from its file to a plan: to look at (<see cref="Check"/>), or to run (<see cref="Prepare"/>).
/// </summary>
/// <param name="time">Tells which date of a yearly campaign is next, and what is past.</param>
public sealed class CampaignPreparation(TimeProvider time)
{
    /// <summary>Told which ledger is there, before it is looked at: it may be one that is not gone on with.</summary>
    public Action<RunAddress>? LedgerFound { get; init; }

    /// <summary>The data folder that knows of other runs and ported numbers; null: the run's own.</summary>
    public DataFolder? Known { get; init; }

    /// <summary>Told what is about to be done, as "reading the file …": on a dead share it never ends.</summary>
    public Action<Wording>? Begins { get; init; }

    /// <summary>Reads everything and works out the plan. Stores nothing and sends nothing.</summary>
    /// <param name="data">Where gateways' words on ported numbers are kept; null: they are left out.</param>
    /// <param name="rows">Is told of each row as it is read; null: nobody is.</param>
    public Preparation Check(
        PreparationRequest request, CancellationToken cancellationToken, DataFolder? data = null, IAudienceSink? rows =
            null)
    {
        var problems = new List<Problem>();
        if (CampaignFiles.Read(request, null, time.GetUtcNow(), problems) is not { } files)
            return new Preparation(null, null, problems);

        var key = new RunKey(files.Campaign.Id, files.Date, request.Simulated);
        var before = problems.Count;
        var earlier = EarlierRuns.Find(key, files, data, Known, time, problems);
        if (data is not null && RunFile.Judge(data, key) is { IsWhole: false } judged)
            problems.Add(new Problem(null, MarkWords.Of(judged)));

        List<Problem> ofEarlier = [.. problems.Skip(before)];
        var known = data is null ? null : Ledgers.FindRegistry(data);
        var sink = new ContentSink(rows ?? new UnkeptAudience(), files.Campaign, known?.Contents.ReadKey() ?? 0);
        var audience = Import(files, data, earlier, sink, problems, cancellationToken);
        PastDate.FindForRun(files, request, time.GetUtcNow(), stops: false, known, problems);
        return new Preparation(audience is null ? null : Plan(files, request, audience, problems), null, problems)
        {
            OfEarlierRuns = ofEarlier,
            Repeats = known is null || audience is null ? []
                : new ContentGuard(data!).Find(key, files.Campaign.Mode, sink.Contents, null),
        };
    }

    /// <summary>
    /// Imports and plans the run into its ledger, or takes the ledger that is there where it
    /// fits the files as they are.
    /// </summary>
    /// <remarks>
    /// A ledger that is there is compared by hashes of files, never row by row, so that this takes no
    /// longer for a million recipients. A ledger appears whole or not at all; after a crash at any point
    /// this does the rest when called again.
    /// </remarks>
    /// <exception cref="LedgerException">The disk is full, or a ledger is broken.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is left behind.</exception>
    public Preparation Prepare(
        PreparationRequest request, DataFolder data, ChangedRun whenChanged, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        request = RestOfRun.Complete(request, data);
        Begins?.Invoke(new Wording(
            $"đọc tệp chiến dịch {request.CampaignFile} và tệp cấu hình {request.InstallationFile}",
            $"reading the campaign file {request.CampaignFile} and the installation file {request.InstallationFile}"));
        if ((CampaignFiles.Read(request, data, time.GetUtcNow(), problems)
            ?? ReadBegun(request, data, problems)) is not { } files)
            return new Preparation(null, null, problems);

        var key = new RunKey(files.Campaign.Id, files.Date, request.Simulated);
        using var held = PreparingLock.TryTake(data, key);
        if (held is null)
        {
            problems.Add(new Problem(null, new Wording(
                $"Một tiến trình khác đang chuẩn bị một lượt gửi của chiến dịch {key.Campaign}. Hãy chờ tiến trình đó "
                    + $"xong rồi chạy lại.",
                $"Another process is preparing a run of the campaign {key.Campaign}. Wait for it to finish, then run "
                    + $"this again.")));
            return new Preparation(null, null, problems) { Busy = true };
        }

        var address = data.AddressOf(key);
        Begins?.Invoke(new Wording($"đọc sổ {address}", $"reading the ledger {address}"));
        if (Ledgers.RunAt(address).Exists)
            LedgerFound?.Invoke(address);

        // A file that is lost, another's or old says nothing of who has got the message, and one of hashes nothing of
        // whom to send it to: nothing is planned by it.
        if (EarlierRuns.FindUnplannable(data, key) is { } unplannable)
        {
            problems.Add(new Problem(null, unplannable));
            return new Preparation(null, null, problems);
        }

        // Reading may have been held for hours: whoever asked for it may be gone.
        cancellationToken.ThrowIfCancellationRequested();

        // What has begun goes on as it was planned: the files it was made of may be changed by now, or gone.
        var begun = StoredRun.FindBegun(address)?.Origin.Inputs;
        if ((begun ?? RunInputs.TryReadAll(files, problems, BeginFile)) is not { } inputs)
            return new Preparation(null, null, problems);

        cancellationToken.ThrowIfCancellationRequested();
        Begins?.Invoke(new Wording("nhập danh sách và lập kế hoạch", "importing the lists and planning"));
        return Ledgers.RunAt(address).Exists
            ? Continue(files, request, data, whenChanged, inputs, problems, cancellationToken)
            : Create(files, request, data, inputs, replace: false, problems, cancellationToken);
    }

    void BeginFile(string file) => Begins?.Invoke(new Wording($"đọc tệp {file}", $"reading the file {file}"));

    /// <summary>The files of a run that has begun, where only the lists it was made of are gone.</summary>
    CampaignFiles? ReadBegun(PreparationRequest request, DataFolder data, List<Problem> problems)
    {
        var others = new List<Problem>();
        if (!problems.Exists(problem => problem.MayPass)
            || CampaignFiles.Read(request, data, time.GetUtcNow(), others, filesMayBeGone: true) is not { } files
            || StoredRun.FindBegun(data.AddressOf(new(files.Campaign.Id, files.Date, request.Simulated))) is null)
        {
            return null;
        }

        problems.Clear();
        problems.AddRange(others);
        return files;
    }

    /// <summary>
    /// Makes anew the ledger of a run of which something was handed over and whose file is lost: the same messages in
    /// the same order, those that may have been handed over uncertain.
    /// </summary>
    /// <param name="run">As it was planned.</param>
    /// <param name="known">How far it may have come.</param>
    /// <remarks>Only where the files still give what was planned then: which messages were sent is known by
    /// their place in it.</remarks>
    /// <exception cref="LedgerException">The disk is full, or a ledger is broken.</exception>
    public Preparation Rebuild(
        PreparationRequest request, RunRecord run, RunMark known, DataFolder data, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        request = RestOfRun.Complete(request, data);
        if (CampaignFiles.Read(request, data, time.GetUtcNow(), problems) is not { } files)
            return new Preparation(null, null, problems);

        var key = run.ToKey();
        using var held = PreparingLock.TryTake(data, key);
        if (held is null || RunInputs.TryReadAll(files, problems) is not { } inputs)
            return new Preparation(null, null, problems) { Busy = held is null };

        var earlier = EarlierRuns.Find(key, files, data, Known, time, problems);
        using var ledger = Ledgers.RunAt(data.AddressOf(key)).Build();
        if (Import(files, data, earlier, ledger, problems, cancellationToken) is not { } audience)
            return new Preparation(null, null, problems);

        RunInputs.FindChangedMeanwhile(inputs, audience, problems, files.RestOf is not null);
        var planned = Plan(files, request, audience, problems);
        if (planned.ApprovedHash != run.ApprovedHash)
        {
            problems.Add(new Problem(new Place(request.CampaignFile), new Wording(
                $"Tệp chiến dịch, danh sách hoặc kênh gửi không còn như khi lập kế hoạch cho lượt gửi {key}, nên không "
                    + $"dựng lại được sổ đã mất. Hãy trả các tệp về như cũ, hoặc khôi phục sổ bằng 'restore'.",
                $"The campaign file, the audience or the lanes are not as they were when the run {key} was "
                    + $"planned, so its lost ledger cannot be made anew. Put the files back as they were, "
                    + $"or restore the ledger with 'restore'.")));
        }

        if (Stops(problems))
            return new Preparation(planned, null, problems);

        ledger.Complete(
            audience,
            planned.Plan,
            RunDescriber.Describe(planned, run.Code, inputs, time.GetUtcNow(), earlier),
            replace: true,
            lost: (known, ProcessClock.ToMicros(time.GetUtcNow())));
        return new Preparation(planned, new PreparedRun(key, run.Code, data.AddressOf(key), Reused: false), problems);
    }

    Preparation Continue(
        CampaignFiles files,
        PreparationRequest request,
        DataFolder data,
        ChangedRun whenChanged,
        IReadOnlyList<RunInput> inputs,
        List<Problem> problems,
        CancellationToken cancellationToken)
    {
        var key = new RunKey(files.Campaign.Id, files.Date, request.Simulated);
        var address = data.AddressOf(key);
        var stored = StoredRun.Read(address);

        // What has begun depends on its own ledger: another's that cannot be read by now does not stop it.
        var found = new List<Problem>();
        var earlier = EarlierRuns.Find(
            key, files, data, Known, time, found, stored.Begun ? Severity.Warning : Severity.Error);
        problems.AddRange(found);
        var changes = RunChanges.Find(
            stored, inputs, files, stored.Begun && found.Count > 0 ? stored.Description.Earlier : earlier.Standing,
            Ledgers.HasRegistry(data) ? Ledgers.OpenRegistry(data).Find(key)?.Definition : null);
        if (whenChanged == ChangedRun.PlanAgain
            && !request.Simulated
            && changes.Count == 0
            && Ledgers.OpenRegistry(data).Find(key) is { } known)
            changes = RunVerification.Find(data, known, approvedHash: null, cancellationToken);
        if (!stored.Begun && changes.Count == 0) // restored, or planned beside the erasing: asked whoever prepares
            changes = earlier.FindErased(address);

        if (changes.Count == 0)
        {
            var planned = Plan(files, request, stored.Origin.Audience, problems);
            var run = Stops(problems)
                ? null
                : Register(new PreparedRun(key, stored.Description.Code, address, Reused: true), planned, data);
            return new Preparation(planned, run, problems) { Repeats = FindRepeats(planned, run, data) };
        }

        // A process that has just begun, or waits for the opening, has the ledger open before its first attempt stands
        // in it. One that was stopped there holds no lock any more.
        using var nobodySends = SendingLock.TryTake(data, time, request.Simulated);
        var begun = stored.Begun
            || (nobodySends is null && Ledgers.OpenRegistry(data).Find(key)?.State == RunState.Sending);
        if (whenChanged == ChangedRun.PlanAgain && !begun)
            return Create(files, request, data, inputs, replace: true, problems, cancellationToken);

        var list = Wording.Join("; ", changes);
        var goesOn = whenChanged != ChangedRun.Refuse
            && nobodySends is null
            && Ledgers.OpenRegistry(data).Find(key)?.State == RunState.Sending;
        var (what, onPages) = goesOn ? (ChangedRunWords.OfOneBeingSent(key, list), (Wording?)null)
            : begun ? (ChangedRunWords.OfOneBegun(key, list), null)
            : (ChangedRunWords.OfOnePlanned(key, list), ChangedRunWords.OfOnePlannedOnPages(list));
        problems.Add(new Problem(new Place(request.CampaignFile), what) { OnPages = onPages });
        return new Preparation(null, null, problems);
    }

    Preparation Create(
        CampaignFiles files,
        PreparationRequest request,
        DataFolder data,
        IReadOnlyList<RunInput> inputs,
        bool replace,
        List<Problem> problems,
        CancellationToken cancellationToken)
    {
        var (key, letters) = (new RunKey(files.Campaign.Id, files.Date, request.Simulated), Ledgers.FindRegistry(data));
        PastDate.FindForRun(files, request, time.GetUtcNow(), stops: !request.Simulated, letters, problems);
        var earlier = EarlierRuns.Find(key, files, data, Known, time, problems);
        var address = data.AddressOf(key);
        using var ledger = Ledgers.RunAt(address).Build();
        var contents = new ContentSink(ledger, files.Campaign, ContentKey(data, key));

        if (Import(files, Known ?? data, earlier, contents, problems, cancellationToken) is not { } audience)
            return new Preparation(null, null, problems);

        RunInputs.FindChangedMeanwhile(inputs, audience, problems, files.RestOf is not null);
        var planned = Plan(files, request, audience, problems);
        if (Stops(problems))
            return new Preparation(planned, null, problems);

        var code = RunCode.Draw();
        var description = RunDescriber.Describe(planned, code, inputs, time.GetUtcNow(), earlier);
        cancellationToken.ThrowIfCancellationRequested(); // what is complete is gone on with
        ledger.Complete(audience, planned.Plan, description, replace);
        var run = Register(new PreparedRun(key, code, address, Reused: false), planned, data, contents.Contents);
        return new Preparation(planned, run, problems) { Repeats = FindRepeats(planned, run, data) };
    }

    /// <summary>Adds the run to the installation's list, also where a crash came between its ledger and that.</summary>
    /// <param name="contents">Null where they are read from the run's ledger, if need be.</param>
    PreparedRun Register(
        PreparedRun run, PlannedCampaign planned, DataFolder data, IReadOnlyList<RunContent>? contents = null)
    {
        var registry = Ledgers.OpenRegistry(data);

        if (registry.Find(run.Key)?.Code != run.Code)
        {
            // A code has one run: of a row that calls this one otherwise, it is not known what
            // else it says that is not so.
            if (registry.FindByCode(run.Code) is { } other && other.Key != run.Key.ToString())
                throw LedgerRowException.Of("run", other.Key, other.Key, new Wording(
                    $"khóa của lượt gửi có mã {run.Code} ({run.Key})",
                    $"key of the run with the code {run.Code} ({run.Key})"));

            registry.AddRun(
                new RunRecord
                {
                    Key = run.Key.ToString(),
                    Campaign = run.Key.Campaign,
                    Date = run.Key.DateText,
                    Simulated = run.Key.Simulated,
                    Code = run.Code,
                    State = RunState.Planned,
                    File = run.Ledger.StoredIn(data, run.Key),
                    CampaignFile = planned.Campaign.File,
                    Definition = planned.Campaign.Source,
                    DefinitionHash = planned.DefinitionHash,
                    AudienceHash = planned.Audience.Hash,
                    PlanHash = planned.Plan.Hash,
                    Seal = planned.Seal.ToText(),
                    RestOf = planned.RestOf?.ToSql(),
                },
                time.GetUtcNow());
        }

        if (!run.Key.Simulated)
        {
            new RunMarks(data).Plan(run.Key, run.Code);
            if (contents is not null || registry.Contents.Read(run.Code).Count == 0)
                registry.Contents.Keep(
                    run.Code, contents ?? ContentGuard.Read(run.Ledger, planned.Campaign, ContentKey(data, run.Key)));
        }

        return run;
    }

    static IReadOnlyList<RepeatedContent> FindRepeats(PlannedCampaign planned, PreparedRun? run, DataFolder data) =>
        run is null
            ? []
            : new ContentGuard(data).Find(
                run.Key, planned.Campaign.Mode, Ledgers.OpenRegistry(data).Contents.Read(run.Code), run.Ledger);

    /// <summary>Of a rehearsal no sample is kept.</summary>
    static long ContentKey(DataFolder data, RunKey key)
    {
        if (key.Simulated)
            return 0;

        PrivateFiles.KeepFolder(data.Root);
        return Ledgers.OpenRegistry(data).Contents.ReadKey();
    }

    static ImportedAudience? Import(
        CampaignFiles files,
        DataFolder? data,
        EarlierRuns earlier,
        IAudienceSink sink,
        List<Problem> problems,
        CancellationToken cancellationToken)
    {
        if (files.ReadTables(problems) is not { } tables)
            return null;

        // A run that is planned is not imported again: what is learned meanwhile changes nothing of what was approved.
        var learned = data is null ? [] : Ledgers.FindRegistry(data)?.Ported.Read() ?? [];
        var ported = learned.Count == 0
            ? tables.Ported
            : tables.Ported.With(learned.Select(number => number.OnNetwork), tables.Prefixes.Names);
        if (files.RestOf is { } of)
            return RestOfRun.Import(
                of, files, data!, tables.Prefixes, ported, earlier, sink, problems, cancellationToken);

        var reading = AudienceImport.Read(
            files.Campaign,
            files.LaneOfCarrier(),
            tables.Prefixes,
            ported,
            sink,
            cancellationToken,
            earlier.ReadNumbers(),
            earlier.Erased);
        problems.AddRange(reading.Problems);
        return reading.Audience;
    }

    internal PlannedCampaign Plan(
        CampaignFiles files, PreparationRequest request, ImportedAudience audience, List<Problem> problems)
    {
        var (campaign, lanes) = (files.Campaign, files.Lanes);
        var plan = BatchPlanner.Plan(campaign, audience, lanes);

        // A rehearsal plays the day from its opening, and of a day past only that can be forecast.
        var now = time.GetUtcNow();
        var from = request.Simulated || now >= campaign.Schedule.Window.ClosesOn(files.Date)
            ? DateTimeOffset.MinValue
            : now;
        var forecast = Forecaster.Forecast(campaign, audience, plan, lanes, files.Date, from);

        problems.AddRange(
            new PlanProblems(campaign, audience, lanes, plan, forecast, request.Simulated, files.Places.Of).Find());
        return new PlannedCampaign(
            campaign, files.Installation, files.Date, request.Simulated, lanes, audience, plan, forecast)
        {
            RestOf = files.RestOf,
        };
    }

    static bool Stops(List<Problem> problems) => problems.Exists(problem => problem.Severity == Severity.Error);
}
