using System.Net;
using Microsoft.Playwright;
using SmsCampaign.Tests.Directives;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>The page that makes a campaign, in a browser.</summary>
[Trait("Category", "Slow")]
public sealed class NewPageTests(Browser browser) : IAsyncDisposable
{
    const string Page = "/chien-dich/moi";

    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_order_becomes_a_campaign_with_its_words_beside_what_was_read(bool pasted)
    {
        Browser.Needed();
        await _case.StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, width: 360, script: pasted);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync("/chien-dich");
        await page.GetByRole(AriaRole.Link, new() { Name = "Chiến dịch mới" }).ClickAsync();
        if (pasted)
            Assert.Empty(await Browser.FindBarriersAsync(page));

        await page.GetByLabel("Mã chiến dịch").FillAsync("dak-lak-2026");
        var order = DirectiveCase.Of("dak-lak-2025", _case.Folder).File;
        if (pasted)
        {
            await page.GetByLabel("Chữ của văn bản, dán").CheckAsync();
            await page.GetByLabel("Chữ của văn bản", new() { Exact = true }).FillAsync(
                await File.ReadAllTextAsync(order, TestContext.Current.CancellationToken));
        }
        else
            await page.GetByLabel("Tệp văn bản giao việc").SetInputFilesAsync(order);

        await page.GetByRole(AriaRole.Button, new() { Name = "Tạo chiến dịch" }).ClickAsync();
        await page.GetByText("Đã tạo chiến dịch dak-lak-2026.").WaitForAsync();
        await page.GetByText("Toàn dân tích cực tham gia").First.WaitForAsync();
        await page.GetByText("HỎI:").First.WaitForAsync();
        if (pasted)
        {
            Assert.Empty(await Browser.FindBarriersAsync(page));
            Assert.False(await Browser.OverflowsAsync(page));
            Assert.Empty(await Browser.RefusedAsync(page));
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Mở trang Soạn" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Soạn: dak-lak-2026" }).WaitForAsync();
        await page.GetByText("Câu hỏi chưa trả lời").First.WaitForAsync();
        Assert.True(File.Exists(Path.Combine(_case.Campaigns, "dak-lak-2026", "campaign.yaml")));
    }

    [Fact]
    public async Task What_cannot_be_made_is_told_and_what_was_typed_stays()
    {
        Browser.Needed();
        await _case.StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, script: false);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync(Page);
        await page.GetByLabel("Chữ của văn bản, dán").CheckAsync();
        await page.GetByLabel("Chữ của văn bản", new() { Exact = true }).FillAsync("<script>alert(1)</script>");

        foreach (var name in new[] { "../ngoai", "Có Dấu", "moi", "a/b" })
        {
            await page.GetByLabel("Mã chiến dịch").FillAsync(name);
            await page.GetByRole(AriaRole.Button, new() { Name = "Tạo chiến dịch" }).ClickAsync();
            await page.GetByText($"Tên '{name}' không dùng được").WaitForAsync();
            Assert.Equal(
                "<script>alert(1)</script>",
                await page.GetByLabel("Chữ của văn bản", new() { Exact = true }).InputValueAsync());
        }

        Assert.False(Directory.Exists(_case.Campaigns) && Directory.EnumerateFileSystemEntries(_case.Campaigns).Any());
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_told_so()
    {
        Browser.Needed();
        await _case.StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, script: false);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync(Page);
        await page.GetByLabel("Mã chiến dịch").FillAsync("lon");
        await page.GetByLabel("Tệp văn bản giao việc").SetInputFilesAsync(
            _case.Folder.Write("lon.txt", new string('a', 21_000_000)));

        await page.GetByRole(AriaRole.Button, new() { Name = "Tạo chiến dịch" }).ClickAsync();

        await page.GetByText("Tệp quá lớn").WaitForAsync();
        Assert.False(Directory.Exists(Path.Combine(_case.Campaigns, "lon")));
    }

    [Fact]
    public async Task Last_years_campaign_is_copied_with_its_lists()
    {
        Browser.Needed();
        _case.Folder.Write("campaigns/thu-nghiem/campaign.yaml", Campaigns.CampaignFolder.Valid);
        _case.Folder.Write("campaigns/thu-nghiem/subscribers.csv", "Số điện thoại\n");
        _case.Folder.Write("campaigns/thu-nghiem/tu-choi.csv", "Số điện thoại\n");
        await _case.StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, script: false);
        var page = await _case.SignInAsync(context, "b", "soan-thao");

        await page.GotoAsync("/chien-dich/thu-nghiem");
        await page.GetByRole(AriaRole.Link, new() { Name = "Lập chiến dịch mới từ chiến dịch này" }).ClickAsync();
        await page.GetByLabel("Mã chiến dịch").FillAsync("nam-sau");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tạo chiến dịch" }).ClickAsync();
        await page.GetByText("Đã tạo chiến dịch nam-sau.").WaitForAsync();

        Assert.Equal(
            Campaigns.CampaignFolder.Valid.Replace("id: thu-nghiem", "id: nam-sau", StringComparison.Ordinal),
            await File.ReadAllTextAsync(
                Path.Combine(_case.Campaigns, "nam-sau", "campaign.yaml"), TestContext.Current.CancellationToken));
        Assert.True(File.Exists(Path.Combine(_case.Campaigns, "nam-sau", "subscribers.csv")));
    }

    [Fact]
    public async Task Nobody_but_who_drafts_makes_one()
    {
        await _case.StartAsync();
        using var writer = await _case.SignInAsync("b", "soan-thao");
        using var reader = await _case.SignInAsync("x", "xem", "phe-duyet", "van-hanh");
        using var answer = await reader.GetAsync(Page, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);

        // The form of another's page, made by hand.
        var made = await PostAsync(writer, "tu-mau");
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.True(File.Exists(Path.Combine(_case.Campaigns, "tu-mau", "subscribers.csv")));
        using var one = await _case.SignInAsync("y", "soan-thao@khac");
        await PostAsync(one, "cua-ai");
        Assert.False(Directory.Exists(Path.Combine(_case.Campaigns, "cua-ai")));
    }

    static Task<HttpResponseMessage> PostAsync(HttpClient person, string name) => ConsoleCase.PostAsync(
        person,
        Page,
        "new",
        new() { ["Given.Name"] = name, ["Given.From"] = "mau", ["Given.Sample"] = "dak-lak-2025" });
}
