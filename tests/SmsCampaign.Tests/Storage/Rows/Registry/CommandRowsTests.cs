using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Rows.Registry;

/// <summary>What the audit chain bears out of the table command, and what of it is not gone by.</summary>
public sealed class CommandRowsTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2025, 7, 30, 3, 0, 0, TimeSpan.Zero);
    static readonly Who Officer = new("Trần Thị B", "b", "cong-van") { Behind = "an" };
    static readonly CommandAnswer Done = new(CommandOutcome.Done, new Wording("xong", "done"));

    static readonly CommandOrder Order = new(
        "extend-window",
        new RunKey("dak-lak-2025", new DateOnly(2025, 7, 30), Simulated: false),
        """{"Until":"21:00","Reason":"lãnh đạo yêu cầu"}""",
        """{"Day":"2025-07-30","Closes":"20:00"}""",
        Officer);

    readonly TempFolder _folder = new();
    readonly DataFolder _data;
    readonly IRegistry _registry;

    public CommandRowsTests() => (_data, _registry) =
        (new DataFolder(_folder.Path), Ledgers.OpenRegistry(new DataFolder(_folder.Path)));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_asked_and_answered_is_borne_out()
    {
        Assert.Null(Ask().Unvouched);

        _registry.Commands.Answer(1, Done, Now);

        Assert.Null(_registry.Commands.Find(1)!.Unvouched);
        Assert.Empty(_registry.Commands.ReadForged(Now));
        Assert.Empty(_registry.Audit.Verify(ledgers: false).Findings);
        Assert.Equal(
            "start,command,command-answer",
            Read("select group_concat(kind) from (select kind from audit order by id)"));
    }

    [Theory]
    [InlineData("command", "audit")]
    [InlineData("audit", "command")]
    public void One_stands_in_both_or_in_neither(string failing, string other)
    {
        _registry.Commands.Answer(Ask().Id, Done, Now);
        var before = Read($"select count(*) from {other}");
        Execute($"create trigger killed before insert on {failing} begin select raise(abort, 'killed'); end");

        Assert.ThrowsAny<LedgerException>(() => _registry.Commands.Ask(Order, Now));

        Assert.Equal(before, Read($"select count(*) from {other}"));
        Assert.Empty(_registry.Commands.ReadOpen());
    }

    [Fact]
    public void One_whose_answer_is_not_in_the_chain_is_not_answered()
    {
        Ask();
        Execute("create trigger killed before insert on audit begin select raise(abort, 'killed'); end");

        Assert.ThrowsAny<LedgerException>(() => _registry.Commands.Answer(1, Done, Now));

        Assert.Null(Assert.Single(_registry.Commands.ReadOpen()).Unvouched);
    }

    /// <summary>Every column that says what was asked, on what, by whom and when.</summary>
    [Theory]
    [InlineData("kind = 'test-send'")]
    [InlineData("run = 'khac/2025-07-30'")]
    [InlineData("run = null")]
    [InlineData("arguments = replace(arguments, '21:00', '22:00')")]
    [InlineData("seen = replace(seen, '20:00', '21:00')")]
    [InlineData("person = 'Nguyễn Văn A'")]
    [InlineData("account = 'a'")]
    [InlineData("host = 'noi-khac'")]
    [InlineData("behind = null")]
    [InlineData("asked_at = '2025-07-31T03:00:00.000Z'")]
    public void One_that_was_changed_is_not_gone_by(string change)
    {
        Ask();

        Execute($"update command set {change}");

        AssertForged(1, Vouching.Changed, "đã bị sửa sau khi ghi");
        AssertFound("command 1: changed after it was written");
    }

    [Fact]
    public void One_under_another_number_is_not_gone_by()
    {
        Ask();

        Execute("update command set id = 7");

        AssertForged(7, Vouching.Missing, "không do chương trình ghi");
        AssertFound("command 7: not in the chain");
        AssertFound("command 1: stands in row");
    }

    [Fact]
    public void A_copy_is_not_gone_by_and_the_one_it_was_copied_from_is()
    {
        Ask();

        Execute("""
            insert into command (run, kind, arguments, seen, person, account, host, behind, asked_at)
            select run, kind, arguments, seen, person, account, host, behind, asked_at from command
            """);

        AssertForged(2, Vouching.Missing, "không do chương trình ghi");
        Assert.Null(_registry.Commands.Find(1)!.Unvouched);
    }

    /// <summary>Whoever can write the table can write the chain's as well, but not with the key.</summary>
    [Fact]
    public void One_with_a_row_in_the_chain_that_was_not_written_with_the_key_is_not_gone_by()
    {
        Ask();
        Execute("""
            insert into command (run, kind, arguments, seen, person, account, host, behind, asked_at)
            select run, kind, arguments, seen, person, account, host, behind, asked_at from command;
            insert into audit (id, at, kind, ref, content, key, hash)
            select id + 1, at, kind, '2', replace(content, '[1,', '[2,'), key, hash from audit where kind = 'command'
            """);

        AssertForged(2, Vouching.Missing, "không do chương trình ghi");
    }

    [Fact]
    public void One_that_was_made_to_look_unanswered_is_not_done_again()
    {
        Ask();
        _registry.Commands.Answer(1, Done, Now);

        Execute("update command set answered_at = null, outcome = null, answer_vi = null, answer_en = null");

        AssertForged(1, Vouching.Over, "đã được trả lời theo chuỗi kiểm toán");
        AssertFound("command 1: its answer is not what the chain says");

        // Refused, it still says so.
        _registry.Commands.Answer(
            1, new CommandAnswer(CommandOutcome.Refused, new Wording("không", "no")), Now);
        Assert.Equal(1, Assert.Single(_registry.Commands.ReadForged(Now)).Id);
        Assert.Empty(_registry.Commands.ReadForged(Now.AddSeconds(1)));
    }

    [Theory]
    [InlineData("update command set answer_vi = 'không'")]
    [InlineData("update command set outcome = 'failed'")]
    public void An_answer_that_was_changed_is_found(string change)
    {
        Ask();
        _registry.Commands.Answer(1, Done, Now);

        Execute(change);

        AssertFound("command 1: its answer is not what the chain says");
    }

    [Fact]
    public void One_that_was_taken_out_is_found_and_its_number_is_not_given_again()
    {
        Ask();
        Ask();

        Execute("delete from command where id = 2");

        AssertFound("command 2: stands in row");
        Assert.Equal((3, null), (Ask().Id, _registry.Commands.Find(3)!.Unvouched));
    }

    [Fact]
    public void Where_the_key_is_gone_nothing_is_gone_by_and_nobody_is_said_to_have_forged_it()
    {
        Ask();
        File.Delete(_data.AuditKey);

        var unvouched = Assert.Single(_registry.Commands.ReadOpen()).Unvouched!;

        Assert.Equal((Vouching.NoKey, false), (unvouched.Why, unvouched.IsForged));
        Assert.Contains("audit.keyFile", unvouched.Words.Vi, StringComparison.Ordinal);
        EnglishWords.AssertNone(unvouched.Words.Vi.Replace("extend-window", "", StringComparison.Ordinal));
    }

    /// <summary>A word of whoever wrote it is not shown.</summary>
    [Fact]
    public void A_kind_that_is_no_word_is_not_shown()
    {
        Ask();
        Execute("update command set kind = 'Gọi 0961234567'");

        Assert.StartsWith(
            "Yêu cầu số 1 trong ledger.db đã bị sửa", _registry.Commands.Find(1)!.Unvouched!.Words.Vi,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_earlier_version_left_unanswered_is_to_be_asked_again_and_nothing_is_found_wrong()
    {
        var older = OpenOlder();

        var unvouched = Assert.Single(older.Commands.ReadOpen()).Unvouched!;
        Assert.Equal((Vouching.Older, false), (unvouched.Why, unvouched.IsForged));
        Assert.Contains("hãy yêu cầu lại bằng lệnh", unvouched.Words.Vi, StringComparison.Ordinal);
        Assert.Empty(older.Audit.Verify(ledgers: false).Findings);

        older.Commands.Answer(2, new CommandAnswer(CommandOutcome.Refused, unvouched.Words), Now);
        Assert.Empty(older.Commands.ReadForged(DateTimeOffset.UnixEpoch));
        var id = older.Commands.Ask(Order, Now);
        Assert.Equal((3, null), (id, older.Commands.Find(id)!.Unvouched));
        Assert.Empty(older.Audit.Verify(ledgers: false).Findings);
    }

    /// <summary>From the first command on the chain says where those of before end.</summary>
    [Fact]
    public void What_is_written_past_the_program_is_not_made_an_earlier_version_s()
    {
        var older = OpenOlder();
        older.Commands.Ask(Order, Now);
        Execute(
            """
            insert into command (run, kind, arguments, seen, person, account, host, asked_at)
            select run, kind, arguments, seen, person, account, host, asked_at from command where id = 3;
            update audit_start set command = 9
            """,
            "older");

        Assert.Equal(Vouching.Missing, older.Commands.Find(4)!.Unvouched!.Why);
        var findings = older.Audit.Verify(ledgers: false).Findings.Select(finding => finding.En).ToList();
        Assert.Contains("The chain's starting mark (audit_start) was changed.", findings);
        Assert.Contains("command 4: not in the chain; the program did not write it.", findings);
    }

    /// <summary>As the version before left it: one command done, another not taken up.</summary>
    IRegistry OpenOlder()
    {
        var folder = new DataFolder(_folder.File("older"));
        Directory.CreateDirectory(folder.Root);
        using (var db = SqliteDb.Open(folder.Ledger))
        {
            for (var version = 1; version <= 17; version++)
            {
                db.Execute(File.ReadAllText(Repository.PathOf(
                    $"src/SmsCampaign/Storage/Migrations/Ledger/{version:000}.sql")));
            }

            db.Execute("""
                pragma user_version = 17;
                insert into command (kind, arguments, seen, person, account, host, asked_at, outcome, answered_at)
                values ('heed-orders', '{}', '{}', 'B', 'b', 'x', '2025-07-29T03:00:00.000Z', 'done', '2025-07-29T03:00:00.000Z'),
                       ('heed-orders', '{}', '{}', 'B', 'b', 'x', '2025-07-29T04:00:00.000Z', null, null)
                """);
        }

        return Ledgers.OpenRegistry(folder);
    }

    AskedCommand Ask() => _registry.Commands.Find(_registry.Commands.Ask(Order, Now))!;

    void AssertForged(long id, Vouching why, string words)
    {
        var forged = Assert.Single(_registry.Commands.ReadForged(Now), command => command.Id == id);
        Assert.Equal((why, true), (forged.Unvouched!.Why, forged.Unvouched.IsForged));
        Assert.Contains(words, forged.Unvouched.Words.Vi, StringComparison.Ordinal);
        Assert.Contains(_registry.Commands.ReadOpen(), command => command == forged);
    }

    void AssertFound(string finding) => Assert.Contains(
        _registry.Audit.Verify(ledgers: false).Findings,
        each => each.En.StartsWith(finding, StringComparison.Ordinal));

    void Execute(string sql, string folder = "")
    {
        using var db = SqliteDb.Open(new DataFolder(_folder.File(folder)).Ledger);
        db.Execute(sql);
    }

    string? Read(string sql)
    {
        using var db = SqliteDb.Open(_data.Ledger, readOnly: true);
        return db.ReadText(sql);
    }
}
