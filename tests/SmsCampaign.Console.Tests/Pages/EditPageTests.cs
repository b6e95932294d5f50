using System.Net;
using Microsoft.Playwright;
using SmsCampaign.Office;
using SmsCampaign.Tests.Campaigns;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>The pages on which a campaign file is written, in a browser.</summary>
[Trait("Category", "Slow")]
public sealed class EditPageTests(Browser browser) : IAsyncDisposable
{
    const string Campaign = "thu-nghiem";
    const string Page = "/chien-dich/thu-nghiem/soan";

    static readonly string[] Pages =
        [Page, Page + "/tep", "/chien-dich/thu-nghiem/phien-ban", "/chien-dich/thu-nghiem"];

    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    string File => Path.Combine(_case.Campaigns, Campaign, "campaign.yaml");

    [Fact]
    public async Task What_is_typed_is_checked_as_one_types_and_saved_in_its_place()
    {
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Address);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync(Page);
        await Browser.LiveAsync(page);
        await page.GetByText("4577 thuê bao").Or(page.GetByText("0 lỗi, 0 cảnh báo.")).First.WaitForAsync();
        Assert.Empty(await Browser.FindBarriersAsync(page));

        var text = page.GetByLabel("Nội dung gửi đi");
        await text.FillAsync("Toàn dân tích cực phòng, chống mua bán người");
        await page.GetByText("Khác văn bản ở 1 chỗ:").WaitForAsync();
        await page.GetByText("44 ký tự, Unicode (UCS-2), 1 phần").WaitForAsync();
        await page.GetByLabel("Tên định danh").FillAsync("TÊN DÀI QUÁ MỨC");
        var problem = page.Locator(".problems li.bad a").First;
        await problem.WaitForAsync();
        Assert.Empty(await Browser.FindBarriersAsync(page));
        await problem.ClickAsync();
        Assert.Equal("f-sender", await page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal("Toàn dân tích cực phòng, chống mua bán người", await text.InputValueAsync());

        await page.GetByLabel("Tên định danh").FillAsync("SKHCN");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();
        await page.GetByText("Đã lưu, bản 2.").WaitForAsync();

        Assert.Equal(
            CampaignFolder.Valid
                .Replace(
                    "    text: Toàn dân phòng", "    text: Toàn dân tích cực phòng", StringComparison.Ordinal)
                .Replace("sender: CHINH PHU", "sender: SKHCN", StringComparison.Ordinal),
            await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_character_that_may_be_refused_is_replaced_by_one_press_and_nothing_is_saved(bool script)
    {
        await StartAsync();
        var before = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        await using var context = await browser.OpenAsync(_case.Address, script: script);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync(Page);
        var text = page.GetByLabel("Nội dung gửi đi");
        await text.FillAsync("Toàn dân phòng & chống mua bán người");
        if (!script)
            await page.GetByRole(AriaRole.Button, new() { Name = "Kiểm tra, chưa lưu" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Thay “&” bằng “và”" }).ClickAsync();

        await page.GetByText("Đã thay trong ô nội dung, chưa lưu.").WaitForAsync();
        Assert.Equal(
            "Toàn dân phòng và chống mua bán người", await page.GetByLabel("Nội dung gửi đi").InputValueAsync());
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Thay “&” bằng “và”" }).CountAsync());
        Assert.Equal(before, await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
        if (!script)
            return; // what looks for barriers is a script

        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Fact]
    public async Task Without_script_it_is_saved_and_what_is_wrong_stands_at_its_field()
    {
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, width: 360, script: false);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync(Page);

        await page.GetByLabel("Đến giờ").FillAsync("8h tối");
        await page.GetByRole(AriaRole.Button, new() { Name = "Kiểm tra, chưa lưu" }).ClickAsync();
        await page.Locator("#f-schedule-window-to-loi").GetByText("Lỗi:").WaitForAsync();
        Assert.Equal("8h tối", await page.GetByLabel("Đến giờ").InputValueAsync());
        Assert.Equal(CampaignFolder.Valid, await ReadAsync());

        await page.GetByLabel("Đến giờ").FillAsync("19:30");
        await page.GetByLabel("Số văn bản").FillAsync("12/UBND-NC");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();
        await page.GetByText("Đã lưu, bản 2.").WaitForAsync();
        Assert.Contains("to: \"19:30\" }", await ReadAsync(), StringComparison.Ordinal);
        Assert.Contains("  number: 12/UBND-NC\n", await ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_saved_meanwhile_stays_and_what_was_typed_is_kept_beside_it()
    {
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Address);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync(Page);
        await Browser.LiveAsync(page);
        await page.GetByLabel("Tên chiến dịch").FillAsync("Của B");
        var desk = new EditDesk(
            new CampaignFolders(_case.Campaigns), _case.Installation, _case.Data, TimeProvider.System);
        Assert.IsType<EditResult.Saved>(desk.Save(
            Who.OnTheWeb("Lê Văn C", "c", null),
            Campaign,
            desk.Find(Campaign)!.Hash,
            new Dictionary<string, string> { ["title"] = "Của C" }));
        await page.GetByText("Lê Văn C (bản 2").First.WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();

        await page.GetByText("CHƯA lưu gì").WaitForAsync();
        Assert.Equal("Của B", await page.GetByLabel("Tên chiến dịch").InputValueAsync());
        await page.Locator("#f-title-loi").GetByText("Của C").WaitForAsync();
        Assert.Contains("title: Của C", await ReadAsync(), StringComparison.Ordinal);
        Assert.Empty(await Browser.FindBarriersAsync(page));

        await page.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();
        await page.GetByText("Đã lưu, bản 3.").WaitForAsync();
        Assert.Contains("title: Của B", await ReadAsync(), StringComparison.Ordinal);

        await page.GotoAsync("/chien-dich/thu-nghiem/phien-ban");
        await page.GetByText("− title: Của C").WaitForAsync();
        await page.GetByText("+ title: Của B").WaitForAsync();
        Assert.Empty(await Browser.FindBarriersAsync(page));
    }

    [Fact]
    public async Task Where_a_value_cannot_be_put_in_its_place_the_whole_text_is_changed()
    {
        await StartAsync(CampaignFolder.Valid.Replace(
            "suppression: [tu-choi.csv]", "suppression: [ # hai\n  tu-choi.csv ]", StringComparison.Ordinal));
        await using var context = await browser.OpenAsync(_case.Address, script: false);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync(Page);
        await page.GetByLabel("Danh sách đã đề nghị").FillAsync("tu-choi.csv\nkhac.csv");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();
        await page.GetByText("CHƯA lưu: không thay được giá trị của 'suppression' (dòng 28)").WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Sửa cả tệp", Exact = true }).ClickAsync();
        var whole = page.GetByLabel("Nội dung tệp campaign.yaml");
        var text = await whole.InputValueAsync();
        await whole.FillAsync(text.Replace("id: thu-nghiem", "id: [", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();
        await page.GetByText("CHƯA lưu: tệp như đã gõ không đọc được").WaitForAsync();
        await page.GetByText("(dòng 1, cột").First.WaitForAsync();
        Assert.StartsWith("id: [", await whole.InputValueAsync(), StringComparison.Ordinal);

        await whole.FillAsync(text.Replace("tu-choi.csv ]", "tu-choi.csv, tu-choi.csv ]", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();
        await page.GetByText("Đã lưu, bản 2.").WaitForAsync();
        Assert.Contains("# hai", await ReadAsync(), StringComparison.Ordinal);
        Assert.Contains("tu-choi.csv, tu-choi.csv ]", await ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_only_look_saves_nothing_and_another_campaign_is_not_there()
    {
        await StartAsync();
        using var writer = await _case.SignInAsync("b", "soan-thao");
        var form = await writer.GetStringAsync(Page, TestContext.Current.CancellationToken);
        Assert.Contains(">Lưu<", form, StringComparison.Ordinal);

        using var reader = await _case.SignInAsync("x", "xem");
        Assert.DoesNotContain(
            ">Lưu<",
            await reader.GetStringAsync(Page, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        var refused = await ConsoleCase.PostAsync(
            reader, Page, "edit", new() { ["f:title"] = "Lén", ["Given.Act"] = "luu" });
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(CampaignFolder.Valid, await ReadAsync());

        using var other = await _case.SignInAsync("y", "soan-thao@khac");
        foreach (var path in Pages)
        {
            using var answer = await other.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        foreach (var name in "..%2f..%2fetc %2e%2e nul".Split(' '))
        {
            using var answer = await writer.GetAsync($"/chien-dich/{name}/soan", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    /// <summary>What another saved meanwhile is told of at the save, however often something was replaced or checked
    /// before.</summary>
    [Fact]
    public async Task Nobodys_save_is_undone_by_a_page_on_which_characters_were_replaced()
    {
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, script: false);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync(Page);
        var desk = new EditDesk(
            new CampaignFolders(_case.Campaigns), _case.Installation, _case.Data, TimeProvider.System);
        Assert.IsType<EditResult.Saved>(desk.Save(
            Who.OnTheWeb("Lê Văn C", "c", null),
            Campaign,
            desk.Find(Campaign)!.Hash,
            new Dictionary<string, string> { ["title"] = "Của C" }));
        await page.GetByLabel("Nội dung gửi đi").FillAsync("Toàn dân phòng & chống [mua] bán người");

        await page.GetByRole(AriaRole.Button, new() { Name = "Kiểm tra, chưa lưu" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Thay “&” bằng “và”" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Thay “[” bằng “(”" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();

        await page.GetByText("CHƯA lưu gì").WaitForAsync();
        Assert.Contains("title: Của C", await ReadAsync(), StringComparison.Ordinal);
    }

    /// <summary>Fields that cannot be changed say nothing: what is checked is the file as it stands.</summary>
    [Fact]
    public async Task Of_who_may_only_look_no_field_is_taken_for_emptied()
    {
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Address);
        var page = await _case.SignInAsync(context, "x", "xem");
        await page.GotoAsync(Page);
        await Browser.LiveAsync(page);

        Assert.Empty(await page.EvaluateAsync<string[]>(
            "[...new FormData(document.getElementById('soan')).keys()].filter(name => name.startsWith('f:'))"));
        Assert.Equal(0, await page.GetByText("Thiếu 'lanes'").CountAsync());
    }

    [Fact]
    public async Task What_a_file_says_is_shown_as_text_and_the_pages_fit_a_phone()
    {
        const string attack = "<script>window.hit=1</script><img src=x onerror=window.hit=1>";
        await StartAsync(CampaignFolder.Valid
            .Replace("title: Tin thử", $"title: \"{attack}\"", StringComparison.Ordinal)
            .Replace("- name: toan-tinh", $"- name: '{attack}'", StringComparison.Ordinal));
        await using var context = await browser.OpenAsync(_case.Address, width: 360, dark: true);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        foreach (var path in Pages)
        {
            await page.GotoAsync(path);
            Assert.False(await page.EvaluateAsync<bool>("'hit' in window"));
            Assert.False(await Browser.OverflowsAsync(page), path);
            Assert.Empty(await Browser.FindBarriersAsync(page));
            Assert.Empty(await Browser.RefusedAsync(page));
        }

        await page.GotoAsync(Page);
        await Browser.LiveAsync(page);
        Assert.Equal(attack, await page.GetByLabel("Tên chiến dịch").InputValueAsync());
        await page.GetByLabel("Nội dung gửi đi").FillAsync(attack);
        await page.Locator(".bubble").GetByText("<script>", new() { Exact = false }).WaitForAsync();
        Assert.False(await page.EvaluateAsync<bool>("'hit' in window"));
        Assert.False(await Browser.OverflowsAsync(page));
    }

    async Task StartAsync(string text = CampaignFolder.Valid)
    {
        Browser.Needed();
        _case.Folder.Write($"campaigns/{Campaign}/campaign.yaml", text);
        _case.Folder.Write($"campaigns/{Campaign}/subscribers.csv", "Số điện thoại\n");
        _case.Folder.Write($"campaigns/{Campaign}/tu-choi.csv", "Số điện thoại\n");
        await _case.StartAsync();
    }

    Task<string> ReadAsync() => System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
}
