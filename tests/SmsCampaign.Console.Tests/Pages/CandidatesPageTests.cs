using System.Net;
using Microsoft.Playwright;
using SmsCampaign.Tests.Campaigns;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>The page that puts candidate texts side by side, in a browser.</summary>
[Trait("Category", "Slow")]
public sealed class CandidatesPageTests(Browser browser) : IAsyncDisposable
{
    const string Campaign = "thu-nghiem";
    const string Page = "/chien-dich/thu-nghiem/phuong-an";

    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Fact]
    public async Task Candidates_stand_side_by_side_with_what_they_cost_and_nothing_is_saved()
    {
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, script: false);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync(Page);
        Assert.Equal(
            "Toàn dân phòng, chống mua bán người", await page.GetByLabel("Phương án A").InputValueAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "So sánh", Exact = true }).ClickAsync();
        await page.GetByText("Cần ít nhất hai phương án để so sánh.").WaitForAsync();

        await page.GetByLabel("Phương án B").FillAsync(
            string.Concat(Enumerable.Repeat("Nhận việc lạ, hãy hỏi 111. ", 4)));
        await page.GetByLabel("Tính cả tổng chi phí").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "So sánh", Exact = true }).ClickAsync();

        var parts = page.GetByRole(AriaRole.Row, new() { Name = "Có dấu: số phần 1 2", Exact = true });
        await parts.First.WaitForAsync();
        var all = page.GetByRole(AriaRole.Row, new() { Name = "Có dấu: số phần 1 2", Exact = true });
        Assert.Equal(2, await all.CountAsync()); // of one subscriber, and of the list's one
        await page.GetByRole(AriaRole.Row, new() { NameRegex = new("^viettel .*2025") }).WaitForAsync();
        Assert.Contains("Nhận việc lạ", await page.Locator("#pa-B").InputValueAsync(), StringComparison.Ordinal);
        Assert.Equal(CampaignFolder.Valid, await ReadAsync());
    }

    [Fact]
    public async Task What_is_typed_is_shown_as_text_its_problems_are_told_and_the_page_fits_a_phone()
    {
        const string attack = "<script>window.hit=1</script><img src=x onerror=window.hit=1>";
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, width: 360, dark: true);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync(Page);
        Assert.Empty(await Browser.FindBarriersAsync(page));
        await page.GetByLabel("Phương án B").FillAsync(attack);
        await page.GetByRole(AriaRole.Button, new() { Name = "So sánh", Exact = true }).ClickAsync();

        await page.Locator(".bubble").GetByText("<script>", new() { Exact = false }).WaitForAsync();
        await page.GetByText("một số cổng nhắn tin của nhà mạng từ chối ký tự này").First.WaitForAsync();
        Assert.False(await page.EvaluateAsync<bool>("'hit' in window"));
        await Look.AtAsync(page, "phuong-an");
        Assert.False(await Browser.OverflowsAsync(page));
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Fact]
    public async Task To_whom_the_campaign_is_not_given_the_page_is_not_there()
    {
        await StartAsync();
        using var other = await _case.SignInAsync("y", "soan-thao@khac");
        using var answer = await other.GetAsync(Page, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    async Task StartAsync()
    {
        Browser.Needed();
        _case.Folder.Write($"campaigns/{Campaign}/campaign.yaml", CampaignFolder.Valid);
        _case.Folder.Write(
            $"campaigns/{Campaign}/subscribers.csv", "Số điện thoại,Xã/Phường\n0980000001,Ea Bung\n");
        _case.Folder.Write($"campaigns/{Campaign}/tu-choi.csv", "Số điện thoại\n");
        await _case.StartAsync();
    }

    Task<string> ReadAsync() => File.ReadAllTextAsync(
        Path.Combine(_case.Campaigns, Campaign, "campaign.yaml"), TestContext.Current.CancellationToken);
}
