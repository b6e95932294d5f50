using SmsCampaign.Conduct.Words;
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

    /// <summary>Why it is held ends with the way on: to approve it again is not a second one. What was decided of a
    /// lane since is not why.</summary>
    [Fact]
    public async Task One_that_is_held_goes_on_by_what_its_reason_says_and_by_nothing_else()
    {
        using var folder = new PreparationFolder();
        folder.Prepare();
        var registry = Ledgers.OpenRegistry(folder.Data);
        registry.SetState(ReadyCases.Key, RunState.Held, ReadyCases.Now);
        registry.Record(new Decision(
            ReadyCases.Key,
            ReadyCases.Now,
            ReadyCases.Now,
            DecisionKind.Held,
            HoldWords.WithWayOn(new Wording("Đồng hồ của máy nhảy.", "The clock went."), "campaign.yaml")));
        registry.Record(new Decision(
            ReadyCases.Key, ReadyCases.Now, ReadyCases.Now, DecisionKind.Reopened, new Wording("kênh khác", "a lane")));
        var about = ReadyCases.Of() with
        {
            Registry = registry,
            Key = ReadyCases.Key,
            Run = registry.Find(ReadyCases.Key),
            Overview = MachinePartsTests.OverviewOf(folder),
        };

        var found = await new OpeningCheck().LookAsync(about);

        ReadyCases.Is(
            ReadyLight.Red,
            "lượt gửi đang được giữ lại. Đồng hồ của máy nhảy. Muốn gửi tiếp: sms-campaign resume campaign.yaml",
            found);
        Assert.Equal(
            "Hãy làm theo lý do trên; xem đầy đủ bằng: sms-campaign status thu-nghiem --history", found.ToDo?.Vi);
        Assert.DoesNotContain("approve", $"{found.Found.Vi}{found.ToDo?.Vi}", StringComparison.Ordinal);
    }
}
