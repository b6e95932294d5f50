using System.Globalization;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.App.Worker;

namespace SmsCampaign.Tests.Conduct;

public sealed class RunConductorTests
{
    static WorkerCase Approved(string missed = "start-late", string leftovers = "next-day")
    {
        var run = new WorkerCase(WorkerCase.Definition(missed, leftovers), Local("20 09:00"));
        run.Approve();
        return run;
    }

    /// <summary>Sends a part on the first day, until the window closes, and the rest on the next.</summary>
    static Func<RunRecord, DateOnly, CancellationToken, Task<SendEnd>> SendHalfADay(WorkerCase run) =>
        (record, day, _) =>
        {
            var last = day > WorkerCase.Key().Date;
            run.Planned[record.Key] = last ? 0 : 40;
            if (!last)
                run.Time.SetUtcNow(Local("30 20:00"));
            return Task.FromResult(last ? SendEnd.Done : SendEnd.Closed);
        };

    /// <param name="text">Day of July 2025 and time in Vietnam, which keeps UTC+7 all year.</param>
    static DateTimeOffset Local(string text) =>
        DateTimeOffset.ParseExact(
            $"2025-07-{text} +07:00", "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture).ToUniversalTime();

    [Theory]
    // The machine was off at 08:00 and is on again at 14:00.
    [InlineData("30 14:00", "start-late", "next-day", "late finished", RunState.Finished, "2025-07-30 14:00")]
    [InlineData("30 14:00", "hold", "next-day", "held", RunState.Held, null)]
    [InlineData("30 14:00", "skip", "next-day", "skipped", RunState.Skipped, null)]
    // On again at 22:30, after the window.
    [InlineData("30 22:30", "start-late", "next-day", "closed late finished", RunState.Finished, "2025-07-31 08:00")]
    [InlineData("30 22:30", "start-late", "hold", "held", RunState.Held, null)]
    [InlineData("30 22:30", "start-late", "drop", "leftover finished", RunState.Finished, null)]
    [InlineData("30 22:30", "hold", "next-day", "held", RunState.Held, null)]
    [InlineData("30 22:30", "skip", "next-day", "skipped", RunState.Skipped, null)]
    // On again on the next day.
    [InlineData("31 10:00", "start-late", "next-day", "late finished", RunState.Finished, "2025-07-31 10:00")]
    [InlineData("31 10:00", "start-late", "hold", "held", RunState.Held, null)]
    [InlineData("31 10:00", "start-late", "drop", "leftover finished", RunState.Finished, null)]
    [InlineData("31 10:00", "hold", "next-day", "held", RunState.Held, null)]
    [InlineData("31 10:00", "skip", "drop", "skipped", RunState.Skipped, null)]
    public async Task A_missed_start_follows_the_policies(
        string onAgain, string missed, string leftovers, string decided, RunState state, string? sentAt)
    {
        using var run = Approved(missed, leftovers);
        run.Time.SetUtcNow(Local(onAgain));

        await run.ConductAsync();

        Assert.Equal(decided, string.Join(' ', run.Decided));
        Assert.Equal(state, run.State());
        Assert.Equal(sentAt, run.Sent
            .Select(sent =>
                sent.At.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))
            .SingleOrDefault());
    }

    [Fact]
    public async Task A_run_fires_at_the_opening_with_due_and_actual_time()
    {
        using var run = Approved();

        await run.ConductAsync();

        var fired = run.Registry.ReadDecisions(WorkerCase.Campaign)[0];
        Assert.Equal((DecisionKind.Fired, Local("30 08:00"), Local("30 08:00")), (fired.What, fired.Due, fired.At));
        Assert.Equal([WorkerCase.Key().ToString()], run.Reports);
    }

    [Fact]
    public async Task Leftovers_go_on_at_the_next_opening()
    {
        using var run = Approved();
        run.SendAsync = SendHalfADay(run);

        await run.ConductAsync();

        Assert.Equal("fired closed resumed finished", string.Join(' ', run.Decided));
        Assert.Equal([Local("30 08:00"), Local("31 08:00")], run.Sent.Select(sent => sent.At));
    }

    [Theory]
    [InlineData("hold", "fired held", RunState.Held)]
    [InlineData("drop", "fired leftover finished", RunState.Finished)]
    public async Task Leftovers_that_may_not_go_on_are_held_or_dropped(string leftovers, string decided, RunState state)
    {
        using var run = Approved(leftovers: leftovers);
        run.SendAsync = SendHalfADay(run);

        await run.ConductAsync();

        Assert.Equal(decided, string.Join(' ', run.Decided));
        Assert.Equal(state, run.State());
        Assert.Single(run.Sent);
    }

