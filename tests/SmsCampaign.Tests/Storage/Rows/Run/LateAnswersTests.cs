using System.Diagnostics;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Rows.Run;

/// <summary>Another program, a SQLite tool or a backup, holds a run's ledger while gateways answer.</summary>
public sealed class LateAnswersTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly ProcessClock _clock = new(TimeProvider.System);
    readonly string _path;

    public LateAnswersTests() => _path = SomeRun.Create(_folder.Path, 6);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_answer_that_could_not_be_written_is_before_what_has_none_is_made_uncertain()
    {
        await using var ledger = Open();
        var calls = await BeginAsync(ledger, 4);
        using (Hold())
        {
            await Assert.ThrowsAsync<LedgerException>(() => ledger.FinishAsync([Accepted(calls[0], 1)]));
            ledger.KeepAnswers([Accepted(calls[1], 2)]);
            ledger.KeepAnswers([new CallResult(calls[2].Call, calls[2].Attempt, 0, null, [SendResult.Deferred(
                Reason.NotHandedOver, "not handed over")])]);
            Assert.Equal(3, ledger.Unwritten);
        }

        Assert.Equal(1, await ledger.InterruptAsync());

        Assert.Equal(0, ledger.Unwritten);
        Assert.Equal(2, ledger.Counters.Of(MessageStatus.Accepted));
        Assert.Equal(1, ledger.Counters.Of(MessageStatus.Uncertain));
        Assert.Equal(3, ledger.Counters.Of(MessageStatus.Planned));
        await ledger.CheckBalanceAsync();
        using var db = SqliteDb.Open(_path, readOnly: true);
        Assert.Equal("id-1", db.ReadText($"select carrier_id from state where seq = {SomeRun.Seq(1)}"));
        Assert.Equal(1, db.ReadNumber($"select handed_us from state where seq = {SomeRun.Seq(1)}"));
    }

    [Fact]
    public async Task A_process_that_is_killed_meanwhile_leaves_them_uncertain_and_planned_is_none_of_them()
    {
        await using var ledger = Open();
        var calls = await BeginAsync(ledger, 2);
        using var held = Hold();
        await Assert.ThrowsAsync<LedgerException>(
            () => ledger.FinishAsync([.. calls.Select(call => Accepted(call, 1))]));

        var copy = Path.Combine(_folder.Path, "killed.db");
        foreach (var beside in (string[])["", "-wal"])
            File.Copy(_path + beside, copy + beside);
        await using var next = RunLedger.Open(copy, _clock);

        Assert.Equal(2, next.Interrupted);
        Assert.Equal(2, next.Counters.Of(MessageStatus.Uncertain));
        Assert.Equal(4, next.Counters.Of(MessageStatus.Planned));
    }

    [Fact]
    public async Task One_that_is_closed_as_the_file_is_free_again_writes_them_last()
    {
        var ledger = Open();
        var calls = await BeginAsync(ledger, 2);
        using (Hold())
            await Assert.ThrowsAsync<LedgerException>(() => ledger.FinishAsync([Accepted(calls[0], 1)]));
        await ledger.DisposeAsync();

        Assert.Equal(0, ledger.Unwritten);
        await using var next = RunLedger.Open(_path, _clock);
        Assert.Equal(1, next.Counters.Of(MessageStatus.Accepted));
        Assert.Equal(1, next.Interrupted);
    }

    [Fact]
    public async Task One_that_is_closed_while_the_file_is_held_ends_at_once_and_says_how_many_are_left()
    {
        var ledger = Open();
        var calls = await BeginAsync(ledger, 2);
        using (Hold())
        {
            await Assert.ThrowsAsync<LedgerException>(
                () => ledger.FinishAsync([.. calls.Select(call => Accepted(call, 1))]));
            var began = Stopwatch.GetTimestamp();
            await ledger.DisposeAsync();

            // of 10 s and 10 s
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5), "it waited");
        }

        Assert.Equal(2, ledger.Unwritten);
    }

    /// <summary>Of an intent that there is none of, as by a fault of the program.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_cannot_be_written_keeps_none_of_the_others_and_is_told_of(bool isInterrupted)
    {
        var ledger = Open();
        var calls = await BeginAsync(ledger, 4);
        var told = new List<(int, string)>();
        ledger.Dropped = (messages, fault) => told.Add((messages, fault.GetType().Name));
        using (Hold())
        {
            ledger.KeepAnswers([
                Accepted(calls[0], 1),
                Accepted((calls[1].Call, 999), 2),
                Accepted(calls[2], 3),
                Accepted((calls[3].Call, 998), 4),
            ]);
        }

        if (isInterrupted)
        {
            Assert.Equal(2, await ledger.InterruptAsync());
            await ledger.CheckBalanceAsync();
        }

        await ledger.DisposeAsync();

        Assert.Equal([(1, nameof(KeyNotFoundException)), (1, nameof(KeyNotFoundException))], told);
        Assert.Equal(0, ledger.Unwritten);
        Assert.Equal(2, ledger.Counters.Of(MessageStatus.Accepted));
        await using var next = RunLedger.Open(_path, _clock);
        Assert.Equal(2, next.Counters.Of(MessageStatus.Uncertain));
    }

    [Fact]
    public async Task One_that_cannot_be_written_is_told_of_with_its_run_and_what_becomes_of_its_messages()
    {
        var data = new DataFolder(_folder.Path, _folder.File("marks"));
        var registry = Ledgers.OpenRegistry(data);
        var key = SomeRun.Description.Key;
        var run = new RunRecord
        {
            Key = key.ToString(),
            Campaign = key.Campaign,
            Date = key.DateText,
            Code = SomeRun.Code,
            State = RunState.Sending,
            File = "runs/some.db",
            CampaignFile = "campaign.yaml",
            Definition = "",
            DefinitionHash = "a",
            AudienceHash = "b",
            PlanHash = "c",
        };
        registry.AddRun(run, DateTimeOffset.UnixEpoch);
        var told = new List<Wording>();
        await using var runs = new OpenRuns(data, registry, _clock) { LeftUnwritten = left => told.Add(left.Words) };
        var ledger = runs.Open(run);
        var call = Planned(1);
        await ledger.BeginAsync([call]);

        ledger.KeepAnswers([Accepted((call, 999), 1)]);
        Assert.Equal(1, await ledger.InterruptAsync());

        var words = Assert.Single(told);
        Assert.Contains("của 1 tin thuộc lượt gửi some/", words.Vi, StringComparison.Ordinal);
        Assert.Contains("do lỗi của chương trình (mã KeyNotFoundException)", words.Vi, StringComparison.Ordinal);
        EnglishWords.AssertNone(words.Vi.Replace(ledger.Address.ToString(), "", StringComparison.Ordinal)
            .Replace(nameof(KeyNotFoundException), "", StringComparison.Ordinal));
    }

    /// <summary>The marks that stand in ledger.db are written once the commit is on disk.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Where_ledger_db_is_held_an_answer_that_is_written_is_not_written_again()
    {
        var data = new DataFolder(_folder.Path, _folder.File("marks")) { Patience = TimeSpan.FromMilliseconds(20) };
        _ = Ledgers.OpenRegistry(data);
        var key = SomeRun.Description.Key;
        await using var ledger = RunLedger.Open(_path, _clock, key, data);
        var call = Planned(1);
        using (var held = SqliteDb.Open(data.Ledger))
        {
            held.Execute("begin exclusive");
            await Assert.ThrowsAsync<LedgerException>(() => ledger.BeginAsync([call]));
            var answer = new CallResult(call, 1, 0, 1, [SendResult.Accepted("id")]);
            await Assert.ThrowsAsync<LedgerException>(() => ledger.FinishAsync([answer]));
            Assert.Equal(0, ledger.Unwritten);
        }

        Assert.Equal(0, await ledger.InterruptAsync());
        Assert.Equal(1, ledger.Counters.Of(MessageStatus.Accepted));
        await ledger.CheckBalanceAsync();
    }

    /// <summary>In which another process is waited for a second in all.</summary>
    RunLedger Open()
    {
        var ledger = RunLedger.Open(_path, _clock);
        ledger.Hurry();
        return ledger;
    }

    SqliteDb Hold()
    {
        var db = SqliteDb.Open(_path);
        db.Execute("begin exclusive");
        return db;
    }

    static async Task<IReadOnlyList<(PlannedCall Call, long Attempt)>> BeginAsync(RunLedger ledger, int calls)
    {
        var planned = Enumerable.Range(1, calls).Select(Planned).ToList();
        var attempts = await ledger.BeginAsync(planned);
        return [.. planned.Select((call, at) => (call, attempts[at]!.Value))];
    }

    static PlannedCall Planned(int at) => new(
        SomeRun.LaneId,
        new PlannedBatch(1, SomeRun.LaneId, 1, SomeRun.Seq(1), SomeRun.Seq(6), 1),
        [new PlannedMessage(SomeRun.Seq(at), SomeRun.Number(at))],
        KeepCarrierReference: false);

    static CallResult Accepted((PlannedCall Call, long Attempt) of, long handedAt) =>
        new(of.Call, of.Attempt, 0, handedAt, [SendResult.Accepted($"id-{handedAt}")]);
}
