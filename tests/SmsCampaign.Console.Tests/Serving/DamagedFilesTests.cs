using System.Net;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;
using SmsCampaign.WebConsole.People;

namespace SmsCampaign.Tests.WebConsole.Serving;

/// <summary>What the pages say where a file of the data folder cannot be read: which, and no more than is
/// known.</summary>
public sealed class DamagedFilesTests : IAsyncDisposable
{
    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Theory]
    [InlineData("/chien-dich/some/2025-07-30")]
    [InlineData("/chien-dich/some/2025-07-30/thu-hoi")]
    [InlineData("/chien-dich/some/2025-07-30/trinh-duyet")]
    [InlineData("/chien-dich/some/2025-07-30/bao-cao")]
    [InlineData("/chien-dich/some/2025-07-30/du-kien")]
    [InlineData("/chien-dich/some/2025-07-30/huy")]
    [InlineData("/chien-dich/some")]
    [InlineData("/cai-dat")]
    [InlineData("/")]
    public async Task With_a_damaged_ledger_a_page_says_so_and_whether_somebody_sends(string path)
    {
        await _case.StartAsync();
        _case.AddRun();
        using var browser = await _case.SignInAsync("an", "van-hanh", "phe-duyet");
        await File.WriteAllTextAsync(_case.Data.Ledger, "hỏng");

        var answer = await browser.GetAsync(path);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(path == "/" ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains($"Tệp {_case.Data.Ledger} bị hỏng", page, StringComparison.Ordinal);
        Assert.Contains("Dịch vụ gửi KHÔNG chạy", page, StringComparison.Ordinal);
        Assert.DoesNotContain("vẫn tiếp tục", page, StringComparison.Ordinal);
        Assert.DoesNotContain("lỗi của chương trình", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_pressed_while_the_ledger_is_damaged_is_not_said_to_be_done()
    {
        await _case.StartAsync();
        var key = _case.AddRun();
        using var browser = await _case.SignInAsync("an", "van-hanh");
        var page = await browser.GetStringAsync($"/chien-dich/{key.Campaign}/{key.DateText}");
        var token = page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
        await File.WriteAllTextAsync(_case.Data.Ledger, "hỏng");

        var answer = await browser.PostAsync(
            $"/chien-dich/{key.Campaign}/{key.DateText}",
            new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["_handler"] = "pause",
                ["__RequestVerificationToken"] = WebUtility.HtmlDecode(token),
            }));
        var said = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("chưa biết việc đó đã được ghi hay chưa", said, StringComparison.Ordinal);
        Assert.Contains("gọi kỹ sư phụ trách dừng trên máy chủ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/chien-dich/some/2025-07-30")]
    public async Task Where_it_cannot_be_read_who_is_signed_in_that_is_said_on_a_page_of_words(string path)
    {
        await _case.StartAsync();
        _case.AddRun();
        using var browser = await _case.SignInAsync("an", "van-hanh");
        DamagePeople();

        var answer = await browser.GetAsync(path);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Không đọc hoặc ghi được tệp console.db", page, StringComparison.Ordinal);
        Assert.Contains("lệnh 'pause' trên máy chủ", page, StringComparison.Ordinal);
        Assert.DoesNotContain(_case.Data.Root, page, StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy", answer.Headers.Select(header => header.Key));
        Assert.Contains(_case.Log.Lines, line => line.Text.Contains(_case.Data.People, StringComparison.Ordinal));
        Assert.DoesNotContain(_case.Log.Lines, line => line.Text.Contains("scheduler.db", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stranger_who_would_sign_in_is_told_of_the_file_and_of_no_path()
    {
        await _case.StartAsync();
        var key = await _case.AddPersonAsync("an", "xem");
        using var stranger = _case.Browse();
        DamagePeople();

        var answer = await ConsoleCase.PostAsync(stranger, "/dang-nhap", "sign-in", new()
        {
            ["Given.Name"] = "an",
            ["Given.Password"] = ConsoleCase.Password,
            ["Given.Code"] = ConsoleCase.CodeOf(key),
        });
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Không đọc hoặc ghi được tệp console.db", page, StringComparison.Ordinal);
        Assert.DoesNotContain(_case.Data.Root, page, StringComparison.Ordinal);
        Assert.DoesNotContain("Dịch vụ gửi KHÔNG chạy", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_ledger_is_damaged_is_not_said_to_be_sent_on_its_page()
    {
        await _case.StartAsync();
        var key = _case.AddRun();
        using var browser = await _case.SignInAsync("an", "van-hanh");
        await DamageRunAsync();

        var page = WebUtility.HtmlDecode(
            await browser.GetStringAsync($"/chien-dich/{key.Campaign}/{key.DateText}"));

        Assert.Contains("KHÔNG xem được, không biết lượt này đang ở đâu", page, StringComparison.Ordinal);
        Assert.DoesNotContain("đang gửi hoặc chờ biên nhận", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_of_a_run_whose_ledger_is_damaged_is_not_called_off_and_no_verb_is_named()
    {
        await _case.StartAsync();
        var key = _case.AddRun();
        using var browser = await _case.SignInAsync("an", "van-hanh");
        await DamageRunAsync();

        var answer = await ConsoleCase.PostAsync(
            browser, $"/chien-dich/{key.Campaign}/{key.DateText}/huy", "end", []);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Contains("CHƯA hủy", page, StringComparison.Ordinal);
        Assert.DoesNotContain("'status'", page, StringComparison.Ordinal);
        Assert.DoesNotContain(_case.Registry.Orders.Read(), order => order.Kind == OrderKind.Cancel);
    }

    /// <summary>As where the pages begin and somebody is added at once.</summary>
    [Fact]
    public async Task Whoever_makes_the_list_of_persons_at_once_makes_one()
    {
        using var folder = new TempFolder();
        for (var round = 0; round < 5; round++)
        {
            var data = new SmsCampaign.Storage.DataFolder(folder.File($"{round}"));
            using var begin = new Barrier(8);
            var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    begin.SignalAndWait();
                    return PeopleAccess.OpenAsync(data, TimeProvider.System);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));
            foreach (var people in all)
            {
                Assert.Empty(await people.Desk.ReadAsync());
                await people.DisposeAsync();
            }
        }
    }

    Task DamageRunAsync() => File.WriteAllTextAsync(
        Path.Combine(_case.Data.Root, "runs", "some.db"), string.Concat(Enumerable.Repeat("hỏng ", 1_000)));

    /// <summary>All but its first page.</summary>
    void DamagePeople()
    {
        var bytes = File.ReadAllBytes(_case.Data.People);
        for (var at = 4096; at < bytes.Length; at++)
            bytes[at] = 0xA5;
        File.WriteAllBytes(_case.Data.People, bytes);
    }
}
