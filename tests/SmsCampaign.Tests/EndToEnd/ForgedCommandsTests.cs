using System.Text.Json;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>Who may write ledger.db, and no more, asks the real worker for something by plain SQL.</summary>
[Trait("Category", "Slow")]
public sealed class ForgedCommandsTests
{
    const string Phone = "0960000001";

    static readonly IReadOnlyList<OfficeLane> Lanes = [new("viettel", 84_960_000_001, 5, 100)];

    [Fact]
    public async Task The_window_is_not_extended_by_sql_and_still_is_by_the_officer()
    {
        await using var office = await Office.OpenAsync(Lanes);
        File.WriteAllText(office.CampaignFile, File.ReadAllText(office.CampaignFile)
            .Replace("to: \"23:59\"", "to: \"20:00\"", StringComparison.Ordinal)
            .Replace("from: \"00:00\"", "from: \"19:58\"", StringComparison.Ordinal)); // not before the test is over
        await office.ApproveAsync();
        await using var worker = office.Start("worker");
        await worker.SaidAsync("Dịch vụ gửi đang chạy");

        Ask(
            office,
            "extend-window",
            office.Key,
            """{"Until":"21:00","Reason":"lãnh đạo yêu cầu"}""",
            $$"""{"Day":"{{office.Today:yyyy-MM-dd}}","Closes":"20:00"}""");
        await UntilAnsweredAsync(office, worker);

        Assert.Equal("refused", Answer(office));
        Assert.Equal("0", Read(office, "select count(*) from window_extension"));
        await worker.SaidAsync(
            "REFUSED: Command 1 ('extend-window') in ledger.db was not written by the program: the audit chain does "
            + "not have it");
        Assert.Equal("1", Read(office, "select count(*) from alert where kind = 'record-damaged' and over_at is null"));
        var status = await office.RunAsync("status");
        Assert.Equal(1, status.ExitCode);
        Assert.Contains(
            "Yêu cầu số 1 ('extend-window') trong ledger.db không do chương trình ghi",
            Shown.Flat(status.Output + status.Errors),
            StringComparison.Ordinal);
        var verified = await office.RunAsync("audit", "verify");
        Assert.Equal(1, verified.ExitCode);
        Assert.Contains(
            "yêu cầu số 1 với dịch vụ gửi: không có trong chuỗi", verified.Errors, StringComparison.Ordinal);

        var extended = await office.RunAsync(
            "extend", Office.CampaignId, "--until", "21:00", "--by", "Trần Thị B", "--reason", "lãnh đạo yêu cầu");
        Assert.True(extended.ExitCode == 0, $"{extended}");
        Assert.Equal("done", Answer(office));
        Assert.Equal("21:00", Read(office, "select closes from window_extension"));
    }

    [Fact]
    public async Task No_test_leaves_by_sql_and_the_same_one_does_where_it_is_asked()
    {
        await using var office = await Office.OpenAsync(Lanes);
        office.WriteCampaign(office.Today.AddDays(1));
        await office.ApproveAsync();
        await using var worker = office.Start("worker");
        await worker.SaidAsync("Dịch vụ gửi đang chạy");
        var installation = Path.Combine(Path.GetDirectoryName(office.CampaignFile)!, "smscampaign.json");
        var planning = new TestPlanning(office.Data, TimeProvider.System);
        var plan = planning.Plan(new TestRequest(office.CampaignFile, installation, [Phone], []));
        Assert.True(planning.TryWrite(plan));
        var (test, asked) = (
            Assert.Single(plan.Tests).Key, JsonSerializer.Serialize(TimeProvider.System.GetUtcNow()));
        var arguments =
            $$"""{"Installation":{{JsonSerializer.Serialize(installation)}},"At":{{asked}},"OutsideHours":true}""";

        Ask(office, "test-send", test, arguments, "{}");
        await UntilAnsweredAsync(office, worker);

        Assert.Equal("refused", Answer(office));
        Assert.Equal(0, office.MessagesSeen());

        Ledgers.OpenRegistry(office.Data).Commands.Ask(
            new CommandOrder("test-send", test, arguments, "{}", Who.Here("Trần Thị B")),
            TimeProvider.System.GetUtcNow());
        await worker.UntilAsync(() => office.MessagesSeen() == 1 && Answer(office) == "done");
    }

