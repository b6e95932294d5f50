using System.Buffers.Binary;
using System.Text;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Carriers;
using SmsCampaign.Files;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Office.Causes;
using SmsCampaign.Office.Readiness;
using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Backups;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Run;
using SmsCampaign.Tests.Office.Readiness;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>What is erased of a run, what stays, and what can no longer be done with it.</summary>
[Trait("Category", "Slow")]
public sealed class PurgeDeskTests : IDisposable
{
    const int Viettel = 1;
    const int Vinaphone = 2;
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);
    static readonly Who Officer = Who.Here("Nguyễn Văn A");
    static readonly long[] Numbers = [84981234561, 84981234562, 84911234563, 84981234564];

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    DataFolder Data => _folder.Data;

    PurgeDesk Desk => new(Data, _folder.Time);

    IRegistry Registry => Ledgers.OpenRegistry(Data);

    RunRecord Run => Registry.Find(Key)!;

    [Fact]
    public async Task No_number_is_left_in_any_file_of_the_data_folder_as_digits_or_as_an_integer()
    {
        await EndAsync();
        Assert.NotEmpty(FindNumbers());

        var done = Assert.IsType<PurgeResult.Done>(Purge());

        Assert.True(done.IsNew);
        Assert.Equal((3, 1), (done.Step.Counts.Messages, done.Step.Counts.Exclusions));
        Assert.Empty(FindNumbers());
        Assert.Equal(PurgeState.Done, Run.Purge);
    }

    [Fact]
    public async Task The_figures_of_the_report_stay_and_the_ledger_is_what_was_approved_but_for_its_numbers()
    {
        await EndAsync();
        var before = Report();

        Purge();

        var after = Report();
        Assert.Equal(before.Figures, after.Figures);
        Assert.Matches("#[0-9a-f]{16}", after.Details);
        Assert.DoesNotContain(",84981", after.Details, StringComparison.Ordinal);
        Assert.Empty(RunVerification.FindOf(Data, Registry, Run, rows: true));
        Assert.True(Registry.Purges.Read(Key.ToString())[^1].WasKept);
        var audit = Registry.Audit.Verify(ledgers: true);
        Assert.True(audit.Broken is null && audit.Findings.Count == 0);
    }

    [Fact]
    public async Task A_row_that_is_changed_after_that_is_told()
    {
        await EndAsync();
        Purge();

        Execute(Data.Run(Key), "update message set number = number + 1 where seq = (select min(seq) from message)");

        Assert.NotEmpty(RunVerification.FindOf(Data, Registry, Run, rows: true));
    }

    [Fact]
    public async Task What_was_changed_before_that_is_told_for_good()
    {
        await EndAsync();
        Execute(Data.Run(Key), "update message set number = number + 7 where seq = (select min(seq) from message)");

        Assert.False(Assert.IsType<PurgeResult.Done>(Purge()).Step.WasKept);

        Assert.NotEmpty(RunVerification.FindOf(Data, Registry, Run, rows: true));
    }

    [Fact]
    public async Task What_gateways_say_of_its_numbers_afterwards_goes_with_the_next_call()
    {
        await EndAsync();
        Purge();
        Execute(Data.Run(Key), "update state set code = 'of 84981234561' where seq = (select min(seq) from state)");
        Assert.NotEmpty(FindNumbers());

        Purge();

        Assert.Empty(FindNumbers());
    }

    [Fact]
    public async Task Rule_1_another_date_of_the_campaign_leaves_out_who_has_got_the_message_by_their_hashes()
    {
        await EndAsync();
        Purge();
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "date: 2025-07-31");

        var prepared = _folder.Prepare();

        Assert.Equal(2, prepared.Planned!.Audience.AlreadySent.Values.Sum());
        Assert.Equal(1, prepared.Planned.Audience.RecipientTotal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rule_1_without_the_key_nothing_is_planned_and_no_new_one_is_made(bool isOther)
    {
        await EndAsync();
        Purge();
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "date: 2025-07-31");
        File.Delete(Data.NumberKey);
        if (isOther)
            File.WriteAllText(Data.NumberKey, new string('x', 44));

        var prepared = _folder.Prepare();

        Assert.Null(prepared.Run);
        Assert.Contains(prepared.Problems, problem =>
            problem.In(Language.English).Contains("numbers.key", StringComparison.Ordinal));
        Assert.Equal(isOther, File.Exists(Data.NumberKey));
        Assert.NotEmpty(Desk.FindObstacles(Run));
    }

    [Fact]
    public async Task Without_the_key_a_run_waits_for_it_as_only_those_do_that_were_hashed_by_it()
    {
        await EndAsync();
        Purge();
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "date: 2025-07-31");
        var away = Data.NumberKey + ".away";
        File.Move(Data.NumberKey, away);
        var waits = _folder.Prepare();
        _folder.Edit("campaign.yaml", "id: thu-nghiem", "id: thu-khac");
        var other = _folder.Prepare();

        Assert.Equal((null, true), (waits.Run, waits.MayPass));
        Assert.NotNull(other.Run);

        // Once a subscriber has asked, every campaign needs it.
        File.Move(away, Data.NumberKey);
        new SubjectDesk(Data, _folder.Time).Erase(Officer, new PhoneNumber(84981234569), "đơn");
        File.Move(Data.NumberKey, away);
        var refused = _folder.Prepare();
        Assert.Equal((null, true), (refused.Run, refused.MayPass));

        File.Move(away, Data.NumberKey);
        Assert.NotNull(_folder.Prepare().Run);
    }

    [Fact]
    public async Task A_key_of_another_installation_that_is_known_as_well_stops_what_was_hashed_by_it_alone()
    {
        await EndAsync();
        Purge();
        const string other = "0123456789abcdef";
        var (marks, at) = (new PurgeMarks(Data), _folder.Time.GetUtcNow().ToSql());
        marks.Add(new PurgeMark(null, null, null, other, at));
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "date: 2025-07-31");

        Assert.NotNull(_folder.Prepare().Run);
        Assert.IsType<PurgeResult.Done>(Purge());

        marks.Add(new PurgeMark(null, null, -7, other, at));
        var refused = _folder.Prepare();
        Assert.Equal((null, true), (refused.Run, refused.MayPass));
        Assert.Contains(refused.Problems, problem => problem.What.Vi.Contains(other, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_backup_that_is_put_back_elsewhere_tells_which_key_must_be_put_there_as_well()
    {
        await EndAsync();
        Purge();
        var copy = Path.Combine(Path.GetDirectoryName(Data.Root)!, "copy");
        new BackupDesk(Data, _folder.Time).Take(copy);
        var key = Assert.Single(Registry.Purges.ReadKeys());
        var elsewhere = new DataFolder(Path.Combine(Path.GetDirectoryName(Data.Root)!, "may-khac"));

        var restored = Restore.Run(copy, elsewhere, Officer, "máy khác", _folder.Time);

        Assert.Contains(key, restored.NeededKey!.Value.Vi, StringComparison.Ordinal);
        var about = ReadyCases.Of() with { Data = elsewhere, Registry = Ledgers.OpenRegistry(elsewhere), Key = Key };
        ReadyCases.Is(ReadyLight.Red, key, await new NumberKeyCheck().LookAsync(about));
        var apart = about with { Key = Key with { Campaign = "thu-khac" } };
        Assert.Empty(await new NumberKeyCheck().LookAsync(apart, CancellationToken.None));

        File.Copy(Data.NumberKey, elsewhere.NumberKey);
        Assert.Empty(await new NumberKeyCheck().LookAsync(about, CancellationToken.None));
    }

    [Fact]
    public async Task The_key_is_the_accounts_alone()
    {
        Machine.NeedsUnix("files have no modes");
        await EndAsync();
        Purge();

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Data.NumberKey));
    }

    [Theory]
    [InlineData("begun")]
    [InlineData("files")]
    [InlineData("registry")]
    [InlineData("receipts")]
    [InlineData("ledger")]
    public async Task Killed_at_any_point_it_says_that_it_is_not_done_and_the_same_command_does_the_rest(string at)
    {
        await EndAsync();
        var figures = Report().Figures;
        var killed = new PurgeDesk(Data, _folder.Time)
        {
            Reached = step => _ = step == at ? throw new OperationCanceledException(step) : 0,
        };
        Assert.Throws<OperationCanceledException>(() => killed.Purge(Officer, Key, "hết hạn"));
        Assert.Equal(PurgeState.Begun, Run.Purge);
        Assert.Null(_folder.Prepare().Run);

        var done = Assert.IsType<PurgeResult.Done>(Purge());

        Assert.True(done.IsNew);
        Assert.Equal(PurgeState.Done, Run.Purge);
        Assert.Empty(FindNumbers());
        Assert.Equal(figures, Report().Figures);
        Assert.Empty(RunVerification.FindOf(Data, Registry, Run, rows: true));
    }

    [Fact]
    public async Task A_run_that_is_erased_is_never_sent_again_whoever_asks()
    {
        await EndAsync();
        Purge();
        var now = _folder.Time.GetUtcNow();

        Assert.Throws<LedgerException>(() => Registry.SetState(Key, RunState.Sending, now));
        Assert.Throws<LedgerException>(() => Registry.SetState(Key, RunState.Approved, now));
        Assert.Throws<LedgerException>(() => Registry.AddRun(Run, now));
        Assert.Null(_folder.Prepare(ChangedRun.PlanAgain).Run);
        await Assert.ThrowsAsync<LedgerException>(() => new ResolutionDesk(Data, _folder.Time).SettleAsync(
            Officer,
            Run,
            new ResolutionOrder([], All: true, MessageStatus.Planned, "thử", IsSureOfNotSent: true),
            CancellationToken.None));
    }

    [Fact]
    public async Task A_hash_is_handed_over_to_nobody_whatever_the_state_says()
    {
        await EndAsync();
        Purge();
        Execute(Data.Run(Key), "delete from state; update batch set done_us = null");
        using var planned = new PlannedReader(Data.Run(Key));
        var batch = planned.NextBatch(1, 0) ?? planned.NextBatch(2, 0);

        Assert.Throws<LedgerException>(() => planned.Read(batch!, batch!.FirstSeq, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhoneNumber(-1));
    }

    [Fact]
    public async Task Numbers_stay_where_a_message_is_uncertain_or_a_person_wants_them_kept()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Uncertain("84981234561 ?"), SendResult.Accepted("b"));
        Finish();
        Assert.IsType<PurgeResult.Refused>(Purge());
        Assert.Equal(PurgeState.None, Run.Purge);

        await EndAsync(isPrepared: true);
        Desk.Hold(Officer, Run, "kiện tụng", isHeld: true);
        Assert.Contains(Desk.FindObstacles(Run), why => why.En.Contains("kiện tụng", StringComparison.Ordinal));
        Desk.Hold(Officer, Run, "xong", isHeld: false);
        Assert.IsType<PurgeResult.Done>(Purge());
    }

    [Fact]
    public async Task Of_a_run_that_is_erased_nothing_is_left_to_keep()
    {
        await EndAsync();
        Purge();

        var result = Desk.Hold(Officer, Run, "kiện tụng", isHeld: true);

        Assert.Equal(PurgeState.Done, Assert.IsType<PurgeResult.NothingToKeep>(result).State);
    }

    [Fact]
    public async Task Nobody_is_told_that_numbers_are_kept_while_they_are_being_erased()
    {
        await EndAsync();
        var seen = Run;
        PurgeResult? said = null;
        var purging = new PurgeDesk(Data, _folder.Time)
        {
            Reached = step => said = step == "verified" ? Desk.Hold(Officer, seen, "kiện tụng", isHeld: true) : said,
        };

        Assert.IsType<PurgeResult.Done>(purging.Purge(Officer, Key, "hết hạn"));

        Assert.IsType<PurgeResult.Refused>(said);
        Assert.IsType<PurgeResult.NothingToKeep>(Desk.Hold(Officer, seen, "kiện tụng", isHeld: true));
        Assert.DoesNotContain(Registry.Purges.Read(), step => step.Kind == PurgeStepKind.Held);
    }

    /// <summary>As a program does that takes no lock for it.</summary>
    [Fact]
    public async Task What_a_person_says_while_the_ledger_is_verified_is_heard_before_anything_is_erased()
    {
        await EndAsync();
        var hold = PurgeDesk.StepOf(Run, PurgeStepKind.Held, Officer, "kiện tụng", _folder.Time.GetUtcNow());
        var purging = new PurgeDesk(Data, _folder.Time)
        {
            Reached = step =>
            {
                if (step == "verified")
                    Registry.Purges.Add(hold);
            },
        };

        var refused = Assert.IsType<PurgeResult.Refused>(purging.Purge(Officer, Key, "hết hạn"));

        Assert.Contains("kiện tụng", Assert.Single(refused.Why).Vi, StringComparison.Ordinal);
        Assert.Equal(PurgeState.None, Run.Purge);
        Assert.NotEmpty(FindNumbers());
    }

    [Fact]
    public async Task A_subscribers_number_stays_in_a_run_that_is_held_while_it_is_erased_in_another()
    {
        await EndAsync();
        _folder.Edit("campaign.yaml", "id: thu-nghiem", "id: thu-khac");
        Assert.NotNull(_folder.Prepare().Run);
        var other = new RunKey("thu-khac", Key.Date, Simulated: false);
        Registry.SetState(other, RunState.Cancelled, _folder.Time.GetUtcNow());
        Execute(Data.Run(other), "insert into state (seq, status, settled_us) select seq, 5, 1 from message");
        SomeRun.Recount(Data.Run(other));
        var number = new PhoneNumber(Numbers[0]);
        RunRecord[] both = [.. Registry.ReadRuns()];
        var desk = new SubjectDesk(Data, _folder.Time)
        {
            Reached = step =>
            {
                if (step == "begun")
                {
                    Registry.Purges.Add(PurgeDesk.StepOf(
                        both[1], PurgeStepKind.Held, Officer, "kiện tụng", _folder.Time.GetUtcNow()));
                }
            },
        };

        var erased = desk.Erase(Officer, number, "đơn");

        Assert.Equal([both[0].Key], erased.Erased.Select(run => run.Key));
        Assert.Equal([both[1].Key], erased.Held.Select(each => each.Run.Key));
        Assert.Contains(FindNumbers(), found =>
            found.Number == number.Msisdn && both[1].File.EndsWith(found.File, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_person_wants_kept_is_kept_by_a_backup_of_before_as_well()
    {
        await EndAsync();
        var copy = Path.Combine(Path.GetDirectoryName(Data.Root)!, "copy");
        new BackupDesk(Data, _folder.Time).Take(copy);
        _folder.Time.Advance(TimeSpan.FromMinutes(1));
        Desk.Hold(Officer, Run, "kiện tụng", isHeld: true);

        Restore.Run(copy, Data, Officer, "đĩa hỏng", _folder.Time);

        Assert.Contains("kiện tụng", Assert.Single(Assert.IsType<PurgeResult.Refused>(Purge()).Why).En,
            StringComparison.Ordinal);
        _folder.Time.Advance(TimeSpan.FromMinutes(1));
        Desk.Hold(Officer, Run, "xong", isHeld: false);
        Assert.IsType<PurgeResult.Done>(Purge());
    }

    [Fact]
    public async Task A_backup_of_before_brings_the_numbers_back_and_nobody_sends_the_run_until_they_are_erased_again()
    {
        await EndAsync();
        var copy = Path.Combine(Path.GetDirectoryName(Data.Root)!, "copy");
        new BackupDesk(Data, _folder.Time).Take(copy);
        var done = Assert.IsType<PurgeResult.Done>(Purge());
        Assert.Contains(done.Copies, each => each.Path == copy);

        var restored = Restore.Run(copy, Data, Officer, "đĩa hỏng", _folder.Time);

        Assert.Equal([Key], restored.Erased);
        Assert.Equal(PurgeState.Begun, Run.Purge);
        Assert.Throws<LedgerException>(() => Registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow()));
        Assert.Null(_folder.Prepare().Run);
        Assert.IsType<PurgeResult.Done>(Purge());
        Assert.Empty(FindNumbers("replaced-"));
    }

    [Fact]
    public async Task Numbers_go_from_raw_receipts_of_the_run_and_what_comes_later_goes_with_the_next_call()
    {
        await EndAsync();
        AddReceipt(1, "phone=84981234561&id=7");
        Purge();
        Assert.Empty(FindNumbers());

        AddReceipt(2, "phone=%2B84981234562&code=0");
        var again = Assert.IsType<PurgeResult.Done>(Purge());

        Assert.Equal((false, 1L), (again.IsNew, again.Step.Counts.Receipts));
        Assert.Empty(FindNumbers());
    }

    [Fact]
    public async Task A_receipt_that_waits_keeps_its_number_is_counted_and_is_gone_through_again()
    {
        await EndAsync();
        AddReceipt(1, "phone=84981234561&id=7");
        var file = Path.Combine(Data.Root, "receipts-2025-07.db");
        Execute(file, "insert into oddity (receipt, item, kind, detail) values (1, 0, 'Waiting', '')");
        AddReceipt(2, "phone=84981234562&id=8");

        var done = Assert.IsType<PurgeResult.Done>(Purge());
        Assert.Equal((1L, 1L, 0L), (done.Left, done.Step.Counts.Receipts, done.Step.Through));

        Execute(file, "delete from oddity");
        var again = Assert.IsType<PurgeResult.Done>(Purge());
        Assert.Equal((0L, 1L), (again.Left, again.Step.Counts.Receipts));
        Assert.Empty(FindNumbers());
    }

    [Fact]
    public async Task What_came_after_it_was_erased_and_is_not_settled_is_counted()
    {
        await EndAsync();
        Purge();
        AddReceipt(1, "phone=84981234561&id=7");
        var file = Path.Combine(Data.Root, "receipts-2025-07.db");
        Execute(file, "update progress set id = 0 where name = 'settled'");

        Assert.Equal((1L, 0L), LeftOf(Purge()));
        Assert.Equal(ExitCode.CouldNot, await RunAsync("purge", Key.Campaign, "--date", "30/7/2025"));
        Assert.Equal(ExitCode.CouldNot, await RunAsync(
            "erase-subject", "0981234561", "--installation", _folder.Installation, "--yes"));
        Execute(file, "update progress set id = 1 where name = 'settled'");
        Assert.Equal((0L, 1L), LeftOf(Purge()));
        Assert.Equal(ExitCode.Done, await RunAsync("purge", Key.Campaign, "--date", "30/7/2025"));
        Assert.Empty(FindNumbers());

        static (long Left, long Receipts) LeftOf(PurgeResult result)
        {
            var done = Assert.IsType<PurgeResult.Done>(result);
            return (done.Left, done.Step.Counts.Receipts);
        }
    }

    [Fact]
    public async Task The_zip_with_numbers_in_full_goes_and_that_of_a_rehearsal_stays()
    {
        await EndAsync();
        var folder = UnmaskedPlaces.Of(Data, Key).Find();
        Directory.CreateDirectory(folder);
        File.WriteAllText(folder + ".zip", "");
        var rehearsed = Path.Combine(folder, "mo-phong.zip");
        File.WriteAllText(rehearsed, "");

        var done = Assert.IsType<PurgeResult.Done>(Purge());

        Assert.Equal(1, done.Step.Counts.Files);
        Assert.False(File.Exists(folder + ".zip"));
        Assert.Contains(rehearsed, done.Copies.Select(copy => copy.Path));
    }

    [Fact]
    public async Task What_reports_with_numbers_in_full_left_that_were_cut_off_goes_as_well()
    {
        await EndAsync();
        var folder = UnmaskedPlaces.Of(Data, Key).Find();
        foreach (var (place, name) in new[] { (folder, "chi-tiet.csv"), (folder + ".zip", Key.Campaign + ".zip") })
        {
            var left = Directory.CreateDirectory(place + FreshFolder.Mark + "0123456789abcdef").FullName;
            File.WriteAllText(Path.Combine(left, name), "84981234561");
        }

        var done = Assert.IsType<PurgeResult.Done>(Purge());

        Assert.Equal(2, done.Step.Counts.Files);
        Assert.Empty(FindNumbers());
    }

    [Fact]
    public async Task Nothing_is_erased_while_a_report_with_numbers_in_full_may_still_be_shown()
    {
        await EndAsync();
        var folder = UnmaskedPlaces.Of(Data, Key).Find();
        Directory.CreateDirectory(folder);
        ReportFolder? report = null;
        var purging = new PurgeDesk(Data, _folder.Time)
        {
            Reached = step => report ??= step == "receipts" ? new ReportFolder(folder) : null,
        };

        Assert.IsType<PurgeResult.CutOff>(purging.Purge(Officer, Key, "hết hạn"));

        using (report)
        {
            using (var file = report!.CreateFile("chi-tiet.csv"))
                file.Write("84981234561"u8);
            report.Publish();
        }

        Assert.NotEmpty(FindNumbers());
        Assert.Equal(1, Assert.IsType<PurgeResult.Done>(Purge()).Step.Counts.Files);
        Assert.Empty(FindNumbers());
    }

    [Fact]
    public void What_was_cut_off_and_may_hold_numbers_is_listed_with_the_copies()
    {
        _folder.Prepare();
        var copy = Path.Combine(Path.GetDirectoryName(Data.Root)!, "copy");
        new BackupDesk(Data, _folder.Time).Take(copy);
        var backup = copy + FreshFolder.Mark + "0123456789abcdef";
        Directory.CreateDirectory(Path.Combine(backup, "runs"));
        string[] restores = ["restore.unfinished", "restore.ready"];
        foreach (var name in restores)
            Directory.CreateDirectory(Path.Combine(Data.Root, name));
        var ledger = Data.Run(Key) + RunBuilder.UnfinishedSuffix;
        File.WriteAllText(ledger, "");

        var copies = NumberCopy.FindShared(Data, run: null).Select(each => each.Path).ToList();

        Assert.Equal(
            new[] { copy, backup, ledger }.Concat(restores.Select(name => Path.Combine(Data.Root, name))).Order(),
            copies.Order());
    }

    [Fact]
    public async Task Copies_are_looked_for_however_often_a_subscriber_asks()
    {
        await EndAsync();
        var desk = new SubjectDesk(Data, _folder.Time);
        var copies = desk.Erase(Officer, new PhoneNumber(Numbers[0]), "đơn").Copies;
        Assert.NotEmpty(copies);

        Assert.Equal(copies, desk.Erase(Officer, new PhoneNumber(Numbers[0]), "đơn").Copies);
    }

    [Fact]
    public async Task Without_room_for_the_whole_ledger_nothing_is_begun()
    {
        await EndAsync();
        var desk = new PurgeDesk(Data, _folder.Time) { Room = _ => 1_000 };

        var refused = Assert.IsType<PurgeResult.Refused>(desk.Purge(Officer, Key, "hết hạn"));

        Assert.Contains("đĩa còn 0 MB", Assert.Single(refused.Why).Vi, StringComparison.Ordinal);
        Assert.Equal(PurgeState.None, Run.Purge);
    }

    [Fact]
    public void Whether_a_file_can_be_written_anew_is_asked_at_each()
    {
        _folder.Prepare();
        AddReceipt(1, "phone=84981234561&id=7");
        File.Copy(Path.Combine(Data.Root, "receipts-2025-07.db"), Path.Combine(Data.Root, "receipts-2025-08.db"));
        var asked = 0;

        var (changed, _, _, stale) = Ledgers.ReceiptsOf(Data).EraseNumbers(
            simulated: false,
            new NumberKey(new byte[32], "k"),
            number => Numbers.Contains(number),
            [],
            after: 0,
            () => asked++ == 0);

        Assert.Equal((2L, 2), (changed, asked));
        Assert.Contains("receipts-2025-0", Assert.Single(stale).Vi, StringComparison.Ordinal);
    }

    /// <summary>The window of the run opens on the 30th at 08:00 in Vietnam, at 01:00 UTC.</summary>
    [Theory]
    [InlineData("2025-07-29T23:59:59Z", true)]
    [InlineData("2025-07-30T00:00:00Z", false)]
    [InlineData("2025-07-30T03:00:00Z", false)]
    [InlineData("2025-10-05T03:00:00Z", true)]
    public void Nobody_is_kept_waiting_from_an_hour_before_an_approved_run_opens(string now, bool may)
    {
        _folder.Prepare();
        var at = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(PurgeDesk.MayWait(Registry, at));

        Registry.SetState(Key, RunState.Approved, _folder.Time.GetUtcNow());

        Assert.Equal(may, PurgeDesk.MayWait(Registry, at));
    }

    [Fact]
    public async Task Two_at_once_are_refused()
    {
        await EndAsync();
        using var other = PurgeLock.TryTake(Data);

        Assert.IsType<PurgeResult.Refused>(Purge());
        Assert.Equal(PurgeState.None, Run.Purge);
    }

    [Fact]
    public async Task The_rule_erases_only_what_was_seen_to_be_due_on_as_many_days_as_persons_are_warned_for()
    {
        await EndAsync();
        var rule = Rule(warnDays: 7);
        Assert.Empty(new PurgeRule(Data, new PrivacySettings(), _folder.Time).Look());

        // The clock is a year ahead: it is announced, and nothing is erased.
        _folder.Time.Advance(TimeSpan.FromDays(365));
        Assert.Empty(rule.Look());
        Assert.Empty(rule.Look());
        Assert.Equal([PurgeStepKind.Announced], Registry.Purges.Read().Select(step => step.Kind));
        for (var day = 1; day < 7; day++)
        {
            _folder.Time.Advance(TimeSpan.FromDays(1));
            Assert.Empty(rule.Look());
            Assert.Empty(rule.Look());
        }

        _folder.Time.Advance(TimeSpan.FromDays(1));
        Assert.IsType<PurgeResult.Done>(Assert.Single(rule.Look()).Result);
    }

    [Fact]
    public async Task What_was_left_is_told_and_gone_through_again_day_by_day_until_nothing_is()
    {
        await EndAsync();
        AddReceipt(1, "phone=84981234561&id=7");
        var file = Path.Combine(Data.Root, "receipts-2025-07.db");
        Execute(file, "insert into oddity (receipt, item, kind, detail) values (1, 0, 'Waiting', '')");
        Purge();
        var rule = Rule(warnDays: 3);
        Assert.Empty(rule.Look());
        var alert = Assert.Single(PurgeCauses.Find(Registry, _folder.Time.GetUtcNow())).Alert;
        Assert.Equal((AlertKind.NumbersDue, Key.ToString()), (alert.Kind, alert.About));

        _folder.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, Assert.IsType<PurgeResult.Done>(Assert.Single(rule.Look()).Result).Left);

        Execute(file, "delete from oddity");
        Assert.Empty(rule.Look());
        _folder.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, Assert.IsType<PurgeResult.Done>(Assert.Single(rule.Look()).Result).Left);
        Assert.Empty(FindNumbers());
        Assert.Empty(PurgeCauses.Find(Registry, _folder.Time.GetUtcNow()));
        _folder.Time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(rule.Look());

        // Erased before its time, it is looked at once when that is over.
        _folder.Time.Advance(TimeSpan.FromDays(90));
        Assert.IsType<PurgeResult.Done>(Assert.Single(rule.Look()).Result);
        Assert.Empty(rule.Look());
    }

    [Fact]
    public void A_test_is_due_as_any_run_from_the_end_of_its_day()
    {
        _folder.Prepare();
        var test = RunKey.OfTest(Key.Campaign, Key.Date, 1);
        Registry.AddRun(
            Run with { Key = test.ToString(), Campaign = test.Campaign, Code = "thu1", State = RunState.Finished },
            _folder.Time.GetUtcNow());
        var due = new DateTimeOffset(2025, 10, 25, 0, 0, 0, TimeSpan.FromHours(7));
        _folder.Time.SetUtcNow(due - TimeSpan.FromTicks(1));
        Rule(warnDays: 4).Look();
        Assert.Empty(Registry.Purges.Read());

        _folder.Time.Advance(TimeSpan.FromTicks(1));
        Rule(warnDays: 4).Look();

        Assert.Equal(test.ToString(), Assert.Single(Registry.Purges.Read()).Run);
    }

    [Fact]
    public async Task Days_on_which_nobody_was_warned_begin_the_warning_anew()
    {
        await EndAsync();
        var rule = Rule(warnDays: 3);
        _folder.Time.Advance(TimeSpan.FromDays(100));
        rule.Look();
        _folder.Time.Advance(TimeSpan.FromDays(3));
        rule.Look();

        Assert.Equal(
            [PurgeStepKind.Announced, PurgeStepKind.Announced],
            Registry.Purges.Read().Select(step => step.Kind));
    }

    [Fact]
    public async Task A_run_goes_on_by_itself_only_where_the_program_has_begun_it()
    {
        await EndAsync();
        Execute(Data.Ledger, $"""
            insert into purge_step
                   (run, code, step, day, key, messages, exclusions, receipts, files, learned, lists, through, seal,
                    kept, person, by_os, reason, at)
            select key, code, 'begun', '2025-08-01', '', 0, 0, 0, 0, 0, 0, 0, '', 1, 'x', 'x', 'x',
                   '2025-08-01T00:00:00.000000Z'
            from   run
            """);
        Assert.Equal(PurgeState.Begun, Run.Purge);

        Assert.IsType<PurgeResult.Refused>(Assert.Single(Rule(warnDays: 3).Look()).Result);

        // Nor does it let a person erase what is under way.
        Execute(Data.Ledger, "update run set state = 'Sending'");
        Assert.Contains("not over", Assert.Single(Assert.IsType<PurgeResult.Refused>(Purge()).Why).En,
            StringComparison.Ordinal);
        Assert.NotEmpty(FindNumbers());
    }

    [Fact]
    public async Task A_rehearsal_that_was_left_and_a_clock_once_far_ahead_stop_nothing()
    {
        await EndAsync();
        _folder.Prepare(simulated: true);
        Execute(Data.Ledger, "update run set state = 'Sending' where simulated");
        var now = _folder.Time.GetUtcNow();
        Registry.RecordClockStep(now, now + TimeSpan.FromDays(9000));
        Registry.RecordClockStep(now + TimeSpan.FromDays(9000), now);
        var rule = Rule(warnDays: 1);
        _folder.Time.Advance(TimeSpan.FromDays(100));
        rule.Look();
        _folder.Time.Advance(TimeSpan.FromDays(1));

        Assert.IsType<PurgeResult.Done>(Assert.Single(rule.Look()).Result);
    }

    [Fact]
    public async Task A_step_of_the_clock_begins_the_warning_anew()
    {
        await EndAsync();
        var rule = Rule(warnDays: 3);
        _folder.Time.Advance(TimeSpan.FromDays(100));
        rule.Look();
        _folder.Time.Advance(TimeSpan.FromDays(1));
        rule.Look();
        var now = _folder.Time.GetUtcNow();
        Registry.RecordClockStep(now, now + TimeSpan.FromHours(5));
        _folder.Time.Advance(TimeSpan.FromDays(1));
        rule.Look();

        Assert.Equal(
            [PurgeStepKind.Announced, PurgeStepKind.Seen, PurgeStepKind.Announced],
            Registry.Purges.Read().Select(step => step.Kind));
    }

    [Fact]
    public async Task One_subscriber_is_found_erased_and_never_planned_again()
    {
        await EndAsync();
        var number = new PhoneNumber(Numbers[0]);
        var desk = new SubjectDesk(Data, _folder.Time);
        Assert.Single(desk.Export(Officer, number, "đơn").Runs);
        var figures = Report().Figures;

        var erased = desk.Erase(Officer, number, "đơn số 1");

        Assert.Equal([Key.ToString()], erased.Erased.Select(run => run.Key));
        Assert.Empty(erased.Waiting);
        Assert.DoesNotContain(FindNumbers(), found => found.Number == number.Msisdn);
        Assert.Equal(figures, Report().Figures);
        Assert.Empty(RunVerification.FindOf(Data, Registry, Run, rows: true));
        Assert.Equal(PurgeState.None, Run.Purge);
        var after = desk.Export(Officer, number, "đơn");
        Assert.True(after.IsErased);
        Assert.True(Assert.Single(Assert.Single(after.Runs).Rows).IsErased);

        _folder.Edit("campaign.yaml", "id: thu-nghiem", "id: thu-khac");
        Assert.Equal(2, _folder.Prepare().Planned!.Audience.Excluded[ExclusionReason.Suppressed]);
        Assert.DoesNotContain(number.Digits, ReadEvents(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("begun")]
    [InlineData("ledger")]
    public async Task Erasing_one_subscriber_is_gone_on_with_where_it_was_cut_off(string at)
    {
        await EndAsync();
        var number = new PhoneNumber(Numbers[0]);
        var killed = new SubjectDesk(Data, _folder.Time)
        {
            Reached = step => _ = step == at ? throw new OperationCanceledException(step) : 0,
        };
        Assert.Throws<OperationCanceledException>(() => killed.Erase(Officer, number, "đơn"));

        Assert.Single(new SubjectDesk(Data, _folder.Time).Erase(Officer, number, "đơn").Erased);

        Assert.DoesNotContain(FindNumbers(), found => found.Number == number.Msisdn);
        Assert.Empty(RunVerification.FindOf(Data, Registry, Run, rows: true));
        Assert.Empty(new SubjectDesk(Data, _folder.Time).Erase(Officer, number, "đơn").Erased);
    }

    [Fact]
    public void A_run_that_is_not_over_keeps_the_number_and_is_named()
    {
        _folder.Prepare();

        var erased = new SubjectDesk(Data, _folder.Time).Erase(Officer, new PhoneNumber(Numbers[0]), "đơn");

        Assert.Equal([Key.ToString()], erased.Waiting.Select(run => run.Key));
        Assert.Empty(erased.Erased);
        Assert.Null(_folder.Prepare(ChangedRun.Refuse).Run); // as the worker asks, and 'send'
        Assert.Equal(2, _folder.Prepare(ChangedRun.PlanAgain).Planned!.Audience.Excluded[ExclusionReason.Suppressed]);
    }

    async Task<int> RunAsync(params string[] arguments)
    {
        using var said = new StringWriter();
        return await CommandLine.RunAsync(
            [.. arguments, "--by", "Nguyễn Văn A", "--reason", "đơn", "--data", Data.Root],
            new Terminal(said, said, Language.Vietnamese, false) { Time = _folder.Time },
            CancellationToken.None);
    }

    PurgeRule Rule(int warnDays) => new(
        Data, new PrivacySettings { Automatic = true, KeepDays = 90, WarnDays = warnDays }, _folder.Time);

    PurgeResult Purge() => Desk.Purge(Officer, Key, "hết hạn lưu");

    /// <summary>Three messages: two are taken, one is refused. One number is excluded as it was refused.</summary>
    async Task EndAsync(bool isPrepared = false)
    {
        if (!isPrepared)
        {
            Assert.NotNull(_folder.Prepare().Run);
            await _folder.SendAsync(Key, Viettel, SendResult.Accepted("84981234561-1"), SendResult.Accepted("b"));
            await _folder.SendAsync(
                Key, Vinaphone, SendResult.Rejected(FailureClass.Number, "84911234563 sai"));
        }
        else
        {
            Execute(
                Data.Run(Key), "insert or replace into state (seq, status, settled_us) select seq, 5, 1 from message");
            SomeRun.Recount(Data.Run(Key));
        }

        Finish();
    }

    void Finish()
    {
        var now = _folder.Time.GetUtcNow();
        Registry.SetState(Key, RunState.Finished, now);
        Registry.RecordEvent(Officer, ReportRecord.Event, ReportRecord.DetailOf(Key, "00"), now);
        Registry.Reports.Add(new ReportSubmission
        {
            Run = Key.ToString(),
            Report = "",
            Document = "1/BC",
            On = new DateOnly(2025, 8, 1),
            RecordedBy = Officer.Person,
            ByOs = Officer.ByOs,
            At = now.ToSql(),
        });
    }

    (string Figures, string Details) Report()
    {
        var folder = Path.Combine(Path.GetDirectoryName(Data.Root)!, "report");
        RunReport.Write(
            RunAddress.OfFile(Data.Run(Key)),
            folder,
            ReportOptions.Of(Language.Vietnamese, unmasked: null, Data, Registry, Run) with { AuditHead = null });
        // What lists numbers: that the rest of the workbook stays as well is FileCheck's (SameButErased).
        string[] listing = ["bao-cao.xlsx", "chi-tiet.csv", "chua-ro.csv", "loai-tru.csv", "kiem-tra.txt"];
        return (
            string.Join("\n", Directory.GetFiles(folder)
                .Where(file => !listing.Contains(Path.GetFileName(file)))
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText)),
            File.ReadAllText(Path.Combine(folder, "chi-tiet.csv")));
    }

    void AddReceipt(long id, string query)
    {
        var path = Path.Combine(Data.Root, "receipts-2025-07.db");
        using var db = SqliteDb.Open(path);
        db.Execute("pragma journal_mode = wal");
        Migrations.Apply(db, TableSet.Receipts);
        db.Execute($"""
            insert into receipt (id, lane, received_us, query, content_type, body)
            values ({id}, 'viettel', 1, '{query}', '', cast('to 0{query[^3..]} 0911234563.' as blob));
            insert or replace into progress (name, id) values ('settled', {id});
            """);
    }

    static void Execute(string path, string sql)
    {
        using var db = SqliteDb.Open(path);
        db.Execute(sql);
    }

    string ReadEvents()
    {
        using var db = SqliteDb.Open(Data.Ledger, readOnly: true);
        return db.ReadText("select group_concat(content) from audit") ?? "";
    }

    /// <summary>The raw bytes of every file: free pages and what lies beside a database too.</summary>
    List<(string File, long Number)> FindNumbers(string except = "\0")
    {
        var found = new List<(string, long)>();
        foreach (var file in Directory.EnumerateFiles(Data.Root, "*", SearchOption.AllDirectories)
            .Concat(Directory.Exists(Data.Marks) ? Directory.EnumerateFiles(Data.Marks) : [])
            .Where(file => !file.Contains(except, StringComparison.Ordinal)))
        {
            var bytes = File.ReadAllBytes(file);
            foreach (var number in Numbers)
            {
                var (integer, digits) = (new byte[8], Encoding.ASCII.GetBytes($"{number}"));
                BinaryPrimitives.WriteInt64BigEndian(integer, number);
                if (bytes.AsSpan().IndexOf(digits.AsSpan(2)) >= 0 // without its country code
                    || bytes.AsSpan().IndexOf(integer.AsSpan(2)) >= 0) // SQLite keeps it in six bytes
                    found.Add((Path.GetFileName(file), number));
            }
        }

        return found;
    }
}
