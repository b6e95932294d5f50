using System.Net;
using System.Text.RegularExpressions;

namespace SmsCampaign.Tests.WebConsole.Serving;

/// <summary>Pages that persons open by https behind a proxy of this machine, and what comes past it.</summary>
public sealed partial class SecureAddressTests : IAsyncDisposable
{
    const string Name = "sms.example.vn";

    readonly ConsoleCase _case = new() { PublicAddress = new Uri($"https://{Name}/") };

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Fact]
    public async Task Each_cookie_is_of_this_host_and_https_alone_and_no_script_reads_it()
    {
        await _case.StartAsync();
        var key = await _case.AddPersonAsync("an", "xem");
        using var browser = Proxied();
        var page = await browser.GetAsync("/dang-nhap");
        var form = CookieOf(page);
        using var post = new HttpRequestMessage(HttpMethod.Post, "/dang-nhap")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value,
                ["_handler"] = "sign-in",
                ["Given.Name"] = "an",
                ["Given.Password"] = ConsoleCase.Password,
                ["Given.Code"] = ConsoleCase.CodeOf(key),
            }),
        };
        post.Headers.Add("Cookie", form.Split(';')[0]);

        var person = CookieOf(await browser.SendAsync(post));

        Assert.StartsWith("__Host-sms-form=", form, StringComparison.Ordinal);
        Assert.StartsWith("__Host-sms-nguoi-dung=", person, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", form, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", person, StringComparison.OrdinalIgnoreCase);
        foreach (var cookie in new[] { form, person })
        {
            var marks = cookie.Split("; ").Skip(1).Select(mark => mark.ToLowerInvariant()).ToList();
            Assert.Contains("secure", marks);
            Assert.Contains("httponly", marks);
            Assert.Contains("path=/", marks);
            Assert.DoesNotContain(marks, mark => mark.StartsWith("domain", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_browser_is_told_to_ask_for_nothing_but_https_for_a_year()
    {
        await _case.StartAsync();
        using var browser = Proxied();

        var answer = await browser.GetAsync("/dang-nhap");

        Assert.Equal(
            "max-age=31536000; includeSubDomains",
            Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
    }

    /// <summary>Without a proxy that is named nothing that a request says of its way is believed.</summary>
    [Fact]
    public async Task What_a_proxy_says_is_taken_only_where_one_is_set_up()
    {
        await using var plain = new ConsoleCase();
        await plain.StartAsync();
        using var browser = plain.Browse();
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        Assert.False((await browser.GetAsync("/dang-nhap")).Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("https://tan-cong.example", true)]
    [InlineData("https://sms.example.vn.tan-cong.example", true)]
    [InlineData("null", true)]
    [InlineData("https://sms.example.vn", false)]
    public async Task No_page_of_another_origin_opens_a_socket(string origin, bool isRefused)
    {
        await _case.StartAsync();
        using var browser = Proxied();
        browser.DefaultRequestHeaders.Add("Origin", origin);

        var answer = await browser.GetAsync("/_blazor?id=x");

        Assert.Equal(isRefused, answer.StatusCode == HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Nothing_is_echoed_to_who_traces()
    {
        await _case.StartAsync();
        using var browser = Proxied();
        using var trace = new HttpRequestMessage(HttpMethod.Trace, "/dang-nhap");
        trace.Headers.Add("X-Secret", "abc");

        var answer = await browser.SendAsync(trace);

        Assert.False(answer.IsSuccessStatusCode);
        Assert.DoesNotContain("X-Secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>What the proxy sends for a browser beyond; cookies are kept by nobody.</summary>
    HttpClient Proxied()
    {
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = _case.Address,
        };
        browser.DefaultRequestHeaders.Host = Name;
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        return browser;
    }

    static string CookieOf(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Set-Cookie"));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]*)\"")]
    private static partial Regex Token();
}
