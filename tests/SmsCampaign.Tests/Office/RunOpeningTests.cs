using SmsCampaign.Conduct;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.Office;

/// <summary>Two campaigns are approved for the same day, and a row of ledger.db about one of them, or about neither,
/// says what no program has written.</summary>
[Trait("Category", "Slow")]
public sealed class RunOpeningTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2025, 7, 29, 9, 0, 0, TimeSpan.FromHours(7));
    static readonly RunKey Bad = new("an", new DateOnly(2025, 7, 30), Simulated: false);
    static readonly RunKey Good = new("hai", new DateOnly(2025, 7, 30), Simulated: false);
    static readonly Who Officer = new("Trần Thị B", "b", "may");

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Each column of its first row in turn; of the audit chain of the first about an approval.</summary>
    [Theory]
    [InlineData("run", "code")]
    [InlineData("approval", "id")]
    [InlineData("decision", "id")]
    [InlineData("submission", "id")]
    [InlineData("rejection", "id")]
    [InlineData("revocation", "id")]
    [InlineData("event", "id")]
    [InlineData("audit", "id")]
    [InlineData("lane_stop", "lane")]
    [InlineData("standing_order", "id")]
    [InlineData("window_extension", "id")]
    [InlineData("alert", "id")]
    [InlineData("alert_told", "alert")]
    [InlineData("clock_step", "id")]
    [InlineData("run_mark", "code")]
    public void One_bad_row_hides_no_other_campaigns_opening_and_ends_nobodys_look(string table, string key)
    {
        var registry = Prepare();
        using var db = SqliteDb.Open(_folder.Data.Ledger);
        var first = db.ReadText(
            $"select quote(min({key})) from {table}" + (table == "audit" ? " where kind = 'approval'" : ""));
        var broken = new List<string>();
        foreach (var (column, isText) in ColumnsOf(db, table).Where(column => column.Name != key))
        {
            var before = db.ReadText($"select quote({column}) from {table} where {key} = {first}");
            db.Execute($"update {table} set {column} = {(isText ? "'x'" : "99")} where {key} = {first}");
            try
            {
                Look(registry);
            }
            catch (Exception thrown)
            {
                broken.Add($"{column}: {thrown}");
            }

            db.Execute($"update or ignore {table} set {column} = {before} where {key} = {first}");
        }

        Assert.Equal("", string.Join(Environment.NewLine, broken));
    }

    static List<(string Name, bool IsText)> ColumnsOf(SqliteDb db, string table)
    {
        db.Execute("pragma ignore_check_constraints = on");
        var columns = new List<(string, bool)>();
        using var rows = db.Prepare($"select name, type = 'TEXT' from pragma_table_info('{table}')");
        while (rows.Step())
            columns.Add((rows.Text(0)!, rows.Number(1) != 0));
        return columns;
    }

    /// <summary>The audit chain bears witness to it as it is.</summary>
    [Fact]
    public void An_approval_whose_time_is_none_hides_no_other_and_its_run_says_so()
    {
        var registry = Prepare();
        registry.Approve(Approved(Bad, registry) with { At = "x" });

        Look(registry);

        var view = StatusView.Read(_folder.Data, _folder.Installation, null, _folder.Time);
        Assert.False(view.IsSound);
        Assert.Contains(
            "'x' is no time", view.Runs.Single(run => run.Run.FindKey() == Bad).Unreadable!.Value.En,
            StringComparison.Ordinal);
    }

    void Look(IRegistry registry)
    {
        Assert.Contains(RunOpening.ReadAll(registry, _ => false, false, Now), opening => opening.Run == Good);
        Assert.Contains(
            Occurrence.ReadAll(registry, Now, (_, _) => { }),
            occurrence => occurrence.Key == Good && !occurrence.IsClosed && occurrence.LetGoAt <= Now);
        Assert.Contains(
            StatusView.Read(_folder.Data, _folder.Installation, null, _folder.Time).Runs,
            run => run.Run.FindKey() == Good && run.Unreadable is null);
        Assert.Contains(
            ReadyTimes.FindDue(registry, twoPersons: false, Now.AddHours(9)), due => due.Run == Good);
        new AlertReader(_folder.Data, registry, _folder.Installation, new ProcessClock(_folder.Time)).Look();
    }

    static Approval Approved(RunKey key, IRegistry registry) => new()
    {
        Campaign = key.Campaign,
        Date = key.DateText,
        Hash = registry.Find(key)!.ApprovedHash,
        ApprovedBy = "B",
        At = Now.AddHours(-1).ToSql(),
    };

    IRegistry Prepare()
    {
        var registry = Ledgers.OpenRegistry(_folder.Data);
        var definition = File.ReadAllText(_folder.CampaignFile);
        registry.RecordClockStep(Now.AddDays(-2), Now.AddDays(-1));
        registry.RecordEvent("A", "doctor", "x", Now);
        foreach (var key in (RunKey[])[Bad, Good])
        {
            registry.AddRun(
                new RunRecord
                {
                    Key = key.ToString(),
                    Campaign = key.Campaign,
                    Date = key.DateText,
                    Code = key.Campaign,
                    State = RunState.Approved,
                    File = $"runs/{key.Campaign}.db",
                    CampaignFile = _folder.CampaignFile,
                    Definition = definition,
                    DefinitionHash = key.Campaign,
                    AudienceHash = "a",
                    PlanHash = "p",
                },
                Now);
            var submission = registry.Submissions.Add(new Submission
            {
                Campaign = key.Campaign,
                Date = key.DateText,
                Hash = registry.Find(key)!.ApprovedHash,
                Definition = definition,
                DefinitionHash = key.Campaign,
                AudienceHash = "a",
                PlanHash = "p",
                Seal = "",
                SubmittedBy = "A",
                Identity = null,
                ByOs = "a",
                At = Now.ToSql(),
            });
            registry.Submissions.Reject(new Rejection
            {
                Submission = submission,
                RejectedBy = "B",
                Identity = null,
                ByOs = "b",
                Reason = "x",
                At = Now.ToSql(),
            });
            registry.Revoke(key, [], Officer, "x", Now);
            registry.Approve(Approved(key, registry));
            registry.SetState(key, RunState.Approved, Now);
            registry.Record(new Decision(key, Now, Now, DecisionKind.Delayed, new Wording("x", "x")));
            registry.Extend(
                key,
                new WindowExtension(key.DateText, "21:00", "B", "b", "x"),
                new Decision(key, Now, Now, DecisionKind.Extended, new Wording("x", "x")));
            registry.Orders.Give(
                new NewOrder(OrderKind.Pause, new OrderScope(key, null), Officer, "x"), new Wording("x", "x"), Now);
            registry.Alerts.Raise(
                new Alert(
                    AlertKind.Paused, key.ToString(), AlertSeverity.Info, Now, new Wording("x", "x"),
                    new Wording("x", "x"), new Wording("x", "x")),
                Now);
            registry.Alerts.Note(new AlertTelling(
                registry.Alerts.Read(Now)[^1].Id,
                "ops",
                new AlertTold(AlertNews.Raised, AlertSeverity.Info, Now),
                1,
                null));
            Ledgers.MarksOf(_folder.Data).Plan(key, key.Campaign);
        }

        registry.Stops.Add(new LaneStop("viettel", Now, "x", LaneStopKind.Account, HoldCause.AsSaid));
        return registry;
    }
}
