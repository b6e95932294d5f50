using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Registry;

/// <summary>What a registry must do, whatever it is kept in. Another kind of ledger derives from this and adds only
/// what is peculiar to it.</summary>
public abstract class RegistryContract : IDisposable
{
    static readonly DateTimeOffset Now = new(2025, 7, 1, 2, 0, 0, TimeSpan.Zero);
    static readonly RunKey Key = new("dak-lak-2025", new DateOnly(2025, 7, 30), false);

    readonly TempFolder _folder = new();
    readonly IRegistry _registry;

    protected RegistryContract() => _registry = Open(_folder.Path);

    /// <summary>The registry of a data folder, made where it is not there.</summary>
    /// <param name="folder">Another of the same folder is opened beside one that is in use.</param>
    protected abstract IRegistry Open(string folder);

    public virtual void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_run_is_found_by_key_and_by_code()
    {
        _registry.AddRun(Run(), Now);
        _registry.SetState(Key, RunState.Sending, Now);

        Assert.Equal(RunState.Sending, _registry.Find(Key)!.State);
        Assert.Equal(Key, _registry.FindByCode("abcd2345")!.ToKey());
        Assert.Null(_registry.Find(Key with { Simulated = true }));
    }

    [Fact]
    public void A_decision_is_written_with_where_its_run_stands_by_it()
    {
        _registry.AddRun(Run(), Now);

        _registry.Record(
            new Decision(Key, Now, Now, DecisionKind.Finished, new Wording("xong", "done")), RunState.Finished);

        Assert.Equal(DecisionKind.Finished, Assert.Single(_registry.ReadDecisions(Key.Campaign)).What);
        Assert.Equal((RunState.Finished, Now), (_registry.Find(Key)!.State, _registry.Find(Key)!.FinishedSince));
    }

    [Fact]
    public void What_was_found_before_an_opening_is_read_as_it_was_kept()
    {
        var opens = Now.AddHours(1);
        ReadyLook look = new(Key, opens, ReadyStage.HourBefore, Now, "worker, PID 7", [
            new ReadyLine("disk", null, ReadyLight.Green, new Wording("đủ chỗ", "room")),
            new ReadyLine(
                "lane-reach", "viettel", ReadyLight.Red, new Wording("không tới", "away"), new Wording("gọi", "call")),
        ]);
        _registry.ReadyBook.Keep(look with { At = Now.AddMinutes(-9), Lines = [look.Lines[0]] });
        _registry.ReadyBook.Keep(look);

        var read = Open(_folder.Path).ReadyBook.FindLast(Key, opens)!;

        Assert.Equal(look.Lines, read.Lines);
        Assert.Equal(look with { Lines = read.Lines }, read);
        Assert.Equal(ReadyLight.Red, read.Light);
        Assert.Null(_registry.ReadyBook.FindLast(Key, opens.AddDays(1)));
        Assert.True(_registry.ReadyBook.Has(Key, opens, ReadyStage.HourBefore));
        Assert.False(_registry.ReadyBook.Has(Key, opens, ReadyStage.DayBefore));
        Assert.False(_registry.ReadyBook.Has(Key, opens.AddDays(1), ReadyStage.HourBefore));
    }

    [Fact]
    public void A_newer_approval_replaces_the_one_before()
    {
        _registry.Approve(Approval("11", null));
        _registry.Approve(Approval("22", null));

        Assert.Equal("22", _registry.FindApproval("dak-lak-2025", Key.Date)!.Hash);
        Assert.Equal(
            "được thay bằng phê duyệt mới của Nguyễn Văn A", _registry.ReadApprovals("dak-lak-2025")[1].VoidReasonVi);
    }

    [Fact]
    public void An_approval_of_one_date_does_not_serve_another()
    {
        _registry.Approve(Approval("11", "2025-07-30"));

        Assert.Null(_registry.FindApproval("dak-lak-2025", Key.Date.AddYears(1)));
        Assert.NotNull(_registry.FindApproval("dak-lak-2025", Key.Date));
    }

    [Fact]
    public void A_voided_approval_no_longer_stands()
    {
        _registry.Approve(Approval("11", null));
        _registry.VoidApproval(1, new Wording("tệp đã đổi", "file changed"), Now);

        Assert.Null(_registry.FindApproval("dak-lak-2025", Key.Date));
    }

