using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.EndToEnd;
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

    string InstallationFile => _folder.File("installation.json");

    ControlDesk Desk => new(_data, InstallationFile, _time);

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
            Officer, new OrderScope(Key, null), seen, [], null, "xong", Short, CancellationToken.None);

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

    [Theory]
    [InlineData(OrderKind.Cancel, null)]
    [InlineData(OrderKind.End, "viettel")]
    public async Task It_is_over_only_with_the_number_that_was_looked_at_and_paused_until_then(
        OrderKind kind, string? lane)
    {
        var scope = new OrderScope(Key, lane);
        var unseen = Assert.IsType<ControlResult.NotSeen>(await EndAsync(scope, kind, null));
        var other = Assert.IsType<ControlResult.NotSeen>(await EndAsync(scope, kind, 9));

        Assert.Equal((10, 0), (unseen.Left, unseen.InFlight));
        Assert.Equal(10, other.Left);
        Assert.Equal(OrderKind.Pause, Assert.Single(Desk.Read()).Kind);

        var ended = Assert.IsType<ControlResult.Ended>(await EndAsync(scope, kind, 10));
        Assert.True(ended.IsNew);
        Assert.Equal(kind, Assert.Single(Desk.Read()).Kind); // the pause says nothing any more
        Assert.Equal(
            [DecisionKind.Paused, kind == OrderKind.Cancel ? DecisionKind.Cancelled : DecisionKind.Ended],
            _registry.ReadDecisions("some").Select(each => each.What));
        await using var station = OpenStation();
        Assert.True(station.Accounts.Orders.IsCalledOff(Key, "viettel"));
    }

    [Fact]
    public async Task What_is_over_stays_so_and_says_who_decided_it()
    {
        await EndAsync(new OrderScope(Key, null), OrderKind.Cancel, 10);

        var again = Assert.IsType<ControlResult.Ended>(await EndAsync(new OrderScope(Key, null), OrderKind.End, 10));
        var ofLane = Assert.IsType<ControlResult.Ended>(
            await EndAsync(new OrderScope(Key, "viettel"), OrderKind.End, 10));

        Assert.Equal((false, OrderKind.Cancel), (again.IsNew, again.Order.Kind));
        Assert.Equal((false, OrderKind.Cancel), (ofLane.IsNew, ofLane.Order.Kind));
        Assert.IsType<ControlResult.Refused>(await ResumeAsync(new OrderScope(Key, null)));
    }

    [Fact]
    public async Task A_lane_that_the_program_holds_goes_on_by_its_own_name_and_on_record()
    {
        var scope = new OrderScope(Key, "viettel");
        await HoldAsync();
        var held = Assert.Single(HeldLanes.Read(_data).Lanes);
        Assert.Equal((scope, 10), (held.Scope, held.Waiting));
        var refused = Assert.IsType<ControlResult.Refused>(await ResumeAsync(new OrderScope(Key, null)));
        var finding = Assert.IsType<ControlFinding.NotPaused>(Assert.Single(refused.Findings));
        Assert.Equal(held, Assert.Single(finding.Held.Lanes));
        Assert.Single(HeldLanes.Read(_data).Lanes);

        var lifted = Assert.IsType<ControlResult.Lifted>(await ResumeAsync(scope));

        Assert.Equal([held], lifted.Lanes);
        Assert.Empty(HeldLanes.Read(_data).Lanes);
        var decision = Assert.Single(_registry.ReadDecisions(Key.Campaign));
        Assert.Equal((DecisionKind.Reopened, Officer.ByOs), (decision.What, decision.ByOs));
        Assert.Contains("Trần Thị B", decision.Reason.Vi, StringComparison.Ordinal);
        Assert.IsType<ControlResult.Refused>(await ResumeAsync(scope)); // once
    }

    /// <summary>Between two days of sending as well: it would stand still from the next opening on.</summary>
    [Theory]
    [InlineData(RunState.Approved, true)]
    [InlineData(RunState.Held, true)]
    [InlineData(RunState.Finished, false)]
    public async Task A_lane_that_is_held_is_so_in_every_state_in_which_its_run_will_send(RunState state, bool isShown)
    {
        await HoldAsync();
        _registry.SetState(Key, state, _time.GetUtcNow());

        var run = _registry.Find(Key)!;
        var overview = RunOverview.Read(_data, _registry, run, _folder.File("none.json"), _time, files: false);

        Assert.Equal(isShown ? ["viettel"] : [], overview.Trials.Keys);
        Assert.Equal(isShown ? 1 : 0, HeldLanes.Read(_data).Lanes.Count);
    }

    [Fact]
    public async Task A_held_lane_on_which_nothing_waits_is_nothing_to_decide()
    {
        await HoldAsync();
        await using (var ledger = RunLedger.Open(_folder.File("runs/some.db"), new ProcessClock(_time)))
            await ledger.LeaveAsync(Reason.Cancelled);

        Assert.Empty(HeldLanes.Read(_data).Lanes);
    }

    /// <summary>Held again since it was looked at, for another reason perhaps.</summary>
    [Fact]
    public async Task A_hold_that_nobody_looked_at_stays()
    {
        await HoldAsync();
        var seen = HeldLanes.Read(_data).Lanes;
        await ResumeAsync(new OrderScope(Key, "viettel"));
        await HoldAsync();

        Assert.IsType<ControlResult.Refused>(await Desk.ResumeAsync(
            Officer, new OrderScope(Key, "viettel"), [], seen, null, "xong", Short, CancellationToken.None));

        Assert.Single(HeldLanes.Read(_data).Lanes);
    }

    [Fact]
    public async Task An_account_is_ended_run_by_run()
    {
        var refused = Assert.IsType<ControlResult.Refused>(
            await EndAsync(new OrderScope(null, "viettel"), OrderKind.Cancel, 10));

        Assert.Equal([Key], Assert.IsType<ControlFinding.NeedsRun>(Assert.Single(refused.Findings)).Runs);
        Assert.Empty(Desk.Read());
    }

    [Fact]
    public async Task Of_a_run_that_is_over_nothing_stands()
    {
        await PauseAsync(new OrderScope(Key, null));
        _registry.SetState(Key, RunState.Cancelled, _time.GetUtcNow());

        Assert.Empty(Desk.Read());
        Assert.IsType<ControlResult.Refused>(await EndAsync(new OrderScope(Key, null), OrderKind.Cancel, 10));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(401)]
    public async Task A_rate_is_never_above_the_contract_nor_nothing(int rate)
    {
        WriteInstallation();

        var refused = Assert.IsType<ControlResult.Refused>(await SlowAsync(rate));

        Assert.Equal(
            [new ControlFinding.NotWithinContract("viettel", rate, 400, RateUnit.Parts)], refused.Findings);
        Assert.Empty(Desk.Read());
    }

    [Fact]
    public async Task A_rate_holds_for_every_process_another_takes_its_place_and_the_contract_ends_it()
    {
        WriteInstallation();
        await SlowAsync(100);
        var second = Assert.IsType<ControlResult.Given>(await SlowAsync(50));
        Assert.True(second.IsNew);
        Assert.Equal((OrderKind.Rate, 50), (Assert.Single(Desk.Read()).Kind, Desk.Read()[0].Rate));

        await using (var station = OpenStation(Installation.Read(InstallationFile).Installation!.Lanes))
            Assert.Equal(50, station.Accounts.Find("viettel")!.Pace.RateInForce);

        Assert.Single(Assert.IsType<ControlResult.Lifted>(await SlowAsync(null)).Orders);
        Assert.Empty(Desk.Read());
        await using var contracted = OpenStation(Installation.Read(InstallationFile).Installation!.Lanes);
        Assert.Equal(400, contracted.Accounts.Find("viettel")!.Pace.RateInForce);
    }

    /// <summary>As where it is killed after the other is on disk and before the mark of the first is lifted.</summary>
    [Fact]
    public async Task Of_two_rates_that_stand_the_slower_holds_until_a_rate_is_given_again()
    {
        WriteInstallation();
        await SlowAsync(50);
        var marks = Path.Combine(_data.Marks, "orders.given");
        var before = File.ReadAllLines(marks);
        await SlowAsync(60);
        File.WriteAllLines(marks, [.. before, .. File.ReadAllLines(marks)[before.Length..^1]]);

        Assert.Equal([60, 50], Desk.Read().Select(order => order.Rate));
        await using (var station = OpenStation(Installation.Read(InstallationFile).Installation!.Lanes))
            Assert.Equal(50, station.Accounts.Find("viettel")!.Pace.RateInForce);

        await SlowAsync(60);
        Assert.Equal([60], Desk.Read().Select(order => order.Rate));
    }

    [Fact]
    public async Task A_rate_without_an_installation_or_of_no_lane_is_refused()
    {
        var blind = Assert.IsType<ControlResult.Refused>(await SlowAsync(10));
        WriteInstallation();
        var unknown = Assert.IsType<ControlResult.Refused>(
            await Desk.SlowAsync(Officer, "vnpt", 10, "chậm", Short, CancellationToken.None));

        Assert.IsType<ControlFinding.NoContract>(Assert.Single(blind.Findings));
        Assert.IsType<ControlFinding.NoSuchLane>(Assert.Single(unknown.Findings));
    }

    [Fact]
    public async Task That_a_held_run_goes_on_is_recorded_only_with_its_state()
    {
        HoldApproved();
        using (var db = SqliteDb.Open(_data.Ledger))
            db.Execute("create trigger killed before update of state on run begin select raise(abort, 'killed'); end");

        await Assert.ThrowsAsync<LedgerException>(() => ResumeAsync(new OrderScope(Key, null)));

        Assert.Equal(RunState.Held, _registry.Find(Key)!.State);
        Assert.Empty(_registry.ReadDecisions("some"));
    }

    void HoldApproved()
    {
        WriteInstallation();
        _registry.Approve(new Approval
        {
            Campaign = Key.Campaign,
            Date = Key.DateText,
            Hash = _registry.Find(Key)!.ApprovedHash,
            ApprovedBy = "A",
            At = _time.GetUtcNow().ToSql(),
        });
        _registry.SetState(Key, RunState.Held, _time.GetUtcNow());
    }

    [Fact]
    public async Task A_held_run_goes_on_under_its_approval()
    {
        HoldApproved();

        var lifted = Assert.IsType<ControlResult.Lifted>(await ResumeAsync(new OrderScope(Key, null)));

        Assert.NotNull(lifted.Hold);
        Assert.Equal(RunState.Approved, _registry.Find(Key)!.State);
        Assert.Equal([DecisionKind.Released], _registry.ReadDecisions("some").Select(each => each.What));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_is_held_otherwise_than_it_was_looked_at_stays_held_and_paused(bool wasHeld)
    {
        await PauseAsync(new OrderScope(Key, null));
        HoldApproved();
        var seen = wasHeld ? Desk.FindHold(Key) : null;
        var now = _time.GetUtcNow();
        _registry.Record(
            new Decision(Key, now, now, DecisionKind.Held, new Wording("sổ bị sửa", "changed")), RunState.Held);

        var refused = Assert.IsType<ControlResult.Refused>(await Desk.ResumeAsync(
            Officer, new OrderScope(Key, null), Desk.Read(), [], seen, "xong", Short, CancellationToken.None));

        Assert.Equal([new ControlFinding.OtherHold(Key)], refused.Findings);
        Assert.Equal(RunState.Held, _registry.Find(Key)!.State);
        Assert.Single(Desk.Read());
        Assert.DoesNotContain(_registry.ReadDecisions("some"), each => each.What == DecisionKind.Released);
    }

    /// <summary>Held otherwise after the desk has compared it, and before it is written down.</summary>
    [Fact]
    public void A_hold_is_released_only_as_it_was_looked_at()
    {
        HoldApproved();
        var seen = _registry.FindHold(Key)!;
        var now = _time.GetUtcNow();
        var released = new Decision(Key, now, now, DecisionKind.Released, new Wording("gửi tiếp", "goes on"));
        _registry.Record(
            new Decision(Key, now, now, DecisionKind.Held, new Wording("sổ bị sửa", "changed")), RunState.Held);

        Assert.False(_registry.Release(released, seen));
        Assert.Equal(RunState.Held, _registry.Find(Key)!.State);
        Assert.True(_registry.Release(released, _registry.FindHold(Key)!));
        Assert.Equal(RunState.Approved, _registry.Find(Key)!.State);
        Assert.Null(_registry.FindHold(Key));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lane_of_a_run_that_cannot_be_read_is_not_said_to_be_free(bool isThere)
    {
        await HoldAsync();
        if (isThere)
            await File.WriteAllTextAsync(
                _folder.File("runs/some.db"), "not a ledger", TestContext.Current.CancellationToken);
        else
            File.Delete(_folder.File("runs/some.db"));

        var held = HeldLanes.Read(_data);

        Assert.Empty(held.Lanes);
        Assert.Equal(Key.ToString(), Assert.Single(held.Unread).Run.Key);
        var refused = Assert.IsType<ControlResult.Refused>(await ResumeAsync(new OrderScope(Key, null)));
        Assert.Contains(
            "KHÔNG đọc được sổ của lượt gửi some",
            SmsCampaign.Office.Words.ControlWords.Of(Assert.Single(refused.Findings)).Vi,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_stands_is_not_denied_where_who_sends_cannot_be_asked()
    {
        using var worker = Begin("worker");
        Execute("create trigger broken before insert on command begin select raise(abort, 'broken'); end");

        var given = Assert.IsType<ControlResult.Given>(await PauseAsync(new OrderScope(Key, null)));
        Assert.IsType<Heeding.NotKnown>(given.Heeding);
        Assert.Single(Desk.Read());

        var lifted = Assert.IsType<ControlResult.Lifted>(await ResumeAsync(new OrderScope(Key, null)));
        Assert.IsType<Heeding.NotKnown>(lifted.Heeding);
        Assert.Empty(Desk.Read());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_nothing_is_left_to_end_it_stays_as_it_was(bool wasPaused)
    {
        File.Delete(_folder.File("runs/some.db"));
        SomeRun.Create(_folder.Path, 0);
        var scope = new OrderScope(Key, null);
        if (wasPaused)
            await PauseAsync(scope);

        var refused = Assert.IsType<ControlResult.Refused>(await EndAsync(scope, OrderKind.End, 0));

        Assert.IsType<ControlFinding.NothingLeft>(Assert.Single(refused.Findings));
        Assert.Equal(wasPaused ? 1 : 0, _registry.Orders.Read().Count);
    }

    [Fact]
    public async Task A_held_run_whose_approval_does_not_stand_has_to_be_approved()
    {
        await PauseAsync(new OrderScope(Key, null));
        _registry.SetState(Key, RunState.Held, _time.GetUtcNow());

        var refused = Assert.IsType<ControlResult.Refused>(await ResumeAsync(new OrderScope(Key, null)));

        Assert.IsType<ControlFinding.NeedsApproval>(Assert.Single(refused.Findings));
        Assert.Equal(OrderKind.Pause, Assert.Single(_registry.Orders.Read()).Kind); // refused: nothing was done
        Assert.Equal(RunState.Held, _registry.Find(Key)!.State);
    }

    Task<ControlResult> SlowAsync(int? rate) =>
        Desk.SlowAsync(Officer, "viettel", rate, "nhà mạng yêu cầu", Short, CancellationToken.None);

    void WriteInstallation() => _folder.Write("installation.json", JsonSerializer.Serialize(new
    {
        receipts = new { listen = "http://127.0.0.1:9" },
        lanes = new Dictionary<string, object>
        {
            ["viettel"] = new OfficeLane("viettel", 84_960_000_001, 1, 400).Section(new Uri("http://127.0.0.1:9")),
        },
    }));

    Task<ControlResult> EndAsync(OrderScope scope, OrderKind kind, long? seen) =>
        Desk.EndAsync(Officer, scope, kind, seen, "lãnh đạo gọi", Short, CancellationToken.None);

    Task<ControlResult> PauseAsync(OrderScope scope) =>
        Desk.PauseAsync(Officer, scope, "lãnh đạo gọi", Short, CancellationToken.None);

    async Task HoldAsync()
    {
        await using var ledger = RunLedger.Open(_folder.File("runs/some.db"), new ProcessClock(_time));
        await ledger.Trials.HoldAsync(
            SomeRun.LaneId,
            new TrialFinding(TrialVerdict.Failed, 50, 30, 20, FailureClass.Content, Reason.None, "code 31"));
    }

    Task<ControlResult> ResumeAsync(OrderScope scope) =>
        Desk.ResumeAsync(
            Officer,
            scope,
            Desk.Read(),
            HeldLanes.Read(_data).Lanes,
            scope.Lane is null ? Desk.FindHold(Key) : null,
            "xong",
            Short,
            CancellationToken.None);

    Station OpenStation(IReadOnlyList<Lane>? lanes = null) => Station.Open(_data, lanes ?? [], new ProcessClock(_time));

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
