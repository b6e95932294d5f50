using Microsoft.Playwright;

namespace SmsCampaign.Tests.WebConsole;

/// <summary>Pictures of pages for whoever wants to see them: where SMS_CAMPAIGN_LOOK names a folder.</summary>
static class Look
{
    const int Highest = 2_400;

    public static async Task AtAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SMS_CAMPAIGN_LOOK") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new()
            {
                Path = Path.Combine(folder, name + ".png"),
                FullPage = true,
                Clip = new() { X = 0, Y = 0, Width = page.ViewportSize!.Width, Height = Highest },
            });
    }
}
