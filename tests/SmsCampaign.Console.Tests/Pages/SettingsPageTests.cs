using System.Net;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>What is in force, from where, and to whom it is shown.</summary>
[Trait("Category", "Slow")]
public sealed class SettingsPageTests(Browser browser) : IAsyncDisposable
{
    readonly TempFolder _files = new();
    ConsoleCase? _case;

    public async ValueTask DisposeAsync()
    {
        if (_case is not null)
            await _case.DisposeAsync();
        _files.Dispose();
    }

    [Fact]
    public async Task An_administrator_sees_all_that_is_in_force_and_no_secret()
    {
        File.WriteAllText(_files.File("mat-khau"), "bi-mat-that-su-1234567890");
        await StartAsync(text => text.Replace(
            "\"answer\":",
            "\"headers\": { \"X-Api-Key\": \"${file:mat-khau}\" }, \"answer\":",
            StringComparison.Ordinal));
        using var admin = await _case!.SignInAsync("quan", "quan-tri");

        var page = await admin.GetStringAsync("/cai-dat");

        Assert.Contains("lanes.viettel.rate", page, StringComparison.Ordinal);
        Assert.Contains("tệp, dòng", page, StringComparison.Ordinal);
        Assert.Contains("mặc định", page, StringComparison.Ordinal);
        Assert.Contains("lanes.viettel.headers", page, StringComparison.Ordinal);
        Assert.DoesNotContain("bi-mat-that-su", page, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Api-Key", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_see_lanes_rates_and_windows_and_nothing_of_the_file()
    {
        await StartAsync(text => text);
        _case!.AddRun();
        using var see = await _case.SignInAsync("xem", "xem");
        using var other = await _case.SignInAsync("khac", "xem@khac");

        var page = await see.GetStringAsync("/cai-dat");

        Assert.Contains("vinaphone", page, StringComparison.Ordinal);
        Assert.Contains("500 phần/giây", page, StringComparison.Ordinal);
        Assert.Contains("08:00-20:00", page, StringComparison.Ordinal);
        Assert.DoesNotContain("lanes.viettel.rate", page, StringComparison.Ordinal);
        Assert.DoesNotContain(_files.File("smscampaign.json"), page, StringComparison.Ordinal);
        Assert.DoesNotContain("08:00-20:00", await other.GetStringAsync("/cai-dat"), StringComparison.Ordinal);
        using var nobody = _case.Browse();
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync("/cai-dat")).StatusCode);
    }

    [Fact]
    public async Task Problems_of_the_file_are_told_with_line_and_column_and_as_text()
    {
        Browser.Needed();
        await StartAsync(text => text);
        await using var context = await browser.OpenAsync(_case!.Address);
        var page = await _case.SignInAsync(context, "quan", "quan-tri");
        Edit(text => text
            .Replace("\"rate\": 500", "\"rate\": -500", StringComparison.Ordinal)
            .Replace("\"superior\":", "\"<img src=x onerror=alert(1)>\": 1, \"superior\":", StringComparison.Ordinal));
        page.Dialog += (_, dialog) => Assert.Fail(dialog.Message);

        await page.GotoAsync("/cai-dat");

        await page.GetByText("Tệp cấu hình có lỗi").WaitForAsync();
        await page.GetByText("lanes.viettel.rate").First.WaitForAsync();
        Assert.NotEqual(0, await page.GetByText("<img src=x onerror=alert(1)>").CountAsync());
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task It_is_read_by_everyone(int width, bool dark)
    {
        Browser.Needed();
        await StartAsync(text => text);
        _case!.AddRun();
        await using var context = await browser.OpenAsync(_case.Address, width, dark: dark);
        var page = await _case.SignInAsync(context, "quan", "quan-tri", "xem");

        await page.GotoAsync("/cai-dat");
        foreach (var summary in await page.Locator("summary").AllAsync())
            await summary.ClickAsync();

        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));
        await Look.AtAsync(page, $"cai-dat-{width}");
    }

    async Task StartAsync(Func<string, string> change)
    {
        foreach (var name in new[] { "prefixes.csv", "carriers.csv", "smscampaign.json" })
            File.Copy(Repository.PathOf("config/" + name), _files.File(name));
        Edit(text => change(text.Replace("\"../samples/dak-lak-2025/chuyen-mang.csv\"", "", StringComparison.Ordinal)));
        _case = new ConsoleCase { Installation = _files.File("smscampaign.json") };
        await _case.StartAsync();
    }

    void Edit(Func<string, string> change)
    {
        var path = _files.File("smscampaign.json");
        File.WriteAllText(path, change(File.ReadAllText(path)));
    }
}
