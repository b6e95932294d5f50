using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SmsCampaign.Office;
using SmsCampaign.Tests.Audience;
using SmsCampaign.Tests.Campaigns;
using SmsCampaign.Tests.Support;
using SmsCampaign.WebConsole.Uploads;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>The page of a campaign's lists: what is understood of them, how many they reach, and new ones.</summary>
[Trait("Category", "Slow")]
public sealed class ListPageTests(Browser browser) : IAsyncDisposable
{
    const string Campaign = "thu-nghiem";
    const string Page = "/chien-dich/thu-nghiem/danh-sach";
    const string Attack = "<img src=x onerror=window.hit=1>";

    const string Subscribers = "Họ tên,SĐT,Xã/Phường\nNguyễn Văn A,0961234567,Ea Bung\nB,0961234568,Buôn Đôn\n"
        + "C,0961234567,Ea Bung\n";

    readonly ConsoleCase _case = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    string Folder => Path.Combine(_case.Campaigns, Campaign);

    ListReadings Readings => _case.Web.Services.GetRequiredService<ListReadings>();

    string Uploads => Path.Combine(_case.Data.Root, "uploads");

    [Fact]
    public async Task Without_script_a_list_is_brought_understood_and_counted()
    {
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Address, width: 360, script: false);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync(Page);
        await page.GetByText("3 dòng = 2 nhận tin + 1 loại trừ").WaitForAsync();

        await page.GetByRole(AriaRole.Radio, new() { Name = "Nhóm nhận tin toan-tinh" }).CheckAsync();
        await page.GetByLabel("Tệp danh sách").SetInputFilesAsync(
            FileOf("moi.csv", Subscribers + "D,0961234569,Ea Bung\n"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Đưa lên" }).ClickAsync();

        await page.GetByText("(tên theo nội dung), và đã ghi vào tệp chiến dịch, bản 2.").WaitForAsync();
        await page.GetByText("4 dòng = 3 nhận tin + 1 loại trừ").WaitForAsync();
        await page.GetByText("CSV, bảng mã UTF-8, ngăn cách bằng dấu phẩy").First.WaitForAsync();
        await page.GetByRole(AriaRole.Cell, new() { Name = "0961***567" }).First.WaitForAsync();
        Assert.DoesNotContain("Nguyễn", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Folder), name => Path.GetFileName(name).Length == 16 + ".csv".Length);
        Assert.Matches("file: [0-9a-f]{16}\\.csv", await ReadAsync());
        Assert.False(await Browser.OverflowsAsync(page));
    }

    [Fact]
    public async Task With_script_a_list_is_dropped_sent_with_its_progress_and_counted_as_it_is_read()
    {
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Address);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync(Page);
        await Browser.LiveAsync(page);
        await page.GetByText("Hoặc kéo tệp thả vào đây.").WaitForAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Nhóm nhận tin toan-tinh" }).CheckAsync();

