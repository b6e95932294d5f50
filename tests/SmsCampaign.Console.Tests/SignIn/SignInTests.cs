using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.Tests.WebConsole.SignIn;

/// <summary>Who comes in, by what, and for how long.</summary>
public sealed class SignInTests : IAsyncDisposable
{
    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Fact]
    public async Task Name_password_and_code_let_in_and_the_page_asked_for_comes_first()
    {
        await _case.StartAsync();
        var key = await _case.AddPersonAsync("an", "xem");
        using var browser = _case.Browse();

        var away = await browser.GetAsync("/chien-dich?nam=2025");
        var answer = await ConsoleCase.PostAsync(
            browser,
            away.Headers.Location!.PathAndQuery,
            "sign-in",
            Fields("an", ConsoleCase.Password, ConsoleCase.CodeOf(key)));

        Assert.Equal(
            new Uri(_case.Address, "/chien-dich?nam=2025"), new Uri(_case.Address, answer.Headers.Location!));
        Assert.Contains("Người dùng an", await browser.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("khong-ai", ConsoleCase.Password, null)]
    [InlineData("an", "mật khẩu khác hẳn", null)]
    [InlineData("an", ConsoleCase.Password, "000000")]
    public async Task Whatever_is_wrong_is_told_in_the_same_words(string name, string password, string? code)
    {
        await _case.StartAsync();
        var key = await _case.AddPersonAsync("an", "xem");
        using var browser = _case.Browse();

        var answer = await ConsoleCase.PostAsync(
            browser, "/dang-nhap", "sign-in", Fields(name, password, code ?? ConsoleCase.CodeOf(key)));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains(
            "Sai tên đăng nhập, mật khẩu hoặc mã xác thực.",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task A_code_counts_once()
    {
        await _case.StartAsync();
        var key = await _case.AddPersonAsync("an", "xem");
        var code = ConsoleCase.CodeOf(key);
        using var first = _case.Browse();
        using var second = _case.Browse();

        await ConsoleCase.PostAsync(first, "/dang-nhap", "sign-in", Fields("an", ConsoleCase.Password, code));
        var answer = await ConsoleCase.PostAsync(
            second, "/dang-nhap", "sign-in", Fields("an", ConsoleCase.Password, code));

        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_is_refused_for_a_while()
    {
        await _case.StartAsync();
        var key = await _case.AddPersonAsync("an", "xem");
        using var browser = _case.Browse();
        for (var wrong = 0; wrong < PeopleStore.MostFailures; wrong++)
            await ConsoleCase.PostAsync(browser, "/dang-nhap", "sign-in", Fields("an", "sai", ConsoleCase.CodeOf(key)));

        var answer = await ConsoleCase.PostAsync(
            browser, "/dang-nhap", "sign-in", Fields("an", ConsoleCase.Password, ConsoleCase.CodeOf(key)));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_thousand_attempts_are_cut_short_by_the_limit()
    {
        await _case.StartAsync();
        using var browser = _case.Browse();

        var answers = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 1_000; attempt++)
            answers.Add((await browser.GetAsync("/dang-nhap")).StatusCode);

        Assert.Equal(ConsoleServer.MostSignIns, answers.Count(answer => answer == HttpStatusCode.OK));
        Assert.Equal(
            1_000 - ConsoleServer.MostSignIns, answers.Count(answer => answer == HttpStatusCode.TooManyRequests));
    }

    /// <summary>A person who looks at them again and again is not kept from it.</summary>
    [Theory]
    [InlineData("/tai-khoan")]
    [InlineData("/kenh-gui/gui-thu")]
    [InlineData("/chien-dich/a/2025-07-30/trinh-duyet")]
    public async Task So_are_forms_of_other_pages_that_ask_for_a_password(string page)
    {
        await _case.StartAsync();
        using var browser = _case.Browse();

        var looks = new List<HttpStatusCode>();
        var posts = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < ConsoleServer.MostSignIns + 10; attempt++)
        {
            looks.Add((await browser.GetAsync(page)).StatusCode);
            posts.Add((await browser.PostAsync(page, new FormUrlEncodedContent([]))).StatusCode);
        }

        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, looks);
        Assert.Equal(10, posts.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_whoever_kept_the_cookie()
    {
        await _case.StartAsync();
        using var browser = await _case.SignInAsync("an", "xem");
        var before = await SessionsOf();

        var answer = await ConsoleCase.PostAsync(browser, "/", "/dang-xuat", [], to: "/dang-xuat");

        Assert.Single(before);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("\"cache\", \"storage\"", Assert.Single(answer.Headers.GetValues("Clear-Site-Data")));
        Assert.Empty(await SessionsOf());
    }

    [Fact]
    public async Task Signing_in_again_ends_the_session_that_the_browser_had()
    {
        await _case.StartAsync();
        using var browser = await _case.SignInAsync("an", "xem");
        var key = await _case.AddPersonAsync("binh", "xem");
        var first = Assert.Single(await SessionsOf());

        await ConsoleCase.PostAsync(
            browser, "/dang-nhap", "sign-in", Fields("binh", ConsoleCase.Password, ConsoleCase.CodeOf(key)));

        var second = Assert.Single(await SessionsOf());
        Assert.NotEqual(first.PersonId, second.PersonId);
    }

    /// <summary>What ends the sessions of somebody does not see one that is begun at this moment.</summary>
    [Theory]
    [InlineData("closed")]
    [InlineData("other rights")]
    [InlineData("a link")]
    public async Task Who_loses_what_lets_them_in_while_they_sign_in_is_out(string what)
    {
        var clock = new ClockOfSessions();
        _case.Time = clock;
        await _case.StartAsync();
        var key = await _case.AddPersonAsync("an", "xem", "soan-thao");
        var code = ConsoleCase.CodeOf(key);
        using var browser = _case.Browse();
        clock.Meanwhile = async () =>
        {
            await using var people = await PeopleAccess.OpenAsync(_case.Data, TimeProvider.System);
            var (desk, person) = (people.Desk, (await people.Desk.FindAsync("an"))!);
            if (what == "closed")
                Assert.Empty(await desk.CloseAsync(Who.Here("Quản trị"), person, isClosed: true));
            else if (what == "a link")
                await desk.InviteAsync(Who.Here("Quản trị"), person);
            else
                Assert.Empty(await desk.GrantAsync(Who.Here("Quản trị"), person, [new Grant(Right.See, null)]));
        };

        var answer = await ConsoleCase.PostAsync(
            browser, "/dang-nhap", "sign-in", Fields("an", ConsoleCase.Password, code));

        Assert.Null(clock.Meanwhile);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(await SessionsOf());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/")).StatusCode);
    }

    /// <summary>As ASP.NET Core Identity writes one of its third format: kind, function and rounds, four bytes each.
    /// </summary>
    [Fact]
    public async Task A_password_is_kept_by_as_many_rounds_as_are_said()
    {
        await _case.StartAsync();
        await _case.AddPersonAsync("an", "xem");
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);

        var hash = Convert.FromBase64String((await people.Desk.FindAsync("an"))!.PasswordHash!);

        Assert.Equal(
            (1, 2u, 210_000u),
            (hash[0],
                System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)),
                System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5))));
    }

    [Fact]
    public async Task A_session_ends_when_nothing_is_asked_for_half_an_hour_and_after_twelve_hours_at_most()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        _case.Time = time;
        await using var people = await PeopleAccess.OpenAsync(_case.Data, time);
        await people.Desk.AddAsync(Who.Here("Quản trị"), "an", "An", "", [new Grant(Right.See, null)]);
        var person = (await people.Desk.FindAsync("an"))!;

        var idle = await people.Sessions.BeginAsync(person, "trình duyệt", "127.0.0.1");
        var used = await people.Sessions.BeginAsync(person, "trình duyệt", "127.0.0.1");
        for (var minutes = 0; minutes < 31; minutes += 10)
        {
            time.Advance(TimeSpan.FromMinutes(10));
            Assert.True(await people.Sessions.LivesAsync(used.Id, isAsked: true));
        }

        Assert.False(await people.Sessions.LivesAsync(idle.Id, isAsked: true));
        for (var minutes = 40; minutes < 12 * 60; minutes += 20)
        {
            time.Advance(TimeSpan.FromMinutes(20));
            Assert.True(await people.Sessions.LivesAsync(used.Id, isAsked: true));
        }

        time.Advance(TimeSpan.FromMinutes(20));
        Assert.False(await people.Sessions.LivesAsync(used.Id, isAsked: true));
    }

    [Fact]
    public async Task What_a_person_may_do_is_changed_for_those_who_are_in_at_once()
    {
        await _case.StartAsync();
        using var browser = await _case.SignInAsync("an", "xem");
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);

        await people.Desk.CloseAsync(Who.Here("Quản trị"), (await people.Desk.FindAsync("an"))!, isClosed: true);

        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task A_link_is_good_once()
    {
        await _case.StartAsync();
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        await people.Desk.AddAsync(Who.Here("Quản trị"), "an", "Nguyễn Văn An", "", [new Grant(Right.See, null)]);
        var person = (await people.Desk.FindAsync("an"))!;
        var link = await people.Desk.InviteAsync(Who.Here("Quản trị"), person);
        var key = await people.Desk.ReadKeyAsync(person);
        using var browser = _case.Browse();

        var page = await browser.GetStringAsync(link);
        var answer = await ConsoleCase.PostAsync(browser, link, "take-up", new()
        {
            ["Given.Password"] = ConsoleCase.Password,
            ["Given.Code"] = ConsoleCase.CodeOf(key),
        });
        using var other = _case.Browse();

        Assert.Contains("data:image/png;base64,", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await other.GetAsync(link)).StatusCode);
    }

    [Fact]
    public async Task Who_knows_the_password_changes_it_and_every_other_session_ends()
    {
        const string longer = "con mèo trèo cây cau";
        await _case.StartAsync();
        var key = await _case.AddPersonAsync("an", "xem");
        using var own = _case.Browse();
        await ConsoleCase.PostAsync(
            own, "/dang-nhap", "sign-in", Fields("an", ConsoleCase.Password, ConsoleCase.CodeOf(key)));
        await using (var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time))
            await people.Sessions.BeginAsync((await people.Desk.FindAsync("an"))!, "điện thoại", "203.0.113.7");

        var easy = await ChangeAsync(ConsoleCase.Password, "matkhau123456");
        var wrong = await ChangeAsync("một câu khác hẳn", longer);
        Assert.Contains("quá dễ đoán", await easy.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("CHƯA đổi", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(2, (await SessionsOf()).Count);
        Assert.DoesNotContain("khác hẳn", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var done = await ChangeAsync(ConsoleCase.Password, longer);

        Assert.Contains("ĐÃ ĐỔI MẬT KHẨU", await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(await SessionsOf());
        Assert.Equal(
            "password of an changed by its owner", _case.Registry.FindLastEvent(["console-person"], "password of an"));
        await using var after = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        var person = (await after.Desk.FindAsync("an"))!;
        Assert.NotEqual(
            Microsoft.AspNetCore.Identity.PasswordVerificationResult.Failed,
            new Microsoft.AspNetCore.Identity.PasswordHasher<Person>().VerifyHashedPassword(
                person, person.PasswordHash!, longer));

        Task<HttpResponseMessage> ChangeAsync(string old, string next) =>
            ConsoleCase.PostAsync(own, "/tai-khoan", "password", new()
            {
                ["Change.OldPassword"] = old,
                ["Change.Code"] = ConsoleCase.CodeOf(key, 1),
                ["Change.NewPassword"] = next,
            });
    }

    async Task<IReadOnlyList<Session>> SessionsOf()
    {
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        return await people.Sessions.ReadAsync(null);
    }

    static Dictionary<string, string> Fields(string name, string password, string code) => new()
    {
        ["Given.Name"] = name,
        ["Given.Password"] = password,
        ["Given.Code"] = code,
    };

    /// <summary>Lets something be done when a session is about to begin.</summary>
    sealed class ClockOfSessions : TimeProvider
    {
        public Func<Task>? Meanwhile { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            if (Meanwhile is { } act
                && new StackTrace().ToString().Contains(nameof(Sessions.BeginAsync), StringComparison.Ordinal))
            {
                Meanwhile = null;
                Task.Run(act).GetAwaiter().GetResult();
            }

            return base.GetUtcNow();
        }
    }
}
