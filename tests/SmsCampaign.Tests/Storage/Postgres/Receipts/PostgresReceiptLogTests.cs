using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Storage.Postgres.Receipts;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Tests.Storage.Receipts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Postgres.Receipts;

/// <summary>Receipts are kept in PostgreSQL as in every kind, and by several nodes at once.</summary>
public sealed class PostgresReceiptLogTests : ReceiptLogContract
{
    /// <summary>Seconds: no test is about how long it takes.</summary>
    const int Patient = 60;

    static readonly DateTimeOffset EndOfJune = new(2026, 6, 30, 23, 59, 0, TimeSpan.FromHours(7));

    readonly string _database = PostgresServer.Shared.CreateDatabase();
    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(EndOfJune);
    readonly PostgresPlace _place;

    public PostgresReceiptLogTests() => _place = PostgresPlace.Of(new PostgresAddress(_database));

    protected override IReceiptLog Open(DataFolder data, ProcessClock clock, bool simulated) =>
        new PostgresReceiptLog(_place, data, clock, simulated);

    protected override IKeptReceipts Look(DataFolder data) => new PostgresKeptReceipts(_place);

    public override void Dispose()
    {
        _place.Dispose();
        _folder.Dispose();
        base.Dispose();
    }

    [Fact]
    public async Task A_data_folder_that_has_its_ledgers_in_PostgreSQL_has_its_receipts_there()
    {
        var data = new DataFolder(_folder.File("a")) { Postgres = new PostgresAddress(_database) };
        await using (var log = Ledgers.OpenReceipts(data, new ProcessClock(_time)))
            await log.AppendAsync("viettel", "1");

        Assert.Equal(
            "sms_campaign_receipts.receipt_2026_06",
            Assert.Single(Ledgers.ReceiptsOf(data).ReadMonths(simulated: false)).Name);
        Assert.Equal(1, ReadNumber("select count(*) from receipt_2026_06"));
    }

    /// <summary>Who reads on from an id would never look for it again.</summary>
    [Fact]
    public async Task What_is_committed_late_with_a_lower_id_is_not_passed()
    {
        await using var log = Node("a");
        await log.AppendAsync("viettel", "1");
        await using var other = await OpenAsync();
        await using var late = await other.BeginTransactionAsync();
        await RunAsync(other, $"""
            select pg_advisory_xact_lock({ReceiptAppender.LockOf(Tables.Schema)});
            update sms_campaign_receipts.progress set id = 2 where name = 'given';
            insert into sms_campaign_receipts.receipt
            select 2, 'vnpt', received_us, '', '', '2' from sms_campaign_receipts.receipt
            """);

        var appended = log.AppendAsync("viettel", "3");
        while (ReadNumber("select count(*) from pg_locks where not granted") == 0)
            await Task.Yield();
        Assert.Equal(["1"], Texts(log.Read(0)));
        Assert.False(appended.IsCompleted);

        await late.CommitAsync();
        await appended;
        Assert.Equal(["2", "3"], Texts(log.Read(1)));
    }

    [Fact]
    public async Task Several_nodes_append_at_once_and_one_that_follows_reads_all_in_order()
    {
        const int each = 300;
        await using var one = Node("a");
        await using var another = Node("b");
        await using var third = Node("c");
        using var done = new CancellationTokenSource();
        var follows = Task.Run(() =>
        {
            var read = new List<RawReceipt>();
            while (!done.IsCancellationRequested || read.Count < 3 * each)
                read.AddRange(third.Read(read is [.., var last] ? last.Id : 0));
            return read;
        });

        await Task.WhenAll(new[] { one, another, third }.SelectMany((log, node) => Enumerable.Range(0, each).Select(
            async at =>
            {
                await Task.Yield();
                if (at == each / 2)
                    _time.Advance(TimeSpan.FromMinutes(1)); // and the first to come in July come at once
                await log.AppendAsync("viettel", $"{node} {at}");
            })));
        await done.CancelAsync();

        var all = await follows;
        Assert.Equal(Enumerable.Range(1, 3 * each).Select(id => (long)id), all.Select(raw => raw.Id));
        Assert.Equal(3 * each, Texts(all).Distinct().Count());
        Assert.Equal(
            ["2026-06", "2026-07"],
            Look(Data("a")).ReadMonths(simulated: false).Select(month => $"{month.Month}"));
    }

    [Fact]
    public async Task What_another_node_appends_wakes_who_waits()
    {
        await using var one = Node("a");
        await using var another = Node("b");
        var changed = another.Changed;

        await one.AppendAsync("viettel", "1");

        await changed.WaitAsync(Patience.ForAnything); // no time passes by which it would ask
    }

