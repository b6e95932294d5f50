using System.Net;
using Microsoft.Playwright;
using SmsCampaign.WebConsole.Handbook;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>The handbook, as the pages show and search it.</summary>
[Trait("Category", "Slow")]
public sealed class HandbookPageTests(Browser browser) : IAsyncDisposable
{
    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Fact]
    public void Each_page_of_the_console_leads_to_a_part_that_is_there()
    {
        foreach (var (page, (document, id)) in HelpPlaces.All)
            Assert.True(
                HandbookText.Find(document)?.Sections.Any(section => section.Id == id), $"{page}: {document}#{id}");
    }

    [Fact]
    public void What_leads_within_the_handbook_leads_somewhere()
    {
        foreach (var document in HandbookText.All)
        {
            foreach (var href in document.Sections
                .SelectMany(section => section.Html.Split("href=\"")[1..])
                .Select(part => WebUtility.HtmlDecode(Uri.UnescapeDataString(part.Split('"')[0])))
                .Where(href => !href.StartsWith("https://", StringComparison.Ordinal)))
            {
                var parts = href.Split('#');
                var of = parts[0].Length == 0 ? document : HandbookText.Find(parts[0].Split('/')[^1]);
                Assert.True(
                    of is not null && (parts.Length == 1 || of.Sections.Any(section => section.Id == parts[1])),
                    $"{document.Name}: {href}");
            }

            Assert.All(document.Sections, section =>
                Assert.DoesNotContain("style=", section.Html, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void Html_is_shown_as_text_and_links_lead_nowhere_else()
    {
        var html = string.Concat(HandbookText.ToSections("""
            ## Một <b>hai</b>

            <script>alert(1)</script>

            Chữ <img src=x onerror=alert(1)> [xấu](javascript:alert(1)) [tệp](../x.md) ![hình](http://x/y.png)

            | a | b |
            |---|--:|
            | 1 | 2 |
            """).Select(section => section.Title + section.Html));

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("xấu", html, StringComparison.Ordinal);
        Assert.Contains("class=\"n\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_searched_without_diacritics_and_without_script()
    {
        Browser.Needed();
        await _case.StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, script: false);
        var page = await _case.SignInAsync(context, "an", "xem");
        await page.GotoAsync("/huong-dan");

        await page.GetByLabel("Tìm trong hướng dẫn").FillAsync("su co kenh");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tìm" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "10. Khi có sự cố" }).ClickAsync();
        await Browser.ArriveAsync(page, "/huong-dan/so-tay#10-");

        await page.GotoAsync("/huong-dan?tim=" + Uri.EscapeDataString("<script>alert(1)</script>"));
        await page.GetByText("Tìm thấy 0 mục").WaitForAsync();
        Assert.Equal(404, (await page.GotoAsync("/huong-dan/khong-co"))!.Status);
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task It_is_read_by_everyone(int width, bool dark)
    {
        Browser.Needed();
        await _case.StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, width, dark: dark);
        var page = await _case.SignInAsync(context, "an", "xem");
        foreach (var path in new[]
        {
            "/huong-dan", "/huong-dan?tim=bao+cao", "/huong-dan/so-tay", "/huong-dan/du-lieu-ca-nhan",
            "/huong-dan/an-toan", "/huong-dan/khoa-cau-hinh",
        })
        {
            await page.GotoAsync(path);
            Assert.Empty(await Browser.FindBarriersAsync(page));
            Assert.False(await Browser.OverflowsAsync(page), path);
            Assert.Empty(await Browser.RefusedAsync(page));
            await Look.AtAsync(page, $"huong-dan-{path.Split('/')[^1].Split('?')[^1]}-{width}");
        }
    }
}
