using System.Globalization;
using System.Net;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>The page that tells whether a run fits its hours, and for how much.</summary>
[Trait("Category", "Slow")]
public sealed class ForecastPageTests(Browser browser) : IAsyncDisposable
{
    const string Page = PlannedCase.Path + "/du-kien";

    readonly PlannedCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Fact]
    public async Task Where_it_fits_the_page_says_until_when_and_for_how_much_without_reading_a_list()
    {
        await _case.StartAsync();
        File.Delete(_case.Folder.Subscribers);
        using var person = await _case.Console.SignInAsync("an", "xem");

        var page = await person.GetStringAsync(Page);

        Assert.Contains("✓ Kịp", page, StringComparison.Ordinal);
        Assert.Contains("đóng lúc 20:00", page, StringComparison.Ordinal);
        Assert.Contains("giới hạn 1.000.000 đồng", page, StringComparison.Ordinal);
        Assert.Contains("kế hoạch lập lúc 29/07/2025 09:00", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_lanes_are_other_by_now_the_page_says_so()
    {
        await _case.StartAsync();
        _case.Folder.Edit("smscampaign.json", "\"rate\": 500", "\"rate\": 400");
        using var person = await _case.Console.SignInAsync("an", "xem");

        var page = await person.GetStringAsync(Page);

        Assert.Contains("kênh gửi &#x27;viettel&#x27; đã đổi: rate 500 → 400", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_that_somebody_may_not_see_has_no_page()
    {
        await _case.StartAsync();
        using var other = await _case.Console.SignInAsync("khac", "phe-duyet@lai-chau");

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(Page)).StatusCode);
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task Where_it_does_not_fit_the_page_says_what_would_help_and_has_no_barrier(int width, bool dark)
    {
        Browser.Needed();
        File.WriteAllLines(
            _case.Folder.Subscribers,
            Enumerable.Range(0, 90)
                .Select(at => "09812350" + at.ToString("00", CultureInfo.InvariantCulture))
                .Prepend("phone"));
        _case.Folder.Edit("smscampaign.json", "\"rate\": 500", "\"rate\": 1");
        _case.Folder.Edit("campaign.yaml", "to: \"20:00\"", "to: \"08:06\"");
        await _case.StartAsync();
        await using var context = await browser.OpenAsync(_case.Console.Address, width, dark: dark);
        var (page, _) = await _case.SignInAsync(context, "duc", "xem");

        await page.GotoAsync(Page);
        await page.GetByText("✕ KHÔNG kịp").WaitForAsync();
        await page.GetByText("thỏa thuận với nhà mạng tốc độ từ").WaitForAsync();
        await page.GetByText("Xem bảng số liệu").ClickAsync();
        await ApprovalPageTests.CheckAsync(page, "forecast", width);
    }
}
