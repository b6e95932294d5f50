using System.Globalization;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.App.Worker;

namespace SmsCampaign.Tests.Conduct;

/// <summary>Runs that a person calls off or ends early.</summary>
public sealed class OrderedEndTests
{
    static readonly Who Officer = new("Trần Thị B", "b", "may");

    static WorkerCase Approved()
    {
        var run = new WorkerCase(WorkerCase.Definition(), Local("20 09:00"));
        run.Approve();
        return run;
    }

    /// <param name="text">Day of July 2025 and time in Vietnam.</param>
    static DateTimeOffset Local(string text) =>
        DateTimeOffset.ParseExact(
            $"2025-07-{text} +07:00", "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture).ToUniversalTime();

    static void Give(WorkerCase run, OrderKind kind, string? lane = null) => run.Registry.Orders.Give(
        new NewOrder(kind, new OrderScope(WorkerCase.Key(), lane), Officer, "lãnh đạo gọi"),
        new Wording("lãnh đạo gọi", "the leader phoned"),
        run.Time.GetUtcNow());

    [Theory]
    [InlineData(OrderKind.Cancel, Reason.Cancelled, RunState.Cancelled, "cancelled finished")]
    [InlineData(OrderKind.End, Reason.Ended, RunState.Ended, "ended finished")]
    public async Task Before_it_begins_it_never_does(OrderKind kind, Reason why, RunState state, string decided)
    {
        using var run = Approved();
        Give(run, kind);

        Assert.Null(await run.ConductOnceAsync());

        Assert.Empty(run.Sent);
        Assert.Equal([(WorkerCase.Key().ToString(), why, (string?)null)], run.Left);
        Assert.Equal((state, decided), (run.State(), string.Join(' ', run.Decided)));
        Assert.Single(run.Reports);
        Assert.Null(await run.ConductOnceAsync()); // for good
        Assert.Single(run.Reports);
    }

    /// <summary>Its numbers were erased, and a backup of before its end was put back: the worker lives on.</summary>
    [Theory]
    [InlineData(RunState.Approved)]
    [InlineData(RunState.Held)]
    [InlineData(RunState.Sending)]
    public async Task A_run_that_is_erased_is_ended_whatever_a_backup_says_of_it(RunState state)
    {
        using var run = Approved();
        run.Registry.SetState(WorkerCase.Key(), state, run.Time.GetUtcNow());
        run.Erase();
        Give(run, OrderKind.End);

        Assert.Null(await run.ConductOnceAsync());

        Assert.Equal(RunState.Ended, run.State());
        Assert.Empty(run.Sent);
    }

    [Theory]
    [InlineData("30 09:00", "start-late")] // its window is open
    [InlineData("30 09:00", "hold")]
    [InlineData("31 21:00", "hold")]
    public async Task A_run_that_is_erased_and_would_be_sent_is_held_and_ends_nothing_else(string now, string missed)
    {
        using var run = new WorkerCase(WorkerCase.Definition(missed: missed), Local("29 09:00"));
        run.Approve();
        run.Erase();
        run.Time.SetUtcNow(Local(now));

        await run.ConductOnceAsync();

        Assert.Empty(run.Sent);
        if (now == "30 09:00")
            Assert.Equal(RunState.Held, run.State());
    }

    [Fact]
    public async Task While_it_is_sent_what_is_left_is_left_over_and_the_report_written()
    {
        using var run = Approved();
        run.SendAsync = (record, _, _) =>
        {
            run.Planned[record.Key] = 40;
            Give(run, OrderKind.Cancel);
            return Task.FromResult(SendEnd.CalledOff);
        };

        await run.ConductAsync();

        Assert.Equal("fired cancelled finished", string.Join(' ', run.Decided));
        Assert.Equal(RunState.Cancelled, run.State());
        Assert.Single(run.Sent);
    }

    [Theory]
    [InlineData(RunState.Held)]
    [InlineData(RunState.Sending)]
    public async Task Whatever_its_state_and_without_an_approval_it_is_ended(RunState state)
    {
        using var run = Approved();
        run.Registry.SetState(WorkerCase.Key(), state, run.Time.GetUtcNow());
        run.Registry.VoidApproval(1, new Wording("đổi tệp", "file changed"), run.Time.GetUtcNow());
        Give(run, OrderKind.End);

        Assert.Null(await run.ConductOnceAsync());

        Assert.Equal(RunState.Ended, run.State());
        Assert.Empty(run.Sent);
    }

    [Fact]
    public async Task Killed_before_its_end_was_written_down_it_is_ended_by_the_next()
    {
        using var run = Approved();
        Give(run, OrderKind.Cancel);
        run.Reporting = () => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => run.ConductOnceAsync());
        Assert.Equal(RunState.Sending, run.State());

        run.Reporting = () => { };
        Assert.Null(await run.ConductOnceAsync());

        Assert.Equal(RunState.Cancelled, run.State());
    }

    [Fact]
    public async Task A_lane_of_it_is_left_over_while_nothing_is_sent_and_the_others_go_on()
    {
        using var run = Approved();
        run.SendAsync = (record, _, _) =>
        {
            var isFirst = run.Sent.Count == 1;
            run.Planned[record.Key] = isFirst ? 40 : 0;
            if (isFirst)
                Give(run, OrderKind.End, "viettel");
            return Task.FromResult(isFirst ? SendEnd.CalledOff : SendEnd.Done);
        };

        await run.ConductAsync();

        Assert.Equal(RunState.Finished, run.State());
        Assert.Equal("fired ended resumed finished", string.Join(' ', run.Decided));
        Assert.Contains((WorkerCase.Key().ToString(), Reason.Ended, "viettel"), run.Left);
        Assert.Equal(2, run.Sent.Count);
    }

    [Theory]
    [InlineData("hold", "next-day", "30 14:00", "held released late finished")]
    [InlineData("start-late", "hold", "30 22:30", "held released fired finished")]
    public async Task Held_by_its_policy_it_goes_on_when_a_person_lets_it_by_no_other_approval(
        string missed, string leftovers, string onAgain, string decided)
    {
        using var run = new WorkerCase(WorkerCase.Definition(missed, leftovers), Local("20 09:00"));
        run.Approve();
        run.Time.SetUtcNow(Local(onAgain));
        await run.ConductAsync();
        Assert.Equal(RunState.Held, run.State());

        run.Time.Advance(TimeSpan.FromMinutes(1));
        var now = run.Time.GetUtcNow();
        run.Registry.Record(new Decision(WorkerCase.Key(), now, now, DecisionKind.Released, new Wording("", "")));
        run.Registry.SetState(WorkerCase.Key(), RunState.Approved, now);
        await run.ConductAsync();

        Assert.Equal(decided, string.Join(' ', run.Decided));
        Assert.Single(run.Sent);
    }

    [Fact]
    public async Task Messages_put_back_to_planned_are_left_over_again()
    {
        using var run = Approved();
        Give(run, OrderKind.Cancel);
        var isPutBack = false;
        run.Reporting = () =>
        {
            if (!isPutBack)
                run.Planned[WorkerCase.Key().ToString()] = 1;
            isPutBack = true;
        };

        Assert.Null(await run.ConductOnceAsync());

        Assert.Equal((RunState.Cancelled, 2), (run.State(), run.Left.Count));
        Assert.Equal(0, run.Planned[WorkerCase.Key().ToString()]);
    }
}
