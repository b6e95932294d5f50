using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SmsCampaign.Tests.Support;

[assembly: AssemblyFixture(typeof(SmsCampaign.Tests.WebConsole.Browser))]

namespace SmsCampaign.Tests.WebConsole;

/// <summary>One Chromium for all tests, begun with the first that asks for it: Debian's, by its path.</summary>
public sealed class Browser : IAsyncDisposable
{
    const string Program = "chromium";

    /// <summary>Counts what the policy of the page refuses.</summary>
    const string Watch = "window.__refused=[];document.addEventListener('securitypolicyviolation',"
        + "e=>window.__refused.push(e.effectiveDirective+' '+e.blockedURI+' '+e.sourceFile+':'+e.lineNumber));";

    readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> _started = new(StartAsync);

    /// <summary>Skips the test where there is no browser.</summary>
    public static void Needed() => Machine.Needs(Program, "the pages are opened in a real browser");

    /// <param name="script">Whether JavaScript is on.</param>
    public async Task<IBrowserContext> OpenAsync(
        Uri address, int width = 1280, int height = 900, bool dark = false, bool script = true)
    {
        var (_, browser) = await _started.Value;
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
            Locale = "vi-VN",
            TimezoneId = "Asia/Ho_Chi_Minh",
        });
        if (script)
            await context.AddInitScriptAsync(Watch);
        return context;
    }

    /// <summary>What the page's policy refused since it was opened.</summary>
    public static async Task<IReadOnlyList<string>> RefusedAsync(IPage page) =>
        await page.EvaluateAsync<string[]>("window.__refused");

    /// <summary>What is not as WCAG 2.2 AA has it, each with where.</summary>
    public static async Task<IReadOnlyList<string>> FindBarriersAsync(IPage page)
    {
        var found = await page.RunAxe(new AxeRunOptions
        {
            RunOnly = new RunOnlyOptions
            {
                Type = "tag",
                Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
            },
        });
        return [.. found.Violations.SelectMany(
            rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Target} {node.Html}"))];
    }

    /// <summary>Whether something of the page lies beyond the screen's right edge.</summary>
    public static Task<bool> OverflowsAsync(IPage page) => page.EvaluateAsync<bool>(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth");

    /// <summary>Waits until the live parts of the page are live.</summary>
    public static Task LiveAsync(IPage page) => page.Locator("[data-live='true']").First.WaitForAsync(
        new LocatorWaitForOptions { State = WaitForSelectorState.Attached, Timeout = 60_000 });

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated)
            return;
        var (driver, browser) = await _started.Value;
        await browser.CloseAsync();
        driver.Dispose();
    }

    static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        var driver = await Playwright.CreateAsync();
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, Program))
            .First(File.Exists);
        var browser = await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
        });
        return (driver, browser);
    }
}
