using System.Globalization;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.App.Worker;

namespace SmsCampaign.Tests.Conduct;

/// <summary>Messages that are put back while a run comes to its end.</summary>
public sealed class RunReturnTests
{
    static WorkerCase Approved(string missed = "start-late", string leftovers = "next-day")
    {
        var run = new WorkerCase(WorkerCase.Definition(missed, leftovers), Local("20 09:00"));
        run.Approve();
        return run;
    }

    /// <param name="text">Day of July 2025 and time in Vietnam, which keeps UTC+7 all year.</param>
    static DateTimeOffset Local(string text) =>
        DateTimeOffset.ParseExact(
            $"2025-07-{text} +07:00", "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture).ToUniversalTime();

    [Fact]
    public async Task Messages_put_back_just_as_it_turns_to_waiting_for_receipts_are_not_forgotten()
    {
        using var run = Approved();
        run.Time.SetUtcNow(Local("30 08:00"));
        var conductor = run.Conductor();
        var key = WorkerCase.Key().ToString();
        run.Counted = () =>
        {
            // Counted as none; a moment later a person puts five back, and the worker says so once.
            if (run.Sent.Count == 0 || run.Planned[key] > 0)
                return;

            run.Counted = () => { };
            run.Planned[key] = 5;
            conductor.LookAgain();
        };
        // The look after sending is the log's; the one that matters comes after it.
        var counted = run.Counted;
        run.Counted = () =>
        {
            if (run.Sent.Count > 0)
                run.Counted = counted;
        };

        await conductor.ConductAsync(CancellationToken.None);

        Assert.Equal(2, run.Sent.Count);
        Assert.Equal(RunState.Finished, run.State());
    }

    /// <summary>It takes minutes, and the run is not over for whoever puts them back.</summary>
    [Fact]
    public async Task Messages_put_back_while_the_report_is_written_are_sent_and_reported()
    {
        using var run = Approved();
        run.Reporting = () =>
        {
            run.Reporting = () => { };
            run.Planned[WorkerCase.Key().ToString()] = 5;
        };

        await run.ConductAsync();

        Assert.Equal((2, 2), (run.Sent.Count, run.Reports.Count));
        Assert.Equal("fired resumed finished", string.Join(' ', run.Decided));
        Assert.Equal(RunState.Finished, run.State());
    }

    /// <summary>Whoever put them back saw a run that was not over.</summary>
    [Fact]
    public async Task Messages_put_back_just_as_the_run_ends_wait_for_an_approval()
    {
        using var run = Approved();
        run.Told.OnDecided = () =>
        {
            if (run.Decided[^1] == "finished")
                run.Planned[WorkerCase.Key().ToString()] = 5;
        };

        await run.ConductAsync();

        Assert.Equal("fired finished held", string.Join(' ', run.Decided));
        Assert.Equal(RunState.Held, run.State());
        Assert.Single(run.Sent);
    }
}
