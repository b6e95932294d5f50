using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SmsCampaign.Orders;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Orders;
using SmsCampaign.WebConsole.Uploads;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>The letters to carriers, what becomes of them, and what carriers report.</summary>
[Trait("Category", "Slow")]
public sealed class OrdersPageTests : IAsyncDisposable
{
    const string Address = "/chien-dich/thu-nghiem/2025-07-30/phoi-hop";
    const string Attack = "<img src=x onerror=alert(1)>";

    const string Heading =
        "Địa bàn,Thuộc phạm vi,Loại trừ,Chưa gửi,Đã gửi,Thành công,Không thành công,Chưa rõ,Bản tin quy đổi\n";

    const string Even = Heading + "Đắk Lắk,612,10,2,600,550,40,10,600\nLâm Đồng,303,1,1,301,300,1,0,301\n";

    readonly Browser _browser;
    readonly HeldFolder _held = new();
    readonly ConsoleCase _case;

    public OrdersPageTests(Browser browser)
    {
        _browser = browser;
        _case = new ConsoleCase { Data = _held.Data, Installation = _held.Files.Installation, Time = _held.Time };
    }

    public async ValueTask DisposeAsync()
    {
        await _case.DisposeAsync();
        _held.Dispose();
    }

    [Fact]
    public async Task Letters_are_written_sent_and_answered_without_script()
    {
        Browser.Needed();
        _held.Approve();
        await _case.StartAsync();
        await using var context = await _browser.OpenAsync(_case.Address, script: false);
        var page = await _case.SignInAsync(context, "an", "soan-thao");
        await page.GotoAsync(Address);
        await page.GetByText("Chưa soạn công văn gửi Viettel").WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Soạn công văn" }).ClickAsync();
        await page.GetByText("ĐÃ SOẠN 2 công văn").WaitForAsync();
        var card = Card(page, "Viettel");
        await RecordAsync(card, "đã ký và gửi đi", document: "");
        await page.GetByText("Hãy ghi số công văn đã ký.").WaitForAsync();
        await card.GetByLabel("Số văn bản").FillAsync("12/SKHCN-BCVT");
        await card.GetByRole(AriaRole.Button, new() { Name = "Ghi nhận", Exact = true }).ClickAsync();
        await page.GetByText("ĐÃ GHI NHẬN.").WaitForAsync();
        await card.GetByText("Ghi nhận đã gửi, trả lời").ClickAsync();
        await card.GetByLabel("nhà mạng đồng ý").CheckAsync();
        await card.GetByLabel("Người ở nhà mạng đã trả lời").FillAsync("Phạm Văn D");
        await card.GetByLabel("Tốc độ nhà mạng báo").FillAsync("200");
        await card.GetByRole(AriaRole.Button, new() { Name = "Ghi nhận", Exact = true }).ClickAsync();
        await page.GetByText("200 tin/giây").First.WaitForAsync();

        var order = _held.Read("thue-bao-viettel");
        Assert.Equal(OrderState.Acknowledged, order.State);
        Assert.Equal(("12/SKHCN-BCVT", "Người dùng an"), (order.Sending!.Document, order.Sending.RecordedBy));
        Assert.Equal(("Phạm Văn D", 200), (order.Kept.Steps[^1].SaidBy, order.Kept.Steps[^1].Rate));
    }