        await DropAsync(page, ["một.csv", "hai.csv"], Subscribers);
        await page.GetByText("Mỗi lần chỉ đưa lên một tệp.").WaitForAsync();
        await DropAsync(page, ["một.csv"], Subscribers + "D,0961234569,Ea Bung\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Đưa lên" }).ClickAsync();

        await page.GetByText("Tệp một.csv").WaitForAsync();
        await page.GetByText("4 dòng = 3 nhận tin + 1 loại trừ").WaitForAsync();
        Assert.Empty(await Browser.RefusedAsync(page));
        Assert.Empty(await Browser.FindBarriersAsync(page));
    }

    [Fact]
    public async Task What_is_stopped_while_it_is_sent_leaves_nothing()
    {
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Address);
        var page = await OpenToBringAsync(context);
        var held = new TaskCompletionSource();
        await page.RouteAsync("**/tai-len", _ => held.Task);

        await page.GetByRole(AriaRole.Button, new() { Name = "Đưa lên" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Dừng gửi tệp" }).ClickAsync();

        await page.GetByText("Đã dừng. Máy chủ không giữ lại phần nào của tệp.").WaitForAsync();
        held.SetResult();
        Assert.True(await page.GetByRole(AriaRole.Button, new() { Name = "Đưa lên" }).IsEnabledAsync());
        Assert.Equal(CampaignFolder.Valid, await ReadAsync());
        Assert.Empty(await Browser.FindBarriersAsync(page));
    }

    [Theory]
    [InlineData(502, "KHÔNG rõ máy chủ đã nhận hay chưa")]
    [InlineData(500, "KHÔNG rõ máy chủ đã nhận hay chưa")]
    [InlineData(401, "phiên đăng nhập đã hết")]
    [InlineData(404, "tài khoản không còn quyền")]
    public async Task What_an_answer_leaves_open_is_said_to_be(int status, string said)
    {
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Address);
        var page = await OpenToBringAsync(context);
        await page.RouteAsync("**/tai-len", route => route.FulfillAsync(new() { Status = status, Body = "" }));

        await page.GetByRole(AriaRole.Button, new() { Name = "Đưa lên" }).ClickAsync();

        await page.GetByText(said).WaitForAsync();
        Assert.Equal(
            status < 500, await page.GetByRole(AriaRole.Button, new() { Name = "Đưa lên" }).IsEnabledAsync());
        Assert.Empty(await Browser.FindBarriersAsync(page));
    }

    [Fact]
    public async Task What_is_all_sent_is_not_stopped_and_said_to_be_unknown_where_no_answer_comes()
    {
        await StartAsync();
        await using var context = await browser.OpenAsync(_case.Address);
        var page = await OpenToBringAsync(context);
        await page.EvaluateAsync(
            """
            () => XMLHttpRequest.prototype.send = function () {
              window.sending = this;
              this.upload.dispatchEvent(new ProgressEvent("progress", { lengthComputable: true, loaded: 9, total: 9 }));
            }
            """);

        await page.GetByRole(AriaRole.Button, new() { Name = "Đưa lên" }).ClickAsync();
        await page.GetByText("Đã gửi xong, máy chủ đang xem tệp…").First.WaitForAsync();
        Assert.False(await page.GetByText("Dừng gửi tệp").IsVisibleAsync());
        await page.EvaluateAsync("() => { window.sending.dispatchEvent(new ProgressEvent('error')); }");

        await page.GetByText("KHÔNG rõ máy chủ đã nhận hay chưa").WaitForAsync();
        Assert.False(await page.GetByText("Máy chủ không giữ lại phần nào").IsVisibleAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Tải lại trang để xem" }).ClickAsync();
        await page.GetByText("Hoặc kéo tệp thả vào đây.").WaitForAsync();
    }

    [Fact]
    public async Task No_more_than_a_few_files_come_at_once_and_one_of_a_person()
    {
        await StartAsync();
        using var draft = await _case.SignInAsync("soan", "soan-thao");
        var gate = _case.Web.Services.GetRequiredService<UploadGate>();
        var others = Enumerable.Range(1, UploadGate.MostAtOnce).Select(at => gate.PassFor($"{at}")).ToList();
        Assert.All(others, other => Assert.Null(other.Enter()));

        var full = await AnswerToAsync(draft, "a.csv", Encoding.UTF8.GetBytes(Subscribers));
        others.ForEach(other => other.Dispose());

        Assert.Contains("Máy chủ đang nhận 4 tệp khác", full, StringComparison.Ordinal);
        Assert.Equal(CampaignFolder.Valid, await ReadAsync());
        Assert.DoesNotContain(Uploaded(), path => path.EndsWith("a.csv", StringComparison.Ordinal));
        Assert.Contains(
            "(tên theo nội dung), và đã ghi vào tệp chiến dịch",
            await AnswerToAsync(draft, "a.csv", Encoding.UTF8.GetBytes(Subscribers)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_server_does_something_heavy_no_run_is_planned_and_that_is_said()
    {
        await StartAsync();
        using var draft = await _case.SignInAsync("soan", "soan-thao");

        await using (new HeldTurn(_case, ofPlanning: true))
        {
            var answer = await ConsoleCase.PostAsync(draft, "/chien-dich/thu-nghiem/ke-hoach", "plan", []);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(HeldTurn.Said, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        Assert.Empty(_case.Registry.ReadRuns());
    }

    [Fact]
    public async Task A_reading_that_the_page_hears_nothing_of_is_said_to_be_old()
    {
        Browser.Needed();
        await StartAsync();
        using var end = new ManualResetEventSlim();
        var reads = Readings.Reads;
        Readings.Patience = TimeSpan.Zero;
        Readings.Reads = reading =>
        {
            end.Wait(Stop);
            reads(reading);
        };
        await using var context = await browser.OpenAsync(_case.Address);
        await context.Clock.InstallAsync();
        await context.RouteAsync("**/_blazor**", route => route.AbortAsync());
        var page = await _case.SignInAsync(context, "b", "soan-thao");

        await page.GotoAsync(Page);
        await page.GetByText("Cập nhật ").WaitForAsync();
        await page.Clock.FastForwardAsync(16_000);
        await page.GetByText("không tự cập nhật được; tải lại trang").WaitForAsync();
        Assert.Empty(await Browser.FindBarriersAsync(page));
        end.Set();
    }

    [Fact]
    public async Task Columns_are_named_by_choosing_among_those_of_the_list()
    {
        await StartAsync(subscribers: "Liên lạc,Nơi ở,Xã/Phường\n0961234567,x,Ea Bung\n");
        await using var context = await browser.OpenAsync(_case.Address, script: false);
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync(Page);
        await page.GetByText("Không có cột số điện thoại.").First.WaitForAsync();
        await page.GetByText("CHƯA đếm được").WaitForAsync();

        await page.GetByText("Chỉ định cột, trang tính").ClickAsync();
        await page.GetByLabel("Cột số điện thoại").SelectOptionAsync("Cột 1 (xxxx xxx)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lưu vào tệp chiến dịch" }).ClickAsync();

        await page.GetByText("Đã lưu, bản 2.").WaitForAsync();
        await page.GetByText("1 dòng = 1 nhận tin + 0 loại trừ").WaitForAsync();
        Assert.Contains("      phone: Liên lạc\n", await ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_excluded_rows_are_an_attachment_with_numbers_masked()
    {
        await StartAsync();
        using var see = await _case.SignInAsync("x", "xem");
        Assert.Equal(HttpStatusCode.NotFound, (await see.GetAsync($"{Page}/loai-tru.csv", Stop)).StatusCode);
        await see.GetStringAsync(Page, Stop);

        using var answer = await see.GetAsync($"{Page}/loai-tru.csv", Stop);

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var rows = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Contains("1,subscribers.csv,4,toan-tinh,", rows, StringComparison.Ordinal);
        Assert.Contains("84961***567", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("961234567", rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_brings_a_list_without_the_right_without_the_token_or_for_another_campaign()
    {
        await StartAsync();
        using var see = await _case.SignInAsync("xem", "xem");
        using var other = await _case.SignInAsync("khac", "soan-thao@khac");
        using var draft = await _case.SignInAsync("soan", "soan-thao");
        using var nobody = _case.Browse();
        var bytes = Encoding.UTF8.GetBytes(Subscribers + "D,0961234569,Ea Bung\n");

        Assert.Equal(HttpStatusCode.NotFound, (await PostFileAsync(see, "a.csv", bytes)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostFileAsync(other, "a.csv", bytes, "/")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostFileAsync(draft, "a.csv", bytes, null)).StatusCode);
        Assert.Contains(
            (await PostFileAsync(nobody, "a.csv", bytes, null)).StatusCode,
            new[] { HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.Redirect });
        foreach (var path in new[] { Page, $"{Page}/loai-tru.csv", "/chien-dich/..%2f..%2fetc/danh-sach" })
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path, Stop)).StatusCode);
        foreach (var (form, field, value) in new[] { ("cot-nhom-1", "Column.phone", "0"), ("reading", "Turn", "dung") })
        {
            var refused = await ConsoleCase.PostAsync(
                see, Page, "/dang-xuat", new() { ["_handler"] = form, [field] = value }, to: Page);
            Assert.Contains(refused.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.NotFound });
        }

        Assert.Equal(CampaignFolder.Valid, await ReadAsync());
        Assert.Equal(3, Directory.GetFiles(Folder).Length);
        Assert.DoesNotContain("Đưa lên", await see.GetStringAsync(Page, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_path_nor_ending_nor_type_of_what_is_brought_means_anything()
    {
        await StartAsync();
        using var draft = await _case.SignInAsync("soan", "soan-thao");

        var program = await AnswerToAsync(
            draft, $"../../{Attack} 0912345678.csv", [(byte)'M', (byte)'Z', 0x90, 0, 3, 0, 0xFF, 0xFF, 0, 0]);
        Assert.Contains("CHƯA nhận: tệp này không dùng làm danh sách được.", program, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", program, StringComparison.Ordinal);
        Assert.DoesNotContain("0912345678", program, StringComparison.Ordinal);
        Assert.DoesNotContain(_case.Data.Root, program, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(Folder).Length);

        var list = await AnswerToAsync(
            draft, "../../campaign.yaml", Encoding.UTF8.GetBytes(Subscribers + "D,0961234569,Ea Bung\n"), "image/png");
        Assert.Contains("Đã nhận, lưu vào thư mục chiến dịch", list, StringComparison.Ordinal);
        Assert.Matches("file: [0-9a-f]{16}\\.csv", await ReadAsync());
        Assert.Empty(Directory.GetFiles(Uploads, "*.yaml", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_says_that_it_is_too_large_is_refused_before_any_of_it_is_kept()
    {
        await StartAsync();
        var (draft, cookies) = await SignInWithCookiesAsync();
        using var raw = new TcpClient();
        await SendBeginningAsync(raw, draft, cookies, length: 10_000_000_000);

        using var reader = new StreamReader(raw.GetStream());
        Assert.Contains(" 303 ", await reader.ReadLineAsync(Stop), StringComparison.Ordinal);
        var location = "";
        while (await reader.ReadLineAsync(Stop) is { Length: > 0 } header)
        {
            if (header.StartsWith("Location: ", StringComparison.OrdinalIgnoreCase))
                location = header["Location: ".Length..];
        }

        Assert.Contains("Tệp lớn hơn 500 MB", await draft.GetStringAsync(location, Stop), StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(Folder).Length);
        draft.Dispose();
    }

    [Fact]
    public async Task Of_what_breaks_off_on_its_way_nothing_stays()
    {
        await StartAsync();
        var (draft, cookies) = await SignInWithCookiesAsync();
        using (var raw = new TcpClient())
        {
            await SendBeginningAsync(raw, draft, cookies, length: 100_000);
            await UntilAsync(() => Uploaded().Any(name => name.EndsWith("lon.csv", StringComparison.Ordinal)));
        }

        await UntilAsync(() => !Uploaded().Any(name => name.EndsWith("lon.csv", StringComparison.Ordinal)));
        Assert.Equal(3, Directory.GetFiles(Folder).Length);
        Assert.Equal(CampaignFolder.Valid, await ReadAsync());
        draft.Dispose();
    }

    [Fact]
    public async Task What_a_killed_process_left_of_an_upload_goes_a_day_later()
    {
        foreach (var name in new[] { "cu", "moi" })
        {
            Directory.CreateDirectory(Path.Combine(Uploads, name));
            await System.IO.File.WriteAllTextAsync(Path.Combine(Uploads, name, "danh-sach.csv"), Subscribers, Stop);
        }

        Directory.SetLastWriteTimeUtc(
            Path.Combine(Uploads, "cu"), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-25));

        await StartAsync();

        Assert.Equal(["moi"], Directory.GetDirectories(Uploads).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Readings_are_one_a_campaign_begin_anew_when_a_list_changes_and_stop()
    {
        await StartAsync();
        var (desk, readings) = (
            new ListDesk(new CampaignFolders(_case.Campaigns), _case.Installation, _case.Data, TimeProvider.System),
            Readings);
        var first = readings.Read(Campaign, desk.Find(Campaign)!);
        Assert.Same(first, readings.Read(Campaign, desk.Find(Campaign)!));
        await first.Over.WaitAsync(Stop);
        Assert.Equal(ListReadingState.Done, first.View.State);
        Assert.NotNull(readings.FindExcluded(Campaign, first.Lists.Stamp));

        await System.IO.File.AppendAllTextAsync(
            Path.Combine(Folder, "subscribers.csv"), "D,0961234569,Ea Bung\n", Stop);
        var second = readings.Read(Campaign, desk.Find(Campaign)!);
        readings.Stop(Campaign, first.Id); // of a page that has grown old
        await second.Over.WaitAsync(Stop);

        Assert.Equal(3, second.View.Count!.Audience!.RecipientTotal);
        Assert.Null(readings.FindExcluded(Campaign, first.Lists.Stamp));
        Assert.False(Directory.Exists(first.Folder));
        var third = readings.Read(Campaign, desk.Find(Campaign)!, anew: true);
        Assert.NotSame(second, third);
        await third.Over.WaitAsync(Stop);
    }

    [Fact]
    public async Task A_reading_that_was_stopped_says_so_until_somebody_begins_it_again()
    {
        await StartAsync();
        using var see = await _case.SignInAsync("xem", "xem"); // who may only look may have them read again
        await see.GetStringAsync(Page, Stop);
        Readings.Find(Campaign)!.Become(view => view with { State = ListReadingState.Stopped, Count = null });
        var stopped = WebUtility.HtmlDecode(await see.GetStringAsync(Page, Stop));
        Assert.Contains("Đã dừng theo yêu cầu", stopped, StringComparison.Ordinal);
        Assert.DoesNotContain("nhận tin +", stopped, StringComparison.Ordinal);

        var again = await ConsoleCase.PostAsync(see, Page, "reading", new() { ["Turn"] = "doc-lai" });

        var read = WebUtility.HtmlDecode(await again.Content.ReadAsStringAsync(Stop));
        Assert.Contains("3 dòng = 2 nhận tin + 1 loại trừ", read, StringComparison.Ordinal);
        Assert.Contains("Đếm lúc ", read, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task Names_in_lists_are_shown_as_text_and_the_page_is_read_by_everyone(int width, bool dark)
    {
        const string named = "&lt;img src=x onerror=window.hit=1&gt;";
        await StartAsync(CampaignFolder.Valid
            .Replace("file: subscribers.csv", "file: tinh.xlsx", StringComparison.Ordinal)
            .Replace("    filter: { Xã/Phường: [Ea Bung, Buôn Đôn] }\n", "", StringComparison.Ordinal)
            .Replace("name: toan-tinh", $"name: \"{Attack}\"", StringComparison.Ordinal));
        new WorkbookFile()
            .Sheet("&lt;img src=x onerror=1&gt;", WorkbookFile.Rows(
                ["SĐT", "Xã", named], ["0961234567", named, "x"], ["0961234568", "Ea Bung", named], ["x", "", ""]))
            .Sheet("Ghi chú", WorkbookFile.Rows([named, "b"], ["1", "2"]))
            .Write(Path.Combine(Folder, "tinh.xlsx"));
        await using var context = await browser.OpenAsync(_case.Address, width, dark: dark);
        var page = await _case.SignInAsync(context, "b", "soan-thao");

        await page.GotoAsync(Page);
        await page.GetByText("3 dòng = 2 nhận tin + 1 loại trừ").WaitForAsync();
        await Browser.LiveAsync(page);
        foreach (var summary in await page.Locator("summary").AllAsync())
            await summary.ClickAsync();

        Assert.False(await page.EvaluateAsync<bool>("'hit' in window"));
        await page.GetByRole(AriaRole.Rowheader, new() { Name = Attack }).First.WaitForAsync();
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));
        await Look.AtAsync(page, $"danh-sach-{width}");
    }

    async Task StartAsync(string text = CampaignFolder.Valid, string subscribers = Subscribers)
    {
        Browser.Needed();
        _case.Folder.Write($"campaigns/{Campaign}/campaign.yaml", text);
        _case.Folder.Write($"campaigns/{Campaign}/subscribers.csv", subscribers);
        _case.Folder.Write($"campaigns/{Campaign}/tu-choi.csv", "Số điện thoại\n");
        await _case.StartAsync();
        Readings.Patience = TimeSpan.FromMinutes(2); // however slow the machine is
    }

    /// <summary>The page with a list chosen, ready to be sent.</summary>
    async Task<IPage> OpenToBringAsync(IBrowserContext context)
    {
        var page = await _case.SignInAsync(context, "b", "soan-thao");
        await page.GotoAsync(Page);
        await page.GetByText("Hoặc kéo tệp thả vào đây.").WaitForAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Nhóm nhận tin toan-tinh" }).CheckAsync();
        await page.GetByLabel("Tệp danh sách").SetInputFilesAsync(FileOf("moi.csv", Subscribers));
        return page;
    }

    static async Task UntilAsync(Func<bool> isSo)
    {
        for (var clock = Stopwatch.StartNew(); !isSo();)
        {
            Assert.True(clock.Elapsed < Patience.ForAnything);
            await Task.Yield();
        }
    }

    string[] Uploaded() => Directory.Exists(Uploads)
        ? Directory.GetFiles(Uploads, "*", new EnumerationOptions { RecurseSubdirectories = true })
        : [];

    async Task<(HttpClient Client, CookieContainer Cookies)> SignInWithCookiesAsync()
    {
        var key = await _case.AddPersonAsync("soan", "soan-thao");
        var cookies = new CookieContainer();
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies })
        {
            BaseAddress = _case.Address,
        };
        await ConsoleCase.PostAsync(client, "/dang-nhap", "sign-in", new()
        {
            ["Given.Name"] = "soan",
            ["Given.Password"] = ConsoleCase.Password,
            ["Given.Code"] = ConsoleCase.CodeOf(key),
        });
        return (client, cookies);
    }

    /// <summary>Posts a list whose end never comes.</summary>
    /// <param name="length">Bytes that are to come, as is said.</param>
    async Task SendBeginningAsync(TcpClient raw, HttpClient client, CookieContainer cookies, long length)
    {
        using var form = FormWith(
            await client.GetStringAsync(Page, Stop), "lon.csv", Encoding.UTF8.GetBytes(Subscribers), "text/csv");
        var body = (await form.ReadAsStringAsync(Stop)).Split("C,0961234567")[0];
        await raw.ConnectAsync(_case.Address.Host, _case.Address.Port, Stop);
        await raw.GetStream().WriteAsync(
            Encoding.UTF8.GetBytes(
                $"POST {Page}/tai-len HTTP/1.1\r\nHost: {_case.Address.Authority}\r\n"
                + $"Cookie: {cookies.GetCookieHeader(_case.Address)}\r\n"
                + $"Content-Type: {form.Headers.ContentType}\r\nContent-Length: {length}\r\n\r\n{body}"),
            Stop);
    }

    static FilePayload FileOf(string name, string text) =>
        new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };

    /// <summary>As somebody does who drags files from a folder.</summary>
    static async Task DropAsync(IPage page, string[] names, string text)
    {
        var files = await page.EvaluateHandleAsync(
            """
            ([names, text]) => {
              const files = new DataTransfer();
              for (const name of names) files.items.add(new File([text], name, { type: "text/csv" }));
              return files;
            }
            """,
            new object[] { names, text });
        await page.DispatchEventAsync("form[data-upload] .drop", "dragenter", new { dataTransfer = files });
        await page.DispatchEventAsync("form[data-upload] .drop", "drop", new { dataTransfer = files });
    }

    /// <param name="tokenOf">The page whose token goes with it; null: none does.</param>
    static async Task<HttpResponseMessage> PostFileAsync(
        HttpClient client, string name, byte[] content, string? tokenOf = Page, string type = "text/csv")
    {
        var page = tokenOf is null ? "" : await client.GetStringAsync(tokenOf, Stop);
        return await client.PostAsync($"{Page}/tai-len", FormWith(page, name, content, type), Stop);
    }

    static async Task<string> AnswerToAsync(HttpClient client, string name, byte[] content, string type = "text/csv")
    {
        var answer = await PostFileAsync(client, name, content, type: type);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return await client.GetStringAsync(answer.Headers.Location, Stop);
    }

    static MultipartFormDataContent FormWith(string page, string name, byte[] content, string type)
    {
        var form = new MultipartFormDataContent();
        Add("__RequestVerificationToken\" value=\"", "__RequestVerificationToken");
        Add("name=\"seen\" value=\"", "seen");
        form.Add(new StringContent("nhom-1"), "use");
        form.Add(new ByteArrayContent(content) { Headers = { ContentType = new(type) } }, "file", name);
        return form;

        void Add(string before, string field)
        {
            if (page.Split(before) is [_, var behind, ..])
                form.Add(new StringContent(behind.Split('"')[0]), field);
        }
    }

    Task<string> ReadAsync() => System.IO.File.ReadAllTextAsync(Path.Combine(Folder, "campaign.yaml"), Stop);
}
