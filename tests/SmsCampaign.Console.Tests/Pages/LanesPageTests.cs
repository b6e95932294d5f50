using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;
using SmsCampaign.WebConsole.Live;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>The accounts at gateways over all runs: what holds one, and that it goes on only by a number that is
/// typed.</summary>
[Trait("Category", "Slow")]
public sealed class LanesPageTests(Browser browser) : IAsyncDisposable
{
    const string Script = "sender <script>window.__hit=1</script><img src=x onerror=alert(1)> 0912000001";

    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_account_is_paused_and_goes_on_once_the_number_that_waits_is_typed(bool script)
    {
        Browser.Needed();
        await _case.StartAsync();
        _case.AddRun();
        await using var context = await browser.OpenAsync(_case.Address, script: script);
        var page = await _case.SignInAsync(context, "an", "van-hanh");

        await page.GotoAsync("/kenh-gui");
        await page.GetByRole(AriaRole.Link, new() { Name = "viettel", Exact = true }).ClickAsync();
        await page.GetByLabel("Lý do tạm dừng").FillAsync("nhà mạng bảo trì");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tạm dừng kênh này" }).ClickAsync();
        await page.GetByText("ĐÃ TẠM DỪNG").WaitForAsync();
        var pause = Assert.Single(_case.Registry.Orders.Read());
        Assert.Equal((OrderKind.Pause, null, "viettel"), (pause.Kind, pause.Run, pause.Lane));

        await page.GetByRole(AriaRole.Link, new() { Name = "Cho gửi tiếp…" }).ClickAsync();
        await page.GetByLabel("Gõ số tin").FillAsync("9");
        await page.GetByLabel("Lý do").FillAsync("bảo trì xong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bỏ lệnh tạm dừng" }).ClickAsync();
        await page.GetByText("Số đã gõ (9) khác số tin đang chờ (10)").WaitForAsync();
        Assert.Single(_case.Registry.Orders.Read());
        Assert.Equal("bảo trì xong", await page.GetByLabel("Lý do").InputValueAsync());
        if (script)
            Assert.Empty(await Browser.FindBarriersAsync(page));

