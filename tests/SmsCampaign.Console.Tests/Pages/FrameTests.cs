using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using SmsCampaign.WebConsole.People;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>What stands around every page.</summary>
[Trait("Category", "Slow")]
public sealed class FrameTests(Browser browser) : IAsyncDisposable
{
    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Fact]
    public async Task The_head_is_one_line_on_a_screen_of_an_office_for_who_may_everything()
    {
        Browser.Needed();
        await _case.StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, width: 1280);
        var page = await _case.SignInAsync(
            context, "tran-thi-bich-ngoc", "xem", "soan-thao", "phe-duyet", "van-hanh", "quan-tri");

        var height = await page.EvaluateAsync<double>("document.querySelector('.top').getBoundingClientRect().height");

        Assert.InRange(height, 44, 60);
        Assert.False(await Browser.OverflowsAsync(page));
        await ApprovalPageTests.CheckAsync(page, "frame", 1280);
    }

    [Fact]
    public async Task The_clock_is_never_ahead_of_the_servers()
    {
        _case.Time = new FakeTimeProvider(new DateTimeOffset(2025, 7, 30, 8, 0, 46, TimeSpan.FromHours(7)));
        await _case.StartAsync();
        using var person = await _case.SignInAsync("an", "xem");

        Assert.Contains(
            "<span class=\"clock\">30/07/2025 08:00</span>",
            await person.GetStringAsync("/chien-dich"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/chien-dich")]
    [InlineData("/kenh-gui")]
    [InlineData("/nhat-ky")]
    [InlineData("/nguoi-dung")]
    public async Task Each_page_leads_to_its_part_of_the_handbook(string path)
    {
        await _case.StartAsync();
        using var person = await _case.SignInAsync("an", "quan-tri", "xem");

        Assert.Contains("Hướng dẫn cho trang này", await person.GetStringAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_minutes_before_a_session_ends_it_is_said_and_one_press_keeps_it()
    {
        Browser.Needed();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        _case.Time = time;
        await _case.StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, width: 360);
        await context.Clock.InstallAsync();
        var page = await _case.SignInAsync(context, "an", "xem");
        var bar = page.Locator(".session");
        Assert.False(await bar.IsVisibleAsync());

        await PassAsync(TimeSpan.FromSeconds(28 * 60 + 30));
        await page.GetByText("Phiên sắp kết thúc").WaitForAsync();
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));

        await page.GetByRole(AriaRole.Link, new() { Name = "Ở lại, không đăng xuất" }).ClickAsync();
        await bar.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await PassAsync(TimeSpan.FromMinutes(25));
        await using (var people = await PeopleAccess.OpenAsync(_case.Data, time))
            Assert.Single(await people.Sessions.ReadAsync(null)); // 53 minutes after it began

        await PassAsync(TimeSpan.FromMinutes(6));
        await page.GetByText("Phiên đã kết thúc.").WaitForAsync();
        Assert.True(await page.GetByRole(AriaRole.Link, new() { Name = "Đăng nhập ở thẻ khác" }).IsVisibleAsync());

        async Task PassAsync(TimeSpan span)
        {
            time.Advance(span);
            await page.Clock.FastForwardAsync((long)span.TotalMilliseconds);
        }
    }
}
