using Microsoft.Playwright;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.WebConsole.People;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>The pages that everyone comes by: signing in, home, the list, a run; as a person and a screen reader have
/// them.</summary>
[Trait("Category", "Slow")]
public sealed class HomePageTests(Browser browser) : IAsyncDisposable
{
    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Theory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task No_page_has_a_barrier_or_lies_beyond_the_screen_or_breaks_the_policy(int width, bool dark)
    {
        Browser.Needed();
        await _case.StartAsync();
        var key = _case.AddRun();
        await using var context = await browser.OpenAsync(_case.Address, width, dark: dark);
        var link = await InviteAsync("binh");
        var page = await _case.SignInAsync(context, "an", "van-hanh", "quan-tri");
        var run = $"/chien-dich/{key.Campaign}/{key.DateText}";

        foreach (var path in new[] { "/", "/chien-dich", run, run + "/huy", run + "/khong-co", "/dang-nhap", link })
        {
            await page.GotoAsync(path);

            Assert.Empty(await Browser.FindBarriersAsync(page));
            Assert.False(await Browser.OverflowsAsync(page), $"{path} at {width}");
            Assert.Empty(await Browser.RefusedAsync(page));
        }
    }

    [Fact]
    public async Task The_main_path_needs_no_mouse()
    {
        Browser.Needed();
        await _case.StartAsync();
        var key = _case.AddRun();
        await using var context = await browser.OpenAsync(_case.Address);
        var page = await _case.SignInAsync(context, "an", "van-hanh");

        await page.GotoAsync($"/chien-dich/{key.Campaign}/{key.DateText}");
        for (var press = 0; press < 40 && await FocusedAsync(page) != "Tạm dừng"; press++)
            await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("ĐÃ TẠM DỪNG").WaitForAsync();

        Assert.Equal(OrderKind.Pause, Assert.Single(_case.Registry.Orders.Read()).Kind);
    }

    [Fact]
    public async Task What_was_typed_on_a_page_that_was_open_for_too_long_is_given_back_and_sent_by_one_press()
    {
        Browser.Needed();
        await _case.StartAsync();
        var key = _case.AddRun();
        await using var context = await browser.OpenAsync(_case.Address, script: false);
        var page = await _case.SignInAsync(context, "an", "van-hanh");
        await page.GotoAsync($"/chien-dich/{key.Campaign}/{key.DateText}/huy");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tạm dừng và đếm" }).ClickAsync();
        await page.GetByLabel("Gõ số thuê bao").FillAsync("10");
        await page.GetByLabel("Lý do").FillAsync("lệnh đã rút");
        await context.ClearCookiesAsync(new() { Name = "sms-form" });

        await page.GetByRole(AriaRole.Button, new() { Name = "Hủy, không gửi 10 tin" }).ClickAsync();
        await page.GetByText("nội dung còn nguyên").WaitForAsync();
        Assert.DoesNotContain(_case.Registry.Orders.Read(), order => order.Kind == OrderKind.Cancel);
        await page.GetByText("lệnh đã rút").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Gửi lại" }).ClickAsync();
        await page.GetByText("ĐÃ HỦY: 10 tin không gửi nữa").WaitForAsync();

        Assert.Contains(_case.Registry.Orders.Read(), order => order.Kind == OrderKind.Cancel);
    }

