using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Twilio;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Tests.Carriers;

public class GatewayAddressTests
{
    public static TheoryData<string> Types => [.. CarrierTypes.All.Select(type => type.Name)];

    [Theory]
    [InlineData(true, "https://api.twilio.com/", "standIn")]
    [InlineData(true, "https://ESMS.vn/", "standIn")]
    [InlineData(true, "https://notesms.vn/", null)]
    [InlineData(true, "http://127.0.0.1:8080/", null)]
    [InlineData(false, "https://api.twilio.com/", null)]
    public void Rule_10_a_stand_in_is_not_at_a_gateways_own_address(bool standIn, string address, string? key) =>
        Assert.Equal(
            key,
            Check(
                new TwilioLaneOptions { StandIn = standIn },
                new LaneAddress("url", new Uri(address))).SingleOrDefault()?.Key);

    [Fact]
    public void Every_address_of_a_lane_is_looked_at() => Assert.Equal("standIn", Assert.Single(Check(
        new TwilioLaneOptions { StandIn = true },
        new LaneAddress("url", new Uri("http://127.0.0.1/")),
        new LaneAddress("inquiry.url", new Uri("https://api.twilio.com/")))).Key);

    [Theory]
    [MemberData(nameof(Types))]
    public void Rule_10_no_type_of_lane_is_a_stand_in_at_its_own_gateway(string type)
    {
        var kind = CarrierTypes.Find(type)!;

        Assert.NotEmpty(kind.LiveHosts);
        foreach (var host in kind.LiveHosts)
        {
            var options = (LaneOptions)Activator.CreateInstance(kind.Options)!;
            options.StandIn = true;
            kind.Options.GetProperty("Url")!.SetValue(options, new Uri($"https://gateway.{host}/"));

            Assert.Contains(
                "standIn",
                ((ICheckedSettings)options).Check().Select(fault => fault.Key).TakeWhile(key => key == "standIn"));
        }
    }

    static IEnumerable<SettingsFault> Check(LaneOptions lane, params IReadOnlyList<LaneAddress> addresses) =>
        GatewayAddress.Check(lane, addresses);
}
