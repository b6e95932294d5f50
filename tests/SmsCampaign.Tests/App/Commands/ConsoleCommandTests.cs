using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

/// <summary>The pages as a process of their own.</summary>
[Trait("Category", "Slow")]
public sealed partial class ConsoleCommandTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_the_pages_refuse_stands_in_its_log()
    {
        var address = new Uri($"http://127.0.0.1:{FindFreePort()}");
        await using var pages = ProgramUnderTest.Start(
            _folder.Path,
            "console",
            "--listen",
            address.ToString(),
            "--data",
            _folder.File("data"),
            "--installation",
            Repository.PathOf("config/smscampaign.json"));
        await pages.Spoken;
        using var browser = new HttpClient(new HttpClientHandler { UseCookies = true }) { BaseAddress = address };
        var page = await browser.GetStringAsync("/dang-nhap");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = WebUtility.HtmlDecode(Token().Match(page).Groups["token"].Value),
            ["Given.Name"] = "khong-ai",
            ["Given.Password"] = "không biết",
            ["Given.Code"] = "000000",
        });

        await browser.PostAsync("/dang-nhap", form);
        pages.Interrupt();

        Assert.Contains(
            "refused a sign-in under a name that nobody has",
            (await pages.WaitAsync()).Errors,
            StringComparison.Ordinal);
    }

    static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]*)\"")]
    private static partial Regex Token();
}
