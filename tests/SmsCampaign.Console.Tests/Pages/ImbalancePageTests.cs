using SmsCampaign.Carriers;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Orders;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>A run whose ledger does not balance, as an attempt says that it handed over what no row tells of: on every
/// page that would let it go on, end it or report on it.</summary>
[Trait("Category", "Slow")]
public sealed class ImbalancePageTests : IAsyncDisposable
{
    const string Found = "ghi là chưa gửi dù đã chuyển: 1";

    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Fact]
    public async Task It_is_not_let_go_on_and_the_page_has_no_form_that_would()
    {
        var (an, path) = await OpenAsync();
        await PlannedCase.ForgeAsync(an, path, "pause", []);

        var page = await an.GetStringAsync(path + "/gui-tiep");
        var pressed = await PostAsync(an, path + "/gui-tiep", "resume", new()
        {
            ["Given.Waiting"] = "10",
            ["Given.Count"] = "10",
            ["Given.Reason"] = "gửi nốt",
        });

        Assert.Contains("Không cho gửi tiếp được", page, StringComparison.Ordinal);
        Assert.Contains(Found, page, StringComparison.Ordinal);
        Assert.DoesNotContain("tin sẽ được gửi tiếp", page, StringComparison.Ordinal);
        Assert.Contains("CHƯA cho gửi tiếp", pressed, StringComparison.Ordinal);
        Assert.Contains(Found, pressed, StringComparison.Ordinal);
        Assert.Equal(OrderKind.Pause, Assert.Single(Orders).Kind);
    }

    [Theory]
    [InlineData("/ket-thuc", "CHƯA kết thúc")]
    [InlineData("/huy", "CHƯA hủy")]
    public async Task It_is_paused_and_not_ended_and_no_number_of_those_left_is_said(string end, string said)
    {
        var (an, path) = await OpenAsync();

        var page = await an.GetStringAsync(path + end);
        var pressed = await PostAsync(an, path + end, "end", new()
        {
            ["Given.Count"] = "10",
            ["Given.Reason"] = "đủ rồi",
        });

        Assert.Contains("không hủy, không kết thúc sớm", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Tạm dừng và đếm", page, StringComparison.Ordinal);
        Assert.Contains("ĐÃ TẠM DỪNG", pressed, StringComparison.Ordinal);
        Assert.Contains(said, pressed, StringComparison.Ordinal);
        Assert.Contains(Found, pressed, StringComparison.Ordinal);
        Assert.DoesNotContain("thuê bao sẽ KHÔNG nhận tin", pressed, StringComparison.Ordinal);
        Assert.Equal(OrderKind.Pause, Assert.Single(Orders).Kind);
    }

    [Fact]
    public async Task The_dossier_says_it_and_offers_neither_to_submit_nor_to_approve()
    {
        var (an, path) = await OpenAsync();

        var page = await an.GetStringAsync(path + "/trinh-duyet");

        Assert.Contains("KHÔNG cân đối: không trình, không phê duyệt", page, StringComparison.Ordinal);
        Assert.Contains(Found, page, StringComparison.Ordinal);
        Assert.DoesNotContain("Đã gửi một phần", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"submit-h\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_report_is_never_shown_as_one_that_balances_be_it_of_before()
    {
        const string Path = "/chien-dich/thu-nghiem/2025-07-30/bao-cao";
        using var held = new HeldFolder();
        held.Approve();
        held.PassTheDay();
        await using var pages = new ConsoleCase
        {
            Data = held.Data,
            Installation = held.Files.Installation,
            Time = held.Time,
        };
        await pages.StartAsync();
        using var an = await pages.SignInAsync("an", "soan-thao");
        await PostAsync(an, Path, "write", []);
        Assert.Contains("Cân đối ĐÚNG", await an.GetStringAsync(Path), StringComparison.Ordinal);
        using (var db = SqliteDb.Open(held.Files.Ledger()))
        {
            db.Execute("""
                insert into attempt (lane, first_seq, last_seq, parts, calls, intent_us, handed_us, answered_us, outcome)
                select lane, first_seq, first_seq, 1, 1, 1, 2, 3, 1 from batch limit 1
                """);
        }

        var before = await an.GetStringAsync(Path);
        var written = await PostAsync(an, Path, "write", []);
        held.Finish();
        var over = await an.GetStringAsync(Path);

        foreach (var page in new[] { before, written, over })
        {
            Assert.DoesNotContain("Cân đối ĐÚNG", page, StringComparison.Ordinal);
            Assert.Contains(Found, page, StringComparison.Ordinal);
            Assert.Contains("Không dùng báo cáo này", page, StringComparison.Ordinal);
        }
    }

    IReadOnlyList<StandingOrder> Orders => new ControlDesk(_case.Data, _case.Installation, _case.Time).Read();

    async Task<(HttpClient Browser, string Path)> OpenAsync()
    {
        await _case.StartAsync();
        var key = _case.AddRun();
        LedgerBuilder.Add(
            Path.Combine(_case.Data.Root, "runs", "some.db"),
            rows => rows.Attempt(1, handed: 2, answered: 3, outcome: SendOutcome.Accepted));
        return (await _case.SignInAsync("an", "van-hanh", "soan-thao"), $"/chien-dich/{key.Campaign}/{key.DateText}");
    }

    static async Task<string> PostAsync(
        HttpClient browser, string path, string form, Dictionary<string, string> fields) =>
        await (await PlannedCase.ForgeAsync(browser, path, form, fields)).Content.ReadAsStringAsync();
}
