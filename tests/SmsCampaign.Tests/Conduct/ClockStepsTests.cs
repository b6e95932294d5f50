using System.Globalization;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.App.Worker;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Conduct;

/// <summary>The clock of the machine is set while a run waits or is sent, 08:00 to 20:00 on 30/7/2025 and
/// after.</summary>
public sealed class ClockStepsTests
{
    /// <summary>By how much the clock was set, all in all: the machine's uptime knows nothing of it.</summary>
    TimeSpan _set;

    ClockSteps StepsOf(WorkerCase run) => new(
        run.Registry, run.Time, () => run.Time.GetUtcNow() - Local("01 00:00") - _set);

    void Set(WorkerCase run, string to)
    {
        _set += Local(to) - run.Time.GetUtcNow();
        run.Time.AdjustTime(Local(to));
    }

    static WorkerCase Approved(string leftovers = "next-day")
    {
        var run = new WorkerCase(WorkerCase.Definition(leftovers: leftovers), Local("20 09:00"));
        run.Approve();
        return run;
    }

    static async Task ConductAsync(WorkerCase run, ClockSteps watch)
    {
        var conductor = new RunConductor(WorkerCase.Key(), run.Registry, run.Stages(), run.Time, run.Told)
        {
            Clock = watch,
        };
        while (await conductor.ConductAsync(CancellationToken.None) is { } wake)
            run.Time.SetUtcNow(wake);
    }

    /// <summary>Half is sent when somebody sets the clock.</summary>
    void SetWhileSending(WorkerCase run, string to) => run.SendAsync = (record, _, _) =>
    {
        var isFirst = run.Planned[record.Key] == 100;
        run.Planned[record.Key] = isFirst ? 40 : 0;
        if (isFirst)
            Set(run, to);
        return Task.FromResult(isFirst ? SendEnd.Closed : SendEnd.Done);
    };

    [Theory]
    [InlineData("31 08:05", "next-day")] // a day ahead: past the closing, and the next opening
    [InlineData("31 08:05", "drop")] // what is left is not given up by a wrong clock
    [InlineData("30 20:30", "drop")]
    [InlineData("30 07:05", "next-day")] // an hour back: before the opening
    public async Task Clock_set_past_an_opening_or_closing_holds_the_run_and_status_says_from_when_to_when(
        string to, string leftovers)
    {
        using var run = Approved(leftovers);
        SetWhileSending(run, to);

        run.Time.SetUtcNow(Local("30 08:00"));
        await ConductAsync(run, StepsOf(run));

        Assert.Equal("fired held", string.Join(' ', run.Decided));
        Assert.Equal((RunState.Held, 40), (run.State(), run.Planned[WorkerCase.Key().ToString()]));
        Assert.StartsWith(
            $"Đồng hồ của máy nhảy từ 30/07/2025 08:00 sang {Show(to)}, qua giờ mở hoặc giờ đóng",
            run.Registry.ReadDecisions(WorkerCase.Campaign)[^1].Reason.Vi,
            StringComparison.Ordinal);

        // Whoever puts the clock right and approves again lets it go on.
        Set(run, "30 08:30");
        var watch = StepsOf(run);
        watch.Look();
        run.Approve();
        await ConductAsync(run, watch);
        Assert.Equal("fired held resumed finished", string.Join(' ', run.Decided));
    }

