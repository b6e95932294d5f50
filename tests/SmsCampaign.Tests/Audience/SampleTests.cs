using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Audience;

public class SampleTests
{
    static readonly string Folder = Repository.PathOf("samples/dak-lak-2025");

    public static TheoryData<string> Files => [.. SubscriberGenerator.MakeSample().Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_sample_is_what_its_generator_makes(string name) =>
        Assert.Equal(SubscriberGenerator.MakeSample()[name], File.ReadAllBytes(Path.Combine(Folder, name)));

    [Fact]
    public void The_sample_has_everything_that_real_lists_have()
    {
        var problems = new List<Problem>();
        var installation = Installation.Read(Repository.PathOf("config/smscampaign.json")).Installation!;
        var campaign = CampaignFile.Read(
            Path.Combine(Folder, "campaign.yaml"), [.. installation.Lanes.Select(lane => lane.Name)]).Campaign!;
        var ported = PortedList.Load(
            installation.Numbers.Ported, new NumberReader(ImportBench.Prefixes), ImportBench.Prefixes.Names, problems);
        var lanes = installation.Lanes
            .SelectMany(lane => lane.Options.Carriers.Select(carrier => (Carrier: carrier, Lane: lane.Name)))
            .ToDictionary(served => served.Carrier, served => served.Lane);
        var rows = new Rows();

        var reading = AudienceImport.Read(campaign, lanes, ImportBench.Prefixes, ported, rows, CancellationToken.None);

        Assert.Empty(problems);
        Assert.All(reading.Problems, problem => Assert.Equal(Severity.Warning, problem.Severity));
        var audience = reading.Audience!;
        Assert.All(audience.Segments, segment => Assert.True(segment.Matched > 0));
        Assert.InRange(audience.RecipientTotal, 4550, 4650); // 92 % of 5,000
        Assert.Equal(
            Enum.GetValues<ExclusionReason>().Except(
            [
                ExclusionReason.UnassignedPrefix, ExclusionReason.AlreadySent, ExclusionReason.OutsideSegments,
                ExclusionReason.HiddenRow, ExclusionReason.HeldByOther, .. audience.Excluded.Keys,
            ]),
            []);
        Assert.Equal(
            [CarrierRule.PortedList, CarrierRule.FileColumn, CarrierRule.Prefix],
            rows.Messages.Select(message => message.Row.Rule).Distinct().Order());
        Assert.Equal(5, audience.Recipients.Select(count => count.Carrier).Distinct().Count());
        Assert.Contains("OldFormMapped", audience.Repaired.Keys);
        Assert.Contains("LeadingZeroRestored", audience.Repaired.Keys);
        Assert.Equal(32, audience.Areas.Count(area => area.Length > 0));
    }
}
