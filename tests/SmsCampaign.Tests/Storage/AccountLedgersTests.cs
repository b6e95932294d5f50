using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage;

/// <summary>Which runs count towards an account's day: those that handed something over on it,
/// whatever their date.</summary>
public sealed class AccountLedgersTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2025, 8, 19, 3, 0, 0, TimeSpan.Zero);

    readonly TempFolder _folder = new();
    readonly DataFolder _data;
    readonly IRegistry _registry;

    public AccountLedgersTests()
    {
        _data = new DataFolder(_folder.Path);
        _registry = Ledgers.OpenRegistry(_data);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_let_go_weeks_late_counts_on_the_day_it_sends()
    {
        Add("late", date: "2025-07-30", handedOver: Now.AddHours(-1));
        Add("old", date: "2025-08-19", handedOver: Now.AddDays(-20));
        Add("unsent", date: "2025-08-19", handedOver: null);
        Add("cut-off", date: "2025-01-01", handedOver: Now.AddDays(-200), answered: false);

        Assert.Equal(
            ["cut-off", "late"],
            Names(AccountLedgers.Lately(_data, _registry, new ProcessClock(new FakeTimeProvider(Now)))));
    }

    [Fact]
    public void A_run_that_made_requests_without_a_message_counts_on_the_day_it_made_the_last()
    {
        Add("only-login", date: "2025-08-19", handedOver: null);
        Add("refused", date: "2025-07-30", handedOver: Now.AddDays(-20));
        Add("old", date: "2025-07-30", handedOver: Now.AddDays(-20));
        foreach (var name in new[] { "only-login", "refused" })
            LedgerBuilder.Add(
                Path.Combine(_data.Root, "runs", name + ".db"),
                rows => rows.Change(LaneChangeKind.Prepared, ProcessClock.ToMicros(Now.AddHours(-1))));

        Assert.Equal(
            ["only-login", "refused"],
            Names(AccountLedgers.Lately(_data, _registry, new ProcessClock(new FakeTimeProvider(Now)))));
    }

    [Fact]
    public void A_proof_looks_beside_a_run_at_those_of_the_same_days()
    {
        Add("late", date: "2025-07-30", handedOver: Now.AddHours(-1));
        Add("today", date: "2025-08-19", handedOver: Now.AddHours(-3));
        Add("old", date: "2025-07-30", handedOver: Now.AddDays(-20));

        Assert.Equal(
            ["late", "today"],
            Names(AccountLedgers.Beside(_data, _registry, _registry.Find(RunKey.Parse("late/2025-07-30"))!)));
    }

    [Fact]
    public void One_that_cannot_be_read_is_left_out_where_nothing_was_written_to_it_lately()
    {
        Add("late", date: "2025-07-30", handedOver: Now.AddHours(-1));
        foreach (var (name, written) in new[] { ("damaged", Now.AddDays(-30)), ("fresh", Now) })
        {
            Add(name, date: "2025-08-01", handedOver: null);
            var path = Path.Combine(Path.Combine(_data.Root, "runs"), name + ".db");
            File.WriteAllText(path, "not a ledger, whatever it was");
            File.SetLastWriteTimeUtc(path, written.UtcDateTime);
        }

        Assert.Equal(
            ["fresh", "late"],
            Names(AccountLedgers.Lately(_data, _registry, new ProcessClock(new FakeTimeProvider(Now)))));
    }

    [Fact]
    public void One_that_is_not_there_counts_unless_nothing_was_handed_over_or_it_was_over_long_before()
    {
        foreach (var (name, state, at) in new[]
        {
            ("sending", RunState.Sending, Now),
            ("over", RunState.Finished, Now.AddHours(-2)),
            ("archived", RunState.Finished, Now.AddDays(-20)),
            ("planned", RunState.Planned, Now),
        })
        {
            Add(name, date: "2025-07-30", handedOver: at);
            _registry.SetState(RunKey.Parse($"{name}/2025-07-30"), state, at);
            File.Delete(Path.Combine(Path.Combine(_data.Root, "runs"), name + ".db"));
        }

        Assert.Equal(
            ["over", "sending"],
            Names(AccountLedgers.Lately(_data, _registry, new ProcessClock(new FakeTimeProvider(Now)))));
    }

    [Theory]
    [InlineData("update run set file = '../late.db'", "late-2025-07-30")] // where the program keeps the run
    [InlineData("update run set key = 'zz', file = 'runs/none.db'", "none")]
    [InlineData("update run set key = 'zz', file = '../late.db'", "runs")]
    [InlineData("update run set finished_at = 'x', file = 'runs/none.db'", "none")]
    public void Of_a_row_that_was_edited_it_is_held_that_the_run_handed_over_lately(string edit, string counted)
    {
        Add("late", date: "2025-07-30", handedOver: Now.AddHours(-1));
        _registry.SetState(RunKey.Parse("late/2025-07-30"), RunState.Finished, Now.AddDays(-20));
        File.Move(
            Path.Combine(Path.Combine(_data.Root, "runs"), "late.db"), _data.Run(RunKey.Parse("late/2025-07-30")));
        using (var db = SqliteDb.Open(_data.Ledger))
            db.Execute(edit);

        Assert.Equal(
            [counted], Names(AccountLedgers.Lately(_data, _registry, new ProcessClock(new FakeTimeProvider(Now)))));
    }

    static IEnumerable<string> Names(IEnumerable<RunAddress> ledgers) =>
        ledgers.Select(ledger => Path.GetFileNameWithoutExtension(ledger.KeptIn.Name)!).Order();

    void Add(string name, string date, DateTimeOffset? handedOver, bool answered = true)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(Path.Combine(_data.Root, "runs"), name + ".db");
        Directory.CreateDirectory(Path.Combine(_data.Root, "runs"));
        File.Move(SomeRun.Create(folder.Path, 3), path);
        if (handedOver is { } at)
        {
            var us = ProcessClock.ToMicros(at);
            LedgerBuilder.Add(
                path,
                rows => rows.Attempt(1, intent: us, handed: answered ? us : null, answered: answered ? us : null));
        }

        _registry.AddRun(
            new RunRecord
            {
                Key = $"{name}/{date}",
                Campaign = name,
                Date = date,
                Code = name[..3],
                State = RunState.Finished,
                File = $"runs/{name}.db",
                CampaignFile = "campaign.yaml",
                Definition = "",
                DefinitionHash = "a",
                AudienceHash = "b",
                PlanHash = "c",
            },
            Now);
    }
}
