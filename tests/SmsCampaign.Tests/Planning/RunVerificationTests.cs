using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Tests.Planning;

public sealed class RunVerificationTests : IDisposable
{
    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_ledger_gives_the_hashes_again_that_its_plan_had()
    {
        var preparation = _folder.Prepare();

        Assert.Equal(
            preparation.Planned!.Seal.Parts,
            Ledgers.RunAt(RunAddress.OfFile(_folder.Ledger())).ReadSeal(CancellationToken.None).Parts);
        Assert.Contains("messages:1", preparation.Planned.Seal.Parts.Keys);
        Assert.Contains("exclusions", preparation.Planned.Seal.Parts.Keys);
        Assert.Empty(Verify(preparation.Planned.ApprovedHash));
        Assert.Equal(preparation.Planned.ApprovedHash, _folder.Check().Planned!.ApprovedHash);
    }

    [Theory]
    [InlineData("update run_info set value = 'Mua ngay' where name = 'text:chung'", "the text of the message 'chung'")]
    [InlineData("update run_info set value = 'VIETCOMBANK' where name = 'sender'", "the sender")]
    [InlineData("update run_info set value = '00:00-23:59' where name = 'window'", "the window")]
    [InlineData("update run_info set value = '2025-07-31' where name = 'date'", "the run's key or code")]
    [InlineData("update run_info set value = '100' where name = 'tries'", "'tries' of the run")]
    [InlineData("update run_info set value = 'khac/2025-07-30' where name = 'key'", "the run's key or code")]
    [InlineData("insert into run_info values ('fallback', '1')", "'fallback' of the run")]
    [InlineData(
        "insert into run_info values ('text:khac', 'Mua ngay'); update segment set message = 'khac'",
        "the text of the message 'khac'; segment 1")]
    [InlineData("update message set number = 84912000000 where seq = (select min(seq) from message)", "the audience")]
    [InlineData("delete from message where seq = (select max(seq) from message)", "the audience")]
    [InlineData("update message set seq = seq + 100 where seq = (select max(seq) from message)", "the audience")]
    [InlineData(
        "insert into message select seq + 1, 84912000000, segment, area, rule, source, line from message "
            + "order by seq desc limit 1",
        "the audience")]
    [InlineData(
        "insert into message select (14 << 28) + 1, 84912000000, segment, area, rule, source, "
            + "line from message limit 1",
        "the audience")]
    [InlineData("update message set segment = segment + 65536", "the audience")]
    [InlineData("update exclusion set number = 84912000000 where id = 1", "the exclusions or the audience's sources")]
    [InlineData("update lane set settings = replace(settings, '127.0.0.1', '10.0.0.1') where id = 1", "lane 1")]
    [InlineData("update lane set rate = rate + 1 where id = 2", "lane 2")]
    [InlineData("update batch set lane = 2", "the plan's batches")]
    [InlineData("update batch set parts = parts + 1", "the plan's batches")]
    [InlineData(
        "insert into route (seq, lane, batch, parts, why, code, at_us) select first_seq, lane, "
            + "id % 2 + 1, 1, 2, 'x', 1 from batch",
        "what was moved to other lanes")] // to get another segment's text
    [InlineData(
        "insert into route (seq, lane, batch, parts, why, code, at_us) select first_seq, lane, "
            + "id, 0, 2, 'x', 1 from batch",
        "what was moved to other lanes")] // to cost the contract nothing
    [InlineData(
        "insert into route (seq, lane, batch, parts, why, code, at_us) select first_seq, lane, id, "
            + "parts + 1, 2, 'x', 1 from batch",
        "what was moved to other lanes")] // to slow the lane and cost more
    [InlineData(
        "create trigger t after insert on attempt begin update message set number = 84912000000; end",
        "the ledger's schema (schema:trigger t)")]
    [InlineData(
        "alter table message rename to hidden; create view message as select * from hidden",
        "the ledger's schema (schema:table); the ledger's schema (schema:view message)")]
    public void Whatever_is_changed_in_a_runs_ledger_is_found_and_named(string attack, string found)
    {
        var approved = _folder.Prepare().Planned!.ApprovedHash;
        Forge(_folder.Ledger(), attack);

        Assert.Equal(found, string.Join("; ", Verify(approved).Select(difference => difference.En)));
    }

