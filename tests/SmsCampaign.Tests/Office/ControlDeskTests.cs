using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Conduct;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>What persons order of what is sent, also where the process that sends is killed in between.</summary>
public sealed class ControlDeskTests : IAsyncDisposable
{
    static readonly Who Officer = new("Trần Thị B", "b", "cong-van");
    static readonly TimeSpan Short = TimeSpan.FromSeconds(3);
    static readonly RunKey Key = SomeRun.Description.Key;

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero));
    readonly DataFolder _data;
    readonly IRegistry _registry;

    public ControlDeskTests()
    {
        _data = new DataFolder(_folder.Path);
        _registry = Ledgers.OpenRegistry(_data);
        SomeRun.Create(_folder.Path, 10);
        AddRun(Key, RunState.Sending);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    ControlDesk Desk => new(_data, _folder.File("no-installation.json"), _time);

    [Fact]
    public async Task Where_nobody_sends_it_is_written_down_for_whoever_does()
    {
        var given = Assert.IsType<ControlResult.Given>(await PauseAsync(new OrderScope(Key, null)));

        Assert.IsType<Heeding.NobodySends>(given.Heeding);
        Assert.True(given.IsNew);
        Assert.Equal(given.Order, Assert.Single(_registry.Orders.Read()));
        Assert.Null(_registry.Commands.Find(1));
        await using var station = OpenStation();
        Assert.True(station.Accounts.Orders.IsHeld(Key, "viettel"));
    }

    [Theory]
    [InlineData("worker")]
    [InlineData("send")]
    public async Task Who_sends_has_taken_it_up_when_it_answers(string verb)
    {
        await using var station = OpenStation();
        using var worker = Begin(verb);

        var asking = PauseAsync(new OrderScope(Key, "viettel"));
        Assert.Single(_registry.Orders.Read()); // before anybody has looked
        await AnsweredAsync(asking, new CommandHand(station, verb, isSend: verb == "send"));

        var given = Assert.IsType<ControlResult.Given>(await asking);
        Assert.StartsWith(
            "Dịch vụ gửi đã thực hiện lúc 30/07/2025 08:00",
            Assert.IsType<Heeding.Done>(given.Heeding).Answer.Vi,
            StringComparison.Ordinal);
        Assert.True(station.Accounts.Orders.IsHeld(Key, "viettel"));
        Assert.False(station.Accounts.Orders.IsHeld(Key, "vnpt"));
        Assert.Equal(
            ["Trần Thị B: kênh gửi 'viettel' của lượt gửi some, ngày 30/07/2025. Lý do: lãnh đạo gọi"],
            _registry.ReadDecisions("some").Select(decision => decision.Reason.Vi));
    }

    [Fact]
    public async Task What_send_does_not_take_up_is_left_to_the_next_worker()
    {
        await using var station = OpenStation();
        _registry.Commands.Ask(
            new CommandOrder("resume-lane", null, """{"Lane":"x"}""", """{"At":null,"Reason":""}""", Officer),
            _time.GetUtcNow());

        Assert.Empty(new CommandHand(station, "send", isSend: true).Look());
        Assert.Single(new CommandHand(station, "worker").Look());
    }

    [Fact]
    public async Task Killed_after_it_took_the_command_up_or_after_the_effect_the_pause_holds_at_the_next()
    {
        using var worker = Begin("worker");
        var asking = PauseAsync(new OrderScope(Key, null));
        _registry.Commands.Take(1, "killed", _time.GetUtcNow());
        await PassAsync(asking);
        Assert.IsType<Heeding.NotKnown>(Assert.IsType<ControlResult.Given>(await asking).Heeding);

        Execute(
            "create trigger killed before update of answered_at on command begin select raise(abort, 'killed'); end");
        await using (var second = OpenStation())
        {
            Assert.ThrowsAny<Exception>(() => new CommandHand(second, "second").Look());
            Assert.True(second.Accounts.Orders.IsHeld(Key, "viettel"));
        }

        Execute("drop trigger killed");
        await using var third = OpenStation();
        Assert.True(third.Accounts.Orders.IsHeld(Key, "viettel"));
        Assert.Equal(CommandOutcome.Done, Assert.Single(new CommandHand(third, "third").Look()).Answer.Outcome);
        Assert.Single(_registry.Orders.Read());
        Assert.Equal([DecisionKind.Paused], _registry.ReadDecisions("some").Select(each => each.What));
    }

    /// <summary>The command of a worker that was killed is done by the next, and is no new pause.</summary>
    [Fact]
    public async Task A_pause_that_was_lifted_meanwhile_does_not_come_back_with_its_command()
    {
        using (Begin("worker"))
            await PassAsync(PauseAsync(new OrderScope(Key, null)));
        await ResumeAsync(new OrderScope(Key, null));

        await using var station = OpenStation();
        Assert.Single(new CommandHand(station, "next").Look());

        Assert.False(station.Accounts.Orders.IsHeld(Key, "viettel"));
    }

    [Fact]
    public async Task Paused_again_it_says_who_paused_it_first()
    {
        await PauseAsync(new OrderScope(null, "viettel"));

        var again = Assert.IsType<ControlResult.Given>(await Desk.PauseAsync(
            Officer with { Person = "C" }, new OrderScope(null, "viettel"), "khác", Short, CancellationToken.None));

        Assert.False(again.IsNew);
        Assert.Equal(("Trần Thị B", "lãnh đạo gọi"), (again.Order.Who.Person, again.Order.Reason));
    }

    [Fact]
    public async Task It_goes_on_and_a_pause_that_was_not_looked_at_stays()
    {
        await PauseAsync(new OrderScope(Key, null));
        var seen = Desk.Read();
        Assert.IsType<ControlResult.Lifted>(await ResumeAsync(new OrderScope(Key, null)));
        Assert.Empty(Desk.Read());
        await PauseAsync(new OrderScope(Key, null));

        var result = await Desk.ResumeAsync(
            Officer, new OrderScope(Key, null), seen, "xong", Short, CancellationToken.None);

        var finding = Assert.Single(Assert.IsType<ControlResult.Refused>(result).Findings);
        Assert.Single(Assert.IsType<ControlFinding.NotPaused>(finding).Standing);
        Assert.Single(Desk.Read());
    }

    [Fact]
    public async Task Everything_that_speaks_against_it_is_said_at_once_and_nothing_is_ordered()
    {
        var result = await Desk.PauseAsync(
            Officer with { Person = " " }, new OrderScope(null, null), " ", Short, CancellationToken.None);

        Assert.Equal(
            [typeof(ControlFinding.NoName), typeof(ControlFinding.NoReason), typeof(ControlFinding.NothingNamed)],
            Assert.IsType<ControlResult.Refused>(result).Findings.Select(finding => finding.GetType()));
        Assert.Empty(Desk.Read());
    }

    [Theory]
    [InlineData(RunState.Planned)]
    [InlineData(RunState.Finished)]
    [InlineData(RunState.Skipped)]
    public async Task A_run_that_sends_nothing_is_not_paused(RunState state)
    {
        _registry.SetState(Key, state, _time.GetUtcNow());

        var result = await PauseAsync(new OrderScope(Key, null));

        Assert.Equal(
            [new ControlFinding.IsNotUnderWay(Key, state)], Assert.IsType<ControlResult.Refused>(result).Findings);
        Assert.Empty(Desk.Read());
    }

    [Fact]
    public async Task A_lane_that_the_run_does_not_have_and_a_rehearsal_are_refused()
    {
        var lane = Assert.IsType<ControlResult.Refused>(await PauseAsync(new OrderScope(Key, "vnpt")));
        var rehearsal = Assert.IsType<ControlResult.Refused>(
            await PauseAsync(new OrderScope(Key with { Simulated = true }, null)));

        Assert.Equal(
            ["viettel"], Assert.IsType<ControlFinding.NoSuchLane>(Assert.Single(lane.Findings)).Lanes);
        Assert.IsType<ControlFinding.IsSimulated>(Assert.Single(rehearsal.Findings));
        Assert.Empty(Desk.Read());
    }

    Task<ControlResult> PauseAsync(OrderScope scope) =>
        Desk.PauseAsync(Officer, scope, "lãnh đạo gọi", Short, CancellationToken.None);

    Task<ControlResult> ResumeAsync(OrderScope scope) =>
        Desk.ResumeAsync(Officer, scope, Desk.Read(), "xong", Short, CancellationToken.None);

    Station OpenStation() => Station.Open(_data, [], new ProcessClock(_time));

    void AddRun(RunKey key, RunState state) => _registry.AddRun(
        new RunRecord
        {
            Key = key.ToString(),
            Campaign = key.Campaign,
            Date = key.DateText,
            Code = SomeRun.Code,
            State = state,
            File = "runs/some.db",
            CampaignFile = "campaign.yaml",
            Definition = "",
            DefinitionHash = "a",
            AudienceHash = "b",
            PlanHash = "c",
        },
        _time.GetUtcNow());

    /// <summary>The lock and the signs of a process that sends.</summary>
    SendingLock Begin(string verb)
    {
        var held = SendingLock.TryTake(_data, _time)!;
        new LifeSigns(_data, verb, _time).Give();
        return held;
    }

    async Task AnsweredAsync(Task asking, CommandHand hand)
    {
        hand.Look();
        await PassAsync(asking);
    }

    /// <summary>Lets as much time pass as it takes.</summary>
    async Task PassAsync(Task asking)
    {
        for (var clock = Stopwatch.StartNew(); !asking.IsCompleted && clock.Elapsed < Patience.ForAnything;)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await asking;
    }

    void Execute(string sql)
    {
        using var db = SqliteDb.Open(_data.Ledger);
        db.Execute(sql);
    }
}
