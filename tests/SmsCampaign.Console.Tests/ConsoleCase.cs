using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Campaigns;
using SmsCampaign.Tests.Support;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.Tests.WebConsole;

/// <summary>The pages over a data folder of a test's own, on a free port of this machine.</summary>
sealed partial class ConsoleCase : IAsyncDisposable
{
    public const string Password = "một câu dễ nhớ 2025";

    readonly TempFolder _folder = new();
    WebApplication? _web;

    public ConsoleCase()
    {
        Data = new DataFolder(_folder.File("data"));
        Installation = Repository.PathOf("config/smscampaign.json");
    }

    public DataFolder Data { get; init; }

    /// <summary>Path of the installation file.</summary>
    public string Installation { get; init; }

    public TempFolder Folder => _folder;

    /// <summary>Folder of the campaigns that are written on the pages.</summary>
    public string Campaigns => _folder.File("campaigns");

    /// <summary>The clock of the pages; set before they are served.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public Language Language { get; set; } = Language.Vietnamese;

    public IRegistry Registry => Ledgers.OpenRegistry(Data);

    /// <summary>Where they are served, once they are.</summary>
    public Uri Address { get; private set; } = null!;

    public WebApplication Web => _web!;

    /// <summary>What the pages have logged.</summary>
    public KeptLog Log { get; } = new();

    public async Task StartAsync()
    {
        _web = await ConsoleServer.CreateAsync(
            new ConsolePlace(Data, Installation, new Uri("http://127.0.0.1:0"), Language) { Campaigns = Campaigns },
            Time,
            Log);
        await _web.StartAsync();
        Address = new Uri(_web.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
        {
            foreach (var (text, thrown) in Log.Lines)
                TestContext.Current.TestOutputHelper?.WriteLine($"{text} {thrown}");
            await _web.StopAsync();
            await _web.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>Adds a run of ten messages, as if it were sent.</summary>
    public RunKey AddRun(RunState state = RunState.Sending, int messages = 10, Action<RunRecord>? see = null)
    {
        SomeRun.Create(Data.Root, messages);
        var key = SomeRun.Description.Key;
        var run = new RunRecord
        {
            Key = key.ToString(),
            Campaign = key.Campaign,
            Date = key.DateText,
            Code = SomeRun.Code,
            State = state,
            File = "runs/some.db",
            CampaignFile = _folder.File("campaign.yaml"),
            Definition = CampaignFolder.Valid,
            DefinitionHash = "a",
            AudienceHash = "b",
            PlanHash = "c",
        };
        see?.Invoke(run);
        Registry.AddRun(run, Time.GetUtcNow());
        return key;
    }

    /// <summary>Adds somebody who has taken up the account.</summary>
    /// <returns>The secret of their authenticator.</returns>
    public async Task<string> AddPersonAsync(string name, params string[] roles)
    {
        await using var people = await PeopleAccess.OpenAsync(Data, Time);
        var grants = roles.Select(role => Grant.ReadWord(role)!).ToList();
        Assert.Empty(await people.Desk.AddAsync(Who.Here("Quản trị"), name, FullNameOf(name), "", grants));
        var person = (await people.Desk.FindAsync(name))!;
        var link = await people.Desk.InviteAsync(Who.Here("Quản trị"), person);
        var key = await people.Desk.ReadKeyAsync(person);
        var token = Uri.UnescapeDataString(link.Split("&ma=")[1]);
        Assert.Empty(await people.Desk.TakeUpAsync(person, token, Password, CodeOf(key, -1)));
        return key;
    }

    public static string FullNameOf(string name) => $"Người dùng {name}";

    /// <summary>A browser without script: it keeps cookies and follows nobody.</summary>
    public HttpClient Browse() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = true })
    {
        BaseAddress = Address,
    };

    /// <summary>Adds somebody with roles and signs them in.</summary>
    public async Task<HttpClient> SignInAsync(string name, params string[] roles)
    {
        var key = await AddPersonAsync(name, roles);
        var browser = Browse();
        var answer = await PostAsync(browser, "/dang-nhap", "sign-in", new()
        {
            ["Given.Name"] = name,
            ["Given.Password"] = Password,
            ["Given.Code"] = CodeOf(key),
        });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>Adds somebody with roles and signs them in, in a browser.</summary>
    /// <returns>The page that is open then.</returns>
    public async Task<IPage> SignInAsync(IBrowserContext context, string name, params string[] roles)
    {
        var key = await AddPersonAsync(name, roles);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/dang-nhap");
        await page.GetByLabel("Tên đăng nhập").FillAsync(name);
        await page.GetByLabel("Mật khẩu").FillAsync(Password);
        await page.GetByLabel("Mã xác thực").FillAsync(CodeOf(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Trang chính" }).WaitForAsync();
        return page;
    }

    /// <summary>Fills in a form of a page and posts it, as a browser does: with what the page hides in it.</summary>
    /// <param name="form">Its name, or what it is posted to.</param>
    /// <param name="to">Where it is posted; null: to the page itself.</param>
    public static async Task<HttpResponseMessage> PostAsync(
        HttpClient browser, string path, string form, Dictionary<string, string> fields, string? to = null)
    {
        var page = await browser.GetStringAsync(path);
        var html = Form().Matches(page).Select(match => match.Value)
            .First(each => each.Contains($"=\"{form}\"", StringComparison.Ordinal));
        var all = Hidden().Matches(html).ToDictionary(
            match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value));
        foreach (var (name, value) in fields)
            all[name] = value;
        return await browser.PostAsync(to ?? path, new FormUrlEncodedContent(all));
    }

    /// <summary>The code that an authenticator shows (RFC 6238); Identity holds it to the machine's clock.</summary>
    /// <param name="steps">As one whose clock is off by so many steps of 30 s.</param>
    public static string CodeOf(string key, int steps = 0)
    {
        // By which Identity tells whether it is right: not by the clock of the pages.
        var counter = BitConverter.GetBytes(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30 + steps);
        if (BitConverter.IsLittleEndian)
            Array.Reverse(counter);
#pragma warning disable CA5350 // HMAC-SHA1 is what RFC 6238 has
        var hash = HMACSHA1.HashData(FromBase32(key), counter);
#pragma warning restore CA5350
        var at = hash[^1] & 0xF;
        var number = ((hash[at] & 0x7F) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    static byte[] FromBase32(string text)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var (bits, value, bytes) = (0, 0, new List<byte>());
        foreach (var letter in text.ToUpperInvariant().Where(alphabet.Contains))
        {
            value = (value << 5) | alphabet.IndexOf(letter);
            bits += 5;
            if (bits < 8)
                continue;
            bytes.Add((byte)(value >> (bits - 8)));
            bits -= 8;
            value &= (1 << bits) - 1;
        }

        return [.. bytes];
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}
