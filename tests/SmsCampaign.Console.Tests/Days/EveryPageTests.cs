using Microsoft.Playwright;
using SmsCampaign.App.Worker;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.WebConsole.Days;

/// <summary>Every page, on the sample's day as <c>console --demo</c> plays it, on a phone, an office's screen in the
/// dark, and a wide one.</summary>
/// <remarks>Where UPDATE_PICTURES is set the pictures of the README and the handbook are made on the way.</remarks>
[Trait("Category", "Slow")]
public sealed class EveryPageTests(Browser browser)
{
    const string Campaign = "/chien-dich/dak-lak-2025";
    const string Run = Campaign + "/2025-07-30";

    static readonly string[] Pages =
    [
        "/",
        "/chien-dich",
        "/chien-dich/moi",
        Campaign,
        Campaign + "/soan",
        Campaign + "/soan/tep",
        Campaign + "/phuong-an",
        Campaign + "/nhom/1/loc",
        Campaign + "/danh-sach",
        Campaign + "/ke-hoach",
        Campaign + "/phien-ban",
        Run,
        Run + "/du-kien",
        Run + "/trinh-duyet",
        Run + "/chua-ro",
        Run + "/phoi-hop",
        Run + "/bao-cao",
        Run + "/gui-tiep",
        Run + "/keo-dai",
        Run + "/huy",
        "/kenh-gui",
        "/kenh-gui/viettel",
        "/kenh-gui/gui-thu",
        "/nhat-ky",
        "/nguoi-dung",
        "/tai-khoan",
        "/cai-dat",
        "/huong-dan",
    ];

    /// <summary>In the handbook, by the name of the picture.</summary>
    static readonly Dictionary<string, string> Pictured = new()
    {
        [Campaign + "/soan"] = "trang-soan",
        [Run] = "trang-dang-gui",
        [Run + "/trinh-duyet"] = "trang-trinh-duyet",
    };

    static readonly (int Width, bool Dark)[] Looks = [(360, false), (1024, true), (1920, false)];

    [Fact]
    public async Task Nothing_breaks_on_a_phone_or_a_wide_screen_in_light_or_dark()
    {
        Browser.Needed();
        var problems = new List<Wording>();
        await using var day = (await DemonstrationDay.BeginAsync(
            Repository.PathOf("config/smscampaign.json"),
            new Uri("http://127.0.0.1:0"),
            Language.Vietnamese,
            problems,
            TestContext.Current.CancellationToken))!;
        Assert.Empty(problems);
        await using var first = await browser.OpenAsync(new Uri(day.Entry, "/"), width: 1024);
        var entering = await first.NewPageAsync();
        await entering.GotoAsync(day.Entry.ToString());
        var cookies = await first.StorageStateAsync();
        await entering.GotoAsync(Run);
        await entering.GetByRole(AriaRole.Button, new() { NameRegex = new("[Tt]ạm dừng") }).First.WaitForAsync(
            new() { Timeout = 120_000 });

        var found = new List<string>();
        foreach (var (width, dark) in Looks)
        {
            await using var context = await browser.OpenAsync(
                new Uri(day.Entry, "/"), width, dark: dark, state: cookies);
            var page = await context.NewPageAsync();
            foreach (var path in Pages)
            {
                var answer = await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
                if (answer!.Status != 200)
                    found.Add($"{path}: {answer.Status}");
                if (await Browser.OverflowsAsync(page))
                    found.Add($"{path} overflows at {width}");
                if (await Browser.RefusedAsync(page) is { Count: > 0 } refused)
                    found.Add($"{path}: {string.Join(", ", refused)}");
                if (dark)
                    found.AddRange((await Browser.FindBarriersAsync(page)).Select(barrier => $"{path}: {barrier}"));
            }
        }

        Assert.Empty(found);
        if (Environment.GetEnvironmentVariable("UPDATE_PICTURES") is { Length: > 0 })
            await PictureAsync(entering);
    }

    static async Task PictureAsync(IPage page)
    {
        foreach (var (path, name) in Pictured)
        {
            await page.GotoAsync(path);
            if (path != Run + "/trinh-duyet")
                await Browser.LiveAsync(page);
            await page.ScreenshotAsync(new()
            {
                Path = Repository.PathOf($"config/pictures/{name}.jpg"),
                Type = ScreenshotType.Jpeg,
                Quality = 70,
            });
        }
    }
}
