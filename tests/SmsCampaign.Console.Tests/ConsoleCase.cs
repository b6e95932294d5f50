using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Campaigns;
using SmsCampaign.Tests.Support;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.Tests.WebConsole;

/// <summary>The pages over a data folder of a test's own, on a free port of this machine.</summary>
sealed class ConsoleCase : IAsyncDisposable
{
    public const string Password = "một câu dễ nhớ 2025";

    readonly TempFolder _folder = new();
    readonly Dictionary<string, string> _keys = [];
    WebApplication? _web;

    /// <param name="postgres">Where ledgers and persons are kept; null: in the folder.</param>
    public ConsoleCase(PostgresAddress? postgres = null)
    {
        Data = new DataFolder(_folder.File("data")) { Postgres = postgres };
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

    /// <summary>Where persons open them; null: where they are served.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>The identity provider; null: none.</summary>
    public SmsCampaign.Installations.OpenIdSettings? OpenId { get; init; }

    public Language Language { get; set; } = Language.Vietnamese;

    public IRegistry Registry => Ledgers.OpenRegistry(Data);

    /// <summary>Where they are served, once they are.</summary>
    public Uri Address { get; private set; } = null!;

    public WebApplication Web => _web!;

    /// <summary>What the pages have logged.</summary>
    public KeptLog Log { get; init; } = new();

    public Task StartAsync() => StartAsync(new Uri("http://127.0.0.1:0"));

    /// <summary>Stops the pages, does something, and serves them anew at the same address.</summary>
    public async Task RestartAsync(Action meanwhile)
    {
        await _web!.StopAsync();
        await _web.DisposeAsync();
        meanwhile();
        await StartAsync(Address);
    }

    async Task StartAsync(Uri listen)
    {
        _web = await ConsoleServer.CreateAsync(
            new ConsolePlace(Data, Installation, listen, Language)
            {
                Campaigns = Campaigns,
                PublicAddress = PublicAddress,
                OpenId = OpenId,
            },
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

        if (Data.Postgres is { } postgres)
            PostgresPlace.Of(postgres).Dispose();
        _folder.Dispose();
    }

    /// <summary>A database of a test's own.</summary>
    public static PostgresAddress NewDatabase() => new(PostgresServer.Shared.CreateDatabase());

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
        return _keys[name] = key;
    }

    /// <summary>What somebody shows who is asked again for password and code since they have signed in.</summary>
    /// <param name="name">Of who was added last under it.</param>
    public Dictionary<string, string> ConfirmedBy(string name) => new()
    {
        ["Given.Password"] = Password,
        ["Given.Token"] = CodeOf(_keys[name], 1),
    };

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

    /// <inheritdoc cref="PageForm.PostAsync"/>
    public static Task<HttpResponseMessage> PostAsync(
        HttpClient browser, string path, string form, Dictionary<string, string> fields, string? to = null) =>
        PageForm.PostAsync(browser, path, form, fields, to);

    /// <inheritdoc cref="SignInCode.Of"/>
    public static string CodeOf(string key, int steps = 0) => SignInCode.Of(key, steps);
}
