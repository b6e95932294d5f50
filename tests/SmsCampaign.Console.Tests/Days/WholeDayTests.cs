using System.Diagnostics;
using Microsoft.Playwright;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Directives;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.WebConsole.Days;

/// <summary>From the order's text to the report that is handed in, by two persons who have nothing but a
/// browser.</summary>
[Trait("Category", "Slow")]
public sealed class WholeDayTests(Browser browser)
{
    const string Campaign = "dak-lak-2025";
    const string Folder = $"/chien-dich/{Campaign}";
    const string Run = $"{Folder}/2025-07-30";

    const string Subscribers =
        """
        Số điện thoại,Xã/Phường
        0961234561,Ea Bung
        0911234562,Buôn Đôn
        0901234563,Ia Lốp
        0921234564,Ea Kao
        0961234561,Ea Kao
        không có số,Ea Kao

        """;

    static readonly RunKey Key = new(Campaign, new DateOnly(2025, 7, 30), Simulated: false);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_orders_text_becomes_messages_and_a_report_that_is_handed_in(bool script)
    {
        Browser.Needed();
        await using var office = await OfficeDay.OpenAsync(At(28, 9, 0));
        await office.Console.StartAsync();
        var (officerKey, leaderKey) = (
            await office.Console.AddPersonAsync("binh", "soan-thao", "van-hanh"),
            await office.Console.AddPersonAsync("an", "phe-duyet"));

        await using (var context = await browser.OpenAsync(office.Console.Address, script: script))
            await PrepareAsync(await EnterAsync(context, "binh", officerKey, 0), office, script);
        await using (var context = await browser.OpenAsync(office.Console.Address, script: script))
            await ApproveAsync(await EnterAsync(context, "an", leaderKey, 0), leaderKey);

        office.Time.Put(At(30, 7, 59, 40));
        await office.BeginWorkAsync();
        await using (var context = await browser.OpenAsync(office.Console.Address, script: script))
        {
            var page = await EnterAsync(context, "binh", officerKey, 1);
            await WatchAsync(page, script);
            await ReportAsync(page);
            await Look.AtAsync(page, "ngay-bao-cao");
        }

        var registry = office.Console.Registry;
        Assert.Equal("456/BC-SKHCN", Assert.Single(registry.Reports.Read(Key)).Document);
        Assert.True(Assert.Single(registry.ReadApprovals()) is { IsByTwo: true, Stands: true });
        Assert.Equal(RunState.Finished, registry.Find(Key)!.State);
    }

    static DateTimeOffset At(int day, int hour, int minute, int second = 0) =>
        new(2025, 7, day, hour, minute, second, TimeSpan.FromHours(7));