        await page.GetByLabel("Gõ số tin").FillAsync("10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bỏ lệnh tạm dừng" }).ClickAsync();
        await page.GetByText("ĐÃ CHO GỬI TIẾP").WaitForAsync();
        Assert.Empty(_case.Registry.Orders.Read());
        if (script)
            Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Theory]
    [InlineData("xem", true)]
    [InlineData("xem@khac", true)]
    [InlineData("xem@some", false)]
    public async Task Why_a_lane_of_a_run_is_paused_is_for_who_may_see_its_campaign(string role, bool isSeen)
    {
        await _case.StartAsync();
        _case.AddRun();
        _case.Registry.Orders.Give(
            new NewOrder(
                OrderKind.Pause,
                new OrderScope(RunKey.Parse("khac/2025-07-30"), "viettel"),
                Who.Here("An"),
                "lý do của chiến dịch khác"),
            new Wording("tạm dừng", "paused"),
            TimeProvider.System.GetUtcNow());
        using var person = await _case.SignInAsync("an", role);

        var page = await person.GetStringAsync("/kenh-gui");

        Assert.Equal(isSeen, page.Contains("lý do của chiến dịch khác", StringComparison.Ordinal));
        Assert.Equal(!isSeen, page.Contains("Lượt gửi khác: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("xem", true)]
    [InlineData("xem@some", false)]
    [InlineData("van-hanh@some", false)]
    public async Task Why_the_lane_is_paused_in_another_run_that_is_sent_is_for_who_may_see_its_campaign(
        string role, bool isSeen)
    {
        await _case.StartAsync();
        RunRecord? some = null;
        _case.AddRun(see: run => some = run);
        _case.Registry.AddRun(
            some! with { Key = "khac/2025-07-30", Campaign = "khac", Code = "khac2345", File = "runs/khac.db" },
            _case.Time.GetUtcNow());
        _case.Registry.Orders.Give(
            new NewOrder(
                OrderKind.Pause,
                new OrderScope(RunKey.Parse("khac/2025-07-30"), "viettel"),
                Other,
                "lý do của chiến dịch khác"),
            new Wording("tạm dừng", "paused"),
            _case.Time.GetUtcNow());
        using var person = await _case.SignInAsync("an", role);

        foreach (var path in new[] { "/kenh-gui", "/kenh-gui/viettel" })
        {
            var page = await person.GetStringAsync(path);
            Assert.Equal(isSeen, page.Contains("lý do của chiến dịch khác", StringComparison.Ordinal));
            Assert.Equal(isSeen, page.Contains("Trần Thị B", StringComparison.Ordinal));
            Assert.Equal(
                !isSeen, page.Contains("kênh gửi &#x27;viettel&#x27; của một lượt gửi khác", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("viettel")]
    [InlineData(null)]
    public async Task A_lane_that_is_paused_in_the_one_run_that_uses_it_is_not_said_to_be_free(string? lane)
    {
        await _case.StartAsync();
        var key = _case.AddRun();
        using var an = await _case.SignInAsync("an", "van-hanh");
        Assert.DoesNotContain(
            "TẠM DỪNG ở lượt gửi", await an.GetStringAsync("/kenh-gui/viettel"), StringComparison.Ordinal);
        await PauseAsync(
            new ControlDesk(_case.Data, _case.Installation, _case.Time), new OrderScope(key, lane), "nội dung sai");
        _case.Web.Services.GetRequiredService<Watchtower>().Forget();

        var page = await an.GetStringAsync("/kenh-gui/viettel");

        Assert.Contains("TẠM DỪNG ở lượt gửi", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Không bị dừng", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_lane_shows_the_gateways_words_as_text_and_what_to_do()
    {
        Browser.Needed();
        await _case.StartAsync();
        _case.AddRun();
        Stop(Script);
        await using var context = await browser.OpenAsync(_case.Address, width: 360);
        var page = await _case.SignInAsync(context, "an", "xem");

        await page.GotoAsync("/kenh-gui");
        await Browser.LiveAsync(page);
        await page.GetByText("Hãy kiểm tra với nhà mạng").First.WaitForAsync();
        var text = await page.Locator("main").InnerTextAsync();

        Assert.Contains("sender <script>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("0912000001", text, StringComparison.Ordinal);
        Assert.Contains("Hãy kiểm tra với nhà mạng", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sms-campaign resume", text, StringComparison.Ordinal);
        Assert.Contains("10 tin chờ kênh này", text, StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("main img").CountAsync());
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Fact]
    public async Task A_stopped_lane_goes_on_with_its_reason_on_record()
    {
        Browser.Needed();
        await _case.StartAsync();
        _case.AddRun();
        Stop("sender not registered");
        await using var context = await browser.OpenAsync(_case.Address, script: false);
        var page = await _case.SignInAsync(context, "an", "van-hanh");

        await page.GotoAsync("/kenh-gui/viettel/gui-tiep");
        await page.GetByLabel("Gõ số tin").FillAsync("10");
        await page.GetByLabel("Lý do").FillAsync("đã khai báo tên định danh");
        await page.GetByRole(AriaRole.Button, new() { Name = "Đã sửa xong, cho gửi tiếp" }).ClickAsync();
        await page.GetByText("được gửi tiếp, người quyết định: Người dùng an").WaitForAsync();

        Assert.Empty(_case.Registry.Stops.Read());
        Assert.Equal(
            "lane viettel: sender not registered. đã khai báo tên định danh",
            _case.Registry.FindLastEvent(["resume"], "lane viettel"));
    }

    [Theory]
    [InlineData("10")]
    [InlineData("9")]
    public async Task A_lane_that_has_stopped_otherwise_since_it_was_looked_at_stays_stopped(string count)
    {
        await _case.StartAsync();
        _case.AddRun();
        Stop("sender not registered");
        using var an = await _case.SignInAsync("an", "van-hanh");

        var answer = await ConsoleCase.PostAsync(an, "/kenh-gui/viettel/gui-tiep", "stop", new()
        {
            ["Given.Seen"] = "0123456789abcdef",
            ["Given.Count"] = count,
            ["Given.Reason"] = "đã sửa",
        });

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Đã khác từ lúc mở trang: kênh vừa dừng lại lần nữa", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Số đã gõ", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"autocomplete=\"off\" value=\"{count}\"", page, StringComparison.Ordinal);
        Assert.Contains("đã sửa", page, StringComparison.Ordinal);
        Assert.Single(_case.Registry.Stops.Read());
    }

    [Fact]
    public async Task A_wrong_number_does_not_make_another_pause_the_one_that_was_looked_at()
    {
        await _case.StartAsync();
        _case.AddRun();
        var control = new ControlDesk(_case.Data, _case.Installation, _case.Time);
        await PauseAsync(control, new OrderScope(null, "viettel"), "bảo trì");
        using var an = await _case.SignInAsync("an", "van-hanh");
        var seen = SeenOf(await an.GetStringAsync("/kenh-gui/viettel/gui-tiep"));
        await control.ResumeAsync(
            Other,
            new OrderScope(null, "viettel"),
            control.Read(),
            [],
            null,
            "xong",
            TimeSpan.Zero,
            CancellationToken.None);
        await PauseAsync(control, new OrderScope(null, "viettel"), "nội dung sai");

        foreach (var count in new[] { "9", "10" })
        {
            var answer = await ConsoleCase.PostAsync(an, "/kenh-gui/viettel/gui-tiep", "pause", new()
            {
                ["Given.Seen"] = seen,
                ["Given.Count"] = count,
                ["Given.Reason"] = "bảo trì xong",
            });
            Assert.Contains(
                "Đã khác từ lúc mở trang: lệnh tạm dừng không còn là lệnh đã xem",
                await answer.Content.ReadAsStringAsync(),
                StringComparison.Ordinal);
        }

        Assert.Equal("nội dung sai", Assert.Single(_case.Registry.Orders.Read()).Reason);
    }

    [Fact]
    public async Task A_lane_that_may_be_held_in_a_run_that_cannot_be_read_is_not_called_free()
    {
        await _case.StartAsync();
        _case.AddRun();
        await HoldAsync();
        await File.WriteAllTextAsync(
            Path.Combine(_case.Data.Root, "runs", "some.db"), "not a ledger", TestContext.Current.CancellationToken);
        using var an = await _case.SignInAsync("an", "van-hanh");

        foreach (var path in new[] { "/kenh-gui/viettel", "/kenh-gui/viettel/gui-tiep" })
        {
            var page = await an.GetStringAsync(path);
            Assert.Contains("KHÔNG đọc được sổ của lượt gửi some", page, StringComparison.Ordinal);
            Assert.DoesNotContain("Không có gì giữ", page, StringComparison.Ordinal);
            Assert.DoesNotContain("Không bị dừng", page, StringComparison.Ordinal);
        }

        var all = await an.GetStringAsync("/kenh-gui");
        Assert.Contains("KHÔNG BIẾT có bị giữ lại không", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pause_of_the_lane_in_one_run_is_shown_with_where_it_is_lifted()
    {
        Browser.Needed();
        await _case.StartAsync();
        var key = _case.AddRun();
        var control = new ControlDesk(_case.Data, _case.Installation, _case.Time);
        await PauseAsync(control, new OrderScope(key, "viettel"), "nội dung sai");
        await PauseAsync(control, new OrderScope(key, null), "chờ lãnh đạo");
        await using var context = await browser.OpenAsync(_case.Address, width: 360, dark: true);
        var page = await _case.SignInAsync(context, "an", "van-hanh");

        await page.GotoAsync("/kenh-gui/viettel");
        await page.GetByText("nội dung sai").First.WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Cho gửi tiếp…" }).ClickAsync();
        await page.GetByText("chờ lãnh đạo").WaitForAsync();
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        var there = page.GetByRole(AriaRole.Link, new() { Name = "Bỏ lệnh ở trang Gửi tiếp của lượt gửi ấy" });
        await there.First.ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Riêng kênh viettel của lượt gửi này" }).WaitForAsync();
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Fact]
    public async Task A_pause_that_could_not_be_written_down_is_not_said_to_hold()
    {
        await _case.StartAsync();
        using var an = await _case.SignInAsync("an", "van-hanh");
        using (var db = SqliteDb.Open(_case.Data.Ledger))
            db.Execute("create trigger broken before insert on standing_order begin select raise(abort, 'x'); end");

        var answer = await ConsoleCase.PostAsync(
            an, "/kenh-gui/viettel", "pause", new() { ["Given.Reason"] = "bảo trì" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Lệnh CHƯA được ghi: việc gửi vẫn như trước", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ĐÃ TẠM DỪNG", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lane_that_its_first_batch_holds_goes_on_as_the_person_chose()
    {
        Browser.Needed();
        await _case.StartAsync();
        var key = _case.AddRun();
        await HoldAsync();
        await using var context = await browser.OpenAsync(_case.Address, width: 360, dark: true);
        var page = await _case.SignInAsync(context, "an", "van-hanh");

        await page.GotoAsync("/kenh-gui/viettel/gui-tiep");
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        await page.GetByLabel("Loạt tin đầu mới chỉ xét câu trả lời của nhà mạng").CheckAsync();
        await page.GetByLabel("Gõ số tin").FillAsync("10");
        await page.GetByLabel("Lý do").FillAsync("biên nhận hỏng");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cho gửi tiếp" }).ClickAsync();
        await page.GetByText("ĐÃ CHO GỬI TIẾP").WaitForAsync();

        var trial = Ledgers.RunAt(_case.Registry.Find(key)!.AddressIn(_case.Data)).ReadTrials()["viettel"];
        Assert.Equal((TrialState.Released, TrialRelease.WithoutReceipts), (trial.State, trial.Release));
    }

    [Fact]
    public async Task An_account_is_slowed_within_its_contract_and_goes_as_contracted_again()
    {
        await _case.StartAsync();
        using var an = await _case.SignInAsync("an", "van-hanh");

        var much = await ConsoleCase.PostAsync(
            an, "/kenh-gui/viettel", "slow", new() { ["Given.Rate"] = "501", ["Given.Reason"] = "thử" });
        Assert.Contains("từ 1 tới 500", await much.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(_case.Registry.Orders.Read());

        await ConsoleCase.PostAsync(
            an, "/kenh-gui/viettel", "slow", new() { ["Given.Rate"] = "200", ["Given.Reason"] = "mạng chậm" });
        Assert.Equal(200, Assert.Single(_case.Registry.Orders.Read()).Rate);
        Assert.Contains("nay đặt 200", await an.GetStringAsync("/kenh-gui/viettel"), StringComparison.Ordinal);

        await ConsoleCase.PostAsync(an, "/kenh-gui/viettel", "contract", new() { ["Given.Reason"] = "xong" });
        Assert.Empty(_case.Registry.Orders.Read());
    }

    [Fact]
    public async Task Lanes_are_looked_at_when_asked_and_what_is_wrong_is_said_with_what_to_do()
    {
        Browser.Needed();
        await _case.StartAsync();
        Stop("sender not registered");
        await using var context = await browser.OpenAsync(_case.Address, width: 360);
        var page = await _case.SignInAsync(context, "an", "van-hanh");

        await page.GotoAsync("/kenh-gui");
        await page.GetByLabel("viettel", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Kiểm tra kênh" }).ClickAsync();
        var found = page.Locator("section[aria-labelledby=looked-h]");
        await found.WaitForAsync(new() { Timeout = 60_000 });

        Assert.Contains("CHƯA ĐƯỢC", await found.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Việc cần làm:", await found.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Fact]
    public async Task Who_may_only_look_finds_no_button_and_no_page_that_lets_messages_go()
    {
        await _case.StartAsync();
        _case.AddRun();
        Stop("sender not registered");
        using var an = await _case.SignInAsync("an", "xem", "van-hanh@khac");

        var all = await an.GetStringAsync("/kenh-gui");
        var one = await an.GetStringAsync("/kenh-gui/viettel");

        Assert.Contains("Tài khoản này chỉ được xem.", all, StringComparison.Ordinal);
        foreach (var page in new[] { all, one })
            Assert.Equal(1, page.Split("<form").Length - 1); // to sign out
        Assert.Equal(HttpStatusCode.NotFound, (await an.GetAsync("/kenh-gui/viettel/gui-tiep")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await an.GetAsync("/kenh-gui/khong-co")).StatusCode);
        foreach (var (path, form) in new[]
        {
            ("/kenh-gui", "check"), ("/kenh-gui/viettel", "pause"), ("/kenh-gui/viettel", "slow"),
            ("/kenh-gui/viettel/gui-tiep", "stop"),
        })
        {
            var fields = new Dictionary<string, string>
            {
                ["_handler"] = form,
                ["Given.Reason"] = "x",
                ["Given.Rate"] = "1",
                ["Given.Count"] = "10",
            };
            var answer = await ConsoleCase.PostAsync(an, "/kenh-gui", "/dang-xuat", fields, to: path);
            Assert.False(answer.IsSuccessStatusCode);
        }

        Assert.Empty(_case.Registry.Orders.Read());
        Assert.Single(_case.Registry.Stops.Read());
    }

    [Fact]
    public async Task The_name_of_a_run_of_a_campaign_that_one_may_not_see_is_not_told()
    {
        await _case.StartAsync();
        _case.AddRun();
        using var an = await _case.SignInAsync("an", "xem@khac");

        var page = await an.GetStringAsync("/kenh-gui/viettel");

        Assert.Contains("Lượt gửi khác", page, StringComparison.Ordinal);
        Assert.DoesNotContain("some", page, StringComparison.Ordinal);
    }

    static readonly Who Other = Who.Here("Trần Thị B");

    static Task<ControlResult> PauseAsync(ControlDesk control, OrderScope scope, string reason) =>
        control.PauseAsync(Other, scope, reason, TimeSpan.Zero, CancellationToken.None);

    /// <summary>What a page says was looked at, in its first form that asks.</summary>
    static string SeenOf(string page) => page.Split("name=\"Given.Seen\" value=\"")[1].Split('"')[0];

    void Stop(string reason) => _case.Registry.Stops.Add(
        new LaneStop("viettel", _case.Time.GetUtcNow(), reason, LaneStopKind.Account, HoldCause.AsSaid));

    async Task HoldAsync()
    {
        var path = Path.Combine(_case.Data.Root, "runs", "some.db");
        using (var db = SqliteDb.Open(path))
        {
            db.Execute("delete from run_info where name like 'canary%'");
            foreach (var (name, value) in (SomeRun.Description with { Canary = CanaryPolicy.Default }).ToRows()
                .Where(row => row.Key.StartsWith("canary", StringComparison.Ordinal)))
                db.Run($"insert into run_info (name, value) values ({name}, {value})");
        }

        await using var ledger = RunLedger.Open(path, new ProcessClock(_case.Time));
        await ledger.Trials.JudgeAsync(
            await ledger.Trials.BeginAsync(SomeRun.LaneId, 50),
            TrialState.Held,
            new TrialFinding(TrialVerdict.FewReceipts, 50, 0, 60, null, Reason.None, null));
    }
}
