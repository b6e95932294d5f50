using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>The installation's tables.</summary>
sealed class RegistryRows : IRegistry
{
    static readonly string States = string.Join(", ", Enum.GetNames<RunState>().Select(name => $"'{name}'"));

    /// <summary>A state that nobody knows keeps what it is about, and nobody else, from being sent.</summary>
    static readonly SqlText StateColumn = new(
        $"case when state in ({States}) then state else '{nameof(RunState.Held)}' end");

    /// <summary>Those of a run that is over.</summary>
    internal static readonly SqlText OverStates = new(string.Join(
        ", ", Enum.GetValues<RunState>().Where(state => state.IsOver()).Select(state => $"'{state}'")));

    static readonly SqlText Columns = new($"""
        key, campaign, date, simulated, code, {StateColumn.Text}, case when state not in ({States}) then state end, file, campaign_file,
        definition, definition_hash, audience_hash, plan_hash, seal, finished_at, rest_of
        """);

    readonly IRegistryDb _file;
    readonly ApprovalRows _approvals;
    readonly PurgeRows _purges;

    /// <param name="file">Of it.</param>
    public RegistryRows(DataFolder data, IRegistryDb file)
    {
        _file = file;
        Audit = new AuditLog(_file, data);
        Stops = new LaneStops(_file, Audit);
        Orders = new OrderRows(_file, Audit, data);
        Ported = new LearnedNumbers(_file, data);
        Contents = new RunContents(_file);
        Commands = new CommandRows(_file, Audit);
        var submissions = new SubmissionRows(_file, Audit);
        Submissions = submissions;
        _approvals = new ApprovalRows(_file, Audit, submissions);
        WorkOrders = new WorkOrderRows(_file, Audit);
        Reports = new ReportSubmissionRows(_file, Audit);
        Alerts = new AlertRows(_file);
        _purges = new PurgeRows(_file, Audit, data);
    }

    public AuditLog Audit { get; }

    IAuditLog IRegistry.Audit => Audit;

    public IDisposable Watch() => _file.Watch();

    public ILaneStops Stops { get; }

    public IStandingOrders Orders { get; }

    public ILearnedNumbers Ported { get; }

    public IRunContents Contents { get; }

    public IAskedCommands Commands { get; }

    public ISubmissions Submissions { get; }

    public IWorkOrders WorkOrders { get; }

    public IReportSubmissions Reports { get; }

    public IAlerts Alerts { get; }

    public IPurges Purges => _purges;

    public void AddRun(RunRecord run, DateTimeOffset now)
    {
        if (!run.Simulated)
            RefuseErased(run.ToKey());

        using var db = _file.Open();
        db.Run($"""
            insert into run
                   (key, campaign, date, simulated, code, state, file, campaign_file, definition,
                    definition_hash, audience_hash, plan_hash, seal, rest_of, created_at)
            values ({run.Key}, {run.Campaign}, {run.Date}, {run.Simulated}, {run.Code}, {run.State.ToString()}, {run.File}, {run.CampaignFile},
                    {run.Definition}, {run.DefinitionHash}, {run.AudienceHash}, {run.PlanHash}, {run.Seal}, {run.RestOf}, {now})
            on conflict (key) do update
            set    code = excluded.code, state = excluded.state, campaign_file = excluded.campaign_file,
                   definition = excluded.definition, definition_hash = excluded.definition_hash,
                   audience_hash = excluded.audience_hash, plan_hash = excluded.plan_hash, seal = excluded.seal, rest_of = excluded.rest_of, created_at = excluded.created_at
            """);
    }

    public RunRecord? Find(RunKey key) => ReadOne($"select {Columns} from run where key = {key.ToString()}");

    public RunRecord? FindByCode(string code) => ReadOne($"select {Columns} from run where code = {code}");

    public HashSet<string> ReadCodes()
    {
        using var db = _file.Open();
        return [.. db.Read($"select code from run", row => row.Text(0)!)];
    }

    public IReadOnlyList<RunRecord> ReadRuns() => Read($"select {Columns} from run order by date desc, key");

    public IReadOnlyList<RunPlace> ReadPlaces(bool simulated, DateOnly since)
    {
        using var db = _file.Open();
        return db.Read(
            $"""
            select   key, code, {StateColumn}, file
            from     run
            where    simulated = {simulated}
            and      ({StateColumn} in ('Sending', 'Held') or (state in ('Finished', 'Cancelled', 'Ended') and date >= {since.ToSql()}))
            order by date desc, key
            """,
            row => new RunPlace
            {
                Key = row.Text(0)!,
                Code = row.Text(1)!,
                State = Enum.Parse<RunState>(row.Text(2)!),
                File = row.Text(3)!,
            });
    }

