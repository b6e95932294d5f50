using System.Diagnostics;
using Microsoft.Extensions.Logging;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.App.Worker;
using SmsCampaign.Conduct;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.App.Worker;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>What the process that sends does with commands that somebody wrote to ledger.db past the program.</summary>
public sealed class ForgedCommandTests : IAsyncDisposable
{
    static readonly DateTimeOffset Now = new(2025, 7, 30, 12, 0, 0, TimeSpan.Zero); // 19:00 in Vietnam
    static readonly string Stopped = $$"""{"At":"{{Now.ToSql()}}","Reason":"HTTP 401"}""";
    static readonly Who Officer = new("Trần Thị B", "b", "cong-van") { Behind = "an" };

    /// <summary>Of each kind one that is done where the program has asked it.</summary>
    static readonly Dictionary<string, CommandOrder> Orders = new CommandOrder[]
    {
        new("resume-lane", null, """{"Lane":"viettel"}""", Stopped, Officer),
        new(
            "extend-window",
            WorkerCase.Key(),
            """{"Until":"21:00","Reason":"x"}""",
            """{"Day":"2025-07-30","Closes":"20:00"}""",
            Officer),
        new("heed-orders", null, "{}", "{}", Officer),
        new("test-send", WorkerCase.Key(), """{"Installation":"x","OutsideHours":true}""", "{}", Officer),
    }.ToDictionary(order => order.Kind);

    readonly WorkerCase _run = new(WorkerCase.Definition(), Now);
    readonly Station _station;

    public ForgedCommandTests()
    {
        _run.Approve();
        _run.Registry.SetState(WorkerCase.Key(), RunState.Sending, Now);
        _run.Registry.Stops.Add(new LaneStop("viettel", Now, "HTTP 401"));
        _station = Station.Open(_run.Data, [], new ProcessClock(_run.Time));
    }

    public static TheoryData<string> Kinds => [.. Orders.Keys];

    public async ValueTask DisposeAsync()
    {
        await _station.DisposeAsync();
        _run.Dispose();
    }

    [Fact]
    public void There_is_one_of_each_kind() => Assert.Equal(CommandHand.AllKinds.Order(), Orders.Keys.Order());