    [Fact]
    public async Task Send_says_at_its_own_terminal_what_it_refuses_and_sends_on()
    {
        const int subscribers = 150;
        await using var office = await Office.OpenAsync([new OfficeLane("viettel", 84_960_000_001, subscribers, 50)]);
        await office.ApproveAsync();
        await using var send = office.Start("send", office.CampaignFile);
        await send.UntilAsync(() => office.MessagesSeen() >= 10);

        Ask(office, "heed-orders", office.Key, "{}", "{}");

        await send.SaidAsync("Yêu cầu số 1 ('heed-orders') trong ledger.db không do chương trình ghi");
        await send.UntilAsync(() => office.MessagesSeen() == subscribers);
        Assert.Equal(0, office.Network.Stats().PhonesWithMoreThanOne);
    }

    [Theory]
    [InlineData(OrderKind.Cancel)]
    [InlineData(OrderKind.End)]
    public async Task Called_off_by_sql_a_run_is_held_and_goes_on_to_its_end_once_a_person_lets_it(OrderKind kind)
    {
        const int subscribers = 300;
        await using var office = await Office.OpenAsync([new OfficeLane("viettel", 84_960_000_001, subscribers, 50)]);
        await office.ApproveAsync();
        await using var worker = office.Start("worker");
        await worker.UntilAsync(() => office.MessagesSeen() >= 30);

        using (var db = SqliteDb.Open(office.Data.Ledger))
        {
            db.Run($"""
                insert into standing_order (kind, run, at, person, account, host, reason)
                values ({(int)kind}, {office.Key.ToString()}, {TimeProvider.System.GetUtcNow()}, 'Trần Thị B', 'b', 'cong-van', 'x')
                """);
        }

        await worker.SaidAsync("Order 1 of what is sent in ledger.db was not written by the program");
        var status = await office.RunAsync("status", Office.CampaignId);
        Assert.Equal(1, status.ExitCode);
        Assert.Contains(
            "Lệnh số 1 về việc đang gửi trong ledger.db không do chương trình ghi",
            Shown.Flat(status.Output + status.Errors),
            StringComparison.Ordinal);
        Assert.InRange(office.MessagesSeen(), 30, subscribers - 1);
        Assert.Equal(RunState.Sending, Ledgers.OpenRegistry(office.Data).Find(office.Key)!.State);

        var resumed = await office.RunAsync(
            "resume", Office.CampaignId, "--by", "Trần Thị B", "--reason", "không ai hủy");
        Assert.True(resumed.ExitCode == 0, $"{resumed}");
        await worker.UntilAsync(() => office.MessagesSeen() == subscribers);
        Assert.Equal(0, office.Network.Stats().PhonesWithMoreThanOne);
    }

    /// <summary>By SQL, as the program writes it.</summary>
    static void Ask(Office office, string kind, RunKey run, string arguments, string seen)
    {
        using var db = SqliteDb.Open(office.Data.Ledger);
        db.Run($"""
            insert into command (run, kind, arguments, seen, person, account, host, asked_at)
            values ({run.ToString()}, {kind}, {arguments}, {seen}, 'Trần Thị B', 'b', 'cong-van', {TimeProvider.System.GetUtcNow()})
            """);
    }

    static Task UntilAnsweredAsync(Office office, ProgramUnderTest worker) =>
        worker.UntilAsync(() => Answer(office) is not null);

    static string? Answer(Office office) => Read(office, "select outcome from command order by id desc limit 1");

    static string? Read(Office office, string sql)
    {
        using var db = SqliteDb.Open(office.Data.Ledger, readOnly: true);
        return db.ReadText(sql);
    }
}
