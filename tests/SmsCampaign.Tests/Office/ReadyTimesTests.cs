using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.App.Worker;

namespace SmsCampaign.Tests.Office;

/// <summary>When the worker looks: the run opens on 30/7/2025 at 08:00 in Vietnam.</summary>
public sealed class ReadyTimesTests : IDisposable
{
    readonly WorkerCase _case = new(WorkerCase.Definition(), At(28, 9, 0));

    public void Dispose() => _case.Dispose();

    [Theory]
    [InlineData(29, 16, 59, null)]
    [InlineData(29, 17, 0, ReadyStage.DayBefore)]
    [InlineData(30, 6, 59, ReadyStage.DayBefore)]
    [InlineData(30, 7, 0, ReadyStage.HourBefore)]
    [InlineData(30, 7, 54, ReadyStage.HourBefore)]
    [InlineData(30, 7, 55, ReadyStage.MinutesBefore)]
    [InlineData(30, 7, 59, ReadyStage.MinutesBefore)]
    [InlineData(30, 8, 0, null)] // what is open shows by itself how it goes
    public void The_evening_before_an_hour_before_and_five_minutes_before(
        int day, int hour, int minute, ReadyStage? stage)
    {
        _case.Approve();

        var due = ReadyTimes.FindDue(_case.Registry, twoPersons: false, At(day, hour, minute));

        Assert.Equal(
            stage is { } known ? [new DueLook(WorkerCase.Key(), At(30, 8, 0), known)] : [], due);
    }

    /// <summary>By what is on disk: the process may be another by then.</summary>
    [Fact]
    public void Each_is_taken_once_and_what_was_missed_is_taken_at_once()
    {
        _case.Approve();
        Keep(ReadyStage.DayBefore, At(29, 17, 0), ReadyLight.Green);
        Assert.Empty(ReadyTimes.FindDue(_case.Registry, twoPersons: false, At(29, 17, 1)));

        // The machine was off until ten to eight: the latest alone, of those that are past.
        var due = Assert.Single(ReadyTimes.FindDue(_case.Registry, twoPersons: false, At(30, 7, 50)));
        Assert.Equal(ReadyStage.HourBefore, due.Stage);
        Keep(due.Stage, At(30, 7, 50), ReadyLight.Amber);
        Assert.Empty(ReadyTimes.FindDue(_case.Registry, twoPersons: false, At(30, 7, 54)));
    }

    [Fact]
    public void What_was_red_is_looked_at_again_until_it_is_not()
    {
        _case.Approve();
        Keep(ReadyStage.DayBefore, At(29, 17, 0), ReadyLight.Red);
        Assert.Empty(ReadyTimes.FindDue(_case.Registry, twoPersons: false, At(29, 17, 14)));

        var again = Assert.Single(ReadyTimes.FindDue(_case.Registry, twoPersons: false, At(29, 17, 15)));
        Assert.Equal(ReadyStage.Again, again.Stage);
        Keep(ReadyStage.Again, At(29, 17, 15), ReadyLight.Green);

        Assert.Empty(ReadyTimes.FindDue(_case.Registry, twoPersons: false, At(29, 23, 0)));
    }

    /// <summary>That nobody approved it is what must be said in time.</summary>
    [Fact]
    public void A_run_that_is_planned_and_not_approved_is_looked_at_too()
    {
        _case.Approve();
        foreach (var approval in _case.Registry.ReadApprovals())
            _case.Registry.VoidApproval(approval.Id, new Wording("thu hồi", "revoked"), At(28, 10, 0));

        Assert.Equal(
            [new DueLook(WorkerCase.Key(), At(30, 8, 0), ReadyStage.DayBefore)],
            ReadyTimes.FindDue(_case.Registry, twoPersons: false, At(29, 17, 0)));
    }

    [Fact]
    public void A_date_of_a_year_to_come_is_looked_at_though_its_audience_is_not_imported()
    {
        using var yearly = new WorkerCase(WorkerCase.Definition(yearly: true), At(28, 9, 0));
        yearly.Approve(everyYear: true);
        yearly.Registry.SetState(WorkerCase.Key(), RunState.Finished, At(30, 20, 0));
        var evening = new DateTimeOffset(2026, 7, 29, 17, 0, 0, TimeSpan.FromHours(7));

        Assert.Contains(
            ReadyTimes.FindDue(yearly.Registry, twoPersons: false, evening),
            due => due.Run == WorkerCase.Key(2026) && due.Stage == ReadyStage.DayBefore);
    }

    void Keep(ReadyStage stage, DateTimeOffset at, ReadyLight light) => _case.Registry.ReadyBook.Keep(new ReadyLook(
        WorkerCase.Key(), At(30, 8, 0), stage, at, "worker", [new ReadyLine("disk", null, light, new("a", "a"))]));

    static DateTimeOffset At(int day, int hour, int minute) =>
        new(2025, 7, day, hour, minute, 0, TimeSpan.FromHours(7));
}
