namespace SmsCampaign.Tests.Support;

static class Patience
{
    /// <summary>After which a test that waits for something that never comes is given up. No
    /// test takes so long.</summary>
    public static readonly TimeSpan ForAnything = TimeSpan.FromMinutes(2);
}
