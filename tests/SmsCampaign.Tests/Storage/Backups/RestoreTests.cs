using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Backups;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Backups;

/// <summary>What is put back from a backup, and what is not.</summary>
[Trait("Category", "Slow")]
public sealed class RestoreTests : BackupCase
{
    Restored DoRestore(Action<string>? reached = null) =>
        Restore.Run(Copy, Data, Who.Here("Nguyễn Văn A"), "đĩa hỏng", _folder.Time, reached);

    [Fact]
    public void A_backup_that_names_a_file_outside_of_it_is_none()
    {
        _folder.Prepare();
        Take();
        var manifest = Path.Combine(Copy, BackupManifest.FileName);
        File.WriteAllText(
            manifest,
            File.ReadAllText(manifest).Replace("\"ledger.db\"", "\"../ledger.db\"", StringComparison.Ordinal));

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

        Assert.Contains(
            "missing", Assert.Throws<BackupException>(() => DoRestore()).Words.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs/thu-nghiem-2025-07-30.db", "update segment set matched = matched + 1", "does NOT balance")]
    [InlineData(
        "ledger.db",
        "pragma writable_schema = on; update sqlite_schema set sql = replace(sql, 'not null', '') where name = 'run'; "
            + "delete from sqlite_schema where type = 'index'",
        "cannot be used")]
    public void A_backup_is_not_restored_whose_rows_are_wrong_though_its_list_says_so_too(
        string name, string damage, string told)
    {
        _folder.Prepare();
        var manifest = Take();
        Execute(Path.Combine(Copy, name), damage);
        var forged = manifest with
        {
            Files = [.. manifest.Files.Select(
                file => file with { Sha256 = BackupManifest.HashOf(Path.Combine(Copy, file.Name)) })],
        };
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
        Assert.Equal(
            "of the file that was there", File.ReadAllText(Path.Combine(aside, "runs", Path.GetFileName(beside))));
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
        Assert.Equal(
            (1, 1, 2),
            (counts[MessageStatus.Accepted], counts[MessageStatus.Uncertain], counts[MessageStatus.Planned]));
        Assert.Contains("restore", ReadEvents(), StringComparison.Ordinal);

        // What was there lies aside, whole.
        Assert.Equal(2, SomeRun.Count(
            Path.Combine(restored.SetAside!, "runs", Path.GetFileName(Data.Run(Key))))[MessageStatus.Accepted]);
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

    /// <summary>A server that stands by: it has sent something of its own, or has been restored to before.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rule_1_another_machines_own_marks_say_nothing_of_what_was_sent_since(bool wasRestoredTo)
    {
        _folder.Prepare();
        Take();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("a"));
        Directory.Delete(Data.Root, recursive: true);
        Directory.Delete(Data.Marks, recursive: true);
        if (wasRestoredTo)
        {
            DoRestore(); // the evening before, to try it: then it stands planned, and is known here not to have begun
            Assert.Equal(3, SomeRun.Count(Data.Run(Key))[MessageStatus.Planned]);
        }
        else
        {
            var own = new RunMarks(Data);
            using var mark = new MarkFile(own.PathOf(Key with { Campaign = "chien-dich-khac" }, "abcd2345"));
            mark.Write(new RunMark("x", "abcd2345") { Confirmed = 5, Reserved = 5 }, flush: true);
        }

        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, 3, 0, 0, TimeSpan.Zero));
        DoRestore();

        Assert.Equal(3, SomeRun.Count(Data.Run(Key))[MessageStatus.Uncertain]);
    }

