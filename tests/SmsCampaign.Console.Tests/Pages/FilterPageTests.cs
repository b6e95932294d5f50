using System.Net;
using Microsoft.Playwright;
using SmsCampaign.Tests.Campaigns;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>The page on which a segment's filter is chosen from what stands in its list, in a browser.</summary>
[Trait("Category", "Slow")]
public sealed class FilterPageTests(Browser browser) : IAsyncDisposable
{
    const string Attack = "<script>window.hit=1</script>";
    const string Campaign = "thu-nghiem";
    const string Page = "/chien-dich/thu-nghiem/nhom/1/loc";

    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Fact]
    public async Task Values_are_chosen_with_their_counts_in_sight_and_saved_in_the_file()
    {
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, width: 360, dark: true);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync("/chien-dich/thu-nghiem/soan");
        await page.GetByRole(AriaRole.Link, new() { Name = "Chọn giá trị lọc từ danh sách" }).ClickAsync();

        await page.GetByText("Đang lọc lấy 2 dòng theo cột này.").WaitForAsync();
        Assert.True(await page.GetByLabel("Ea Bung 2 dòng").IsCheckedAsync());
        Assert.False(await page.GetByLabel("Ea Kao 1 dòng").IsCheckedAsync());
        Assert.True(await page.GetByLabel("Buôn Đôn không dòng nào có").IsCheckedAsync());
        await page.GetByText(Attack).WaitForAsync();
        Assert.False(await page.EvaluateAsync<bool>("'hit' in window"));
        Assert.False(await Browser.OverflowsAsync(page));
        Assert.Empty(await Browser.FindBarriersAsync(page));

        await page.GetByLabel("Ea Kao 1 dòng").CheckAsync();
        await page.GetByLabel("Buôn Đôn không dòng nào có").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lưu bộ lọc vào tệp chiến dịch" }).ClickAsync();
        await page.GetByText("Đã lưu bộ lọc, bản 2.").WaitForAsync();
        await page.GetByText("Đang lọc lấy 3 dòng theo cột này.").WaitForAsync();

        Assert.Contains("filter: { Xã/Phường: [Ea Bung, Ea Kao] }", await ReadAsync(), StringComparison.Ordinal);
        Assert.Empty(await Browser.RefusedAsync(page));

        await page.GotoAsync(Page + "?cot=0");
        await page.GetByText("Không lọc theo cột này được.").WaitForAsync();
        await page.GotoAsync(Page + "?cot=x");
        await page.GetByText("Đang lọc lấy 3 dòng theo cột này.").WaitForAsync();
    }

    [Fact]
    public async Task Whoever_may_only_look_saves_nothing_and_what_is_not_there_is_not_found()
    {
        await StartAsync();
        using var reader = await _case.SignInAsync("x", "xem");
        using var seen = await reader.GetAsync(Page, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, seen.StatusCode);
        var refused = await PlannedCase.ForgeAsync(reader, Page, "filter", new() { ["Given.Value"] = "0" });
        Assert.False(refused.IsSuccessStatusCode);
        Assert.Equal(CampaignFolder.Valid, await ReadAsync());

        using var writer = await _case.SignInAsync("w", "soan-thao");
        foreach (var path in new[] { "/chien-dich/thu-nghiem/nhom/2/loc", "/chien-dich/thu-nghiem/nhom/0/loc" })
        {
            using var answer = await writer.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var other = await _case.SignInAsync("y", "soan-thao@khac");
        using var hidden = await other.GetAsync(Page, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    async Task StartAsync()
    {
        Browser.Needed();
        _case.Folder.Write($"campaigns/{Campaign}/campaign.yaml", CampaignFolder.Valid);
        _case.Folder.Write(
            $"campaigns/{Campaign}/subscribers.csv",
            "Số điện thoại,Xã/Phường\n0980000001,Ea Bung\n0980000002,Ea Bung\n0980000003,Ea Kao\n"
                + $"0980000004,{Attack}\n");
        _case.Folder.Write($"campaigns/{Campaign}/tu-choi.csv", "Số điện thoại\n");
        await _case.StartAsync();
    }

    Task<string> ReadAsync() => File.ReadAllTextAsync(
        Path.Combine(_case.Campaigns, Campaign, "campaign.yaml"), TestContext.Current.CancellationToken);
}