    [Fact]
    public async Task What_waits_for_a_person_stands_on_their_home_page()
    {
        await _case.StartAsync();
        _case.AddRun(RunState.Planned);
        var run = _case.Registry.ReadRuns()[0];
        _case.Registry.Submissions.Add(new Submission
        {
            Campaign = run.Campaign,
            Date = run.Date,
            Hash = run.ApprovedHash,
            Definition = run.Definition,
            DefinitionHash = run.DefinitionHash,
            AudienceHash = run.AudienceHash,
            PlanHash = run.PlanHash,
            Seal = run.Seal,
            SubmittedBy = "Trần Thị B",
            Identity = new Identity(IdentityKind.Web, "b"),
            ByOs = "web:b@may",
            At = "2025-07-29T08:40:00.000Z",
        });
        using var approver = await _case.SignInAsync("an", "phe-duyet");
        using var other = await _case.SignInAsync("chi", "xem");

        Assert.Contains(
            "Phê duyệt: some, 30/07/2025</a></li>", await approver.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Contains("(cần vai trò khác)", await other.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "xem")]
    [InlineData(true, "van-hanh@some")]
    [InlineData(false, "xem@khac", "chỉ nói về các chiến dịch mà tài khoản này được xem")]
    [InlineData(false, "quan-tri", "không được xem chiến dịch nào")]
    public async Task It_tells_of_the_campaigns_alone_that_one_may_see(bool isSeen, string role, string? said = null)
    {
        await _case.StartAsync();
        var key = _case.AddRun();
        Raise(AlertKind.RunHeld, key.ToString(), $"đang dừng: {key.Campaign}");
        Raise(AlertKind.DiskLow, "", "đĩa sắp đầy");
        using var person = await _case.SignInAsync("an", role);

        var page = MainOf(await person.GetStringAsync("/"));

        Assert.Equal(isSeen, page.Contains("some", StringComparison.Ordinal));
        Assert.Equal(isSeen, page.Contains("Đã chuyển 0/10 tin", StringComparison.Ordinal));
        Assert.Contains("đĩa sắp đầy", page, StringComparison.Ordinal);
        Assert.Contains(said ?? "Cập nhật ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_see_nothing_is_told_so()
    {
        await _case.StartAsync();
        var key = _case.AddRun();
        Raise(AlertKind.RunHeld, key.ToString(), $"đang dừng: {key.Campaign}");
        Raise(AlertKind.DiskLow, "", "đĩa sắp đầy");
        using var person = await _case.SignInAsync("an", "quan-tri@some");

        var page = MainOf(await person.GetStringAsync("/"));

        Assert.Contains("chưa được giao xem chiến dịch nào", page, StringComparison.Ordinal);
        Assert.DoesNotContain("some", page, StringComparison.Ordinal);
        Assert.DoesNotContain("đĩa sắp đầy", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Không có việc nào chờ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_of_a_run_is_told_to_who_may_see_it()
    {
        await _case.StartAsync();
        var key = _case.AddRun();
        using (var db = SqliteDb.Open(_case.Data.Ledger))
            db.Execute("update run set definition = 'hỏng'");
        using var own = await _case.SignInAsync("an", "xem@some");
        using var other = await _case.SignInAsync("chi", "xem@khac");

        Assert.Contains(key.ToString(), MainOf(await own.GetStringAsync("/")), StringComparison.Ordinal);
        Assert.DoesNotContain(key.Campaign, MainOf(await other.GetStringAsync("/")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_lives_without_ever_telling_of_another_campaign()
    {
        Browser.Needed();
        await _case.StartAsync();
        var key = _case.AddRun();
        await using var context = await browser.OpenAsync(_case.Address);
        var page = await _case.SignInAsync(context, "an", "xem@khac");
        await Browser.LiveAsync(page);

        Raise(AlertKind.RunHeld, key.ToString(), $"đang dừng: {key.Campaign}");
        Raise(AlertKind.DiskLow, "", "đĩa sắp đầy");
        await page.GetByText("đĩa sắp đầy").WaitForAsync();
        await Look.AtAsync(page, "trang-chinh-mot-chien-dich");

        Assert.DoesNotContain("some", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Theory]
    [InlineData("some", "", true)]
    [InlineData("SOME", "2025", true)]
    [InlineData("khac", "", false)]
    [InlineData("", "2024", false)]
    public async Task Campaigns_are_found_by_words_without_marks_and_by_year(string words, string year, bool isFound)
    {
        await _case.StartAsync();
        _case.AddRun();
        using var person = await _case.SignInAsync("an", "xem");

        var page = await person.GetStringAsync($"/chien-dich?tim={words}&nam={year}");

        Assert.Equal(isFound, page.Contains("/chien-dich/some/2025-07-30", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dak lak", "Tỉnh Đắk Lắk", true)]
    [InlineData("ĐẮK", "tinh dak lak", true)]
    [InlineData("lak tinh", "Tỉnh Đắk Lắk", true)]
    [InlineData("hue", "Tỉnh Đắk Lắk", false)]
    public void Words_are_found_whatever_their_marks_and_order(string sought, string text, bool isFound) =>
        Assert.Equal(isFound, SmsCampaign.WebConsole.Parts.Folded.Finds(sought, text));

    [Fact]
    public async Task In_English_where_the_program_is_started_so()
    {
        _case.Language = Language.English;
        await _case.StartAsync();
        using var stranger = _case.Browse();

        var page = await stranger.GetStringAsync("/dang-nhap");

        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("Sign in", page, StringComparison.Ordinal);
    }

    void Raise(AlertKind kind, string about, string what)
    {
        var now = TimeProvider.System.GetUtcNow();
        var words = new Wording($"{what}", $"{what}");
        _case.Registry.Alerts.Raise(new Alert(kind, about, AlertSeverity.Urgent, now, words, words, words), now);
    }

    /// <summary>What stands on the page itself.</summary>
    static string MainOf(string page) => System.Net.WebUtility.HtmlDecode(page.Split("<main")[1].Split("</main>")[0]);

    async Task<string> InviteAsync(string name)
    {
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        await people.Desk.AddAsync(Who.Here("Quản trị"), name, "Bình", "", [new Grant(Right.See, null)]);
        return await people.Desk.InviteAsync(Who.Here("Quản trị"), (await people.Desk.FindAsync(name))!);
    }

    static Task<string> FocusedAsync(IPage page) =>
        page.EvaluateAsync<string>("(document.activeElement?.textContent ?? '').trim()");
}
