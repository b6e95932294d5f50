using SmsCampaign.Carriers;
using SmsCampaign.Storage.Backups;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Backups;

/// <summary>A backup and what is restored of it: rule 1 holds over both.</summary>
public sealed class BackupTests : BackupCase
{
    [Fact]
    public async Task A_backup_holds_every_database_as_one_whole_file_each()
    {
        _folder.Prepare();
        _folder.Prepare(simulated: true);
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("id"));
        Execute(Path.Combine(Data.Root, "receipts-2025-07.db"), "create table receipt (id integer)");

        var manifest = Take();

        Assert.Equal(
            [
                "ledger.db",
                "runs/thu-nghiem-2025-07-30.db",
                "runs/thu-nghiem-2025-07-30.simulated.db",
                "receipts-2025-07.db",
            ],
            manifest.Files.Select(file => file.Name));
        Assert.Equal(
            [
                "backup.json",
                "ledger.db",
                "receipts-2025-07.db",
                "runs/thu-nghiem-2025-07-30.db",
                "runs/thu-nghiem-2025-07-30.simulated.db",
            ],
            Directory.GetFiles(Copy, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Copy, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal));
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
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
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

        var (inRun, inLedger) =
            (Count(Path.Combine(Copy, "runs/thu-nghiem-2025-07-30.db")), Count(Path.Combine(Copy, "ledger.db")));
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
    public void A_run_that_does_not_balance_is_not_backed_up()
    {
        _folder.Prepare();
        Execute(Data.Run(Key), "update segment set matched = matched + 1");

        Assert.Contains("does NOT balance", Assert.Throws<BackupException>(Take).Words.En, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Copy));
    }
}