    public IReadOnlyList<RunRecord> ReadRuns(string campaign) =>
        Read($"select {Columns} from run where campaign = {campaign} order by date desc, key");

    public void SetState(RunKey key, RunState state, DateTimeOffset now)
    {
        if (IsToBeSent(state))
            RefuseErased(key);
        using var db = _file.Open();
        SetState(db, key, state, now);
    }

    /// <summary>Nothing leaves of a run that is held: a worker that could not even hold one that a backup has made to
    /// be sent again would end by it, at every start.</summary>
    static bool IsToBeSent(RunState state) => !state.IsOver() && state != RunState.Held;

    /// <exception cref="LedgerException">Its numbers are erased: it is never sent, or made to be.</exception>
    void RefuseErased(RunKey key)
    {
        if (Find(key) is { IsErased: true } run)
            throw PurgeWords.Refuse(run);
    }

    static void SetState(Db db, RunKey key, RunState state, DateTimeOffset now)
    {
        var name = state.ToString();
        db.Run($"""
            update run
            set    state = {name},
                   finished_at = case when {name} in ({OverStates}) then {now} end
            where  key = {key.ToString()}
            """);
    }

    public void Extend(RunKey key, WindowExtension extension, Decision decision)
    {
        RefuseErased(key);
        using var db = _file.Open();
        db.Transact(() =>
        {
            Record(db, Audit, decision);
            Audit.AddRecord(db, AuditKinds.Extension, decision.At.ToSql(), $"""
                insert into window_extension (run, day, closes, person, by_os, reason, at)
                values ({key.ToString()}, {extension.Day}, {extension.Closes}, {extension.Person}, {extension.ByOs}, {extension.Reason}, {decision.At})
                """);
        });
    }

    public bool Approve(Approval approval, IReadOnlyDictionary<long, Wording>? replaces = null) =>
        _approvals.Approve(approval, replaces ?? new Dictionary<long, Wording>());

    public IReadOnlyList<Approval> FindOtherDates(RunKey run, bool yearly) => _approvals.FindOtherDates(run, yearly);

    public Approval? FindApproval(string campaign, DateOnly day) => _approvals.Find(campaign, day);

    public IReadOnlyList<Approval> ReadApprovals(string? campaign = null) => _approvals.Read(campaign);

    public void VoidApproval(long id, Wording reason, DateTimeOffset now) => _approvals.Void(id, reason, now);

    public IReadOnlyList<long> Revoke(
        RunKey run, IReadOnlyCollection<long> approvals, Who who, string reason, DateTimeOffset now) =>
        _approvals.Revoke(run, approvals, who, reason, now);

    public void Record(Decision decision)
    {
        using var db = _file.Open();
        db.Transact(() => Record(db, Audit, decision));
    }

    public void Record(Decision decision, RunState state)
    {
        if (IsToBeSent(state))
            RefuseErased(decision.Run);
        using var db = _file.Open();
        db.Transact(() =>
        {
            Record(db, Audit, decision);
            SetState(db, decision.Run, state, decision.At);
        });
    }

    public RunHold? FindHold(RunKey run)
    {
        using var db = _file.Open();
        return HoldRows.Find(db, run);
    }

    public bool Release(Decision decision, RunHold seen)
    {
        RefuseErased(decision.Run);
        using var db = _file.Open();
        return db.Transact(() =>
        {
            if (HoldRows.Find(db, decision.Run) != seen)
                return false;

            Record(db, Audit, decision);
            SetState(db, decision.Run, RunState.Approved, decision.At);
            return true;
        });
    }

    /// <param name="db">In a transaction.</param>
    internal static void Record(Db db, AuditLog audit, Decision decision)
    {
        audit.AddRecord(db, AuditKinds.Decision, decision.At.ToSql(), $"""
            insert into decision (campaign, date, due_at, at, what, reason_vi, reason_en, by_os)
            values ({decision.Run.Campaign}, {decision.Run.DateText}, {decision.Due}, {decision.At}, {decision.What.ToWord()},
                    {decision.Reason.In(Language.Vietnamese)}, {decision.Reason.In(Language.English)}, {OrOwn(decision.ByOs)})
            """);
    }

    public IReadOnlyList<Decision> ReadDecisions(string campaign)
    {
        using var db = _file.Open();
        return db.Read(
            $"""
            select   date, due_at, at, what, reason_vi, reason_en, by_os
            from     decision
            where    campaign = {campaign}
            order by id
            """,
            row => ReadDecision(row, campaign));
    }

    public void RecordClockStep(DateTimeOffset expected, DateTimeOffset said)
    {
        using var db = _file.Open();
        db.Run($"""
            insert into clock_step (from_at, to_at, approvals, decisions)
            values (
                {expected}, {said},
                (select coalesce(max(id), 0) from approval),
                (select coalesce(max(id), 0) from decision))
            """);
    }

