using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using SmsCampaign.App.Worker;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.WebConsole.Serving;

/// <summary>The sample's day as <c>console --demo</c> plays it.</summary>
[Trait("Category", "Slow")]
public sealed partial class DemonstrationTests
{
    const string Page = "/kenh-gui/gui-thu";

    /// <summary>The worker is there for the pages as on any day, and no phone is reached.</summary>
    [Fact]
    public async Task A_test_goes_to_the_stand_in_gateways_and_what_they_answer_is_shown()
    {
        var problems = new List<Wording>();
        await using var day = (await DemonstrationDay.BeginAsync(
            Repository.PathOf("config/smscampaign.json"),
            new Uri("http://127.0.0.1:0"),
            Language.Vietnamese,
            problems,
            TestContext.Current.CancellationToken))!;
        Assert.Empty(problems);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(day.Entry, "/"),
        };
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync(day.Entry)).StatusCode);
        await UntilAsync(Page, page => !page.Contains("Dịch vụ gửi", StringComparison.Ordinal)); // it goes on

        var looked = await ConsoleCase.PostAsync(browser, Page, "test", new()
        {
            ["Given.Campaign"] = "luot:dak-lak-2025",
            ["Given.Numbers"] = "0981234561",
            ["Given.OutsideHours"] = "true",
            ["Given.Reason"] = "xem thử",
        });
        var confirm = await looked.Content.ReadAsStringAsync();
        Assert.Contains("DIỄN TẬP: không có tin nào tới điện thoại thật.", confirm, StringComparison.Ordinal);
        Assert.Contains("Sẽ gửi 5 tin", confirm, StringComparison.Ordinal);
        var fields = Hidden().Matches(Form().Matches(confirm).Select(match => match.Value)
                .First(form => form.Contains("Given.Seen", StringComparison.Ordinal)))
            .ToDictionary(
                match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value));
        fields["Given.Count"] = "5";
        var sent = await browser.PostAsync(Page, new FormUrlEncodedContent(fields));

        Assert.True(sent.StatusCode == HttpStatusCode.Redirect, await sent.Content.ReadAsStringAsync());
        await UntilAsync(
            new Uri(browser.BaseAddress, sent.Headers.Location!).AbsolutePath,
            page => page.Contains("nhà mạng đã nhận", StringComparison.Ordinal)
                || page.Contains("đã tới máy", StringComparison.Ordinal));

        async Task UntilAsync(string path, Func<string, bool> isSo)
        {
            var page = await browser.GetStringAsync(path);
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience.ForAnything && !isSo(page);)
                page = await browser.GetStringAsync(path);
            Assert.True(isSo(page), page);
        }
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}
