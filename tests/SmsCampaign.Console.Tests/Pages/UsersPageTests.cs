using System.Net;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using SmsCampaign.WebConsole.People;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>Who may sign in, as an administrator sets it, and everyone's own sessions.</summary>
[Trait("Category", "Slow")]
public sealed class UsersPageTests(Browser browser) : IAsyncDisposable
{
    const string Script = "<img src=x onerror=alert(1)>";

    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Somebody_is_added_and_takes_up_the_account_by_the_link_that_is_shown_once(bool script)
    {
        Browser.Needed();
        await _case.StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, script: script);
        var page = await _case.SignInAsync(context, "quan", "quan-tri");

        await page.GotoAsync("/nguoi-dung");
        await page.GetByLabel("Tên đăng nhập").FillAsync("tran.b");
        await page.GetByLabel("Họ tên, chức vụ").FillAsync($"Trần Thị B {Script}");
        await page.GetByLabel("vận hành:").CheckAsync();
        await page.GetByLabel("vai trò vận hành", new() { Exact = false }).FillAsync("dak-lak-2025");
        await page.GetByRole(AriaRole.Button, new() { Name = "Thêm và lấy liên kết" }).ClickAsync();
        var link = await page.Locator("code.link").TextContentAsync();

        Assert.StartsWith($"{_case.Address}loi-moi?ten=tran.b&ma=", link, StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("main img").CountAsync());
        await page.GotoAsync("/nguoi-dung");
        Assert.Equal(0, await page.Locator("code.link").CountAsync());
        var shown = await page.Locator("main").TextContentAsync();
        Assert.Contains("vận hành (dak-lak-2025)", shown, StringComparison.Ordinal);
        if (script)
        {
            Assert.Empty(await Browser.FindBarriersAsync(page));
            Assert.Empty(await Browser.RefusedAsync(page));
        }

