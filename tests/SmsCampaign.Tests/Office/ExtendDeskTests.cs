using System.Diagnostics;
using System.Globalization;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Conduct;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.App.Worker;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>The window of the run of 30/7/2025, 08:00 to 20:00, as persons have it close later.</summary>
public sealed class ExtendDeskTests
{
    static readonly Who Leader = new("Nguyễn Văn A, phó giám đốc", "an", "cong-van");

    static WorkerCase At(string now, string leftovers = "next-day", RunState? state = RunState.Sending)
    {
        var run = new WorkerCase(WorkerCase.Definition(leftovers: leftovers), Local("20 09:00"));
        if (state is not null)
            run.Approve();
        if (state is { } given)
            run.Registry.SetState(WorkerCase.Key(), given, Local("30 08:00"));
        run.Time.SetUtcNow(Local(now));
        return run;
    }

    static Task<ExtendResult> ExtendAsync(WorkerCase run, string until, string reason = "lãnh đạo yêu cầu") =>
        new ExtendDesk(run.Data, run.Time).ExtendAsync(
            Leader,
            new ExtendOrder(WorkerCase.Campaign, null, TimeOnly.Parse(until, CultureInfo.InvariantCulture), reason),
            TimeSpan.FromSeconds(3),
            CancellationToken.None);

    [Theory]
    [InlineData("29 15:00", "21:00", typeof(ExtendFinding.NotToday))]
    [InlineData("30 15:00", "20:00", typeof(ExtendFinding.NotLater))]
    [InlineData("30 15:00", "19:00", typeof(ExtendFinding.NotLater))]
    [InlineData("30 15:00", "22:01", typeof(ExtendFinding.TooLate))]
    [InlineData("30 15:00", "23:59", typeof(ExtendFinding.TooLate))]
    [InlineData("30 21:30", "21:00", typeof(ExtendFinding.IsPast))]
    [InlineData("31 21:00", "21:00", typeof(ExtendFinding.IsPast))]
    public async Task What_is_no_later_hour_of_today_is_refused_and_nothing_is_written(
        string now, string until, Type expected)
    {
        using var run = At(now);

        var refused = Assert.IsType<ExtendResult.Refused>(await ExtendAsync(run, until));

        Assert.Equal(expected, Assert.Single(refused.Findings).GetType());
        Assert.Empty(run.Registry.Find(WorkerCase.Key())!.Extensions);
        Assert.Empty(run.Decided);
    }

    [Theory]
    [InlineData(RunState.Finished, "next-day", "30 19:00", typeof(ExtendFinding.IsOver))]
    [InlineData(RunState.Skipped, "next-day", "30 19:00", typeof(ExtendFinding.IsOver))]
    [InlineData(RunState.Planned, "next-day", "30 19:00", typeof(ExtendFinding.NotApproved))]
    [InlineData(RunState.Sending, "drop", "30 20:00", typeof(ExtendFinding.MayNotGoOn))]
    [InlineData(null, "next-day", "30 19:00", typeof(ExtendFinding.NoRun))]
    public async Task A_run_that_may_not_go_on_today_is_not_extended(
        RunState? state, string leftovers, string now, Type expected)
    {
        using var run = At(now, leftovers, state);

        var refused = Assert.IsType<ExtendResult.Refused>(await ExtendAsync(run, "21:00"));

        Assert.Equal(expected, Assert.Single(refused.Findings).GetType());
    }