    [Fact]
    public async Task A_report_is_imported_a_correction_supersedes_it_and_no_file_stays()
    {
        Browser.Needed();
        _held.Agree();
        _held.PassTheDay();
        await _case.StartAsync();
        await using var context = await _browser.OpenAsync(_case.Address, 360);
        var page = await _case.SignInAsync(context, "an", "soan-thao");
        page.Dialog += (_, dialog) => Assert.Fail(dialog.Message);
        await page.GotoAsync(Address);

        await UploadAsync(page, "bao-cao.csv", Heading + $"{Attack},612,10,2,600,550,90,10,600\n");
        await page.GetByText("CHƯA nhập báo cáo này").WaitForAsync();
        await Look.AtAsync(page, "phoi-hop-tu-choi-360");
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.Null(_held.Read("thue-bao-viettel").Reported);

        await UploadAsync(page, "bao-cao.csv", Even);
        await page.GetByText("Đã nhập báo cáo", new() { Exact = true }).WaitForAsync();
        await UploadAsync(page, "sua.csv", Even.Replace("550,40,10", "551,39,10", StringComparison.Ordinal));
        await page.GetByText("CHƯA nhập báo cáo này").WaitForAsync();
        await page.GetByText("thì ghi vào ô Lý do sửa").WaitForAsync();
        await UploadAsync(
            page, "sua.csv", Even.Replace("550,40,10", "551,39,10", StringComparison.Ordinal), "nhà mạng đếm lại");
        await page.GetByText("Đã nhập báo cáo", new() { Exact = true }).WaitForAsync();

        await page.GetByText("KHÔNG, đã bị thay").WaitForAsync();
        await page.GetByText("thay bản trước: nhà mạng đếm lại").WaitForAsync();
        Assert.Equal(851, _held.Read("thue-bao-viettel").Balance!.Succeeded);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_held.Data.Root, "uploads")));
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        await Look.AtAsync(page, "phoi-hop-360");
    }

    [Fact]
    public async Task What_is_no_table_is_refused_by_what_it_is_and_its_name_is_only_shown()
    {
        _held.Agree();
        _held.PassTheDay();
        await _case.StartAsync();
        using var an = await _case.SignInAsync("an", "soan-thao");

        var answer = await PostFileAsync(
            an, $"../../{Attack} 0912345678.csv", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0]);
        var page = await an.GetStringAsync(answer.Headers.Location);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Contains("CHƯA nhập báo cáo này", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("0912345678", page, StringComparison.Ordinal);
        Assert.DoesNotContain(_held.Data.Root, page, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_held.Data.Root, "uploads")));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_and_does_not_stay()
    {
        _held.Agree();
        _held.PassTheDay();
        await _case.StartAsync();
        using var an = await _case.SignInAsync("an", "soan-thao");

        var answer = await PostFileAsync(an, "lon.csv", new byte[ResultUpload.Most + 1]);

        Assert.Contains(
            "Tệp lớn hơn", await an.GetStringAsync(answer.Headers.Location), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_held.Data.Root, "uploads")));
    }

    [Fact]
    public async Task A_file_is_not_taken_where_the_ledgers_would_lack_room()
    {
        _held.Agree();
        _held.PassTheDay();
        _held.Edit("smscampaign.json", "\"receipts\": {", "\"receipts\": { \"diskFloor\": 2000000000,");
        await _case.StartAsync();
        using var an = await _case.SignInAsync("an", "soan-thao");

        var answer = await PostFileAsync(an, "a.csv", Bytes(Even));

        Assert.Contains(
            "Đĩa của máy chủ không đủ chỗ", await an.GetStringAsync(answer.Headers.Location), StringComparison.Ordinal);
        Assert.Null(_held.Read("thue-bao-viettel").Reported);
        Assert.False(Directory.Exists(Path.Combine(_held.Data.Root, "uploads")));
    }

    [Fact]
    public async Task No_more_than_a_few_files_come_at_once()
    {
        _held.Agree();
        _held.PassTheDay();
        await _case.StartAsync();
        using var an = await _case.SignInAsync("an", "soan-thao");
        var gate = _case.Web.Services.GetRequiredService<UploadGate>();
        var others = Enumerable.Range(1, UploadGate.MostAtOnce).Select(at => gate.PassFor($"{at}")).ToList();
        Assert.All(others, other => Assert.Null(other.Enter()));

        var full = await PostFileAsync(an, "a.csv", Bytes(Even));
        Assert.Contains(
            "Máy chủ đang nhận 4 tệp khác", await an.GetStringAsync(full.Headers.Location), StringComparison.Ordinal);
        Assert.Null(_held.Read("thue-bao-viettel").Reported);
        Assert.False(Directory.Exists(Path.Combine(_held.Data.Root, "uploads")));

        others.ForEach(other => other.Dispose());
        await PostFileAsync(an, "a.csv", Bytes(Even));
        Assert.NotNull(_held.Read("thue-bao-viettel").Reported);
    }

    [Fact]
    public async Task While_the_server_does_something_heavy_nothing_is_imported_or_written_and_it_is_said()
    {
        _held.Agree();
        _held.PassTheDay();
        await _case.StartAsync();
        using var an = await _case.SignInAsync("an", "soan-thao");

        await using (new HeldTurn(_case))
        {
            var import = await PostFileAsync(an, "a.csv", Bytes(Even));
            var write = await ConsoleCase.PostAsync(an, Address, "write", []);

            Assert.Contains(
                HeldTurn.Said, await an.GetStringAsync(import.Headers.Location), StringComparison.Ordinal);
            Assert.Contains(HeldTurn.Said, await write.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Null(_held.Read("thue-bao-viettel").Reported);
            Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_held.Data.Root, "uploads")));
        }

        await PostFileAsync(an, "a.csv", Bytes(Even));
        Assert.NotNull(_held.Read("thue-bao-viettel").Reported);
    }

    [Fact]
    public async Task Nobody_imports_without_the_right_without_the_token_or_for_another_campaign()
    {
        _held.Agree();
        _held.PassTheDay();
        await _case.StartAsync();
        using var see = await _case.SignInAsync("xem", "xem");
        using var other = await _case.SignInAsync("khac", "soan-thao@khac");
        using var draft = await _case.SignInAsync("soan", "soan-thao");
        using var nobody = _case.Browse();

        Assert.Equal(HttpStatusCode.NotFound, (await PostFileAsync(see, "a.csv", Bytes(Even))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostFileAsync(other, "a.csv", Bytes(Even), "/")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostFileAsync(draft, "a.csv", Bytes(Even), null)).StatusCode);
        Assert.Contains(
            (await PostFileAsync(nobody, "a.csv", Bytes(Even), null)).StatusCode,
            new[] { HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized });
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(Address)).StatusCode);
        var refused = await ConsoleCase.PostAsync(
            see, Address, "/dang-xuat", new() { ["_handler"] = "write" }, to: Address);
        Assert.Contains(refused.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.NotFound });
        Assert.Null(_held.Read("thue-bao-viettel").Reported);
        Assert.False(Directory.Exists(Path.Combine(_held.Data.Root, "uploads")));
    }

    [Fact]
    public async Task The_files_of_a_letter_are_attachments_by_their_names_and_no_others()
    {
        _held.Agree();
        await _case.StartAsync();
        using var see = await _case.SignInAsync("xem", "xem");

        foreach (var name in new[]
        {
            "cong-van-thue-bao-viettel.docx", "bieu-bao-cao-thue-bao-viettel.xlsx", "lenh-thue-bao-viettel.json",
        })
        {
            var file = await see.GetAsync($"{Address}/tep/{name}");
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        }

        foreach (var name in new[] { "ledger.db", "..%2F..%2Fledger.db", "cong-van-khac.docx" })
            Assert.Equal(HttpStatusCode.NotFound, (await see.GetAsync($"{Address}/tep/{name}")).StatusCode);
    }

    [Fact]
    public async Task A_page_that_has_grown_old_records_nothing()
    {
        _held.Agree();
        await _case.StartAsync();
        using var an = await _case.SignInAsync("an", "soan-thao");
        var old = (await an.GetStringAsync(Address)).Split("Given.Seen\" value=\"")[1].Split('"')[0];
        _held.Record(OrderStepKind.Withdrawn, note: "lệnh đã rút");

        var answer = await ConsoleCase.PostAsync(an, Address, "news-thue-bao-viettel", new()
        {
            ["Given.Seen"] = old,
            ["Given.Kind"] = "Acknowledged",
        });

        Assert.Contains(
            "vừa có thay đổi của người khác", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(OrderState.Withdrawn, _held.Read("thue-bao-viettel").State);
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task It_is_read_by_everyone(int width, bool dark)
    {
        Browser.Needed();
        _held.Agree(rate: 200);
        _held.Time.SetUtcNow(new DateTimeOffset(2025, 8, 31, 9, 0, 0, TimeSpan.FromHours(7)));
        await _case.StartAsync();
        await using var context = await _browser.OpenAsync(_case.Address, width, dark: dark);
        var page = await _case.SignInAsync(context, "an", "soan-thao");

        await page.GotoAsync(Address);
        await page.GetByText("QUÁ HẠN, chưa nhập").WaitForAsync();
        foreach (var summary in await page.Locator("summary").AllAsync())
            await summary.ClickAsync();

        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));
        await Look.AtAsync(page, $"phoi-hop-{width}");
    }

    static ILocator Card(IPage page, string holder) =>
        page.Locator("section.card").Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = holder }) });

    static async Task RecordAsync(ILocator card, string kind, string document)
    {
        await card.GetByText("Ghi nhận đã gửi, trả lời").ClickAsync();
        await card.GetByLabel(kind).CheckAsync();
        await card.GetByLabel("Số văn bản").FillAsync(document);
        await card.GetByRole(AriaRole.Button, new() { Name = "Ghi nhận", Exact = true }).ClickAsync();
    }

    static async Task UploadAsync(IPage page, string name, string content, string? corrects = null)
    {
        var card = Card(page, "Viettel");
        await card.Locator("summary").Filter(new() { HasText = "Nhập báo cáo" }).ClickAsync();
        if (corrects is not null)
            await card.GetByLabel("Lý do sửa").FillAsync(corrects);
        await card.GetByLabel("Tệp của nhà mạng").SetInputFilesAsync(
            new FilePayload { Name = name, MimeType = "text/csv", Buffer = Bytes(content) });
        await card.GetByRole(AriaRole.Button, new() { Name = "Nhập báo cáo" }).ClickAsync();
    }

    /// <param name="tokenOf">The page whose token goes with it; null: none does.</param>
    static async Task<HttpResponseMessage> PostFileAsync(
        HttpClient client, string name, byte[] content, string? tokenOf = Address)
    {
        var form = new MultipartFormDataContent();
        if (tokenOf is not null)
        {
            var page = await client.GetStringAsync(tokenOf);
            form.Add(
                new StringContent(page.Split("__RequestVerificationToken\" value=\"")[1].Split('"')[0]),
                "__RequestVerificationToken");
        }

        form.Add(new StringContent("viettel"), "holder");
        form.Add(new StringContent("thue-bao-viettel"), "segment");
        form.Add(new ByteArrayContent(content), "file", name);
        return await client.PostAsync($"{Address}/nhap", form);
    }

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
