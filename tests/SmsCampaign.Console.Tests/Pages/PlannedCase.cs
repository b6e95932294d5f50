using System.Net;
using Microsoft.Playwright;
using SmsCampaign.Campaigns;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>The pages over a campaign that is planned from its files, for 30/7/2025; it is the morning before, and it
/// takes two persons.</summary>
sealed class PlannedCase : IAsyncDisposable
{
    public const string Path = "/chien-dich/thu-nghiem/2025-07-30";

    public static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    /// <summary>Whoever works at a terminal, for what is not of the pages.</summary>
    public static readonly Who Officer = Who.OnTheWeb("Trần Thị B", "binh", null);

    public static readonly Who Leader = Who.OnTheWeb("Nguyễn Văn A", "an", null);

    public PlannedCase()
    {
        Folder.Edit("smscampaign.json", "{", "{ \"approval\": { \"twoPersons\": true },");
        Console = new ConsoleCase { Data = Folder.Data, Installation = Folder.Installation, Time = Folder.Time };
    }

    public PreparationFolder Folder { get; } = new();

    public ConsoleCase Console { get; }

    public IRegistry Registry => Ledgers.OpenRegistry(Folder.Data);

    public string Code => ApprovalHash.Brief(Registry.Find(Key)!.ApprovedHash);

    public async Task StartAsync()
    {
        Plan();
        await Console.StartAsync();
    }

    public void Plan() => Assert.NotNull(Folder.Prepare(ChangedRun.PlanAgain).Run);

    public void Submit(string? note = null) => Assert.IsType<SubmissionResult.Submitted>(
        new SubmissionDesk(Folder.Data, Folder.Time).Submit(
            Officer, new SubmissionOrder(Folder.Request(), null, note), CancellationToken.None));

    public void Approve() => Assert.IsType<ApprovalResult.Given>(
        new ApprovalDesk(Folder.Data, Folder.Time).Approve(
            Leader, new ApprovalOrder(Folder.Request(), null, Reason: "lệnh mới"), CancellationToken.None));

    /// <summary>Signs somebody in, in a browser.</summary>
    /// <returns>The page, and the secret of their authenticator.</returns>
    public async Task<(IPage Page, string Key)> SignInAsync(IBrowserContext context, string name, params string[] roles)
    {
        var key = await Console.AddPersonAsync(name, roles);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/dang-nhap");
        await page.GetByLabel("Tên đăng nhập").FillAsync(name);
        await page.GetByLabel("Mật khẩu").FillAsync(ConsoleCase.Password);
        await page.GetByLabel("Mã xác thực").FillAsync(ConsoleCase.CodeOf(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Trang chính" }).WaitForAsync();
        return (page, key);
    }

    /// <summary>Posts a form as if it were on the page: with what it takes against forgery, and whatever else is
    /// given.</summary>
    public static async Task<HttpResponseMessage> ForgeAsync(
        HttpClient browser, string path, string form, Dictionary<string, string> fields)
    {
        var page = await browser.GetStringAsync("/");
        var token = page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
        return await browser.PostAsync(path, new FormUrlEncodedContent(new Dictionary<string, string>(fields)
        {
            ["_handler"] = form,
            ["__RequestVerificationToken"] = WebUtility.HtmlDecode(token),
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await Console.DisposeAsync();
        Folder.Dispose();
    }
}
