using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SmsCampaign.Storage.Registry;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.SignIn;

namespace SmsCampaign.Tests.WebConsole.Live;

/// <summary>Parts of pages that live, over what happens around them.</summary>
[Trait("Category", "Slow")]
public sealed class LivePartTests(Browser browser) : IAsyncDisposable
{
    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/kenh-gui")]
    [InlineData(null)]
    public async Task What_was_drawn_stays_there_as_a_part_begins_to_live(string? path)
    {
        Browser.Needed();
        await _case.StartAsync();
        var run = _case.AddRun();
        await using var context = await browser.OpenAsync(_case.Address);
        var page = await _case.SignInAsync(context, "an", "xem");

        await page.GotoAsync(path ?? $"/chien-dich/{run.Campaign}/{run.DateText}");
        await Browser.LiveAsync(page);
        await page.WaitForFunctionAsync("window.__least !== undefined");

        Assert.InRange(await Browser.LeastTextAsync(page), 0.8, 1);
    }

    /// <summary>As where a proxy lets no socket through, or the script does not come.</summary>
    [Theory]
    [InlineData("/", "**/_blazor**")]
    [InlineData("/", "**/blazor.web*")]
    [InlineData("/kenh-gui", "**/_blazor**")]
    [InlineData(null, "**/_blazor**")]
    public async Task A_page_whose_parts_never_begin_to_live_says_how_old_it_is(string? path, string missing)
    {
        Browser.Needed();
        await _case.StartAsync();
        var run = _case.AddRun();
        await using var context = await browser.OpenAsync(_case.Address, width: 360);
        await context.Clock.InstallAsync();
        var page = await _case.SignInAsync(context, "an", "xem");
        await page.RouteAsync(missing, route => route.AbortAsync());

        await page.GotoAsync(path ?? $"/chien-dich/{run.Campaign}/{run.DateText}");
        await page.GetByText("Cập nhật ").First.WaitForAsync();
        await page.Clock.FastForwardAsync(2_000);
        Assert.False(await page.Locator(".late").IsVisibleAsync());
        await page.Clock.FastForwardAsync(16_000);

        await page.GetByText("không tự cập nhật được; tải lại trang").WaitForAsync();
        await Look.AtAsync(page, $"dung-yen-{path?.Replace('/', '_')}");
        Assert.Equal("false", await page.Locator("[data-live]").First.GetAttributeAsync("data-live"));
        Assert.Empty(await Browser.RefusedAsync(page));
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
    }

    /// <summary>As where the ledgers lie on a share that is dead: the connection lives, and nothing comes.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/kenh-gui")]
    public async Task A_page_that_lives_and_gets_nothing_new_says_so(string path)
    {
        Browser.Needed();
        using var time = new StandingTime();
        _case.Time = time;
        await _case.StartAsync();
        _case.AddRun();
        await using var context = await browser.OpenAsync(_case.Address);
        await context.Clock.InstallAsync();
        var page = await _case.SignInAsync(context, "an", "xem");
        await page.GotoAsync(path);
        await Browser.LiveAsync(page);

        time.Stand();
        await page.Clock.FastForwardAsync(16_000);
        await page.GetByText("không tự cập nhật được; tải lại trang").WaitForAsync();
        time.GoOn();
        await page.Locator(".late").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    [Fact]
    public async Task Whose_session_is_over_has_nothing_new_on_a_page_that_is_open()
    {
        Browser.Needed();
        await _case.StartAsync();
        var run = _case.AddRun();
        _case.Web.Services.GetRequiredService<SessionWatch>().Every = TimeSpan.FromMilliseconds(100);
        await using var context = await browser.OpenAsync(_case.Address);
        await context.Clock.InstallAsync();
        var page = await _case.SignInAsync(context, "an", "xem");
        await page.GotoAsync($"/chien-dich/{run.Campaign}/{run.DateText}");
        await Browser.LiveAsync(page);

        await using (var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time))
            await people.Desk.EndSessionsAsync(Who.Here("Quản trị"), (await people.Desk.FindAsync("an"))!);
        await page.Locator(".late").WaitForAsync(new() { Timeout = 60_000 });
        _case.Registry.Orders.Give(
            new NewOrder(OrderKind.Pause, new OrderScope(run, null), Who.Here("An"), "mất điện"),
            new Wording("tạm dừng", "paused"),
            TimeProvider.System.GetUtcNow());
        await page.Clock.FastForwardAsync(16_000);

        await page.GetByText("không tự cập nhật được; tải lại trang").WaitForAsync();
        Assert.Equal(0, await page.GetByText("mất điện").CountAsync());
    }

    /// <summary>As where the service is upgraded in the evening and somebody has the page open.</summary>
    [Fact]
    public async Task A_page_that_is_open_over_a_restart_shows_what_is_so_after_it()
    {
        Browser.Needed();
        await _case.StartAsync();
        var run = _case.AddRun();
        await using var context = await browser.OpenAsync(_case.Address);
        var page = await _case.SignInAsync(context, "an", "xem");
        await page.GotoAsync($"/chien-dich/{run.Campaign}/{run.DateText}");
        await Browser.LiveAsync(page);

        await _case.RestartAsync(() => _case.Registry.Orders.Give(
            new NewOrder(OrderKind.Pause, new OrderScope(run, null), Who.Here("An"), "mất điện"),
            new Wording("tạm dừng", "paused"),
            TimeProvider.System.GetUtcNow()));

        await page.GetByText("mất điện").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    /// <summary>A clock at which whoever looks at the ledgers stands still.</summary>
    sealed class StandingTime : TimeProvider, IDisposable
    {
        readonly ManualResetEventSlim _goes = new(initialState: true);

        public void Stand() => _goes.Reset();

        public void GoOn() => _goes.Set();

        public void Dispose()
        {
            _goes.Set();
            _goes.Dispose();
        }

        public override DateTimeOffset GetUtcNow()
        {
            if (!_goes.IsSet && new System.Diagnostics.StackTrace().GetFrames().Any(frame =>
                frame.GetMethod() is { Name: "Look", DeclaringType.Name: "Watchtower" }))
                _goes.Wait();
            return System.GetUtcNow();
        }
    }
}