    [Theory]
    [InlineData("30 06:00", RunState.Approved, "next-day")] // before it opens
    [InlineData("30 19:59", RunState.Sending, "drop")]
    [InlineData("30 20:05", RunState.Sending, "next-day")] // just closed, and goes on tomorrow
    [InlineData("30 20:05", RunState.Held, "hold")]
    public async Task Today_closes_later_by_name_and_reason_without_any_worker(
        string now, RunState state, string leftovers)
    {
        using var run = At(now, leftovers, state);

        var extended = Assert.IsType<ExtendResult.Extended>(await ExtendAsync(run, "21:30"));

        Assert.Equal(
            (new TimeOnly(20, 0), new TimeOnly(21, 30), state == RunState.Held, false),
            (extended.Was, extended.Closes, extended.IsHeld, extended.ByWorker));
        var window = run.Registry.Find(WorkerCase.Key())!.ReadSchedule().Window;
        Assert.Equal(Local("30 21:30"), window.ClosesOn(WorkerCase.Key().Date));
        var decision = Assert.Single(run.Registry.ReadDecisions(WorkerCase.Campaign));
        Assert.Equal(
            (DecisionKind.Extended, Local("30 21:30"), "an@cong-van"),
            (decision.What, decision.Due, decision.ByOs));
        Assert.Equal(
            "Nguyễn Văn A, phó giám đốc cho kéo dài khung giờ ngày 30/07/2025 từ 20:00 đến 21:30. Lý do: lãnh đạo yêu "
                + "cầu",
            decision.Reason.Vi);
        Assert.True(run.Registry.Audit.Verify(ledgers: false).Holds);
    }

    /// <summary>It stands on record, so it is never told as not done.</summary>
    [Theory]
    [InlineData("drop", true)]
    [InlineData("next-day", false)]
    public async Task What_was_written_down_while_the_window_closed_is_done_with_a_caution(string leftovers, bool told)
    {
        using var run = At("30 19:59", leftovers);
        var time = new ClosingTime(run);

        var extended = Assert.IsType<ExtendResult.Extended>(await new ExtendDesk(run.Data, time).ExtendAsync(
            Leader,
            new ExtendOrder(WorkerCase.Campaign, null, new TimeOnly(21, 0), "lãnh đạo yêu cầu"),
            TimeSpan.FromSeconds(3),
            CancellationToken.None));

        Assert.Equal(told, extended.ClosedMeanwhile);
        Assert.Single(run.Registry.Find(WorkerCase.Key())!.Extensions);
    }

