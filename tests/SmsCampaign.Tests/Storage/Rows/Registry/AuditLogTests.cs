using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Rows.Registry;

public sealed class AuditLogTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2025, 7, 1, 2, 0, 0, TimeSpan.Zero);
    static readonly RunKey Key = new("dak-lak-2025", new DateOnly(2025, 7, 30), false);

    readonly TempFolder _folder = new();
    readonly DataFolder _data;
    readonly RegistryRows _registry;

    public AuditLogTests()
    {
        _data = new DataFolder(_folder.Path);
        _registry = Ledgers.OpenRows(_data);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_record_stands_in_a_chain_that_holds()
    {
        WriteRecords();

        var report = _registry.Audit.Verify(ledgers: true);

        Assert.Empty(report.Findings);
        Assert.Null(_registry.Audit.KeyTrouble);
        Assert.Equal(
            "start approval void approval void decision event lane-stop lane-go resolution".Split(' '),
            Read("select kind from audit order by id"));
        Assert.Equal(report.Head, _registry.Audit.Head);
        Assert.Equal(10, report.Head.Row);
    }

    [Fact]
    public void A_ledger_that_cannot_be_read_is_a_finding_and_the_other_records_are_compared()
    {
        WriteRecords();
        var damaged = _folder.Write("runs/damaged.db", "not a ledger, whatever it was");
        _registry.AddRun(
            new RunRecord
            {
                Key = Key.ToString(),
                Campaign = Key.Campaign,
                Date = "2025-07-30",
                Code = "a",
                State = RunState.Finished,
                File = "runs/damaged.db",
                CampaignFile = "campaign.yaml",
                Definition = "",
                DefinitionHash = "a",
                AudienceHash = "b",
                PlanHash = "c",
            },
            Now);

        var report = _registry.Audit.Verify(ledgers: true);

        Assert.Contains(
            $"the ledger {damaged} cannot be read", Assert.Single(report.Findings).En, StringComparison.Ordinal);
        Assert.Null(report.Broken);
    }

    [Theory]
    [InlineData("update approval set hash = '99' where id = 1", "approval 1: changed")]
    [InlineData("update approval set approved_by = 'B' where id = 2", "approval 2: changed")]
    [InlineData(
        "update approval set voided_at = null, void_reason_vi = null, void_reason_en = null where id = 2",
        "approval 2: void by row")]
    [InlineData("update approval set void_reason_en = 'x' where id = 1", "approval 1: void by row")]
    [InlineData(
        "insert into approval (campaign, date, hash, approved_by, at) values ('c', null, '11', 'A', "
            + "'2025-07-01T02:00:00.0000000Z')",
        "approval 3: not in the chain")]
    [InlineData("delete from approval where id = 1", "approval 1: stands in row")]
    [InlineData("update decision set reason_en = 'x'", "decision 1: changed")]
    [InlineData(
        "insert into decision (campaign, date, due_at, at, what, reason_vi, reason_en) select campaign, date, due_at, "
            + "at, 'fired', '', '' from decision",
        "decision 2: not in the chain")]
    [InlineData("delete from decision", "decision 1: stands in row")]
    [InlineData("update event set who = 'B'", "event 1: changed")]
    [InlineData("update event set by_os = 'root@x'", "event 1: changed")]
    [InlineData("delete from event", "event 1: stands in row")]
    [InlineData("insert into event (at, who, what, detail) values ('x', 'y', 'z', '')", "event 2: not in the chain")]
    [InlineData("update audit_start set approval = 5", "starting mark")]
    public void A_record_that_was_changed_added_or_taken_out_is_named(string attack, string found)
    {
        WriteRecords();
        Forge(attack);

        Assert.Contains(found, _registry.Audit.Verify(ledgers: true).Findings[0].En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update submission set by_account = 'khac'", "submission 1: changed")]
    [InlineData("update submission set hash = '22'", "submission 1: changed")]
    [InlineData("delete from submission", "submission 1: stands in row")]
    [InlineData(
        "insert into submission (campaign, date, every_year, hash, definition, definition_hash, audience_hash, "
            + "plan_hash, seal, submitted_by, by_kind, by_account, by_os, at) select campaign, date, 0, hash, '', '', "
            + "'', '', '', 'B', 'os', 'b', 'b@x', at from submission",
        "submission 2: not in the chain")]
    [InlineData("update rejection set reason = 'x'", "rejection 1: changed")]
    [InlineData("update rejection set kind = 'Withdrawn'", "rejection 1: changed")]
    [InlineData("delete from rejection", "rejection 1: stands in row")]
    [InlineData("update revocation set revoked_by = 'B'", "revocation 1: changed")]
    [InlineData("delete from revocation", "revocation 1: stands in row")]
    [InlineData("update approval set submission = null where id = 2", "approval 2: changed")]
    [InlineData("update approval set by_account = 'khac' where id = 2", "approval 2: changed")]
    [InlineData("update approval set by_kind = '' where id = 2", "approval 2: changed")]
    [InlineData("update approval set reason = 'x' where id = 2", "approval 2: changed")]
    [InlineData("update approval set replaced_by = 9 where id = 1", "approval 1: void by row")]
    [InlineData("update approval set revoked_by = null where id = 2", "approval 2: void by row")]
    public void What_two_persons_did_is_held_to_the_chain_as_well(string attack, string found)
    {
        WriteTwoPersons();
        Assert.Empty(_registry.Audit.Verify(ledgers: true).Findings);
        Assert.Equal(
            "start submission rejection approval void approval revocation void".Split(' '),
            Read("select kind from audit order by id"));

        Forge(attack);

        Assert.Contains(found, _registry.Audit.Verify(ledgers: true).Findings[0].En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "insert into approval (campaign, date, hash, approved_by, at, by_kind, by_account, submission) "
            + "select campaign, date, hash, 'B', at, 'os', 'b', 1 from submission")]
    [InlineData("update submission set by_account = 'khac'; update approval set by_account = 'b' where id = 1")]
    [InlineData("update approval set submission = 2 where id = 1")]
    public void Nobody_who_writes_the_database_alone_makes_an_approval_one_of_two(string attack)
    {
        _registry.Submissions.Add(Submission() with { Identity = Officer });
        _registry.Submissions.Add(Submission());
        _registry.Approve(Approval("11") with { Identity = Officer, SubmissionId = 1 });

        Forge(attack);

        Assert.DoesNotContain(_registry.ReadApprovals(), approval => approval is { Stands: true, IsByTwo: true });
    }

    [Fact]
    public void A_ledger_of_before_there_were_submissions_opens_and_its_approval_stands_by_one()
    {
        var folder = new DataFolder(_folder.File("before"));
        Directory.CreateDirectory(folder.Root);
        AuditKey.TryCreate(folder.AuditKey);
        var key = AuditKey.Read(folder.AuditKey, out _)!;
        using (var db = SqliteDb.Open(folder.Ledger))
        {
            for (var version = 1; version <= 10; version++)
                db.Execute(File.ReadAllText(Repository.PathOf($"{Scripts}/{version:000}.sql")));
            var at = Now.ToSql();
            db.Execute("pragma user_version = 10");
            db.Run($"""
                insert into approval (campaign, date, hash, approved_by, at, by_os, voided_at, void_reason_vi, void_reason_en)
                values ({Key.Campaign}, {Key.DateText}, '11', 'A', {at}, 'a@x', {at}, 'vì', 'why'),
                       ({Key.Campaign}, {Key.DateText}, '22', 'A', {at}, 'a@x', null, null, null)
                """);
            var chain = new (string Kind, string Ref, string Content)[]
            {
                ("start", "", "[0,0,0]"),
                ("approval", "1", $"""[1,"{Key.Campaign}","{Key.DateText}","11","A",null,"{at}","a@x"]"""),
                ("void", "1", $"""[1,"{at}","vì","why"]"""),
                ("approval", "2", $"""[2,"{Key.Campaign}","{Key.DateText}","22","A",null,"{at}","a@x"]"""),
            };
            var before = "";
            for (var id = 1; id <= chain.Length; id++)
            {
                var (kind, reference, content) = chain[id - 1];
                before = new AuditRow
                {
                    Id = id,
                    At = at,
                    Kind = kind,
                    Ref = reference,
                    Content = content,
                    Key = key.Fingerprint,
                }.HashAfter(before, key);
                db.Run($"""
                    insert into audit
                    values ({id}, {at}, {kind}, {reference}, {content}, {key.Fingerprint}, {before})
                    """);
            }
        }

        var older = Ledgers.OpenRows(folder);

        Assert.Empty(older.Audit.Verify(ledgers: true).Findings);
        var approval = older.FindApproval("dak-lak-2025", Key.Date)!;
        Assert.Equal(("22", false, null), (approval.Hash, approval.IsByTwo, approval.Identity));
        Assert.Empty(older.Submissions.Read());

        older.Approve(Approval("33") with { Identity = Officer, Reason = "sửa" });
        Assert.Empty(older.Audit.Verify(ledgers: true).Findings);
        Assert.Equal("33", older.FindApproval("dak-lak-2025", Key.Date)!.Hash);
    }

    [Theory]
    [InlineData("update audit set content = replace(content, 'Nguyễn Văn A', 'B') where id = 2", 2)]
    [InlineData("update audit set at = 'x' where id = 5", 5)]
    [InlineData("update audit set kind = 'event' where id = 6", 6)]
    [InlineData("update audit set key = '' where id = 4", 4)]
    [InlineData("delete from audit where id = 3", 3)]
    [InlineData("delete from audit where id = 3; update audit set id = id - 1 where id > 3", 3)]
    [InlineData(
        "update audit set id = 99 where id = 7; update audit set id = 7 where id = 8; "
            + "update audit set id = 8 where id = 99",
        7)]
    [InlineData("insert into audit select 11, at, kind, '9', content, key, hash from audit where id = 2", 11)]
    public void The_first_row_of_the_chain_that_does_not_fit_is_named(string attack, long row)
    {
        WriteRecords();
        Forge(attack);

        var report = _registry.Audit.Verify(ledgers: true);

        Assert.Equal(row, report.Broken);
        Assert.Contains($"breaks at row {row} ", Assert.Single(report.Findings).En, StringComparison.Ordinal);
    }

    [Fact]
    public void An_approval_that_was_written_past_the_program_is_none()
    {
        _registry.Approve(Approval("11"));
        _registry.VoidApproval(1, new Wording("tệp đã đổi", "file changed"), Now);
        Forge(
            "insert into approval (campaign, date, hash, approved_by, at) values ('dak-lak-2025', '2025-07-30', '11', "
            + "'Nguyễn Văn A', '2025-07-01T02:00:00.0000000Z')");

        Assert.Null(_registry.FindApproval("dak-lak-2025", Key.Date));
        Assert.False(_registry.ReadApprovals("dak-lak-2025")[0].IsWitnessed);
    }

    [Fact]
    public void An_approval_whose_row_of_the_chain_was_written_without_the_key_is_none()
    {
        _registry.Approve(Approval("11"));
        Forge("""
            insert into approval (campaign, date, hash, approved_by, at) values ('dak-lak-2025', '2025-07-30', '22', 'A', '2025-07-01T02:00:00.0000000Z');
            update approval set voided_at = null;
            delete from audit where kind = 'void'
            """);
        var content = Read(
            "select json_array(id, campaign, date, hash, approved_by, document, at, "
            + "by_os) from approval where id = 2")[0];
        var before = _registry.Audit.Head;
        var row = new AuditRow
        {
            Id = before.Row + 1,
            At = "2025-07-01",
            Kind = "approval",
            Ref = "2",
            Content = content,
            Key = "",
        };
        Forge(
            $"insert into audit values ({row.Id}, '{row.At}', 'approval', '2', '{content}', '', "
            + $"'{row.HashAfter(before.Hash, null)}')");

        Assert.Equal("11", _registry.FindApproval("dak-lak-2025", Key.Date)!.Hash);
        Assert.Contains(
            "1 row of the chain was written without a key",
            _registry.Audit.Verify(ledgers: true).Findings[0].En,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_approval_that_was_void_stays_so_when_its_mark_is_taken_away()
    {
        _registry.Approve(Approval("11"));
        _registry.VoidApproval(1, new Wording("tệp đã đổi", "file changed"), Now);
        Forge("update approval set voided_at = null, void_reason_vi = null, void_reason_en = null");

        Assert.Null(_registry.FindApproval("dak-lak-2025", Key.Date));
    }

    [Fact]
    public void A_key_that_is_gone_is_told_and_not_made_up()
    {
        WriteRecords();
        _registry.Approve(Approval("33"));
        File.Delete(_data.AuditKey);

        _registry.RecordEvent("Nguyễn Văn A", "resume", "lane x", Now);

        Assert.False(File.Exists(_data.AuditKey));
        Assert.Null(_registry.FindApproval("dak-lak-2025", Key.Date));
        Assert.Contains("is not there", _registry.Audit.KeyTrouble!.Value.En, StringComparison.Ordinal);
        Assert.NotEmpty(_registry.Audit.Verify(ledgers: true).Findings);
    }

    [Fact]
    public void Another_key_is_told_and_what_it_did_not_write_does_not_stand()
    {
        _registry.Approve(Approval("11"));
        File.WriteAllText(_data.AuditKey, new string('k', 40));

        Assert.Null(_registry.FindApproval("dak-lak-2025", Key.Date));
        Assert.Contains(
            "not the one that wrote its last row", _registry.Audit.KeyTrouble!.Value.En, StringComparison.Ordinal);

        _registry.Approve(Approval("22"));
        Assert.Equal("22", _registry.FindApproval("dak-lak-2025", Key.Date)!.Hash);
        Assert.Null(_registry.Audit.KeyTrouble);
        Assert.Contains(
            "cannot be checked", _registry.Audit.Verify(ledgers: true).Findings[0].En, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_key_is_made_before_anything_is_recorded_under_it()
    {
        Assert.Null(_registry.Audit.FindMissingKey());
        Assert.True(File.Exists(_data.AuditKey));

        WriteRecords();
        File.Delete(_data.AuditKey);

        Assert.Contains(
            "is not there. No new one is made", _registry.Audit.FindMissingKey()!.Value.En, StringComparison.Ordinal);
        Assert.False(File.Exists(_data.AuditKey));
    }

    [Fact]
    public void A_first_key_that_cannot_be_made_is_told()
    {
        Directory.CreateDirectory(_data.AuditKey);

        Assert.Contains("it could not be made", _registry.Audit.FindMissingKey()!.Value.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_could_be_guessed_is_none()
    {
        File.WriteAllText(_data.AuditKey, "s3cret");
        _registry.Approve(Approval("11"));

        Assert.Null(_registry.FindApproval("dak-lak-2025", Key.Date));
        Assert.Contains("shorter than", _registry.Audit.KeyTrouble!.Value.En, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_is_made_once_where_it_is_named_and_readable_by_its_owner_alone()
    {
        var elsewhere = new DataFolder(Path.Combine(_folder.Path, "other"))
        {
            AuditKey = Path.Combine(_folder.Path, "named.key"),
        };
        Ledgers.OpenRows(elsewhere).Approve(Approval("11"));

        Assert.False(File.Exists(Path.Combine(elsewhere.Root, "audit.key")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(elsewhere.AuditKey));
    }

    [Fact]
    public void A_lane_that_was_let_go_on_past_the_program_is_named()
    {
        _registry.Stops.Add(new LaneStop("viettel", Now, "HTTP 401"));
        Forge("delete from lane_stop");

        Assert.Contains(
            "Lane 'viettel': stopped by row 2",
            _registry.Audit.Verify(ledgers: true).Findings[0].En,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update lane_stop set kind = 1")] // the program's fault in place of the account's
    [InlineData("update lane_stop set cause = 3")]
    [InlineData("update lane_stop set reason = 'x'")]
    public void A_lane_stop_that_was_changed_is_named(string attack)
    {
        _registry.Stops.Add(new LaneStop("viettel", Now, "HTTP 401"));
        Assert.Empty(_registry.Audit.Verify(ledgers: true).Findings);
        Forge(attack);

        Assert.Contains(
            "Lane 'viettel': stopped by row 2",
            _registry.Audit.Verify(ledgers: true).Findings[0].En,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("insert into lane_stop (lane, at, reason) values ('vnpt', '2025-06-01T02:00:00.0000000Z', 'code 5')")]
    [InlineData(
        "insert into lane_stop (lane, at, reason) values ('vnpt', 'x', 'code 5'); update audit_start set decision = 1")]
    [InlineData("insert into lane_stop (lane, at, reason) values ('vnpt', '2025-07-01T03:00:00.0000000Z', 'code 5')")]
    public void A_lane_stop_that_the_program_did_not_write_is_named(string attack)
    {
        _registry.Approve(Approval("11"));
        Forge(attack);

        Assert.Contains(_registry.Audit.Verify(ledgers: true).Findings, finding =>
            finding.En.StartsWith("Lane 'vnpt': is stopped, which the chain does not say", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("insert into lane_stop values ('vnpt', '2025-07-01T03:00:00.0Z', 'code 5', 0, 0)", "vnpt", "was not")]
    [InlineData("update lane_stop set reason = 'x'", "viettel", "was changed")]
    [InlineData("insert into lane_stop values ('zalo', '2025-07-01T02:00:00.0Z', 'r', 0, 0)", "zalo", "was lifted")]
    public void A_lane_stop_past_the_program_is_told_where_stops_are_read(string attack, string lane, string told)
    {
        _registry.Approve(Approval("11"));
        _registry.Stops.Add(new LaneStop("viettel", Now, "HTTP 401"));
        _registry.Stops.Add(new LaneStop("zalo", Now, "r"));
        Assert.True(_registry.Stops.Remove("zalo", Now));
        Assert.All(_registry.Stops.Read(), stop => Assert.Null(stop.Unreadable));
        Forge(attack);

        var odd = Assert.Single(_registry.Stops.Read(), stop => stop.Unreadable is not null);
        Assert.Equal(lane, odd.Lane);
        Assert.Contains(told, odd.Unreadable!.Value.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lane_stop_of_before_the_chain_is_told_and_no_fault()
    {
        Forge("""
            insert into decision (campaign, date, due_at, at, what, reason_vi, reason_en)
            values ('c', '2025-06-30', '2025-06-30T02:00:00.0000000Z', '2025-06-30T02:00:00.0000000Z', 'fired', '', '');
            update audit_start set decision = 1;
            insert into lane_stop (lane, at, reason) values ('vnpt', '2025-06-30T02:00:00.0000000Z', 'code 5')
            """);
        _registry.RecordEvent("Nguyễn Văn A", "resume", "lane x", Now);

        var report = _registry.Audit.Verify(ledgers: true);

        Assert.Null(Assert.Single(_registry.Stops.Read()).Unreadable);
        Assert.Empty(report.Findings);
        Assert.Contains(report.Notes, note =>
            note.En.StartsWith("Lane 'vnpt': it was stopped before there was a chain", StringComparison.Ordinal));
    }

    [Fact]
    public void A_lane_stop_of_before_its_kind_was_among_it_holds()
    {
        _registry.Approve(Approval("11"));
        using (var db = SqliteDb.Open(_data.Ledger))
        {
            db.Transact(() =>
            {
                db.Execute("insert into lane_stop (lane, at, reason, kind, cause) values ('viettel', 'x', 'y', 1, 0)");
                _registry.Audit.Append(db, "lane-stop", "viettel", """["viettel","x","y"]""", "x");
            });
        }

        Assert.Empty(_registry.Audit.Verify(ledgers: true).Findings);
    }

    [Fact]
    public void A_chain_that_has_not_begun_has_0_for_its_head() => Assert.Equal("0", _registry.Audit.Head.ToString());

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // the approval that took its place is gone with it
    public void An_older_copy_of_the_ledger_revives_no_approval_that_was_voided(bool replaced)
    {
        _registry.Approve(Approval("11"));
        using (var db = SqliteDb.Open(_data.Ledger))
            db.CopyTo(_folder.File("copy.db"));
        if (replaced)
            _registry.Approve(Approval("22"));
        else
            _registry.VoidApproval(
                1, new Wording("chiến dịch được phê duyệt cho ngày khác", "approved for another date"), Now);

        foreach (var beside in LedgerPlace.Beside)
            File.Delete(_data.Ledger + beside);
        File.Copy(_folder.File("copy.db"), _data.Ledger, overwrite: true);
        var older = Ledgers.OpenRows(_data);

        Assert.Null(older.FindApproval("dak-lak-2025", Key.Date));
        var revived = Assert.Single(older.ReadApprovals());
        Assert.True(revived is { IsRevived: true, VoidedAt: null });
        Assert.Contains("'approve'", revived.Revived.Vi, StringComparison.Ordinal);

        older.Approve(Approval("11")); // by a person, again
        Assert.NotNull(older.FindApproval("dak-lak-2025", Key.Date));
        Assert.Empty(older.Audit.Verify(ledgers: true).Findings);
    }

    [Fact]
    public void A_line_torn_by_a_kill_spoils_no_approval_voided_after_it()
    {
        _registry.Approve(Approval("11"));
        using (var db = SqliteDb.Open(_data.Ledger))
            db.CopyTo(_folder.File("copy.db"));
        Directory.CreateDirectory(_data.Marks);
        File.WriteAllText(Path.Combine(_data.Marks, "approvals.void"), "3f2a");
        _registry.VoidApproval(
            1, new Wording("chiến dịch được phê duyệt cho ngày khác", "approved for another date"), Now);

        foreach (var beside in LedgerPlace.Beside)
            File.Delete(_data.Ledger + beside);
        File.Copy(_folder.File("copy.db"), _data.Ledger, overwrite: true);

        Assert.True(Assert.Single(Ledgers.OpenRows(_data).ReadApprovals()).IsRevived);
    }

    [Fact]
    public void What_is_from_before_the_chain_is_told_and_no_fault_but_no_approval_among_it_stands()
    {
        // As a ledger of the version before looks once it is opened.
        Forge("""
            insert into approval (campaign, date, hash, approved_by, at) values ('dak-lak-2025', '2025-07-30', '11', 'A', '2025-07-01T02:00:00.0000000Z');
            update audit_start set approval = 1
            """);
        _registry.RecordEvent("Nguyễn Văn A", "resume", "lane x", Now);

        var report = _registry.Audit.Verify(ledgers: true);
        Assert.Empty(report.Findings);
        Assert.Contains("from before there was a chain", Assert.Single(report.Notes).En, StringComparison.Ordinal);
        Assert.Null(_registry.FindApproval("dak-lak-2025", Key.Date));
    }

    void WriteRecords()
    {
        _registry.Approve(Approval("11"));
        _registry.Approve(Approval("22"));
        _registry.VoidApproval(2, new Wording("tệp đã đổi", "file changed"), Now);
        _registry.Record(new Decision(Key, Now, Now, DecisionKind.Held, new Wording("vì", "because")));
        _registry.RecordEvent("Nguyễn Văn A", "report-unmasked", "x", Now);
        _registry.Stops.Add(new LaneStop("viettel", Now, "HTTP 401"));
        _registry.Stops.Remove("viettel", Now);
        _registry.Witness(Key, PersonsResolution.Of(1, MessageStatus.Failed, "A", "đối soát", [3, 1], "an@may"), Now);
    }

    const string Scripts = "src/SmsCampaign/Storage/Migrations/Ledger";

    static readonly Identity Officer = new(IdentityKind.Os, "an");

    void WriteTwoPersons()
    {
        _registry.Submissions.Add(Submission());
        _registry.Submissions.Reject(new Rejection
        {
            Submission = 1,
            RejectedBy = "B",
            Identity = Officer,
            ByOs = "an@x",
            Reason = "sai",
            At = Now.ToSql(),
        });
        _registry.Approve(Approval("11") with { Identity = Officer });
        _registry.Approve(Approval("22") with { Identity = Officer, SubmissionId = 2, Reason = "sửa" });
        _registry.Revoke(Key, [2], new Who("C", "an", "x"), "dừng", Now);
    }

    static Submission Submission() => new()
    {
        Campaign = Key.Campaign,
        Date = Key.DateText,
        Hash = "11",
        Definition = "id: x",
        DefinitionHash = "a",
        AudienceHash = "b",
        PlanHash = "c",
        Seal = "{}",
        SubmittedBy = "Trần B",
        Identity = new Identity(IdentityKind.Os, "binh"),
        ByOs = "binh@may",
        At = Now.ToSql(),
    };

    static Approval Approval(string hash) => new()
    {
        Campaign = "dak-lak-2025",
        Date = "2025-07-30",
        Hash = hash,
        ApprovedBy = "Nguyễn Văn A",
        At = Now.ToSql(),
    };

    void Forge(string sql)
    {
        using var db = SqliteDb.Open(_data.Ledger);
        db.Execute(sql);
    }

    List<string> Read(string sql)
    {
        using var db = SqliteDb.Open(_data.Ledger, readOnly: true);
        using var rows = db.Prepare(sql);
        var texts = new List<string>();
        while (rows.Step())
            texts.Add(rows.Text(0)!);
        return texts;
    }
}
