using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.Office.Readiness;

public sealed class OpeningCheckTests
{
    /// <summary>An approval lets nothing go of what is over.</summary>
    [Fact]
    public async Task One_that_was_skipped_can_only_go_on_another_date()
    {
        using var folder = new PreparationFolder();
        folder.Prepare();
        var registry = Ledgers.OpenRegistry(folder.Data);
        registry.SetState(ReadyCases.Key, RunState.Skipped, ReadyCases.Now);
        var about = ReadyCases.Of() with
        {
            Registry = registry,
            Key = ReadyCases.Key,
            Run = registry.Find(ReadyCases.Key),
            Overview = MachinePartsTests.OverviewOf(folder),
        };

        var found = await new OpeningCheck().LookAsync(about);

        ReadyCases.Is(ReadyLight.Red, "lượt gửi đã bỏ qua.", found);
        Assert.Equal(
            "Vẫn muốn gửi thì lập lượt gửi cho ngày khác: sms-campaign send-rest thu-nghiem --on …, rồi trình phê "
                + "duyệt.",
            found.ToDo?.Vi);
    }
}
