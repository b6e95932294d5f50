using SmsCampaign.App.Worker;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Worker;

/// <summary>
/// The worker with its real scheduler and registry, on a clock that only the test moves.
/// </summary>
[Collection(nameof(MachineZone))]
public sealed class CampaignWorkerTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>08:00 in Vietnam on 30/7/2025.</summary>
    static readonly DateTimeOffset Opening = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Two_whole_years_fire_on_30_7_and_on_no_other_day()
    {
        using var run = new WorkerCase(
            WorkerCase.Definition(yearly: true), new DateTimeOffset(2025, 1, 1, 1, 0, 0, TimeSpan.Zero));
        run.Approve(everyYear: true);
        using var host = await run.StartAsync();

        await PassDaysAsync(run, 729);
        await host.StopAsync();

        Assert.Equal([Opening, Opening.AddYears(1)], run.Sent.Select(sent => sent.At));
        Assert.Equal("fired finished fired finished", string.Join(' ', run.Decided));
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("America/New_York")] // 12 hours behind, summer time
    [InlineData("Pacific/Kiritimati")] // UTC+14: already the next day
    public async Task It_fires_at_the_opening_in_the_campaigns_zone_whatever_the_machines(string zone)
    {
        using var machine = new MachineZone(zone);
        using var run = new WorkerCase(WorkerCase.Definition(), Opening.AddDays(-3));
        run.Approve();
        using var host = await run.StartAsync();

        await PassDaysAsync(run, 5);
        await host.StopAsync();

        Assert.Equal(zone, TimeZoneInfo.Local.Id);
        Assert.Equal([Opening], run.Sent.Select(sent => sent.At));
    }

    [Fact]
    public async Task A_run_that_waits_for_tomorrow_goes_on_today_where_a_person_extends_its_window()
    {
        using var run = new WorkerCase(WorkerCase.Definition(), Opening.AddHours(12).AddMinutes(30));
        run.Approve();
        using var host = await run.StartAsync();
        Assert.Empty(run.Sent);

        var sent = ExpectSend(run);
        run.Extend(new TimeOnly(21, 0));
        for (var glance = 0; glance < 10 && !sent.IsCompleted; glance++)
            await run.AdvanceAsync(CampaignWorker.Glance);
        await sent.WaitAsync(Patience.ForAnything);
        await host.StopAsync();

        Assert.Equal(WorkerCase.Key().Date, Assert.Single(run.Sent).Day);
    }

    [Fact]
    public async Task In_the_last_seconds_before_the_opening_lanes_are_made_ready_once()
    {
        using var run = new WorkerCase(WorkerCase.Definition(), Opening.AddSeconds(-21));
        run.Approve();
        using var host = await run.StartAsync();
        for (var glance = 0; glance < 6; glance++)
            await run.AdvanceAsync(CampaignWorker.Glance);
        await run.FirstWarmUp.WaitAsync(Patience.ForAnything);
        for (var glance = 0; glance < 4; glance++)
            await run.AdvanceAsync(CampaignWorker.Glance);

        var sent = ExpectSend(run);
        run.Time.Advance(Second);
        await sent.WaitAsync(Patience.ForAnything);
        await host.StopAsync();

        var warmed = Assert.Single(run.WarmedUp);
        Assert.Equal((WorkerCase.Key().ToString(), Opening), (warmed.Run, warmed.Opens));
        Assert.InRange(warmed.At, Opening - LaneWarmUp.Ahead, Opening - Second);
        Assert.Equal([Opening], run.Sent.Select(each => each.At));
    }

    [Fact]
    public async Task It_says_every_few_seconds_that_it_goes_on_and_at_the_end_that_it_has_ended()
    {
        using var run = new WorkerCase(WorkerCase.Definition(), Opening.AddDays(-1));
        run.Approve();
        using var host = await run.StartAsync();
        var began = LifeSign.Read(run.Data)!;
        for (var glance = 0; glance < 4; glance++)
            await run.AdvanceAsync(CampaignWorker.Glance);

        var going = LifeSign.Read(run.Data)!;
        await host.StopAsync();
        var ended = LifeSign.Read(run.Data)!;

        Assert.Equal(
            (Environment.ProcessId, Opening.AddDays(-1), Opening.AddDays(-1)), (began.Pid, began.Since, began.At));
        Assert.Equal(
            (began.Since, began.At + TimeSpan.FromSeconds(6), (DateTimeOffset?)null),
            (going.Since, going.At, going.EndedAt));
        Assert.NotNull(ended.EndedAt);
    }

    [Fact]
    public async Task Off_at_the_opening_and_on_again_it_catches_up_once()
    {
        using var run = new WorkerCase(WorkerCase.Definition(), Opening.AddDays(-1));
        run.Approve();
        using (var before = await run.StartAsync())
            await before.StopAsync();

        run.Time.SetUtcNow(Opening.AddHours(6));
        var sent = ExpectSend(run);
        using var host = await run.StartAsync();
        await sent.WaitAsync(Patience.ForAnything);
        await run.AdvanceAsync(TimeSpan.FromMinutes(5));
        await host.StopAsync();

        Assert.Equal("late finished", string.Join(' ', run.Decided));
        Assert.Empty(run.WarmedUp);
    }

    [Theory]
    [InlineData(3, RunState.Held, "fired finished held")]
    [InlineData(0, RunState.Finished, "fired finished")]
    public async Task What_a_killed_process_put_back_as_the_run_ended_waits_for_an_approval_from_the_next_start_on(
        long left, RunState expected, string decided)
    {
        using var run = new WorkerCase(WorkerCase.Definition(), Opening.AddHours(-1));
        run.Approve();
        await run.ConductAsync();
        run.Planned[WorkerCase.Key().ToString()] = left;

        using var host = await run.StartAsync();
        await host.StopAsync();

        Assert.Equal((expected, decided), (run.State(), string.Join(' ', run.Decided)));
        Assert.Single(run.Sent);
    }

    [Fact]
    public async Task An_approval_given_while_it_runs_is_picked_up()
    {
        using var run = new WorkerCase(WorkerCase.Definition(), Opening.AddMinutes(30));
        using var host = await run.StartAsync();
        var sent = ExpectSend(run);

        run.Approve();
        await run.AdvanceAsync(CampaignWorker.Glance);
        await sent.WaitAsync(Patience.ForAnything);
        await host.StopAsync();

        Assert.Equal("late", run.Decided[0]);
    }

    [Fact]
    public async Task A_stop_in_the_middle_of_sending_waits_for_what_is_in_flight()
    {
        using var run = new WorkerCase(WorkerCase.Definition(), Opening.AddHours(1));
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var wound = false;
        run.SendAsync = async (_, _, stopping) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, run.Time, stopping).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
            wound = true;
            return SendEnd.Stopped;
        };
        run.Approve();
        using var host = await run.StartAsync();
        await begun.Task.WaitAsync(Patience.ForAnything);

        await host.StopAsync();

        Assert.True(wound);
        Assert.Equal(RunState.Sending, run.State());
    }

    /// <summary>Passes days from 08:00 to 08:00 in Vietnam, the last second of each on its own.</summary>
    static async Task PassDaysAsync(WorkerCase run, int days)
    {
        for (var day = 0; day < days; day++)
        {
            await run.AdvanceAsync(TimeSpan.FromDays(1) - Second);
            var expected = run.Sent.Count + (run.Time.GetUtcNow() + Second is { Month: 7, Day: 30 } ? 1 : 0);
            var sent = ExpectSend(run);

            run.Time.Advance(Second);
            if (expected > run.Sent.Count)
                await sent.WaitAsync(Patience.ForAnything);
        }
    }

    static Task ExpectSend(WorkerCase run)
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        run.SendAsync = (record, _, _) =>
        {
            run.Planned[record.Key] = 0;
            sent.TrySetResult();
            return Task.FromResult(SendEnd.Done);
        };
        return sent.Task;
    }
}

/// <summary>Sets this process's own time zone, as the machine's would be, for as long as it lives.</summary>
[CollectionDefinition(nameof(MachineZone), DisableParallelization = true)]
public sealed class MachineZone : IDisposable
{
    const string Variable = "TZ";

    readonly string? _before = Environment.GetEnvironmentVariable(Variable);

    public MachineZone(string zone) => Set(zone);

    public void Dispose() => Set(_before);

    static void Set(string? zone)
    {
        Environment.SetEnvironmentVariable(Variable, zone);
        TimeZoneInfo.ClearCachedData();
    }
}
