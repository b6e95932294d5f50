using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Rows;

/// <summary>What is committed together does not fail together, and memory says what the disk says.</summary>
public sealed class GroupCommitTests : IDisposable
{
    static readonly ProcessClock Clock = new(
        new FakeTimeProvider(new DateTimeOffset(2025, 7, 30, 3, 0, 0, TimeSpan.Zero)));
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_piece_of_work_that_throws_fails_alone()
    {
        using var db = SqliteDb.Open(Path.Combine(_folder.Path, "some.db"));
        db.Execute("create table work (id integer primary key)");
        using var gate = new Gate();
        await using var writer = new GroupCommit(db, "test", new CommitSteps(gate.Wait));

        var first = writer.WriteAsync(() => { });
        var before = writer.WriteAsync(() => db.Execute("insert into work values (1)"));
        var broken = writer.WriteAsync(() => throw new InvalidOperationException("a bug"));
        var after = writer.WriteAsync(() => db.Execute("insert into work values (2)"));
        gate.Open();

        await Task.WhenAll(first, before, after);
        await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
        Assert.Equal(2, db.ReadNumber("select count(*) from work"));
    }

    [Fact]
    public async Task A_statement_that_a_bug_left_half_read_does_not_go_on_there()
    {
        using var db = SqliteDb.Open(Path.Combine(_folder.Path, "some.db"));
        db.Execute("create table work (id integer primary key); insert into work values (1), (2), (3)");
        using var read = db.Prepare("select id from work where id >= ? order by id");
        await using var writer = new GroupCommit(db, "test");

        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.WriteAsync(() =>
        {
            read.Bind(1, 1).Step();
            throw new InvalidOperationException("a bug");
        }));

        Assert.Equal(3, await writer.WriteAsync(() => read.Bind(1, 3).Step() ? read.Number(0) : 0));
    }

    [Fact]
    public async Task An_answer_that_cannot_be_written_takes_no_other_with_it_and_what_is_shown_is_what_the_rows_say()
    {
        using var gate = new Gate();
        gate.Open();
        await using var ledger = RunLedger.Open(SomeRun.Create(_folder.Path, 3), Clock, gate.Wait);
        var attempts = await ledger.BeginAsync([Call(1), Call(2)]);

        gate.Close();
        var first = ledger.NoticeResolutionsAsync();
        var good = ledger.FinishAsync([Answer(1, attempts[0]!.Value, SendResult.Accepted("id"))]);
        var broken = ledger.FinishAsync([Answer(2, attempt: 77, SendResult.Accepted("id"))]); // of no intent
        var next = ledger.BeginAsync([Call(3)]);
        gate.Open();

        await Assert.ThrowsAsync<KeyNotFoundException>(() => broken);
        await Task.WhenAll(first, good, next);
        Assert.Equal((0, 2, 1), Counted(ledger));
        await ledger.CheckBalanceAsync();

        await ledger.FinishAsync([Answer(2, attempts[1]!.Value, SendResult.Accepted("id"))]);
        await ledger.FinishAsync([Answer(3, (await next)[0]!.Value, SendResult.Accepted("id"))]);
        await ledger.CheckBalanceAsync();
        Assert.Equal((0, 0, 3), Counted(ledger));
    }

    [Fact]
    public async Task Where_the_disk_takes_no_commit_memory_stays_as_the_disk_is()
    {
        var isFull = false;
        await using var ledger = RunLedger.Open(
            SomeRun.Create(_folder.Path, 3),
            Clock,
            () => _ = isFull ? throw new LedgerException(new Wording("mã", "disk full"), 13) : 0);
        var attempt = (await ledger.BeginAsync([Call(1)]))[0]!.Value;

        isFull = true;
        await Assert.ThrowsAsync<LedgerException>(() => ledger.BeginAsync([Call(2)]));
        await Assert.ThrowsAsync<LedgerException>(
            () => ledger.FinishAsync([Answer(1, attempt, SendResult.Busy("HTTP 503"))]));
        await Assert.ThrowsAsync<LedgerException>(
            () => ledger.MoveAsync(SomeRun.LaneId, SomeRun.LaneId, new Dictionary<int, int> { [1] = 2 }, "x"));
        Assert.Equal((2, 1, 0), Counted(ledger));
        Assert.Equal(0, ledger.Counters.LastHandOver(SomeRun.LaneId));
        Assert.Null(ledger.Routes.Find(SomeRun.Seq(2)));

        isFull = false;
        await ledger.CheckBalanceAsync();
        await ledger.FinishAsync([Answer(1, attempt, SendResult.Accepted("id"))]);
        await ledger.FinishAsync(
            [Answer(2, (await ledger.BeginAsync([Call(2)]))[0]!.Value, SendResult.Accepted("id"))]);
        await ledger.CheckBalanceAsync();
        Assert.Equal((1, 0, 2), Counted(ledger));
    }

    static (long Planned, long Submitting, long Accepted) Counted(RunLedger ledger) => (
        ledger.Counters.Of(MessageStatus.Planned),
        ledger.Counters.Of(MessageStatus.Submitting),
        ledger.Counters.Of(MessageStatus.Accepted));

    static PlannedCall Call(int position) => new(
        SomeRun.LaneId,
        new PlannedBatch(1, SomeRun.LaneId, 1, SomeRun.Seq(1), SomeRun.Seq(3), 1),
        [new PlannedMessage(SomeRun.Seq(position), SomeRun.Number(position))],
        KeepCarrierReference: false);

    static CallResult Answer(int position, long attempt, SendResult result) =>
        new(Call(position), attempt, 0, Clock.Now(), [result]);

    /// <summary>Holds up commits while closed, so that what is queued meanwhile goes together.</summary>
    sealed class Gate : IDisposable
    {
        readonly ManualResetEventSlim _open = new();

        public void Wait() => _open.Wait();

        public void Open() => _open.Set();

        public void Close() => _open.Reset();

        public void Dispose() => _open.Dispose();
    }
}
