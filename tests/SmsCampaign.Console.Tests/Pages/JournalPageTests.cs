using System.Net;
using System.Text;
using Microsoft.Playwright;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>The audit chain as a person reads it: filtered, paged, verified, downloaded.</summary>
[Trait("Category", "Slow")]
public sealed class JournalPageTests(Browser browser) : IAsyncDisposable
{
    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Fact]
    public async Task What_was_decided_shows_the_newest_first_as_text_and_masked()
    {
        Browser.Needed();
        await _case.StartAsync();
        await PauseAsync("<img src=x onerror=alert(1)> theo máy 0912000001");
        await using var context = await browser.OpenAsync(_case.Address, width: 360);
        var page = await _case.SignInAsync(context, "an", "xem");

        await page.GotoAsync("/nhat-ky");
        var text = await page.Locator("main").InnerTextAsync();

        Assert.Contains("Trần Thị B", text, StringComparison.Ordinal);
        Assert.Contains("<img src=x onerror=alert(1)>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("0912000001", text, StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("main img").CountAsync());
        var rows = await page.Locator("tbody th").AllInnerTextsAsync();
        Assert.Equal(rows.Select(int.Parse).OrderDescending(), rows.Select(int.Parse));
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Fact]
    public async Task It_is_filtered_by_campaign_kind_person_and_date_without_script()
    {
        Browser.Needed();
        await _case.StartAsync();
        await PauseAsync("lý do");
        Record("Lê Văn C", "khac/2025-08-01: x");
        await using var context = await browser.OpenAsync(_case.Address, script: false);
        var page = await _case.SignInAsync(context, "an", "xem");

        await page.GotoAsync("/nhat-ky");
        await page.GetByLabel("Mã chiến dịch").FillAsync("khac");
        await page.GetByLabel("Loại").SelectOptionAsync("Event");
        await page.GetByLabel("Người, tài khoản").FillAsync("le van c");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lọc" }).ClickAsync();

        Assert.Equal(1, await page.Locator("tbody tr").CountAsync());
        var rows = await page.Locator("tbody").InnerTextAsync();
        Assert.Contains("ghi nhận sổ gửi tin đã mất: khac/2025-08-01: x", rows, StringComparison.Ordinal);
        await page.GetByLabel("Đến ngày").FillAsync("30/07/2020");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lọc" }).ClickAsync();
        await page.GetByText("Không có dòng nào khớp.").WaitForAsync();
        await page.GetByLabel("Đến ngày").FillAsync("hôm qua");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lọc" }).ClickAsync();
        await page.GetByText("'hôm qua' không phải là ngày").WaitForAsync();
    }

    [Fact]
    public async Task Older_rows_follow_on_a_page_of_their_own()
    {
        await _case.StartAsync();
        for (var number = 1; number <= 60; number++)
            Record("C", $"some/2025-07-30: số {number}.");
        using var an = await _case.SignInAsync("an", "xem@some");

        var first = WebUtility.HtmlDecode(await an.GetStringAsync("/nhat-ky?loai=Event"));
        var at = first.IndexOf("truoc=", StringComparison.Ordinal);
        var next = WebUtility.HtmlDecode(await an.GetStringAsync(
            "/nhat-ky?loai=Event&" + first[at..first.IndexOf('"', at)]));

        Assert.Contains("số 60.", first, StringComparison.Ordinal);
        Assert.Contains("số 11.", first, StringComparison.Ordinal);
        Assert.DoesNotContain("số 10.", first, StringComparison.Ordinal);
        Assert.Contains("số 10.", next, StringComparison.Ordinal);
        Assert.Contains("số 1.", next, StringComparison.Ordinal);
        Assert.DoesNotContain("Cũ hơn", next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_that_was_changed_is_never_called_right()
    {
        Browser.Needed();
        await _case.StartAsync();
        await PauseAsync("lý do");
        await using var context = await browser.OpenAsync(_case.Address);
        var page = await _case.SignInAsync(context, "an", "xem");

        await page.GotoAsync("/nhat-ky");
        await page.GetByRole(AriaRole.Button, new() { Name = "Kiểm tra chuỗi" }).ClickAsync();
        await page.GetByText("Chuỗi kiểm toán đúng:").WaitForAsync();
        using (var db = SqliteDb.Open(_case.Data.Ledger))
            db.Execute("update event set detail = 'khác' where id = 1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Kiểm tra chuỗi" }).ClickAsync();
        await page.GetByText("Chuỗi kiểm toán KHÔNG đúng.").WaitForAsync();

        Assert.Equal(0, await page.GetByText("Chuỗi kiểm toán đúng:").CountAsync());
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Fact]
    public async Task While_the_server_does_something_heavy_the_chain_is_not_verified_and_that_is_said()
    {
        await _case.StartAsync();
        await PauseAsync("lý do");
        using var an = await _case.SignInAsync("an", "xem");

        await using (new HeldTurn(_case))
        {
            var busy = await (await ConsoleCase.PostAsync(an, "/nhat-ky", "verify", [])).Content.ReadAsStringAsync();
            Assert.Contains("CHƯA kiểm tra được chuỗi", busy, StringComparison.Ordinal);
            Assert.Contains(HeldTurn.Said, busy, StringComparison.Ordinal);
        }

        var right = await (await ConsoleCase.PostAsync(an, "/nhat-ky", "verify", [])).Content.ReadAsStringAsync();
        Assert.Contains("Chuỗi kiểm toán đúng:", right, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_ledger_that_cannot_be_read_it_is_said_that_nothing_was_verified()
    {
        await _case.StartAsync();
        using var an = await _case.SignInAsync("an", "xem");
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(_case.Data.Ledger, "not a ledger", TestContext.Current.CancellationToken);
        File.Delete(_case.Data.Ledger + "-wal");

        var answer = await ConsoleCase.PostAsync(an, "/nhat-ky", "verify", []);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Contains("Không đọc được nhật ký", page, StringComparison.Ordinal);
        Assert.Contains("CHƯA kiểm tra được chuỗi", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Chuỗi kiểm toán đúng", page, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, (await an.GetAsync("/nhat-ky/tai-ve")).StatusCode);
    }

    [Fact]
    public async Task It_is_downloaded_as_a_file_without_formulas_and_without_a_number()
    {
        await _case.StartAsync();
        Record("=1+1", "some/2025-07-30: máy 0912000001");
        using var an = await _case.SignInAsync("an", "xem");

        var answer = await an.GetAsync("/nhat-ky/tai-ve?chien-dich=some");
        var file = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.StartsWith("\uFEFFDòng,Lúc,", file, StringComparison.Ordinal);
        Assert.Contains(",'=1+1,", file, StringComparison.Ordinal);
        Assert.DoesNotContain("0912000001", file, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await an.GetAsync("/nhat-ky/tai-ve?tu=x")).StatusCode);
    }

    [Fact]
    public async Task Who_may_see_one_campaign_sees_its_rows_alone_and_verifies_nothing()
    {
        await _case.StartAsync();
        await PauseAsync("lý do riêng");
        Record("C", "khac/2025-08-01: của khác");
        using var an = await _case.SignInAsync("an", "xem@khac");

        var page = await an.GetStringAsync("/nhat-ky");
        var file = await an.GetStringAsync("/nhat-ky/tai-ve");
        var verified = await ConsoleCase.PostAsync(
            an, "/nhat-ky", "/dang-xuat", new() { ["_handler"] = "verify" }, to: "/nhat-ky");

        foreach (var seen in new[] { page, file })
        {
            Assert.Contains("của khác", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("lý do riêng", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("người dùng trang web", seen, StringComparison.Ordinal);
        }

        Assert.False(verified.IsSuccessStatusCode);
        using var nobody = _case.Browse();
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync("/nhat-ky/tai-ve")).StatusCode);
    }

    [Fact]
    public async Task Who_administers_sees_what_was_done_with_users_and_no_campaign()
    {
        await _case.StartAsync();
        await PauseAsync("lý do riêng");
        using var admin = await _case.SignInAsync("quan", "quan-tri");

        var page = await admin.GetStringAsync("/nhat-ky");

        Assert.Contains("người dùng trang web: add quan", page, StringComparison.Ordinal);
        Assert.DoesNotContain("lý do riêng", page, StringComparison.Ordinal);
    }

    void Record(string person, string detail) =>
        _case.Registry.RecordEvent(Who.Here(person), "declare", detail, _case.Time.GetUtcNow());

    async Task PauseAsync(string reason)
    {
        var desk = new ControlDesk(_case.Data, _case.Installation, _case.Time);
        await desk.PauseAsync(
            Who.Here("Trần Thị B"),
            new OrderScope(_case.AddRun(), null),
            reason,
            TimeSpan.Zero,
            CancellationToken.None);
    }
}
