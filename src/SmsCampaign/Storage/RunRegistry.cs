using Dapper;
using Microsoft.Data.Sqlite;
using SmsCampaign.Files;
using SmsCampaign.Storage.Backups;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage;

/// <summary>
/// The runs of an installation, their approvals, and the record of what was decided and done: ledger.db.
/// </summary>
public sealed class RunRegistry
{
    static readonly string States = string.Join(", ", Enum.GetNames<RunState>().Select(name => $"'{name}'"));

    /// <summary>A state that nobody knows keeps what it is about, and nobody else, from being sent.</summary>
    static readonly string StateColumn = $"case when state in ({States}) then state else '{nameof(RunState.Held)}' end";

    readonly string _connection;

    public RunRegistry(DataFolder data)
    {
        Restore.RefuseHalf(data);
        PrivateFiles.KeepFolder(data.Root);
        var connection = new SqliteConnectionStringBuilder { DataSource = data.Ledger, DefaultTimeout = 10, Pooling = false };
        try
        {
            using var db = SqliteDb.Open(data.Ledger);
            db.Execute("pragma journal_mode = wal");
            Migrations.Apply(db, "Ledger");
        }
        catch (LedgerException closed) when (StorageFaults.IsNotToBeWritten(closed) && File.Exists(data.Ledger))
        {
            // To look at it is enough to read it; whatever is to be written fails by itself.
            using var db = Migrations.OpenToRead(data.Ledger, "Ledger");
            (connection.DataSource, connection.Mode) = (db.Source, SqliteOpenMode.ReadOnly);
        }

        _connection = connection.ToString();
        Audit = new AuditLog(_connection, data);
        Stops = new LaneStops(_connection, Audit);
        Ported = new LearnedNumbers(_connection);
    }

    /// <summary>Bears witness to the records.</summary>
    public AuditLog Audit { get; }

    /// <summary>The lanes that stand still until a person says otherwise.</summary>
    public LaneStops Stops { get; }

    /// <summary>The ported numbers that gateways have told of.</summary>
    public LearnedNumbers Ported { get; }

    public void AddRun(RunRecord run, DateTimeOffset now)
    {
        const string sql = """
            insert into run
                   (key, campaign, date, simulated, code, state, file, campaign_file, definition,
                    definition_hash, audience_hash, plan_hash, seal, created_at)
            values (@Key, @Campaign, @Date, @Simulated, @Code, @State, @File, @CampaignFile, @Definition,
                    @DefinitionHash, @AudienceHash, @PlanHash, @Seal, @now)
            on conflict (key) do update
            set    code = excluded.code, state = excluded.state, campaign_file = excluded.campaign_file,
                   definition = excluded.definition, definition_hash = excluded.definition_hash,
                   audience_hash = excluded.audience_hash, plan_hash = excluded.plan_hash, seal = excluded.seal, created_at = excluded.created_at
            """;

        using var connection = Open();
        connection.Execute(sql, new
        {
            run.Key,
            run.Campaign,
            run.Date,
            run.Simulated,
            run.Code,
            State = run.State.ToString(),
            run.File,
            run.CampaignFile,
            run.Definition,
            run.DefinitionHash,
            run.AudienceHash,
            run.PlanHash,
            run.Seal,
            now = now.ToSql(),
        });
    }

    /// <returns>Null where there is no such run.</returns>
    public RunRecord? Find(RunKey key) => Read("where key = @key", new { key = key.ToString() }) is [var run, ..] ? run : null;

    /// <returns>Null where no run has the code.</returns>
    public RunRecord? FindByCode(string code) => Read("where code = @code", new { code }) is [var run, ..] ? run : null;

    /// <summary>The codes of all runs.</summary>
    public HashSet<string> ReadCodes()
    {
        using var connection = Open();
        return [.. connection.Query<string>("select code from run")];
    }

    /// <summary>Runs by date, the newest first.</summary>
    public IReadOnlyList<RunRecord> ReadRuns() => Read("order by date desc, key", new { });

    /// <summary>Where the ledgers lie of runs that receipts or answers may still concern: under way, held, or finished
    /// since. Asked every second: the long columns are not read.</summary>
    /// <param name="since">Date of the oldest finished run.</param>
    public IReadOnlyList<RunPlace> ReadPlaces(bool simulated, DateOnly since)
    {
        var sql = $"""
            select   key as Key, code as Code, {StateColumn} as State, file as File
            from     run
            where    simulated = @simulated
            and      ({StateColumn} in ('Sending', 'Held') or (state = 'Finished' and date >= @since))
            order by date desc, key
            """;

        using var connection = Open();
        return [.. connection.Query<RunPlace>(sql, new { simulated, since = SqlDate(since) })];
    }

