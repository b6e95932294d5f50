using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Planning;

namespace SmsCampaign.Tests.Planning;

public class CampaignFilesTests
{
    [Fact]
    public void Of_two_lanes_for_one_carrier_the_campaigns_first_serves_it()
    {
        var files = new CampaignFiles(
            null!, null!, [Lane("aggregator", "gmobile", "viettel"), Lane("viettel", "viettel")], default, null!);

        Assert.Equal("aggregator", files.LaneOfCarrier()["viettel"]);
    }

    static Lane Lane(string name, params string[] carriers) =>
        new(name, new HttpLaneOptions { Carriers = [.. carriers] });
}