    static async Task<IPage> EnterAsync(IBrowserContext context, string name, string key, int steps)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/dang-nhap");
        await page.GetByLabel("Tên đăng nhập").FillAsync(name);
        await page.GetByLabel("Mật khẩu").FillAsync(ConsoleCase.Password);
        await page.GetByLabel("Mã xác thực").FillAsync(ConsoleCase.CodeOf(key, steps));
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Trang chính" }).WaitForAsync();
        return page;
    }

    static async Task PrepareAsync(IPage page, OfficeDay office, bool script)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Chiến dịch", Exact = true }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Chiến dịch mới" }).ClickAsync();
        await page.GetByLabel("Mã chiến dịch").FillAsync(Campaign);
        await page.GetByLabel("Chữ của văn bản, dán").CheckAsync();
        await page.GetByLabel("Chữ của văn bản", new() { Exact = true }).FillAsync(
            await File.ReadAllTextAsync(DirectiveCase.Of(Campaign, office.Console.Folder).File, Stop));
        await page.GetByRole(AriaRole.Button, new() { Name = "Tạo chiến dịch" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Mở trang Soạn" }).ClickAsync();

        // The department has the numbers itself.
        await page.GetByRole(AriaRole.Link, new() { Name = "Sửa cả tệp", Exact = true }).ClickAsync();
        var whole = page.GetByLabel("Nội dung tệp campaign.yaml");
        var text = await whole.InputValueAsync();
        var segments = text.IndexOf("segments:", StringComparison.Ordinal);
        await whole.FillAsync(text[..segments]
            + """
            segments:
              - name: toan-tinh
                file: subscribers.csv
                message: thong-diep
            lanes: [viettel, vinaphone, mobifone, vietnamobile, gmobile]
            limits:
              messages: 100
              costVnd: 1000000

            """);
        await page.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();
        await page.GetByText("Đã lưu, bản").WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Soạn", Exact = true }).ClickAsync();
        if (script)
            await Browser.LiveAsync(page);
        await page.GetByLabel("Cơ quan ban hành").FillAsync("UBND tỉnh Đắk Lắk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();
        await page.GetByText("Đã lưu, bản").WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Danh sách", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Nhóm nhận tin toan-tinh" }).CheckAsync();
        await page.GetByLabel("Tệp danh sách").SetInputFilesAsync(new FilePayload
        {
            Name = "danh sách.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes(Subscribers),
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Đưa lên" }).ClickAsync();
        await page.GetByText("6 dòng = 4 nhận tin + 2 loại trừ").WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Lập kế hoạch", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lập kế hoạch" }).ClickAsync();
        await page.GetByText("Chưa có hồ sơ chờ phê duyệt.").WaitForAsync();
        await page.GetByText("6 dòng = 4 nhận tin + 2 loại trừ").First.WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Dự kiến", Exact = true }).First.ClickAsync();
        await page.GetByText("✓ Kịp").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Trình và duyệt", Exact = true }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Trình phê duyệt 4 tin" }).ClickAsync();
        await page.GetByText("ĐÃ TRÌNH PHÊ DUYỆT").WaitForAsync();
    }

    static async Task ApproveAsync(IPage page, string key)
    {
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("[Pp]hê duyệt") }).First.ClickAsync();
        await page.GetByText("đề nghị gửi 4 tin ngày 30/07/2025").WaitForAsync();
        await page.GetByLabel("Đã đọc nội dung").CheckAsync();
        await page.GetByLabel("Số văn bản").FillAsync("123/QĐ-SKHCN");
        await page.GetByLabel("Mật khẩu").FillAsync(ConsoleCase.Password);
        await page.GetByLabel("Mã xác thực").FillAsync(ConsoleCase.CodeOf(key, 1));
        await page.GetByRole(AriaRole.Button, new() { Name = "Phê duyệt gửi 4 tin" }).ClickAsync();
        await page.GetByText("ĐÃ PHÊ DUYỆT, mã").WaitForAsync();
    }

    static async Task WatchAsync(IPage page, bool script)
    {
        await page.GotoAsync(Run);
        await Look.AtAsync(page, "ngay-dang-gui");
        var done = page.GetByText("đã gửi, đã xong").First;
        if (script)
        {
            await done.WaitForAsync(new() { Timeout = 120_000 });
            return;
        }

        for (var clock = Stopwatch.StartNew();
             clock.Elapsed < Patience.ForAnything && await page.GetByText("đã gửi, đã xong").CountAsync() == 0;)
            await page.ReloadAsync();
        await done.WaitForAsync();
    }

    static async Task ReportAsync(IPage page)
    {
        await page.GotoAsync(Run + "/bao-cao");
        await page.GetByText("Cân đối ĐÚNG").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Kiểm chứng báo cáo" }).ClickAsync();
        await page.GetByText("tệp khớp kiem-tra.txt và sổ gửi tin.").WaitForAsync();
        var word = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Link, new() { NameRegex = new("Word") }).First.ClickAsync());
        Assert.EndsWith(".docx", word.SuggestedFilename, StringComparison.Ordinal);
        await page.GetByLabel("Số văn bản").FillAsync("456/BC-SKHCN");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi nhận đã nộp" }).ClickAsync();
        await page.GetByText("ĐÃ GHI NHẬN").WaitForAsync();
    }
}