    [Fact]
    public void A_row_of_the_description_that_cannot_be_read_is_told_beside_what_differs()
    {
        var approved = _folder.Prepare().Planned!.ApprovedHash;
        Forge(_folder.Ledger(), "update run_info set value = 'ten' where name = 'tries'");

        var found = Verify(approved);

        Assert.Equal("'tries' of the run", found[0].En);
        Assert.StartsWith(
            "thu-nghiem-2025-07-30.db, table run_info, row tries: 'ten' is no whole number.",
            found[1].En,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_moved_with_the_parts_that_its_lane_counts_fits_the_approval()
    {
        var approved = _folder.Prepare().Planned!.ApprovedHash;
        Forge(_folder.Ledger(), "insert into route (seq, lane, batch, parts, why, code, at_us) select first_seq, lane, "
            + "id, parts, 2, 'x', 1 from batch");

        Assert.Empty(Verify(approved));
    }

    [Fact]
    public void One_approval_serves_every_year_of_a_yearly_campaign()
    {
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "yearly: 30/7");
        _folder.Edit("campaign.yaml", "reportBy: 2025-09-30", "reportBy: 30/9");

        var first = _folder.Check(date: new DateOnly(2025, 7, 30)).Planned!;
        var second = _folder.Check(date: new DateOnly(2026, 7, 30)).Planned!;

        Assert.Equal(first.ApprovedHash, second.ApprovedHash);
    }

    [Fact]
    public void What_sending_writes_into_a_ledger_changes_nothing_of_it()
    {
        var approved = _folder.Prepare().Planned!.ApprovedHash;
        Forge(_folder.Ledger(), """
            insert into attempt (lane, first_seq, last_seq, parts, intent_us) select 1, min(seq), min(seq), 1, 1 from message;
            insert into state (seq, status, settled_us) select max(seq), 3, 1 from message;
            update batch set done_us = 1;
            insert into run_info values ('receipts_through', '7 0 0')
            """);

        Assert.Empty(Verify(approved));
    }

    [Theory]
    [InlineData(
        "update run set definition = replace(definition, '20:00', '23:59')",
        "the campaign file's text kept in ledger.db")]
    [InlineData("update run set definition = 'x: 1'", "the campaign file's text kept in ledger.db")]
    [InlineData("update run set code = 'zzzzzzzz'", "the run's key or code")]
    public void Whatever_is_changed_of_a_run_in_the_registry_is_found_and_named(string attack, string found)
    {
        var approved = _folder.Prepare().Planned!.ApprovedHash;
        Forge(_folder.Data.Ledger, attack);

        Assert.Equal(found, Assert.Single(Verify(approved)).En);
    }

    [Fact]
    public void A_forged_ledger_whose_seal_was_forged_with_it_is_not_what_was_approved()
    {
        var approved = _folder.Prepare().Planned!.ApprovedHash;
        Forge(_folder.Ledger(), "update run_info set value = 'Mua ngay' where name = 'text:chung'");
        var seal = Ledgers.RunAt(RunAddress.OfFile(_folder.Ledger())).ReadSeal(CancellationToken.None).ToText();
        Forge(_folder.Data.Ledger, $"update run set seal = '{seal}'");

        Assert.Contains("what was approved", Assert.Single(Verify(approved)).En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_an_older_program_is_held_with_that_reason()
    {
        var approved = _folder.Prepare().Planned!.ApprovedHash;
        Forge(_folder.Data.Ledger, "update run set seal = ''");

        Assert.Contains("older program", Assert.Single(Verify(approved)).En, StringComparison.Ordinal);
    }

    [Fact]
    public void Planning_again_replaces_a_forged_ledger_of_which_nothing_was_sent()
    {
        var first = _folder.Prepare();
        Forge(_folder.Ledger(), "update run_info set value = 'Mua ngay' where name = 'text:chung'");

        var second = _folder.Prepare(ChangedRun.PlanAgain);

        Assert.False(second.Run!.Reused);
        Assert.Equal(first.Planned!.ApprovedHash, second.Planned!.ApprovedHash);
        Assert.Empty(Verify(first.Planned.ApprovedHash));
    }

    [Fact]
    public void Planning_again_leaves_a_forged_ledger_alone_of_which_something_was_sent()
    {
        _folder.Prepare();
        Forge(_folder.Ledger(), """
            update run_info set value = 'Mua ngay' where name = 'text:chung';
            insert into attempt (lane, first_seq, last_seq, parts, intent_us) select 1, min(seq), min(seq), 1, 1 from message
            """);

        var second = _folder.Prepare(ChangedRun.PlanAgain);

        Assert.Null(second.Run);
        Assert.Contains(
            "the text of the message 'chung'", Assert.Single(second.Problems).What.En, StringComparison.Ordinal);
    }

    IReadOnlyList<Wording> Verify(string approved) =>
        RunVerification.Find(
            _folder.Data,
            Assert.Single(Ledgers.OpenRegistry(_folder.Data).ReadRuns()),
            approved,
            CancellationToken.None);

    static void Forge(string file, string sql)
    {
        using var db = SqliteDb.Open(file);
        db.Execute(sql);
    }
}
