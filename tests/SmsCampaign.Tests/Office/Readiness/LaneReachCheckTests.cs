using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Office.Readiness;

public sealed class LaneReachCheckTests
{
    static readonly Wording Why = new("máy đó từ chối kết nối", "refused");

    public static TheoryData<Reach, ReadyLight, string> Ways => new()
    {
        { new Reach.NoName(Why), ReadyLight.Red, "không tìm được địa chỉ của gateway.example (DNS: máy đó" },
        { new Reach.NoConnection(Why), ReadyLight.Red, "không kết nối được gateway.example:443 (máy đó từ chối" },
        { new Reach.NoTls(Why), ReadyLight.Red, "nhưng không lập được TLS" },
        {
            new Reach.NotTrusted("certificate not trusted: it is of another host", null),
            ReadyLight.Red,
            "gateway.example:443: chứng chỉ của cổng nhắn tin không được tin cậy: cấp cho máy chủ khác"
        },
        { new Reach.Open(null), ReadyLight.Green, "tới được gateway.example:443 (không TLS)" },
        { Until(60), ReadyLight.Green, "tới được gateway.example:443, chứng chỉ đến 27/09/2025" },
        { Until(10), ReadyLight.Amber, "chứng chỉ sắp hết hạn, ngày 08/08/2025" },
        { Until(1), ReadyLight.Red, "hết hạn ngày 30/07/2025, trước khi gửi xong" }, // in the middle of the window
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task How_far_the_way_leads_is_said_with_its_host(Reach way, ReadyLight light, string said)
    {
        var found = await new LaneReachCheck(new ReadyCases.Gateways(("gateway.example", way)))
            .LookAsync(ReadyCases.Of(ReadyCases.Lane("viettel")) with { Opening = ReadyCases.Opening });

        ReadyCases.Is(light, said, found);
        Assert.Equal("viettel", found.Subject);
    }

    [Fact]
    public async Task Each_lane_has_its_own_and_one_out_of_reach_is_not_the_others()
    {
        var gateways = new ReadyCases.Gateways(("away.example", new Reach.NoConnection(Why)));

        var found = await new LaneReachCheck(gateways).LookAsync(
            ReadyCases.Of(ReadyCases.Lane("viettel"), ReadyCases.Lane("vinaphone", "https://away.example/sms")),
            CancellationToken.None);

        Assert.Equal(
            [("viettel", ReadyLight.Green), ("vinaphone", ReadyLight.Red)],
            found.Select(each => (each.Subject!, each.Light)));
        Assert.Equal(2, gateways.Asked.Count);
    }

    static Reach.Open Until(int days) => new Reach.Open(ReadyCases.Now.AddDays(days));
}