        using var other = _case.Browse();
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync(link)).StatusCode);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_and_what_was_typed_stays()
    {
        Browser.Needed();
        await _case.StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, width: 360);
        var page = await _case.SignInAsync(context, "quan", "quan-tri");

        await page.GotoAsync("/nguoi-dung");
        await page.GetByLabel("Tên đăng nhập").FillAsync("Trần B");
        await page.GetByLabel("Họ tên, chức vụ").FillAsync(" ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Thêm và lấy liên kết" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).WaitForAsync();

        Assert.Equal(3, await page.Locator(".problem li").CountAsync());
        Assert.Equal("Trần B", await page.GetByLabel("Tên đăng nhập").InputValueAsync());
        Assert.StartsWith("Lỗi: ", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
    }

    [Fact]
    public async Task Roles_are_changed_and_whoever_has_them_signs_in_again()
    {
        Browser.Needed();
        await _case.StartAsync();
        using var an = await _case.SignInAsync("an", "xem");
        await using var context = await browser.OpenAsync(_case.Address, width: 360, dark: true);
        var page = await _case.SignInAsync(context, "quan", "quan-tri");

        await page.GotoAsync("/nguoi-dung/an");
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        await page.GetByLabel("phê duyệt:").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lưu" }).ClickAsync();
        await page.GetByText("Đã lưu; người này phải đăng nhập lại.").WaitForAsync();

        Assert.Equal(["Approve", "See"], (await GrantsOf("an")).Select(grant => grant.ToText()).Order());
        Assert.Equal(HttpStatusCode.Redirect, (await an.GetAsync("/")).StatusCode);
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Fact]
    public async Task Roles_that_were_changed_elsewhere_meanwhile_are_left_as_they_are()
    {
        await _case.StartAsync();
        await _case.AddPersonAsync("an", "xem");
        using var admin = await _case.SignInAsync("quan", "quan-tri");

        var answer = await ConsoleCase.PostAsync(admin, "/nguoi-dung/an", "roles", new()
        {
            ["Given.Seen"] = "Draft",
            ["role"] = "Operate",
        });

        Assert.Contains("vừa được đổi ở nơi khác", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(["See"], (await GrantsOf("an")).Select(grant => grant.ToText()));
    }

    [Fact]
    public async Task The_last_administrator_is_neither_closed_nor_demoted()
    {
        await _case.StartAsync();
        await using (var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time))
            await people.Desk.AddAsync(
                Who.Here("Quản trị"), "moi", "Chưa nhận", "", [new Grant(Right.Administer, null)]);
        using var admin = await _case.SignInAsync("quan", "quan-tri");

        var closed = await ConsoleCase.PostAsync(admin, "/nguoi-dung/quan", "close", []);
        var demoted = await ConsoleCase.PostAsync(admin, "/nguoi-dung/quan", "roles", new() { ["role"] = "See" });

        foreach (var answer in new[] { closed, demoted })
            Assert.Contains(
                "là tài khoản quản trị cuối cùng", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/nguoi-dung")).StatusCode);
        Assert.Equal(["Administer"], (await GrantsOf("quan")).Select(grant => grant.ToText()));
    }

    [Fact]
    public async Task With_another_administrator_one_may_be_closed_and_let_in_again()
    {
        await _case.StartAsync();
        await _case.AddPersonAsync("khac", "quan-tri");
        using var admin = await _case.SignInAsync("quan", "quan-tri");

        await ConsoleCase.PostAsync(admin, "/nguoi-dung/khac", "close", []);
        Assert.NotNull((await FindAsync("khac")).ClosedAt);
        await ConsoleCase.PostAsync(admin, "/nguoi-dung/khac", "open", []);
        Assert.Null((await FindAsync("khac")).ClosedAt);
    }

    /// <summary>Whoever sits down at a page that an administrator left open makes no account, and no link to another's;
    /// keeping somebody out takes no more than the press.</summary>
    [Fact]
    public async Task Ten_minutes_after_signing_in_password_and_code_are_asked_for_again()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        _case.Time = time;
        await _case.StartAsync();
        await _case.AddPersonAsync("an", "xem");
        using var admin = await _case.SignInAsync("quan", "quan-tri");
        var before = await FindAsync("an");
        time.Advance(Sessions.Fresh + TimeSpan.FromSeconds(1));

        var roles = new Dictionary<string, string> { ["Given.Seen"] = "See", ["role"] = "Administer" };
        var another = new Dictionary<string, string>
        {
            ["Given.Name"] = "ma",
            ["Given.FullName"] = "Ma",
            ["role"] = "Approve",
        };
        foreach (var (path, form, fields) in new[]
        {
            ("/nguoi-dung/an", "link", []), ("/nguoi-dung/an", "roles", roles), ("/nguoi-dung", "add", another),
        })
        {
            var refused = await ConsoleCase.PostAsync(admin, path, form, fields);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains(
                "cần nhập lại mật khẩu và mã xác thực",
                await refused.Content.ReadAsStringAsync(),
                StringComparison.Ordinal);
        }

        // Who was not asked has not guessed.
        Assert.Equal(0, (await FindAsync("quan")).AccessFailedCount);
        var guess = new Dictionary<string, string> { ["Given.Password"] = "đoán bừa 2025", ["Given.Token"] = "000000" };
        var wrong = await ConsoleCase.PostAsync(admin, "/nguoi-dung/an", "link", guess);
        Assert.Contains(
            "Sai mật khẩu hoặc mã xác thực", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Assert.Equal(before.SecurityStamp, (await FindAsync("an")).SecurityStamp);
        Assert.Equal(["See"], (await GrantsOf("an")).Select(grant => grant.ToText()));
        await using (var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time))
            Assert.Null(await people.Desk.FindAsync("ma"));

        await ConsoleCase.PostAsync(admin, "/nguoi-dung/an", "close", []);
        Assert.NotNull((await FindAsync("an")).ClosedAt);
        await ConsoleCase.PostAsync(admin, "/nguoi-dung/an", "open", []);
        Assert.NotNull((await FindAsync("an")).ClosedAt);
        await ConsoleCase.PostAsync(admin, "/nguoi-dung/an", "open", _case.ConfirmedBy("quan"));
        Assert.Null((await FindAsync("an")).ClosedAt);
    }

    [Theory]
    [InlineData("/nguoi-dung")]
    [InlineData("/nguoi-dung/an")]
    [InlineData("/nguoi-dung/khong-ai")]
    public async Task Nobody_else_sees_that_there_are_such_pages(string path)
    {
        await _case.StartAsync();
        using var an = await _case.SignInAsync("an", "van-hanh", "phe-duyet", "soan-thao", "xem");

        var answer = await an.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("Vai trò", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_made_by_hand_changes_nothing()
    {
        await _case.StartAsync();
        await _case.AddPersonAsync("binh", "xem");
        using var an = await _case.SignInAsync("an", "van-hanh");
        var fields = await AntiforgeryOf(an);

        foreach (var (path, form) in new[]
        {
            ("/nguoi-dung", "add"), ("/nguoi-dung/binh", "close"), ("/nguoi-dung/binh", "link"),
            ("/nguoi-dung/an", "roles"),
        })
        {
            var answer = await an.PostAsync(path, new FormUrlEncodedContent(
            [
                .. fields, new("_handler", form), new("role", "Administer"), new("Given.Name", "ma"),
                new("Given.FullName", "Ma"),
            ]));
            Assert.False(answer.IsSuccessStatusCode);
        }

        Assert.Null((await FindAsync("binh")).ClosedAt);
        Assert.Equal(["Operate"], (await GrantsOf("an")).Select(grant => grant.ToText()));
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        Assert.Null(await people.Desk.FindAsync("ma"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_of_ones_own_is_ended_and_no_one_elses(bool script)
    {
        Browser.Needed();
        await _case.StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, width: 360, script: script);
        var page = await _case.SignInAsync(context, "an", "xem");
        using var binh = await _case.SignInAsync("binh", "xem");
        Session lost;
        await using (var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time))
            lost = await people.Sessions.BeginAsync(
                await FindAsync("an"), "Mozilla/5.0 (Android 14) Firefox/130", Script);

        await page.GetByRole(AriaRole.Link, new() { Name = "Người dùng an" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Tài khoản", Level = 1 }).WaitForAsync();
        Assert.DoesNotContain(lost.Id, await page.ContentAsync(), StringComparison.Ordinal);
        if (script)
        {
            Assert.Empty(await Browser.FindBarriersAsync(page));
            Assert.False(await Browser.OverflowsAsync(page));
            Assert.Empty(await Browser.RefusedAsync(page));
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Đóng phiên Firefox, Android" }).ClickAsync();
        await page.GetByText("Đã đóng 1 phiên.").WaitForAsync();

        await using var after = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        Assert.False(await after.Sessions.LivesAsync(lost.Id, isAsked: false));
        Assert.Equal(HttpStatusCode.OK, (await binh.GetAsync("/")).StatusCode);
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Trang chính" }).WaitForAsync();
    }

    async Task<Person> FindAsync(string name)
    {
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        return (await people.Desk.FindAsync(name))!;
    }

    async Task<IReadOnlyList<Grant>> GrantsOf(string name)
    {
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        return await people.Desk.ReadGrantsAsync((await people.Desk.FindAsync(name))!);
    }

    /// <summary>What a page of theirs has for its own form.</summary>
    static async Task<Dictionary<string, string>> AntiforgeryOf(HttpClient browser)
    {
        var page = await browser.GetStringAsync("/");
        var at = page.IndexOf("__RequestVerificationToken\" value=\"", StringComparison.Ordinal) + 35;
        return new() { ["__RequestVerificationToken"] = page[at..page.IndexOf('"', at)] };
    }
}