    [Fact]
    public void Decisions_keep_due_time_actual_time_and_reason()
    {
        var decision = new Decision(
            Key, Now, Now.AddHours(6), DecisionKind.Late, new Wording("máy tắt", "machine was off"));
        _registry.Record(decision);

        Assert.Equal(decision with { ByOs = OsUser.Current }, Assert.Single(_registry.ReadDecisions("dak-lak-2025")));
    }

    [Fact]
    public void A_window_that_a_person_extended_closes_later_on_that_day_and_the_chain_bears_it_out()
    {
        _registry.AddRun(Run() with { Definition = Campaigns.CampaignFolder.Valid }, Now);
        var extension = WindowExtension.Of(Key.Date, new TimeOnly(21, 0), Who.Here("Nguyễn Văn A"), "gọi của lãnh đạo");
        var decision = new Decision(Key, Now.AddHours(12), Now, DecisionKind.Extended, new Wording("kéo dài", "later"));
        _registry.Extend(Key, extension, decision);

        var run = Open(_folder.Path).Find(Key)!;

        Assert.Equal(extension, Assert.Single(run.Extensions));
        Assert.Equal(new TimeOnly(21, 0), run.ReadSchedule().Window.HourOfClosing(Key.Date));
        Assert.Equal(new TimeOnly(20, 0), run.ReadSchedule().Window.HourOfClosing(Key.Date.AddDays(1)));
        Assert.Equal(DecisionKind.Extended, Assert.Single(_registry.ReadDecisions(Key.Campaign)).What);
        Assert.True(_registry.Audit.Verify(ledgers: false).Holds);
    }

    [Fact]
    public void A_run_that_is_planned_anew_takes_the_place_of_the_one_before()
    {
        _registry.AddRun(Run(), Now);
        _registry.AddRun(Run() with { Code = "xyz", PlanHash = "d" }, Now);

        Assert.Equal(("xyz", "d"), Assert.Single(_registry.ReadRuns()) is var run ? (run.Code, run.PlanHash) : default);
        Assert.Equal(["xyz"], _registry.ReadCodes());
        Assert.Null(_registry.FindByCode("abcd2345"));
    }

    [Fact]
    public void Runs_are_read_by_date_the_newest_first_all_or_a_campaigns()
    {
        foreach (var (campaign, day) in new[] { ("a", 1), ("a", 3), ("b", 2) })
            Add(new RunKey(campaign, new DateOnly(2025, 7, day), false));

        Assert.Equal(["a/2025-07-03", "b/2025-07-02", "a/2025-07-01"], _registry.ReadRuns().Select(run => run.Key));
        Assert.Equal(["a/2025-07-03", "a/2025-07-01"], _registry.ReadRuns("a").Select(run => run.Key));
    }

    [Fact]
    public void Runs_under_way_or_held_are_awaited_and_those_that_finished_since()
    {
        foreach (var (day, state) in new[]
        {
            (1, RunState.Sending),
            (2, RunState.Held),
            (3, RunState.Finished),
            (20, RunState.Finished),
            (21, RunState.Planned),
        })
            Add(new RunKey("a", new DateOnly(2025, 7, day), false), state);
        Add(new RunKey("a", new DateOnly(2025, 7, 22), true), RunState.Sending);

        var places = _registry.ReadPlaces(simulated: false, new DateOnly(2025, 7, 10));

        Assert.Equal(["a/2025-07-20", "a/2025-07-02", "a/2025-07-01"], places.Select(place => place.Key));
        Assert.Equal([RunState.Finished, RunState.Held, RunState.Sending], places.Select(place => place.State));
        Assert.Equal(
            "a/2025-07-22/simulated", Assert.Single(_registry.ReadPlaces(simulated: true, DateOnly.MaxValue)).Key);
    }

    [Fact]
    public void A_run_is_over_since_it_was_finished_or_skipped_and_no_more_when_it_goes_on()
    {
        _registry.AddRun(Run(), Now);
        _registry.SetState(Key, RunState.Finished, Now);
        Assert.Equal(Now, _registry.Find(Key)!.FinishedSince);

        _registry.SetState(Key, RunState.Sending, Now);
        Assert.Null(_registry.Find(Key)!.FinishedSince);
    }