    /// <summary>Runs of a campaign by date, the newest first.</summary>
    public IReadOnlyList<RunRecord> ReadRuns(string campaign) =>
        Read("where campaign = @campaign order by date desc, key", new { campaign });

    public void SetState(RunKey key, RunState state, DateTimeOffset now)
    {
        const string sql = """
            update run
            set    state = @state,
                   finished_at = case when @state in ('Finished', 'Skipped') then @now end
            where  key = @key
            """;

        using var connection = Open();
        connection.Execute(sql, new { key = key.ToString(), state = state.ToString(), now = now.ToSql() });
    }

    /// <summary>Adds an approval; one that stood for the same campaign and date is voided by it.</summary>
    public void Approve(Approval approval)
    {
        const string replace = """
            update    approval
            set       voided_at = @At, void_reason_vi = 'được thay bằng phê duyệt mới', void_reason_en = 'replaced by a newer approval'
            where     campaign = @Campaign and date is @Date and voided_at is null
            returning id
            """;
        const string add = """
            insert into approval (campaign, date, hash, approved_by, document, at, by_os)
            values (@Campaign, @Date, @Hash, @ApprovedBy, @Document, @At, @byOs)
            """;

        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        foreach (var replaced in connection.Query<long>(replace, approval, transaction))
            Audit.AppendVoid(connection, transaction, replaced, approval.At);
        connection.Execute(
            add,
            new { approval.Campaign, approval.Date, approval.Hash, approval.ApprovedBy, approval.Document, approval.At, byOs = OrOwn(approval.ByOs) },
            transaction);
        Audit.AppendRecord(connection, transaction, AuditKinds.Approval, approval.At);
        transaction.Commit();
    }

    /// <summary>
    /// Voids what approves another date of a campaign of which this date is to be approved: its message goes out once. Of a
    /// yearly campaign other dates of the same year; of one with a date any other, and every year's.
    /// </summary>
    public void VoidOtherDates(RunKey run, bool yearly, DateTimeOffset now)
    {
        var date = Figures.Date(run.Date);
        var others = ReadApprovals(run.Campaign).Where(approval => approval.VoidedAt is null && (approval.Date is { } other
            ? other != run.DateText && (!yearly || RunKey.ParseStored($"{run.Campaign}/{other}", "approval").Date.Year == run.Date.Year)
            : !yearly));
        foreach (var approval in others)
        {
            VoidApproval(approval.Id, new Wording(
                $"chiến dịch được phê duyệt cho ngày {date}", $"the campaign was approved for {date}"), now);
        }
    }

    /// <summary>The approval that stands for a date of a campaign: its own, or the one for every year.</summary>
    public Approval? FindApproval(string campaign, DateOnly date) => ReadApprovals(campaign)
        .FirstOrDefault(approval => approval.Stands && (approval.Date is null || approval.Date == SqlDate(date)));

    /// <summary>The newest first, voided ones included.</summary>
    public IReadOnlyList<Approval> ReadApprovals(string? campaign = null)
    {
        const string sql = """
            select   id as Id, campaign as Campaign, date as Date, hash as Hash, approved_by as ApprovedBy, document as Document,
                     at as At, voided_at as VoidedAt, void_reason_vi as VoidReasonVi, void_reason_en as VoidReasonEn, by_os as ByOs
            from     approval
            where    @campaign is null or campaign = @campaign
            order by id desc
            """;

        using var connection = Open();
        var (standing, revived) = Audit.ReadStandingApprovals(connection);
        return [.. connection.Query<Approval>(sql, new { campaign }).Select(approval =>
            approval with { IsWitnessed = standing.Contains(approval.Id), IsRevived = revived.Contains(approval.Id) })];
    }

    public void VoidApproval(long id, Wording reason, DateTimeOffset now)
    {
        const string sql = """
            update approval
            set    voided_at = @now, void_reason_vi = @Vi, void_reason_en = @En
            where  id = @id and voided_at is null
            """;

        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        if (connection.Execute(sql, new { id, reason.Vi, reason.En, now = now.ToSql() }, transaction) > 0)
            Audit.AppendVoid(connection, transaction, id, now.ToSql());
        transaction.Commit();
    }