    [Fact]
    public void On_the_machine_of_the_backup_a_run_that_had_not_begun_stays_planned_though_it_is_due()
    {
        _folder.Prepare();
        Take();
        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, 3, 0, 0, TimeSpan.Zero));

        DoRestore();

        Assert.Equal(3, SomeRun.Count(Data.Run(Key))[MessageStatus.Planned]);
    }

    [Fact]
    public void On_a_machine_that_knows_nothing_of_it_a_run_that_is_not_due_yet_stays_planned()
    {
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "date: 2025-08-05");
        var run = _folder.Prepare().Run!;
        Take();
        Directory.Delete(Data.Root, recursive: true);
        Directory.Delete(Data.Marks, recursive: true);

        Assert.Null(DoRestore().SetAside);

        Assert.Empty(Directory.GetDirectories(Data.Root, "replaced-*"));
        Assert.Equal(3, SomeRun.Count(Data.Run(run.Key))[MessageStatus.Planned]);
    }

    /// <summary>Its window opens on the 30th at 08:00 in Vietnam, at 01:00 UTC.</summary>
    [Theory]
    [InlineData("2025-07-29T13:00Z", 3)]
    [InlineData("2025-07-29T23:59Z", 3)]
    [InlineData("2025-07-30T00:00Z", 0)]
    public void On_a_machine_that_knows_nothing_of_it_a_run_stays_planned_until_an_hour_before_it_may_begin(
        string now, int planned)
    {
        _folder.Prepare();
        Take();
        Directory.Delete(Data.Root, recursive: true);
        Directory.Delete(Data.Marks, recursive: true);
        _folder.Time.SetUtcNow(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        DoRestore();

        Assert.Equal(planned, SomeRun.Count(Data.Run(Key)).GetValueOrDefault(MessageStatus.Planned));
    }

    [Theory]
    [InlineData(OrderKind.Cancel, false)]
    [InlineData(OrderKind.End, false)]
    [InlineData(OrderKind.Pause, true)]
    [InlineData(OrderKind.Rate, true)]
    public void What_a_person_ordered_since_the_backup_stands_in_the_restored_folder_and_is_named(
        OrderKind kind, bool isLiftable)
    {
        _folder.Prepare();
        var lane = kind == OrderKind.Rate ? new OrderScope(null, "viettel") : new OrderScope(Key, null);
        var (who, words) = (Who.Here("Trần Thị B"), new Wording("đã nói", "said"));
        var orders = Ledgers.OpenRegistry(Data).Orders;
        var (lifted, _) = orders.Give(
            new NewOrder(OrderKind.Pause, new OrderScope(null, "vinaphone"), who, "x"),
            words,
            _folder.Time.GetUtcNow());
        Take();
        Assert.True(orders.Lift(lifted, who, "x", words, _folder.Time.GetUtcNow()));
        orders.Give(
            new NewOrder(kind, lane, who, "gọi 0981234561") { Rate = kind == OrderKind.Rate ? 5 : null },
            words,
            _folder.Time.GetUtcNow());

        var restored = DoRestore();

        var order = Assert.Single(restored.Orders);
        Assert.Equal(
            (kind, lane.Run?.ToString(), lane.Lane, "Trần Thị B", true),
            (order.Kind, order.Run, order.Lane, order.Who.Person, order.IsOnlyMarked));
        Assert.DoesNotContain("0981234561", order.Reason, StringComparison.Ordinal);
        Assert.Equal(lifted.Witness, Assert.Single(restored.Again).Witness);
        var kept = Ledgers.OpenRegistry(Data).Orders;
        Assert.Equal([lifted.Witness, order.Witness], kept.Read().Select(each => each.Witness));
        Assert.Equal(isLiftable, kept.Lift(order, who, "x", words, _folder.Time.GetUtcNow()));
        Assert.Equal(isLiftable ? 1 : 2, kept.Read().Count);
    }

    [Fact]
    public async Task Rule_1_a_run_planned_and_sent_after_the_backup_is_known_to_be_missing_afterwards()
    {
        _ = Ledgers.OpenRegistry(Data);
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
            Assert.Throws<RunFileException>(() => Ledgers.OpenRegistry(Data));

        var restored = DoRestore();
        var counts = SomeRun.Count(Data.Run(Key));
        Assert.Equal((1, 1), (counts[MessageStatus.Accepted], counts[MessageStatus.Uncertain]));
        Assert.True(RunFile.Judge(Data, Key).IsWhole);
        Assert.Equal(2, SomeRun.Count(
            Path.Combine(restored.SetAside!, "runs", Path.GetFileName(Data.Run(Key))))[MessageStatus.Accepted]);
        Assert.NotNull(Ledgers.OpenRegistry(Data).Find(Key));
    }

    [Fact]
    public void Killed_as_it_tidies_up_it_is_done_and_can_be_called_again()
    {
        _folder.Prepare();
        Take();

        Assert.Throws<OperationCanceledException>(() => DoRestore(KillAfter("spent")));

        Assert.NotNull(Ledgers.OpenRegistry(Data).Find(Key));
        DoRestore();
        Assert.Empty(Directory.GetDirectories(Data.Root, "restore.*"));
    }

    /// <summary>As an older program left it, which deleted the folder as it was.</summary>
    [Theory]
    [InlineData("backup.json")]
    [InlineData("aside")]
    public void What_was_left_of_a_restore_that_had_placed_every_file_is_no_restore_to_complete(string left)
    {
        _folder.Prepare();
        Take();
        DoRestore();
        var ready = Path.Combine(Data.Root, "restore.ready");
        Directory.CreateDirectory(Path.Combine(ready, "runs"));
        File.WriteAllText(Path.Combine(ready, left), "");

        DoRestore();

        Assert.NotNull(Ledgers.OpenRegistry(Data).Find(Key));
        Assert.False(Directory.Exists(ready));
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

    [Fact]
    public void Nothing_is_restored_while_numbers_are_being_erased()
    {
        _folder.Prepare();
        Take();

        using (PurgeLock.TryTake(Data))
            Assert.Throws<BackupException>(() => DoRestore());

        DoRestore();
    }
}
