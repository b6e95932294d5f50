using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using SmsCampaign.Tests.Support;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.Tests.WebConsole.SignIn;

/// <summary>Passkeys, of a device that Chromium plays (WebAuthn Level 3, 11).</summary>
[Trait("Category", "Slow")]
public sealed partial class PasskeyTests(Browser browser) : IAsyncDisposable
{
    const string KeyName = "điện thoại";

    /// <summary>Asks to sign in and answers, without sending the answer.</summary>
    const string Answer = """
        async verification => {
          const asked = await fetch('/dang-nhap/passkey', {
            method: 'POST', body: new URLSearchParams(new FormData(document.getElementById('passkey'))) });
          const options = { ...await asked.json(), userVerification: verification };
          const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
          return JSON.stringify((await navigator.credentials.get({ publicKey })).toJSON());
        }
        """;

    readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    readonly ConsoleCase _case = new() { Log = new KeptLog { From = LogLevel.Information } };

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Fact]
    public async Task Somebody_adds_one_signs_in_by_it_and_takes_it_away()
    {
        Browser.Needed();
        await using var device = await BeginAsync();
        var (page, key) = (device.Page, device.Key);

        await page.GetByText("ĐÃ THÊM PASSKEY").WaitForAsync();
        Assert.Contains(KeyName, await page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));
        Assert.Equal($"passkey of an added by its owner: {KeyName}", LastOnRecord());

        await device.Context.ClearCookiesAsync();
        await page.GotoAsync("/chien-dich?nam=2025");
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Dùng passkey" }).ClickAsync();
        await Browser.ArriveAsync(page, "/chien-dich?nam=2025");
        Assert.Empty(await Browser.RefusedAsync(page));
        Assert.Contains("an signed in to the pages by passkey from 127.0.0.1", Said);

        await using (var before = await PeopleAccess.OpenAsync(_case.Data, _time))
            Assert.Equal(2, (await before.Sessions.ReadAsync(null)).Count);
        await page.GotoAsync("/tai-khoan");
        await page.GetByLabel(KeyName).CheckAsync();
        await page.Locator("#gone-password").FillAsync(ConsoleCase.Password);
        await page.Locator("#gone-code").FillAsync(ConsoleCase.CodeOf(key, 2));
        await page.GetByRole(AriaRole.Button, new() { Name = "Bỏ passkey" }).ClickAsync();
        await page.GetByText("ĐÃ BỎ PASSKEY").WaitForAsync();
        Assert.Equal($"passkey of an removed by its owner: {KeyName}", LastOnRecord());
        await using (var after = await PeopleAccess.OpenAsync(_case.Data, _time))
            Assert.Single(await after.Sessions.ReadAsync(null));

        await device.Context.ClearCookiesAsync();
        await page.GotoAsync("/dang-nhap");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dùng passkey" }).ClickAsync();
        await page.GetByText("Không đăng nhập được bằng passkey này.").WaitForAsync();
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.Equal(HttpStatusCode.Redirect, (await _case.Browse().GetAsync("/")).StatusCode);
        Assert.Contains(Said, line => line.StartsWith(
            "The pages refused a sign-in by passkey from 127.0.0.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_counts_once_and_for_the_challenge_of_its_own_browser_alone()
    {
        Browser.Needed();
        await using var device = await BeginAsync();
        var (first, challenge) = await AnswerAsync(device);
        var (second, other) = await AnswerAsync(device);

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(challenge, second)); // uses the challenge up
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(challenge, first));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync("", second));
        Assert.Equal(HttpStatusCode.Redirect, await SendAsync(other, second));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(other, second));
    }

    [Fact]
    public async Task A_challenge_is_over_after_five_minutes()
    {
        Browser.Needed();
        await using var device = await BeginAsync();
        var (late, challenge) = await AnswerAsync(device);
        _time.Advance(PasskeyChallenges.Lives + TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(challenge, late));
    }

    [Theory]
    [InlineData("closed", HttpStatusCode.Unauthorized)]
    [InlineData("invited", HttpStatusCode.Unauthorized)]
    [InlineData("locked", HttpStatusCode.Redirect)] // whoever guesses at a password shuts no other door
    public async Task Who_is_closed_or_was_invited_anew_does_not_get_in(string how, HttpStatusCode answered)
    {
        Browser.Needed();
        await using var device = await BeginAsync();
        var (answer, challenge) = await AnswerAsync(device);

        await using (var people = await PeopleAccess.OpenAsync(_case.Data, _time))
        {
            var person = (await people.Desk.FindAsync("an"))!;
            if (how == "closed")
            {
                Assert.Empty(await people.Desk.CloseAsync(Who.Here("Quản trị"), person, isClosed: true));
            }
            else if (how == "invited")
            {
                await people.Desk.InviteAsync(Who.Here("Quản trị"), person);
            }
            else
            {
                for (var guess = 0; guess < PeopleStore.MostFailures; guess++)
                    Assert.Null(await people.Desk.CheckAsync("an", "một câu khác hẳn", "000000"));
            }
        }

        Assert.Equal(answered, await SendAsync(challenge, answer));
    }

    /// <summary>A link takes the passkeys away for good: whoever takes it up has none of those that were.</summary>
    [Fact]
    public async Task An_account_that_is_taken_up_anew_has_no_passkey()
    {
        Browser.Needed();
        await using var device = await BeginAsync();
        var (answer, challenge) = await AnswerAsync(device);

        await using (var people = await PeopleAccess.OpenAsync(_case.Data, _time))
        {
            var person = (await people.Desk.FindAsync("an"))!;
            var token = Uri.UnescapeDataString(
                (await people.Desk.InviteAsync(Who.Here("Quản trị"), person)).Split("&ma=")[1]);
            var key = await people.Desk.ReadKeyAsync(person);
            Assert.Empty(await people.Desk.TakeUpAsync(person, token, ConsoleCase.Password, ConsoleCase.CodeOf(key)));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(challenge, answer));
    }

    /// <summary>Whoever finds a device that is open has it, and is not its owner.</summary>
    [Fact]
    public async Task A_device_that_did_not_verify_who_uses_it_does_not_let_in()
    {
        Browser.Needed();
        await using var device = await BeginAsync();

        await device.VerifyAsync(isVerified: false);
        var (unverified, challenge) = await AnswerAsync(device, "discouraged");
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(challenge, unverified));

        await device.VerifyAsync(isVerified: true);
        var (verified, next) = await AnswerAsync(device, "required");
        Assert.Equal(HttpStatusCode.Redirect, await SendAsync(next, verified));
    }

    [Fact]
    public async Task None_is_added_or_taken_away_without_password_and_code()
    {
        Browser.Needed();
        await using var device = await BeginAsync();
        var page = device.Page;
        await page.GotoAsync("/tai-khoan");

        await FillAsync(page, "máy khác", "một câu khác hẳn", "000000");
        await page.GetByText("Sai mật khẩu hoặc mã xác thực; CHƯA thêm passkey").WaitForAsync();
        Assert.Empty(await Browser.FindBarriersAsync(page));
        await page.GetByLabel(KeyName).CheckAsync();
        await page.Locator("#gone-password").FillAsync(ConsoleCase.Password);
        await page.Locator("#gone-code").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bỏ passkey" }).ClickAsync();
        await page.GetByText("Sai mật khẩu hoặc mã xác thực; CHƯA bỏ passkey").WaitForAsync();

        Assert.Equal(1, await page.Locator("input[name='Gone.Passkey']").CountAsync());
        Assert.Equal($"passkey of an added by its owner: {KeyName}", LastOnRecord());
        Assert.Equal(2, Said.Count(line => line == "The pages refused to change the passkeys of an from 127.0.0.1"));
    }

    /// <summary>Its page would ask the device in vain.</summary>
    [Fact]
    public async Task At_an_IP_address_the_page_says_that_it_cannot_be_done()
    {
        await _case.StartAsync();
        using var an = await _case.SignInAsync("an", "xem");

        var page = await an.GetStringAsync("/tai-khoan");

        Assert.Contains("không nhận cho địa chỉ IP", page, StringComparison.Ordinal);
        Assert.DoesNotContain("New.Name", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Dùng passkey", await an.GetStringAsync("/dang-nhap"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_script_no_button_is_shown()
    {
        Browser.Needed();
        await _case.StartAsync();
        await using var context = await browser.OpenAsync(Named(), script: false);
        var page = await context.NewPageAsync();

        await page.GotoAsync("/dang-nhap");

        Assert.False(await page.GetByText("Dùng passkey").IsVisibleAsync());
        Assert.True(await page.GetByLabel("Mã xác thực").IsVisibleAsync());
    }

    [Fact]
    public async Task Asking_takes_the_token_of_a_form_and_is_limited_as_signing_in_is()
    {
        await _case.StartAsync();
        using var stranger = _case.Browse();

        var forged = await stranger.PostAsync("/dang-nhap/passkey", new FormUrlEncodedContent([]));
        var answers = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < ConsoleServer.MostSignIns; attempt++)
            answers.Add((await stranger.PostAsync("/dang-nhap/passkey", new FormUrlEncodedContent([]))).StatusCode);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.False(forged.Headers.Contains("Set-Cookie"));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    IReadOnlyList<string> Said => [.. _case.Log.Lines.Select(line => line.Text)];

    string? LastOnRecord() => _case.Registry.FindLastEvent(["console-person"], "passkey of an");

    /// <summary>Passkeys are of a name.</summary>
    Uri Named() => new($"http://localhost:{_case.Address.Port}");

    /// <summary>Serves the pages, signs somebody in and adds a passkey of a device.</summary>
    async Task<Device> BeginAsync()
    {
        _case.Time = _time;
        await _case.StartAsync();
        var key = await _case.AddPersonAsync("an", "xem");
        var context = await browser.OpenAsync(Named(), width: 360);
        var page = await context.NewPageAsync();
        var device = await Device.AddAsync(context, page, key);
        await page.GotoAsync("/dang-nhap?ve=%2Ftai-khoan");
        await page.GetByLabel("Tên đăng nhập").FillAsync("an");
        await page.GetByLabel("Mật khẩu").FillAsync(ConsoleCase.Password);
        await page.GetByLabel("Mã xác thực").FillAsync(ConsoleCase.CodeOf(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập" }).ClickAsync();
        await Browser.ArriveAsync(page, "/tai-khoan");
        await FillAsync(page, KeyName, ConsoleCase.Password, ConsoleCase.CodeOf(key, 1));
        await page.GetByText("ĐÃ THÊM PASSKEY").WaitForAsync();
        return device;
    }

    static async Task FillAsync(IPage page, string name, string password, string code)
    {
        await page.GetByLabel("Tên của passkey").FillAsync(name);
        await page.Locator("#passkey-password").FillAsync(password);
        await page.Locator("#passkey-code").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Thêm passkey" }).ClickAsync();
    }

    /// <summary>Has the device answer a challenge.</summary>
    /// <returns>The answer, and the cookie that names the challenge.</returns>
    static async Task<(string Answer, string Challenge)> AnswerAsync(Device device, string verification = "required")
    {
        await device.Page.GotoAsync("/dang-nhap");
        var answer = await device.Page.EvaluateAsync<string>(Answer, verification);
        var cookie = (await device.Context.CookiesAsync()).Single(each => each.Name == "sms-passkey");
        Assert.True(cookie.HttpOnly);
        return (answer, cookie.Value);
    }

    /// <summary>Sends an answer from a browser that has a cookie.</summary>
    async Task<HttpStatusCode> SendAsync(string challenge, string answer)
    {
        using var other = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Named(),
        };
        var page = await other.GetAsync("/dang-nhap");
        var form = page.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var post = new HttpRequestMessage(HttpMethod.Post, "/dang-nhap")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value,
                ["_handler"] = "passkey",
                ["Key.Credential"] = answer,
            }),
        };
        post.Headers.Add("Cookie", $"{form}; sms-passkey={challenge}");
        return (await other.SendAsync(post)).StatusCode;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]*)\"")]
    private static partial Regex Token();

    /// <summary>A device of somebody, and the browser on it.</summary>
    sealed class Device(
        IBrowserContext context, IPage page, ICDPSession session, string id, string key) : IAsyncDisposable
    {
        public IBrowserContext Context => context;

        public IPage Page => page;

        /// <summary>Of the authenticator of codes.</summary>
        public string Key => key;

        public static async Task<Device> AddAsync(IBrowserContext context, IPage page, string key)
        {
            var session = await context.NewCDPSessionAsync(page);
            await session.SendAsync("WebAuthn.enable");
            var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            });
            var id = ((JsonElement)added!).GetProperty("authenticatorId").GetString()!;
            return new Device(context, page, session, id, key);
        }

        /// <summary>Whether who uses it is its owner.</summary>
        public async Task VerifyAsync(bool isVerified) =>
            await session.SendAsync("WebAuthn.setUserVerified", new Dictionary<string, object>
            {
                ["authenticatorId"] = id,
                ["isUserVerified"] = isVerified,
            });

        public ValueTask DisposeAsync() => context.DisposeAsync();
    }
}