    public void Record(Decision decision)
    {
        const string sql = """
            insert into decision (campaign, date, due_at, at, what, reason_vi, reason_en, by_os)
            values (@campaign, @date, @due, @at, @what, @Vi, @En, @byOs)
            """;

        Add(AuditKinds.Decision, sql, decision.At.ToSql(), new
        {
            campaign = decision.Run.Campaign,
            date = decision.Run.DateText,
            due = decision.Due.ToSql(),
            at = decision.At.ToSql(),
            what = decision.What.ToWord(),
            decision.Reason.Vi,
            decision.Reason.En,
            byOs = OrOwn(decision.ByOs),
        });
    }

    /// <summary>The decisions about a campaign in the order they were made.</summary>
    public IReadOnlyList<Decision> ReadDecisions(string campaign)
    {
        const string sql = """
            select   date as Date, due_at as DueAt, at as At, what as What, reason_vi as Vi, reason_en as En, by_os as ByOs
            from     decision
            where    campaign = @campaign
            order by id
            """;

        using var connection = Open();
        return [.. connection.Query<DecisionRow>(sql, new { campaign }).Select(row => row.ToDecision(campaign))];
    }

    /// <summary>Records what a person did that has to be accounted for. Holds no phone number in full.</summary>
    public void RecordEvent(Who who, string what, string detail, DateTimeOffset now)
    {
        const string sql = """
            insert into event (at, who, what, detail, by_os)
            values (@now, @who, @what, @detail, @byOs)
            """;

        Add(AuditKinds.Event, sql, now.ToSql(), new { now = now.ToSql(), who = who.Person, what, detail, byOs = who.ByOs });
    }

    /// <summary>As <see cref="RecordEvent(Who, string, string, DateTimeOffset)"/>, of this process's own account.</summary>
    public void RecordEvent(string who, string what, string detail, DateTimeOffset now) => RecordEvent(Who.Here(who), what, detail, now);

    /// <summary>The detail of the latest event of some kinds whose detail begins so; null where there is none.</summary>
    public string? FindLastEvent(IReadOnlyCollection<string> what, string beginning)
    {
        using var connection = Open();
        return connection.QueryFirstOrDefault<string>(
            "select detail from event where what in @what and substr(detail, 1, length(@beginning)) = @beginning order by id desc limit 1", new { what, beginning });
    }

    /// <summary>Bears witness to what a person is about to settle in a run's ledger, before that is on disk: cut off in between, the
    /// chain says more than was done, never less.</summary>
    public void Witness(RunKey run, PersonsResolution resolution, DateTimeOffset now)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        Audit.Append(connection, transaction, AuditKinds.Resolution, resolution.ReferenceOf(run.ToString()), resolution.ToContent(), now.ToSql());
        transaction.Commit();
    }

    /// <summary>The account a record names; this process's own where it names none.</summary>
    static string OrOwn(string byOs) => byOs.Length > 0 ? byOs : OsUser.Current;

    void Add(string table, string sql, string at, object row)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute(sql, row, transaction);
        Audit.AppendRecord(connection, transaction, table, at);
        transaction.Commit();
    }

    SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        return connection;
    }

    IReadOnlyList<RunRecord> Read(string which, object parameters)
    {
        using var connection = Open();
        return [.. connection.Query<RunRecord>(
            $"""
            select key as Key, campaign as Campaign, date as Date, simulated as Simulated, code as Code, {StateColumn} as State,
                   case when state not in ({States}) then state end as OddState, file as File, campaign_file as CampaignFile, definition as Definition,
                   definition_hash as DefinitionHash, audience_hash as AudienceHash, plan_hash as PlanHash, seal as Seal,
                   finished_at as FinishedAt
            from   run
            {which}
            """,
            parameters)];
    }

    static string SqlDate(DateOnly date) => new RunKey("", date, false).DateText;

    /// <summary>A row of <see cref="ReadDecisions"/>.</summary>
    sealed record DecisionRow
    {
        public required string Date { get; init; }
        public required string DueAt { get; init; }
        public required string At { get; init; }
        public required string What { get; init; }
        public required string Vi { get; init; }
        public required string En { get; init; }
        public required string ByOs { get; init; }

        public Decision ToDecision(string campaign) => new(
            RunKey.ParseStored($"{campaign}/{Date}", "decision"), Moment(campaign, DueAt), Moment(campaign, At), Kind(campaign), new Wording(Vi, En))
        {
            ByOs = ByOs,
        };

        DecisionKind Kind(string campaign) => DecisionKinds.Find(What)
            ?? throw LedgerRowException.Of("decision", $"{campaign}/{Date}", What, new Wording("quyết định mà chương trình biết", "decision that this program knows"));

        DateTimeOffset Moment(string campaign, string text) => SqlTime.FromSql(text, "decision", $"{campaign}/{Date}");
    }
}
