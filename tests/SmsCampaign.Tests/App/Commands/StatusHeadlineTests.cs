using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

/// <summary>What <c>status</c> says of the whole installation, on a clock that only the test moves.</summary>
[Trait("Category", "Slow")]
public sealed class StatusHeadlineTests : IDisposable
{
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_says_first_whether_a_worker_runs_then_the_next_window_and_whether_the_approval_fits()
    {
        Approve();
        using var held = SendingLock.TryTake(_folder.Data, _folder.Time);
        new LifeSigns(_folder.Data, "worker", _folder.Time).Give();

        var shown = await RunAsync("status");

        Assert.StartsWith(
            $"Dịch vụ gửi đang chạy (PID {Environment.ProcessId}, từ 29/07/2025 09:00)",
            Shown.Flat(shown),
            StringComparison.Ordinal);
        Assert.Contains("Khung giờ gửi tới: thu-nghiem, mở lúc 30/07/2025 08:00.", shown, StringComparison.Ordinal);
        Assert.Contains("Phê duyệt còn đúng: A", shown, StringComparison.Ordinal);

        _folder.Edit("subscribers.csv", "0981234561", "0981234567");
        Assert.Contains("Phê duyệt KHÔNG còn đúng: A", await RunAsync("status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_an_account_lacks_the_secrets_an_approval_is_not_said_to_fit_no_longer()
    {
        Approve();
        _folder.Edit("smscampaign.json", "\"url\": \"", "\"url\": \"${env:SMS_CAMPAIGN_TEST_NOT_SET}");

        var shown = Shown.Flat(await RunAsync("status"));

        Assert.DoesNotContain("KHÔNG còn đúng", shown, StringComparison.Ordinal);
        Assert.Contains("Phê duyệt: A", shown, StringComparison.Ordinal);
        Assert.Contains("chưa so được với bản đã phê duyệt: ", shown, StringComparison.Ordinal);
        Assert.Contains("SMS_CAMPAIGN_TEST_NOT_SET chưa được đặt", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"rate\": 500", "\"rate\": \"nhanh\"", "Cần một số nguyên như 32, nhưng đang là")]
    [InlineData("\"rate\": 500", "\"rate\": 500, \"toc-do\": 1", "Không có khóa 'toc-do'")]
    [InlineData("\"lanes\": {", "\"lanes\": {{", "Tệp sai cú pháp JSON tại đây")]
    public async Task A_setting_that_was_broken_after_the_approval_is_said_in_its_own_words_and_that_it_fits_no_longer(
        string before, string after, string said)
    {
        Approve();
        _folder.Edit("smscampaign.json", before, after);

        var shown = Shown.Flat(await RunAsync("status"));

        Assert.Contains("Phê duyệt KHÔNG còn đúng: A", shown, StringComparison.Ordinal);
        Assert.Contains("khác bản đã phê duyệt: ", shown, StringComparison.Ordinal);
        Assert.Contains(said, shown, StringComparison.Ordinal);
        Assert.Contains("\"approvalFits\":false", await RunAsync("status", "--json"), StringComparison.Ordinal);
    }

    [Theory]
    // which is no address without it
    [InlineData("\"url\": \"http://127.0.0.1:8099/viettel/messages\"", "\"url\": \"${env:SMS_CAMPAIGN_TEST_NOT_SET}\"")]
    // nor is it known that nobody guards it
    [InlineData("\"standIn\": true", "\"standIn\": false, \"callback\": { \"secret\": \"${file:/run/none}\" }")]
    public async Task What_follows_from_a_secret_that_an_account_lacks_is_no_change_either(string before, string after)
    {
        Approve();
        _folder.Edit("smscampaign.json", before, after);

        var shown = Shown.Flat(await RunAsync("status"));

        Assert.DoesNotContain("KHÔNG còn đúng", shown, StringComparison.Ordinal);
        Assert.Contains("chưa so được với bản đã phê duyệt: ", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_window_it_says_until_when_and_of_a_run_without_a_worker_what_to_do()
    {
        Approve();
        Ledgers.OpenRegistry(_folder.Data).SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, 9, 0, 0, TimeSpan.FromHours(7)));

        var shown = Shown.Flat(await RunAsync("status"));

        Assert.StartsWith(
            "Dịch vụ gửi KHÔNG chạy. Đang có lượt gửi dở: hãy khởi động dịch vụ gửi (sms-campaign worker)",
            shown,
            StringComparison.Ordinal);
        Assert.Contains(
            "Đang trong khung giờ gửi của thu-nghiem, đóng lúc 30/07/2025 20:00.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_is_stuck_or_missing_is_no_success()
    {
        Approve();
        Assert.Equal(ExitCode.Done, await ExitAsync("status"));

        using (SendingLock.TryTake(_folder.Data, _folder.Time))
        {
            new LifeSigns(_folder.Data, "worker", _folder.Time).Give();
            _folder.Time.Advance(LifeSign.StaleAfter);
            Assert.Equal(ExitCode.Done, await ExitAsync("status"));

            _folder.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(
                (ExitCode.CouldNot, ExitCode.CouldNot),
                (await ExitAsync("status"), await ExitAsync("status", "--json")));
        }

        Assert.Equal(ExitCode.Done, await ExitAsync("status")); // none runs, and none is missed yet
        Ledgers.OpenRegistry(_folder.Data).SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        Assert.Equal(ExitCode.CouldNot, await ExitAsync("status"));
    }

    [Fact]
    public async Task Too_little_room_on_the_disk_is_no_success_and_stands_in_the_json()
    {
        Approve();
        Assert.Contains(
            "\"disk\":{\"folder\":null,\"free\":null,\"floor\":null,\"words\":null}",
            await RunAsync("status", "--json"),
            StringComparison.Ordinal);

        // more than any disk has
        _folder.Edit("smscampaign.json", "\"receipts\": {", $"\"receipts\": {{ \"diskFloor\": {int.MaxValue},");

        Assert.Equal(ExitCode.CouldNot, await ExitAsync("status"));
        var json = await RunAsync("status", "--json");
        Assert.Contains(
            "\"floor\":2147483647000000,\"words\":\"Đĩa chứa thư mục dữ liệu", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_takes_nothing_is_said_with_since_when_until_it_does_again()
    {
        Approve();
        Ledgers.OpenRegistry(_folder.Data).SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        var began = new ProcessClock(_folder.Time).Now();
        await ChangeAsync(began, LaneChangeKind.NotTaken, HoldCause.NoConnection);
        await ChangeAsync(began + 61_000_000, LaneChangeKind.NotTaken, HoldCause.NoConnection);

        var away = await RunAsync("status");
        var json = await RunAsync("status", "--json");
        await ChangeAsync(began + 62_000_000, LaneChangeKind.Answered, HoldCause.AsSaid);
        var back = await RunAsync("status");
        await ChangeAsync(began + 90_000_000, LaneChangeKind.Breaker, HoldCause.AsSaid);
        var again = await RunAsync("status");

        Assert.Contains(
            "Dịch vụ gửi không chạy nên không thử lại; các tin chưa gửi vẫn chờ.",
            Shown.Flat(away),
            StringComparison.Ordinal);
        Assert.Contains(
            "Kênh gửi 'viettel' KHÔNG chuyển được tin từ 29/07/2025 09:00: nhà mạng chưa nhận tin: "
                + "không kết nối được tới cổng nhắn tin.",
            Shown.Flat(away),
            StringComparison.Ordinal);
        Assert.Contains(
            "\"since\":\"2025-07-29T02:00:00+00:00\",\"lastSeen\":\"2025-07-29T02:01:01+00:00\",\"kind\":\"notTaken\",\"cause\":\"noConnection\"",
            json,
            StringComparison.Ordinal);
        Assert.DoesNotContain("KHÔNG chuyển được tin", back, StringComparison.Ordinal);
        Assert.Contains("KHÔNG chuyển được tin từ 29/07/2025 09:01:30", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_persons_are_told_of_is_said_and_whom_it_could_not_be_told()
    {
        Approve();
        var (registry, now) = (Ledgers.OpenRegistry(_folder.Data), _folder.Time.GetUtcNow());
        var alert = new Alert(
            AlertKind.LaneStopped,
            "viettel",
            AlertSeverity.Urgent,
            now,
            new Wording("kênh gửi 'viettel' đã dừng hẳn", "the lane 'viettel' has stopped"),
            new Wording("", ""),
            new Wording("", ""));
        registry.Alerts.Raise(alert, now);
        Assert.Contains(
            "Cảnh báo đang còn: 1. KHẨN, từ 29/07/2025 09:00: kênh gửi 'viettel' đã dừng hẳn.",
            Shown.Flat(await RunAsync("status")),
            StringComparison.Ordinal);

        registry.Alerts.Note(new AlertTelling(
            registry.Alerts.Read(now)[0].Id,
            "mail:a@so.example",
            Told: null,
            0,
            new AlertFailure(2, now, now.AddMinutes(2), new Wording("máy chủ thư không trả lời", "no answer"))));
        registry.Alerts.SetOver(AlertKind.LaneStopped, "viettel", now);
        var shown = Shown.Flat(await RunAsync("status"));

        Assert.DoesNotContain("Cảnh báo đang còn", shown, StringComparison.Ordinal);
        Assert.Contains(
            "CHƯA BÁO ĐƯỢC 1 cảnh báo tới địa chỉ thư a@so.example từ 29/07/2025 09:00: máy chủ thư không trả lời. "
                + "Thử lại lúc 29/07/2025 09:02.",
            shown,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_that_is_open_while_nobody_sends_is_no_good_news()
    {
        Approve();
        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, 8, 5, 0, TimeSpan.FromHours(7)));

        Assert.Equal(ExitCode.CouldNot, await ExitAsync("status"));
        var shown = Shown.Flat(await RunAsync("status"));
        using var held = SendingLock.TryTake(_folder.Data, _folder.Time);

        Assert.StartsWith(
            "Dịch vụ gửi KHÔNG chạy. Khung giờ gửi đang mở mà chưa ai gửi: hãy khởi động dịch vụ gửi "
                + "(sms-campaign worker) ngay.",
            shown,
            StringComparison.Ordinal);
        Assert.Contains("thu-nghiem, ngày 30/07/2025: đã phê duyệt, chưa bắt đầu gửi", shown, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await ExitAsync("status"));
    }

    [Theory]
    [InlineData(16, 5, true)]
    [InlineData(16, 17, false)] // over
    [InlineData(4, 1, false)] // how a lane finds its pace
    public async Task A_gateway_that_says_too_fast_for_long_is_said_with_until_when(int hold, int later, bool isSaid)
    {
        Approve();
        Ledgers.OpenRegistry(_folder.Data).SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        var now = new ProcessClock(_folder.Time).Now();
        await ChangeAsync(now, LaneChangeKind.Throttled, HoldCause.AsSaid, hold);
        _folder.Time.Advance(TimeSpan.FromSeconds(later));

        var shown = Shown.Flat(await RunAsync("status"));

        Assert.Equal(isSaid, shown.Contains(
            "Kênh gửi 'viettel' đang dừng tới 29/07/2025 09:00:16: nhà mạng báo gửi quá nhanh.",
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, 9, "Dịch vụ gửi không chạy nên không thử lại; các tin chưa gửi vẫn chờ.")]
    [InlineData(true, 9, "Chương trình đang thử lại; các tin chưa gửi vẫn chờ.")]
    [InlineData(true, 21, "Chương trình thử lại khi khung giờ gửi mở; các tin chưa gửi vẫn chờ.")]
    public async Task A_gateway_is_said_to_be_tried_again_only_where_it_is(bool isThere, int hour, string told)
    {
        Approve();
        Ledgers.OpenRegistry(_folder.Data).SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        await ChangeAsync(new ProcessClock(_folder.Time).Now(), LaneChangeKind.NotTaken, HoldCause.NoConnection);
        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, hour, 0, 0, TimeSpan.FromHours(7)));
        using var held = isThere ? SendingLock.TryTake(_folder.Data, _folder.Time) : null;

        Assert.Contains(told, Shown.Flat(await RunAsync("status")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public void A_gateway_that_has_answered_another_run_since_takes_messages(long answered, bool isAway)
    {
        var waits = Overview("a", []) with
        {
            Outages = [new LaneOutage("viettel", 1, 10, LaneChangeKind.NotTaken, "", HoldCause.NoConnection)],
        };
        var view = new StatusView(
            new WorkerSight(WorkerState.None, null),
            [],
            [],
            [waits, Overview("b", [new LaneChange(LaneChangeKind.Answered, 10 + answered, null, 100)])],
            [],
            [],
            [],
            [],
            IsWhole: true);

        Assert.Equal(isAway ? 1 : 0, view.Outages.Count);
    }

    static RunOverview Overview(string campaign, IReadOnlyList<LaneChange> viettel)
    {
        var key = new RunKey(campaign, Key.Date, Simulated: false);
        var run = new RunRecord
        {
            Key = key.ToString(),
            Campaign = campaign,
            Date = key.DateText,
            Code = campaign,
            State = RunState.Sending,
            File = "",
            CampaignFile = "",
            Definition = "",
            DefinitionHash = "",
            AudienceHash = "",
            PlanHash = "",
        };
        return new RunOverview(
            run,
            null!,
            null,
            new Dictionary<string, IReadOnlyList<LaneChange>> { ["viettel"] = viettel },
            [],
            [],
            null);
    }

    [Fact]
    public async Task A_stopped_lane_of_a_run_under_way_is_no_success_and_one_that_no_such_run_uses_is()
    {
        Approve();
        using var held = SendingLock.TryTake(_folder.Data, _folder.Time);
        new LifeSigns(_folder.Data, "worker", _folder.Time).Give();
        var registry = Ledgers.OpenRegistry(_folder.Data);

        registry.Stops.Add(new LaneStop("viettel", _folder.Time.GetUtcNow(), "code 15"));
        Assert.Equal(ExitCode.Done, await ExitAsync("status")); // its run waits for its day

        registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        Assert.Equal(ExitCode.CouldNot, await ExitAsync("status"));
        Assert.Equal(ExitCode.CouldNot, await ExitAsync("status", "thu-nghiem", "--json"));

        registry.Stops.Remove("viettel", _folder.Time.GetUtcNow());
        registry.Stops.Add(new LaneStop("khac", _folder.Time.GetUtcNow(), "code 15"));
        Assert.Equal(ExitCode.Done, await ExitAsync("status"));
    }

    [Theory]
    [InlineData]
    [InlineData("--lanes")]
    [InlineData("--history")]
    [InlineData("--lanes", "--history")]
    public async Task Every_line_fits_a_screen_of_80_columns(params string[] details)
    {
        Approve("Nguyễn Thị Hoàng Ngân, Phó Giám đốc Sở Khoa học và Công nghệ tỉnh Đắk Lắk");
        var registry = Ledgers.OpenRegistry(_folder.Data);
        registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        registry.Stops.Add(new LaneStop(
            "vinaphone",
            _folder.Time.GetUtcNow(),
            "code 6: sender ID is not registered for this account at the gateway"));
        registry.Record(
            new Decision(Key, _folder.Time.GetUtcNow(), _folder.Time.GetUtcNow(), DecisionKind.Late, new Wording(
                string.Join(' ', Enumerable.Repeat("máy tắt lúc mở", 20)), "machine was off")));
        await ChangeAsync(new ProcessClock(_folder.Time).Now(), LaneChangeKind.NotTaken, HoldCause.NoConnection);

        Shown.AssertFits(await RunAsync(["status", .. details]));
    }

    [Fact]
    public async Task Details_are_shown_on_demand_only()
    {
        Approve();
        await ChangeAsync(new ProcessClock(_folder.Time).Now(), LaneChangeKind.Opened, HoldCause.AsSaid);

        var (brief, full) = (await RunAsync("status"), await RunAsync("status", "--lanes", "--history"));

        Assert.DoesNotContain("Nhịp gửi của viettel", brief, StringComparison.Ordinal);
        Assert.DoesNotContain("Kênh gửi ", brief, StringComparison.Ordinal);
        Assert.Contains("  3 tin. chờ gửi: 3; phần đã chuyển: 0.", brief, StringComparison.Ordinal);
        Assert.Contains("Nhịp gửi của viettel", full, StringComparison.Ordinal);
        Assert.Contains("Kênh gửi viettel vinaphone Cộng chờ gửi 2 1 3", Shown.Flat(full), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_looks_again_every_two_seconds_until_it_is_stopped()
    {
        Approve();
        using var pages = new Pages();
        using var stop = new CancellationTokenSource();
        var terminal = new Terminal(pages, pages, Language.Vietnamese, outputIsTerminal: true) { Time = _folder.Time };

        var first = pages.Next;
        var watching = CommandLine.RunAsync(
            ["status", "--watch", "--data", _folder.Data.Root, "--installation", _folder.Installation],
            terminal,
            stop.Token);
        Assert.Contains("Lúc 29/07/2025 09:00.", await first.WaitAsync(Patience.ForAnything), StringComparison.Ordinal);

        var second = pages.Next;
        _folder.Time.Advance(StatusCommand.Glance);
        var page = await second.WaitAsync(Patience.ForAnything);
        Assert.StartsWith("\u001b[HLúc 29/07/2025 09:00:02.", page, StringComparison.Ordinal);
        Assert.Contains("thu-nghiem, ngày 30/07/2025", page, StringComparison.Ordinal);

        await stop.CancelAsync();
        Assert.Equal(ExitCode.Done, await watching.WaitAsync(Patience.ForAnything));
    }

    /// <summary>One beneath the other, for who reads them later.</summary>
    [Fact]
    public async Task Where_no_screen_is_each_look_is_written_once_and_as_plain_text()
    {
        Approve();
        using var pages = new Pages();
        using var stop = new CancellationTokenSource();
        var first = pages.Next;
        var watching = CommandLine.RunAsync(
            ["status", "--watch", "--data", _folder.Data.Root, "--installation", _folder.Installation],
            new Terminal(pages, pages, Language.Vietnamese, outputIsTerminal: false) { Time = _folder.Time },
            stop.Token);
        var page = await first.WaitAsync(Patience.ForAnything);
        var second = pages.Next;
        _folder.Time.Advance(StatusCommand.Glance);
        page += await second.WaitAsync(Patience.ForAnything);
        await stop.CancelAsync();
        await watching.WaitAsync(Patience.ForAnything);

        Assert.Equal(2, page.Split("Nhấn Ctrl-C").Length - 1);
        Assert.DoesNotContain('\u001b', page);
        Shown.AssertFits(page);
    }

    [Fact]
    public async Task A_run_whose_ledger_cannot_be_read_is_never_watched_as_well()
    {
        Approve();
        Ledgers.OpenRegistry(_folder.Data).SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        File.WriteAllText(_folder.Ledger(), new string('x', 4_096));
        using var pages = new Pages();
        using var stop = new CancellationTokenSource();
        var first = pages.Next;
        var watching = CommandLine.RunAsync(
            ["status", "--watch", "--data", _folder.Data.Root, "--installation", _folder.Installation],
            new Terminal(pages, pages, Language.Vietnamese, outputIsTerminal: false) { Time = _folder.Time },
            stop.Token);
        var page = Shown.Flat(await first.WaitAsync(Patience.ForAnything));
        await stop.CancelAsync();

        Assert.Equal(ExitCode.CouldNot, await watching.WaitAsync(Patience.ForAnything));
        Assert.Contains(
            "thu-nghiem, ngày 30/07/2025: KHÔNG XEM ĐƯỢC, không biết lượt này đang ở đâu.",
            page,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_on_looking_where_something_cannot_be_read_for_a_while()
    {
        Approve();
        using var pages = new Pages();
        using var stop = new CancellationTokenSource();
        var terminal = new Terminal(pages, pages, Language.Vietnamese, outputIsTerminal: true) { Time = _folder.Time };
        var first = pages.Next;
        var watching = CommandLine.RunAsync(
            ["status", "--watch", "--data", _folder.Data.Root, "--installation", _folder.Installation],
            terminal,
            stop.Token);
        await first.WaitAsync(Patience.ForAnything);

        var kept = _folder.Data.Ledger + ".kept";
        File.Move(_folder.Data.Ledger, kept);
        File.WriteAllText(_folder.Data.Ledger, new string('x', 4_096));
        Assert.Contains("ledger.db", await NextAsync(), StringComparison.Ordinal);

        File.Move(kept, _folder.Data.Ledger, overwrite: true);
        Assert.Contains("thu-nghiem, ngày 30/07/2025", await NextAsync(), StringComparison.Ordinal);

        await stop.CancelAsync();
        Assert.Equal(ExitCode.Done, await watching.WaitAsync(Patience.ForAnything));

        Task<string> NextAsync()
        {
            var next = pages.Next;
            _folder.Time.Advance(StatusCommand.Glance);
            return next.WaitAsync(Patience.ForAnything);
        }
    }

    void Approve(string by = "A")
    {
        var planned = _folder.Prepare().Planned!;
        var registry = Ledgers.OpenRegistry(_folder.Data);
        registry.Approve(new Approval
        {
            Campaign = Key.Campaign,
            Date = Key.DateText,
            Hash = planned.ApprovedHash,
            ApprovedBy = by,
            At = _folder.Time.GetUtcNow().ToSql(),
        });
        registry.SetState(Key, RunState.Approved, _folder.Time.GetUtcNow());
    }

    /// <summary>Of the lane viettel.</summary>
    /// <param name="seconds">It is held for.</param>
    async Task ChangeAsync(long at, LaneChangeKind kind, HoldCause cause, int seconds = 5)
    {
        await using var ledger = RunLedger.Open(_folder.Data.Run(Key), new ProcessClock(_folder.Time));
        var lane = ledger.Info.Lanes.Single(each => each.Value.Name == "viettel").Key;
        await ledger.HoldAsync(lane, new LaneChange(
            kind, at, kind == LaneChangeKind.Answered ? null : at + seconds * 1_000_000L, 100, "", cause));
    }

    async Task<string> RunAsync(params string[] args)
    {
        using var shown = new StringWriter();
        await RunAsync(shown, args);
        return shown.ToString();
    }

    Task<int> ExitAsync(params string[] args) => RunAsync(TextWriter.Null, args);

    Task<int> RunAsync(TextWriter shown, string[] args) => CommandLine.RunAsync(
        [.. args, "--data", _folder.Data.Root, "--installation", _folder.Installation],
        new Terminal(shown, shown, Language.Vietnamese, false) { Time = _folder.Time }, CancellationToken.None);

    /// <summary>Tells of each page as it is flushed.</summary>
    sealed class Pages : StringWriter
    {
        TaskCompletionSource<string> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Next => Volatile.Read(ref _next).Task;

        public override void Flush()
        {
            var page = ToString();
            GetStringBuilder().Clear();
            Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult(page);
        }
    }
}