    /// <summary>It is past eight once the extension is written down.</summary>
    sealed class ClosingTime(WorkerCase run) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() =>
            run.Registry.Find(WorkerCase.Key())!.Extensions.Count > 0 ? Local("30 20:00") : Local("30 19:59");
    }

    [Theory]
    [InlineData("30 19:10", "20:30 21:00 21:30 22:00")]
    [InlineData("30 21:10", "21:30 22:00")]
    [InlineData("30 21:50", "22:00")]
    [InlineData("29 15:00", "")]
    public void Whoever_looks_is_shown_the_hours_that_are_left(string now, string hours)
    {
        using var run = At(now);

        var look = new ExtendDesk(run.Data, run.Time).Look(
            run.Registry.Find(WorkerCase.Key())!, Repository.PathOf("config/smscampaign.json"));

        Assert.Equal(hours, string.Join(' ', look.Choices.Select(
            choice => choice.Until.ToString("HH:mm", CultureInfo.InvariantCulture))));
        Assert.Equal(hours.Length == 0, look.Findings.Count > 0);
        Assert.Empty(run.Registry.Find(WorkerCase.Key())!.Extensions);
    }

    [Fact]
    public async Task A_second_extension_goes_from_the_first()
    {
        using var run = At("30 19:00");
        await ExtendAsync(run, "21:00");

        var extended = Assert.IsType<ExtendResult.Extended>(await ExtendAsync(run, "22:00"));

        Assert.Equal(new TimeOnly(21, 0), extended.Was);
        Assert.IsType<ExtendFinding.NotLater>(
            Assert.Single(Assert.IsType<ExtendResult.Refused>(await ExtendAsync(run, "21:30")).Findings));
    }

    /// <summary>Today's is mostly the run's own date, and stands once.</summary>
    [Theory]
    [InlineData("30 19:00", "Khung giờ của thu-nghiem, ngày 30/07/2025 kéo dài từ 20:00 đến 21:00, chỉ hôm nay, ")]
    [InlineData(
        "31 19:00",
        "Khung giờ của thu-nghiem, ngày 30/07/2025, vào ngày 31/07/2025, kéo dài từ 20:00 đến 21:00, chỉ hôm nay, ")]
    public async Task It_says_which_days_window_it_is_and_each_date_once(string now, string said)
    {
        using var run = At(now);
        using var shown = new StringWriter();

        var exit = await CommandLine.RunAsync(
            [
                "extend", WorkerCase.Campaign, "--until", "21:00", "--by", "A", "--reason", "lãnh đạo yêu cầu",
                "--data", run.Data.Root,
            ],
            new Terminal(shown, shown, Language.Vietnamese, false) { Time = run.Time },
            CancellationToken.None);

        Assert.Equal(ExitCode.Done, exit);
        Assert.StartsWith(said, shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_name_or_reason_nothing_is_done()
    {
        using var run = At("30 19:00");

        var result = await new ExtendDesk(run.Data, run.Time).ExtendAsync(
            new Who(" ", "an", "x"),
            new ExtendOrder(WorkerCase.Campaign, null, new TimeOnly(21, 0), " "),
            TimeSpan.FromSeconds(3),
            CancellationToken.None);

        Assert.Equal(
            [typeof(ExtendFinding.NoName), typeof(ExtendFinding.NoReason)],
            Assert.IsType<ExtendResult.Refused>(result).Findings.Select(finding => finding.GetType()));
    }

    [Fact]
    public async Task An_extension_written_past_the_program_has_no_effect_and_audit_verify_names_it()
    {
        using var run = At("30 19:00");
        await ExtendAsync(run, "21:00");
        using (var db = SqliteDb.Open(run.Data.Ledger))
        {
            db.Execute("update window_extension set closes = '22:00'");
            db.Execute(
                "insert into window_extension (run, day, closes, person, by_os, reason, at) "
                + "select run, '2025-07-31', closes, person, by_os, reason, at from window_extension");
        }

        var window = run.Registry.Find(WorkerCase.Key())!.ReadSchedule().Window;

        Assert.Equal(new TimeOnly(20, 0), window.HourOfClosing(WorkerCase.Key().Date));
        Assert.Equal(new TimeOnly(20, 0), window.HourOfClosing(WorkerCase.Key().Date.AddDays(1)));
        var report = run.Registry.Audit.Verify(ledgers: false);
        Assert.Equal(
            [
                "việc kéo dài khung giờ số 1: đã bị sửa sau khi ghi (dòng 4 của chuỗi).",
                "việc kéo dài khung giờ số 2: không có trong chuỗi, không do chương trình ghi.",
            ],
            report.Findings.Select(finding => finding.Vi));
    }

    [Fact]
    public async Task A_running_worker_does_it_once_also_where_it_is_killed_before_it_answers()
    {
        using var run = At("30 19:00");
        await using var station = Station.Open(run.Data, [], new ProcessClock(run.Time));
        using var worker = SendingLock.TryTake(run.Data, run.Time)!;
        new LifeSigns(run.Data, "worker", run.Time).Give();

        var asking = ExtendAsync(run, "21:00");
        Execute(run, "create trigger killed before update of answered_at on command begin select raise(abort, "
            + "'killed'); end");
        Assert.ThrowsAny<Exception>(() => new CommandHand(station, "first").Look());
        Execute(run, "drop trigger killed");
        new CommandHand(station, "second").Look();
        for (var clock = Stopwatch.StartNew(); !asking.IsCompleted && clock.Elapsed < Patience.ForAnything;)
        {
            run.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.True(Assert.IsType<ExtendResult.Extended>(await asking).ByWorker);
        Assert.Single(run.Registry.Find(WorkerCase.Key())!.Extensions);
        Assert.Equal(["extended"], run.Decided);
    }

    static void Execute(WorkerCase run, string sql)
    {
        using var db = SqliteDb.Open(run.Data.Ledger);
        db.Execute(sql);
    }

    /// <param name="text">Day of July 2025 and time in Vietnam, which keeps UTC+7 all year.</param>
    static DateTimeOffset Local(string text) => DateTimeOffset.ParseExact(
        $"2025-07-{text} +07:00", "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture).ToUniversalTime();
}
