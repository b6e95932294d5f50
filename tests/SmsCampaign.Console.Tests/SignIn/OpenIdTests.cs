using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using SmsCampaign.Tests.Support;
using SmsCampaign.WebConsole.People;

namespace SmsCampaign.Tests.WebConsole.SignIn;

/// <summary>Who comes in by an identity provider, and what it cannot do.</summary>
public sealed class OpenIdTests(Browser browser) : IAsyncLifetime
{
    const string Refused = "/dang-nhap?loi=khong-duoc";
    const string Unreachable = "/dang-nhap?loi=khong-lien-lac-duoc";

    FakeProvider _provider = null!;
    ConsoleCase _case = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await FakeProvider.StartAsync();
        _case = new ConsoleCase
        {
            OpenId = _provider.Settings,
            Log = new KeptLog { From = LogLevel.Information },
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _case.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Whom_it_vouches_for_comes_in_with_the_roles_that_are_ours()
    {
        await _case.StartAsync();
        await AddAsync("an", Right.See);
        _provider.Claims["roles"] = new[] { "quan-tri", "Administer" };
        _provider.Claims["sms-grant"] = "Administer";
        _provider.Claims[Grant.Claim] = "Administer";
        using var an = _case.Browse();

        Assert.Equal("/chien-dich?nam=2025", await VisitAsync(an, "/chien-dich?nam=2025"));

        Assert.Contains("Người dùng an", await an.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await an.GetAsync("/nguoi-dung")).StatusCode);
        Assert.Contains("an signed in to the pages by the identity provider from 127.0.0.1", Said);
    }

    [Fact]
    public async Task Who_comes_in_by_it_alone_gives_nobody_accounts_links_or_roles()
    {
        await _case.StartAsync();
        await AddAsync("an", Right.See, Right.Administer);
        using var an = _case.Browse();
        await VisitAsync(an);

        Assert.Equal(HttpStatusCode.OK, (await an.GetAsync("/chien-dich")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await an.GetAsync("/nguoi-dung")).StatusCode);
    }

