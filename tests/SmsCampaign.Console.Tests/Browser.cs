using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SmsCampaign.Tests.Support;

[assembly: AssemblyFixture(typeof(SmsCampaign.Tests.WebConsole.Browser))]
[assembly: AssemblyFixture(typeof(SmsCampaign.Tests.Support.SharedPostgres))]

namespace SmsCampaign.Tests.WebConsole;

/// <summary>One Chromium for all tests, begun with the first that asks for it: Debian's, by its path.</summary>
public sealed class Browser : IAsyncDisposable
{
    const string Program = "chromium-headless-shell";

    /// <summary>Counts what the policy of the page refuses.</summary>
    const string Watch = "window.__refused=[];document.addEventListener('securitypolicyviolation',"
        + "e=>window.__refused.push(e.effectiveDirective+' '+e.blockedURI+' '+e.sourceFile+':'+e.lineNumber));";

    /// <summary>Notes how little of its text the page had at any time since it was drawn.</summary>
    const string WatchText = "document.addEventListener('DOMContentLoaded',()=>{"
        + "const main=document.querySelector('main'),look=()=>{"
        + "const n=main.textContent.replace(/\\s+/g,'').length;window.__least=Math.min(window.__least??n,n);"
        + "window.__most=Math.max(window.__most??n,n);};look();"
        + "new MutationObserver(look).observe(main,{childList:true,subtree:true,characterData:true});});";

    readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> _started = new(StartAsync);

    /// <summary>Skips the test where there is no browser.</summary>
    public static void Needed() => Machine.Needs(Program, "the pages are opened in a real browser");

    /// <param name="script">Whether JavaScript is on.</param>
    /// <param name="ownCertificate">Whether the address has one that nobody has signed.</param>
    /// <param name="state">Cookies of another, so that who is signed in there is here; null: none.</param>
    public async Task<IBrowserContext> OpenAsync(
        Uri address,
        int width = 1280,
        int height = 900,
        bool dark = false,
        bool script = true,
        bool ownCertificate = false,
        string? state = null)
    {
        var (_, browser) = await _started.Value;
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
            IgnoreHTTPSErrors = ownCertificate,
            StorageState = state,
            Locale = "vi-VN",
            TimezoneId = "Asia/Ho_Chi_Minh",
        });
        if (script)
            await context.AddInitScriptAsync(Watch + WatchText);
        return context;
    }

    /// <summary>What the page's policy refused since it was opened.</summary>
    public static async Task<IReadOnlyList<string>> RefusedAsync(IPage page) =>
        await page.EvaluateAsync<string[]>("window.__refused");

    /// <summary>The least of its text that the page has shown since it was drawn, of the most: 1 where nothing was ever
    /// taken away.</summary>
    public static async Task<double> LeastTextAsync(IPage page) =>
        await page.EvaluateAsync<double>("window.__least / window.__most");

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
            ResultTypes = [ResultType.Violations],
        });
        return [.. found.Violations.SelectMany(
            rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Target} {node.Html}"))];
    }

    /// <summary>Whether something of the page lies beyond the screen's right edge.</summary>
    public static Task<bool> OverflowsAsync(IPage page) => page.EvaluateAsync<bool>(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth");

    /// <summary>Waits until the page has come to what begins with <paramref name="path"/> and shows its heading. Asks
    /// the page: a waiter for its events misses the one that came while it was set up.</summary>
    public static async Task ArriveAsync(IPage page, string path)
    {
        await Assertions.Expect(page).ToHaveURLAsync(
            new Regex("^[^?#]*" + Regex.Escape(path)),
            new PageAssertionsToHaveURLOptions { Timeout = 30_000 });
        await page.Locator("h1").First.WaitForAsync();
    }

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
