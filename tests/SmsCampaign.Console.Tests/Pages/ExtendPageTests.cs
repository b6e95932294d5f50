using System.Net;
using Microsoft.Playwright;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>Today's window of a run as it is extended on its page.</summary>
[Trait("Category", "Slow")]
public sealed class ExtendPageTests(Browser browser) : IAsyncDisposable
{
    const string Page = PlannedCase.Path + "/keo-dai";

    readonly PlannedCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Fact]
    public async Task The_window_is_extended_once_the_number_is_typed_by_a_plain_form()
    {
        Browser.Needed();
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Console.Address, script: false);
        var (page, _) = await _case.SignInAsync(context, "duc", "van-hanh");

        await page.GotoAsync(Page);
        await page.GetByText("Hôm nay 30/07/2025 đóng lúc 20:00; còn 3 tin chờ gửi.").WaitForAsync();
        await page.GetByLabel("21:30: ✓ kịp gửi hết").CheckAsync();
        await page.GetByLabel("Gõ số tin chờ gửi").FillAsync("2");
        await page.GetByLabel("Lý do, căn cứ").FillAsync("lãnh đạo yêu cầu");
        await page.GetByRole(AriaRole.Button, new() { Name = "Kéo dài khung giờ hôm nay" }).ClickAsync();
        await page.GetByText("Số đã gõ (2) khác số tin chờ gửi đã xem (3)").WaitForAsync();
        Assert.Empty(_case.Registry.Find(PlannedCase.Key)!.Extensions);

        await page.GetByLabel("Gõ số tin chờ gửi").FillAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Kéo dài khung giờ hôm nay" }).ClickAsync();
        await page.GetByText("ĐÃ KÉO DÀI: hôm nay 30/07/2025 đóng lúc 21:30 thay vì 20:00.").WaitForAsync();

        var extension = Assert.Single(_case.Registry.Find(PlannedCase.Key)!.Extensions);
        Assert.Equal(("21:30", "lãnh đạo yêu cầu"), (extension.Closes, extension.Reason));
        Assert.StartsWith("web:duc@", extension.ByOs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_that_somebody_else_extended_meanwhile_is_not_extended_unseen()
    {
        await StartAsync();
        using var operations = await _case.Console.SignInAsync("duc", "van-hanh");

        var answer = await ConsoleCase.PostAsync(operations, Page, "extend", new()
        {
            ["Given.Present"] = "19:00",
            ["Given.Until"] = "21:00",
            ["Given.Count"] = "3",
            ["Given.Reason"] = "lãnh đạo yêu cầu",
        });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("nay đóng lúc 20:00", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(_case.Registry.Find(PlannedCase.Key)!.Extensions);
    }

    [Fact]
    public async Task An_extension_that_could_not_be_written_down_is_not_said_to_hold()
    {
        await StartAsync();
        using var operations = await _case.Console.SignInAsync("duc", "van-hanh");
        using (var db = SqliteDb.Open(_case.Folder.Data.Ledger))
            db.Execute("create trigger broken before insert on window_extension begin select raise(abort, 'x'); end");

        var answer = await ConsoleCase.PostAsync(operations, Page, "extend", new()
        {
            ["Given.Until"] = "21:00",
            ["Given.Count"] = "3",
            ["Given.Reason"] = "lãnh đạo yêu cầu",
        });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(
            "CHƯA thấy việc kéo dài được ghi", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(_case.Registry.Find(PlannedCase.Key)!.Extensions);
    }

    [Fact]
    public async Task Of_a_run_whose_ledger_is_damaged_the_page_says_which_file_and_what_to_do()
    {
        await StartAsync();
        using var operations = await _case.Console.SignInAsync("duc", "van-hanh");
        var ledger = _case.Folder.Data.Run(PlannedCase.Key);
        await File.WriteAllTextAsync(ledger, string.Concat(Enumerable.Repeat("hỏng ", 1_000)));

        var page = WebUtility.HtmlDecode(await operations.GetStringAsync(Page));

        Assert.Contains($"Tệp {ledger} bị hỏng", page, StringComparison.Ordinal);
        Assert.Contains("báo kỹ sư phụ trách", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_another_day_the_page_says_that_it_is_none_of_its_days()
    {
        await _case.StartAsync();
        _case.Submit();
        _case.Approve();
        using var operations = await _case.Console.SignInAsync("duc", "van-hanh");

        var page = await operations.GetStringAsync(Page);

        Assert.Contains("Hôm nay 29/07/2025 không phải ngày gửi", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Given.Until", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_operate_sees_no_page_and_changes_nothing()
    {
        await StartAsync();
        using var leader = await _case.Console.SignInAsync("an", "phe-duyet", "soan-thao");

        var page = await leader.GetAsync(Page);
        var answer = await PlannedCase.ForgeAsync(leader, Page, "extend", new()
        {
            ["Given.Left"] = "3",
            ["Given.Present"] = "20:00",
            ["Given.Until"] = "21:00",
            ["Given.Count"] = "3",
            ["Given.Reason"] = "lãnh đạo yêu cầu",
        });

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.False(answer.IsSuccessStatusCode);
        Assert.Empty(_case.Registry.Find(PlannedCase.Key)!.Extensions);
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task The_page_has_no_barrier_and_no_overflow(int width, bool dark)
    {
        Browser.Needed();
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Console.Address, width, dark: dark);
        var (page, _) = await _case.SignInAsync(context, "duc", "van-hanh");

        await page.GotoAsync(Page);
        await page.GetByText("còn 3 tin chờ gửi").WaitForAsync();
        await ApprovalPageTests.CheckAsync(page, "extend", width);
    }

    /// <summary>It is sent, at 15:00 of its day.</summary>
    async Task StartAsync()
    {
        await _case.StartAsync();
        _case.Submit();
        _case.Approve();
        _case.Folder.Time.Advance(TimeSpan.FromHours(30));
        _case.Registry.SetState(PlannedCase.Key, RunState.Sending, _case.Folder.Time.GetUtcNow());
    }
}
