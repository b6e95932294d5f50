using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Marks;

/// <summary>What is known of a run outside its own file, and what that says of the file.</summary>
public sealed class RunMarksTests : IDisposable
{
    const int Messages = 100;
    static readonly RunKey Key = new("some", new DateOnly(2025, 7, 30), Simulated: false);

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 3, 0, 0, TimeSpan.Zero));

    DataFolder Data => new(_folder.File("data"));

    string Path => _folder.File("data/runs/some.db");

    ProcessClock Clock => new(_time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rule_1_a_file_that_is_lost_after_something_was_sent_is_known_to_be_missing()
    {
        Create();
        await SendAsync(1, 2);

        foreach (var file in Directory.GetFiles(_folder.File("data/runs")))
            File.Delete(file);

        Assert.Equal(RunFileState.Missing, Judge().State);
        Assert.Equal(SomeRun.Seq(2), Judge().Known!.LastPossibleOf(1));
        Assert.Throws<RunFileException>(() => RunLedger.Open(Path, Clock, Key, Data));
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void A_file_of_which_nothing_was_sent_may_be_lost()
    {
        Create();
        new RunMarks(Data).Plan(Key, SomeRun.Code);
        File.Delete(Path);

        Assert.True(Judge().IsWhole);
    }

    [Fact]
    public async Task Rule_1_a_file_without_its_wal_is_known_to_be_behind()
    {
        Create();
        await using (var ledger = Open())
        {
            await BeginAsync(ledger, 1);
            await BeginAsync(ledger, 2);
            File.Copy(Path, Path + ".alone");
        }

        File.Move(Path + ".alone", Path, overwrite: true);

        var judged = Judge();
        Assert.Equal((RunFileState.Behind, 0L, 2L), (judged.State, judged.Attempts, judged.Known!.LastPossible));
        Assert.Throws<RunFileException>(Open);
    }

    [Fact]
    public async Task Rule_1_a_copy_of_the_whole_data_folder_is_known_to_be_behind_by_what_lies_outside_it()
    {
        Create();
        await SendAsync(1);
        CopyFolder(_folder.File("data"), _folder.File("copy"));
        await SendAsync(2, 3);

        Directory.Delete(_folder.File("data"), recursive: true);
        Directory.Move(_folder.File("copy"), _folder.File("data"));

        var judged = Judge();
        Assert.Equal((RunFileState.Behind, 1L, 3L), (judged.State, judged.Attempts, judged.Known!.LastPossible));
    }

    [Fact]
    public async Task Where_the_marks_outside_are_lost_too_nobody_knows_whether_the_file_is_the_newest()
    {
        Create();
        await SendAsync(1);
        Directory.Delete(Data.Marks, recursive: true);

        Assert.Equal(RunFileState.Unmarked, Judge().State);
        Assert.Throws<RunFileException>(Open);
    }

    [Fact]
    public async Task A_ledger_db_that_is_lost_is_made_up_for_by_the_marks_outside()
    {
        Create();
        await SendAsync(1);
        File.Delete(Data.Ledger);
        File.Delete(Path);

        Assert.Equal(RunFileState.Missing, Judge().State);
    }

    [Fact]
    public async Task Rule_1_the_file_of_another_plan_does_not_take_the_place_of_one_that_was_sent_from()
    {
        Create();
        await SendAsync(1);
        using (var db = SqliteDb.Open(Path))
            db.Execute(
                "update run_info set value = 'zzzz9999' where name = 'code'; delete from attempt; delete from state");

        Assert.Equal(RunFileState.Other, Judge().State);
        Assert.Throws<RunFileException>(Open);
    }

    [Fact]
    public async Task Before_anything_is_handed_over_both_places_say_on_disk_that_it_may_be()
    {
        Create();
        await using var ledger = Open();
        for (var message = 1; message <= Messages; message++)
        {
            var attempt = await BeginAsync(ledger, message);

            using var db = SqliteDb.Open(Data.Ledger, readOnly: true);
            Assert.True(db.ReadNumber("select reserved from run_mark") >= attempt);
            var outside = MarkFile.Read(new RunMarks(Data).PathOf(Key, SomeRun.Code))!.Value.Mark;
            Assert.Equal((attempt, SomeRun.Seq(message)), (outside.Confirmed, outside.Frontier[1]));
            Assert.True(outside.Reach[1] >= SomeRun.Seq(message));
        }
    }

    [Fact]
    public async Task Killed_between_the_files_commit_and_the_mark_the_file_is_ahead_and_whole()
    {
        Create();
        await SendAsync(1);
        LedgerBuilder.Add(Path, rows => rows.CutOff(2));

        await using (var ledger = Open())
            Assert.Equal(1, ledger.Interrupted);

        Assert.Equal((2L, SomeRun.Seq(2)), (Judge().Known!.Confirmed, Judge().Known!.Frontier[1]));
    }

    [Fact]
    public async Task A_run_sent_by_a_program_that_kept_no_marks_gets_them_when_it_is_opened()
    {
        Create();
        await using (var ledger = RunLedger.Open(Path, Clock))
            await BeginAsync(ledger, 1);
        Assert.True(Judge().IsWhole);

        await using (Open())
        {
        }

        File.Delete(Path);
        Assert.Equal(RunFileState.Missing, Judge().State);
    }

    [Fact]
    public async Task A_mark_that_cannot_be_kept_keeps_the_run_from_being_opened_and_says_what_to_do()
    {
        Create();
        await File.WriteAllTextAsync(Data.Marks, "in the way");

        var refused = Assert.Throws<RunFileException>(Open);

        Assert.Contains("SMS_CAMPAIGN_MARKS", refused.Words.Vi, StringComparison.Ordinal);
        Assert.Contains(Data.Marks, refused.Words.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mark_cut_off_while_it_was_written_leaves_the_one_before()
    {
        Create();
        await SendAsync(1, 2);
        var path = new RunMarks(Data).PathOf(Key, SomeRun.Code);
        var turn = MarkFile.Read(path)!.Value.Turn;

        using (var file = new FileStream(path, FileMode.Open))
        {
            file.Position = (turn % 2 * 512) + 100;
            file.Write("half"u8);
        }

        Assert.Equal(turn - 1, MarkFile.Read(path)!.Value.Turn);
    }

    [Fact]
    public async Task What_a_person_declares_uncertain_is_all_that_may_have_been_sent_and_nothing_else()
    {
        Create();
        await SendAsync(1);
        File.Copy(Path, Path + ".old");
        await SendAsync(2, 3, 4);
        File.Move(Path + ".old", Path, overwrite: true);

        var declared = RunGap.Declare(Path, Judge().Known!, Clock);

        Assert.Equal(3, declared);
        Assert.True(Judge().IsWhole);
        var counts = SomeRun.Count(Path);
        Assert.Equal(
            (1, 3, Messages - 4),
            (counts[MessageStatus.Accepted], counts[MessageStatus.Uncertain], counts[MessageStatus.Planned]));

        // It goes on: what is attempted now comes after what was lost.
        await using var ledger = Open();
        Assert.Null((await ledger.BeginAsync([Call(2)]))[0]);
        Assert.Equal(5, await BeginAsync(ledger, 5));
    }

    [Fact]
    public async Task What_waited_to_be_repeated_when_the_copy_was_taken_is_never_repeated_after_it_is_restored()
    {
        Create();
        await using (var ledger = Open())
        {
            await BeginAsync(ledger, 1); // in flight when the copy is taken
            using var db = SqliteDb.Open(Path, readOnly: true);
            db.Execute($"vacuum into '{Path}.old'");
            await BeginAsync(ledger, 2);
        }

        foreach (var beside in Directory.GetFiles(_folder.File("data/runs"), "some.db-*"))
            File.Delete(beside);
        File.Move(Path + ".old", Path, overwrite: true);

        RunGap.Declare(Path, Judge().Known!, Clock);

        await using var restored = Open();
        Assert.Equal(0, await restored.SendAgainAsync(SomeRun.LaneId));
        Assert.Equal(2, SomeRun.Count(Path)[MessageStatus.Uncertain]);
    }

    [Fact]
    public void Declared_in_a_transaction_that_is_cut_off_nothing_is()
    {
        Create();
        using (var db = SqliteDb.Open(Path))
        {
            db.Execute("begin immediate");
            Assert.Equal(Messages, RunGap.Write(db, Everything(), 1));
            db.Execute("rollback");
        }

        Assert.Equal(Messages, SomeRun.Count(Path)[MessageStatus.Planned]);
    }

    static RunMark Everything() =>
        new(Key.ToString(), SomeRun.Code) { Reserved = 1, Reach = [.. Enumerable.Repeat(long.MaxValue, 16)] };

    RunFile Judge() => RunFile.Judge(Data, Key, RunAddress.OfFile(Path));

    RunLedger Open() => RunLedger.Open(Path, Clock, Key, Data);

    void Create()
    {
        SomeRun.Create(Data.Root, Messages);
        _ = Ledgers.OpenRegistry(Data);
    }

    async Task SendAsync(params int[] messages)
    {
        await using var ledger = Open();
        foreach (var message in messages)
        {
            var attempt = await BeginAsync(ledger, message);
            await ledger.FinishAsync(
                [new CallResult(Call(message), attempt, 0, Clock.Now(), [SendResult.Accepted("id")])]);
        }
    }

    static async Task<long> BeginAsync(RunLedger ledger, int message) =>
        (await ledger.BeginAsync([Call(message)]))[0]!.Value;

    static PlannedCall Call(int message) => new(
        SomeRun.LaneId,
        new PlannedBatch(1, SomeRun.LaneId, 1, SomeRun.Seq(1), SomeRun.Seq(Messages), 1),
        [new PlannedMessage(SomeRun.Seq(message), SomeRun.Number(message))],
        KeepCarrierReference: false);

    static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