    public IReadOnlyList<ClockStep> ReadClockSteps(long approval)
    {
        const string table = "clock_step";
        using var db = _file.Open();
        return db.Read(
            $"""
            select   id, from_at, to_at, approvals, decisions
            from     clock_step
            where    approvals >= {approval}
            order by id
            """,
            row =>
            {
                var id = row.Number(0).ToString(System.Globalization.CultureInfo.InvariantCulture);
                return new ClockStep(
                    SqlTime.FromSql(row.Text(1)!, table, id),
                    SqlTime.FromSql(row.Text(2)!, table, id),
                    row.Number(3),
                    row.Number(4));
            });
    }

    public bool IsReleasedSince(ClockStep kept, RunKey run)
    {
        using var db = _file.Open();
        return db.FindText($"""
            select '' from decision
            where  campaign = {run.Campaign} and date = {run.DateText} and what = {DecisionKind.Released.ToWord()}
            and    id > {kept.Decisions}
            limit  1
            """) is not null;
    }

    public void RecordEvent(Who who, string what, string detail, DateTimeOffset now)
    {
        using var db = _file.Open();
        db.Transact(() => RecordEvent(db, Audit, who, what, detail, now));
    }

    /// <param name="db">In a transaction.</param>
    internal static void RecordEvent(
        Db db, AuditLog audit, Who who, string what, string detail, DateTimeOffset now)
    {
        audit.AddRecord(db, AuditKinds.Event, now.ToSql(), $"""
            insert into event (at, who, what, detail, by_os)
            values ({now}, {who.Person}, {what}, {detail}, {who.ByOs})
            """);
    }

    public void RecordEvent(string who, string what, string detail, DateTimeOffset now) =>
        RecordEvent(Who.Here(who), what, detail, now);

    public RecordedEvent? FindEvent(IReadOnlyCollection<string> what, string beginning)
    {
        using var db = _file.Open();
        return EventRows.FindLast(db, what, beginning);
    }

    public IReadOnlyList<RecordedEvent> ReadEvents(string what, string beginning)
    {
        using var db = _file.Open();
        return EventRows.Read(db, what, beginning);
    }

    public void Witness(RunKey run, PersonsResolution resolution, DateTimeOffset now)
    {
        using var db = _file.Open();
        db.Transact(() => Audit.Append(
            db, AuditKinds.Resolution, resolution.ReferenceOf(run.ToString()), resolution.ToContent(), now.ToSql()));
    }

    /// <summary>The account a record names; this process's own where it names none.</summary>
    static string OrOwn(string byOs) => byOs.Length > 0 ? byOs : OsUser.Current;

    RunRecord? ReadOne(Sql sql) => Read(sql) is [var run, ..] ? run : null;

    List<RunRecord> Read(Sql sql) => _file.Look(db => Read(db, sql));

    List<RunRecord> Read(Db db, Sql sql)
    {
        var extensions = Audit.ReadExtensions(db);
        var purges = _purges.ReadStates(db);
        return db.Read(sql, row => new RunRecord
        {
            Key = row.Text(0)!,
            Campaign = row.Text(1)!,
            Date = row.Text(2)!,
            Simulated = row.Number(3) != 0,
            Code = row.Text(4)!,
            State = Enum.Parse<RunState>(row.Text(5)!),
            OddState = row.Text(6),
            File = row.Text(7)!,
            CampaignFile = row.Text(8)!,
            Definition = row.Text(9)!,
            DefinitionHash = row.Text(10)!,
            AudienceHash = row.Text(11)!,
            PlanHash = row.Text(12)!,
            Seal = row.Text(13)!,
            FinishedAt = row.Text(14),
            RestOf = row.Text(15),
            Extensions = [.. extensions[row.Text(0)!]],
            Purge = purges.GetValueOrDefault(row.Text(4)!).State,
            ErasedSeal = purges.GetValueOrDefault(row.Text(4)!).Seal ?? "",
        });
    }

    static Decision ReadDecision(Statement row, string campaign)
    {
        const string table = "decision";
        var name = $"{campaign}/{row.Text(0)}";
        var what = DecisionKinds.Find(row.Text(3)!)
            ?? throw LedgerRowException.Of(table, name, row.Text(3)!, new Wording(
                "quyết định mà chương trình biết", "decision that this program knows"));
        return new Decision(
            RunKey.ParseStored(name, table),
            SqlTime.FromSql(row.Text(1)!, table, name),
            SqlTime.FromSql(row.Text(2)!, table, name),
            what,
            new Wording(row.Text(4)!, row.Text(5)!))
        {
            ByOs = row.Text(6)!,
        };
    }
}
