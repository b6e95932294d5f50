using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmsCampaign.Reports;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Orders;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>The report of a run: written, shown, verified, passed on and handed in.</summary>
[Trait("Category", "Slow")]
public sealed partial class ReportPageTests : IAsyncDisposable
{
    const string Attack = "<img src=x onerror=alert(1)>";

    const string Path = "/chien-dich/thu-nghiem/2025-07-30/bao-cao";

    readonly Browser _browser;
    readonly HeldFolder _held = new();
    readonly ConsoleCase _case;

    public ReportPageTests(Browser browser)
    {
        _browser = browser;
        _held.Approve();
        _held.PassTheDay();
        _held.Finish();
        _case = new ConsoleCase { Data = _held.Data, Installation = _held.Files.Installation, Time = _held.Time };
    }

    public async ValueTask DisposeAsync()
    {
        await _case.DisposeAsync();
        _held.Dispose();
    }

    [GeneratedRegex("/chien-dich/[^\"]+/so-day-du/tep\\?lay=[0-9a-f]{32}")]
    private static partial Regex CopyLink();

    [Fact]
    public async Task It_is_written_verified_and_recorded_as_handed_in_without_script()
    {
        Browser.Needed();
        await _case.StartAsync();
        await using var context = await _browser.OpenAsync(_case.Address, script: false);
        var page = await _case.SignInAsync(context, "an", "soan-thao");

        await page.GotoAsync(Path);
        await page.GetByText("Chưa lập báo cáo nào").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lập báo cáo" }).ClickAsync();
        await page.GetByText("ĐÃ LẬP báo cáo").WaitForAsync();
        await page.GetByText("5 dòng danh sách = 2 loại trừ + 3 chờ gửi.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Kiểm chứng báo cáo" }).ClickAsync();
        await page.GetByText("tệp khớp kiem-tra.txt và sổ gửi tin.").WaitForAsync();

        await page.GetByLabel("Số văn bản").FillAsync("456/BC-SKHCN");
        await page.GetByLabel("Ngày văn bản").FillAsync("1/1/2999");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi nhận đã nộp" }).ClickAsync();
        await page.GetByText("Ngày 01/01/2999 chưa tới").WaitForAsync();
        Assert.Equal("456/BC-SKHCN", await page.GetByLabel("Số văn bản").InputValueAsync());
        await page.GetByLabel("Ngày văn bản").FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi nhận đã nộp" }).ClickAsync();
        await page.GetByText("ĐÃ GHI NHẬN").WaitForAsync();