    /// <summary>Forth and back again within seconds: no lane need have seen it.</summary>
    [Theory]
    [InlineData("31 08:05")]
    [InlineData("30 07:05")]
    public async Task Clock_set_while_lanes_sleep_stops_the_days_sending_and_holds_the_run(string to)
    {
        using var run = Approved();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        run.SendAsync = async (record, _, halt) =>
        {
            run.Planned[record.Key] = 40;
            began.TrySetResult();
            var halted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registered = halt.Register(halted.SetResult);
            await halted.Task;
            return SendEnd.Stopped;
        };
        run.Time.SetUtcNow(Local("30 08:00"));
        var watch = StepsOf(run);

        var conducting = ConductAsync(run, watch);
        await began.Task.WaitAsync(Patience.ForAnything);
        Set(run, to);
        watch.Look();
        Set(run, "30 08:01");
        for (var seconds = 0; !conducting.IsCompleted && seconds < 10_000_000; seconds++)
        {
            run.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await conducting.WaitAsync(Patience.ForAnything);
        Assert.Equal("fired held", string.Join(' ', run.Decided));
        Assert.Equal(RunState.Held, run.State());
    }

    /// <summary>Who lets a lane go on that failed too much need not know of the clock.</summary>
    [Fact]
    public async Task A_lane_that_is_let_go_on_lets_no_run_go_on_that_the_clock_holds()
    {
        using var run = Approved();
        SetWhileSending(run, "31 08:05");
        var now = run.Time.GetUtcNow();
        run.Registry.Record(new Decision(
            WorkerCase.Key(), now, now, DecisionKind.Reopened, new Wording("cho kênh gửi tiếp", "lane let go on")));
        run.Time.SetUtcNow(Local("30 08:00"));

        await ConductAsync(run, StepsOf(run));

        Assert.Equal(RunState.Held, run.State());
    }

    /// <summary>As the hold says: by <c>resume</c>, which is recorded and gives no approval.</summary>
    [Fact]
    public async Task Whoever_puts_the_clock_right_and_lets_the_run_go_on_is_not_held_again()
    {
        using var run = Approved();
        SetWhileSending(run, "31 08:05");
        run.Time.SetUtcNow(Local("30 08:00"));
        await ConductAsync(run, StepsOf(run));
        Assert.Contains(
            "sms-campaign resume",
            run.Registry.ReadDecisions(WorkerCase.Campaign)[^1].Reason.Vi,
            StringComparison.Ordinal);

        Set(run, "30 08:30");
        var watch = StepsOf(run);
        var now = run.Time.GetUtcNow();
        run.Registry.Record(new Decision(
            WorkerCase.Key(), now, now, DecisionKind.Released, new Wording("cho gửi tiếp", "let go on")));
        run.Registry.SetState(WorkerCase.Key(), RunState.Approved, now);
        await ConductAsync(run, watch);

        Assert.Equal("fired held released resumed finished", string.Join(' ', run.Decided));
    }

    [Theory]
    [InlineData("30 09:30")]
    [InlineData("30 08:01")]
    public async Task Clock_set_within_the_open_window_changes_nothing(string to)
    {
        using var run = Approved();
        SetWhileSending(run, to);

        run.Time.SetUtcNow(Local("30 08:00"));
        await ConductAsync(run, StepsOf(run));

        Assert.Equal("fired resumed finished", string.Join(' ', run.Decided));
    }

    [Fact]
    public async Task Clock_set_past_the_opening_while_the_run_waits_holds_it_before_anything_is_sent()
    {
        using var run = Approved();
        run.Time.SetUtcNow(Local("30 06:00"));
        var watch = StepsOf(run);
        watch.Look();
        Set(run, "30 10:00");

        await ConductAsync(run, watch);

        Assert.Equal("held", string.Join(' ', run.Decided));
        Assert.Empty(run.Sent);
    }

    [Fact]
    public async Task A_step_that_a_process_kept_before_it_was_killed_holds_the_run_at_the_next_start()
    {
        using var run = Approved();
        run.Time.SetUtcNow(Local("30 06:00"));
        var killed = StepsOf(run);
        killed.Look();
        Set(run, "30 10:00");
        killed.Look();

        await ConductAsync(run, StepsOf(run));

        Assert.Equal("held", string.Join(' ', run.Decided));
    }

    [Fact]
    public async Task Clock_set_back_before_the_opening_while_no_process_ran_holds_the_run()
    {
        using var run = Approved();
        run.Registry.SetState(WorkerCase.Key(), RunState.Sending, Local("30 08:00"));
        run.Time.SetUtcNow(Local("30 07:00"));
        var watch = StepsOf(run);
        watch.LookBack(new LifeSign("worker", 1, "x", Local("30 06:00"), Local("30 08:30")));

        await ConductAsync(run, watch);

        Assert.Equal("held", string.Join(' ', run.Decided));
    }

    [Fact]
    public void A_machine_that_slept_has_not_had_its_clock_set()
    {
        using var run = Approved();
        var up = TimeSpan.FromHours(1);
        var watch = new ClockSteps(run.Registry, run.Time, () => up);
        watch.Look();

        up += TimeSpan.FromHours(3);
        run.Time.AdjustTime(run.Time.GetUtcNow().AddHours(3));
        watch.Look();

        Assert.Empty(run.Registry.ReadClockSteps(0));
    }

    static string Show(string local) => $"{local[..2]}/07/2025 {local[3..]}";

    /// <param name="text">Day of July 2025 and time in Vietnam, which keeps UTC+7 all year.</param>
    static DateTimeOffset Local(string text) => DateTimeOffset.ParseExact(
        $"2025-07-{text} +07:00", "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture).ToUniversalTime();
}
