using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Twilio;
using SmsCampaign.Settings;

namespace SmsCampaign.Tests.Carriers;

public class GatewayAddressTests
{
    [Theory]
    [InlineData(true, "https://api.twilio.com/", "standIn")]
    [InlineData(true, "https://ESMS.vn/", "standIn")]
    [InlineData(true, "https://notesms.vn/", null)]
    [InlineData(true, "http://127.0.0.1:8080/", null)]
    [InlineData(false, "https://api.twilio.com/", null)]
    public void Rule_10_a_stand_in_is_not_at_a_gateways_own_address(bool standIn, string address, string? key) => Assert.Equal(
        key, GatewayAddress.CheckStandIn(new TwilioLaneOptions { StandIn = standIn }, null, new Uri(address)).SingleOrDefault()?.Key);

    [Fact]
    public void It_is_checked_with_the_lane() => Assert.Contains(
        ((ICheckedSettings)new TwilioLaneOptions { StandIn = true }).Check(), fault => fault.Key == "standIn");
}