    [Theory]
    [InlineData(ReceiptsWait.Over, "Every message handed over is settled or its receipt time is over")]
    [InlineData(ReceiptsWait.Behind, "receipts that had come are not settled yet; the report that is written is")]
    public async Task The_end_says_whether_receipts_that_had_come_are_in_the_report(ReceiptsWait wait, string said)
    {
        using var run = Approved();
        run.ReceiptsEnd = wait;

        await run.ConductAsync();

        Assert.Equal(RunState.Finished, run.State());
        Assert.Contains(
            said, run.Registry.ReadDecisions(WorkerCase.Campaign)[^1].Reason.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("next-day")]
    [InlineData("hold")]
    [InlineData("drop")]
    public async Task A_window_that_is_extended_while_it_closes_goes_on_and_nothing_is_left(string leftovers)
    {
        using var run = Approved(leftovers: leftovers);
        run.SendAsync = (record, _, _) =>
        {
            var first = run.Planned[record.Key] == 100;
            run.Planned[record.Key] = first ? 40 : 0;
            if (first)
                run.Time.SetUtcNow(Local("30 20:00"));
            if (first)
                run.Extend(new TimeOnly(20, 30));
            return Task.FromResult(first ? SendEnd.Closed : SendEnd.Done);
        };

        await run.ConductAsync();

        Assert.Equal("fired extended resumed finished", string.Join(' ', run.Decided));
        Assert.Equal(
            [(WorkerCase.Key().Date, Local("30 08:00")), (WorkerCase.Key().Date, Local("30 20:00"))],
            run.Sent.Select(sent => (sent.Day, sent.At)));
    }

    [Fact]
    public async Task Messages_are_not_given_up_that_a_person_just_let_go_on()
    {
        using var run = Approved(leftovers: "drop");
        run.Registry.SetState(WorkerCase.Key(), RunState.Sending, Local("30 08:00"));
        run.Time.SetUtcNow(Local("30 20:00"));

        // Decided after the conductor had read the window, and before it gave anything up.
        run.Counted = () =>
        {
            run.Counted = () => { };
            run.Extend(new TimeOnly(20, 30));
        };

        await run.ConductAsync();

        Assert.Equal("extended resumed finished", string.Join(' ', run.Decided));
        Assert.Single(run.Sent);
    }

    [Theory]
    [InlineData("next-day", "fired closed", RunState.Sending)]
    [InlineData("hold", "fired held", RunState.Held)]
    [InlineData("drop", "fired leftover finished", RunState.Finished)]
    public async Task Sent_by_hand_what_becomes_of_leftovers_is_decided_and_recorded_all_the_same(
        string leftovers, string decided, RunState state)
    {
        using var run = Approved(leftovers: leftovers);
        run.SendAsync = SendHalfADay(run);
        run.Time.SetUtcNow(Local("30 08:00"));

        var wake = await run.Conductor(byHandOn: WorkerCase.Key().Date).ConductAsync(CancellationToken.None);

        Assert.Equal(decided, string.Join(' ', run.Decided));
        Assert.Equal(state, run.State());
        Assert.Equal("Một người chạy lệnh 'send'.", run.Registry.ReadDecisions(WorkerCase.Campaign)[0].Reason.Vi);
        Assert.Equal(leftovers == "next-day" ? Local("31 08:00") : null, wake);
    }

    [Fact]
    public async Task Sent_by_hand_it_begins_whatever_the_policy_for_a_missed_start_and_never_on_another_day()
    {
        using var run = Approved(missed: "hold");
        run.SendAsync = SendHalfADay(run);
        run.Time.SetUtcNow(Local("30 14:00"));
        var byHand = run.Conductor(byHandOn: WorkerCase.Key().Date);

        await byHand.ConductAsync(CancellationToken.None);
        run.Time.SetUtcNow(Local("31 08:00"));
        await byHand.ConductAsync(CancellationToken.None);

        Assert.Equal("late closed", string.Join(' ', run.Decided));
        Assert.Single(run.Sent);
    }

    [Fact]
    public async Task Killed_in_the_middle_and_started_again_it_goes_on()
    {
        using var run = Approved();
        var whole = run.SendAsync;
        run.SendAsync = (_, _, _) => throw new InvalidOperationException("killed");
        run.Time.SetUtcNow(Local("30 08:00"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => run.ConductAsync());

        run.SendAsync = whole;
        run.Time.SetUtcNow(Local("30 08:20"));
        await run.ConductAsync();

        Assert.Equal("fired resumed finished", string.Join(' ', run.Decided));
        Assert.Equal(RunState.Finished, run.State());
    }

    /// <summary>As a process left it that was killed after the one and before the other.</summary>
    [Fact]
    public async Task That_it_is_over_is_recorded_once_though_the_run_does_not_stand_so_yet()
    {
        using var run = Approved();
        run.Time.SetUtcNow(Local("30 08:00"));
        await run.ConductAsync();
        run.Registry.SetState(WorkerCase.Key(), RunState.Sending, run.Time.GetUtcNow());

        run.Time.SetUtcNow(Local("30 09:00"));
        await run.ConductAsync();

        Assert.Equal("fired finished", string.Join(' ', run.Decided));
        Assert.Equal(RunState.Finished, run.State());
    }

    [Fact]
    public async Task A_decision_is_recorded_once_however_often_it_is_looked()
    {
        using var run = Approved();
        run.Time.SetUtcNow(Local("30 22:30"));

        for (var look = 0; look < 5; look++)
            Assert.Equal(Local("31 08:00"), await run.ConductOnceAsync());

        Assert.Equal(["closed"], run.Decided);
    }

    [Fact]
    public async Task Rule_8_a_ledger_that_does_not_say_what_was_approved_is_held_with_what_differs()
    {
        using var run = Approved();
        run.Forged.Add(new Wording("tên định danh", "the sender"));
        run.Time.SetUtcNow(Local("30 08:00"));

        await run.ConductAsync();
        await run.ConductAsync();

        Assert.Equal(["held"], run.Decided);
        Assert.Equal(RunState.Held, run.State());
        Assert.Empty(run.Sent);
        Assert.Contains(
            "the sender", run.Registry.ReadDecisions(WorkerCase.Campaign)[0].Reason.En, StringComparison.Ordinal);
        Assert.Contains(
            "Muốn gửi tiếp: sms-campaign resume campaign.yaml --by \"Họ tên\"",
            run.Registry.ReadDecisions(WorkerCase.Campaign)[0].Reason.Vi,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_8_what_runs_is_what_was_approved()
    {
        using var run = Approved();
        run.AudienceHash = "changed";
        run.Time.SetUtcNow(Local("30 08:00"));

        await run.ConductAsync();

        Assert.Empty(run.Sent);
        Assert.Equal(RunState.Held, run.State());
        Assert.Contains(
            "đã khác so với lúc phê duyệt",
            run.Registry.ReadApprovals(WorkerCase.Campaign)[0].VoidReasonVi,
            StringComparison.Ordinal);
        Assert.Null(run.Registry.FindApproval(WorkerCase.Campaign, WorkerCase.Key().Date));
        Assert.Contains(
            "Xem lại: sms-campaign plan campaign.yaml. Đồng ý gửi thì phê duyệt lại: "
                + "sms-campaign approve campaign.yaml",
            run.Registry.ReadDecisions(WorkerCase.Campaign)[0].Reason.Vi,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_cannot_be_prepared_is_held_with_the_exact_reason()
    {
        using var run = Approved();
        run.Problems.Add(new Problem(
            new Place("campaign.yaml", 12),
            new Wording("nội dung tệp chiến dịch đã khác", "the campaign file says something else")));
        run.Time.SetUtcNow(Local("30 08:00"));

        await run.ConductAsync();

        var held = Assert.Single(run.Registry.ReadDecisions(WorkerCase.Campaign));
        Assert.Equal(DecisionKind.Held, held.What);
        Assert.Contains(
            "campaign.yaml:12: lỗi: nội dung tệp chiến dịch đã khác", held.Reason.Vi, StringComparison.Ordinal);
        Assert.Empty(run.Sent);
    }

    [Theory]
    [InlineData("start-late")]
    [InlineData("hold")] // no start was missed: it was there
    [InlineData("skip")]
    public async Task A_file_that_cannot_be_read_at_the_opening_is_tried_every_minute_and_voids_nothing(string missed)
    {
        using var run = Approved(missed);
        run.Problems.Add(
            new Problem(new Place("subscribers.csv"), new Wording("đang mở", "is open")) { MayPass = true });
        run.Time.SetUtcNow(Local("30 08:00"));

        for (var minute = 1; minute <= 3; minute++)
        {
            var again = await run.ConductOnceAsync();
            Assert.Equal(Local($"30 08:0{minute}"), again);
            run.Time.SetUtcNow(again!.Value);
        }

        Assert.Equal(["delayed"], run.Decided);
        Assert.Contains(
            "subscribers.csv", run.Registry.ReadDecisions(WorkerCase.Campaign)[0].Reason.En, StringComparison.Ordinal);
        Assert.NotNull(run.Registry.FindApproval(WorkerCase.Campaign, WorkerCase.Key().Date));

        run.Problems.Clear();
        await run.ConductAsync();
        Assert.Equal("delayed late finished", string.Join(' ', run.Decided));
    }

    [Fact]
    public async Task A_file_unreadable_until_the_window_closes_leaves_it_to_the_policy_and_the_approval_stands()
    {
        using var run = Approved(leftovers: "hold");
        run.Problems.Add(new Problem(null, new Wording("đang mở", "is open")) { MayPass = true });
        run.Time.SetUtcNow(Local("30 19:59"));

        await run.ConductAsync();

        Assert.Equal("delayed held", string.Join(' ', run.Decided));
        Assert.NotNull(run.Registry.FindApproval(WorkerCase.Campaign, WorkerCase.Key().Date));
    }

    [Fact]
    public async Task What_has_begun_goes_on_the_next_day_whatever_has_become_of_its_files()
    {
        using var run = Approved();
        run.SendAsync = SendHalfADay(run);
        run.Time.SetUtcNow(Local("30 08:00"));
        Assert.Equal(Local("31 08:00"), await run.ConductOnceAsync());

        run.Problems.Add(new Problem(new Place("ported.csv"), new Wording("đã bị sửa", "was changed")));
        run.Time.SetUtcNow(Local("31 08:00"));
        await run.ConductAsync();

        Assert.Equal("fired closed resumed finished", string.Join(' ', run.Decided));
    }

    [Fact]
    public async Task A_campaign_file_rewritten_after_the_start_stops_what_has_begun()
    {
        using var run = Approved();
        run.SendAsync = SendHalfADay(run);
        run.Time.SetUtcNow(Local("30 08:00"));
        await run.ConductOnceAsync();

        run.Rewritten.Add(new Problem(new Place("campaign.yaml"), new Wording("đã khác", "says something else")));
        run.Time.SetUtcNow(Local("31 08:00"));
        await run.ConductAsync();

        Assert.Equal("fired closed held", string.Join(' ', run.Decided));
        Assert.Null(run.Registry.FindApproval(WorkerCase.Campaign, WorkerCase.Key().Date));
    }

    [Fact]
    public async Task Lanes_that_are_not_those_planned_hold_the_run_with_what_differs_and_the_approval_stands()
    {
        using var run = Approved();
        run.Stale.Add(
            new Wording("kênh gửi 'viettel' đã đổi: rate 500 → 300", "the lane 'viettel' was changed: rate 500 → 300"));
        run.Time.SetUtcNow(Local("30 08:00"));

        await run.ConductAsync();

        Assert.Empty(run.Sent);
        var held = Assert.Single(run.Registry.ReadDecisions(WorkerCase.Campaign));
        Assert.Contains("rate 500 → 300", held.Reason.Vi, StringComparison.Ordinal);
        Assert.Contains("khởi động lại dịch vụ gửi", held.Reason.Vi, StringComparison.Ordinal);

        run.Stale.Clear();
        run.Approve();
        await run.ConductAsync();
        Assert.Equal("held fired finished", string.Join(' ', run.Decided));
    }

    [Fact]
    public async Task A_held_run_goes_on_once_it_is_approved_again()
    {
        using var run = Approved(leftovers: "hold");
        var whole = run.SendAsync;
        run.SendAsync = SendHalfADay(run);
        await run.ConductAsync();

        run.Time.SetUtcNow(Local("30 21:00"));
        run.SendAsync = whole;
        run.Approve();
        await run.ConductAsync();

        Assert.Equal("fired held resumed finished", string.Join(' ', run.Decided));
        Assert.Equal(Local("31 08:00"), run.Sent[1].At);
    }

    [Fact]
    public async Task Every_year_is_a_run_of_its_own()
    {
        using var run = new WorkerCase(WorkerCase.Definition(yearly: true), Local("20 09:00"));
        run.Approve(everyYear: true);

        await run.ConductAsync(2025);
        await run.ConductAsync(2026);

        Assert.Equal(
            [("thu-nghiem/2025-07-30", Local("30 08:00")), ("thu-nghiem/2026-07-30", Local("30 08:00").AddYears(1))],
            run.Sent.Select(sent => (sent.Run, sent.At)));
        Assert.Equal(RunState.Finished, run.State(2026));
    }

    [Fact]
    public void Every_date_since_the_approval_is_looked_at_and_the_next_to_come()
    {
        using var run = new WorkerCase(WorkerCase.Definition(yearly: true), Local("20 09:00"));
        run.Approve(everyYear: true);

        var dates = Occurrence.ReadAll(run.Registry, Local("30 08:00").AddYears(1), (_, unreadable) => throw unreadable)
            .Select(occurrence => occurrence.Key.Date.Year);

        Assert.Equal([2025, 2026, 2027], dates);
    }
}
