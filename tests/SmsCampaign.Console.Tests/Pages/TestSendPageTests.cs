using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>A test to a few phones from the pages: seen in full first, sent by the worker, once.</summary>
[Trait("Category", "Slow")]
public sealed partial class TestSendPageTests(Browser browser) : IAsyncDisposable
{
    const string Page = "/kenh-gui/gui-thu";
    const string Results = "/kenh-gui/gui-thu/thu-nghiem/2025-07-29";
    const string Phones = "0981234561, 0911234563";
    const string Markup = "<script>window.__hit=1</script><img src=x onerror=alert(1)> 0912000001";

    static readonly DateOnly Today = new(2025, 7, 29);

    readonly PlannedCase _case = new();
    HandWorker? _worker;

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
            await _worker.DisposeAsync();
        await _case.DisposeAsync();
    }

    [Fact]
    public async Task What_would_go_is_shown_and_goes_once_its_number_is_typed_and_what_came_back_is_shown()
    {
        Browser.Needed();
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Console.Address, script: false);
        var (page, key) = await _case.SignInAsync(context, "an", "van-hanh");

        await page.GotoAsync("/kenh-gui");
        await page.GetByRole(AriaRole.Link, new() { Name = "Gửi thử…" }).ClickAsync();
        await page.GetByLabel("Các số máy nhận thử").FillAsync("0981234561\n0911234563");
        await page.GetByLabel("Lý do, căn cứ").FillAsync("xem dấu trên máy, gọi 0912345678");
        await page.GetByRole(AriaRole.Button, new() { Name = "Xem sẽ gửi những gì" }).ClickAsync();
        await page.GetByText("Sẽ gửi 4 tin, dưới tên định danh CHINH PHU.").WaitForAsync();
        Assert.Equal(
            "Toàn dân phòng, chống mua bán người", await page.Locator("blockquote.sms").InnerTextAsync());
        var shown = await page.Locator("main").InnerTextAsync();
        Assert.Contains("viettel, vinaphone", shown, StringComparison.Ordinal);
        Assert.Contains("84981***561, 84911***563", shown, StringComparison.Ordinal);
        Assert.Contains("Chi phí, chưa thuế", shown, StringComparison.Ordinal);

        await page.GetByLabel("Gõ số tin sẽ gửi").FillAsync("9");
        await ConfirmAsync(page, key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Gửi thử 4 tin" }).ClickAsync();
        await page.GetByText("Số đã gõ (9) khác số tin sẽ gửi (4). CHƯA gửi tin nào.").WaitForAsync();
        Assert.Empty(Sent);

        await page.GetByLabel("Gõ số tin sẽ gửi").FillAsync("4");
        await ConfirmAsync(page, key);
        var pressed = page.GetByRole(AriaRole.Button, new() { Name = "Gửi thử 4 tin" }).ClickAsync();
        var answered = page.GetByText("Kết quả gửi thử thu-nghiem").First.WaitForAsync();
        await _worker!.UntilAsync(() => answered.IsCompleted);
        await Task.WhenAll(pressed, answered);
        await _worker.UntilAsync(() => Read().All(message => message.Status == MessageStatus.Accepted));
        await page.GetByRole(AriaRole.Link, new() { Name = "Cập nhật" }).ClickAsync();
        await page.GetByText("Tốt: 4 trên 4 tin").WaitForAsync();

        var calls = _worker.Carrier.Calls.SelectMany(call => call).ToList();
        Assert.All(calls, message => Assert.Equal(
            ("CHINH PHU", "Toàn dân phòng, chống mua bán người"), (message.Sender, message.Text.Value)));
        Assert.Equal([84911234563, 84981234561], calls.Select(message => message.To.Msisdn).Distinct().Order());
        Assert.EndsWith(Results, page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("981234561", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(
            $"{Sent[0]}: lane vinaphone, message chung, 84981***561, 84911***563. xem dấu trên máy, gọi 0912***678",
            _case.Registry.FindLastEvent(["test-send"], $"{Sent[0]}"));
        Assert.All(_case.Console.Log.Lines, line => Assert.DoesNotContain(
            "981234561", $"{line.Text} {line.Thrown}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_form_posted_again_sends_nothing_and_leads_to_what_was_sent()
    {
        await StartAsync();
        using var an = await _case.Console.SignInAsync("an", "van-hanh");
        var confirm = await LookAsync(an);

        var first = await _worker!.UntilAsync(SendAsync(an, confirm));
        await _worker.UntilAsync(() => Read() is { Count: 4 } all && all.All(message => message.IsWell));
        var again = await _worker.UntilAsync(SendAsync(an, confirm));

        Assert.Equal(
            (HttpStatusCode.Redirect, Results),
            (first.StatusCode, new Uri(_case.Console.Address, first.Headers.Location!).AbsolutePath));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        var page = await again.Content.ReadAsStringAsync();
        Assert.Contains("KHÔNG gửi lần nữa", page, StringComparison.Ordinal);
        Assert.Contains(Results, page, StringComparison.Ordinal);
        Assert.Equal((2, 4), (Sent.Count, _worker.Carrier.Calls.Sum(call => call.Count)));
    }

    /// <summary>The button was pressed twice: what the first has begun, the second is in the middle of.</summary>
    [Fact]
    public async Task A_twin_that_is_being_written_is_not_called_unsent_by_the_other()
    {
        await StartAsync();
        using var an = await _case.Console.SignInAsync("an", "van-hanh");
        var confirm = await LookAsync(an);
        using var twin = PreparingLock.TryTake(_case.Folder.Data, RunKey.OfTest("thu-nghiem", Today, 2));

        var answer = await _worker!.UntilAsync(SendAsync(an, confirm));

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("KHÔNG gửi lần nữa: xem kết quả.", page, StringComparison.Ordinal);
        Assert.Contains(Results, page, StringComparison.Ordinal);
        Assert.DoesNotContain("CHƯA gửi", page, StringComparison.Ordinal);
        Assert.Empty(Sent);
    }

    /// <summary>Whoever sits down at a page that is open.</summary>
    [Fact]
    public async Task Without_password_and_code_nothing_goes_and_it_is_noted()
    {
        await StartAsync();
        using var an = await _case.Console.SignInAsync("an", "van-hanh");
        var confirm = await LookAsync(an);

        var refused = await _worker!.UntilAsync(SendAsync(an, confirm, "một mật khẩu khác"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(
            "Sai mật khẩu hoặc mã xác thực; CHƯA gửi tin nào.",
            await refused.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
        Assert.Empty(Sent);
        Assert.Contains(_case.Console.Log.Lines, line => line.Text.StartsWith(
            "The pages refused password or code of an from", StringComparison.Ordinal));
        Assert.Equal(
            HttpStatusCode.Redirect, (await _worker.UntilAsync(SendAsync(an, confirm))).StatusCode);
    }

    [Fact]
    public async Task A_text_that_has_changed_since_it_was_looked_at_does_not_go()
    {
        await StartAsync();
        using var an = await _case.Console.SignInAsync("an", "van-hanh");
        var confirm = await LookAsync(an);
        _case.Folder.Edit("campaign.yaml", "    text: Toàn dân", "    text: Toàn thể nhân dân");

        var answer = await _worker!.UntilAsync(SendAsync(an, confirm));

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Nội dung sẽ gửi đã khác lúc xem. CHƯA gửi", page, StringComparison.Ordinal);
        Assert.Contains("Toàn thể nhân dân", page, StringComparison.Ordinal);
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_and_what_was_typed_is_kept()
    {
        await StartAsync();
        using var an = await _case.Console.SignInAsync("an", "van-hanh");

        var answer = await ConsoleCase.PostAsync(an, Page, "test", new()
        {
            ["Given.Campaign"] = "luot:thu-nghiem",
            ["Given.Numbers"] = "0262385001, 0981234561",
            ["Given.Reason"] = " ",
            ["lane"] = "gmobile",
        });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Cần ghi lý do gửi thử.", page, StringComparison.Ordinal);
        Assert.Contains("số thứ 1", page, StringComparison.Ordinal);
        Assert.Contains("tên 'gmobile'", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("0262385001, 0981234561</textarea>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("--", page.Split("class=\"problem\"")[1].Split("</div>")[0], StringComparison.Ordinal);
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task Without_the_sending_service_nothing_is_written_and_it_is_said()
    {
        await _case.StartAsync();
        using var an = await _case.Console.SignInAsync("an", "van-hanh");
        var looked = await LookAsync(an);
        var order = new TestOrder(_case.Folder.CampaignFile, Phones.Split(", "), [], OutsideHours: false);
        var plan = Assert.IsType<TestLook.Ready>(Desk.Look(PlannedCase.Officer, order)).Plan;

        Assert.Contains("Sẽ gửi 4 tin", looked, StringComparison.Ordinal);
        Assert.DoesNotContain("Gửi thử 4 tin", looked, StringComparison.Ordinal);
        var answer = await PlannedCase.ForgeAsync(an, Page, "test", new(_case.Console.ConfirmedBy("an"))
        {
            ["Given.Act"] = "gui",
            ["Given.Seen"] = plan.Mark,
            ["Given.Campaign"] = "luot:thu-nghiem",
            ["Given.Numbers"] = Phones,
            ["Given.Reason"] = "xem dấu trên máy",
            ["Given.Count"] = "4",
        });

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains(
            "CHƯA gửi tin nào: gửi thử từ trang cần dịch vụ gửi đang chạy.", page, StringComparison.Ordinal);
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task Who_may_not_finds_no_page_and_a_form_made_by_hand_sends_nothing()
    {
        await StartAsync();
        using var looker = await _case.Console.SignInAsync("xem", "xem");
        using var other = await _case.Console.SignInAsync("khac", "van-hanh@khac");

        Assert.DoesNotContain(Page, await looker.GetStringAsync("/kenh-gui"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await looker.GetAsync(Page)).StatusCode);
        Assert.DoesNotContain("thu-nghiem", await other.GetStringAsync(Page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(Results)).StatusCode);
        foreach (var campaign in (string[])["luot:thu-nghiem", "tep:thu-nghiem", _case.Folder.CampaignFile])
        {
            foreach (var person in (HttpClient[])[looker, other])
            {
                var answer = await _worker!.UntilAsync(PlannedCase.ForgeAsync(person, Page, "test", new()
                {
                    ["Given.Act"] = "gui",
                    ["Given.Campaign"] = campaign,
                    ["Given.Numbers"] = Phones,
                    ["Given.Reason"] = "x",
                    ["Given.Count"] = "4",
                }));
                Assert.False(answer.IsSuccessStatusCode);
            }
        }

        Assert.Empty(Sent);
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task In_its_states_it_has_no_barrier_no_overflow_and_shows_the_gateways_words_as_text(
        int width, bool dark)
    {
        Browser.Needed();
        await StartAsync(SendResult.Rejected(FailureClass.Content, Markup));
        await using var context = await browser.OpenAsync(_case.Console.Address, width, dark: dark);
        var (page, key) = await _case.SignInAsync(context, "an", "van-hanh");

        await page.GotoAsync(Page);
        await ApprovalPageTests.CheckAsync(page, "test-form", width);
        await page.GetByLabel("Các số máy nhận thử").FillAsync(Phones);
        await page.GetByLabel("Lý do, căn cứ").FillAsync(Markup);
        await page.GetByRole(AriaRole.Button, new() { Name = "Xem sẽ gửi những gì" }).ClickAsync();
        await page.GetByLabel("Gõ số tin sẽ gửi").FillAsync("4");
        await ConfirmAsync(page, key);
        await ApprovalPageTests.CheckAsync(page, "test-confirm", width);

        var pressed = page.GetByRole(AriaRole.Button, new() { Name = "Gửi thử 4 tin" }).ClickAsync();
        var over = page.GetByText("Tốt: 0 trên 4 tin; còn chờ biên nhận: 0.").WaitForAsync();
        await _worker!.UntilAsync(() => over.IsCompleted); // it comes by itself
        await Task.WhenAll(pressed, over);

        Assert.Contains("<script>", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("0912000001", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("main img").CountAsync());
        await ApprovalPageTests.CheckAsync(page, "test-results", width);
    }

    [Fact]
    public async Task A_test_whose_ledger_cannot_be_read_takes_its_block_and_says_so()
    {
        await StartAsync();
        using var an = await _case.Console.SignInAsync("an", "van-hanh");
        await _worker!.UntilAsync(SendAsync(an, await LookAsync(an)));
        await _worker.UntilAsync(() => Read() is { Count: 4 } all && all.All(message => message.IsWell));
        await _worker.DisposeAsync();
        _worker = null;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(_case.Folder.Data.Run(Sent[0]), "không phải sổ");

        var page = await an.GetStringAsync(Results);

        Assert.Contains("KHÔNG đọc được sổ của lần thử này", page, StringComparison.Ordinal);
        Assert.Contains("Tốt: 2 trên 2 tin", page, StringComparison.Ordinal);
    }

    /// <summary>The latest first.</summary>
    IReadOnlyList<RunKey> Sent => Desk.Find("thu-nghiem", Today);

    TestDesk Desk => new(_case.Folder.Data, _case.Folder.Installation, _case.Folder.Time);

    IReadOnlyList<TestMessage> Read() => Desk.Read(Sent);

    async Task StartAsync(SendResult? answer = null)
    {
        await _case.StartAsync();
        _worker = new HandWorker(_case, message => answer ?? SendResult.Accepted("id-" + message.Reference));
    }

    /// <returns>The page on which the number is to be typed.</returns>
    static async Task<string> LookAsync(HttpClient person)
    {
        var answer = await ConsoleCase.PostAsync(person, Page, "test", new()
        {
            ["Given.Campaign"] = "luot:thu-nghiem",
            ["Given.Numbers"] = Phones,
            ["Given.Reason"] = "xem dấu trên máy",
        });
        return await answer.Content.ReadAsStringAsync();
    }

    static async Task ConfirmAsync(IPage page, string key)
    {
        await page.GetByLabel("Mật khẩu").FillAsync(ConsoleCase.Password);
        await page.GetByLabel("Mã xác thực").FillAsync(ConsoleCase.CodeOf(key, 1));
    }

    /// <param name="password">Null: their own.</param>
    async Task<HttpResponseMessage> SendAsync(HttpClient person, string confirm, string? password = null)
    {
        var fields = Hidden().Matches(confirm.Split("name=\"Given.Act\"")[0].Split("<form").Last() // its token and name
            + confirm[confirm.IndexOf("<input type=\"hidden\" name=\"Given.Act\"", StringComparison.Ordinal)..])
            .ToDictionary(
                match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value));
        fields["Given.Count"] = "4";
        foreach (var (name, value) in _case.Console.ConfirmedBy("an"))
            fields[name] = value;
        if (password is not null)
            fields["Given.Password"] = password;
        return await person.PostAsync(Page, new FormUrlEncodedContent(fields));
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}
