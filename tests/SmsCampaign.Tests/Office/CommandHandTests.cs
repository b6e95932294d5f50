using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Conduct;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>What the process that sends does with what is asked of it, also where it is killed in between.</summary>
public sealed class CommandHandTests : IAsyncDisposable
{
    static readonly Who Officer = new("Trần Thị B", "b", "cong-van") { Behind = "an" };
    static readonly TimeSpan Short = TimeSpan.FromSeconds(3);

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero));
    readonly DataFolder _data;
    readonly Station _station;

    public CommandHandTests()
    {
        _data = new DataFolder(_folder.Path);
        _station = Station.Open(_data, [], new ProcessClock(_time));
        Stop("viettel", "HTTP 401");
    }

    public async ValueTask DisposeAsync()
    {
        await _station.DisposeAsync();
        _folder.Dispose();
    }

    IRegistry Registry => _station.Registry;

    [Fact]
    public async Task Who_asks_is_told_that_the_worker_has_taken_it_up()
    {
        using var worker = BeginWorker();

        var asking = ResumeAsync();
        await AnsweredAsync(asking, new CommandHand(_station, "worker, PID 7, may-chu"));

        var lane = Assert.IsType<ResumedLane.GoesOn>(
            Assert.Single(Assert.IsType<ResumeResult.Asked>(await asking).Lanes));
        Assert.Equal("Dịch vụ gửi đã nhận và gửi tiếp ngay nếu còn trong khung giờ.", lane.Answer?.Vi);
        Assert.Empty(Registry.Stops.Read());
        Assert.Equal(
            "resume-lane|{\"Lane\":\"viettel\"}|Trần Thị B|b|cong-van|an|worker, PID 7, may-chu|done",
            Read(
                "select kind || '|' || arguments || '|' || person || '|' || account || '|' || host || '|' || behind || "
                + "'|' || taken_by || '|' || outcome from command"));
        Assert.Equal(
            "Trần Thị B|b@cong-van (sudo: an)", Read("select who || '|' || by_os from event where what = 'resume'"));
        Assert.True(Registry.Audit.Verify(ledgers: true).Holds);
    }

    [Fact]
    public async Task What_was_done_as_it_was_killed_before_it_answered_is_not_done_again()
    {
        using var worker = BeginWorker();
        var asking = ResumeAsync();
        Execute(
            "create trigger killed before update of answered_at on command begin select raise(abort, 'killed'); end");
        Assert.ThrowsAny<Exception>(() => new CommandHand(_station, "first").Look());
        Assert.Empty(Registry.Stops.Read());
        Execute("drop trigger killed");

        // The gateway refuses the account once more before the next process looks.
        _time.Advance(TimeSpan.FromSeconds(1));
        Stop("viettel", "HTTP 401");
        await AnsweredAsync(asking, new CommandHand(_station, "second"));

        var lane = Assert.IsType<ResumedLane.StaysStopped>(
            Assert.Single(Assert.IsType<ResumeResult.Asked>(await asking).Lanes));
        Assert.Contains("đã dừng lại lần nữa lúc 30/07/2025 08:00", lane.Why.Vi, StringComparison.Ordinal);
        Assert.Equal("viettel", Assert.Single(Registry.Stops.Read()).Lane);
        Assert.Equal("first|refused", Read("select taken_by || '|' || outcome from command"));
    }

    [Fact]
    public async Task What_was_taken_up_and_not_done_is_done_by_the_next_process()
    {
        using var worker = BeginWorker();
        var asking = ResumeAsync();
        Registry.Commands.Take(1, "killed", _time.GetUtcNow());

        await AnsweredAsync(asking, new CommandHand(_station, "second"));

        Assert.IsType<ResumedLane.GoesOn>(Assert.Single(Assert.IsType<ResumeResult.Asked>(await asking).Lanes));
        Assert.Empty(Registry.Stops.Read());
    }

    [Fact]
    public async Task Where_nobody_answers_in_time_that_is_said_and_what_was_asked_stands()
    {
        using var worker = BeginWorker();

        var asking = ResumeAsync();
        await PassAsync(asking);

        var lane = Assert.IsType<ResumedLane.NotKnown>(
            Assert.Single(Assert.IsType<ResumeResult.Asked>(await asking).Lanes));
        Assert.StartsWith(
            "Yêu cầu số 1 đã ghi vào sổ nhưng dịch vụ gửi chưa trả lời;", lane.Why.Vi, StringComparison.Ordinal);
        Assert.Single(Registry.Stops.Read());

        Assert.Equal(CommandOutcome.Done, Assert.Single(new CommandHand(_station, "late").Look()).Answer.Outcome);
        Assert.Empty(Registry.Stops.Read());
    }

    [Fact]
    public async Task Where_no_worker_runs_the_lane_goes_on_at_once_and_nothing_is_asked()
    {
        var lane = Assert.IsType<ResumedLane.GoesOn>(
            Assert.Single(Assert.IsType<ResumeResult.Asked>(await ResumeAsync()).Lanes));

        Assert.Null(lane.Answer);
        Assert.Empty(Registry.Stops.Read());
        Assert.Null(Registry.Commands.Find(1));
    }

    [Fact]
    public async Task A_stop_that_was_not_looked_at_stays()
    {
        var seen = Registry.Stops.Read();
        Registry.Stops.Remove("viettel", _time.GetUtcNow());
        Stop("viettel", "code 15");

        var result = await Desk.ResumeAsync(Officer, ["viettel"], seen, "", Short, CancellationToken.None);

        Assert.IsType<ResumedLane.StaysStopped>(Assert.Single(Assert.IsType<ResumeResult.Asked>(result).Lanes));
        Assert.Equal("code 15", Assert.Single(Registry.Stops.Read()).Reason);
    }

    [Fact]
    public void One_that_cannot_be_done_is_answered_and_the_next_is_done()
    {
        foreach (var (kind, arguments) in new[]
        {
            ("no-such-kind", "{}"),
            ("resume-lane", "not JSON"),
            ("resume-lane", """{"Lane":"vnpt"}"""),
        })
            Registry.Commands.Ask(
                new CommandOrder(kind, null, arguments, """{"At":null,"Reason":""}""", Officer), _time.GetUtcNow());

        var answers = new CommandHand(_station, "worker").Look().Select(each => each.Answer.Outcome);

        Assert.Equal([CommandOutcome.Refused, CommandOutcome.Failed, CommandOutcome.Done], answers);
        Assert.Empty(new CommandHand(_station, "worker").Look());
    }

    [Fact]
    public void The_first_answer_stays()
    {
        var id = Registry.Commands.Ask(
            new CommandOrder("k", new RunKey("a", new DateOnly(2025, 7, 30), false), "{}", "{}", Officer),
            _time.GetUtcNow());
        Registry.Commands.Answer(
            id, new CommandAnswer(CommandOutcome.Refused, new Wording("không", "no")), _time.GetUtcNow());
        Registry.Commands.Answer(
            id, new CommandAnswer(CommandOutcome.Done, new Wording("có", "yes")), _time.GetUtcNow());

        var kept = Registry.Commands.Find(id)!;
        Assert.Equal(
            (CommandOutcome.Refused, "không", "no"),
            (kept.Answer!.Outcome, kept.Answer.Words.Vi, kept.Answer.Words.En));
        Assert.Equal(("a/2025-07-30", Officer), (kept.Run, kept.Who));
    }

    LaneDesk Desk => new(_data, _time);

    Task<ResumeResult> ResumeAsync() =>
        Desk.ResumeAsync(Officer, ["viettel"], Registry.Stops.Read(), "", Short, CancellationToken.None);

    /// <summary>The lock and the signs of a worker.</summary>
    SendingLock BeginWorker()
    {
        var held = SendingLock.TryTake(_data, _time)!;
        new LifeSigns(_data, "worker", _time).Give();
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

    void Stop(string lane, string reason) => Registry.Stops.Add(new LaneStop(lane, _time.GetUtcNow(), reason));

    void Execute(string sql)
    {
        using var db = SqliteDb.Open(_data.Ledger);
        db.Execute(sql);
    }

    string? Read(string sql)
    {
        using var db = SqliteDb.Open(_data.Ledger, readOnly: true);
        return db.ReadText(sql);
    }
}
