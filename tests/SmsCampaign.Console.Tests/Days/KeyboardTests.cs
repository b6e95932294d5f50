using Microsoft.Playwright;
using SmsCampaign.Tests.WebConsole.Pages;

namespace SmsCampaign.Tests.WebConsole.Days;

/// <summary>The main path by the keyboard alone: nothing is clicked.</summary>
[Trait("Category", "Slow")]
public sealed class KeyboardTests(Browser browser) : IAsyncDisposable
{
    /// <summary>No page has more to go through.</summary>
    const int MostStops = 200;

    /// <summary>What the focused element is called.</summary>
    const string Focused =
        "(()=>{const e=document.activeElement;return [e.getAttribute('aria-label'),e.innerText,"
            + "...[...(e.labels??[])].map(l=>l.innerText)].filter(Boolean).join(' ').trim()})()";

    /// <summary>Whether it can be seen, and that it has the focus.</summary>
    const string IsShown =
        "(()=>{const e=document.activeElement,r=e.getBoundingClientRect(),s=getComputedStyle(e);"
            + "return r.bottom>0&&r.top<innerHeight&&(s.outlineStyle!=='none'||s.boxShadow!=='none')})()";

    readonly PlannedCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Fact]
    public async Task A_dossier_is_found_read_and_approved()
    {
        Browser.Needed();
        await _case.StartAsync();
        _case.Submit();
        var key = await _case.Console.AddPersonAsync("an", "phe-duyet");
        await using var context = await browser.OpenAsync(_case.Console.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/dang-nhap");

        await TypeAsync(page, "Tên đăng nhập", "an");
        await TypeAsync(page, "Mật khẩu", ConsoleCase.Password);
        await TypeAsync(page, "Mã xác thực", ConsoleCase.CodeOf(key));
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Trang chính" }).WaitForAsync();

        await GoAsync(page, "Chiến dịch", "/chien-dich");
        await GoAsync(page, "thu-nghiem", PlannedCase.Path);
        await GoAsync(page, "Trình và duyệt", PlannedCase.Path + "/trinh-duyet");
        await page.GetByText("đề nghị gửi 3 tin ngày 30/07/2025").WaitForAsync();
        await FocusAsync(page, "Đã đọc nội dung");
        await page.Keyboard.PressAsync("Space");
        await TypeAsync(page, "Mật khẩu", ConsoleCase.Password);
        await TypeAsync(page, "Mã xác thực", ConsoleCase.CodeOf(key, 1));
        await FocusAsync(page, "Phê duyệt gửi 3 tin");
        await page.Keyboard.PressAsync("Enter");

        await page.GetByText("ĐÃ PHÊ DUYỆT, mã").WaitForAsync();
        Assert.True(Assert.Single(_case.Registry.ReadApprovals()).Stands);
    }

    static async Task GoAsync(IPage page, string name, string path)
    {
        await FocusAsync(page, name);
        await page.Keyboard.PressAsync("Enter");
        await Browser.ArriveAsync(page, path);
    }

    static async Task TypeAsync(IPage page, string label, string text)
    {
        await FocusAsync(page, label);
        await page.Keyboard.TypeAsync(text);
    }

    static async Task FocusAsync(IPage page, string name)
    {
        for (var stops = 0; stops < MostStops; stops++)
        {
            if ((await page.EvaluateAsync<string>(Focused)).StartsWith(name, StringComparison.Ordinal))
            {
                Assert.True(await page.EvaluateAsync<bool>(IsShown), $"the focus on {name} is not seen");
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"the keyboard does not come to {name}");
    }
}
