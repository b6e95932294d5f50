using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.WebConsole.Serving;

/// <summary>The pages behind the proxies of config/proxy, as they are given.</summary>
[Trait("Category", "Slow")]
public sealed class ConsoleProxyTests(Browser browser) : IAsyncDisposable
{
    const string Name = "trang.example.vn";
    const string Given = "127.0.0.1:8443";

    readonly SampleProxy _proxy = new();
    ConsoleCase? _case;

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        if (_case is not null)
            await _case.DisposeAsync();
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task A_person_signs_in_a_page_lives_and_what_they_do_has_their_own_address(string proxy)
    {
        Browser.Needed();
        Machine.Needs(proxy, "the sample of config/proxy runs in it");
        var address = new Uri($"https://127.0.0.1:{_proxy.Port}");
        _case = new ConsoleCase { PublicAddress = address };
        await _case.StartAsync();
        var run = _case.AddRun();
        if (proxy == "nginx")
            await _proxy.StartNginxAsync("config/proxy/console-nginx.conf", Name, Given, _case.Address.Authority);
        else
            await _proxy.StartCaddyAsync(
                "config/proxy/console.Caddyfile", Name, Given, _case.Address.Authority, secure: true);
        await using var context = await browser.OpenAsync(address, ownCertificate: true);

        var page = await _case.SignInAsync(context, "an", "van-hanh");
        await page.GotoAsync($"/chien-dich/{run.Campaign}/{run.DateText}");
        await Browser.LiveAsync(page);

        Assert.Empty(await Browser.RefusedAsync(page));
        var cookies = await context.CookiesAsync();
        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie => Assert.True(cookie.Secure, cookie.Name));

        // An account is taken up by a secret in the address: it stands in no log.
        await page.GotoAsync("/loi-moi?ten=an&ma=mat-khau-mot-lan");
        var logged = await _proxy.StopAsync();
        Assert.DoesNotContain("mat-khau-mot-lan", logged, StringComparison.Ordinal);
        Assert.Contains("/loi-moi", logged, StringComparison.Ordinal);
    }
}
