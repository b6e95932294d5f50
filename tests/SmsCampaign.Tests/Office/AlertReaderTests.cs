using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Office.Causes;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Telemetry;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.Office;

/// <summary>What is raised by what stands in a data folder, on a clock that only the test moves.</summary>
public sealed class AlertReaderTests : IDisposable
{
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);
    static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);

    readonly PreparationFolder _folder = new();
    readonly IRegistry _registry;
    AlertReader _reader;

    public AlertReaderTests()
    {
        Assert.NotNull(_folder.Prepare().Run);
        _registry = Ledgers.OpenRegistry(_folder.Data);
        _reader = Begin();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Where_all_is_well_nothing_is_raised()
    {
        Approve();

        Assert.Empty(After(TimeSpan.Zero));
        Assert.Empty(After(AMinute));
    }

    [Fact]
    public void A_stopped_lane_is_raised_at_once_and_over_two_minutes_after_it_goes_on()
    {
        _registry.Stops.Add(new LaneStop("viettel", _folder.Time.GetUtcNow(), "code 15"));

        var raised = Assert.Single(After(TimeSpan.Zero));
        Assert.Equal(
            (AlertKind.LaneStopped, "viettel", AlertSeverity.Warning, "kênh gửi 'viettel' đã dừng hẳn"),
            (raised.Alert.Kind, raised.Alert.About, raised.Alert.Severity, raised.Alert.What.Vi));
        Assert.Contains("sms-campaign resume viettel", raised.Alert.Next.Vi, StringComparison.Ordinal);

        _registry.Stops.Remove("viettel", _folder.Time.GetUtcNow());
        Assert.Single(After(AMinute));
        Assert.Empty(After(2 * AMinute));
    }

    [Fact]
    public void A_pause_is_raised_with_who_and_why_and_over_at_once_as_it_is_lifted()
    {
        var scope = new OrderScope(Key, Lane: null);
        var (who, words) = (new Who("Trần Thị B", "b", "may"), new Wording("tạm dừng", "paused"));
        var (order, _) = _registry.Orders.Give(
            new NewOrder(OrderKind.Pause, scope, who, "lãnh đạo yêu cầu"), words, _folder.Time.GetUtcNow());

        var raised = Assert.Single(After(TimeSpan.Zero)).Alert;

        Assert.Equal(
            (AlertKind.Paused, Key.ToString(), "đang tạm dừng gửi: lượt gửi thu-nghiem, ngày 30/07/2025"),
            (raised.Kind, raised.About, raised.What.Vi));
        Assert.Contains("Trần Thị B [b@may]: lãnh đạo yêu cầu", raised.Detail.Vi, StringComparison.Ordinal);

        Assert.Single(After(AMinute));
        Assert.True(_registry.Orders.Lift(order, who, "xong", words, _folder.Time.GetUtcNow()));
        Assert.Empty(After(AlertReader.Every));
        Assert.Equal(
            _folder.Time.GetUtcNow(), Assert.Single(_registry.Alerts.Read(_folder.Time.GetUtcNow() - AMinute)).OverAt);
    }

    [Fact]
    public void A_stopped_lane_is_urgent_where_a_run_is_under_way()
    {
        _registry.Stops.Add(new LaneStop("viettel", _folder.Time.GetUtcNow(), "code 15"));
        After(TimeSpan.Zero);

        _registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());

        Assert.Equal(AlertSeverity.Urgent, Assert.Single(After(TimeSpan.Zero)).Alert.Severity);
    }

    [Fact]
    public void After_a_kill_what_was_raised_stays_and_is_over_once_it_is()
    {
        _registry.Stops.Add(new LaneStop("viettel", _folder.Time.GetUtcNow(), "code 15"));
        var raised = Assert.Single(After(TimeSpan.Zero));

        _reader = Begin(); // the next process
        Assert.Equal(raised, Assert.Single(After(AMinute)));
        _registry.Stops.Remove("viettel", _folder.Time.GetUtcNow());
        _reader = Begin(); // and another
        Assert.Single(After(AMinute));
        Assert.Empty(After(2 * AMinute));
    }

    [Fact]
    public void What_comes_and_goes_is_one_alert()
    {
        for (var times = 0; times < 5; times++)
        {
            _registry.Stops.Add(new LaneStop("viettel", _folder.Time.GetUtcNow(), "code 15"));
            Assert.Equal(1, Assert.Single(After(AMinute)).Id);
            _registry.Stops.Remove("viettel", _folder.Time.GetUtcNow());
            Assert.Equal(1, Assert.Single(After(AMinute)).Id);
        }
    }

    [Fact]
    public void A_run_that_is_due_and_not_begun_is_raised_after_two_minutes()
    {
        Approve();
        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, 8, 1, 0, TimeSpan.FromHours(7)));
        Assert.Empty(After(TimeSpan.Zero));
        Assert.Empty(After(AMinute));

        var raised = Assert.Single(After(2 * AMinute));
        Assert.Equal(
            (AlertKind.NotStarted, AlertSeverity.Urgent, "đã tới giờ mà chưa gửi: thu-nghiem, ngày 30/07/2025"),
            (raised.Alert.Kind, raised.Alert.Severity, raised.Alert.What.Vi));
        Assert.Equal(new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero), raised.Alert.Since);

        _registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        Assert.Single(After(AMinute));
        Assert.Empty(After(2 * AMinute));
    }

    [Fact]
    public void A_run_that_waits_for_a_person_is_raised_with_the_reason()
    {
        Approve();
        _registry.Record(new Decision(
            Key,
            _folder.Time.GetUtcNow(),
            _folder.Time.GetUtcNow(),
            DecisionKind.Held,
            new Wording("Lỡ giờ.", "Missed.")));
        _registry.SetState(Key, RunState.Held, _folder.Time.GetUtcNow());

        var raised = Assert.Single(After(TimeSpan.Zero));

        Assert.Equal(
            (AlertKind.RunHeld, Key.ToString(), AlertSeverity.Urgent, "Lỡ giờ."),
            (raised.Alert.Kind, raised.Alert.About, raised.Alert.Severity, raised.Alert.Detail.Vi));
    }

    [Fact]
    public void The_end_of_a_run_is_raised_once_with_the_totals()
    {
        _registry.SetState(Key, RunState.Finished, _folder.Time.GetUtcNow());

        Assert.Empty(After(TimeSpan.Zero)); // it does not last
        _reader = Begin();
        After(AMinute);

        var raised = Assert.Single(_registry.Alerts.Read(DateTimeOffset.MinValue));
        Assert.Equal(
            (AlertKind.Finished, AlertSeverity.Info, "đã xong: thu-nghiem, ngày 30/07/2025"),
            (raised.Alert.Kind, raised.Alert.Severity, raised.Alert.What.Vi));
        Assert.Equal(
            "Số dòng danh sách: 5; loại trừ: 2; số tin: 3; phần đã chuyển: 0. Theo kết quả: chờ gửi: 3.",
            raised.Alert.Detail.Vi);
    }

    [Fact]
    public async Task The_end_of_a_run_that_left_messages_is_no_good_news()
    {
        await using (var ledger = RunLedger.Open(_folder.Ledger(), new ProcessClock(_folder.Time)))
            await ledger.LeaveAsync(Reason.WindowClosed);
        _registry.SetState(Key, RunState.Finished, _folder.Time.GetUtcNow());
        After(TimeSpan.Zero);
        _reader = Begin();
        After(AMinute);

        var raised = Assert.Single(_registry.Alerts.Read(DateTimeOffset.MinValue));
        Assert.Equal(
            (AlertSeverity.Urgent, "đã xong, còn 3 tin KHÔNG gửi: thu-nghiem, ngày 30/07/2025"),
            (raised.Alert.Severity, raised.Alert.What.Vi));
        Assert.Contains("send-rest thu-nghiem --on", raised.Alert.Next.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_over_long_ago_is_no_news()
    {
        _registry.SetState(Key, RunState.Finished, _folder.Time.GetUtcNow());
        _folder.Time.Advance(TimeSpan.FromHours(25));

        After(TimeSpan.Zero);

        Assert.Empty(_registry.Alerts.Read(DateTimeOffset.MinValue));
    }

    [Fact]
    public async Task A_lane_that_the_program_holds_is_raised_with_why_until_a_person_lets_it_go_on()
    {
        Approve();
        _registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        var clock = new ProcessClock(_folder.Time);
        LaneTrial held;
        await using (var ledger = RunLedger.Open(_folder.Ledger(), clock))
        {
            held = await ledger.Trials.HoldAsync(
                ledger.Info.Lanes.Values.Single(lane => lane.Name == "viettel").Id,
                new TrialFinding(TrialVerdict.Failed, 50, 30, 20, FailureClass.Content, Reason.None, "code 31"));
        }

        var raised = Assert.Single(After(TimeSpan.Zero)).Alert;

        Assert.Equal(
            (AlertKind.LaneStopped, $"{Key} viettel", AlertSeverity.Urgent),
            (raised.Kind, raised.About, raised.Severity));
        Assert.Contains(
            "30/50 tin bị từ chối hoặc thất bại, giới hạn là 20%; nhiều nhất: nội dung tin",
            raised.Detail.Vi,
            StringComparison.Ordinal);
        Assert.Contains("31", raised.Detail.Vi, StringComparison.Ordinal);
        Assert.Contains(
            "sms-campaign resume thu-nghiem --date 2025-07-30 --lane viettel",
            raised.Next.Vi,
            StringComparison.Ordinal);

        Assert.True(Ledgers.RunAt(RunAddress.OfFile(_folder.Ledger())).Release(held, clock));
        Assert.Single(After(AMinute));
        Assert.Empty(After(2 * AMinute));
    }

    [Fact]
    public async Task A_first_batch_that_has_no_result_for_long_is_told()
    {
        Approve();
        _registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, 8, 1, 0, TimeSpan.FromHours(7)));
        await using (var ledger = RunLedger.Open(_folder.Ledger(), new ProcessClock(_folder.Time)))
        {
            await ledger.Trials.BeginAsync(
                ledger.Info.Lanes.Values.Single(lane => lane.Name == "viettel").Id, 50);
        }

        Assert.Empty(After(TimeSpan.Zero));
        Assert.Empty(After(14 * AMinute));
        var raised = Assert.Single(After(AMinute)).Alert;

        Assert.Equal(
            (AlertKind.LaneHeld, $"{Key} viettel", AlertSeverity.Warning),
            (raised.Kind, raised.About, raised.Severity));
        Assert.Contains("đang gửi loạt tin đầu (50 tin)", raised.Detail.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_takes_nothing_is_raised_after_a_minute_and_urgent_after_a_quarter_of_an_hour()
    {
        Approve();
        _registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, 8, 1, 0, TimeSpan.FromHours(7)));
        var clock = new ProcessClock(_folder.Time);
        await ChangeAsync(clock.Now(), LaneChangeKind.NotTaken, HoldCause.NoConnection);

        Assert.Empty(After(TimeSpan.Zero));
        var raised = Assert.Single(After(AMinute));
        Assert.Equal(
            (AlertKind.LaneHeld, "viettel", AlertSeverity.Warning),
            (raised.Alert.Kind, raised.Alert.About, raised.Alert.Severity));
        Assert.Contains("không kết nối được tới cổng nhắn tin", raised.Alert.Detail.Vi, StringComparison.Ordinal);
        Assert.Equal(AlertSeverity.Urgent, Assert.Single(After(15 * AMinute)).Alert.Severity);

        await ChangeAsync(clock.Now(), LaneChangeKind.Answered, HoldCause.AsSaid);
        Assert.Single(After(AMinute));
        Assert.Empty(After(2 * AMinute));
    }

    [Fact]
    public async Task Messages_that_stay_uncertain_for_half_an_hour_wait_for_a_person()
    {
        Approve();
        await _folder.SendAsync(Key, 1, SendResult.Uncertain(Reason.ConnectionLost, "lost"));
        _registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());

        Assert.Empty(After(TimeSpan.Zero));
        Assert.Empty(After(20 * AMinute));
        var raised = Assert.Single(After(10 * AMinute));

        Assert.Equal((AlertKind.UncertainWaiting, AlertSeverity.Warning), (raised.Alert.Kind, raised.Alert.Severity));
        Assert.StartsWith("1 tin chưa rõ", raised.Alert.Detail.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_that_cannot_be_read_is_raised_and_the_others_are_looked_at()
    {
        _registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        File.WriteAllText(_folder.Ledger(), new string('x', 4_096));
        _registry.Stops.Add(new LaneStop("viettel", _folder.Time.GetUtcNow(), "code 15"));

        var raised = After(TimeSpan.Zero);

        var damaged = Assert.Single(raised, each => each.Alert.Kind == AlertKind.LedgerDamaged).Alert;
        Assert.Equal((Key.ToString(), AlertSeverity.Urgent), (damaged.About, damaged.Severity));
        Assert.Contains(raised, each => each.Alert.Kind == AlertKind.LaneStopped);
    }

    /// <summary>What would say that it is over cannot be read.</summary>
    [Fact]
    public async Task What_stood_in_a_ledger_that_cannot_be_read_any_more_is_not_over_for_that()
    {
        Approve();
        await _folder.SendAsync(Key, 1, SendResult.Uncertain(Reason.ConnectionLost, "lost"));
        _registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, 8, 1, 0, TimeSpan.FromHours(7)));
        await ChangeAsync(new ProcessClock(_folder.Time).Now(), LaneChangeKind.NotTaken, HoldCause.NoConnection);
        After(TimeSpan.Zero);
        After(30 * AMinute);
        AlertKind[] measured = [AlertKind.LaneSlow, AlertKind.ReceiptsStopped, AlertKind.WindowRisk];
        foreach (var kind in measured)
            Raise(kind, kind == AlertKind.WindowRisk ? Key.ToString() : "viettel");
        Raise(AlertKind.LaneStopped, $"{Key} viettel"); // after its first batch

        File.WriteAllText(_folder.Ledger(), new string('x', 4_096));
        After(AMinute);

        AlertKind[] kinds = [AlertKind.LaneHeld, AlertKind.LaneStopped, AlertKind.UncertainWaiting, .. measured];
        Assert.Equal(
            kinds.Order(),
            After(10 * AMinute).Where(raised => raised.IsOpen && kinds.Contains(raised.Alert.Kind)).Select(
                raised => raised.Alert.Kind).Order());
    }

    [Fact]
    public void A_run_whose_rows_cannot_be_read_any_more_is_still_not_begun()
    {
        Approve();
        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, 8, 1, 0, TimeSpan.FromHours(7)));
        After(AMinute);
        Assert.Single(After(2 * AMinute));

        using (var db = SqliteDb.Open(_folder.Data.Ledger))
            db.Execute("update run set state = 'không ai biết'");
        After(AMinute);

        Assert.Contains(
            After(10 * AMinute), raised => raised is { IsOpen: true, Alert.Kind: AlertKind.NotStarted });
    }

    [Fact]
    public void That_nobody_can_tell_how_much_room_there_is_is_no_end_of_too_little()
    {
        var causes = InstallationCauses.Find(
            StatusView.ReadOften(_folder.Data, _folder.Installation, _folder.Time),
            new DataFolder(Path.Combine(_folder.Data.Root, "gone")),
            1,
            []);

        Assert.True(Assert.Single(causes, cause => cause.Alert.Kind == AlertKind.DiskLow).IsUnknown);
    }

    [Fact]
    public void An_installation_file_that_cannot_be_read_is_told_as_that_with_its_line_until_it_can()
    {
        var whole = File.ReadAllText(_folder.Installation);
        File.WriteAllText(_folder.Installation, "{\n  \"lanes\": }\n");

        var raised = Assert.Single(After(TimeSpan.Zero)).Alert;

        Assert.Equal(
            (AlertKind.RecordDamaged, "installation", "không đọc được tệp cấu hình"),
            (raised.Kind, raised.About, raised.What.Vi));
        Assert.Contains($"{_folder.Installation}:2:", raised.Detail.Vi, StringComparison.Ordinal);
        Assert.DoesNotContain("audit verify", raised.Next.Vi, StringComparison.Ordinal);

        File.WriteAllText(_folder.Installation, whole);
        Assert.Single(After(AMinute));
        Assert.Empty(After(2 * AMinute));
    }

    [Fact]
    public void Too_little_room_on_the_disk_is_urgent()
    {
        _folder.Edit("smscampaign.json", "\"receipts\": {", $"\"receipts\": {{ \"diskFloor\": {int.MaxValue},");

        var raised = Assert.Single(After(TimeSpan.Zero));

        Assert.Equal((AlertKind.DiskLow, AlertSeverity.Urgent), (raised.Alert.Kind, raised.Alert.Severity));
    }

    [Fact]
    public void A_part_of_the_process_that_stands_still_is_raised_until_it_goes_on()
    {
        var clock = new ProcessClock(_folder.Time);
        var loops = new LoopWatch(clock);
        using var lane = loops.Join("lane viettel");
        lane.Beat();
        _reader = new(_folder.Data, _registry, _folder.Installation, clock) { Loops = loops };
        Assert.Empty(After(LoopWatch.LongestTurn));

        var raised = Assert.Single(After(AMinute)).Alert;

        Assert.Equal(
            (AlertKind.WorkerStuck, "lane viettel", AlertSeverity.Urgent,
                "một phần của dịch vụ gửi đứng yên ('lane viettel')"),
            (raised.Kind, raised.About, raised.Severity, raised.What.Vi));
        lane.RestUntil(long.MaxValue);
        Assert.Single(After(AMinute));
        Assert.Empty(After(2 * AMinute));
    }

    [Fact]
    public void What_somebody_else_raised_stays_until_they_end_it()
    {
        var other = Raise(AlertKind.NotReady, Key.ToString());

        Assert.Equal(other, Assert.Single(After(AMinute)).Alert);
        Assert.Equal(other, Assert.Single(After(10 * AMinute)).Alert);
        _registry.Alerts.SetOver(AlertKind.NotReady, Key.ToString(), _folder.Time.GetUtcNow());
        Assert.Empty(After(TimeSpan.Zero));
    }

    [Fact]
    public void A_chain_that_does_not_hold_is_raised_until_it_does()
    {
        AlertDesk.NoteAudit(_registry, [new Wording("dòng 3 sai", "row 3 is wrong")], null, _folder.Time.GetUtcNow());

        var raised = Assert.Single(After(10 * AMinute)); // nor is it ended by who does not look at the chain
        Assert.Equal((AlertKind.RecordDamaged, "dòng 3 sai"), (raised.Alert.Kind, raised.Alert.Detail.Vi));
        AlertDesk.NoteAudit(_registry, [], null, _folder.Time.GetUtcNow());
        Assert.Empty(After(TimeSpan.Zero));
    }

    Alert Raise(AlertKind kind, string about)
    {
        var (now, none) = (_folder.Time.GetUtcNow(), new Wording("", ""));
        var alert = new Alert(kind, about, AlertSeverity.Urgent, now, new Wording("a", "a"), none, none);
        _registry.Alerts.Raise(alert, now);
        return alert;
    }

    AlertReader Begin() => new(_folder.Data, _registry, _folder.Installation, new ProcessClock(_folder.Time));

    /// <returns>What is so, a while later.</returns>
    List<RaisedAlert> After(TimeSpan wait)
    {
        _folder.Time.Advance(wait);
        _reader.Look();
        return [.. _registry.Alerts.Read(_folder.Time.GetUtcNow().AddDays(1))];
    }

    void Approve()
    {
        var run = _registry.Find(Key)!;
        _registry.Approve(new Approval
        {
            Campaign = Key.Campaign,
            Date = Key.DateText,
            Hash = run.ApprovedHash,
            ApprovedBy = "A",
            At = _folder.Time.GetUtcNow().ToSql(),
        });
        _registry.SetState(Key, RunState.Approved, _folder.Time.GetUtcNow());
    }

    /// <summary>Of the lane viettel.</summary>
    async Task ChangeAsync(long at, LaneChangeKind kind, HoldCause cause)
    {
        await using var ledger = RunLedger.Open(_folder.Ledger(), new ProcessClock(_folder.Time));
        var lane = ledger.Info.Lanes.Single(each => each.Value.Name == "viettel").Key;
        await ledger.HoldAsync(lane, new LaneChange(
            kind, at, kind == LaneChangeKind.Answered ? null : at + 5_000_000, 100, "", cause));
    }
}