    /// <summary>So that what is refused below is not refused for anything else; a test is sent in ForgedCommandsTests
    /// of the whole program.</summary>
    [Theory]
    [InlineData("resume-lane")]
    [InlineData("extend-window")]
    [InlineData("heed-orders")]
    public void Asked_by_the_program_each_is_done(string kind)
    {
        _run.Registry.Commands.Ask(Orders[kind], Now);

        Assert.Equal(CommandOutcome.Done, Look().Outcome);
        Assert.Equal(kind == "resume-lane", _run.Registry.Stops.Read().Count == 0);
        Assert.Equal(kind == "extend-window", _run.Registry.Find(WorkerCase.Key())!.Extensions.Count == 1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Written_past_the_program_none_is_done_and_it_is_said(string kind)
    {
        Forge(Orders[kind]);

        var answer = Look();

        AssertRefused(answer, $"Yêu cầu số 1 ('{kind}') trong ledger.db không do chương trình ghi");
    }

    /// <summary>Really asked for, and then made to say more, another's, or once more.</summary>
    [Theory]
    [InlineData("extend-window", "arguments = replace(arguments, '21:00', '22:00')", "đã bị sửa sau khi ghi")]
    [InlineData("extend-window", "person = 'Nguyễn Văn A'", "đã bị sửa sau khi ghi")]
    [InlineData("extend-window", "id = 5", "không do chương trình ghi")]
    [InlineData("resume-lane", "arguments = '{\"Lane\":\"vnpt\"}'", "đã bị sửa sau khi ghi")]
    [InlineData("heed-orders", "kind = 'resume-lane', arguments = '{\"Lane\":\"viettel\"}'", "đã bị sửa sau khi ghi")]
    public void One_that_says_something_else_than_was_asked_is_not_done(string kind, string change, string why)
    {
        _run.Registry.Stops.Add(new LaneStop("vnpt", Now, "HTTP 401"));
        _run.Registry.Commands.Ask(Orders[kind] with { Seen = Stopped }, Now);
        Execute($"update command set {change}");

        AssertRefused(Look(), why, lanes: 2);
    }

    [Fact]
    public void One_that_was_done_is_not_done_once_more()
    {
        _run.Registry.Commands.Ask(Orders["resume-lane"], Now);
        Look();
        _run.Registry.Stops.Add(new LaneStop("viettel", Now, "HTTP 401")); // as it was looked at then
        Execute("update command set outcome = null, answered_at = null");

        AssertRefused(Look(), "đã được trả lời theo chuỗi kiểm toán");
    }

    /// <summary>Also those that <c>send</c> takes up.</summary>
    [Fact]
    public void Send_refuses_them_as_well()
    {
        Forge(Orders["heed-orders"]);

        Assert.Equal(
            CommandOutcome.Refused,
            Assert.Single(new CommandHand(_station, "send", isSend: true).Look()).Answer.Outcome);
    }

    [Fact]
    public void Persons_are_told_once_and_the_next_that_is_really_asked_is_done()
    {
        Forge(Orders["resume-lane"]);
        Forge(Orders["extend-window"]);
        new CommandHand(_station, "worker").Look();
        Assert.Empty(new CommandHand(_station, "worker").Look());

        var raised = Assert.Single(_run.Registry.Alerts.Read(Now));
        Assert.Equal((AlertKind.RecordDamaged, "audit"), (raised.Alert.Kind, raised.Alert.About));
        AlertDesk.NoteAudit(_run.Registry, _run.Registry.Audit.Verify(ledgers: false).Findings, null, Now);
        Assert.Equal(raised.Id, Assert.Single(_run.Registry.Alerts.Read(Now)).Id);

        _run.Registry.Commands.Ask(Orders["resume-lane"], Now);
        Assert.Equal(CommandOutcome.Done, Look().Outcome);
        Assert.Empty(_run.Registry.Stops.Read());
    }

    [Fact]
    public async Task The_officer_sees_it_in_status_and_the_engineer_in_the_log()
    {
        Forge(Orders["extend-window"]);
        var log = new KeptLog();
        using (var service = new CommandService(
            _station, new Logger<CommandService>(LoggerFactory.Create(logging => logging.AddProvider(log)))))
        {
            await service.StartAsync(CancellationToken.None);
            for (var clock = Stopwatch.StartNew(); log.Lines.Count == 0 && clock.Elapsed < Patience.ForAnything;)
            {
                _run.Time.Advance(CommandHand.LookEvery);
                await Task.Yield();
            }

            await service.StopAsync(CancellationToken.None);
        }

        using var shown = new StringWriter();
        var exit = await CommandLine.RunAsync(
            ["status", "--data", _run.Data.Root],
            new Terminal(shown, shown, Language.Vietnamese, false) { Time = _run.Time },
            CancellationToken.None);

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains(
            "Yêu cầu số 1 ('extend-window') trong ledger.db không do chương trình ghi",
            Shown.Flat(shown.ToString()),
            StringComparison.Ordinal);
        Assert.Equal(
            "REFUSED: Command 1 ('extend-window') in ledger.db was not written by the program: the audit chain does "
                + "not have it. The worker does not do it. Tell your engineer: somebody writes to ledger.db directly. "
                + "What is to be done is asked again by its command.",
            Assert.Single(log.Lines).Text);
    }

    void AssertRefused(CommandAnswer answer, string why, int lanes = 1)
    {
        Assert.Equal(CommandOutcome.Refused, answer.Outcome);
        Assert.Contains(why, answer.Words.Vi, StringComparison.Ordinal);
        Assert.Equal(lanes, _run.Registry.Stops.Read().Count);
        Assert.Empty(_run.Registry.Find(WorkerCase.Key())!.Extensions);
        Assert.Empty(_run.Decided);
        Assert.StartsWith(
            "Command ", _run.Registry.FindLastEvent([CommandHand.Refused], "")!, StringComparison.Ordinal);
        Assert.Equal(answer, Assert.Single(_run.Registry.Commands.ReadForged(Now)).Answer);
        Assert.Single(_run.Registry.Alerts.Read(Now));
    }

    CommandAnswer Look() => Assert.Single(new CommandHand(_station, "worker").Look()).Answer;

    /// <summary>The very row that the program would have written.</summary>
    void Forge(CommandOrder order)
    {
        using var db = SqliteDb.Open(_run.Data.Ledger);
        db.Run($"""
            insert into command (run, kind, arguments, seen, person, account, host, behind, asked_at)
            values ({order.Run?.ToString()}, {order.Kind}, {order.Arguments}, {order.Seen},
                    {order.Who.Person}, {order.Who.Account}, {order.Who.Host}, {order.Who.Behind}, {Now})
            """);
    }

    void Execute(string sql)
    {
        using var db = SqliteDb.Open(_run.Data.Ledger);
        db.Execute(sql);
    }
}