    [Theory]
    [InlineData(false, "2026-07-30", "2025-07-30 every")] // of one date: any other, and every year's
    [InlineData(true, "2025-08-01", "2025-07-30")] // of a yearly one: the others of its year
    public void Approving_a_date_voids_what_would_send_the_message_again(bool yearly, string date, string voided)
    {
        foreach (var other in new[] { "2025-07-30", null, "2026-07-30" })
            _registry.Approve(Approval("11", other));

        _registry.VoidOtherDates(
            Key with { Date = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture) }, yearly, Now);

        Assert.Equal(
            voided, string.Join(' ', _registry
                .ReadApprovals()
                .Where(approval => approval.VoidedAt is not null)
                .Select(approval => approval.Date ?? "every")
                .Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void What_a_person_did_is_kept_with_who_did_it_and_the_last_of_a_kind_is_found()
    {
        _registry.RecordEvent("A", "files-changed", "a/2025-07-30: x", Now);
        _registry.RecordEvent("A", "other", "a/2025-07-30: y", Now);
        _registry.RecordEvent("A", "files-changed", "b/2025-07-30: z", Now);

        Assert.Equal("a/2025-07-30: x", _registry.FindLastEvent(["files-changed", "files-restored"], "a/2025-07-30: "));
        Assert.Null(_registry.FindLastEvent(["files-restored"], "a/2025-07-30: "));
        var last = _registry.FindEvent(["files-changed"], "b/")!;
        Assert.Equal((Now, "A", "b/2025-07-30: z"), (last.At, last.Who, last.Detail));
        Assert.Equal(Who.Here("A").ByOs, last.ByOs);

        _registry.RecordEvent("A", "files-changed", "a/2025-07-30: w", Now);
        Assert.Equal(
            ["a/2025-07-30: x", "a/2025-07-30: w"],
            _registry.ReadEvents("files-changed", "a/").Select(each => each.Detail));
    }

    [Fact]
    public void What_the_program_records_is_borne_out_by_the_audit_chain()
    {
        Assert.Equal("0", _registry.Audit.Head.ToString());

        _registry.Approve(Approval("11", null));
        _registry.VoidApproval(1, new Wording("tệp đã đổi", "file changed"), Now);
        _registry.Record(new Decision(Key, Now, Now, DecisionKind.Fired, new Wording("đã mở", "open")));
        _registry.RecordEvent("A", "report-unmasked", "x", Now);
        _registry.Stops.Add(new LaneStop("viettel", Now, "HTTP 401"));
        _registry.Stops.Remove("viettel", Now);

        var report = _registry.Audit.Verify(ledgers: true);
        Assert.Empty(report.Findings);
        Assert.Equal((7, report.Head), (report.Rows, _registry.Audit.Head)); // with its start
        Assert.Null(_registry.Audit.KeyTrouble);
        Assert.Empty(_registry.Audit.FindMissingApprovals());
    }

    [Fact]
    public void A_stopped_lane_keeps_its_first_reason_until_a_person_lets_it_go_on()
    {
        var stop = new LaneStop("viettel", Now, "HTTP 401", LaneStopKind.Fault);
        _registry.Stops.Add(stop);
        _registry.Stops.Add(stop with { Reason = "HTTP 403" });

        Assert.Equal(stop, Assert.Single(Reopen().Stops.Read()));
        Assert.True(_registry.Stops.IsStopped("viettel"));
        // another than was looked at
        Assert.Equal(stop, _registry.Stops.Remove("viettel", seen => seen.Reason == "HTTP 403", Now));
        Assert.Null(_registry.Stops.Remove("viettel", seen => seen == stop, Now));
        Assert.False(_registry.Stops.Remove("viettel", Now));
        Assert.False(_registry.Stops.IsStopped("viettel"));
    }

    [Fact]
    public void What_a_run_says_to_whom_is_kept_by_its_code()
    {
        _registry.Contents.Keep("abc", [new RunContent("t1", 7, [1, 2, 255]), new RunContent("t2", 1, [])]);
        _registry.Contents.Keep("abc", [new RunContent("t2", 3, [9])]);

        Assert.Equal(
            [("t1", 7L), ("t2", 3L)],
            Reopen().Contents.Read("abc").Select(content => (content.Text, content.Total)).Order());
        Assert.Equal([1, 2, 255], _registry.Contents.Read("abc").Single(content => content.Text == "t1").Sample);
        Assert.Empty(_registry.Contents.Read("other"));
        Assert.Equal(_registry.Contents.ReadKey(), Reopen().Contents.ReadKey());
    }

    [Fact]
    public void A_command_is_asked_taken_up_and_answered_once()
    {
        var order = new CommandOrder("resume", Key, "{}", "[]", new Who("A", "an", "may"));
        var id = _registry.Commands.Ask(order, Now);
        Assert.Null(Assert.Single(Reopen().Commands.ReadOpen()).TakenBy);

        _registry.Commands.Take(id, "PID 1", Now);
        _registry.Commands.Take(id, "PID 2", Now);
        _registry.Commands.Answer(id, new CommandAnswer(CommandOutcome.Done, new Wording("xong", "done")), Now);
        _registry.Commands.Answer(id, new CommandAnswer(CommandOutcome.Failed, new Wording("hỏng", "broken")), Now);

        var kept = _registry.Commands.Find(id)!;
        Assert.Equal(("PID 1", CommandOutcome.Done, Key.ToString()), (kept.TakenBy, kept.Answer!.Outcome, kept.Run));
        Assert.Empty(_registry.Commands.ReadOpen());
        Assert.Null(_registry.Commands.Find(id + 1));
    }

    [Fact]
    public void An_alert_is_raised_once_brought_up_to_date_and_over()
    {
        var alert = new Alert(
            AlertKind.LaneStopped,
            "viettel",
            AlertSeverity.Warning,
            Now,
            new Wording("gì", "what"),
            new Wording("vì", "why"),
            new Wording("làm", "do"));
        var worse = alert with { Severity = AlertSeverity.Urgent, Detail = new Wording("khác", "other") };
        _registry.Alerts.Raise(alert, Now);
        _registry.Alerts.Raise(
            worse with { Since = Now.AddHours(1) }, Now.AddHours(1));

        var raised = Assert.Single(Reopen().Alerts.Read(Now));
        Assert.Equal(worse, raised.Alert);
        Assert.Equal((Now, true), (raised.RaisedAt, raised.IsOpen));

        Assert.True(_registry.Alerts.SetOver(AlertKind.LaneStopped, "viettel", Now.AddHours(2)));
        Assert.False(_registry.Alerts.SetOver(AlertKind.LaneStopped, "viettel", Now.AddHours(3)));
        Assert.Equal(Now.AddHours(2), Assert.Single(_registry.Alerts.Read(Now)).OverAt);
        Assert.Empty(_registry.Alerts.Read(Now.AddHours(2).AddSeconds(1)));

        _registry.Alerts.Raise(alert, Now.AddHours(4));
        Assert.NotEqual(raised.Id, Assert.Single(_registry.Alerts.Read(Now.AddHours(3))).Id);
    }

    [Fact]
    public void Of_an_alert_it_is_kept_who_was_told_what_and_why_not()
    {
        _registry.Alerts.Raise(
            new Alert(AlertKind.DiskLow, "", AlertSeverity.Info, Now, default, default, default), Now);
        var id = Assert.Single(_registry.Alerts.Read(Now)).Id;
        var told = new AlertTelling(
            id, "mail:a@b", new AlertTold(AlertNews.Reminder, AlertSeverity.Info, Now), 2, Failing: null);
        var failed = new AlertTelling(
            id, "webhook", null, 0, new AlertFailure(3, Now, Now.AddMinutes(4), new Wording("hỏng", "broken")));
        _registry.Alerts.Note(new AlertTelling(id, "mail:a@b", null, 0, null));
        _registry.Alerts.Note(told);
        _registry.Alerts.Note(failed);

        Assert.Equal([told, failed], Reopen().Alerts.ReadTold(Now));
    }

    IRegistry Reopen() => Open(_folder.Path);

    static Rejection Rejection(long submission) => new()
    {
        Submission = submission,
        RejectedBy = "Lê C",
        Identity = Other.Identity,
        ByOs = Other.ByOs,
        Reason = "sai ngày",
        At = Now.ToSql(),
    };

    [Fact]
    public void A_submission_waits_until_it_is_approved_or_refused_and_the_newest_counts()
    {
        var first = _registry.Submissions.Add(Submission("11"));
        var second = _registry.Submissions.Add(Submission("11") with { Note = "đã sửa danh sách" });
        _registry.Submissions.Reject(Rejection(first));

        var waiting = _registry.Submissions.Read(Key);
        Assert.Equal([second, first], waiting.Select(submission => submission.Id));
        Assert.Equal([true, false], waiting.Select(submission => submission.IsOpen));
        Assert.Equal(("sai ngày", "Lê C"), (waiting[1].Rejected!.Reason, waiting[1].Rejected!.RejectedBy));
        Assert.Equal(("đã sửa danh sách", Officer.Identity), (waiting[0].Note, waiting[0].Identity));

        _registry.Approve(Approval("11", Key.DateText) with { Identity = Other.Identity, SubmissionId = second });

        var approved = _registry.Submissions.Read(Key)[0];
        Assert.Equal((false, 1L), (approved.IsOpen, approved.ApprovedAs));
        Assert.Empty(_registry.Submissions.Read(Key with { Date = Key.Date.AddYears(1) }));
    }

    [Theory]
    [InlineData(RejectionKind.Refused)]
    [InlineData(RejectionKind.Returned)]
    [InlineData(RejectionKind.Withdrawn)]
    public void What_became_of_a_submission_is_kept_as_it_was_done_and_borne_out(RejectionKind kind)
    {
        var id = _registry.Submissions.Add(Submission("11"));

        Assert.True(_registry.Submissions.Reject(Rejection(id) with { Kind = kind }));

        Assert.Equal(kind, Assert.Single(_registry.Submissions.Read(Key)).Rejected!.Kind);
        Assert.Empty(_registry.Audit.Verify(ledgers: false).Findings);
    }

    [Fact]
    public void Of_two_who_answer_a_submission_at_once_the_second_is_not_recorded()
    {
        var (refused, approved) = (
            _registry.Submissions.Add(Submission("11")), _registry.Submissions.Add(Submission("11")));
        Assert.True(_registry.Submissions.Reject(Rejection(refused)));
        Assert.True(_registry.Approve(Approval("11", Key.DateText) with { SubmissionId = approved }));

        Assert.False(_registry.Submissions.Reject(Rejection(refused)));
        Assert.False(_registry.Submissions.Reject(Rejection(approved)));
        foreach (var answered in new[] { refused, approved })
        {
            Assert.False(_registry.Approve(
                Approval("11", Key.DateText) with { SubmissionId = answered, ApprovedBy = "Lê C" }));
        }

        Assert.True(Assert.Single(_registry.ReadApprovals()).Stands);
        Assert.Equal([null, "Lê C"], _registry.Submissions.Read(Key).Select(each => each.Rejected?.RejectedBy));
    }

    [Theory]
    [InlineData("binh", "11", "2025-07-30", false, true)]
    [InlineData("binh", "11", null, true, true)] // every year
    [InlineData("an", "11", "2025-07-30", false, false)] // the very one who submitted it
    [InlineData("AN", "11", "2025-07-30", false, false)]
    [InlineData(null, "11", "2025-07-30", false, false)] // whose it was nobody knows
    [InlineData("binh", "22", "2025-07-30", false, false)] // something else was submitted
    [InlineData("binh", "11", "2025-07-31", false, false)] // another day
    [InlineData("binh", "11", null, false, false)] // one day alone
    public void An_approval_is_by_two_where_another_person_submitted_the_very_same(
        string? approver, string hash, string? date, bool everyYear, bool expected)
    {
        var submission = _registry.Submissions.Add(Submission("11") with { EveryYear = everyYear });
        _registry.Approve(Approval(hash, date) with
        {
            Identity = approver is null ? null : new Identity(IdentityKind.Os, approver),
            SubmissionId = submission,
        });

        Assert.Equal(expected, Assert.Single(_registry.ReadApprovals()).IsByTwo);
    }

    [Fact]
    public void An_approval_on_no_submission_is_not_by_two()
    {
        _registry.Approve(Approval("11", Key.DateText) with { Identity = Other.Identity });

        Assert.False(Assert.Single(_registry.ReadApprovals()).IsByTwo);
    }

    [Fact]
    public void What_an_approval_replaces_says_by_which_whose_and_why()
    {
        _registry.Approve(Approval("11", null));
        _registry.Approve(Approval("22", "2024-07-30"));
        _registry.Approve(
            Approval("33", null) with { ApprovedBy = "Lê C", Reason = "sửa danh sách" },
            new Dictionary<long, Wording> { [2] = new("đổi ngày", "another date") });

        var (third, second, first) = _registry.ReadApprovals() is [var c, var b, var a] ? (c, b, a) : default;
        Assert.Equal((null, "sửa danh sách"), (third.ReplacedBy, third.Reason));
        Assert.Equal((3L, "đổi ngày"), (second.ReplacedBy, second.VoidReasonVi));
        Assert.Equal(
            (3L, "được thay bằng phê duyệt mới của Lê C: sửa danh sách"), (first.ReplacedBy, first.VoidReasonVi));
        Assert.Equal("replaced by a newer approval by Lê C: sửa danh sách", first.VoidReasonEn);
    }

    [Fact]
    public void A_person_withdraws_what_stands_and_a_run_that_waits_for_its_day_is_only_planned_again()
    {
        Add(Key, RunState.Approved);
        _registry.Approve(Approval("11", null));
        _registry.VoidApproval(1, new Wording("tệp đã đổi", "file changed"), Now);
        _registry.Approve(Approval("22", null));
        _registry.Approve(Approval("33", Key.DateText));

        var revoked = _registry.Revoke(Key, [1, 2, 3], Officer, "tỉnh yêu cầu dừng", Now);

        Assert.Equal([2, 3], revoked);
        Assert.Null(_registry.FindApproval(Key.Campaign, Key.Date));
        Assert.Equal([1, 1, null], _registry.ReadApprovals().Select(approval => approval.RevokedBy));
        Assert.Equal("Trần B thu hồi: tỉnh yêu cầu dừng", _registry.ReadApprovals()[0].VoidReasonVi);
        Assert.Equal("tệp đã đổi", _registry.ReadApprovals()[2].VoidReasonVi);
        Assert.Equal(RunState.Planned, _registry.Find(Key)!.State);
    }

    [Fact]
    public void A_run_under_way_stays_so_for_the_process_that_sends_it_to_end()
    {
        Add(Key, RunState.Sending);
        _registry.Approve(Approval("11", Key.DateText));

        _registry.Revoke(Key, [1], Officer, "tỉnh yêu cầu dừng", Now);

        Assert.Equal(RunState.Sending, _registry.Find(Key)!.State);
    }

    static readonly Who Officer = new("Trần B", "an", "may-chu");
    static readonly Who Other = new("Lê C", "sms-campaign", "may-chu") { Behind = "binh" };

    static Submission Submission(string hash) => new()
    {
        Campaign = Key.Campaign,
        Date = Key.DateText,
        Hash = hash,
        Definition = "id: x",
        DefinitionHash = "a",
        AudienceHash = "b",
        PlanHash = "c",
        Seal = "{}",
        SubmittedBy = Officer.Person,
        Identity = Officer.Identity,
        ByOs = Officer.ByOs,
        At = Now.ToSql(),
    };

    void Add(RunKey key, RunState state = RunState.Planned)
    {
        _registry.AddRun(
            Run() with
            {
                Key = key.ToString(),
                Campaign = key.Campaign,
                Date = key.DateText,
                Simulated = key.Simulated,
                Code = key.FileName,
            },
            Now);
        _registry.SetState(key, state, Now);
    }

    static Approval Approval(string hash, string? date) => new()
    {
        Campaign = "dak-lak-2025",
        Date = date,
        Hash = hash,
        ApprovedBy = "Nguyễn Văn A",
        At = Now.ToSql(),
    };

    static RunRecord Run() => new()
    {
        Key = Key.ToString(),
        Campaign = Key.Campaign,
        Date = Key.DateText,
        Code = "abcd2345",
        File = "runs/x.db",
        CampaignFile = "/c.yaml",
        Definition = "id: x",
        DefinitionHash = "a",
        AudienceHash = "b",
        PlanHash = "c",
    };
}
