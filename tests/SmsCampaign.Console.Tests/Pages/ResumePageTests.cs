using System.Net;
using Microsoft.Playwright;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>A run that is let go on by its page: what was looked at, and nothing that came since.</summary>
[Trait("Category", "Slow")]
public sealed class ResumePageTests(Browser browser) : IAsyncDisposable
{
    static readonly Who Other = Who.Here("Trần Thị B");

    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Theory]
    [InlineData("9")]
    [InlineData("10")]
    public async Task A_pause_that_was_given_since_is_not_lifted_whatever_number_is_typed(string count)
    {
        var (an, path, key) = await OpenAsync();
        await PauseAsync(new OrderScope(key, null), "mất điện");
        var seen = FieldOf(await an.GetStringAsync(path), "Given.Seen");
        await Control.ResumeAsync(
            Other, new OrderScope(key, null), Control.Read(), [], null, "xong", TimeSpan.Zero, CancellationToken.None);
        await PauseAsync(new OrderScope(key, null), "nội dung sai");

        var page = await PostAsync(an, path, new() { ["Given.Seen"] = seen, ["Given.Count"] = count });

        Assert.Contains(
            "Đã khác từ lúc mở trang: lệnh tạm dừng không còn là lệnh đã xem", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Số đã gõ", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"autocomplete=\"off\" value=\"{count}\"", page, StringComparison.Ordinal);
        Assert.Contains("đã có điện", page, StringComparison.Ordinal);
        Assert.Contains("nội dung sai", page, StringComparison.Ordinal);
        Assert.Equal("nội dung sai", Assert.Single(Control.Read()).Reason);
    }

    [Fact]
    public async Task More_messages_than_were_looked_at_are_said_and_nothing_goes_on()
    {
        var (an, path, key) = await OpenAsync();
        await PauseAsync(new OrderScope(key, null), "mất điện");

        var page = await PostAsync(an, path, new() { ["Given.Waiting"] = "8", ["Given.Count"] = "8" });

        Assert.Contains("khi ấy 8 tin chờ gửi, nay 10", page, StringComparison.Ordinal);
        Assert.Single(Control.Read());
    }

    [Fact]
    public async Task A_second_press_is_told_that_the_pause_is_lifted()
    {
        var (an, path, key) = await OpenAsync();
        await PauseAsync(new OrderScope(key, null), "mất điện");
        var fields = new Dictionary<string, string>
        {
            ["Given.Seen"] = FieldOf(await an.GetStringAsync(path), "Given.Seen"),
            ["Given.Waiting"] = "10",
            ["Given.Count"] = "10",
            ["Given.Reason"] = "đã có điện",
        };

        var first = await PlannedCase.ForgeAsync(an, path, "resume", fields);
        var again = await PlannedCase.ForgeAsync(an, path, "resume", fields);

        Assert.Contains("ĐÃ CHO GỬI TIẾP", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var page = await again.Content.ReadAsStringAsync();
        Assert.Contains("Lần bấm này không làm gì: không còn lệnh tạm dừng ấy", page, StringComparison.Ordinal);
        Assert.Contains("10 tin chờ ĐANG được gửi nếu còn trong khung giờ", page, StringComparison.Ordinal);
        Assert.Contains("Người dùng an [web:an@", page, StringComparison.Ordinal);
        Assert.Contains("]: đã có điện", page, StringComparison.Ordinal);
        Assert.DoesNotContain("CHƯA cho gửi tiếp", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Chưa làm được", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_after_a_colleague_is_told_that_it_is_sent_and_what_is_held_still()
    {
        var (an, path, key) = await OpenAsync();
        await PauseAsync(new OrderScope(key, null), "mất điện");
        await PauseAsync(new OrderScope(key, "viettel"), "nội dung sai");
        var seen = FieldOf(await an.GetStringAsync(path), "Given.Seen");
        await LiftAsync(new OrderScope(key, null), "gọi 0912000001");

        var page = await ForgeAsync(an, path, new() { ["Given.Seen"] = seen, ["Given.Waiting"] = "12" });

        Assert.Contains("Lần bấm này không làm gì: không còn lệnh tạm dừng ấy", page, StringComparison.Ordinal);
        Assert.Contains(
            "Những gì còn ghi bên dưới giữ phần tin của nó; tin chờ khác ĐANG được gửi",
            page,
            StringComparison.Ordinal);
        Assert.Contains("Quyết định gửi tiếp gần nhất đã ghi:", page, StringComparison.Ordinal);
        Assert.Contains("Trần Thị B [", page, StringComparison.Ordinal);
        Assert.DoesNotContain("0912000001", page, StringComparison.Ordinal);
        Assert.DoesNotContain("CHƯA cho gửi tiếp", page, StringComparison.Ordinal);
        Assert.Equal("viettel", Assert.Single(Control.Read()).Lane);
    }

    [Fact]
    public async Task A_pause_that_ended_with_its_run_was_lifted_by_nobody_and_nothing_is_sent()
    {
        var (an, path, key) = await OpenAsync();
        await PauseAsync(new OrderScope(key, null), "mất điện");
        await LiftAsync(new OrderScope(key, null), "có điện");
        await PauseAsync(new OrderScope(key, null), "nội dung sai");
        var seen = FieldOf(await an.GetStringAsync(path), "Given.Seen");
        _case.Registry.SetState(key, RunState.Finished, _case.Time.GetUtcNow());

        var page = await ForgeAsync(an, path, new() { ["Given.Seen"] = seen, ["Given.Waiting"] = "10" });

        Assert.Contains(
            "không còn lệnh tạm dừng ấy. Lượt gửi đã kết thúc nên không gửi thêm tin nào.",
            page,
            StringComparison.Ordinal);
        Assert.DoesNotContain("ĐANG được gửi", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Quyết định gửi tiếp gần nhất", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_that_a_colleague_has_released_is_told_with_who_it_was()
    {
        var (an, path, key) = await OpenAsync();
        Approve(key);
        Hold(key, "tệp đã đổi");
        var hold = FieldOf(await an.GetStringAsync(path), "Given.Hold");
        Assert.IsType<ControlResult.Lifted>(await Control.ResumeAsync(
            Other,
            new OrderScope(key, null),
            [],
            [],
            Control.FindHold(key),
            "đã xem tệp",
            TimeSpan.Zero,
            CancellationToken.None));

        var page = await ForgeAsync(an, path, new() { ["Given.Hold"] = hold, ["Given.Waiting"] = "10" });

        Assert.Contains(
            "Lần bấm này không làm gì: lượt gửi không còn dừng chờ người phụ trách", page, StringComparison.Ordinal);
        Assert.Contains("ĐANG được gửi", page, StringComparison.Ordinal);
        Assert.Contains("Trần Thị B: lượt gửi", page, StringComparison.Ordinal);
        Assert.DoesNotContain("CHƯA cho gửi tiếp", page, StringComparison.Ordinal);
        Assert.Equal(RunState.Approved, _case.Registry.Find(key)!.State);
    }

    [Fact]
    public async Task What_holds_it_that_cannot_be_read_is_not_said_to_hold_it()
    {
        var (an, path, key) = await OpenAsync();
        BreakKey(key);

        var page = await ForgeAsync(an, path, new() { ["Given.Waiting"] = "10" });

        Assert.Contains("Lần bấm này không làm gì.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("CHƯA cho gửi tiếp", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_a_run_is_held_is_shown_and_only_that_hold_is_released()
    {
        Browser.Needed();
        await _case.StartAsync();
        var key = _case.AddRun();
        Approve(key);
        Hold(key, "<script>window.__hit=1</script> tệp đã đổi, 0912000001");
        await using var context = await browser.OpenAsync(_case.Address, width: 360, dark: true);
        var page = await _case.SignInAsync(context, "an", "van-hanh");
        var path = PathOf(key);

        await page.GotoAsync(path);
        var text = await page.Locator("main").InnerTextAsync();
        Assert.Contains("DỪNG, chờ người phụ trách, từ", text, StringComparison.Ordinal);
        Assert.Contains("<script>window.__hit=1</script> tệp đã đổi", text, StringComparison.Ordinal);
        Assert.DoesNotContain("0912000001", text, StringComparison.Ordinal);
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));

        Hold(key, "sổ bị sửa");
        await page.GetByLabel("Gõ số tin").FillAsync("10");
        await page.GetByLabel("Lý do").FillAsync("đã xem tệp");
        await page.GetByRole(AriaRole.Button, new() { Name = "Gửi tiếp" }).ClickAsync();
        await page.GetByText("lý do lượt gửi dừng chờ không còn là lý do đã xem").WaitForAsync();
        await page.GetByText("sổ bị sửa").WaitForAsync();
        Assert.Equal(RunState.Held, _case.Registry.Find(key)!.State);
        Assert.Equal("", await page.GetByLabel("Gõ số tin").InputValueAsync());
        Assert.Empty(await Browser.FindBarriersAsync(page));

        await page.GetByLabel("Gõ số tin").FillAsync("10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Gửi tiếp" }).ClickAsync();
        await page.GetByText("ĐÃ CHO GỬI TIẾP").WaitForAsync();
        Assert.Equal(RunState.Approved, _case.Registry.Find(key)!.State);
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Fact]
    public async Task A_run_that_was_held_after_its_pause_was_looked_at_stays_held_and_paused()
    {
        var (an, path, key) = await OpenAsync();
        Approve(key);
        await PauseAsync(new OrderScope(key, null), "mất điện");
        var seen = FieldOf(await an.GetStringAsync(path), "Given.Seen");
        Hold(key, "sổ bị sửa");

        var page = await PostAsync(
            an, path, new() { ["Given.Seen"] = seen, ["Given.Hold"] = "", ["Given.Count"] = "10" });

        Assert.Contains("lý do lượt gửi dừng chờ không còn là lý do đã xem", page, StringComparison.Ordinal);
        Assert.Equal(RunState.Held, _case.Registry.Find(key)!.State);
        Assert.Single(Control.Read());
    }

    [Fact]
    public async Task A_pause_of_one_lane_of_the_run_is_shown_and_lifted_and_another_lane_stays_paused()
    {
        var (an, path, key) = await OpenAsync();
        await PauseAsync(new OrderScope(key, "viettel"), "nội dung sai");
        await PauseAsync(new OrderScope(null, "viettel"), "bảo trì");

        Assert.Contains("gui-tiep", await an.GetStringAsync(path[..^"/gui-tiep".Length]), StringComparison.Ordinal);
        var before = await an.GetStringAsync(path);
        Assert.DoesNotContain("không tạm dừng", before, StringComparison.Ordinal);
        Assert.Contains("/kenh-gui/viettel/gui-tiep", before, StringComparison.Ordinal);
        var page = await PostAsync(an, path, new() { ["Given.Count"] = "10" });

        Assert.Contains("ĐÃ CHO GỬI TIẾP", page, StringComparison.Ordinal);
        Assert.Contains("bảo trì", page, StringComparison.Ordinal);
        Assert.Null(Assert.Single(Control.Read()).Run);
    }

    [Fact]
    public async Task A_run_whose_ledger_or_key_cannot_be_read_is_not_called_free()
    {
        var (an, path, key) = await OpenAsync();
        await File.WriteAllTextAsync(
            Path.Combine(_case.Data.Root, "runs", "some.db"), "not a ledger", TestContext.Current.CancellationToken);
        var unread = await an.GetStringAsync(path);
        Assert.Contains("KHÔNG đọc được sổ của lượt gửi some", unread, StringComparison.Ordinal);
        Assert.DoesNotContain("không tạm dừng", unread, StringComparison.Ordinal);

        BreakKey(key);
        var keyless = await an.GetStringAsync(path);
        Assert.Contains("Không biết lượt gửi có đang tạm dừng hay không.", keyless, StringComparison.Ordinal);
        Assert.DoesNotContain("không tạm dừng.", keyless, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("van-hanh", "Cần dừng ngay thì tạm dừng từng kênh ở trang Kênh gửi")]
    [InlineData("van-hanh@some", "Cần dừng ngay thì báo người vận hành mọi chiến dịch")]
    public async Task The_brake_says_so_where_the_runs_key_cannot_be_read(string role, string way)
    {
        var (an, path, key) = await OpenAsync(role);
        BreakKey(key);

        var answer = await ConsoleCase.PostAsync(an, path[..^"/gui-tiep".Length], "pause", []);

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("CHƯA tạm dừng: không đọc được khóa của lượt gửi", page, StringComparison.Ordinal);
        Assert.Contains(way, page, StringComparison.Ordinal);
        Assert.Empty(Control.Read());
    }

    [Fact]
    public async Task A_pause_that_stands_is_not_denied_where_the_worker_cannot_be_asked()
    {
        var (an, path, _) = await OpenAsync();
        using var turn = SendingLock.TryTake(_case.Data, _case.Time)!;
        new LifeSigns(_case.Data, "worker", _case.Time).Give();
        Break("command");

        var answer = await ConsoleCase.PostAsync(an, path[..^"/gui-tiep".Length], "pause", []);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("ĐÃ TẠM DỪNG", page, StringComparison.Ordinal);
        Assert.Contains("CHƯA có xác nhận", page, StringComparison.Ordinal);
        Assert.Single(Control.Read());
        var again = await PlannedCase.ForgeAsync(an, path[..^"/gui-tiep".Length], "pause", []);
        Assert.Contains("Đã tạm dừng từ trước", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "pause", "", "Lệnh CHƯA được ghi: việc gửi vẫn như trước")]
    [InlineData("/huy", "end", "when new.kind = 2", "Mới ghi được lệnh TẠM DỪNG")]
    public async Task What_could_not_be_written_down_is_said_with_what_stands(
        string which, string form, string when, string said)
    {
        var (an, path, _) = await OpenAsync();
        Break("standing_order", when);

        var answer = await ConsoleCase.PostAsync(an, path[..^"/gui-tiep".Length] + which, form, new()
        {
            ["Given.Count"] = "10",
            ["Given.Reason"] = "lệnh đã rút",
        });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(said, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pause_that_could_not_be_lifted_is_shown_as_standing()
    {
        var (an, path, key) = await OpenAsync();
        await PauseAsync(new OrderScope(key, null), "mất điện");
        using (var db = SqliteDb.Open(_case.Data.Ledger))
            db.Execute("create trigger broken before update on standing_order begin select raise(abort, 'x'); end");

        var page = await PostAsync(an, path, new() { ["Given.Count"] = "10" });

        Assert.Contains("Chưa làm xong.", page, StringComparison.Ordinal);
        Assert.Contains("mất điện", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ĐÃ CHO GỬI TIẾP", page, StringComparison.Ordinal);
        Assert.Single(Control.Read());
    }

    ControlDesk Control => new(_case.Data, _case.Installation, _case.Time);

    static string PathOf(RunKey key) => $"/chien-dich/{key.Campaign}/{key.DateText}/gui-tiep";

    async Task<(HttpClient Browser, string Path, RunKey Key)> OpenAsync(string role = "van-hanh")
    {
        await _case.StartAsync();
        var key = _case.AddRun();
        return (await _case.SignInAsync("an", role), PathOf(key), key);
    }

    Task<ControlResult> LiftAsync(OrderScope scope, string reason) => Control.ResumeAsync(
        Other, scope, Control.Read(), [], null, reason, TimeSpan.Zero, CancellationToken.None);

    /// <summary>Posts what a page had that does not have the form any more.</summary>
    static async Task<string> ForgeAsync(HttpClient browser, string path, Dictionary<string, string> fields)
    {
        fields["Given.Count"] = fields["Given.Waiting"];
        fields["Given.Reason"] = "đã có điện";
        return await (await PlannedCase.ForgeAsync(browser, path, "resume", fields)).Content.ReadAsStringAsync();
    }

    Task<ControlResult> PauseAsync(OrderScope scope, string reason) =>
        Control.PauseAsync(Other, scope, reason, TimeSpan.Zero, CancellationToken.None);

    static async Task<string> PostAsync(HttpClient browser, string path, Dictionary<string, string> fields)
    {
        fields["Given.Reason"] = "đã có điện";
        return await (await ConsoleCase.PostAsync(browser, path, "resume", fields)).Content.ReadAsStringAsync();
    }

    /// <summary>Of the first form that has it.</summary>
    static string FieldOf(string page, string name) => page.Split($"name=\"{name}\" value=\"")[1].Split('"')[0];

    void Approve(RunKey key) => _case.Registry.Approve(new Approval
    {
        Campaign = key.Campaign,
        Date = key.DateText,
        Hash = _case.Registry.Find(key)!.ApprovedHash,
        ApprovedBy = "Nguyễn Văn A",
        At = _case.Time.GetUtcNow().ToSql(),
    });

    void Hold(RunKey key, string why)
    {
        var now = _case.Time.GetUtcNow();
        _case.Registry.Record(new Decision(key, now, now, DecisionKind.Held, new Wording(why, why)), RunState.Held);
    }

    void BreakKey(RunKey key)
    {
        using var db = SqliteDb.Open(_case.Data.Ledger);
        db.Execute($"update run set key = 'no key' where key = '{key}'");
    }

    /// <summary>Nothing is written into a table any more.</summary>
    void Break(string table, string when = "")
    {
        using var db = SqliteDb.Open(_case.Data.Ledger);
        db.Execute($"create trigger broken before insert on {table} {when} begin select raise(abort, 'x'); end");
    }
}
