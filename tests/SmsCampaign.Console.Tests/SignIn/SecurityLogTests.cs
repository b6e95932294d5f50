using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Tests.Support;
using SmsCampaign.Tests.WebConsole.Pages;

namespace SmsCampaign.Tests.WebConsole.SignIn;

/// <summary>What the log has of who came in, who did not and what was refused; and never a secret.</summary>
public sealed class SecurityLogTests : IAsyncDisposable
{
    readonly ConsoleCase _case = new() { Log = new KeptLog { From = LogLevel.Information } };

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Fact]
    public async Task Signing_in_and_out_is_noted_with_name_and_address()
    {
        await _case.StartAsync();
        using var browser = await _case.SignInAsync("an", "xem");
        await ConsoleCase.PostAsync(browser, "/", "/dang-xuat", [], to: "/dang-xuat");

        Assert.Contains("an signed in to the pages by password and code from 127.0.0.1", Said);
        Assert.Contains("an signed out of the pages from 127.0.0.1", Said);
    }

    [Fact]
    public async Task A_refused_sign_in_is_noted_and_neither_password_nor_a_name_that_nobody_has()
    {
        await _case.StartAsync();
        await _case.AddPersonAsync("an", "xem");
        using var browser = _case.Browse();

        await TryAsync(browser, "an", "một mật khẩu sai");
        await TryAsync(browser, ConsoleCase.Password, "x"); // typed into the wrong field

        Assert.Contains("The pages refused password or code of an from 127.0.0.1", Said);
        Assert.Contains("The pages refused a sign-in under a name that nobody has from 127.0.0.1", Said);
        Assert.All(Said, line => Assert.DoesNotContain("mật khẩu", line, StringComparison.Ordinal));
        Assert.All(Said, line => Assert.DoesNotContain(ConsoleCase.Password, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_refused_to_who_is_in_is_noted_and_a_forged_form_too()
    {
        await _case.StartAsync();
        _case.AddRun();
        using var an = await _case.SignInAsync("an", "xem");

        await an.GetAsync("/nguoi-dung");
        await PlannedCase.ForgeAsync(an, "/kenh-gui/gui-thu", "test", []);
        var forged = await an.PostAsync("/dang-xuat", new FormUrlEncodedContent([]));

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Contains("The pages refused an GET /nguoi-dung: HTTP 404", Said);
        Assert.Contains(Said, line => line.StartsWith(
            "The pages refused an POST /kenh-gui/gui-thu: HTTP 4", StringComparison.Ordinal));
        Assert.Contains("The pages refused an POST /dang-xuat: HTTP 400", Said);
    }

    /// <summary>Whoever it is, signed in or not; a thousand at once do not fill the log.</summary>
    [Fact]
    public async Task A_socket_that_is_refused_to_another_origin_is_noted_once_a_minute()
    {
        const string noted = "The pages refused a socket to a page of another origin, from 127.0.0.1";
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        _case.Time = time;
        await _case.StartAsync();
        using var browser = _case.Browse();
        browser.DefaultRequestHeaders.Add("Origin", "https://tan-cong.example");

        for (var attempt = 0; attempt < 3; attempt++)
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/_blazor?id=x")).StatusCode);
        Assert.Single(Said, line => line == noted);

        time.Advance(TimeSpan.FromMinutes(1));
        await browser.GetAsync("/_blazor?id=x");
        Assert.Equal(2, Said.Count(line => line == noted));
        Assert.All(Said, line => Assert.DoesNotContain("tan-cong", line, StringComparison.Ordinal));
    }

    IReadOnlyList<string> Said => [.. _case.Log.Lines.Select(line => line.Text)];

    static Task<HttpResponseMessage> TryAsync(HttpClient browser, string name, string password) =>
        ConsoleCase.PostAsync(browser, "/dang-nhap", "sign-in", new()
        {
            ["Given.Name"] = name,
            ["Given.Password"] = password,
            ["Given.Code"] = "000000",
        });
}
