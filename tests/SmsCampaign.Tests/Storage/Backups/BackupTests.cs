using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Backups;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Backups;

/// <summary>A backup and what is restored of it: rule 1 holds over both.</summary>
public sealed class BackupTests : IDisposable
{
    const int Viettel = 1;
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    readonly PreparationFolder _folder = new();

    DataFolder Data => _folder.Data;

    string Copy => Path.Combine(Path.GetDirectoryName(Data.Root)!, "copy");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backup_holds_every_database_as_one_whole_file_each()
    {
        _folder.Prepare();
        _folder.Prepare(simulated: true);
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("id"));
        Execute(Path.Combine(Data.Root, "receipts-2025-07.db"), "create table receipt (id integer)");

        var manifest = Take();

        Assert.Equal(
            ["ledger.db", "runs/thu-nghiem-2025-07-30.db", "runs/thu-nghiem-2025-07-30.simulated.db", "receipts-2025-07.db"], manifest.Files.Select(file => file.Name));
        Assert.Equal(
            ["backup.json", "ledger.db", "receipts-2025-07.db", "runs/thu-nghiem-2025-07-30.db", "runs/thu-nghiem-2025-07-30.simulated.db"],
            Directory.GetFiles(Copy, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Copy, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.Equal((Key.ToString(), 1L), (manifest.Files[1].Run, manifest.Files[1].Attempts));
        BackupManifest.Read(Copy).Verify(Copy);
    }

    [Fact]
    public async Task A_backup_taken_while_others_write_is_of_one_moment_and_ends()
    {
        _folder.Prepare();
        var runs = Data.Run(Key);
        using (var db = SqliteDb.Open(runs))
            db.Execute("pragma journal_mode = wal");
        using (var db = SqliteDb.Open(Data.Ledger))
            db.Execute("create table pair (number integer)");
        using (var db = SqliteDb.Open(runs))
            db.Execute("create table pair (number integer)");

        // The run's file is written first, ledger.db second: in a copy of one moment they differ by one at most.
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var writing = Task.Run(() =>
        {
            using var run = SqliteDb.Open(runs);
            using var ledger = SqliteDb.Open(Data.Ledger);
            for (var number = 1; !stop.IsCancellationRequested; number++)
            {
                run.Execute($"insert into pair values ({number})");
                ledger.Execute($"insert into pair values ({number})");
                if (number == 5)
                    begun.SetResult();
            }
        });
        await begun.Task;

        Take();
        await stop.CancelAsync();
        await writing;

        var (inRun, inLedger) = (Count(Path.Combine(Copy, "runs/thu-nghiem-2025-07-30.db")), Count(Path.Combine(Copy, "ledger.db")));
        Assert.InRange(inRun - inLedger, 0, 1);
        Assert.True(Count(runs) >= inRun);

        static long Count(string path)
        {
            using var db = SqliteDb.Open(path, readOnly: true);
            return db.ReadNumber("select count(*) from pair")!.Value;
        }
    }

    [Fact]
    public void Nothing_is_written_to_any_database_from_the_first_that_is_read_to_the_last()
    {
        _folder.Prepare();
        var written = new List<string>();

        Backup.Take(Data, Copy, _folder.Time, reached =>
        {
            if (!reached.StartsWith("reading ", StringComparison.Ordinal))
                return;

            foreach (var path in new[] { Data.Ledger, Data.Run(Key) })
            {
                using var db = SqliteDb.Open(path);
                db.Execute("pragma busy_timeout = 0");
                if (Record.Exception(() => db.Execute("create table pair (number integer)")) is null)
                    written.Add($"{path} while {reached}");
            }
        });

        Assert.Empty(written);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_there_already_is_not_written_over(bool isFolder)
    {
        _folder.Prepare();
        if (isFolder)
            Directory.CreateDirectory(Copy);
        File.WriteAllText(isFolder ? Path.Combine(Copy, "other.txt") : Copy, "another's");

        var refused = Assert.Throws<BackupException>(Take);

        Assert.Contains("is there already", refused.Words.En, StringComparison.Ordinal);
        Assert.Equal("another's", File.ReadAllText(isFolder ? Path.Combine(Copy, "other.txt") : Copy));
    }

    [Fact]
    public void A_folder_that_holds_nothing_gives_no_backup()
    {
        Directory.CreateDirectory(Data.Root);

        var refused = Assert.Throws<BackupException>(Take);

        Assert.Contains("holds nothing", refused.Words.En, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Copy));
        Assert.False(File.Exists(Data.Ledger));
    }

    [Theory]
    [InlineData("held")]
    [InlineData("copied")]
    [InlineData("described")]
    public void A_backup_that_is_killed_is_none_and_the_next_one_is(string killedAfter)
    {
        _folder.Prepare();

        Assert.Throws<OperationCanceledException>(() => Backup.Take(Data, Copy, _folder.Time, KillAfter(killedAfter)));

        Assert.False(Directory.Exists(Copy));
        Take();
        BackupManifest.Read(Copy).Verify(Copy);
        Assert.Empty(Directory.GetDirectories(Path.GetDirectoryName(Copy)!, "*.unfinished*"));
    }

    [Fact]
    public void A_backup_takes_away_what_one_that_was_killed_left_and_nothing_of_anybody_else()
    {
        _folder.Prepare();
        var left = Directory.CreateDirectory(Copy + ".unfinished-0123456789abcdef").FullName;
        var others = Directory.CreateDirectory(Copy + ".unfinished").FullName;
        Directory.CreateDirectory(Path.Combine(left, "runs"));
        File.WriteAllText(Path.Combine(left, "runs", "another.db-wal"), "of a run that is gone by now");
        File.WriteAllText(Path.Combine(others, "ledger.db"), "an officer's own");

        Take();

        Assert.False(Directory.Exists(left));
        Assert.Equal("an officer's own", File.ReadAllText(Path.Combine(others, "ledger.db")));
    }

    [Fact]
    public void A_backup_is_not_called_as_Windows_calls_a_device()
    {
        _folder.Prepare();
        var to = Path.Combine(Path.GetDirectoryName(Copy)!, "aux");

        var refused = Assert.Throws<BackupException>(() => Backup.Take(Data, to, _folder.Time));

        Assert.Contains("'aux'", refused.Words.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_that_names_a_file_outside_of_it_is_none()
    {
        _folder.Prepare();
        Take();
        var manifest = Path.Combine(Copy, BackupManifest.FileName);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"ledger.db\"", "\"../ledger.db\"", StringComparison.Ordinal));

        var refused = Assert.Throws<BackupException>(() => BackupManifest.Read(Copy));

        Assert.Contains("'../ledger.db'", refused.Words.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_that_was_changed_is_not_restored()
    {
        _folder.Prepare();
        Take();
        using (var file = new FileStream(Path.Combine(Copy, "ledger.db"), FileMode.Open))
        {
            file.Position = 5_000;
            file.WriteByte(7);
        }

        var ledger = File.ReadAllBytes(Data.Ledger);
        Assert.Throws<BackupException>(() => DoRestore());
        Assert.Equal(ledger, File.ReadAllBytes(Data.Ledger));
    }

    [Fact]
    public void A_backup_of_which_a_file_is_gone_is_not_restored()
    {
        _folder.Prepare();
        Take();
        File.Delete(Path.Combine(Copy, "runs", Path.GetFileName(Data.Run(Key))));

        Assert.Contains("missing", Assert.Throws<BackupException>(() => DoRestore()).Words.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_does_not_balance_is_not_backed_up()
    {
        _folder.Prepare();
        Execute(Data.Run(Key), "update segment set matched = matched + 1");

        Assert.Contains("does not balance", Assert.Throws<BackupException>(Take).Words.En, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Copy));
    }

    [Theory]
    [InlineData("runs/thu-nghiem-2025-07-30.db", "update segment set matched = matched + 1", "does not balance")]
    [InlineData("ledger.db", "pragma writable_schema = on; update sqlite_schema set sql = replace(sql, 'not null', '') where name = 'run'; delete from sqlite_schema where type = 'index'", "cannot be used")]
    public void A_backup_is_not_restored_whose_rows_are_wrong_though_its_list_says_so_too(string name, string damage, string told)
    {
        _folder.Prepare();
        var manifest = Take();
        Execute(Path.Combine(Copy, name), damage);
        var forged = manifest with { Files = [.. manifest.Files.Select(file => file with { Sha256 = BackupManifest.HashOf(Path.Combine(Copy, file.Name)) })] };
        forged.Write(Copy);

        Assert.Contains(told, Assert.Throws<BackupException>(() => DoRestore()).Words.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_1_where_ledger_db_is_broken_the_marks_outside_tell_what_was_sent_since()
    {
        _folder.Prepare();
        Take();
        await SendAsync(1, SendResult.Accepted("a"));
        File.WriteAllText(Data.Ledger, string.Concat(Enumerable.Repeat("no database ", 1_000)));

        DoRestore();

        Assert.True(SomeRun.Count(Data.Run(Key))[MessageStatus.Uncertain] > 0);
    }

    [Fact]
    public async Task What_lies_beside_a_file_that_is_replaced_and_the_schedule_are_set_aside_with_it()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("a"));
        Take();
        var beside = Data.Run(Key) + "-wal";
        File.WriteAllText(beside, "of the file that was there");
        File.WriteAllText(Data.Scheduler, "a schedule of the runs that were there");

        var aside = DoRestore().SetAside!;

        Assert.False(File.Exists(beside));
        Assert.False(File.Exists(Data.Scheduler));
        Assert.Equal("of the file that was there", File.ReadAllText(Path.Combine(aside, "runs", Path.GetFileName(beside))));
        Assert.True(File.Exists(Path.Combine(aside, "scheduler.db")));
    }

    [Fact]
    public async Task Rule_1_what_was_sent_since_the_backup_is_uncertain_in_the_restored_run_and_the_rest_is_planned()
    {
        _folder.Edit("subscribers.csv", "0981234564", "0981234565");
        _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("a"));
        Take();
        await SendAsync(2, SendResult.Accepted("b"));

        var restored = DoRestore();

        Assert.Equal([new RestoredRun(Key, 1)], restored.Runs);
        Assert.True(RunFile.Judge(Data, Key).IsWhole);
        var counts = SomeRun.Count(Data.Run(Key));
        Assert.Equal((1, 1, 2), (counts[MessageStatus.Accepted], counts[MessageStatus.Uncertain], counts[MessageStatus.Planned]));
        Assert.Contains("restore", ReadEvents(), StringComparison.Ordinal);

        // What was there lies aside, whole.
        Assert.Equal(2, SomeRun.Count(Path.Combine(restored.SetAside!, "runs", Path.GetFileName(Data.Run(Key))))[MessageStatus.Accepted]);
        Assert.True(_folder.Prepare().Run!.Reused);
        await SendAsync(3, SendResult.Accepted("c"));
    }

    [Fact]
    public async Task A_backup_of_which_nothing_was_sent_since_is_restored_as_it_was()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("a"));
        Take();

        Assert.Equal([new RestoredRun(Key, 0)], DoRestore().Runs);

        Assert.Equal(2, SomeRun.Count(Data.Run(Key))[MessageStatus.Planned]);
    }

    [Fact]
    public async Task Rule_1_on_a_machine_that_knows_nothing_of_it_all_that_may_have_been_sent_since_is_uncertain()
    {
        _folder.Prepare();
        Take();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("a"));
        Directory.Delete(Data.Root, recursive: true);
        Directory.Delete(Data.Marks, recursive: true);
        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, 3, 0, 0, TimeSpan.Zero));

        DoRestore();

        Assert.Equal(3, SomeRun.Count(Data.Run(Key))[MessageStatus.Uncertain]);
    }

    [Fact]
    public void On_a_machine_that_knows_nothing_of_it_a_run_that_is_not_due_yet_stays_planned()
    {
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "date: 2025-08-05");
        var run = _folder.Prepare().Run!;
        Take();
        Directory.Delete(Data.Root, recursive: true);

        Assert.Null(DoRestore().SetAside);

        Assert.Empty(Directory.GetDirectories(Data.Root, "replaced-*"));
        Assert.Equal(3, SomeRun.Count(Data.Run(run.Key))[MessageStatus.Planned]);
    }

    [Fact]
    public async Task Rule_1_a_run_planned_and_sent_after_the_backup_is_known_to_be_missing_afterwards()
    {
        _ = new RunRegistry(Data);
        Take();
        _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("a"));

        DoRestore();

        Assert.Equal(RunFileState.Missing, RunFile.Judge(Data, Key).State);
        Assert.Null(_folder.Prepare().Run);
    }

    [Theory]
    [InlineData("prepared")]
    [InlineData("ready")]
    [InlineData("aside ledger.db")]
    [InlineData("aside runs/thu-nghiem-2025-07-30.db")]
    [InlineData("placed ledger.db")]
    [InlineData("placed runs/thu-nghiem-2025-07-30.db")]
    [InlineData("marked")]
    public async Task Killed_at_any_step_nothing_opens_the_folder_until_the_restore_is_done_again(string killedAfter)
    {
        _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("a"));
        Take();
        await SendAsync(2, SendResult.Accepted("b"));

        Assert.Throws<OperationCanceledException>(() => DoRestore(KillAfter(killedAfter)));

        if (killedAfter == "prepared")
            Assert.Equal(2, SomeRun.Count(Data.Run(Key))[MessageStatus.Accepted]); // as it was
        else
            Assert.Throws<RunFileException>(() => new RunRegistry(Data));

        var restored = DoRestore();
        var counts = SomeRun.Count(Data.Run(Key));
        Assert.Equal((1, 1), (counts[MessageStatus.Accepted], counts[MessageStatus.Uncertain]));
        Assert.True(RunFile.Judge(Data, Key).IsWhole);
        Assert.Equal(2, SomeRun.Count(Path.Combine(restored.SetAside!, "runs", Path.GetFileName(Data.Run(Key))))[MessageStatus.Accepted]);
        Assert.NotNull(new RunRegistry(Data).Find(Key));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_restored_under_a_process_that_sends_or_rehearses(bool rehearses)
    {
        _folder.Prepare();
        Take();

        using var sending = SendingLock.TryTake(Data, _folder.Time, rehearses);
        Assert.Throws<BackupException>(() => DoRestore());
    }

    BackupManifest Take() => Backup.Take(Data, Copy, _folder.Time);

    Restored DoRestore(Action<string>? reached = null) => Restore.Run(Copy, Data, "Nguyễn Văn A", "đĩa hỏng", _folder.Time, reached);

    static void Execute(string path, string sql)
    {
        using var db = SqliteDb.Open(path);
        db.Execute(sql);
    }

    static Action<string> KillAfter(string step) => reached =>
    {
        if (reached == step)
            throw new OperationCanceledException(step);
    };

    async Task SendAsync(int message, SendResult result)
    {
        var seq = MessageSeq.Of(Viettel, message);
        await using var ledger = RunLedger.Open(Data.Run(Key), new ProcessClock(_folder.Time), Key, Data);
        var lane = ledger.LaneOf(seq)!.Value;
        var call = new PlannedCall(lane, new PlannedBatch(1, lane, 1, seq, seq, 1), [new PlannedMessage(seq, 0)], KeepCarrierReference: false);
        var attempt = (await ledger.BeginAsync([call]))[0]!.Value;
        await ledger.FinishAsync([new CallResult(call, attempt, 0, new ProcessClock(_folder.Time).Now(), [result])]);
    }

    string ReadEvents()
    {
        using var db = SqliteDb.Open(Data.Ledger, readOnly: true);
        return db.ReadText("select group_concat(what || ' ' || who || ' ' || detail) from event") ?? "";
    }
}