    [Theory]
    [InlineData("/signout-oidc")]
    [InlineData("/signout-callback-oidc")]
    public async Task No_link_signs_anybody_out(string path)
    {
        await _case.StartAsync();
        await AddAsync("an", Right.See);
        using var an = _case.Browse();
        await VisitAsync(an);

        using var answer = await an.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await an.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task The_way_back_has_a_limit_whatever_the_method()
    {
        await _case.StartAsync();
        using var browser = _case.Browse();
        var answers = new List<HttpStatusCode>();
        for (var times = 0; times < 40; times++)
        {
            using var answer = await browser.PostAsync("/dang-nhap/openid/ve", new FormUrlEncodedContent([]));
            answers.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    /// <summary>As somebody does it, who has no script; then by the button of a real browser.</summary>
    [Fact]
    public async Task The_button_leads_there_and_back_and_nothing_is_refused_by_the_policy()
    {
        Browser.Needed();
        await _case.StartAsync();
        await AddAsync("an", Right.See);
        await using var context = await browser.OpenAsync(_case.Address, width: 360);
        var page = await context.NewPageAsync();

        await page.GotoAsync("/chien-dich?nam=2025");
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        await page.GetByRole(AriaRole.Link, new() { Name = "Đăng nhập của tỉnh" }).ClickAsync();
        await Browser.ArriveAsync(page, "/chien-dich?nam=2025");
        Assert.Empty(await Browser.RefusedAsync(page));

        await page.GotoAsync("/tai-khoan");
        await page.GetByText("chưa có mật khẩu và mã xác thực của chương trình").WaitForAsync();
        Assert.Empty(await Browser.FindBarriersAsync(page));

        await page.GotoAsync(Refused);
        await page.GetByText("Không đăng nhập được bằng tài khoản ngoài chương trình.").WaitForAsync();
        Assert.Empty(await Browser.FindBarriersAsync(page));
    }

    [Theory]
    [InlineData("preferred_username", "khong-ai", "who it vouches for may not sign in here")]
    [InlineData("preferred_username", "AN", "who it vouches for may not sign in here")]
    [InlineData("preferred_username", "", "who it vouches for may not sign in here")]
    [InlineData("aud", "chuong-trinh-khac", "IDX10214")]
    [InlineData("iss", "https://tan-cong.example", "AuthenticationFailureException")]
    [InlineData("nonce", "cua-lan-khac", "IDX21323")]
    [InlineData("exp", 1_700_000_000, "IDX10223")]
    public async Task A_token_that_is_of_nobody_here_or_not_good_lets_nobody_in(
        string claim, object value, string why)
    {
        await _case.StartAsync();
        await AddAsync("an", Right.See);
        _provider.Claims[claim] = value;
        using var browser = _case.Browse();

        Assert.Equal(Refused, await VisitAsync(browser));

        await IsOutAsync(browser);
        Assert.Contains(why, Assert.Single(Said, IsRefusal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_site_leads_only_to_the_button()
    {
        await _case.StartAsync();
        await AddAsync("an", Right.See);
        using var browser = _case.Browse();
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        var answer = await browser.GetAsync("/dang-nhap/openid?ve=%2Fchien-dich");

        Assert.Equal("/dang-nhap?ve=%2Fchien-dich", answer.Headers.Location!.OriginalString);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Nor_does_one_with_two_names()
    {
        await _case.StartAsync();
        await AddAsync("an", Right.See);
        _provider.Claims["preferred_username"] = new[] { "an", "binh" };
        using var browser = _case.Browse();

        Assert.Equal(Refused, await VisitAsync(browser));
        Assert.Contains(
            "it does not say one name of theirs", Assert.Single(Said, IsRefusal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nor_does_one_that_is_not_signed_or_by_another(bool isSigned)
    {
        await _case.StartAsync();
        await AddAsync("an", Right.See);
        (_provider.SignsWithAnotherKey, _provider.SignsNothing) = (isSigned, !isSigned);
        using var browser = _case.Browse();

        Assert.Equal(Refused, await VisitAsync(browser));

        await IsOutAsync(browser);
        Assert.Contains(
            isSigned ? "IDX105" : "AuthenticationFailureException",
            Assert.Single(Said, IsRefusal),
            StringComparison.Ordinal);
    }

    /// <summary>Whoever guesses at a password shuts no other door.</summary>
    [Fact]
    public async Task Who_is_locked_out_for_guesses_at_the_password_gets_in()
    {
        await _case.StartAsync();
        await _case.AddPersonAsync("an", "xem");
        await using (var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time))
        {
            for (var guess = 0; guess < PeopleStore.MostFailures; guess++)
                Assert.Null(await people.Desk.CheckAsync("an", "một câu khác hẳn", "000000"));
        }

        using var browser = _case.Browse();

        Assert.Equal("/", await VisitAsync(browser));
    }

    [Fact]
    public async Task Who_is_closed_does_not_get_in()
    {
        await _case.StartAsync();
        await _case.AddPersonAsync("an", "xem");
        await using (var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time))
        {
            var person = (await people.Desk.FindAsync("an"))!;
            await people.Desk.CloseAsync(Who.Here("Quản trị"), person, isClosed: true);
        }

        using var browser = _case.Browse();

        Assert.Equal(Refused, await VisitAsync(browser));
        Assert.Contains(
            "who it vouches for may not sign in here", Assert.Single(Said, IsRefusal), StringComparison.Ordinal);
    }

    /// <summary>An attacker who sends somebody the end of a visit of their own.</summary>
    [Fact]
    public async Task A_visit_ends_only_in_the_browser_that_began_it_and_with_its_state()
    {
        await _case.StartAsync();
        await AddAsync("an", Right.See);
        using var attacker = _case.Browse();
        using var victim = _case.Browse();
        var back = await LeaveAsync(attacker, "/");

        Assert.Equal(Refused, await PathAsync(victim, back));
        Assert.Equal(Refused, await PathAsync(attacker, new Uri($"{back}x")));
        Assert.Equal(Refused, await PathAsync(attacker, new Uri(back.GetLeftPart(UriPartial.Path))));
        await IsOutAsync(victim);

        Assert.Equal("/", await PathAsync(attacker, back));
        Assert.Equal(Refused, await PathAsync(attacker, back)); // once
    }

    [Theory]
    [InlineData("//tan-cong.example")]
    [InlineData("/\\tan-cong.example")]
    [InlineData("https://tan-cong.example/")]
    public async Task Who_signs_in_is_not_sent_to_another_site(string back)
    {
        await _case.StartAsync();
        await AddAsync("an", Right.See);
        using var browser = _case.Browse();

        Assert.Equal("/", await VisitAsync(browser, back));
    }

    [Fact]
    public async Task Signing_in_so_ends_the_session_that_the_browser_had()
    {
        await _case.StartAsync();
        using var browser = await _case.SignInAsync("binh", "xem");
        await AddAsync("an", Right.See);

        Assert.Equal("/", await VisitAsync(browser));

        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        Assert.Equal(
            (await people.Desk.FindAsync("an"))!.Id, Assert.Single(await people.Sessions.ReadAsync(null)).PersonId);
    }

    [Fact]
    public async Task Where_it_is_away_one_is_told_and_comes_in_by_password()
    {
        await _case.StartAsync();
        var key = await _case.AddPersonAsync("an", "xem");
        await _provider.StopAsync();
        using var browser = _case.Browse();

        var away = await browser.GetAsync("/dang-nhap/openid?ve=%2Fkenh-gui");
        Assert.Equal($"{Unreachable}&ve=%2Fkenh-gui", away.Headers.Location!.OriginalString);
        Assert.Contains(
            "Không liên lạc được với hệ thống đăng nhập",
            await browser.GetStringAsync(Unreachable),
            StringComparison.Ordinal);

        var answer = await ConsoleCase.PostAsync(browser, "/dang-nhap", "sign-in", new()
        {
            ["Given.Name"] = "an",
            ["Given.Password"] = ConsoleCase.Password,
            ["Given.Code"] = ConsoleCase.CodeOf(key),
        });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Where_it_breaks_on_the_way_nobody_is_let_in_and_no_secret_is_logged()
    {
        await _case.StartAsync();
        await AddAsync("an", Right.See);
        _provider.IsBroken = true;
        using var browser = _case.Browse();

        Assert.Equal($"{Refused}&ve=%2Fkenh-gui", await VisitAsync(browser, "/kenh-gui"));

        await IsOutAsync(browser);
        Assert.Single(Said, IsRefusal);
        Assert.All(
            Said,
            line => Assert.DoesNotContain(_provider.Settings.ClientSecret, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_setting_there_is_no_such_way()
    {
        await using var plain = new ConsoleCase();
        await plain.StartAsync();
        using var browser = plain.Browse();

        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/dang-nhap/openid")).StatusCode);
        Assert.DoesNotContain("openid", await browser.GetStringAsync("/dang-nhap"), StringComparison.Ordinal);
    }

    IReadOnlyList<string> Said => [.. _case.Log.Lines.Select(line => line.Text)];

    static bool IsRefusal(string line) => line.StartsWith(
        "The pages refused a sign-in by the identity provider from 127.0.0.1: ", StringComparison.Ordinal);

    /// <summary>Somebody who has no password of ours.</summary>
    async Task AddAsync(string name, params Right[] rights)
    {
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        List<Grant> grants = [.. rights.Select(right => new Grant(right, null))];
        Assert.Empty(await people.Desk.AddAsync(
            Who.Here("Quản trị"), name, ConsoleCase.FullNameOf(name), "", grants));
    }

    /// <summary>Goes to the provider and back.</summary>
    /// <returns>Where one is led then.</returns>
    static async Task<string> VisitAsync(HttpClient browser, string back = "/") =>
        await PathAsync(browser, await LeaveAsync(browser, back));

    /// <returns>The address by which the provider sends the browser back.</returns>
    static async Task<Uri> LeaveAsync(HttpClient browser, string back)
    {
        var away = await browser.GetAsync($"/dang-nhap/openid?ve={Uri.EscapeDataString(back)}");
        Assert.Equal(HttpStatusCode.Redirect, away.StatusCode);
        var there = await browser.GetAsync(away.Headers.Location);
        Assert.Equal(HttpStatusCode.Redirect, there.StatusCode);
        return there.Headers.Location!;
    }

    static async Task<string> PathAsync(HttpClient browser, Uri address)
    {
        var answer = await browser.GetAsync(address);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    static async Task IsOutAsync(HttpClient browser) =>
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/")).StatusCode);
}
