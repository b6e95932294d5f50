using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Words;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Rows.Run;

/// <summary>A ledger of before, in which words decided: each means what it meant.</summary>
[Trait("Category", "Slow")]
public sealed class OlderLedgerTests : IDisposable
{
    const int Before = 7;

    static readonly ProcessClock Clock = new(
        new FakeTimeProvider(new DateTimeOffset(2025, 7, 30, 3, 0, 0, TimeSpan.Zero)));
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("interrupted", Reason.Interrupted, null)]
    [InlineData("stopped before the answer came", Reason.Stopped, null)]
    [InlineData("window closed before it was answered", Reason.ClosedUnanswered, null)]
    [InlineData("no answer within 15 s", Reason.NoAnswer, null)]
    [InlineData("connection lost: ResponseEnded", Reason.ConnectionLost, null)]
    [InlineData("repeated in vain: HTTP 503", Reason.RepeatedInVain, "HTTP 503")]
    [InlineData("repeated in vain: connection lost: Unknown", Reason.RepeatedInVain, null)]
    [InlineData("repeat refused: HTTP 402", Reason.RepeatRefused, "HTTP 402")]
    [InlineData("HTTP 502", Reason.HttpStatus, "HTTP 502")]
    [InlineData("unknown code 77", Reason.UnknownCode, "code 77")]
    [InlineData("accepted without an id", Reason.WithoutId, null)]
    [InlineData("a success without readable JSON", Reason.Unreadable, null)]
    [InlineData("wrong number of results: 3 for 5 messages", Reason.Unreadable, null)]
    [InlineData("code 999", Reason.None, "code 999")] // a gateway's own
    public async Task An_uncertain_message_is_so_for_the_same_reason(string written, Reason expected, string? code)
    {
        var path = Create(
            $"insert into state (seq, status, attempt, code, settled_us) values "
            + $"({SomeRun.Seq(1)}, 2, 1, '{written}', 5)");

        await using (RunLedger.Open(path, Clock))
        {
        }

        using var resolutions = new RunResolutions(path);
        Assert.Equal(
            (expected, code), Assert.Single(resolutions.Read()) is var message ? (message.Why, message.Code) : default);
    }

    [Fact]
    public async Task What_was_on_its_way_before_lanes_had_owners_is_uncertain_when_the_first_takes_them()
    {
        var path = Create(
            $"insert into attempt (lane, first_seq, last_seq, parts, intent_us) values (1, {SomeRun.Seq(1)}, "
            + $"{SomeRun.Seq(2)}, 2, 10)");

        await using var ledger = RunLedger.Open(path, Clock);

        Assert.Equal((2, 2), (ledger.Interrupted, ledger.Counters.Of(MessageStatus.Uncertain)));
        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(
            (0, 1),
            (db.ReadNumber("select epoch from attempt"), db.ReadNumber("select epoch from lane_owner where lane = 1")));
    }

    [Fact]
    public async Task What_a_crash_cut_off_is_told_from_a_gateway_that_says_the_same_word()
    {
        var path = Create($"""
            insert into attempt (lane, first_seq, last_seq, parts, intent_us, handed_us, answered_us, outcome, note)
            values (1, {SomeRun.Seq(1)}, {SomeRun.Seq(1)}, 1, 10, null, 30, 4, 'interrupted'),
                   (1, {SomeRun.Seq(2)}, {SomeRun.Seq(2)}, 1, 10, 20, 25, 4, 'interrupted')
            """);

        await using var ledger = RunLedger.Open(path, Clock);

        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(
            "1,0", db.ReadText("select group_concat(cut_off, ',') from (select cut_off from attempt order by id)"));
        Assert.Equal(30, ledger.LastHandOver[SomeRun.LaneId]);
    }

    [Fact]
    public async Task Rule_3_only_what_the_program_put_back_may_have_been_sent_whatever_a_person_is_called()
    {
        var path = Create($"""
            insert into state (seq, status, attempt, code, settled_us)
            values ({SomeRun.Seq(1)}, 0, null, 'the gateway drops repeats', 5), ({SomeRun.Seq(2)}, 0, null, 'đối soát', 5), ({SomeRun.Seq(3)}, 0, null, 'not known at the gateway', 5);
            insert into resolution (seq, from_status, to_status, who, reason, at_us)
            values ({SomeRun.Seq(1)}, 2, 0, 'repeats dropped', 'the gateway drops repeats', 5),
                   ({SomeRun.Seq(2)}, 2, 0, 'repeats dropped', 'đối soát', 5),
                   ({SomeRun.Seq(3)}, 2, 0, 'inquiry', 'not known at the gateway', 5)
            """);

        await using var ledger = RunLedger.Open(path, Clock);

        using var reader = ledger.ReadPlanned();
        Assert.Equal(
            [true, false, false],
            reader.ReadPutBack(SomeRun.LaneId, after: 0, 10).Select(each => each.MayBeSentSince is not null));
        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(
            $"3 {(int)Reason.RepeatsDropped},1 {(int)Reason.Person},2 {(int)Reason.NotKnownThere}",
            db.ReadText(
                "select group_concat(by_kind || ' ' || state.reason, ',') from (select * from resolution order by id) "
                + "join state using (seq) where code is null"));
    }

    [Fact]
    public void What_was_tried_counts_as_before()
    {
        var path = Create($"""
            insert into attempt (id, lane, first_seq, last_seq, parts, intent_us, handed_us, answered_us, outcome)
            values (1, 1, {SomeRun.Seq(1)}, {SomeRun.Seq(1)}, 1, 10, 20, 30, 3), (2, 1, {SomeRun.Seq(1)}, {SomeRun.Seq(1)}, 1, 40, 50, 60, 3);
            insert into tried (seq, attempt, handed_us, answered_us, deferral, note)
            values ({SomeRun.Seq(1)}, 1, 20, 30, 3, 'HTTP 503'), ({SomeRun.Seq(1)}, 2, 50, 60, 4, 'connection lost: ResponseEnded')
            """);
        using (var db = SqliteDb.Open(path))
            Migrations.Apply(db, TableSet.Run);

        Assert.Equal(
            new EarlierTries(SomeRun.Seq(1), Counted: 2, First: 20, MayBeSent: true, Reason.ConnectionLost),
            Assert.Single(RunLedger.ReadTries(path)));
    }

    [Fact]
    public void A_report_has_gateways_codes_under_their_heading_and_our_words_under_ours()
    {
        var path = Create($"""
            insert into state (seq, status, attempt, failure, code, settled_us)
            values ({SomeRun.Seq(1)}, 7, null, null, 'window closed', 5), ({SomeRun.Seq(2)}, 7, null, null, 'missed start', 5),
                   ({SomeRun.Seq(3)}, 6, null, 1, 'code 5', 5), ({SomeRun.Seq(4)}, 6, null, 7, 'no connection: ConnectionError', 5)
            """);

        var options = new ReportOptions(Language.Vietnamese);
        var files = RunReport.Write(RunAddress.OfFile(path), _folder.File("report"), options).Files;

        var rows =
            File.ReadAllLines(files.Single(file => file.EndsWith("chi-tiet.csv", StringComparison.Ordinal)))[1..5];
        Assert.Contains(",chưa gửi (còn lại),,,hết khung giờ gửi,", rows[0], StringComparison.Ordinal);
        Assert.Contains(",chưa gửi (còn lại),,,lỡ giờ bắt đầu gửi,", rows[1], StringComparison.Ordinal);
        Assert.Contains(",thất bại,số không nhận được tin,mã 5,,", rows[2], StringComparison.Ordinal);
        Assert.Contains(
            ",thất bại,lỗi cổng nhắn tin,,không kết nối được tới nhà mạng,", rows[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, "no connection: ConnectionError", HoldCause.NoConnection, ": the gateway cannot be reached")]
    [InlineData(
        10,
        "session refused right after the login: HTTP 401, 3 times in a row",
        HoldCause.SessionRefused,
        ": the gateway lets the account log in but does not know the session it has just given")]
    [InlineData(10, "HTTP 401: the account is not let in", HoldCause.NotLetIn, ": the account is not let in")]
    [InlineData(10, "HTTP 403", HoldCause.NotLetIn, ": the account is not let in")]
    [InlineData(10, "HTTP 402: the account has no money", HoldCause.NoMoney, ": the account has no money")]
    [InlineData(8, "HTTP 404: the address is wrong", HoldCause.WrongAddress, ": the gateway's address is wrong")]
    [InlineData(7, "HTTP 503", HoldCause.OutOfService, ": the gateway is out of service")]
    [InlineData(3, "HTTP 429", HoldCause.AsSaid, " (HTTP 429)")]
    [InlineData(10, "code 5", HoldCause.AsSaid, " (code 5)")]
    public void A_lane_was_held_for_the_same_cause(int kind, string written, HoldCause cause, string said)
    {
        var path = Create(
            $"insert into hold (lane, kind, from_us, until_us, reason, rate) values (1, "
            + $"{kind}, 10, null, '{written}', 100)");

        var change = Assert.Single(LaneHistory.ReadLatest(path, 10)["viettel"]);

        Assert.Equal((cause, written, null), (change.Cause, change.Reason, change.Limit));
        Assert.Contains(said, LaneChangeWords.Of(change, null, RateUnit.Parts).En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("100000 parts/day", 100_000, RateUnit.Parts, LimitPeriod.Day)]
    [InlineData("60 requests/minute", 60, RateUnit.Requests, LimitPeriod.Minute)]
    [InlineData("5 messages/second", 5, RateUnit.Messages, LimitPeriod.Second)]
    public void The_quota_that_was_used_up_is_the_same(string written, long most, RateUnit of, LimitPeriod per)
    {
        var path = Create(
            $"insert into hold (lane, kind, from_us, until_us, reason, rate) values (1, 6, 10, 20, '{written}', 100)");

        var change = Assert.Single(LaneHistory.ReadLatest(path, 10)["viettel"]);

        Assert.Equal(new QuotaUsed(most, of, per), change.Limit);
        Assert.Equal(HoldCause.AsSaid, change.Cause);
    }

    [Fact]
    public void A_stopped_lane_is_stopped_for_the_same_cause()
    {
        var data = new DataFolder(_folder.Path);
        using (var db = SqliteDb.Open(data.Ledger))
        {
            foreach (var version in Enumerable.Range(1, 8))
                db.Execute(ReadScript(version, "Ledger"));
            db.Execute(
                "pragma user_version = 8; insert into lane_stop (lane, at, reason) values ('a', "
                + "'2025-07-30T01:00:00.000Z', 'HTTP 403: the account is not let in'), ('b', "
                + "'2025-07-30T01:00:00.000Z', 'code 5')");
        }

        Assert.Equal(
            [HoldCause.NotLetIn, HoldCause.AsSaid], Ledgers.OpenRegistry(data).Stops.Read().Select(stop => stop.Cause));
    }

    [Fact]
    public void A_ledger_from_before_commands_takes_them_up()
    {
        var data = new DataFolder(_folder.Path);
        using (var db = SqliteDb.Open(data.Ledger))
        {
            foreach (var version in Enumerable.Range(1, 9))
                db.Execute(ReadScript(version, "Ledger"));
            db.Execute(
                "pragma user_version = 9; insert into lane_stop (lane, at, reason) values ('a', "
                + "'2025-07-30T01:00:00.000Z', 'code 5')");
        }

        var registry = Ledgers.OpenRegistry(data);
        var id = registry.Commands.Ask(
            new CommandOrder("resume-lane", null, "{}", "{}", Who.Here("B")), Clock.Time.GetUtcNow());

        Assert.Equal(id, Assert.Single(registry.Commands.ReadOpen()).Id);
        Assert.Equal("a", Assert.Single(registry.Stops.Read()).Lane);
    }

    /// <returns>Path of a ledger of the schema before, with four messages and what
    /// <paramref name="rows"/> adds.</returns>
    string Create(string rows)
    {
        var path = _folder.File("runs/older.db");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var db = SqliteDb.Open(path);
        foreach (var version in Enumerable.Range(1, Before))
            db.Execute(ReadScript(version));
        db.Execute($"pragma user_version = {Before}");
        db.Execute($"""
            insert into run_info values ('key', 'some/2025-07-30'), ('code', '{SomeRun.Code}'), ('sender', 'CHINH PHU'), ('text:chinh', 'Tin');
            insert into source values (1, 'thue-bao.csv', '00', 4);
            insert into segment values (1, 'toan-tinh', 'chinh', 1, 4);
            insert into carrier values (1, 'viettel', 'Viettel');
            insert into area values (1, '');
            insert into lane values (1, 'viettel', 100, 'Parts', 'Handset', 3600, '330', '{"{}"}');
            insert into batch (id, lane, carrier, segment, first_seq, last_seq, parts) values (1, 1, 1, 1, {SomeRun.Seq(1)}, {SomeRun.Seq(4)}, 1);
            """);
        foreach (var position in Enumerable.Range(1, 4))
            db.Execute(
                $"insert into message values ({SomeRun.Seq(position)}, "
                + $"{SomeRun.Number(position)}, 1, 1, 3, 1, {position})");
        db.Execute(rows);
        return path;
    }

    static string ReadScript(int version, string set = "Run")
    {
        var assembly = typeof(RunLedger).Assembly;
        var name = assembly.GetManifestResourceNames()
            .Single(each => each.EndsWith(
                string.Create(CultureInfo.InvariantCulture, $".Migrations.{set}.{version:000}.sql"),
                StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