    [Fact]
    public async Task Where_the_server_cannot_tell_it_is_asked_each_second()
    {
        await using var one = Node("a");
        await using var another = Node("b", listens: false);
        var changed = another.Changed;
        await one.AppendAsync("viettel", "1");

        while (!changed.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Who_listened_listens_again_when_the_connection_was_lost()
    {
        await using var one = Node("a");
        await using var another = Node("b");
        _ = another.Changed;
        while (await CutAsync("receipts") == 0)
            await Task.Yield();

        for (var at = 1; at <= 2; at++)
        {
            var changed = another.Changed;
            await one.AppendAsync("viettel", $"{at}");
            while (!changed.IsCompleted)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
        }

        while (ReadNumber("""
            select count(*) from pg_stat_activity
            where  datname = current_database() and application_name = 'sms-campaign receipts'
            """) == 0)
            _time.Advance(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_connection_that_was_lost_is_made_anew_and_what_was_sent_is_sent_again()
    {
        await using var log = Node("a");
        await log.AppendAsync("viettel", "1");
        Assert.NotEqual(0, await CutAsync(""));

        await log.AppendAsync("viettel", "2");

        Assert.NotEqual(0, await CutAsync(""));
        Assert.Equal(["1", "2"], Texts(log.Read(0)));
        Assert.NotEqual(0, await CutAsync(""));
        await log.AdvanceAsync(2);
        Assert.NotEqual(0, await CutAsync(""));
        Assert.Equal(2, log.ReadProgress());
    }

    /// <summary>As a replica that was promoted before the last had come to it.</summary>
    [Theory]
    [InlineData("at the start")]
    [InlineData("in use")]
    [InlineData("in use, of others")]
    public async Task Where_the_server_has_lost_the_last_ids_go_on_beyond_and_it_is_said(string when)
    {
        var told = new List<DamagedReceipts>();
        var log = Node("a");
        await using var other = Node("b");
        await log.AppendAsync("viettel", "1");
        await (when == "in use, of others" ? other : log).AppendAsync("viettel", "2");
        await log.AdvanceAsync(2);
        Execute("delete from receipt where id > 1; update progress set id = 1");
        if (when == "at the start")
        {
            await log.DisposeAsync();
            log = Node("a");
            told.AddRange(log.Damaged);
        }

        log.Alarm = told.Add;
        _time.Advance(TimeSpan.FromSeconds(10));
        await log.AppendAsync("viettel", "3");

        Assert.Equal([(1L, "1"), (3L, "3")], log.Read(0).Select(raw => raw.Id).Zip(Texts(log.Read(0))));
        Assert.Equal("sms_campaign_receipts", Assert.Single(told).File);
        var missing = Assert.Single(Look(Data("a")).ReadMissing(simulated: false));
        Assert.Contains("MISSING", missing.Words.En, StringComparison.Ordinal);
        Assert.Contains("THIẾU", missing.Words.Vi, StringComparison.Ordinal);
        Assert.Equal(log.Find(1)!.ReceivedAt, missing.Since);
        await log.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_missing_where_all_is_there()
    {
        await using (var log = Node("a"))
            await log.AppendAsync("viettel", "1");
        await using (var other = Node("b"))
            await other.AppendAsync("viettel", "2");

        await using var again = Node("a");
        Assert.Empty(again.Damaged);
        Assert.Empty(Look(Data("a")).ReadMissing(simulated: false));
    }

    [Theory]
    [InlineData(true, "on")] // whatever the server is set to
    [InlineData(false, "off")]
    public async Task A_receipt_is_on_disk_when_it_is_kept(bool flushes, string expected)
    {
        var data = new DataFolder(_folder.File("a")) { Flushes = flushes };
        await using var log = new PostgresReceiptLog(_place, data, new ProcessClock(_time), patience: Patient);
        await using (var connection = await OpenAsync())
            await RunAsync(connection, """
                create table sms_campaign.seen (how text);
                create function sms_campaign.see() returns trigger language plpgsql as '
                begin
                    insert into sms_campaign.seen values (current_setting(''synchronous_commit''));
                    return null;
                end';
                create trigger see after insert on sms_campaign_receipts.receipt
                    for each statement execute function sms_campaign.see();
                do 'begin execute format(''alter role %I set synchronous_commit = off'', current_user); end'
                """);
        NpgsqlConnection.ClearAllPools();
        Assert.NotEqual(0, await CutAsync(""));

        await log.AppendAsync("viettel", "1");

        using var db = Tables.Open();
        Assert.Equal(expected, db.ReadText("select max(how) from sms_campaign.seen"));
    }

    [Fact]
    public async Task What_no_text_can_hold_fails_nothing()
    {
        await using var log = Node("a");

        await log.AppendAsync("viettel", "b\0dy", query: "a=\0&b=\ud800&c=😀", contentType: "text\0");

        var kept = Assert.Single(log.Read(0));
        Assert.Equal(("a=\ufffd&b=\ufffd&c=😀", "text\ufffd"), (kept.Query, kept.ContentType));
        Assert.Equal("b\0dy"u8.ToArray(), kept.Body);
    }

    PostgresTables Tables => _place.Receipts(simulated: false);

    /// <summary>A machine of the cluster has a folder of its own.</summary>
    PostgresReceiptLog Node(string name, bool listens = true) =>
        new(_place, Data(name), new ProcessClock(_time), patience: Patient, listens: listens);

    DataFolder Data(string node) => new(_folder.File(node));

    async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Ends connections of the program whose name ends so.</summary>
    /// <returns>How many.</returns>
    async Task<long> CutAsync(string name)
    {
        await using var connection = await OpenAsync();
        await using var cut = new NpgsqlCommand($"""
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where  datname = current_database() and application_name like 'sms-campaign%{name}' and query <> ''
            """, connection);
        return (long)(await cut.ExecuteScalarAsync())!;
    }

    static async Task RunAsync(NpgsqlConnection connection, FormattableString sql) =>
        await RunAsync(connection, sql.ToString(CultureInfo.InvariantCulture));

    static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    long? ReadNumber(string sql)
    {
        using var db = Tables.Open();
        return db.ReadNumber(sql);
    }

    void Execute(string sql)
    {
        using var db = Tables.Open();
        db.Execute(sql);
    }

    static IReadOnlyList<string> Texts(IEnumerable<RawReceipt> raw) =>
        [.. raw.Select(each => System.Text.Encoding.UTF8.GetString(each.Body))];
}
