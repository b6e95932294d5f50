using Microsoft.Playwright;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>The page of a run as it is sent, in a browser.</summary>
[Trait("Category", "Slow")]
public sealed class RunPageTests(Browser browser) : IAsyncDisposable
{
    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_is_paused_in_one_press_with_script_and_without(bool script)
    {
        Browser.Needed();
        await _case.StartAsync();
        var key = _case.AddRun();
        await using var context = await browser.OpenAsync(_case.Address, script: script);
        var page = await _case.SignInAsync(context, "an", "van-hanh");

        await page.GotoAsync($"/chien-dich/{key.Campaign}/{key.DateText}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tạm dừng" }).ClickAsync();
        await page.GetByText("ĐÃ TẠM DỪNG").WaitForAsync();

        var pause = Assert.Single(_case.Registry.Orders.Read());
        Assert.Equal(OrderKind.Pause, pause.Kind);
        Assert.StartsWith("web:an@", pause.Who.ByOs, StringComparison.Ordinal);
        if (script)
            Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Fact]
    public async Task What_is_left_is_called_off_once_its_number_is_typed()
    {
        Browser.Needed();
        await _case.StartAsync();
        var key = _case.AddRun();
        await using var context = await browser.OpenAsync(_case.Address, script: false);
        var page = await _case.SignInAsync(context, "an", "van-hanh");

        await page.GotoAsync($"/chien-dich/{key.Campaign}/{key.DateText}/huy");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tạm dừng và đếm" }).ClickAsync();
        await page.GetByLabel("Gõ số thuê bao").FillAsync("9");
        await page.GetByLabel("Lý do").FillAsync("lệnh đã rút");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hủy, không gửi 10 tin" }).ClickAsync();
        await page.GetByText("Số đã gõ (9) khác số còn lại (10)").WaitForAsync();
        Assert.Equal(OrderKind.Pause, Assert.Single(_case.Registry.Orders.Read()).Kind);

        await page.GetByLabel("Gõ số thuê bao").FillAsync("10");
        await page.GetByLabel("Lý do").FillAsync("lệnh đã rút");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hủy, không gửi 10 tin" }).ClickAsync();
        await page.GetByText("ĐÃ HỦY: 10 tin không gửi nữa").WaitForAsync();

        Assert.Contains(_case.Registry.Orders.Read(), order => order.Kind == OrderKind.Cancel);
    }

    [Fact]
    public async Task What_another_process_does_shows_by_itself()
    {
        Browser.Needed();
        await _case.StartAsync();
        var key = _case.AddRun();
        await using var context = await browser.OpenAsync(_case.Address);
        var page = await _case.SignInAsync(context, "an", "xem");
        await page.GotoAsync($"/chien-dich/{key.Campaign}/{key.DateText}");
        await Browser.LiveAsync(page);

        await new SmsCampaign.Office.ControlDesk(_case.Data, _case.Installation, _case.Time).PauseAsync(
            Who.Here("Trần Thị B"), new OrderScope(key, null), "thử", TimeSpan.Zero, CancellationToken.None);

        await page.GetByText("TẠM DỪNG", new() { Exact = false }).First.WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Tạm dừng" }).CountAsync());
        Assert.Empty(await Browser.RefusedAsync(page));
    }
}