        Assert.Equal("456/BC-SKHCN", Assert.Single(_case.Registry.Reports.Read(HeldFolder.Key)).Document);
    }

    [Fact]
    public async Task While_the_server_does_something_heavy_it_is_not_verified_and_that_is_said()
    {
        await _case.StartAsync();
        using var an = await _case.SignInAsync("an", "soan-thao");
        await ConsoleCase.PostAsync(an, Path, "write", []);

        await using (new HeldTurn(_case))
        {
            var busy = await Read(ConsoleCase.PostAsync(an, Path, "verify", []));
            Assert.Contains(HeldTurn.Said, busy, StringComparison.Ordinal);
            Assert.DoesNotContain("tệp khớp kiem-tra.txt", busy, StringComparison.Ordinal);
        }

        Assert.Contains(
            "tệp khớp kiem-tra.txt",
            await Read(ConsoleCase.PostAsync(an, Path, "verify", [])),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_files_are_attachments_by_their_names_and_no_others()
    {
        await _case.StartAsync();
        using var an = await _case.SignInAsync("an", "soan-thao");
        await ConsoleCase.PostAsync(an, Path, "write", []);

        var word = await an.GetAsync($"{Path}/tep/bao-cao.docx");

        Assert.Equal(HttpStatusCode.OK, word.StatusCode);
        Assert.Equal("attachment", word.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal($"{HeldFolder.Key.FileName}-bao-cao.docx", word.Content.Headers.ContentDisposition.FileName);
        foreach (var name in new[] { "kiem-tra.txt", "chi-tiet.csv", "bao-cao.xlsx", "bao-cao.html" })
            Assert.Equal(HttpStatusCode.OK, (await an.GetAsync($"{Path}/tep/{name}")).StatusCode);
        Assert.DoesNotContain(
            "84981234561", await an.GetStringAsync($"{Path}/tep/chi-tiet.csv"), StringComparison.Ordinal);
        foreach (var name in new[] { "..%2F..%2Fledger.db", "ledger.db", "khac.csv", "bao-cao.docx%2F..%2Fx", "CON" })
            Assert.Equal(HttpStatusCode.NotFound, (await an.GetAsync($"{Path}/tep/{name}")).StatusCode);
    }

    [Fact]
    public async Task Who_may_only_look_writes_nothing_and_who_may_not_sees_nothing()
    {
        await _case.StartAsync();
        using var draft = await _case.SignInAsync("soan", "soan-thao");
        using var see = await _case.SignInAsync("xem", "xem");
        using var other = await _case.SignInAsync("khac", "soan-thao@khac");

        // What another's page holds is not what this person may do.
        var page = await see.GetStringAsync(Path);
        var refused = await PostAsOtherAsync(see, Path, "write");

        Assert.DoesNotContain("Lập báo cáo</button>", page, StringComparison.Ordinal);
        Assert.Contains(refused.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.NotFound });
        Assert.Null(new SmsCampaign.Office.ReportDesk(_case.Data, _case.Time).Read(HeldFolder.Key));
        await ConsoleCase.PostAsync(draft, Path, "write", []);
        Assert.Equal(HttpStatusCode.OK, (await see.GetAsync($"{Path}/tep/tong-hop.csv")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(Path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{Path}/tep/tong-hop.csv")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await draft.GetAsync($"{Path}/so-day-du")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await draft.GetAsync($"{Path}/so-day-du/tep")).StatusCode);
    }

    [Fact]
    public async Task Numbers_in_full_are_for_an_administrator_with_a_reason_and_in_a_zip_with_a_password()
    {
        await _case.StartAsync();
        using var admin = await _case.SignInAsync("quan", "quan-tri", "xem");
        var path = $"{Path}/so-day-du";

        var poor = await Read(ConsoleCase.PostAsync(admin, path, "unmasked", new()
        {
            ["Given.Reason"] = " ",
            ["Given.ZipPassword"] = "ngắn",
            ["Given.Again"] = "khác",
        }));
        Assert.Contains("Hãy ghi lý do", poor, StringComparison.Ordinal);
        Assert.Contains("Mật khẩu ngắn hơn 12 ký tự", poor, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"{path}/tep")).StatusCode);

        var fields = new Dictionary<string, string>
        {
            ["Given.Reason"] = "Công an yêu cầu, công văn 12/CA",
            ["Given.ZipPassword"] = "một câu đủ dài 2025",
            ["Given.Again"] = "một câu đủ dài 2025",
        };
        var nobody = await Read(ConsoleCase.PostAsync(admin, path, "unmasked", fields));
        Assert.Contains("lần bấm này KHÔNG xuất số nào", nobody, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"{path}/tep")).StatusCode);
        Assert.Null(_case.Registry.FindLastEvent(["report-unmasked"], ""));

        foreach (var (name, value) in _case.ConfirmedBy("quan"))
            fields[name] = value;
        await using (new HeldTurn(_case))
            Assert.Contains(
                HeldTurn.Said,
                await Read(ConsoleCase.PostAsync(admin, path, "unmasked", fields)),
                StringComparison.Ordinal);
        var done = await Read(ConsoleCase.PostAsync(admin, path, "unmasked", fields)); // the same code: not used up
        var link = CopyLink().Match(done).Value;
        var zip = await admin.GetAsync(link);
        var again = await Read(ConsoleCase.PostAsync(admin, path, "unmasked", fields)); // pressed twice
        Assert.Contains("lần bấm này KHÔNG xuất số nào", again, StringComparison.Ordinal);
        Assert.Contains("Tệp ZIP do tài khoản này xuất lúc", again, StringComparison.Ordinal);
        Assert.Contains(link, again, StringComparison.Ordinal);
        Assert.Contains(link, await admin.GetStringAsync(path), StringComparison.Ordinal);

        Assert.Contains("SỐ ĐẦY ĐỦ", done, StringComparison.Ordinal);
        Assert.Equal($"SO-DAY-DU-{HeldFolder.Key.FileName}.zip", zip.Content.Headers.ContentDisposition!.FileName);
        using var archive = new ZipArchive(await zip.Content.ReadAsStreamAsync());
        Assert.NotEmpty(archive.Entries);
        Assert.NotNull(_case.Registry.FindLastEvent(
            ["report-unmasked"], $"{HeldFolder.Key}: Công an yêu cầu, công văn 12/CA"));
        Assert.NotNull(_case.Registry.FindLastEvent(["report-unmasked-taken"], $"{HeldFolder.Key}"));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"{path}/tep")).StatusCode);

        // Another administrator's export is another file under another password: each has their own, or none.
        using var second = await _case.SignInAsync("hai", "quan-tri", "xem");
        Assert.Equal(HttpStatusCode.NotFound, (await second.GetAsync(link)).StatusCode);
        foreach (var (name, value) in _case.ConfirmedBy("hai"))
            fields[name] = value;
        var theirs = CopyLink().Match(await Read(ConsoleCase.PostAsync(second, path, "unmasked", fields))).Value;
        Assert.NotEqual(link, theirs);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(link)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(theirs)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync(theirs)).StatusCode);
        Assert.DoesNotContain(
            "84981234561", await admin.GetStringAsync($"{Path}/tep/chi-tiet.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_press_of_a_button_sends_nothing_while_the_first_goes_on()
    {
        Browser.Needed();
        await _case.StartAsync();
        await using var context = await _browser.OpenAsync(_case.Address);
        var page = await _case.SignInAsync(context, "an", "soan-thao");
        await page.GotoAsync(Path);
        var posts = 0;
        page.Request += (_, request) => posts += request.Method == "POST" ? 1 : 0;

        await page.GetByRole(AriaRole.Button, new() { Name = "Lập báo cáo" }).DblClickAsync();
        await page.GetByText("ĐÃ LẬP báo cáo").WaitForAsync();
        Assert.Equal(1, posts);

        // On the page that came of it, and on one that is come back to, buttons work at once.
        await page.GetByRole(AriaRole.Button, new() { Name = "Kiểm chứng báo cáo" }).ClickAsync();
        await page.GetByText("tệp khớp kiem-tra.txt và sổ gửi tin.").WaitForAsync();
        Assert.Equal(2, posts);
    }

    /// <summary>Figures that were final are no more once something was settled or is sent again.</summary>
    [Theory]
    [InlineData("settled")]
    [InlineData("decided")]
    [InlineData("sent again")]
    public async Task Final_figures_are_old_once_something_of_the_run_is_settled_decided_or_sent_again(string what)
    {
        await _case.StartAsync();
        using var draft = await _case.SignInAsync("soan", "soan-thao");
        await ConsoleCase.PostAsync(draft, Path, "write", []);
        Edit(RunReport.FolderOf(_case.Data, HeldFolder.Key), "tong-hop.csv", "tạm thời", "đã chốt");
        var (registry, now) = (_case.Registry, _held.Time.GetUtcNow());
        registry.Record( // as a worker does once its report lies there
            new Decision(HeldFolder.Key, now, now, DecisionKind.Finished, new Wording("x", "x")), RunState.Finished);
        var before = await draft.GetStringAsync(Path);

        var other = HeldFolder.Key with { Date = HeldFolder.Key.Date.AddYears(1) };
        registry.Witness(other, Settled(), now);
        Assert.Contains("Số liệu đã chốt", await draft.GetStringAsync(Path), StringComparison.Ordinal);
        if (what == "settled")
            registry.Witness(HeldFolder.Key, Settled(), now);
        else if (what == "decided")
            registry.Record(
                new Decision(HeldFolder.Key, now, now, DecisionKind.Released, new Wording("x", "x")),
                RunState.Finished);
        else
            registry.SetState(HeldFolder.Key, RunState.Sending, now);
        var after = await draft.GetStringAsync(Path);

        Assert.Contains("Số liệu đã chốt", before, StringComparison.Ordinal);
        Assert.DoesNotContain("KHÔNG nộp số liệu này", before, StringComparison.Ordinal);
        Assert.DoesNotContain("Số liệu đã chốt", after, StringComparison.Ordinal);
        Assert.Contains("KHÔNG nộp số liệu này", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_file_of_the_report_says_is_shown_as_text_and_an_imbalance_is_told()
    {
        Browser.Needed();
        await _case.StartAsync();
        using (var draft = await _case.SignInAsync("soan", "soan-thao"))
            await ConsoleCase.PostAsync(draft, Path, "write", []);
        var folder = RunReport.FolderOf(_case.Data, HeldFolder.Key);
        Edit(folder, "theo-dia-ban.csv", "(không ghi)", Attack);
        Edit(folder, "tong-hop.csv", "Chờ gửi,3", "Chờ gửi,0");
        Edit(folder, "bao-cao.html", "</svg>", "<script>alert(1)</script></svg>");
        await using var context = await _browser.OpenAsync(_case.Address);
        var page = await _case.SignInAsync(context, "an", "xem");
        page.Dialog += (_, dialog) => Assert.Fail(dialog.Message);

        await page.GotoAsync(Path);

        await page.GetByText("Cân đối SAI, lệch 3.").WaitForAsync();
        Assert.NotEqual(0, await page.GetByText(Attack).CountAsync());
        Assert.Equal(0, await page.Locator("figure img").CountAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Kiểm chứng báo cáo" }).ClickAsync();
        await page.GetByText("CÓ KHÁC BIỆT").WaitForAsync();
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task It_is_read_by_everyone_and_its_charts_are_images(int width, bool dark)
    {
        Browser.Needed();
        await _case.StartAsync();
        await using var context = await _browser.OpenAsync(_case.Address, width, dark: dark);
        var page = await _case.SignInAsync(context, "an", "soan-thao", "quan-tri");
        await page.GotoAsync(Path);
        Assert.Empty(await Browser.FindBarriersAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Lập báo cáo" }).ClickAsync();
        await page.GetByText("ĐÃ LẬP báo cáo").WaitForAsync();

        var chart = page.Locator("figure img").First;
        await chart.WaitForAsync();
        Assert.True(await chart.EvaluateAsync<bool>("image => image.decode().then(() => image.naturalWidth > 0)"));
        await page.GetByText("Xem bảng số liệu").First.ClickAsync();
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        await Look.AtAsync(page, $"bao-cao-{width}");
        await page.GotoAsync($"{Path}/so-day-du");
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page));
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    static PersonsResolution Settled() => PersonsResolution.Of(
        1, SmsCampaign.Messages.MessageStatus.Failed, "Trần Thị B", "đối soát", [7L], "binh");

    static async Task<string> Read(Task<HttpResponseMessage> answer) =>
        await (await answer).Content.ReadAsStringAsync();

    static void Edit(string folder, string file, string before, string after)
    {
        var path = System.IO.Path.Combine(folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(before, after, StringComparison.Ordinal));
    }

    /// <summary>A form that the page does not show, made by hand with what another form of it hides.</summary>
    static async Task<HttpResponseMessage> PostAsOtherAsync(HttpClient client, string path, string handler) =>
        await ConsoleCase.PostAsync(client, path, "/dang-xuat", new() { ["_handler"] = handler }, to: path);
}
