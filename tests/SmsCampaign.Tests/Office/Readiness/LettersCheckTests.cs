using SmsCampaign.Office;
using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Orders;

namespace SmsCampaign.Tests.Office.Readiness;

/// <summary>What is told of carriers that text their own subscribers before, and after, the day.</summary>
public sealed class LettersCheckTests : IDisposable
{
    readonly HeldFolder _held = new();

    public void Dispose() => _held.Dispose();

    [Theory]
    [InlineData(1, ReadyLight.Green, "chờ báo cáo")]
    [InlineData(7, ReadyLight.Amber, "SẮP TỚI HẠN báo cáo")]
    [InlineData(9, ReadyLight.Amber, "QUÁ HẠN báo cáo")]
    public async Task A_report_that_is_due_is_told(int day, ReadyLight light, string said)
    {
        _held.Agree();
        _held.PassTheDay();
        _held.Finish();
        _held.Time.SetUtcNow(new DateTimeOffset(2025, 8, day, 9, 0, 0, TimeSpan.FromHours(7)));
        var view = StatusView.ReadOften(_held.Data, _held.Files.Installation, _held.Time);
        var about = ReadyCases.Of() with
        {
            Now = _held.Time.GetUtcNow(),
            Overview = new Lazy<RunOverview?>(() => Assert.Single(view.Runs)),
        };

        var found = (await new LettersCheck().LookAsync(about, CancellationToken.None))
            .Single(finding => finding.Subject == "thue-bao-viettel");

        Assert.Equal(light, found.Light);
        Assert.Contains(said, found.Found.In(Language.Vietnamese), StringComparison.Ordinal);
    }
}
